//! `dateline import timelinejs|csl|bibtex FILE`: from what people already have.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args as ClapArgs, Subcommand};

use dateline::diagnostic::{Severity, visible};
use dateline::error::Error;
use dateline::file::Files;
use dateline::import::{self, Imported, Input};
use dateline::load;
use dateline::scaffold::{self, put};

use super::report::{self, plural};
use super::{Common, Ending};

#[derive(ClapArgs)]
#[command(
    after_help = "Exit codes: 0 all of the file is in the site, 1 something in it could not be read or was left \
                        because it is there already, 2 anything else."
)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A timeline of TimelineJS 3: its JSON, or its spreadsheet saved as CSV
    Timelinejs(From),
    /// Sources in CSL-JSON, as Zotero and Pandoc write it
    Csl(From),
    /// Sources in BibTeX or BibLaTeX
    Bibtex(From),
}

#[derive(ClapArgs)]
struct From {
    /// The file
    file: PathBuf,
    /// Replace files and sources that are there already
    #[arg(long)]
    force: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What imports a kind of file.
type Reader = fn(&Input<'_>) -> Imported;

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let (reader, from): (Reader, &From) = match &args.what {
        What::Timelinejs(from) => (import::timelinejs, from),
        What::Csl(from) => (import::csl, from),
        What::Bibtex(from) => (import::bibtex, from),
    };
    scaffold::must_be_site(&common.root)?;
    let (site, _) = load::read(&common.root)?;
    let text = load::import_text(&from.file, import::LARGEST)?;
    let name: Arc<str> = shown(&from.file).into();
    let imported = reader(&Input { name: &name, text: &text, site: &site, force: from.force });
    tell(common, &imported, &text);
    must_be_as_read(&common.root, &imported, &site)?;
    let files: Vec<_> = imported.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    if !from.dry_run {
        // What is there was left out already, unless it is to be replaced: by `--force`, or in a file that grows.
        put(&common.root, &files, true)?;
    }
    if !common.quiet || from.dry_run {
        let done = if from.dry_run { "would write" } else { "wrote" };
        imported.files.iter().for_each(|(path, _)| report::say(&format!("{done} {}", visible(path))));
        let notes = imported.report.text();
        if !notes.is_empty() {
            report::say(notes.trim_end());
        }
        let read = imported.report.read.join(", ");
        if !read.is_empty() {
            let files = plural(imported.files.len(), "file");
            report::say(&format!("\nread {read} in {}; {done} {files}", visible(&name)));
        }
    }
    Ok(if imported.is_whole() { Ending::Well } else { Ending::Mistakes })
}

/// Refuses to write over what is there and was not read: a link, or a file that is no text. An import takes it for absent.
fn must_be_as_read(root: &Path, imported: &Imported, site: &Files) -> Result<(), Error> {
    let mut paths = imported.files.iter().map(|(path, _)| path.as_str());
    scaffold::must_stay_inside(root, paths.clone())?;
    let is_other = |path: &&str| {
        let read = site.text(path).map(|text| text.as_bytes());
        scaffold::contents(&root.join(path)).as_deref() != read
    };
    match paths.find(is_other) {
        None => Ok(()),
        Some(path) => Err(Error::refused(format!("`{path}` is there, and cannot be read as a part of the site"))
            .with_help("`dateline check` says what is wrong with it; mend it or move it away, and import again")),
    }
}

fn shown(file: &Path) -> String {
    file.display().to_string().replace('\\', "/")
}

/// Prints what could not be read.
fn tell(common: &Common, imported: &Imported, text: &str) {
    report::found_in(text, &imported.diagnostics, common);
    let errors = imported.diagnostics.count(Severity::Error);
    if errors > 0 {
        report::remark(&format!("{} in the file; the rest is imported", plural(errors, "mistake")));
    }
}
