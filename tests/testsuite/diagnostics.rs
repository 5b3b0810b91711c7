//! Mistakes, annotated in place: every file in `tests/diagnostics/` is a site with what must be said of it.
//!
//! A file begins with a sentence. A line `=== path` begins a file of the site; site.yaml and index.md are there anyway, and
//! `=== without path` takes one of them away. Under a line that is wrong stand the carets of its message, as the program itself draws them, with gravity, code and words:
//!
//! ```text
//! dat: 2019
//! ^^^ error[unknown-field]: there is no field `dat`
//! ```
//!
//! What has no place in a file stands at the top: `error[missing-file]: …`. Everything that is said must be annotated,
//! and the other way round. `BLESS=1` writes the annotations anew, to be read before they are committed; each site's
//! messages as they are printed are snapshots beside it, accepted with `INSTA_UPDATE=always`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::builder::{Built, Options, compare};
use dateline::diagnostic::{Code, Diagnostic, Severity, Style, draw, position};
use dateline::model::date::FullDate;

use super::project::{Project, tests};

/// A message as an annotation tells it: where, and the words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    /// The file, the line, the column, and how many letters; `None` for what has no place.
    place: Option<(String, usize, usize, usize)>,
    /// `error[code]: words`.
    words: String,
}

/// A file of `tests/diagnostics/`, read.
struct Case {
    sentence: String,
    /// Paths and texts, without annotations, in the order of the file.
    files: Vec<(String, String)>,
    said: Vec<Said>,
}

impl Case {
    fn read(text: &str) -> Self {
        let mut case = Self { sentence: String::new(), files: Vec::new(), said: Vec::new() };
        for line in text.split_inclusive('\n') {
            if let Some(path) = line.strip_prefix("=== ") {
                case.files.push((path.trim().to_owned(), String::new()));
            } else if let Some((file, text)) = case.files.last_mut() {
                match annotation(line) {
                    None => text.push_str(line),
                    Some((column, letters, words)) => {
                        let place = Some((file.clone(), text.lines().count(), column, letters));
                        case.said.push(Said { place, words });
                    }
                }
            } else if is_words(line) {
                case.said.push(Said { place: None, words: line.trim().to_owned() });
            } else {
                case.sentence.push_str(line);
            }
        }
        case
    }

    fn project(&self) -> Project {
        self.files.iter().fold(Project::new(), |project, (path, text)| match path.strip_prefix("without ") {
            Some(path) => project.without(path),
            None => project.file(path, text),
        })
    }

    /// Writes the case again, with these annotations.
    fn annotated(&self, said: &[Said]) -> String {
        let mut text = self.sentence.clone();
        for said in said.iter().filter(|said| said.place.is_none()) {
            writeln!(text, "{}", said.words).expect("a text takes it");
        }
        for (path, file) in &self.files {
            writeln!(text, "=== {path}").expect("a text takes it");
            for (at, line) in file.split_inclusive('\n').enumerate() {
                text.push_str(line);
                for said in said {
                    if let Some((file, line, column, letters)) = &said.place
                        && (file, *line) == (path, at + 1)
                    {
                        let carets = "^".repeat((*letters).max(1));
                        writeln!(text, "{}{carets} {}", " ".repeat(column - 1), said.words).expect("a text takes it");
                    }
                }
            }
        }
        text
    }
}

/// Reads `   ^^^ error[code]: words`: the column, how many letters, the words.
fn annotation(line: &str) -> Option<(usize, usize, String)> {
    let carets = line.trim_start_matches(' ');
    let words = carets.trim_start_matches('^');
    let letters = carets.len() - words.len();
    let words = words.strip_prefix(' ')?;
    (letters > 0 && is_words(words)).then(|| (line.len() - carets.len() + 1, letters, words.trim().to_owned()))
}

fn is_words(line: &str) -> bool {
    ["error[", "warning[", "note["].iter().any(|start| line.starts_with(start))
}

/// Builds a site as of a day, so that days to come are noticed.
fn build(project: &Project) -> Built {
    let today = FullDate::parse("2026-11-20").expect("it is a day");
    project.build_as(Options { drafts: false, today: Some(today), ..Options::default() })
}

fn said(diagnostic: &Diagnostic, project: &Project) -> Said {
    let gravity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = diagnostic.primary.as_ref().map(|label| {
        let file = &*label.span.file;
        let bytes = project.files().get(file).unwrap_or_else(|| panic!("{diagnostic:?} points at no file of the site"));
        let text = str::from_utf8(bytes).expect("a case is text");
        let (line, column) = position(text, label.span.start);
        let pointed = &text[label.span.start..label.span.end];
        let letters = pointed.lines().next().unwrap_or_default().chars().count().max(1);
        (file.to_owned(), line, column, letters)
    });
    Said { place, words: format!("{gravity}[{}]: {}", diagnostic.code, diagnostic.message) }
}

