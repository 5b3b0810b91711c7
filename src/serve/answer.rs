//! Answers a request from the last good output: never from the disk, and never anything but what was built.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::{Semaphore, watch as latest};
use uuid::Uuid;

use super::address::{self, Found};
use super::editor::Editor;
use super::state::State;
use crate::media_type;

use super::{events, guard, page};

/// What an answer carries.
pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// How many pages may listen for events at a time. A browser opens six of them to one server.
const LISTENERS: usize = 64;
const CLIENT: &str =
    concat!(include_str!("client/patch.js"), include_str!("client/panel.js"), include_str!("client/client.js"));
const STYLE: &str = include_str!("client/panel.css");
const WORKER: &str = include_str!("client/worker.js");

/// What every answer is made from.
pub(super) struct Door {
    pub(super) port: u16,
    pub(super) state: latest::Receiver<Arc<State>>,
    pub(super) editor: Editor,
    pub(super) follow: bool,
    /// Tells one run of the server from the next.
    pub(super) run: String,
    /// What a request must know that does more than read.
    pub(super) token: String,
    pub(super) listeners: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(port: u16, state: latest::Receiver<Arc<State>>, editor: Editor, follow: bool) -> Self {
        let random = || Uuid::new_v4().simple().to_string();
        let listeners = Arc::new(Semaphore::new(LISTENERS));
        Self { port, state, editor, follow, run: random(), token: random(), listeners }
    }

    /// Returns what is served now.
    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.borrow())
    }
}

/// Answers a request; `listens` is set where the answer goes on for as long as somebody hears it.
pub(super) fn answer<B>(
    request: &Request<B>,
    door: &Arc<Door>,
    listens: &AtomicBool,
) -> Result<Response<Body>, Infallible> {
    let mut response = match guard::refusal(request, door.port) {
        Some((status, why)) => text(status, why),
        None => route(request, door, listens),
    };
    harden(response.headers_mut());
    Ok(response)
}

fn route<B>(request: &Request<B>, door: &Arc<Door>, listens: &AtomicBool) -> Response<Body> {
    let (path, method) = (request.uri().path(), request.method());
    if let (Some(which), &Method::POST) = (path.strip_prefix("/_dateline/open/"), method) {
        return open(request.headers(), which, door);
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "pages are read here, and nothing else");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if request.headers().contains_key("service-worker") {
        return file("worker.js", WORKER);
    }
    match path.strip_prefix("/_dateline/") {
        Some("client.js") => file("client.js", CLIENT),
        Some("panel.css") => file("panel.css", STYLE),
        Some("events") if method == Method::GET => match Arc::clone(&door.listeners).try_acquire_owned() {
            Ok(permit) => {
                listens.store(true, Ordering::Relaxed);
                with_type(StatusCode::OK, "text/event-stream", events::stream(door, permit))
            }
            Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "too many pages are open"),
        },
        Some(_) => text(StatusCode::NOT_FOUND, "there is nothing here"),
        None => content(path, door),
    }
}

/// Answers with what was built.
fn content(path: &str, door: &Door) -> Response<Body> {
    let state = door.now();
    let Some(output) = &state.output else {
        return with_type(
            StatusCode::SERVICE_UNAVAILABLE,
            &media_type::served("x.html"),
            full(page::mistakes(&state, door)),
        );
    };
    let (status, name) = match address::find(path, output) {
        Found::File(name) => (StatusCode::OK, name),
        Found::Nothing => (StatusCode::NOT_FOUND, "404.html".to_owned()),
        Found::Malformed => return text(StatusCode::BAD_REQUEST, "this address cannot be read"),
        Found::Folder(place) => {
            let mut response = text(StatusCode::TEMPORARY_REDIRECT, "the folder has a slash at its end");
            let place = HeaderValue::from_str(&place).expect("an encoded path is ASCII");
            response.headers_mut().insert(header::LOCATION, place);
            return response;
        }
    };
    let Some(found) = output.get(&name) else { return text(status, "there is no such page") };
    let body = match media_type::of(&name) == "text/html" {
        true => full(page::with_client(&found.bytes, &name, &state, door)),
        false => Full::new(Bytes::from_owner(Arc::clone(&found.bytes))).boxed_unsync(),
    };
    with_type(status, &media_type::served(&name), body)
}

/// Opens the place of a mistake in the editor: `MOMENT/INDEX`, so that nobody can name a file of his own.
fn open(headers: &HeaderMap, which: &str, door: &Door) -> Response<Body> {
    let token = headers.get("x-dateline-token").map(HeaderValue::as_bytes);
    // Only a script of this origin can send such a field, and browsers send `Origin` with it.
    if token != Some(door.token.as_bytes()) || !headers.contains_key(header::ORIGIN) {
        return text(StatusCode::FORBIDDEN, "only the pages of this server open the editor");
    }
    let state = door.now();
    let place = which.split_once('/').and_then(|(moment, index)| {
        let is_now = moment.parse() == Ok(state.moment);
        is_now.then(|| state.mistakes.get(index.parse::<usize>().ok()?)?.place.as_ref())?
    });
    let Some(place) = place else { return text(StatusCode::NOT_FOUND, "there is no such mistake any more") };
    match door.editor.open(place) {
        Ok(()) => text(StatusCode::OK, "opened"),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// Adds what every answer says: nothing is stored, guessed, framed or handed to other sites.
fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn file(name: &str, content: &'static str) -> Response<Body> {
    with_type(
        StatusCode::OK,
        &media_type::served(name),
        Full::new(Bytes::from_static(content.as_bytes())).boxed_unsync(),
    )
}

fn text(status: StatusCode, what: &str) -> Response<Body> {
    with_type(status, &media_type::served("x.txt"), full(format!("{what}\n").into_bytes()))
}

fn full(bytes: Vec<u8>) -> Body {
    Full::new(Bytes::from(bytes)).boxed_unsync()
}

fn with_type(status: StatusCode, kind: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).expect("a media type is ASCII"));
    response
}
