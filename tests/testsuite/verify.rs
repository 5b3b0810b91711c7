//! `dateline verify`: a copy held against its SHA256SUMS, in a folder, a zip and on the web.

use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zip::write::SimpleFileOptions;

use super::project::{Folder, Project};

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn built() -> Folder {
    let folder = Project::new().page("a", "A.").file("content/media/größe 1.txt", "x").on_disk();
    folder.run(&["build"]).succeeds();
    folder
}

/// What `sha256sum -c` says of the same folder.
fn sha256sum(folder: &Folder) -> bool {
    let mut command = Command::new("sha256sum");
    command.args(["--quiet", "-c", "SHA256SUMS"]).current_dir(folder.path().join("public"));
    command.output().expect("sha256sum is there").status.success()
}

#[test]
fn a_copy_as_it_was_built_is_whole() {
    let folder = built();
    let run = folder.run(&["verify", "public"]).succeeds();
    assert!(run.out.starts_with("all is as listed: "), "{}", run.out);
    assert!(sha256sum(&folder));
}

#[test]
fn what_is_missing_changed_and_added_is_named_and_the_ordinary_tool_agrees() {
    let folder = built();
    folder.put("public/new.js", "evil");
    let run = folder.run(&["verify", "public"]).succeeds();
    assert!(run.out.contains("added    new.js\n"), "{}", run.out);
    assert!(sha256sum(&folder));
    folder.run(&["verify", "public", "--strict"]).ends_with(1);
    folder.edit("public/index.html", "Hello", "Hullo");
    folder.delete("public/ledger.html");
    let run = folder.run(&["verify", "public", "--quiet"]).ends_with(1);
    assert_eq!(run.out, "missing  ledger.html\nchanged  index.html\nadded    new.js\n");
    assert!(!sha256sum(&folder));
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_a_file_is_a_change() {
    let folder = built();
    folder.delete("public/index.html");
    std::os::unix::fs::symlink("ledger.html", folder.path().join("public/index.html")).expect("a link can be made");
    let run = folder.run(&["verify", "public", "--quiet"]).ends_with(1);
    assert_eq!(run.out, "changed  index.html\n");
}

#[test]
fn a_list_that_leads_out_of_the_copy_is_refused_before_anything_is_read() {
    for path in ["../secret", "/etc/passwd", "a/../../secret", "..\\secret"] {
        let folder = Folder::empty();
        folder.put("copy/SHA256SUMS", format!("{EMPTY}  {path}\n"));
        let run = folder.run(&["verify", "copy"]).ends_with(2);
        assert!(run.err.contains("outside of the copy"), "{}", run.err);
    }
}

#[test]
fn a_file_that_is_listed_twice_is_no_whole_copy_and_the_ordinary_tool_agrees() {
    const GOOD: &str = "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c";
    const EVIL: &str = "b5c1fb2efc6d6b4674c2fdcc48ce01b43a3b7c03763c0c3355de0099ee0f8c73";
    let folder = Folder::empty();
    folder.put("public/index.html", "evil");
    for (first, second) in [(GOOD, EVIL), (EVIL, GOOD), (GOOD, GOOD)] {
        folder.put("public/SHA256SUMS", format!("{first}  index.html\n{second}  index.html\n"));
        let run = folder.run(&["verify", "public"]).ends_with(2);
        assert!(run.err.contains("SHA256SUMS lists `index.html` twice"), "{}", run.err);
        assert!(run.err.contains("help: "), "{}", run.err);
        assert!(!sha256sum(&folder));
    }
}

#[test]
fn a_folder_without_a_list_and_a_list_that_is_none_are_told() {
    let folder = Folder::empty();
    folder.put("copy/index.html", "");
    let run = folder.run(&["verify", "copy"]).ends_with(2);
    assert!(run.err.contains("there is no SHA256SUMS in `copy`") && run.err.contains("help: "), "{}", run.err);
    #[cfg(unix)]
    {
        let list = folder.path().join("copy/SHA256SUMS");
        std::os::unix::fs::symlink("/dev/zero", &list).expect("a link");
        let run = folder.run(&["verify", "copy"]).ends_with(2);
        assert!(run.err.contains("there is no SHA256SUMS in `copy`"), "{}", run.err);
        std::fs::remove_file(&list).expect("it is there");
    }
    let list = std::fs::File::create(folder.path().join("copy/SHA256SUMS")).expect("a file");
    list.set_len(1 << 40).expect("a file with holes");
    let run = folder.run(&["verify", "copy"]).ends_with(2);
    assert!(run.err.contains("longer than that of any site"), "{}", run.err);
    folder.put("copy/SHA256SUMS", "hello\n");
    let run = folder.run(&["verify", "copy"]).ends_with(2);
    assert!(run.err.contains("line 1 of SHA256SUMS"), "{}", run.err);
    folder.run(&["verify", "nothing"]).ends_with(2);
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(*path, SimpleFileOptions::default()).expect("a file can be begun");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

#[test]
fn a_zip_is_verified_without_being_unpacked() {
    let folder = built();
    folder.run(&["export", "zip", "site.zip"]).succeeds();
    folder.run(&["verify", "site.zip"]).succeeds();
    let list = format!("{EMPTY}  a\n{EMPTY}  b\n{EMPTY}  c\n");
    folder.put("odd.zip", packed(&[("x/SHA256SUMS", list.as_bytes()), ("x/a", b""), ("x/b", b"b"), ("stray", b"")]));
    let run = folder.run(&["verify", "odd.zip", "--quiet"]).ends_with(1);
    assert_eq!(run.out, "missing  c\nchanged  b\nadded    stray\n");
    folder.put("no.zip", "no zip");
    let run = folder.run(&["verify", "no.zip"]).ends_with(2);
    assert!(run.err.contains("cannot be read as a zip"), "{}", run.err);
}

#[test]
fn a_zip_with_two_files_for_one_place_is_refused() {
    let list = format!("{EMPTY}  index.html\n");
    for (name, other) in [("index.htmX", "index.html"), ("SHA256SUMX", "SHA256SUMS")] {
        // The writer refuses a second file of a name, so that it gets the name afterwards.
        let files = [("SHA256SUMS", list.as_bytes()), ("index.html", b""), (name, b"evil")];
        let (name, other) = (name.as_bytes(), other.as_bytes());
        let mut bytes = packed(&files);
        let places: Vec<usize> = (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
        assert_eq!(places.len(), 2, "before the file, and in the directory");
        places.iter().for_each(|at| bytes[*at..*at + other.len()].copy_from_slice(other));
        let folder = Folder::empty();
        folder.put("twice.zip", bytes);
        let run = folder.run(&["verify", "twice.zip"]).ends_with(2);
        assert!(run.err.contains("`twice.zip` has two files of one name") && run.err.contains("help: "), "{}", run.err);
    }
    for name in [
        "./index.html",
        "INDEX.html",
        "/index.html",
        "index.html/",
        "..\\index.html",
        "index.html\0x",
        ".//./SHA256SUMS",
    ] {
        let files = [("SHA256SUMS", list.as_bytes()), ("index.html", b""), (name, b"evil")];
        let folder = Folder::empty();
        folder.put("twice.zip", packed(&files));
        let run = folder.run(&["verify", "twice.zip"]).ends_with(2);
        assert!(run.err.contains("has two files that unpack to one"), "{name}: {}", run.err);
    }
}

#[test]
fn a_zip_with_a_file_of_another_name_where_it_begins_is_refused() {
    // Programs that unpack while they read take the name that comes first, all others that of the directory at the end.
    let list = format!("{EMPTY}  index.html\n");
    let whole = packed(&[("SHA256SUMS", list.as_bytes()), ("index.html", b"")]);
    let folder = Folder::empty();
    folder.put("whole.zip", whole.clone());
    folder.run(&["verify", "whole.zip"]).succeeds();
    let name = b"index.html";
    let places = (0..whole.len() - name.len()).filter(|at| whole[*at..].starts_with(name));
    let places: Vec<usize> = places.filter(|at| !whole[..*at].ends_with(b"  ")).collect();
    assert_eq!(places.len(), 2, "before the file, and in the directory");
    let mut bytes = whole;
    bytes[places[0]..places[0] + 5].copy_from_slice(b"\x1bevil");
    folder.put("two.zip", bytes);
    let run = folder.run(&["verify", "two.zip"]).ends_with(2);
    let names = "`\\x1bevil.html` where it begins, and `index.html` in the directory";
    assert!(run.err.contains(names) && run.err.contains("help: "), "{}", run.err);
}

#[test]
fn a_link_in_a_zip_is_a_change() {
    // Its text is what is listed; whoever unpacks it gets another file.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("index.html", "", SimpleFileOptions::default()).expect("a link can be made");
    writer.start_file("SHA256SUMS", SimpleFileOptions::default()).expect("a file can be begun");
    writer.write_all(format!("{EMPTY}  index.html\n").as_bytes()).expect("memory takes it");
    let folder = Folder::empty();
    folder.put("link.zip", writer.finish().expect("memory takes it").into_inner());
    let run = folder.run(&["verify", "link.zip", "--quiet"]).ends_with(1);
    assert_eq!(run.out, "changed  index.html\n");
}

#[test]
fn a_zip_whose_files_share_bytes_is_refused_before_anything_is_unpacked() {
    // Sixty-four files of sixteen megabytes each, in less than thirty kilobytes: one block stands for all of them.
    let sum = "080acf35a507ac9849cfcba47dc2ad83e01b75663a516279c8b9d243b719643e";
    let paths: Vec<String> = (0..64).map(|at| format!("{at}.html")).collect();
    let list: String = paths.iter().map(|path| format!("{sum}  {path}\n")).collect();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in [("SHA256SUMS", list.as_bytes()), (&paths[0], &vec![0; 1 << 24])] {
        writer.start_file(path, SimpleFileOptions::default()).expect("a file can be begun");
        writer.write_all(bytes).expect("memory takes it");
    }
    for path in &paths[1..] {
        writer.shallow_copy_file(&paths[0], path).expect("a file can stand for another");
    }
    let bytes = writer.finish().expect("memory takes it").into_inner();
    assert!(bytes.len() < 30_000, "{}", bytes.len());
    let folder = Folder::empty();
    folder.put("bomb.zip", bytes);
    let run = folder.run(&["verify", "bomb.zip"]).ends_with(2);
    assert!(run.err.contains("has files that share their bytes") && run.err.contains("help: "), "{}", run.err);
}

#[test]
fn a_file_in_a_zip_that_is_larger_than_it_says_costs_nothing() {
    // A bomb in small: the archive says 10 bytes, and a megabyte of zeros comes out.
    let list = format!("{EMPTY}  bomb\n");
    let mut bytes = packed(&[("SHA256SUMS", list.as_bytes()), ("bomb", &vec![0; 1 << 20])]);
    let size = u32::try_from(1 << 20).expect("it fits").to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[*at..*at + 4].copy_from_slice(&10u32.to_le_bytes()));
    let folder = Folder::empty();
    folder.put("bomb.zip", bytes);
    let run = folder.run(&["verify", "bomb.zip", "--quiet"]);
    assert_ne!(run.code, Some(0));
    assert!(run.out.is_empty() || run.out.contains("bomb"), "{}", run.out);
}

/// A status, headers that are lines with their ends, and a body; nothing closes the connection without an answer.
type Answer = Option<(u16, String, Vec<u8>)>;

/// Serves a folder on the loopback until the test ends.
fn served(folder: std::path::PathBuf) -> String {
    answering(move |path| {
        Some(match (path, std::fs::read(folder.join(path))) {
            ("sources.html", _) => (503, String::new(), Vec::new()),
            (_, Ok(bytes)) => (200, String::new(), bytes),
            (_, Err(_)) => (404, String::new(), b"not here".to_vec()),
        })
    })
}

/// Answers on the loopback until the test ends, each request on its own connection.
fn answering(answer: impl Fn(&str) -> Answer + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it has an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let mut first = String::new();
            reader.read_line(&mut first).ok();
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|count| count > 2) {
                line.clear();
            }
            let path = first
                .split(' ')
                .nth(1)
                .unwrap_or("/")
                .trim_start_matches('/')
                .replace("%20", " ")
                .replace("%C3%B6", "ö")
                .replace("%C3%9F", "ß");
            let mut stream = reader.into_inner();
            if let Some((status, headers, body)) = answer(&path) {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} x\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).ok();
            }
        }
    });
    address
}

