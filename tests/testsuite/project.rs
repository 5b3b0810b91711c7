//! Small sites to build: a chainable [`Project`], and the [`Folder`] that it becomes on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dateline::builder::{Built, Options, build};
use dateline::diagnostic::{Diagnostics, Severity, Style, draw};
use dateline::file::Files;
use dateline::load;
use tempfile::TempDir;

/// The files of a folder: paths with forward slashes, and bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The files of a site. A new one has the two that every site needs, and nothing wrong.
#[derive(Clone)]
pub(crate) struct Project {
    files: Tree,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { files: Tree::new() }
            .file("content/site.yaml", "title: A site\n")
            .file("content/index.md", "---\ntitle: Home\n---\n\nHello.\n")
    }

    /// Returns a whole site of `tests/projects/`.
    pub(crate) fn of_case(case: &str) -> Self {
        Self { files: tree(&tests().join("projects").join(case)) }
    }

    /// Returns the first site, that of the repository's own `content/`.
    pub(crate) fn first_site() -> Self {
        let content = tree(&repository().join("content")).into_iter();
        Self { files: content.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect() }
    }

    /// Returns what `dateline new site` makes.
    pub(crate) fn started() -> Self {
        let folder = Folder::empty();
        folder.run(&["new", "site", "demo"]).succeeds();
        Self { files: tree(&folder.path().join("demo")) }
    }

    /// Adds a file, or replaces it.
    pub(crate) fn file(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), bytes.as_ref().to_vec());
        self
    }

    /// Adds an event with these lines of front matter, and this body.
    pub(crate) fn event(self, name: &str, front: &str, body: &str) -> Self {
        self.file(&format!("content/timeline/{name}.md"), format!("---\n{front}\n---\n{body}\n"))
    }

    /// Adds a page with this body.
    pub(crate) fn page(self, name: &str, body: &str) -> Self {
        self.file(&format!("content/pages/{name}.md"), format!("---\ntitle: A page\n---\n{body}\n"))
    }

    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.remove(path).expect("what is taken away was there");
        self
    }

    /// Builds in memory. Every file must be text, or one that is published as it is.
    pub(crate) fn build(&self) -> Built {
        self.build_as(Options::default())
    }

    pub(crate) fn build_as(&self, options: Options) -> Built {
        build(&self.in_memory(), Diagnostics::default(), options)
    }

    /// Builds from a folder, so that reading it is part of it.
    pub(crate) fn build_from_disk(&self) -> Built {
        let folder = self.on_disk();
        let (files, found) = load::read(folder.path()).expect("the folder can be read");
        build(&files, found, Options::default())
    }

    /// Returns the text of a built page, which must be there.
    pub(crate) fn page_built(&self, path: &str) -> String {
        let built = self.build();
        let output = built.output.unwrap_or_else(|| panic!("not built:\n{}", self.drawn(&built.diagnostics)));
        let file = output.get(path).unwrap_or_else(|| panic!("there is no `{path}` among {:?}", names(&output)));
        String::from_utf8(file.bytes.to_vec()).expect("a page is UTF-8")
    }

    /// Returns every message as it is printed.
    pub(crate) fn drawn(&self, diagnostics: &Diagnostics) -> String {
        let files = self.in_memory();
        let text = |path: &str| files.text(path).map(|text| &**text);
        diagnostics.iter().map(|diagnostic| draw(diagnostic, Style::Plain, &text) + "\n\n").collect()
    }

    /// Returns the codes of what is found, in order.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        codes(&self.build().diagnostics)
    }

    pub(crate) fn on_disk(&self) -> Folder {
        let folder = Folder::empty();
        self.files.iter().for_each(|(path, bytes)| folder.put(path, bytes));
        folder
    }

    pub(crate) fn files(&self) -> &Tree {
        &self.files
    }

    /// Returns the files as a build takes them.
    pub(crate) fn in_memory(&self) -> Files {
        let mut files = Files::default();
        for (path, bytes) in &self.files {
            let is_text = path.starts_with("evidence/")
                || [".md", ".yaml", ".html"].iter().any(|end| path.ends_with(end))
                || (path.ends_with(".svg") && path.contains("/templates/"));
            match String::from_utf8(bytes.clone()) {
                Ok(text) if is_text => files.insert_text(path.as_str(), text),
                _ => files.insert_asset(path.as_str(), bytes.as_slice()),
            }
        }
        files
    }
}

/// A folder on disk that goes with the value.
pub(crate) struct Folder {
    holder: TempDir,
}

impl Folder {
    pub(crate) fn empty() -> Self {
        Self { holder: TempDir::new().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.holder.path()
    }

    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("cannot read `{path}`: {error}"))
    }

    /// Replaces a text in a file, where it must stand.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert!(text.contains(old), "`{path}` does not hold `{old}`:\n{text}");
        self.put(path, text.replacen(old, new, 1));
    }

    pub(crate) fn delete(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap_or_else(|error| panic!("cannot delete `{path}`: {error}"));
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    pub(crate) fn tree(&self, path: &str) -> Tree {
        tree(&self.path().join(path))
    }

    /// Returns the program, set to run in this folder, with no terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(arguments).current_dir(self.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program can be started");
        let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.ends_with(0)
    }

    /// Returns the lines that begin a message: `error[code]: …`.
    pub(crate) fn titles(&self) -> Vec<&str> {
        let begins =
            |line: &&str| line.starts_with("error[") || line.starts_with("warning[") || line.starts_with("note[");
        self.err.lines().filter(begins).collect()
    }
}

/// Returns the program as a command, in an environment that says nothing about terminals.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.stdin(Stdio::null()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Returns the folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the folder of the tests.
pub(crate) fn tests() -> PathBuf {
    repository().join("tests")
}

/// Reads every file below a folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap_or_else(|error| panic!("cannot read `{}`: {error}", folder.display()));
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("it lies below");
            let name = path.to_str().expect("a name in UTF-8").replace('\\', "/");
            files.insert(name, fs::read(entry.path()).expect("the file can be read"));
        }
    }
    files
}

/// Fails where two folders differ, and names the files that do.
#[track_caller]
pub(crate) fn assert_same(left: &Tree, right: &Tree, what: &str) {
    let names = left.keys().chain(right.keys());
    let mut differing: Vec<&str> =
        names.filter(|name| left.get(*name) != right.get(*name)).map(String::as_str).collect();
    differing.sort_unstable();
    differing.dedup();
    assert!(differing.is_empty(), "{what}: these files differ, or are on one side only: {differing:#?}");
}

/// Returns the codes of diagnostics, in their order.
pub(crate) fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().filter(|found| found.severity != Severity::Note).map(|found| found.code.name()).collect()
}

/// Returns the paths of an output.
pub(crate) fn names(output: &dateline::output::Output) -> Vec<&str> {
    output.files().map(|(path, _)| path).collect()
}
