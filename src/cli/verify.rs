//! `dateline verify COPY`: holds a copy against its SHA256SUMS.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use dateline::diagnostic::visible;
use dateline::error::Error;
use dateline::verify::{self, Report};

use super::report::{self, plural};
use super::{Common, Ending};

#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 every listed file is there as listed, 1 something is missing or changed, \
                        2 the copy could not be read.")]
pub(super) struct Args {
    /// A folder, a zip, or an address that begins with https:// or http://
    copy: String,
    /// Fail on files that were added, too
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let shown = Shown::new(common);
    let progress = |done: usize, of: usize| shown.tell(done, of);
    let found = if args.copy.starts_with("https://") || args.copy.starts_with("http://") {
        web(&args.copy, &progress)
    } else if Path::new(&args.copy).is_dir() {
        verify::folder(Path::new(&args.copy), &progress)
    } else {
        verify::zip(Path::new(&args.copy), &progress)
    };
    shown.end();
    let found = found?;
    tell(common, &found);
    let added = found.added.as_ref().is_some_and(|added| !added.is_empty());
    Ok(if found.is_whole() && !(args.strict && added) { Ending::Well } else { Ending::Mistakes })
}

#[cfg(feature = "web")]
fn web(address: &str, progress: verify::Progress<'_>) -> Result<Report, Error> {
    verify::web(address, progress)
}

#[cfg(not(feature = "web"))]
fn web(address: &str, _: verify::Progress<'_>) -> Result<Report, Error> {
    Err(Error::refused(format!("this program was built without the web and cannot read `{address}`"))
        .with_help("download the copy and name its folder, or build the program with `--features web`"))
}

fn tell(common: &Common, found: &Report) {
    // What a copy lists and holds was named by whoever made it.
    let name = |what: &str, path: &str| report::say(&format!("{what:<8} {}", visible(path)));
    found.missing.iter().for_each(|path| name("missing", path));
    found.changed.iter().for_each(|path| name("changed", path));
    found.unread.iter().for_each(|(path, why)| name("unread", &format!("{path}: {why}")));
    let added = found.added.iter().flatten();
    added.clone().for_each(|path| name("added", path));
    if common.quiet {
        return;
    }
    let counts = [
        (found.missing.len(), "missing"),
        (found.changed.len(), "changed"),
        (found.unread.len(), "unread"),
        (added.count(), "added"),
    ];
    let wrong: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let files = plural(found.checked, "file");
    report::say(&match (found.is_whole(), wrong.is_empty()) {
        (true, true) => format!("all is as listed: {files}"),
        (true, false) => format!("every listed file is as listed: {files}; {}", wrong.join(", ")),
        (false, _) => format!("not as listed, of {files}: {}", wrong.join(", ")),
    });
    if found.added.is_none() {
        report::note(common, "whether files were added cannot be told of a copy on the web");
    }
    if !found.passed_over.is_empty() {
        let names = found.passed_over.join(", ");
        let names = visible(&names);
        report::note(common, &format!("passed over, because hosts read and seldom serve them: {names}"));
    }
}

/// A bar on a terminal; nothing elsewhere.
struct Shown(Option<Mutex<ProgressBar>>);

impl Shown {
    fn new(common: &Common) -> Self {
        let wanted = !common.quiet && std::io::stderr().is_terminal();
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files").ok();
        let bar = style.map(|style| ProgressBar::new(0).with_style(style));
        Self(bar.filter(|_| wanted).map(Mutex::new))
    }

    fn tell(&self, done: usize, of: usize) {
        if let Some(bar) = self.0.as_ref().and_then(|bar| bar.lock().ok()) {
            bar.set_length(of as u64);
            bar.set_position(bar.position().max(done as u64));
        }
    }

    fn end(&self) {
        if let Some(bar) = self.0.as_ref().and_then(|bar| bar.lock().ok()) {
            bar.finish_and_clear();
        }
    }
}
