//! What another site, or who sits on the same machine, may send: nothing of it gets in, and the server stays up.

use std::io::{Read, Write};
use std::time::Duration;

use super::server::Server;
use super::site;

#[test]
fn other_hosts_and_origins_are_refused() {
    let server = Server::of(&site());
    let port = server.port;
    let status = |fields: &str| server.ask(format!("GET / HTTP/1.1\r\n{fields}connection: close\r\n\r\n")).status;
    assert_eq!(status(&format!("host: localhost:{port}\r\n")), 200);
    assert_eq!(status("host: HOST\r\norigin: http://HOST\r\n"), 200);
    for host in
        ["evil.example", "127.0.0.1", "evil.example:PORT", "127.0.0.1:PORT.evil.example", "localhost:1", "0.0.0.0:PORT"]
    {
        assert_eq!(status(&format!("host: {}\r\n", host.replace("PORT", &port.to_string()))), 403, "{host}");
    }
    assert_eq!(status(""), 400);
    assert_eq!(status("host: HOST\r\nhost: evil.example\r\n"), 400);
    for origin in ["http://evil.example", "null", "https://HOST", "http://HOST.evil.example"] {
        assert_eq!(status(&format!("host: HOST\r\norigin: {origin}\r\n")), 403, "{origin}");
    }
    assert_eq!(
        status("host: HOST\r\nsec-fetch-site: cross-site\r\nsec-fetch-mode: no-cors\r\nsec-fetch-dest: script\r\n"),
        403
    );
    let whole = server.ask("GET http://evil.example/ HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n");
    assert_eq!(whole.status, 403);
    let events = server.ask("GET /_dateline/events HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n");
    assert_eq!(events.status, 403);
}

#[test]
fn no_path_leads_to_the_disk() {
    let folder = site().file("content/.hidden", "secret").file("secret.txt", "secret").on_disk();
    let server = Server::in_folder(&folder);
    let ups = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "%252e%252e/",
        ".%2e/",
        "%c0%ae%c0%ae/",
        "....//",
        "..;/",
    ];
    for up in ups {
        for target in ["secret.txt", "content/site.yaml", "etc/passwd"] {
            for start in ["/", "/static/", "/_dateline/", "/timeline/1953-flood.html/"] {
                let path = format!("{start}{}{target}", up.repeat(6));
                let answer = server.get(&path);
                assert!([400, 404].contains(&answer.status), "{path} gives {}", answer.status);
                assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}");
            }
        }
    }
    for path in [
        "/content/site.yaml",
        "/.hidden",
        "/content/.hidden",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/index.html%00",
        "/%",
        "/%zz",
    ] {
        assert!([400, 404].contains(&server.get(path).status), "{path}");
    }
    // Backslashes and raw bytes, as no browser sends them.
    let raw = b"GET /\xff\xfe/..\\..\\secret.txt HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert!(!String::from_utf8_lossy(&server.exchange(raw)).contains("secret\n"));
}

#[test]
fn a_link_out_of_the_content_is_not_followed() {
    let folder = site().on_disk();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("content/media.txt")).expect("a link can be made");
    let server = Server::in_folder(&folder);
    assert!(!server.get("/media.txt").body.contains("root:"));
}

