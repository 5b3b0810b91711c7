//! Tells browsers what became of the site, as server-sent events (HTML Standard, 9.2): one at once, one for each moment.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use crate::diagnostic::Severity;

use super::answer::{Body, Door};
use super::state::State;
use super::{address, paint};

/// How often something is sent even so, to learn that nobody hears it any more.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it asks again, in milliseconds.
const RETRY: u32 = 400;
/// From how many changed paths on they are not listed.
const MANY: usize = 500;

/// What a page is told.
#[derive(Serialize)]
struct Message<'a> {
    run: &'a str,
    moment: u64,
    broken: bool,
    /// What differs from the moment before; `null` where it is too much to list.
    changed: Option<&'a [String]>,
    /// The page to go to, as an address.
    follow: Option<String>,
    mistakes: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    severity: &'static str,
    message: &'a str,
    /// The drawn message.
    html: String,
    /// `file:line:column`, where it has a place.
    place: Option<String>,
    /// An address that opens the place; without one, the server is asked to.
    link: Option<String>,
}

/// Begins a stream of events.
pub(super) fn stream(door: &Arc<Door>, permit: OwnedSemaphorePermit) -> Body {
    let (sender, body) = Channel::<Bytes>::new(1);
    tokio::spawn(tell(Arc::clone(door), sender, permit));
    body.boxed_unsync()
}

/// Tells each moment until nobody hears it. One that passes while another is sent is left out: the next one says it all.
async fn tell(door: Arc<Door>, mut sender: Sender<Bytes>, _permit: OwnedSemaphorePermit) {
    let mut states = door.state.clone();
    let mut text = format!("retry: {RETRY}\n\n");
    loop {
        let state = Arc::clone(&states.borrow_and_update());
        text.push_str("data: ");
        text.push_str(&message(&state, &door));
        text.push_str("\n\n");
        if sender.send_data(Bytes::from(std::mem::take(&mut text))).await.is_err() {
            return;
        }
        loop {
            match tokio::time::timeout(HEARTBEAT, states.changed()).await {
                Ok(Ok(())) => break,
                Ok(Err(_)) => return,
                Err(_) if sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                Err(_) => {}
            }
        }
    }
}

/// Writes a moment as JSON, in one line.
fn message(state: &State, door: &Door) -> String {
    let mistakes = state.mistakes.iter().map(|mistake| Shown {
        severity: word(mistake.severity),
        message: &mistake.message,
        html: paint::html(&mistake.drawn),
        place: mistake.place.as_ref().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)),
        link: mistake.place.as_ref().and_then(|place| door.editor.link(place)),
    });
    let message = Message {
        run: &door.run,
        moment: state.moment,
        broken: state.broken,
        changed: (state.changed.len() < MANY).then_some(&state.changed),
        follow: state.edited.as_ref().filter(|_| door.follow).map(|path| format!("/{}", address::encode(path))),
        mistakes: mistakes.collect(),
    };
    serde_json::to_string(&message).expect("a message is text and numbers")
}

/// Returns the word for a severity, which is also its class.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
