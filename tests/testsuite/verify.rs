//! `dateline verify`: a copy held against its SHA256SUMS, in a folder, a zip and on the web.

use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::net::TcpListener;
use std::process::Command;

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
fn a_folder_without_a_list_and_a_list_that_is_none_are_told() {
    let folder = Folder::empty();
    folder.put("copy/index.html", "");
    let run = folder.run(&["verify", "copy"]).ends_with(2);
    assert!(run.err.contains("there is no SHA256SUMS in `copy`") && run.err.contains("help: "), "{}", run.err);
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

/// Serves a folder on the loopback until the test ends, each request on its own connection.
fn served(folder: std::path::PathBuf) -> String {
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
            let answer = match (path.as_str(), std::fs::read(folder.join(&path))) {
                ("sources.html", _) => (503, Vec::new()),
                (_, Ok(bytes)) => (200, bytes),
                (_, Err(_)) => (404, b"not here".to_vec()),
            };
            let head =
                format!("HTTP/1.1 {} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.0, answer.1.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer.1)).ok();
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
