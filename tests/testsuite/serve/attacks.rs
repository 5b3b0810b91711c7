//! What another site, or who sits on the same machine, may send: nothing of it gets in. How much they may send is tried in
//! [`super::floods`].

#[cfg(target_os = "linux")]
use std::net::TcpStream;

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
#[cfg(target_os = "linux")]
fn it_listens_on_this_computer_only() {
    let server = Server::of(&site());
    // On Linux everything that begins with 127 is this computer, so that only a socket bound to all addresses answers here.
    assert!(TcpStream::connect(("127.0.0.2", server.port)).is_err());
    assert_eq!(server.get("/").status, 200);
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
    let starts = ["/", "/static/", "/_dateline/", "/timeline/1953-flood.html/"];
    lead_nowhere(&server, &ups, &["secret.txt", "content/site.yaml", "etc/passwd"], &starts);
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
    // Backslashes and raw bytes, as no browser sends them. The host is the right one, so that the path is what is refused.
    for path in [
        &b"/\xff\xfe/..\\..\\"[..],
        b"/..\\",
        b"/../",
        b"/pages/..\\../",
        b"/\xff/../../",
        b"/\xc0\xae\xc0\xae/",
        b"\xff/",
    ] {
        let request = [&b"GET "[..], path, b"secret.txt HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"].concat();
        let answer = server.ask(request);
        assert!([400, 404].contains(&answer.status), "{}: {answer:?}", path.escape_ascii());
        assert!(!answer.body.contains("secret"), "{}: {answer:?}", path.escape_ascii());
    }
}

#[test]
fn a_link_out_of_the_content_is_not_followed() {
    let folder = site().on_disk();
    #[cfg(unix)]
    for at in ["content/link.txt", "content/media/link.txt"] {
        folder.put("content/media/there.txt", "There.");
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join(at)).expect("a link can be made");
    }
    let server = Server::in_folder(&folder);
    for path in ["/link.txt", "/media/link.txt", "/content/media/link.txt"] {
        assert!(!server.get(path).body.contains("root:"), "{path}");
    }
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
    lead_nowhere(
        &server,
        &ups,
        &["secret.txt", "secret.txt%00.html", "etc/passwd"],
        &["/", "/static/", "http://HOST/"],
    );
}

/// Climbs out of the site from each start by each way of writing "up", and fails unless all of it is refused and nothing of
/// the disk comes back.
#[track_caller]
fn lead_nowhere(server: &Server, ups: &[&str], targets: &[&str], starts: &[&str]) {
    let paths = ups.iter().flat_map(|up| targets.iter().map(move |target| format!("{}{target}", up.repeat(6))));
    for path in paths.flat_map(|path| starts.iter().map(move |start| format!("{start}{path}"))) {
        let answer = server.exchange(format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"));
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        assert!(!body.contains("secret") && !body.contains("root:"), "{path}: {head}");
        // What stands behind `?` and `#` is no path, so that these name the home page.
        assert!(head.starts_with("HTTP/1.1 4") || path.contains(['?', '#']), "{path}: {head}");
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
fn a_service_worker_of_the_site_is_replaced_by_one_that_goes() {
    let server = Server::of(&site());
    let get =
        |field: &str| server.ask(format!("GET /sw.js HTTP/1.1\r\nhost: HOST\r\n{field}connection: close\r\n\r\n")).body;
    assert!(get("").contains("fetch"));
    let worker = get("service-worker: script\r\n");
    assert!(worker.contains("unregister()") && !worker.contains("fetch"), "{worker}");
}
