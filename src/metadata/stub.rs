//! A source as text for sources.yaml, and where it goes: behind all that is there, of which no byte changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::markdown::slug;
use crate::model::Id;
use crate::model::date::FullDate;
use crate::yaml;

use super::{Author, Metadata};

/// The file that sources stand in.
pub const SOURCES: &str = "content/sources.yaml";

/// A source to begin with.
#[derive(Clone, Debug)]
pub struct NewSource {
    /// The address.
    pub url: String,
    /// The id, where one is wished for.
    pub id: Option<String>,
    /// The type, in CSL's words, where it is known.
    pub kind: Option<String>,
    /// What its page says of it; the title at least should be there.
    pub page: Metadata,
    /// The day on which it was read.
    pub accessed: FullDate,
}

/// Puts a source behind the others, and returns the new text of sources.yaml with the source's id.
///
/// # Errors
///
/// Refuses where the wished id is none or is taken, where a source has the address already, and where the text is not
/// the plain list of sources to which something can be added.
pub fn with_source(text: &str, source: &NewSource) -> Result<(String, Id), Error> {
    let known = Known::read(text)?;
    if let Some((_, id)) = known.addresses.iter().find(|(url, _)| same_address(url, &source.url)) {
        return Err(Error::refused(format!("the source `{id}` has this address already"))
            .with_help(format!("cite it: `[@{id}]`; for another part of it, `[@{id}, p. 3]`")));
    }
    let id = match &source.id {
        Some(wished) => known.wished(wished)?,
        None => known.free(&usual_id(source)),
    };
    let stub = stub(&id, source);
    let new = appended(text, &stub);
    match Known::read(&new) {
        Ok(now) if now.ids.len() == known.ids.len() + 1 => Ok((new, id)),
        _ => Err(Error::refused(format!(
            "nothing can be added at the end of `{SOURCES}`: it does not end as a list of sources"
        ))
        .with_help(format!("put this among the others yourself:\n\n{stub}"))),
    }
}

/// What stands in sources.yaml.
struct Known {
    ids: BTreeSet<String>,
    /// Addresses, each with the id of its source.
    addresses: Vec<(String, String)>,
}

impl Known {
    fn read(text: &str) -> Result<Self, Error> {
        let file: Arc<str> = SOURCES.into();
        let mut found = Diagnostics::default();
        let node = yaml::scan(&file, text, 0, &mut found);
        if found.has_errors() {
            return Err(Error::refused(format!("`{SOURCES}` cannot be read"))
                .with_help("`dateline check` says why; put that right first"));
        }
        let mut known = Self { ids: BTreeSet::new(), addresses: Vec::new() };
        for entry in node.iter().flat_map(|node| node.entries()) {
            known.ids.insert(entry.key.clone());
            if let Some(url) = entry.node.get("URL").and_then(|url| url.text()) {
                known.addresses.push((url.to_owned(), entry.key.clone()));
            }
        }
        Ok(known)
    }

    fn wished(&self, wished: &str) -> Result<Id, Error> {
        let Some(id) = Id::parse(wished) else {
            return Err(Error::refused(format!(
                "`{wished}` is not an id: it has letters, digits, `-`, `_` and `.`, and no spaces"
            ))
            .with_help(format!("write `--id {}`", Id::nearest(wished))));
        };
        if self.ids.contains(wished) {
            let free = self.free(wished);
            return Err(Error::refused(format!("there is a source `{wished}` already"))
                .with_help(format!("write `--id {free}`")));
        }
        Ok(id)
    }

    /// Returns the id, or the first with a number behind it that is free.
    fn free(&self, id: &str) -> Id {
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let mut candidates = std::iter::once(id.to_owned()).chain(numbered);
        let free = candidates.find(|id| !self.ids.contains(id)).unwrap_or_default();
        Id::parse(&free).unwrap_or_else(|| Id::nearest(&free))
    }
}

fn same_address(left: &str, right: &str) -> bool {
    let bare = |url: &str| {
        let url = url.split('#').next().unwrap_or(url).trim_end_matches('/');
        url.strip_prefix("http://").or(url.strip_prefix("https://")).unwrap_or(url).to_owned()
    };
    bare(left) == bare(right)
}

