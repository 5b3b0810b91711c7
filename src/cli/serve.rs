//! `dateline serve`: the site in memory, in a browser, as it is written.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Instant;

use dateline::builder::{self, Built};
use dateline::cache::Memory;
use dateline::diagnostic::{Diagnostics, Severity};
use dateline::error::Error;
use dateline::file::Files;
use dateline::load;
use dateline::model::Site;
use dateline::model::date::FullDate;
use dateline::scaffold;
use dateline::serve::{self, Made, Maker, Mark, News, Options, Touched};

use super::report::{self, plural};
use super::{Common, Ending, today};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The port; without one, the first free one from 4004
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too, marked as such
    #[arg(long)]
    drafts: bool,
    /// Go to the page that is edited
    #[arg(long)]
    follow: bool,
    /// Look for changes every two seconds instead of being told, as shared and network folders need it
    #[arg(long)]
    poll: bool,
    /// The command that opens a mistake: code --goto {file}:{line}:{column}; without one, links open VS Code
    #[arg(long, value_name = "COMMAND", env = "DATELINE_EDITOR", hide_env_values = true)]
    editor: Option<String>,
    /// The day to warn by, as 2026-11-20, instead of the clock's
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    // A mistyped day is told at once, and a folder that holds no site; later on, the folder may go and come back.
    today(args.today.as_deref())?;
    scaffold::must_be_site(&common.root)?;
    let options = Options {
        root: common.root.clone(),
        port: args.port,
        open: args.open,
        follow: args.follow,
        look: args.poll,
        editor: args.editor.clone().filter(|command| !command.is_empty()),
    };
    let desk = Desk {
        common: common.clone(),
        drafts: args.drafts,
        today: args.today.clone(),
        store: Memory::default(),
        cache: builder::Cache::default(),
        last: None,
        told: String::new(),
        was_broken: false,
        took: Cell::new(0.0),
    };
    serve::serve(options, desk)?;
    Ok(Ending::Well)
}

/// Builds and says so. What must live from one build to the next, lives here.
struct Desk {
    common: Common,
    drafts: bool,
    today: Option<String>,
    /// Pictures and cards that are made already.
    store: Memory,
    /// What the last build left for the next.
    cache: builder::Cache,
    /// What was built last: its files, the day, and what was found.
    last: Option<Last>,
    /// The messages that stand last on the screen.
    told: String,
    was_broken: bool,
    /// How long the last build took, reading included, in milliseconds.
    took: Cell<f64>,
}

struct Last {
    files: Files,
    unread: Diagnostics,
    day: FullDate,
    diagnostics: Diagnostics,
    pages: usize,
}

impl Maker for Desk {
    fn make(&mut self, touched: &Touched) -> Result<Option<Made>, Error> {
        let started = Instant::now();
        let (files, unread) = self.read(touched).inspect_err(|_| self.last = None)?;
        let day = today(self.today.as_deref())?;
        let before = self.last.take();
        if let Some(last) = &before
            && last.files == files
            && last.day == day
            && last.unread.iter().eq(unread.iter())
        {
            self.last = before;
            return Ok(None);
        }
        let options = builder::Options { drafts: self.drafts, today: Some(day), ..builder::Options::default() };
        let built = builder::build_again(&files, unread.clone(), options, &self.store, &mut self.cache, &mut |_| {});
        let Built { site, diagnostics, output, .. } = built;
        let made = Made {
            mistakes: report::mistakes(&diagnostics, &files),
            marks: site.as_ref().map(|site| marks(site, day)).unwrap_or_default(),
            edited: before.and_then(|last| edited(&last.files, &files, site.as_ref()?)),
            output,
        };
        let pages = site.map_or(0, |site| site.pages.len());
        self.last = Some(Last { files, unread, day, diagnostics, pages });
        self.took.set(started.elapsed().as_secs_f64() * 1000.0);
        Ok(Some(made))
    }

    fn tell(&mut self, news: &News<'_>) {
        match news {
            News::Serving(address) if self.common.quiet => report::say(address),
            News::Serving(address) => report::say(&format!("serving {address} (Ctrl-C ends it)")),
            News::NoBrowser(cause) => report::note(&self.common, &format!("no browser could be opened: {cause}")),
            News::Built(changed) => self.built(changed),
            News::Broken => {
                self.found();
                self.was_broken = true;
            }
            News::Unreadable(error) => {
                report::error(error);
                self.told.clear();
                self.was_broken = true;
            }
            News::Looking(why, help) => {
                report::note(&self.common, &format!("looking for changes every two seconds: {why}"));
                help.iter().for_each(|help| report::note(&self.common, &format!("help: {help}")));
            }
        }
    }
}

impl Desk {
    /// Reads the files, only those that were touched where that is known.
    fn read(&self, touched: &Touched) -> Result<(Files, Diagnostics), Error> {
        let root = &self.common.root;
        let (Touched::Only(names), Some(last)) = (touched, &self.last) else { return load::read(root) };
        let paths: Vec<_> = names.iter().map(|name| root.join(name)).collect();
        let (mut files, mut unread) = (last.files.clone(), last.unread.clone());
        load::read_again(root, &mut files, &mut unread, &paths)?;
        Ok((files, unread))
    }

    /// Says what was found, unless the very same stands there already.
    fn found(&mut self) {
        let Some(last) = &self.last else { return };
        let drawn = report::drawn(&last.diagnostics, &last.files, &self.common);
        if drawn != self.told {
            report::diagnostics(&last.diagnostics, &last.files, &self.common);
        } else if last.diagnostics.has_errors() {
            report::note(
                &self.common,
                &format!("still {}", plural(last.diagnostics.count(Severity::Error), "mistake")),
            );
        }
        self.told = drawn;
    }

    fn built(&mut self, changed: &[String]) {
        self.found();
        if self.common.quiet {
            return;
        }
        let pages = self.last.as_ref().map_or(0, |last| last.pages);
        let well = if std::mem::take(&mut self.was_broken) { "all is well again: " } else { "" };
        let what = match changed {
            [] => plural(pages, "page"),
            changed => format!("{} changed: {}", plural(changed.len(), "file"), listed(changed)),
        };
        report::say(&format!("{well}built in {:.0} ms, {what}", self.took.get()));
    }
}

/// Names a few paths, and how many more there are.
fn listed(paths: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = paths.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match paths.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Lists the pages that a reader does not see yet.
fn marks(site: &Site, day: FullDate) -> BTreeMap<String, Mark> {
    let marked = site.pages.iter().filter_map(|page| {
        let mark = match page.published {
            _ if page.draft => Mark::Draft,
            Some(published) if published > day => Mark::Future(published.to_string()),
            _ => return None,
        };
        Some((page.path.clone(), mark))
    });
    marked.collect()
}

/// Returns the page of the file that was edited; where several were, the first by path.
fn edited(before: &Files, now: &Files, site: &Site) -> Option<String> {
    let changed = now.changed_texts(before).unwrap_or_else(|| {
        let texts = now.texts().filter(|(path, text)| before.text(path) != Some(*text));
        texts.map(|(path, _)| path).collect()
    });
    changed.into_iter().find_map(|path| {
        let place = site.pages.binary_search_by(|page| page.file.cmp(path)).ok()?;
        Some(site.pages[place].path.clone())
    })
}
