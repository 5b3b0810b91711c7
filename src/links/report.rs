//! Answers as messages. One for each address that is gone or has moved, with all its places; one for each host that cannot
//! be asked, so that a host that turns programs away does not fill the screen.

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::{Address, Answer, Death, Fault, Heard, Options, Place, Role};

/// How many places are shown of one message.
const MOST_PLACES: usize = 4;

/// Makes messages of what was heard. Levels of site.yaml are not laid over them.
pub fn diagnostics(addresses: &[Address], heard: &Heard, options: &Options) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut shared: BTreeMap<(String, Code, String), Shared<'_>> = BTreeMap::new();
    for address in addresses {
        let Some(told) = heard.answers.get(&address.url) else { continue };
        match &told.answer {
            Answer::Fine => {}
            Answer::Dead(Death::Status(status)) => diagnostics.push(gone(address, *status, heard)),
            Answer::Moved { to } => diagnostics.push(moved(address, to)),
            other => {
                let words = words(other, &told.host, address, options.patience);
                let key = (told.host.clone(), words.code, words.message.clone());
                let shared = shared.entry(key).or_insert_with(|| Shared { words, places: Vec::new(), led_on: true });
                shared.places.extend(&address.places);
                shared.led_on &= address.host != told.host;
            }
        }
    }
    for ((host, ..), Shared { words, places, led_on }) in shared {
        let label = if led_on { format!("it leads on to `{host}`") } else { words.label.to_owned() };
        diagnostics.push(pointed_at(Diagnostic::new(words.code, words.message).help(words.help), &places, &label));
    }
    diagnostics
}

/// A message that many addresses share.
struct Shared<'a> {
    words: Words,
    places: Vec<&'a Place>,
    /// Whether every one of them leads on to the host, and none is on it.
    led_on: bool,
}

/// How an answer is said that many addresses may share.
struct Words {
    code: Code,
    message: String,
    label: &'static str,
    help: String,
}

fn words(answer: &Answer, host: &str, address: &Address, patience: Duration) -> Words {
    match answer {
        Answer::Blocked(status) => Words {
            code: Code::BlockedLink,
            message: format!("`{host}` turns programs away: it answers {}", status_words(*status)),
            label: "it may well be there for people",
            help: "open it in a browser; if it is there, nothing has to be done".to_owned(),
        },
        Answer::Slow => Words {
            code: Code::SlowLink,
            message: format!("`{host}` did not answer within {}", seconds(patience)),
            label: "it was asked more than once",
            help: "check again later, or give it more time: `--timeout 60`".to_owned(),
        },
        Answer::Unclear(fault) => {
            let (message, help) = unclear(fault, host, address);
            Words { code: Code::UnclearLink, message, label: "it is not clear whether this leads anywhere", help }
        }
        // What is fine, has moved or is gone by its status was told before.
        Answer::Dead(_) | Answer::Fine | Answer::Moved { .. } => Words {
            code: Code::DeadLink,
            message: format!("there is no host `{host}`"),
            label: "its name leads nowhere",
            help: way_out(address, None),
        },
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0 | 1 => "a second".to_owned(),
        many => format!("{many} seconds"),
    }
}

fn unclear(fault: &Fault, host: &str, address: &Address) -> (String, String) {
    let later = "check again later, and open it in a browser";
    let (message, help) = match fault {
        Fault::Status(status) => (format!("`{host}` answers {}", status_words(*status)), later),
        Fault::Lookup => (format!("the name `{host}` could not be looked up"), later),
        Fault::Unreachable => (format!("the network has no way to `{host}`"), later),
        Fault::Refused => (format!("`{host}` takes no connection"), later),
        Fault::Broken => (format!("`{host}` ends the connection without an answer"), later),
        Fault::Garbage => (format!("`{host}` answers with something that is no web page"), later),
        Fault::Insecure(words) => {
            (format!("the connection to `{host}` is not secure: {words}"), "open it in a browser, and see what it says")
        }
        Fault::Circle => (format!("`{}` leads back to itself", address.url), later),
        Fault::TooManyHops => (format!("`{}` leads on more than ten times", address.url), later),
        Fault::BadHop => (format!("`{}` leads on to no address", address.url), later),
        Fault::Private => (
            format!("`{host}` lies in a private network, and was not asked"),
            "readers elsewhere cannot go there: link to a public page; `--allow-private` asks it all the same",
        ),
        Fault::NoAddress => (format!("`{}` is no address", address.url), "copy the address from the browser"),
    };
    (message, help.to_owned())
}

