//! More than anybody asks for: giant, slow, idle and countless requests are bounded, and the server stays up.

use std::io::{Read, Write};
#[cfg(target_os = "linux")]
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::time::Instant;

use super::server::Server;
#[cfg(target_os = "linux")]
use super::server::wait_for;
use super::site;

/// Makes tests with hundreds of connections wait for each other: many systems allow a process 1,024 open files.
fn crowd() -> MutexGuard<'static, ()> {
    static CROWD: Mutex<()> = Mutex::new(());
    CROWD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn giant_heads_many_fields_and_garbage_are_refused_and_it_stays_up() {
    let server = Server::of(&site());
    let long = "a".repeat(200_000);
    let many: String = (0..1000).map(|at| format!("x-{at}: y\r\n")).collect();
    let bodies = "x".repeat(100_000);
    for request in [
        format!("GET / HTTP/1.1\r\nhost: HOST\r\nx: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nhost: HOST\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nhost: HOST\r\n{many}\r\n"),
        "\r\n\r\n\r\nnonsense\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\nhost: HOST\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nhost: HOST\r\ncontent-length: -1\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nhost: HOST\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_owned(),
        format!("POST / HTTP/1.1\r\nhost: HOST\r\ncontent-length: 1000000000\r\nconnection: close\r\n\r\n{bodies}"),
    ] {
        let answer = String::from_utf8_lossy(&server.exchange(&request)).into_owned();
        let start = &request[..request.len().min(40)];
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{start}… gives {answer}");
    }
    server.exchange([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 0xff]);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn two_hundred_idle_connections_and_slow_ones_leave_room_for_others() {
    let _crowd = crowd();
    let server = Server::of(&site());
    let idle: Vec<_> = (0..200).map(|_| server.connect()).collect();
    let slow: Vec<_> = (0..100)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nhost: ").expect("it listens");
            stream
        })
        .collect();
    assert_eq!(server.get("/").status, 200);
    // Each of them is closed by the server: one that waits for ever would wait here as well.
    for mut stream in idle.into_iter().chain(slow) {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("the server closes it");
    }
}

/// How many connections the server holds at a time.
#[cfg(target_os = "linux")]
const MOST: usize = 400;

/// A server that holds as many connections as it may, and sixty more that ask for a page.
#[cfg(target_os = "linux")]
struct Full {
    held: Vec<TcpStream>,
    waiting: Vec<TcpStream>,
    /// How many files the server had open.
    open: usize,
    /// Whether the first of those that wait had got something after half a second.
    was_answered: bool,
}

/// Fills a server. `None` where that took so long that it may have closed those that were idle: then nothing is shown.
#[cfg(target_os = "linux")]
fn filled(server: &Server) -> Option<Full> {
    let began = Instant::now();
    let held: Vec<_> = (0..MOST).map(|_| server.connect()).collect();
    let request = format!("GET / HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n", server.port);
    let asks = |_| {
        let mut stream = server.connect();
        stream.write_all(request.as_bytes()).expect("the system takes it");
        stream
    };
    let mut waiting: Vec<_> = (0..60).map(asks).collect();
    // One place is kept for who comes by `::1`.
    wait_for("as many connections as there may be", || (server.open_files() >= MOST - 1).then_some(()));
    waiting[0].set_read_timeout(Some(Duration::from_millis(500))).expect("a limit can be set");
    let was_answered = waiting[0].read_exact(&mut [0]).is_ok();
    let open = server.open_files();
    (began.elapsed() < Duration::from_secs(8)).then_some(Full { held, waiting, open, was_answered })
}

#[test]
#[cfg(target_os = "linux")]
fn the_four_hundred_and_first_connection_waits_until_another_one_ends() {
    let _crowd = crowd();
    let server = Server::of(&site());
    let full = (0..5).find_map(|_| filled(&server)).expect("this machine opens 460 connections in eight seconds");
    let Full { mut held, mut waiting, open, was_answered } = full;
    assert!(!was_answered, "the connection after {MOST} was answered while all of them were open");
    assert!((MOST..450).contains(&open), "the server has {open} files open");
    // With two places more there is one for it, also where the one for `::1` is kept.
    held.truncate(MOST - 2);
    let mut answer = [0; 12];
    waiting[0].set_read_timeout(Some(Duration::from_secs(40))).expect("a limit can be set");
    waiting[0].read_exact(&mut answer).expect("it is answered as soon as there is room");
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[test]
fn listeners_are_bounded_and_do_not_keep_others_out() {
    let server = Server::of(&site());
    let mut listeners: Vec<_> = (0..64).map(|_| server.events()).collect();
    listeners.iter_mut().for_each(|events| assert_eq!(events.next()["moment"], 1));
    assert_eq!(server.get("/_dateline/events").status, 503);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn thousands_of_requests_on_one_connection_are_answered() {
    assert_eq!(answered(&Server::of(&site()), 2000), 2000);
}

#[test]
fn heads_and_bodies_that_drip_are_cut_off() {
    let server = Server::of(&site());
    // Each letter comes long before a pause would end the connection: only the whole time that it takes can.
    let mut head = server.connect();
    head.write_all(b"GET / HTTP/1.1\r\nx: ").expect("it listens");
    let mut drip = head.try_clone().expect("a connection can be shared");
    let dripping = std::thread::spawn(move || {
        for _ in 0..200 {
            if drip.write_all(b"a").is_err() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        false
    });
    // A body that never ends keeps nobody from an answer.
    let mut body = server.connect();
    let start = format!("POST / HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-length: 1000000\r\n\r\n", server.port);
    body.write_all(start.as_bytes()).expect("it listens");
    let mut answer = [0; 12];
    body.read_exact(&mut answer).expect("it answers before the body has come");
    assert_eq!(&answer, b"HTTP/1.1 405");
    assert_eq!(server.get("/").status, 200);
    assert!(dripping.join().expect("nobody panicked"), "a head may drip for ever");
}

#[test]
fn ten_thousand_requests_beside_idle_connections_are_answered() {
    let _crowd = crowd();
    let server = Server::of(&site());
    let idle: Vec<_> = (0..200).map(|_| server.connect()).collect();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                let mut left = 1000;
                while left > 0 {
                    left -= answered(&server, left);
                }
            });
        }
    });
    assert_eq!(server.get("/").status, 200);
    drop(idle);
}

/// Asks on one connection, one request after the other, and returns how many were answered before it ended.
fn answered(server: &Server, wanted: usize) -> usize {
    let mut stream = server.connect();
    let request = format!("HEAD /static/style.css HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", server.port);
    let mut buffer = vec![0; 4096];
    for answers in 0..wanted {
        let mut head = Vec::new();
        let is_sent = stream.write_all(request.as_bytes()).is_ok();
        while is_sent && !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut buffer) {
                Ok(length) if length > 0 => head.extend_from_slice(&buffer[..length]),
                // It has lived for as long as a connection may.
                _ => break,
            }
        }
        if !head.ends_with(b"\r\n\r\n") {
            assert!(answers > 0, "a connection was refused");
            return answers;
        }
        assert!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head));
    }
    wanted
}
