//! The house as ARCHITECTURE.md draws it: who imports whom, who prints, who touches the disk, how long files are.
//!
//! Sources are read as text, line by line, without comments and without what follows `#[cfg(test)]`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::project::{repository, tree};

/// The floor of each room. A room imports from its own floor and from those below it, and never in a circle.
const FLOORS: &[(&str, u8)] = &[
    ("diagnostic", 1),
    ("control", 1),
    ("error", 1),
    ("alike", 1),
    ("file", 1),
    ("media_type", 1),
    ("output", 1),
    ("cache", 1),
    ("sums", 1),
    ("whole", 1),
    ("yaml", 2),
    ("cards", 2),
    ("markdown", 2),
    ("model", 3),
    ("metadata", 4),
    ("theme", 4),
    ("write", 4),
    ("publish", 4),
    ("pictures", 4),
    ("scaffold", 4),
    ("export", 4),
    ("verify", 4),
    ("serve", 4),
    ("check", 5),
    ("view", 5),
    ("load", 6),
    ("links", 6),
    ("import", 6),
    ("render", 6),
    ("schema", 6),
    ("builder", 7),
    ("cli", 8),
    ("main", 9),
];

/// What a file may have of lines that are code.
const LONGEST: usize = 300;

struct Source {
    /// Relative to `src/`.
    path: String,
    /// Line numbers and lines, comments and tests taken off.
    code: Vec<(usize, String)>,
}

impl Source {
    fn room(&self) -> &str {
        self.path.split('/').next().expect("a path has parts").trim_end_matches(".rs")
    }

    /// Returns the modules that the file lies in, the room first.
    fn modules(&self) -> Vec<&str> {
        self.path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect()
    }

    /// Returns the names of rooms that a line names by `crate::`, `dateline::` or `super::`.
    fn rooms_named(&self, line: &str) -> Vec<String> {
        let to_root = "super::".repeat(self.modules().len());
        let starts = ["crate::", "dateline::", to_root.as_str()];
        let mut rooms = Vec::new();
        for start in starts {
            for (at, _) in line.match_indices(start) {
                if !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                    rooms.extend(first_names(&line[at + start.len()..]));
                }
            }
        }
        rooms.retain(|name| FLOORS.iter().any(|(room, _)| room == name));
        rooms
    }
}

/// Returns the name that a path goes on with, or the names where it goes on with a group.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth == 0 && c == ','
    });
    parts.map(name).collect()
}

fn sources() -> Vec<Source> {
    let rust = tree(&repository().join("src")).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let sources: Vec<Source> = rust
        .filter(|(path, _)| !is_test(path))
        .map(|(path, bytes)| Source { path, code: code(&String::from_utf8(bytes).expect("source is UTF-8")) })
        .collect();
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part.ends_with("tests.rs") || part == "conformance.rs")
}

fn code(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") && !text.lines().nth(at + 1).is_some_and(|next| next.ends_with(';')) {
            break;
        }
        let line = line.split("//").next().expect("a first part").trim_end();
        if !line.trim().is_empty() {
            lines.push((at + 1, line.to_owned()));
        }
    }
    lines
}

/// Returns the arrows between rooms, each with a place that draws it.
fn arrows(sources: &[Source]) -> BTreeMap<(String, String), String> {
    let mut arrows = BTreeMap::new();
    for source in sources.iter().filter(|source| source.room() != "lib") {
        for (number, line) in &source.code {
            for to in source.rooms_named(line).into_iter().filter(|to| to != source.room()) {
                arrows.entry((source.room().to_owned(), to)).or_insert_with(|| format!("src/{}:{number}", source.path));
            }
        }
    }
    arrows
}

fn floor(room: &str) -> u8 {
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("the room `{room}` has no floor")).1
}

#[test]
fn every_room_has_a_floor_and_every_floor_its_rooms() {
    let there: BTreeSet<String> = sources().iter().map(|s| s.room().to_owned()).filter(|room| room != "lib").collect();
    let listed: BTreeSet<String> = FLOORS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(there, listed);
}

#[test]
fn no_room_imports_one_above_it() {
    for ((from, to), place) in arrows(&sources()) {
        assert!(floor(&to) <= floor(&from), "`{from}` imports `{to}`, which is above it: {place}");
    }
}

#[test]
fn rooms_do_not_import_in_circles() {
    let arrows = arrows(&sources());
    let mut rooms: BTreeSet<&str> = FLOORS.iter().map(|(room, _)| *room).collect();
    // Takes away every room that imports none of those left, until nothing is left or all that is left is a circle.
    while let Some(free) =
        rooms.iter().copied().find(|from| !arrows.keys().any(|(a, b)| a == from && rooms.contains(&**b)))
    {
        rooms.remove(free);
    }
    let circle: Vec<_> = arrows.iter().filter(|((a, b), _)| rooms.contains(&**a) && rooms.contains(&**b)).collect();
    assert!(circle.is_empty(), "these imports make a circle: {circle:#?}");
}