fn gone(address: &Address, status: u16, heard: &Heard) -> Diagnostic {
    let message = format!("`{}` is gone: the server answers {}", address.url, status_words(status));
    let diagnostic = Diagnostic::new(Code::DeadLink, message).help(way_out(address, Some(heard)));
    pointed_at(diagnostic, &address.places.iter().collect::<Vec<_>>(), "readers find nothing there")
}

fn moved(address: &Address, to: &str) -> Diagnostic {
    // A fragment that was typed goes along, unless the new address has its own.
    let fragment = address.places.first().and_then(|place| place.typed.split_once('#'));
    let new = match fragment {
        Some((_, fragment)) if !to.contains('#') => format!("{to}#{fragment}"),
        _ => to.to_owned(),
    };
    let front = |url: &str| Url::parse(url).is_ok_and(|url| url.path() == "/" && url.query().is_none());
    let message = format!("`{}` has moved for good", address.url);
    let (label, help) = if front(to) && !front(&address.url) {
        let help = format!("the page itself is probably gone: {}", way_out(address, None));
        ("it now leads to a front page only", help)
    } else {
        ("it now leads elsewhere", format!("write `{new}`"))
    };
    pointed_at(Diagnostic::new(Code::MovedLink, message).help(help), &address.places.iter().collect::<Vec<_>>(), label)
}

/// Says what to do where a page is gone: link to its kept copy, or look for one.
fn way_out(address: &Address, heard: Option<&Heard>) -> String {
    let sources = address.places.iter().filter_map(|place| match &place.role {
        Role::Source { archive, accessed } => Some((archive.as_deref(), *accessed)),
        Role::Archive | Role::Link => None,
    });
    let sources: Vec<_> = sources.collect();
    let is_dead = |url: &str| {
        let url = Url::parse(url).map(|mut url| {
            url.set_fragment(None);
            url.to_string()
        });
        let told = url.ok().and_then(|url| heard?.answers.get(&url));
        told.is_some_and(|told| matches!(told.answer, Answer::Dead(_)))
    };
    if let Some(archive) = sources.iter().find_map(|(archive, _)| *archive).filter(|archive| !is_dead(archive)) {
        return format!(
            "readers still have the copy in `archive`: `{archive}`; look for a new address, or link to the copy"
        );
    }
    if address.places.iter().all(|place| place.role == Role::Archive) {
        return "look for another copy, or remove `archive`".to_owned();
    }
    // The archive finds the copy nearest to a day; without one, it lists all.
    let day = sources.iter().find_map(|(_, accessed)| *accessed);
    let day = day.map_or("*".to_owned(), |day| day.to_string().replace('-', ""));
    let copy = format!("`https://web.archive.org/web/{day}/{}`", address.url);
    if sources.is_empty() {
        format!("look for a new address; if there is a copy at {copy}, link to that")
    } else {
        format!("look for a new address; if there is a copy, add `archive:` with {copy}")
    }
}

/// Returns a status with its words.
fn status_words(status: u16) -> String {
    let words = match status {
        401 => "log in first",
        403 => "forbidden",
        404 => "not found",
        410 => "gone for good",
        429 => "too many requests",
        451 => "blocked for legal reasons",
        500 => "it has a fault",
        502 | 504 => "a server behind it does not answer",
        503 => "not available now",
        _ => return status.to_string(),
    };
    format!("{status} ({words})")
}

/// Points at the first place, and at the next few.
fn pointed_at(diagnostic: Diagnostic, places: &[&Place], label: &str) -> Diagnostic {
    let Some((first, others)) = places.split_first() else { return diagnostic };
    let left = others.len().saturating_sub(MOST_PLACES - 1);
    let diagnostic = diagnostic.at(first.span.clone(), label);
    others.iter().take(MOST_PLACES - 1).enumerate().fold(diagnostic, |diagnostic, (index, place)| {
        let last = index + 2 == MOST_PLACES && left > 0;
        let label = match left {
            1 if last => "also here, and in one more place".to_owned(),
            _ if last => format!("also here, and in {left} more places"),
            _ => "also here".to_owned(),
        };
        diagnostic.and(place.span.clone(), label)
    })
}