#[test]
#[cfg(feature = "web")]
fn a_copy_on_the_web_is_held_against_the_list_that_lies_there() {
    let folder = built();
    folder.edit("public/index.html", "Hello", "Hullo");
    folder.delete("public/ledger.html");
    let address = served(folder.path().join("public"));
    let run = folder.run(&["verify", &format!("{address}/index.html")]).ends_with(1);
    assert!(
        run.out.starts_with(
            "missing  ledger.html\nchanged  index.html\nunread   sources.html: the host answers with 503\n"
        ),
        "{}",
        run.out
    );
    assert!(run.err.contains("cannot be told") && run.err.contains("_headers"), "{}", run.err);
    let run = folder.run(&["verify", &format!("{address}/elsewhere/")]).ends_with(2);
    assert!(run.err.contains("it is not there") && run.err.contains("help: "), "{}", run.err);
}

/// Sends on to an address.
fn leads(to: &str) -> Answer {
    Some((302, format!("location: {to}\r\n"), Vec::new()))
}

/// A list of files that are all empty.
fn list(paths: impl Iterator<Item = String>) -> Answer {
    Some((200, String::new(), paths.map(|path| format!("{EMPTY}  {path}\n")).collect::<String>().into_bytes()))
}

/// A server that counts how often it is asked, and answers with empty files: its port, and the count.
fn counting() -> (String, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let address = answering(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Some((200, String::new(), Vec::new()))
    });
    (address.rsplit(':').next().expect("an address has a port").to_owned(), count)
}

