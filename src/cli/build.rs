//! `dateline build`: content to public/.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::builder::{self, Cache, Options, Recall, Record, Stores, digest_of_list};
use dateline::cache::Folder;
use dateline::diagnostic::Diagnostics;
use dateline::error::Error;
use dateline::load;
use dateline::output::{Output, Stage};
use dateline::sums::checksums;
use dateline::write::{Aside, Kept, WriteOptions, Written, stands, write};

use super::report::{self, plural};
use super::{Common, Ending, today};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder to write, inside of the site's folder or elsewhere
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build drafts too
    #[arg(long)]
    drafts: bool,
    /// The day to warn by, as 2026-11-20, instead of the clock's; changes no output
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Show where the time went
    #[arg(long)]
    timings: bool,
    /// Take on a folder that this program did not write; nothing in it is deleted
    #[arg(long)]
    adopt: bool,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let started = Instant::now();
    let options = Options { drafts: args.drafts, today: Some(today(args.today.as_deref())?), ..Options::default() };
    let mut clock = Clock { started, last: started, laps: Vec::new() };
    let (files, found) = load::read(&common.root)?;
    clock.lap("read");
    if common.verbose {
        let (texts, assets) = (files.texts().count(), files.assets().count());
        report::note(common, &format!("read {} and {}", plural(texts, "text"), plural(assets, "other file")));
    }
    let store = Folder::under(&common.root);
    let out = args.out.clone().unwrap_or_else(|| common.root.join("public"));
    let folder = WriteOptions {
        adopt: args.adopt,
        protected: protected(&common.root),
        enclosing: [Some(common.root.clone()), std::env::home_dir()].into_iter().flatten().collect(),
    };
    let recall = program().map(|program| Recall::new(&program, &files, &found, options));
    let known = recall.and_then(|recall| recall.find(&store)).filter(|known| stands(&out, &folder, &known.list));
    clock.lap("compare");
    if let Some(known) = known {
        report::diagnostics(&known.diagnostics, &files, common);
        let written = Written { unchanged: known.pages + known.others, ..Written::default() };
        tell(common, args, &clock, &summary(&known, &written, &out, started));
        return Ok(Ending::Well);
    }
    let mut done = |stage| clock.lap(named(stage));
    let stores = Stores { store: &store, shelf: &Aside::into_folder(store.place()) };
    let built = builder::build_onto(&files, found, options, stores, &mut Cache::default(), &mut done);
    report::diagnostics(&built.diagnostics, &files, common);
    let Some(output) = built.output else {
        if out.join("SHA256SUMS").exists() {
            report::note(common, &format!("{} is as it was", shown(&out)));
        }
        return Ok(Ending::Mistakes);
    };
    // The process ends here: giving a million small pieces back to it first would only take time.
    std::mem::forget((built.site, files));
    let written = write(&output, &out, &folder)?;
    let record = record(&output, built.diagnostics);
    recall.iter().for_each(|recall| recall.keep(&store, &record));
    clock.lap("write");
    tell(common, args, &clock, &summary(&record, &written, &out, started));
    Ok(Ending::Well)
}

fn tell(common: &Common, args: &Args, clock: &Clock, summary: &str) {
    if args.timings {
        report::say(&clock.table());
    }
    if !common.quiet {
        report::say(summary);
    }
}

/// Tells this program from every other, also from one of the same version: by its file, as compiler caches do. `None`
/// where the system does not say.
fn program() -> Option<String> {
    let file = std::env::current_exe().ok()?;
    let about = file.metadata().ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("{version} {} {:?} {}", about.len(), about.modified().ok()?, file.display()))
}

/// Sums up a build.
fn record(output: &Output<Kept>, diagnostics: Diagnostics) -> Record {
    let pages = output.files().filter(|(_, file)| file.stage == Stage::Page).count();
    Record { list: digest_of_list(&checksums(output)), pages, others: output.len() - pages, diagnostics }
}

/// The time that each stage took.
struct Clock {
    started: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    /// Draws the stages with their times and their shares of all of it.
    fn table(&self) -> String {
        let all = (self.last - self.started).as_secs_f64();
        let row = |(stage, time): &(&str, Duration)| {
            let seconds = time.as_secs_f64();
            format!("{stage:<8}{:>9.1} ms {:>4.0} %", seconds * 1e3, seconds / all * 1e2)
        };
        let rows: Vec<String> = self.laps.iter().map(row).collect();
        rows.join("\n")
    }
}

fn named(stage: builder::Stage) -> &'static str {
    match stage {
        builder::Stage::Load => "load",
        builder::Stage::Check => "check",
        builder::Stage::Theme => "theme",
        builder::Stage::Render => "render",
    }
}

/// Lists the folders that an output must not touch.
pub(super) fn protected(root: &Path) -> Vec<PathBuf> {
    ["content", "themes", "evidence"].iter().map(|folder| root.join(folder)).collect()
}

fn summary(record: &Record, written: &Written, out: &Path, started: Instant) -> String {
    let mut changes = Vec::new();
    let counts = [(written.new, "new"), (written.changed, "changed"), (written.removed, "removed")];
    changes.extend(counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    let changes = if changes.is_empty() { "nothing changed".to_owned() } else { changes.join(", ") };
    format!(
        "built {} and {} into {} ({changes}) in {:.2} s",
        plural(record.pages, "page"),
        plural(record.others, "other file"),
        shown(out),
        started.elapsed().as_secs_f64(),
    )
}

/// Writes a folder as a person types it.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    format!("{}/", path.display().to_string().trim_end_matches('/'))
}