fn cases() -> Vec<(String, PathBuf)> {
    let folder = fs::read_dir(tests().join("diagnostics")).expect("the folder of cases");
    let paths = folder.map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "site"))
        .map(|path| (path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned(), path))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn read(path: &Path) -> Case {
    Case::read(&fs::read_to_string(path).expect("a case is text"))
}

#[test]
fn every_annotated_mistake_is_told_at_its_place_and_nothing_else_is() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for (name, path) in cases() {
        let case = read(&path);
        let project = case.project();
        let built = build(&project);
        let told: Vec<Said> = built.diagnostics.iter().map(|diagnostic| said(diagnostic, &project)).collect();
        if bless {
            fs::write(&path, case.annotated(&told)).expect("the case can be written");
            continue;
        }
        let list = |what: &str, some: &[Said], others: &[Said]| {
            some.iter()
                .filter(|said| !others.contains(said))
                .map(|said| format!("{name}: {what}: {said:?}\n"))
                .collect::<String>()
        };
        wrong += &list("told and not annotated", &told, &case.said);
        wrong += &list("annotated and not told", &case.said, &told);
        if told.len() != case.said.len() {
            writeln!(wrong, "{name}: {} told, {} annotated", told.len(), case.said.len()).expect("a text takes it");
        }
        let grave = built.diagnostics.has_errors();
        assert_eq!(built.output.is_none(), grave, "{name}: there is output exactly where there is no error");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_are_drawn_as_they_were_read_and_accepted() {
    for (name, path) in cases() {
        let project = read(&path).project();
        let drawn = project.drawn(&build(&project).diagnostics);
        insta::with_settings!({
            snapshot_path => "../diagnostics",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(name.as_str(), drawn) });
    }
}

/// Codes that do not come up in one set of files in memory: `hostile.rs` and `claims.rs` look at them on disk,
/// `external.rs` on a server, `pictures.rs` at real pictures, `unfeatured.rs` at a program without its features, and
/// `import.rs` at files of other tools.
const ELSEWHERE: [Code; 11] = [
    Code::BadImport,
    Code::NotText,
    Code::TooLarge,
    Code::SilentChange,
    Code::DeadLink,
    Code::MovedLink,
    Code::BlockedLink,
    Code::SlowLink,
    Code::UnclearLink,
    Code::MissingFeature,
    Code::PicturePlace,
];

#[test]
fn what_only_a_disk_or_an_earlier_state_brings_up_is_drawn_too() {
    let text = "---\ntitle: A\ndate: 2019\nclaims:\n  - {id: c, figure: 7 attacks, said-by: Panel, sources: [a]}\n---\n[7 attacks](claim:c)\n";
    let before = Project::new().file("content/sources.yaml", "a: {title: A}\n").file("content/timeline/a.md", text);
    let after = before.clone().file("content/timeline/a.md", text.replace('7', "8"));
    let mut built = build(&after);
    compare(&mut built, &before.in_memory(), "main");
    let mut drawn = after.drawn(&built.diagnostics);
    for (path, bytes) in [
        ("content/pages/old.md", b"---\ntitle: caf\xE9\n---\n".to_vec()),
        ("content/pages/large.md", vec![b'a'; (16 << 20) + 1]),
    ] {
        let project = Project::new().file(path, bytes);
        let found = project.build_from_disk().diagnostics;
        drawn += &found.iter().map(|diagnostic| draw(diagnostic, Style::Plain, &|_| None) + "\n\n").collect::<String>();
    }
    insta::with_settings!({
        snapshot_path => "../diagnostics",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("elsewhere", drawn) });
}

#[test]
fn every_code_has_an_annotated_case() {
    let all: Vec<Said> = cases().iter().flat_map(|(_, path)| read(path).said).collect();
    let has = |code: &Code| all.iter().any(|said| said.words.contains(&format!("[{code}]: ")));
    let without: Vec<_> = Code::ALL.iter().filter(|code| !has(code) && !ELSEWHERE.contains(code)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn messages_are_lowercase_and_end_without_a_full_stop() {
    for (name, path) in cases() {
        let project = read(&path).project();
        for diagnostic in build(&project).diagnostics.iter() {
            let labels = diagnostic.primary.iter().chain(&diagnostic.secondary).map(|label| &label.text);
            for text in [&diagnostic.message].into_iter().chain(labels).chain(&diagnostic.help) {
                let is_name = text.chars().take(2).all(char::is_uppercase);
                assert!(is_name || !text.starts_with(char::is_uppercase), "{name}: begins with a capital: {text}");
                assert!(!text.ends_with(['.', '?', '!']), "{name}: ends with a full stop or asks: {text}");
            }
            assert!(diagnostic.help.is_some(), "{name}: says no way out: {}", diagnostic.message);
        }
    }
}