/// Returns the id that people would choose: who brought it and the year, or the first words of the title.
fn usual_id(source: &NewSource) -> String {
    let year = source.page.issued.as_deref().and_then(|date| date.get(..4)).filter(|year| year.parse::<u16>().is_ok());
    let name = host_name(&source.url);
    let title =
        || source.page.title.as_deref().map(slug).map(|slug| slug.split('-').take(3).collect::<Vec<_>>().join("-"));
    let name = name.or_else(title).filter(|name| !name.is_empty()).unwrap_or_else(|| "source".to_owned());
    let id = year.map_or_else(|| name.clone(), |year| format!("{name}-{year}"));
    Id::nearest(&id).as_str().to_owned()
}

/// Returns the part of a host that names it: `apnews` of `www.apnews.com`, `bbc` of `news.bbc.co.uk`.
fn host_name(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let mut labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    if labels.len() < 2 || labels.iter().all(|label| label.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    labels.pop();
    if labels.len() > 1
        && matches!(
            labels.last(),
            Some(&("co" | "com" | "org" | "net" | "gov" | "gob" | "gouv" | "go" | "or" | "ne" | "ac" | "edu"))
        )
    {
        labels.pop();
    }
    labels.pop().map(str::to_owned)
}

/// Writes a source as YAML.
fn stub(id: &Id, source: &NewSource) -> String {
    let page = &source.page;
    let mut text = format!("{id}:\n");
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(text, "  {name}: {}", plain_or_quoted(value)).expect("a text takes it");
        }
    };
    field("type", Some(source.kind.as_deref().or(page.kind).unwrap_or("webpage")));
    field("title", page.title.as_deref());
    if page.title.is_none() {
        text.push_str("  # The title as it stands on the page: the site is not built without it.\n  title:\n");
    }
    let authors: Vec<String> = page.authors.iter().map(author).collect();
    if !authors.is_empty() {
        writeln!(text, "  author: [{}]", authors.join(", ")).expect("a text takes it");
    }
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(text, "  {name}: {}", plain_or_quoted(value)).expect("a text takes it");
        }
    };
    field("container-title", page.container_title.as_deref());
    field("publisher", page.publisher.as_deref());
    field("issued", page.issued.as_deref());
    field("URL", Some(&source.url));
    field("accessed", Some(&source.accessed.to_string()));
    text
}

fn author(author: &Author) -> String {
    match author {
        Author::Person { family, given } if given.is_empty() => format!("{{family: {}}}", yaml_text(family)),
        Author::Person { family, given } => {
            format!("{{family: {}, given: {}}}", in_brackets(family), in_brackets(given))
        }
        Author::Literal(name) => in_brackets(name),
    }
}

/// Writes a text in quotes, so that YAML reads it as it is.
fn yaml_text(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON, and JSON's text is YAML")
}

/// Writes a text for a list in brackets, where a comma would part it.
fn in_brackets(text: &str) -> String {
    if text.contains(',') { yaml_text(text) } else { plain_or_quoted(text) }
}

