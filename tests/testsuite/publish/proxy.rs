//! A proxy that breaks requests on purpose, one in so many or all from one on, and passes the rest on.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What happens to a request that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection is closed before anything is answered.
    Reset,
    /// The connection is closed in the middle of what is sent.
    ResetInTheMiddle,
    /// The server says that it failed.
    Failed,
    /// The server asks for patience, for a second.
    Busy,
    /// The answer comes late.
    Slow,
    /// The answer is shorter than it says.
    WrongLength,
}

/// A proxy on this machine; it ends with the test's process.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    broken: Arc<AtomicUsize>,
}

impl Proxy {
    /// Starts a proxy to a server, which breaks every `every`th request.
    pub(super) fn start(server: SocketAddr, fault: Fault, every: usize) -> Self {
        Self::breaking(server, fault, move |request| request.is_multiple_of(every))
    }

    /// Starts a proxy to a server, which passes the first requests on and breaks the `first`th and all that follow.
    pub(super) fn start_from(server: SocketAddr, fault: Fault, first: usize) -> Self {
        Self::breaking(server, fault, move |request| request >= first)
    }

    /// Starts a proxy to a server, which breaks the requests that are chosen by their number, from 1.
    fn breaking(server: SocketAddr, fault: Fault, is_chosen: impl Fn(usize) -> bool + Copy + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let (counter, broken) = (Arc::new(AtomicUsize::new(1)), Arc::new(AtomicUsize::new(0)));
        let told = Arc::clone(&broken);
        std::thread::spawn(move || {
            for client in listener.incoming().filter_map(Result::ok) {
                let (counter, broken) = (Arc::clone(&counter), Arc::clone(&told));
                std::thread::spawn(move || {
                    let fault = is_chosen(counter.fetch_add(1, Ordering::Relaxed)).then_some(fault);
                    if fault.is_some() {
                        broken.fetch_add(1, Ordering::Relaxed);
                    }
                    // A connection that fails is what this is for.
                    let _ = handle(client, server, fault);
                });
            }
        });
        Self { address, broken }
    }

    /// Returns how many requests were broken.
    pub(super) fn broken(&self) -> usize {
        self.broken.load(Ordering::Relaxed)
    }
}

/// Takes one request of a connection, and closes it.
fn handle(mut client: TcpStream, server: SocketAddr, fault: Option<Fault>) -> std::io::Result<()> {
    if fault == Some(Fault::Reset) {
        return client.shutdown(Shutdown::Both);
    }
    let (head, body) = read_request(&mut client)?;
    match fault {
        Some(Fault::Failed) => return answer(&mut client, "500 Internal Server Error", ""),
        Some(Fault::Busy) => return answer(&mut client, "503 Service Unavailable", "Retry-After: 1\r\n"),
        Some(Fault::Slow) => std::thread::sleep(Duration::from_millis(400)),
        _ => {}
    }
    let mut upstream = TcpStream::connect(server)?;
    upstream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes())?;
    if fault == Some(Fault::ResetInTheMiddle) {
        upstream.write_all(&body[..body.len() / 2])?;
        upstream.shutdown(Shutdown::Both)?;
        return client.shutdown(Shutdown::Both);
    }
    upstream.write_all(&body)?;
    let mut reply = Vec::new();
    upstream.read_to_end(&mut reply)?;
    if fault == Some(Fault::WrongLength) && reply.len() > 4 {
        reply.truncate(reply.len() - 4);
    }
    client.write_all(&reply)?;
    client.shutdown(Shutdown::Write)
}

/// Reads a request: its head without the last line breaks, and its body.
fn read_request(client: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        match client.read(&mut buffer)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = bytes.split_off(end + 4);
    while body.len() < length.unwrap_or(0) {
        match client.read(&mut buffer)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => body.extend_from_slice(&buffer[..count]),
        }
    }
    Ok((head, body))
}

fn answer(client: &mut TcpStream, status: &str, header: &str) -> std::io::Result<()> {
    client.write_all(format!("HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())
}
