//! Listens on the loopback, and bounds what a connection may cost.
//!
//! A head must come within seconds and within kilobytes; a connection that asks for nothing is closed; there are only so
//! many at a time, and one that does not listen for events ends after a minute. A browser opens a new one without a word.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{io, path::Path};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use crate::error::Error;

use super::answer::{Door, answer};

/// The first port that is tried, and how many after it.
const FIRST: u16 = 4004;
const TRIED: u16 = 50;
/// How many connections there may be at a time. Many systems allow a program 1,024 open files.
const CONNECTIONS: usize = 400;
/// How long a connection may take for a head, and wait for the next one.
const HEAD: Duration = Duration::from_secs(10);
/// How large a head may be, in bytes, and how many fields it may have.
const HEAD_SIZE: usize = 16 * 1024;
const FIELDS: usize = 64;
/// How long a connection lives that does not listen for events, and how long its last answer may take then.
const LIFE: Duration = Duration::from_secs(60);
const FAREWELL: Duration = Duration::from_secs(5);

/// Listeners on both loopback addresses, with one port.
pub(super) struct Listeners {
    pub(super) port: u16,
    list: Vec<TcpListener>,
}

/// Returns the address of the site for people.
pub(super) fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}/")
}

/// Takes the port that is asked for, or the first free one.
///
/// # Errors
///
/// Where the port is taken, or none can be had.
pub(super) fn bind(port: Option<u16>) -> Result<Listeners, Error> {
    let name = |port: u16| format!("127.0.0.1:{port}");
    let Some(port) = port else {
        let free = (FIRST..FIRST + TRIED).find_map(|port| both(port).ok());
        return free.map_or_else(|| both(0).map_err(|cause| Error::io("listen on", Path::new(&name(0)), cause)), Ok);
    };
    both(port).map_err(|cause| {
        let error = Error::io("listen on", Path::new(&name(port)), cause);
        error.with_help("name another port with `--port N`, or leave `--port` away: then the first free one is taken")
    })
}

/// Listens on a port of 127.0.0.1, and on the same of `::1` where the machine has it.
fn both(port: u16) -> io::Result<Listeners> {
    let first = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let port = first.local_addr()?.port();
    let second = match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        Ok(second) => Some(second),
        // Somebody else would answer to `localhost`.
        Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => return Err(cause),
        Err(_) => None,
    };
    let list: Vec<TcpListener> = std::iter::once(first).chain(second).collect();
    list.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
    Ok(Listeners { port, list })
}

/// Begins to answer.
///
/// # Errors
///
/// Where the system does not give the listeners to the server.
pub(super) fn start(listeners: Listeners, door: &Arc<Door>) -> Result<(), Error> {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    for listener in listeners.list {
        let listener = tokio::net::TcpListener::from_std(listener)
            .map_err(|cause| Error::io("listen on", Path::new(&address(listeners.port)), cause))?;
        tokio::spawn(accept(listener, Arc::clone(door), Arc::clone(&room)));
    }
    Ok(())
}

async fn accept(listener: tokio::net::TcpListener, door: Arc<Door>, room: Arc<Semaphore>) {
    while let Ok(permit) = Arc::clone(&room).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(talk(stream, Arc::clone(&door), permit))),
            // As a rule: no more open files. They come back as connections end.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Answers on a connection until it ends. What goes wrong there is the other side's.
async fn talk(stream: TcpStream, door: Arc<Door>, _permit: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    let listens = AtomicBool::new(false);
    let service = service_fn(|request| {
        let door = &door;
        let listens = &listens;
        async move { answer(&request, door, listens) }
    });
    let mut rules = http1::Builder::new();
    rules.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_SIZE).max_headers(FIELDS);
    let mut connection = pin!(rules.serve_connection(TokioIo::new(stream), service));
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            () = sleep(LIFE) => if !listens.load(Ordering::Relaxed) { break },
        }
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(FAREWELL, connection).await;
}