#[test]
fn odd_methods_are_refused() {
    let server = Server::of(&site());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "A"] {
        let request = format!("{method} / HTTP/1.1\r\nhost: HOST\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let answer = server.ask(request);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let connect = server.ask("CONNECT evil.example:443 HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n");
    assert!([403, 405].contains(&connect.status), "{}", connect.status);
    assert_eq!(server.get("/").status, 200);
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
    for mut stream in idle.into_iter().take(1).chain(slow.into_iter().take(1)) {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("the server closes it");
    }
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
    let server = Server::of(&site());
    let mut stream = server.connect();
    let mut buffer = vec![0; 1 << 20];
    for answers in 0..2000 {
        let request = format!("HEAD / HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", server.port);
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let length = stream.read(&mut buffer).expect("it answers");
            assert_ne!(length, 0, "it hung up after {answers} answers");
            head.extend_from_slice(&buffer[..length]);
        }
        assert!(head.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn no_encoding_of_a_path_leads_to_the_disk() {
    let folder = site().file("secret.txt", "secret").on_disk();
    let server = Server::in_folder(&folder);
    // Overlong UTF-8, other bases, escapes of escapes, ends that cut a name off, and the whole address as for a proxy.
    let ups = [
        "%e0%80%ae%e0%80%ae/",
        "%f0%80%80%ae%f0%80%80%ae%f0%80%80%af",
        "%u002e%u002e/",
        "%25%32%65%25%32%65%25%32%66",
        "..%252f",
        "..%c0%af",
        "..%00/",
        "../%00/",
        "..%0d%0a/",
        "..%ef%bc%8f",
        "%ef%bc%8e%ef%bc%8e/",
        "..%5c%5c",
        "/..//",
        "./../",
        "..#/",
        "..?/",
    ];
    for up in ups {
        for target in ["secret.txt", "secret.txt%00.html", "etc/passwd"] {
            for start in ["/", "/static/", "http://HOST/"] {
                let path = format!("{start}{}{target}", up.repeat(5));
                let answer = String::from_utf8_lossy(
                    &server.exchange(format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n")),
                )
                .into_owned();
                let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
                assert!(!body.contains("secret\n") && body != "secret" && !body.contains("root:"), "{path}: {head}");
                // What stands behind `?` and `#` is no path, so that these name the home page.
                let is_cut = up.contains(['?', '#']);
                assert!(head.starts_with("HTTP/1.1 4") || is_cut, "{path}: {head}");
            }
        }
    }
}

#[test]
fn forged_hosts_and_origins_are_refused_however_they_are_spelt() {
    let server = Server::of(&site());
    let status = |fields: &str| {
        let fields = fields.replace("PORT", &server.port.to_string());
        server.ask(format!("GET / HTTP/1.1\r\n{fields}connection: close\r\n\r\n")).status
    };
    for host in [
        "localhost.:PORT",
        "127.0.0.1.:PORT",
        "127.0.0.1:PORT.",
        "127.1:PORT",
        "2130706433:PORT",
        "0x7f.0.0.1:PORT",
        "127.0.0.2:PORT",
        "[::]:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "[::1%25lo]:PORT",
        "user@127.0.0.1:PORT",
        "127.0.0.1:PORT@evil.example",
        "127.0.0.1:0PORT",
        "127.0.0.1:PORT, evil.example",
        "evil.example#127.0.0.1:PORT",
        "localhost\tevil.example:PORT",
    ] {
        assert!([400, 403].contains(&status(&format!("host: {host}\r\n"))), "{host}");
    }
    for origin in [
        "http://127.0.0.1:PORT.evil.example",
        "http://user@127.0.0.1:PORT",
        "http://127.0.0.1:PORT@evil.example",
        "http://127.0.0.1:PORT/",
        "HTTP://127.0.0.1:PORT",
        "http://127.0.0.1:PORT http://evil.example",
        "http://[::1]:1",
        "file://",
        "chrome-extension://abc",
    ] {
        assert_eq!(status(&format!("host: HOST\r\norigin: {origin}\r\n")), 403, "{origin}");
    }
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
fn two_requests_are_never_read_as_one_or_one_as_two() {
    let server = Server::of(&site());
    let second = "GET / HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n";
    let fields = [
        "transfer-encoding: chunked, identity",
        "transfer-encoding: xchunked",
        "transfer-encoding : chunked",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity",
        "content-length: 5, 6",
        "content-length: +0",
        "content-length: 0x0",
        "content-length: 0\r\ncontent-length: 5",
        "x: a\0b",
    ];
    for field in fields {
        let request = format!("POST / HTTP/1.1\r\nhost: HOST\r\n{field}\r\n\r\n0\r\n\r\n{second}");
        let answer = String::from_utf8_lossy(&server.exchange(request)).into_owned();
        assert!(!answer.contains("HTTP/1.1 200"), "{field}: {answer}");
    }
    // Both lengths at once: the standard has chunks win, and the rest is a request of its own, or none.
    let both = format!(
        "POST / HTTP/1.1\r\nhost: HOST\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{second}"
    );
    let answer = String::from_utf8_lossy(&server.exchange(both)).into_owned();
    assert!(answer.matches("HTTP/1.1 ").count() <= 2, "{answer}");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn ten_thousand_requests_beside_idle_connections_are_answered() {
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

#[test]
fn a_service_worker_of_the_site_is_replaced_by_one_that_goes() {
    let server = Server::of(&site());
    let get =
        |field: &str| server.ask(format!("GET /sw.js HTTP/1.1\r\nhost: HOST\r\n{field}connection: close\r\n\r\n")).body;
    assert!(get("").contains("fetch"));
    let worker = get("service-worker: script\r\n");
    assert!(worker.contains("unregister()") && !worker.contains("fetch"), "{worker}");
}
