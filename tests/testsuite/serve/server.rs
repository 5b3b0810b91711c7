//! A running server, what it says and answers, and the events that it sends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::super::project::{Folder, Project};

/// What only a fault reaches.
const LIMIT: Duration = Duration::from_secs(40);

pub(crate) struct Server {
    pub(crate) port: u16,
    child: Child,
    said: Arc<Mutex<String>>,
    /// Reads what is printed, each stream to its end.
    readers: Vec<JoinHandle<()>>,
    _folder: Option<Folder>,
}

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Server {
    /// Serves a site from a folder of its own, on any port.
    pub(crate) fn of(project: &Project) -> Self {
        let folder = project.on_disk();
        let mut server = Self::in_folder(&folder);
        server._folder = Some(folder);
        server
    }

    pub(crate) fn in_folder(folder: &Folder) -> Self {
        Self::with(folder, &[])
    }

    pub(crate) fn with(folder: &Folder, arguments: &[&str]) -> Self {
        Self::start(folder, &[&["serve", "--quiet", "--port", "0"], arguments].concat())
    }

    /// Serves with a variable of the environment.
    pub(crate) fn under(folder: &Folder, name: &str, value: &str) -> Self {
        let mut command = folder.command(&["serve", "--quiet", "--port", "0"]);
        command.env(name, value);
        Self::begin(command)
    }

    /// Serves on the first free port.
    pub(crate) fn free(folder: &Folder) -> Self {
        Self::start(folder, &["serve", "--quiet"])
    }

    /// Serves and says more than the address.
    pub(crate) fn talking(folder: &Folder) -> Self {
        Self::start(folder, &["serve", "--port", "0"])
    }

    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        Self::begin(folder.command(arguments))
    }

    fn begin(mut command: Command) -> Self {
        command.env_remove("DATELINE_EDITOR").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program can be started");
        let said = Arc::new(Mutex::new(String::new()));
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        let err = BufReader::new(child.stderr.take().expect("it is piped"));
        let errors = keep(err, &said);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            let length = out.read_line(&mut line).expect("what is printed is text");
            assert_ne!(length, 0, "it ended: {}", said.lock().expect("nobody panicked"));
        }
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no address in `{line}`"));
        let readers = vec![errors, keep(out, &said)];
        Self { port, child, said, readers, _folder: None }
    }

    /// Returns a figure that Linux tells of its process: `VmRSS:`, in kilobytes, or `Threads:`.
    pub(crate) fn figure(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux tells of it");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a process has it");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Returns how many files and connections its process has open.
    #[cfg(target_os = "linux")]
    pub(crate) fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("Linux tells of it").count()
    }

    /// Returns what was printed since the address.
    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("nobody panicked").clone()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it can be reached");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit can be set");
        stream
    }

    /// Sends these bytes, in which HOST stands for its own address, and returns all that comes back.
    pub(crate) fn exchange(&self, request: impl AsRef<[u8]>) -> Vec<u8> {
        let bytes = with_host(request.as_ref(), &format!("127.0.0.1:{}", self.port));
        let mut stream = self.connect();
        let mut answer = Vec::new();
        // A server may refuse before it has read everything.
        let _ = stream.write_all(&bytes);
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub(crate) fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let bytes = self.exchange(request);
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Answer { status: status.expect("a status stands first"), head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"))
    }

    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.exchange(format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"));
        let at = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head ends");
        answer[at + 4..].to_vec()
    }

    /// Waits until a page holds a text.
    #[track_caller]
    pub(crate) fn until(&self, path: &str, text: &str) -> Answer {
        wait_for(&format!("`{text}` in {path}"), || Some(self.get(path)).filter(|answer| answer.body.contains(text)))
    }

    /// Waits until an address has a status.
    #[track_caller]
    pub(crate) fn until_status(&self, path: &str, status: u16) {
        wait_for(&format!("{status} at {path}"), || (self.get(path).status == status).then_some(()));
    }

    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /_dateline/events HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("it listens");
        Events { lines: BufReader::new(stream) }
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, name: &str) -> ExitStatus {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-s", name, &id]).status().expect("`kill` is there")
    }

    /// Waits for its end: the exit code, and what it said.
    pub(crate) fn ended(&mut self) -> (Option<i32>, String) {
        let status = self.child.wait().expect("it can be waited for");
        self.readers.drain(..).for_each(|reader| reader.join().expect("nobody panicked"));
        (status.code(), self.said())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Puts an address wherever HOST stands, also among bytes that are no text.
fn with_host(request: &[u8], host: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), request);
    while let Some(at) = rest.windows(4).position(|window| window == b"HOST") {
        bytes.extend_from_slice(&rest[..at]);
        bytes.extend_from_slice(host.as_bytes());
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest);
    bytes
}

fn keep(mut from: impl BufRead + Send + 'static, said: &Arc<Mutex<String>>) -> JoinHandle<()> {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        let mut line = String::new();
        while from.read_line(&mut line).is_ok_and(|length| length > 0) {
            said.lock().expect("nobody panicked").push_str(&std::mem::take(&mut line));
        }
    })
}

/// The events of a page that listens.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Returns the next message.
    pub(crate) fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            let length = self.lines.read_line(&mut line).expect("an event comes in time");
            assert_ne!(length, 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("an event is JSON");
            }
        }
    }

    /// Passes over messages until one is as wanted.
    pub(crate) fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next();
            if wanted(&message) {
                return message;
            }
        }
    }
}

/// Asks again and again until there is an answer.
#[track_caller]
pub(crate) fn wait_for<T>(what: &str, ask: impl Fn() -> Option<T>) -> T {
    let started = Instant::now();
    while started.elapsed() < LIMIT {
        if let Some(answer) = ask() {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{what} did not come");
}