#[test]
#[cfg(feature = "web")]
fn a_copy_on_the_web_leads_to_no_other_host_and_no_other_port() {
    let (port, asked) = counting();
    let folder = Folder::empty();
    for (to, told) in [
        (format!("http://127.0.0.1:{port}/SHA256SUMS"), format!("`http://127.0.0.1:{port}`")),
        (format!("//127.0.0.1:{port}/"), format!("`http://127.0.0.1:{port}`")),
        (format!("http://localhost:{port}/"), format!("`http://localhost:{port}`")),
        (format!("https://me:hunter2@127.0.0.1:{port}/"), format!("`https://127.0.0.1:{port}`")),
        ("file:///etc/passwd".to_owned(), "no address of the web".to_owned()),
        (String::new(), "more than 5 times".to_owned()),
    ] {
        // The list leads there, or one of its files.
        let whole = to.clone();
        let address = answering(move |_| leads(&whole));
        let run = folder.run(&["verify", &address]).ends_with(2);
        assert!(run.err.contains(&told) && run.err.contains("help: "), "{to}: {}", run.err);
        let part = to.clone();
        let address = answering(move |path| match path {
            "SHA256SUMS" => list(["a.html".to_owned()].into_iter()),
            _ => leads(&part),
        });
        let run = folder.run(&["verify", &address]).ends_with(1);
        assert!(run.out.starts_with("unread   a.html: ") && run.out.contains(&told), "{to}: {}", run.out);
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0, "another server was asked");
}