#[test]
fn a_sink_knows_an_output_and_not_where_it_comes_from() {
    for ((from, to), place) in arrows(&sources()) {
        let may = match from.as_str() {
            "write" => vec!["alike", "cache", "error", "output", "sums", "whole"],
            "publish" => vec!["error", "media_type", "model", "output", "sums", "write"],
            "export" => vec!["error", "media_type", "model", "output", "sums", "whole"],
            "verify" => vec!["alike", "error", "sums"],
            "serve" => vec!["diagnostic", "error", "file", "media_type", "output"],
            "scaffold" => vec!["error", "markdown", "model", "whole"],
            _ => continue,
        };
        assert!(may.contains(&to.as_str()), "the sink `{from}` imports `{to}`: {place}");
    }
}

#[test]
fn the_command_line_sees_only_the_librarys_public_face() {
    for source in sources().iter().filter(|source| source.room() == "cli") {
        for (number, line) in &source.code {
            assert!(!line.contains("crate::"), "src/{}:{number} goes around the library: {line}", source.path);
        }
    }
}

#[test]
fn no_room_is_called_after_nothing() {
    for source in sources() {
        for name in source.modules() {
            assert!(!["util", "utils", "common", "helper", "helpers", "misc"].contains(&name), "src/{}", source.path);
        }
    }
}

/// Asserts that words stand only in some rooms.
fn only_in(rooms: &[&str], words: &[&str], why: &str) {
    for source in sources().iter().filter(|source| !rooms.contains(&source.room())) {
        for (number, line) in &source.code {
            let word = words.iter().find(|word| line.contains(**word));
            assert!(word.is_none(), "{why}: src/{}:{number}: {}", source.path, line.trim());
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    only_in(&["cli"], &["println!", "print!(", "dbg!(", "stdout()", "stderr()"], "only cli/ prints");
}

#[test]
fn only_the_command_line_reads_the_clock_and_the_environment() {
    let words = ["SystemTime", "Instant", "Zoned::now", "Timestamp::now", "env::var", "home_dir()", "is_terminal()"];
    only_in(&["cli"], &words, "only cli/ knows the clock and the machine");
}

#[test]
fn only_what_asks_the_web_publishes_or_serves_knows_of_a_network() {
    let words = [
        "ureq",
        "reqwest",
        "object_store",
        "hyper::",
        "tokio",
        "std::net",
        "Tcp",
        "Udp",
        "UnixStream",
        "ToSocketAddrs",
    ];
    only_in(&["links", "verify", "publish", "serve"], &words, "a build never uses the network");
    for ((from, to), place) in arrows(&sources()) {
        let is_outside = ["links", "verify", "publish", "serve"].contains(&to.as_str());
        assert!(!is_outside || from == "cli", "`{from}` imports `{to}`, which uses the network: {place}");
    }
    // Who builds asks none of them on the way.
    let build = sources().into_iter().find(|source| source.path == "cli/build.rs").expect("there is a command `build`");
    for (number, line) in &build.code {
        let word = ["links", "verify", "publish", "serve", "outside"].iter().find(|word| line.contains(**word));
        assert!(word.is_none(), "a build never uses the network: src/cli/build.rs:{number}: {line}");
    }
}

#[test]
fn only_git_an_editor_and_a_browser_are_ever_run() {
    for source in sources() {
        for (number, line) in &source.code {
            let runs = ["process::Command", "Command::new(", "open::that"].iter().any(|word| line.contains(word));
            let may = ["load/history.rs", "publish/git/repository.rs", "serve/editor.rs", "serve/rounds.rs"];
            assert!(!runs || may.contains(&&*source.path), "src/{}:{number} runs a program: {line}", source.path);
        }
    }
}

#[test]
fn only_readers_and_sinks_touch_the_disk() {
    only_in(
        &["cache", "export", "links", "load", "publish", "scaffold", "verify", "whole", "write"],
        &["std::fs", "fs::", "File::open", "WalkDir"],
        "pure rooms do not touch the disk",
    );
    for source in sources().iter().filter(|source| source.room() == "load" && source.path != "load/read.rs") {
        for (number, line) in &source.code {
            assert!(!line.contains("std::fs"), "only load/read.rs reads the disk: src/{}:{number}", source.path);
        }
    }
    for source in sources().iter().filter(|source| source.room() == "links" && source.path != "links/cache.rs") {
        for (number, line) in &source.code {
            assert!(!line.contains("fs::"), "only links/cache.rs touches the disk: src/{}:{number}", source.path);
        }
    }
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    for source in sources() {
        let lines = source.code.len();
        assert!(lines <= LONGEST, "src/{} has {lines} lines of code; more than {LONGEST} are two files", source.path);
    }
}

#[test]
fn every_module_begins_with_what_it_does() {
    for source in sources() {
        let text =
            fs::read_to_string(repository().join("src").join(Path::new(&source.path))).expect("it was read before");
        assert!(text.starts_with("//! "), "src/{} does not say what it is for", source.path);
    }
}
