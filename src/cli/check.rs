//! `dateline check`: every rule, no output.

use dateline::builder::{self, Options};
use dateline::cache::Folder;
use dateline::diagnostic::Severity;
use dateline::error::Error;
use dateline::load;

use super::report::{self, plural};
use super::{Common, Ending, today};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
    /// The day to warn by, as 2026-11-20, instead of the clock's
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Also report claims that changed since a branch, tag or commit without a correction
    #[arg(long, value_name = "REV")]
    since: Option<String>,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let options = Options { drafts: args.drafts, today: Some(today(args.today.as_deref())?) };
    let (files, found) = load::read(&common.root)?;
    let mut built = builder::build_with(&files, found, options, &Folder::under(&common.root));
    if let Some(revision) = &args.since {
        let earlier = load::at_revision(&common.root, revision)?;
        builder::compare(&mut built, &earlier, revision);
    }
    report::diagnostics(&built.diagnostics, &files, common);
    if built.diagnostics.has_errors() {
        return Ok(Ending::Mistakes);
    }
    if let (Some(site), false) = (&built.site, common.quiet) {
        let claims = site.claims().count();
        let warnings = built.diagnostics.count(Severity::Warning);
        let well = if warnings == 0 { "all is well" } else { "no mistakes" };
        report::say(&format!(
            "{well}: {}, {}, {}",
            plural(site.pages.len(), "page"),
            plural(claims, "claim"),
            plural(site.sources.len(), "source")
        ));
    }
    Ok(Ending::Well)
}
