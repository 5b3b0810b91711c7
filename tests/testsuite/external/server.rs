//! A server that plays everything the web does.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server on this computer, with what it was asked.
#[derive(Clone)]
pub(super) struct Server {
    host: &'static str,
    pub(super) port: u16,
    pub(super) asked: Arc<Mutex<Vec<String>>>,
    /// How many requests for `/page/…` were under way at once, now and at most.
    busy: Arc<AtomicUsize>,
    pub(super) busiest: Arc<AtomicUsize>,
}

impl Server {
    pub(super) fn start() -> Self {
        Self::at("127.0.0.1")
    }

    /// Starts one at an address of this computer.
    pub(super) fn at(host: &'static str) -> Self {
        let listener = TcpListener::bind((host, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let server = Self { host, port, asked: Arc::default(), busy: Arc::default(), busiest: Arc::default() };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.serve(stream));
            }
        });
        server
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}:{}{path}", self.host, self.port)
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody fails").clone()
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream has two ends")).lines();
        let Some(Ok(first)) = lines.next() else {
            // As servers answer to who begins with TLS where there is none.
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        };
        let request = first.trim_end_matches(" HTTP/1.1").to_owned();
        let is_reset = request.ends_with("/reset");
        if !is_reset {
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        }
        self.asked.lock().expect("nobody fails").push(request.clone());
        let before = self.asked().iter().filter(|asked| **asked == request).count();
        if request.contains(" /page/") {
            let busy = self.busy.fetch_add(1, Ordering::SeqCst) + 1;
            self.busiest.fetch_max(busy, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(5));
            // Before the answer: whoever asks one after the other may ask again as soon as it has come.
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
        if !is_reset {
            self.answer(&mut stream, &request, before);
        }
    }

    fn answer(&self, stream: &mut TcpStream, request: &str, times: usize) {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        let head = |status: &str, headers: &str| format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\n\r\n");
        let to = |status: &str, to: &str| head(status, &format!("Location: {to}\r\n"));
        let text = match path {
            "/head-refused" if method == "HEAD" => head("405 Method Not Allowed", ""),
            "/head-lies" if method == "HEAD" => head("404 Not Found", ""),
            "/moved" => to("301 Moved Permanently", "/new"),
            "/moved-308" => to("308 Permanent Redirect", &self.url("/moved")),
            "/moved-then-for-now" => to("301 Moved Permanently", "/for-now"),
            "/for-now" => to("302 Found", "/new"),
            "/for-now-then-moved" => to("307 Temporary Redirect", "/moved"),
            "/moved-to-front" => to("301 Moved Permanently", "/"),
            "/moved-to-nothing" => to("301 Moved Permanently", "/gone"),
            "/circle-a" => to("302 Found", "/circle-b"),
            "/circle-b" => to("301 Moved Permanently", "/circle-a"),
            "/to-mail" => to("302 Found", "mailto:a@b.example"),
            "/to-nowhere" => "HTTP/1.1 302 Found\r\n\r\n".to_owned(),
            "/gone" => head("404 Not Found", ""),
            "/gone-for-good" => head("410 Gone", ""),
            "/too-many" => head("429 Too Many Requests", "Retry-After: 3600\r\n"),
            "/soon" if times == 1 && method == "HEAD" => head("429 Too Many Requests", "Retry-After: 0\r\n"),
            "/guarded" => head("503 Service Unavailable", "Server: cloudflare\r\ncf-mitigated: challenge\r\n"),
            "/hiccup" if self.asked().iter().filter(|asked| asked.ends_with(path)).count() < 3 => {
                head("503 Service Unavailable", "")
            }
            "/slow" => {
                thread::sleep(Duration::from_secs(5));
                head("200 OK", "")
            }
            "/endless" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
                while stream.write_all(&[b'x'; 4096]).is_ok() {}
                return;
            }
            "/endless-head" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                while stream.write_all(b"X-More: and more, and more, and more, and more\r\n").is_ok() {}
                return;
            }
            "/wrong-length" => "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort".to_owned(),
            "/garbage" => "220 mail.example ESMTP ready\r\n".to_owned(),
            _ if path.starts_with("/two-seconds/") => {
                thread::sleep(Duration::from_secs(2));
                head("200 OK", "")
            }
            _ if path.starts_with("/to/page/") => to("302 Found", &self.url(&path["/to".len()..])),
            _ if path.starts_with("/hops/") => {
                let hop: u32 = path["/hops/".len()..].parse().expect("a number");
                to("301 Moved Permanently", &format!("/hops/{}", hop + 1))
            }
            _ => match path.split('?').next().and_then(|path| path.strip_prefix("/status/")) {
                Some(status) => head(&format!("{status} Some Words"), ""),
                None => head("200 OK", ""),
            },
        };
        let _ = stream.write_all(text.as_bytes());
    }
}