/// Writes a text as it is where YAML reads it so, and in quotes otherwise.
fn plain_or_quoted(text: &str) -> String {
    let harmless = |c: char| c.is_alphanumeric() || " -–—’.,()/$_+~?=&;%".contains(c);
    let address = text.starts_with("https://") || text.starts_with("http://");
    let inner = if address { &text[text.find(':').map_or(0, |at| at + 1)..] } else { text };
    let word = matches!(text.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null");
    let plain = text.starts_with(char::is_alphanumeric) && inner.chars().all(harmless) && !text.ends_with(' ') && !word;
    if plain { text.to_owned() } else { yaml_text(text) }
}

/// Puts an entry behind a text, parted and ended as the lines of the text are.
fn appended(text: &str, stub: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = text.to_owned();
    if !new.is_empty() && !new.ends_with('\n') {
        new.push_str(end);
    }
    if new.contains(&format!("{end}{end}")) && !new.ends_with(&format!("{end}{end}")) {
        new.push_str(end);
    }
    new.push_str(&stub.replace('\n', end));
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(url: &str) -> NewSource {
        let page = Metadata { title: Some("A title: with a colon".into()), ..Metadata::default() };
        let accessed = FullDate::parse("2026-11-20").expect("it is a day");
        NewSource { url: url.into(), id: None, kind: None, page, accessed }
    }

    #[test]
    fn what_is_there_stays_byte_for_byte() {
        for (old, between) in
            [("", ""), ("# a remark\r\nb: {title: B}", "\r\n"), ("b:\n  title: B\n\na:\n  title: A # why\n", "\n")]
        {
            let (new, id) = with_source(old, &source("https://www.apnews.com/x?a=1&b=2")).expect("it can be added");
            assert_eq!(id.as_str(), "apnews");
            let added =
                new.strip_prefix(old).and_then(|rest| rest.strip_prefix(between)).expect("the old text, then the new");
            let expected = "apnews:\n  type: webpage\n  title: \"A title: with a colon\"\n  URL: https://www.apnews.com/x?a=1&b=2\n  accessed: 2026-11-20\n";
            assert_eq!(added.replace("\r\n", "\n"), expected);
            assert_eq!(added.contains('\r'), old.contains('\r'));
        }
    }

    #[test]
    fn an_id_is_the_host_and_the_year_and_is_never_taken_twice() {
        let mut new = source("https://news.bbc.co.uk/1");
        new.page.issued = Some("2019-08".into());
        let (text, first) = with_source("", &new).expect("it can be added");
        new.url = "https://news.bbc.co.uk/2".into();
        let (_, second) = with_source(&text, &new).expect("it can be added");
        assert_eq!((first.as_str(), second.as_str()), ("bbc-2019", "bbc-2019-2"));
        new.url = "http://192.0.2.7/3".into();
        assert_eq!(with_source("", &new).expect("it can be added").1.as_str(), "a-title-with-2019");
    }

    #[test]
    fn an_address_or_an_id_that_is_taken_is_refused_with_a_way_out() {
        let (text, _) = with_source("", &source("https://example.org/a/")).expect("it can be added");
        let again = with_source(&text, &source("http://example.org/a#part")).expect_err("it is there");
        assert_eq!(again.to_string(), "the source `example` has this address already");
        let taken = NewSource { id: Some("example".into()), ..source("https://example.org/b") };
        assert_eq!(with_source(&text, &taken).expect_err("it is taken").help(), Some("write `--id example-2`"));
        let bad = NewSource { id: Some("a b".into()), ..source("https://example.org/b") };
        assert_eq!(with_source(&text, &bad).expect_err("it is none").help(), Some("write `--id a-b`"));
    }

    #[test]
    fn a_file_that_cannot_take_it_is_left_alone() {
        for text in ["a: [\n", "{a: {title: A}}\n", "- a\n"] {
            assert!(with_source(text, &source("https://example.org/")).is_err(), "{text}");
        }
    }

    #[test]
    fn names_and_titles_are_read_back_as_they_were() {
        for text in
            ["Doe, Jane", "#1", "yes", "a: b", "- x", "“quoted”", "2019", "*x", "a #b", "Ends with: ", "O’Neill & Sons"]
        {
            let mut new = source("https://example.org/");
            new.page.title = Some(text.into());
            new.page.authors =
                vec![Author::Literal(text.into()), Author::Person { family: text.into(), given: text.into() }];
            let (yaml, _) = with_source("", &new).expect("it can be added");
            let mut found = Diagnostics::default();
            let node = yaml::scan(&SOURCES.into(), &yaml, 0, &mut found).expect("it is YAML");
            let entry = node.get("example").expect("it is there");
            assert_eq!(entry.get("title").and_then(|title| title.text()), Some(text), "{yaml}");
            let authors = entry.get("author").expect("there are some");
            assert_eq!(authors.item(0).and_then(|name| name.text()), Some(text), "{yaml}");
            assert_eq!(authors.item(1).and_then(|name| name.get("given")?.text()), Some(text), "{yaml}");
        }
    }
}
