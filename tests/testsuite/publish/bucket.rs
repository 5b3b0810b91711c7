//! Publishing into buckets, against servers that really are: `s3s-fs`, which checks signatures and keeps objects as files,
//! and `moto`, as a second opinion.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::super::project::{Folder, Run, Tree, assert_same, tree};
use super::proxy::{Fault, Proxy};
use super::{reach, site};

const KEY: &str = "AKIATESTDATELINE";
const SECRET: &str = "a-secret-that-nobody-may-see";

/// A server of buckets; it ends with the value.
struct Server {
    process: Child,
    address: SocketAddr,
    root: Folder,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Server {
    /// Starts `s3s-fs` with an empty bucket `explainer`.
    fn s3s() -> Self {
        let root = Folder::empty();
        std::fs::create_dir(root.path().join("explainer")).expect("the folder is new");
        let folder = root.path().to_string_lossy().into_owned();
        Self::start("DATELINE_S3S_FS", root, |port| {
            let port = port.to_string();
            ["--host", "127.0.0.1", "--port", &port, "--access-key", KEY, "--secret-key", SECRET, &folder]
                .map(str::to_owned)
                .to_vec()
        })
    }

    fn moto() -> Self {
        let server = Self::start("DATELINE_MOTO", Folder::empty(), |port| {
            vec!["-H".to_owned(), "127.0.0.1".to_owned(), "-p".to_owned(), port.to_string()]
        });
        server.ask("PUT /explainer HTTP/1.1");
        server
    }

    fn start(variable: &str, root: Folder, arguments: impl FnOnce(u16) -> Vec<String>) -> Self {
        let program = std::env::var_os(variable)
            .unwrap_or_else(|| panic!("`{variable}` names no server: run `tests/run publish`"));
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = free.local_addr().expect("it is bound");
        drop(free);
        let mut command = Command::new(program);
        command.args(arguments(address.port())).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("the server can be started");
        let server = Self { process, address, root };
        for _ in 0..400 {
            if TcpStream::connect(address).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not answer");
    }

    /// Sends a request without a signature, and returns the answer.
    fn ask(&self, line: &str) -> String {
        use std::io::{Read as _, Write as _};
        let mut stream = TcpStream::connect(self.address).expect("the server answers");
        let host = self.address;
        write!(stream, "{line}\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks `moto` through Amazon's own library, which comes with it, what it would tell a browser of a file.
    fn head(&self, path: &str) -> String {
        let script = "import boto3, sys\n\
                      s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1')\n\
                      try:\n    h = s3.head_object(Bucket='explainer', Key=sys.argv[2])\n    \
                      print(h['ContentType'], h['ContentEncoding'], h['CacheControl'])\n\
                      except Exception as e:\n    print(e)\n";
        let python = std::path::PathBuf::from(std::env::var_os("DATELINE_MOTO").expect("it was started by it"));
        let mut command = Command::new(python.with_file_name("python"));
        command.args(["-c", script, &format!("http://{}", self.address), path]);
        Run::of(command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET)).succeeds().out
    }

    /// Returns what the bucket of `s3s-fs` holds.
    fn bucket(&self) -> Tree {
        let internal = |path: &str| {
            path.rsplit('/').next().is_some_and(|name| name.starts_with(".bucket-") || name.starts_with(".tmp."))
        };
        let files = tree(&self.root.path().join("explainer")).into_iter();
        files.filter(|(path, _)| !internal(path) && path != ".dateline-lock").collect()
    }
}

fn target(address: SocketAddr, more: &str) -> String {
    format!("{{kind: s3, bucket: explainer, endpoint: 'http://{address}', region: us-east-1{more}}}")
}

fn publish(folder: &Folder, more: &[&str]) -> Run {
    let mut command = folder.command(&[&["publish", "--allow-dirty"], more].concat());
    let run = Run::of(command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET));
    assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "the secret is printed:\n{}\n{}", run.out, run.err);
    run
}

fn assert_published(folder: &Folder, there: &Tree) {
    folder.run(&["build", "--quiet"]).succeeds();
    assert_same(&folder.tree("public"), there, "built and published");
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn a_bucket_gets_the_site_then_only_what_changed_and_then_nothing() {
    let server = Server::s3s();
    let folder = site(&target(server.address, "")).on_disk();
    let dry = publish(&folder, &["--dry-run", "--verbose"]).succeeds();
    assert!(dry.out.contains("+ index.html") && server.bucket().is_empty(), "{}", dry.out);
    publish(&folder, &[]).succeeds();
    assert_published(&folder, &server.bucket());
    assert!(publish(&folder, &[]).succeeds().out.contains("nothing to do"));
    folder.edit("content/pages/one.md", "One.", "One more.");
    let run = publish(&folder, &[]).succeeds();
    assert!(run.out.contains("~ pages/one.html") && run.out.contains(" 0 new"), "{}", run.out);
    assert_published(&folder, &server.bucket());
    folder.delete("content/pages/two.md");
    folder.put("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md).\n");
    assert!(publish(&folder, &[]).ends_with(2).err.contains("--yes"));
    publish(&folder, &["--yes"]).succeeds();
    assert_published(&folder, &server.bucket());
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn a_prefix_is_a_place_of_its_own_and_strangers_are_safe() {
    let server = Server::s3s();
    server.root.put("explainer/stranger.txt", "theirs");
    let folder = site(&target(server.address, "")).on_disk();
    let refused = publish(&folder, &[]).ends_with(2);
    assert!(refused.err.contains("holds 1 file that this program did not publish"), "{}", refused.err);
    let apart = site(&target(server.address, ", prefix: /a/site/")).on_disk();
    publish(&apart, &[]).succeeds();
    assert_eq!(server.bucket()["stranger.txt"], b"theirs");
    let inside: Tree = server
        .bucket()
        .into_iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("a/site/")?.to_owned(), bytes)))
        .collect();
    assert_published(&apart, &inside);
    publish(&folder, &["--adopt"]).succeeds();
    assert_eq!(server.bucket()["stranger.txt"], b"theirs");
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn thorough_finds_what_the_list_does_not_know() {
    let server = Server::s3s();
    let folder = site(&target(server.address, ", compress: gzip")).on_disk();
    publish(&folder, &[]).succeeds();
    assert!(publish(&folder, &["--thorough"]).succeeds().out.contains("nothing to do"));
    server.root.put("explainer/pages/one.html", "defaced");
    assert!(publish(&folder, &[]).succeeds().out.contains("nothing to do"));
    let run = publish(&folder, &["--thorough"]).succeeds();
    assert!(run.out.contains("~ pages/one.html"), "{}", run.out);
    assert!(publish(&folder, &["--thorough"]).succeeds().out.contains("nothing to do"));
    // What is gone altogether is seen without reading anything.
    server.root.delete("explainer/pages/two.html");
    assert!(publish(&folder, &[]).succeeds().out.contains("+ pages/two.html"));
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn two_publishers_keep_apart() {
    let server = Server::s3s();
    let folder = site(&target(server.address, "")).on_disk();
    let soon = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("it is later").as_secs() + 40;
    server.root.put("explainer/.dateline-lock", format!("{{\"publisher\":\"other\",\"until\":{soon}}}"));
    let run = publish(&folder, &[]).ends_with(2);
    assert!(run.err.contains("another publisher is at work") && run.err.contains("--take-over"), "{}", run.err);
    assert!(server.bucket().is_empty(), "something was published past the other");
    publish(&folder, &["--take-over"]).succeeds();
    assert_published(&folder, &server.bucket());
    folder.edit("content/pages/one.md", "One.", "More.");
    server.root.put("explainer/.dateline-lock", "{\"publisher\":\"long ago\",\"until\":1}");
    publish(&folder, &[]).succeeds();
    assert!(!server.root.has("explainer/.dateline-lock"), "the lock is not given back");
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn wrong_keys_and_a_missing_bucket_are_told_without_the_secret() {
    let server = Server::s3s();
    let folder = site(&target(server.address, "")).on_disk();
    let mut command = folder.command(&["publish", "--allow-dirty"]);
    let run = Run::of(command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", "wrong-secret-value"));
    let run = run.ends_with(2);
    assert!(run.err.contains("cannot list s3://explainer/") && !run.err.contains("wrong-secret-value"), "{}", run.err);
    let missing = site(&target(server.address, "").replace("bucket: explainer", "bucket: nowhere")).on_disk();
    let run = publish(&missing, &[]).ends_with(2);
    assert!(run.err.contains("s3://nowhere/"), "{}", run.err);
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn faults_on_the_way_are_outlasted() {
    let faults = [Fault::Reset, Fault::ResetInTheMiddle, Fault::Failed, Fault::Busy, Fault::Slow, Fault::WrongLength];
    for fault in faults {
        let server = Server::s3s();
        let proxy = Proxy::start(server.address, fault, 5);
        let folder = site(&target(proxy.address, "")).on_disk();
        let run = publish(&folder, &["--verbose"]);
        assert_eq!(run.code, Some(0), "{fault:?}: {}", run.err);
        assert!(proxy.broken() > 3, "{fault:?}: only {} requests were broken", proxy.broken());
        assert_published(&folder, &server.bucket());
    }
}

/// From one request on nothing goes through: the first one, one in the middle, one of the last.
#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn after_a_failure_at_any_request_the_next_run_ends_as_if_nothing_had_happened() {
    for (fault, first) in [
        (Fault::Reset, 1),
        (Fault::Failed, 3),
        (Fault::ResetInTheMiddle, 6),
        (Fault::Reset, 12),
        (Fault::WrongLength, 15),
    ] {
        let server = Server::s3s();
        let folder = site(&target(server.address, "")).on_disk();
        publish(&folder, &[]).succeeds();
        // Everything changes, something goes and something comes.
        folder.edit("content/site.yaml", "title: A site", "title: Another site");
        folder.delete("content/pages/two.md");
        folder.put("content/pages/three.md", "---\ntitle: Three\n---\nThree.\n");
        folder.put("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md) and [three](pages/three.md).\n");
        let proxy = Proxy::start_from(server.address, fault, first);
        let (direct, broken) = (server.address.to_string(), proxy.address.to_string());
        folder.edit("content/site.yaml", &direct, &broken);
        let failed = publish(&folder, &["--yes"]).ends_with(2);
        assert!(failed.err.starts_with("error: ") || failed.err.contains("\nerror: "), "{fault:?}: {}", failed.err);
        assert!(proxy.broken() > 0, "{fault:?}: no request came as far as {first}");
        folder.edit("content/site.yaml", &broken, &direct);
        // Who could not reach the bucket could not give its lock back either.
        publish(&folder, &["--yes", "--take-over"]).succeeds();
        assert_published(&folder, &server.bucket());
        assert!(publish(&folder, &[]).succeeds().out.contains("nothing to do"), "{fault:?} from request {first} on");
    }
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn a_server_that_is_not_there_is_told() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = free.local_addr().expect("it is bound");
    drop(free);
    let folder = site(&target(address, "")).on_disk();
    let run = publish(&folder, &[]).ends_with(2);
    assert!(run.err.contains("cannot list s3://explainer/") && run.err.contains("help:"), "{}", run.err);
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn killed_at_any_moment_what_readers_reach_is_whole() {
    let server = Server::s3s();
    let folder = reach::large_site(&target(server.address, "")).on_disk();
    reach::survives_kills(
        &folder,
        reach::kills(),
        &[("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)],
        &|| Some(server.bucket()),
        None,
    );
}

#[test]
#[ignore = "needs a server of buckets, which `tests/run publish` installs"]
fn a_second_server_agrees() {
    let server = Server::moto();
    let folder = site(&target(server.address, ", compress: gzip")).on_disk();
    publish(&folder, &[]).succeeds();
    assert!(publish(&folder, &["--thorough"]).succeeds().out.contains("nothing to do"));
    let page = server.head("index.html");
    assert!(page.contains("text/html; charset=utf-8 gzip public, max-age=0, must-revalidate"), "{page}");
    let font = server.head("static/style.css");
    assert!(font.contains("text/css; charset=utf-8 gzip public, max-age=3600"), "{font}");
    folder.delete("content/pages/two.md");
    folder.put("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md).\n");
    publish(&folder, &["--yes"]).succeeds();
    assert!(server.head("pages/two.html").contains("404"));
}