#[test]
#[cfg(feature = "web")]
fn a_host_may_send_on_to_addresses_of_its_own() {
    let address = answering(|path| match path {
        "old/SHA256SUMS" => leads("/new/SHA256SUMS"),
        "new/SHA256SUMS" => list(["a.html".to_owned(), "b.html".to_owned()].into_iter()),
        // As hosts do that leave `.html` away.
        "old/a.html" => leads("a"),
        "old/a" | "old/b.html" => Some((200, String::new(), Vec::new())),
        _ => None,
    });
    let run = Folder::empty().run(&["verify", &format!("{address}/old/")]).succeeds();
    assert!(run.out.contains("2 files"), "{}", run.out);
}

#[test]
#[cfg(feature = "web")]
fn a_host_that_does_not_answer_any_more_is_left() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let address = answering(move |path| match path {
        "SHA256SUMS" => list((0..1000).map(|at| format!("{at}.html"))),
        _ => {
            counter.fetch_add(1, Ordering::Relaxed);
            None
        }
    });
    let run = Folder::empty().run(&["verify", &address]).ends_with(2);
    assert!(run.err.contains("it does not answer any more") && run.err.contains("help: "), "{}", run.err);
    // A client may ask once more where a connection is closed before anything came.
    let asked = asked.load(Ordering::Relaxed);
    assert!((20..100).contains(&asked), "{asked} requests");
}
