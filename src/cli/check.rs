//! `dateline check`: every rule, no output.

use std::path::Path;

use clap::ValueEnum;

use dateline::builder::{self, Options};
use dateline::cache::Folder;
use dateline::diagnostic::{Code, Diagnostics, Severity, nearest};
use dateline::error::Error;
use dateline::file::Files;
use dateline::load;
use dateline::model::Site;

use super::report::{self, Machine, plural};
use super::{Common, Ending, outside, schema, today};

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
    /// How to tell what is found: drawn for people, or in a form for other programs, on standard output
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Format::Human)]
    format: Format,
    /// End with exit code 1 at a warning too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Look only for messages of this code; may be given several times
    #[arg(long, value_name = "CODE")]
    only: Vec<String>,
    #[command(flatten)]
    outside: outside::Outside,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn, with the line, on standard error
    Human,
    /// One object; `dateline schema check` describes it
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    Warnings,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let only = codes(&args.only)?;
    for code in &only {
        looked_for(*code, args)?;
    }
    let options = Options { drafts: args.drafts, today: Some(today(args.today.as_deref())?), ..Options::default() };
    let (files, found) = load::read(&common.root)?;
    let mut built = builder::build_with(&files, found, options, &Folder::under(&common.root));
    if let Some(revision) = &args.since {
        let earlier = load::at_revision(&common.root, revision)?;
        builder::compare(&mut built, &earlier, revision);
    }
    let asked = match &built.site {
        Some(site) if args.outside.external => {
            let asked = outside::ask(common, &args.outside, args.format == Format::Human, site, &files)?;
            Some(asked)
        }
        _ => None,
    };
    let mut failed = None;
    if let Some(outside::Asked { found, failure }) = asked {
        built.diagnostics.extend(found);
        built.diagnostics.sort();
        failed = failure;
    }
    let all = built.diagnostics.iter().count();
    if !only.is_empty() {
        built.diagnostics.relevel(|found| only.contains(&found.code).then_some(found.severity));
    }
    let left_out = all - built.diagnostics.iter().count();
    tell(common, args.format, &built.diagnostics, &files);
    if args.format == Format::Human {
        schema::note_old(common);
    }
    let warnings = built.diagnostics.count(Severity::Warning);
    let denied = args.deny == Some(Denied::Warnings) && warnings > 0;
    if args.format == Format::Human && left_out > 0 {
        report::note(common, &format!("{} of other codes not shown", plural(left_out, "message")));
    }
    if let Some(failure) = failed {
        return Err(failure);
    }
    if args.format == Format::Human && denied && !built.diagnostics.has_errors() {
        report::note(common, "with `--deny warnings`, a warning ends the check like a mistake");
    }
    if built.diagnostics.has_errors() || denied {
        return Ok(Ending::Mistakes);
    }
    if let (Some(site), Format::Human, false) = (&built.site, args.format, common.quiet) {
        report::say(&summary(site, warnings, &only));
    }
    Ok(Ending::Well)
}

/// Finds codes by their names.
fn codes(names: &[String]) -> Result<Vec<Code>, Error> {
    let code = |name: &String| {
        Code::by_name(name).ok_or_else(|| {
            let help = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
                Some(near) => format!("write `--only {near}`"),
                None => "`dateline explain` lists all codes".to_owned(),
            };
            Error::refused(format!("there is no code `{name}`")).with_help(help)
        })
    };
    names.iter().map(code).collect()
}

/// Refuses to look only for what is not looked for without a further flag: that would always be well.
fn looked_for(code: Code, args: &Args) -> Result<(), Error> {
    let (flag, given) = match code {
        Code::DeadLink | Code::MovedLink | Code::BlockedLink | Code::SlowLink | Code::UnclearLink => {
            ("--external", args.outside.external)
        }
        Code::SilentChange => ("--since REV", args.since.is_some()),
        _ => return Ok(()),
    };
    if given {
        return Ok(());
    }
    Err(Error::refused(format!("nothing is looked for: `{code}` only comes up with `{flag}`"))
        .with_help(format!("add `{flag}`")))
}

fn tell(common: &Common, format: Format, found: &Diagnostics, files: &Files) {
    let folder = folder(&common.root);
    match format {
        Format::Human => report::diagnostics(found, files, common),
        Format::Json => report::machine(found, files, Machine::Json, &folder),
        Format::Github => report::machine(found, files, Machine::Github, &folder),
        Format::Sarif => report::machine(found, files, Machine::Sarif, &folder),
    }
}

/// Returns what goes before the paths of a site to make them paths of the repository, in which the program is run: the
/// site's folder below it, with a slash.
fn folder(root: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = match &here {
        Some(here) if root.is_absolute() => root.strip_prefix(here).unwrap_or(root),
        _ => root,
    };
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let parts: Vec<&str> = parts.iter().map(|part| &**part).filter(|part| *part != ".").collect();
    if parts.is_empty() { String::new() } else { parts.join("/") + "/" }
}

fn summary(site: &Site, warnings: usize, only: &[Code]) -> String {
    let names: Vec<String> = only.iter().map(|code| format!("`{code}`")).collect();
    let well = match (warnings, names.as_slice()) {
        (0, []) => "all is well".to_owned(),
        (_, []) => "no mistakes".to_owned(),
        (0, _) => format!("nothing of {}", names.join(", ")),
        _ => format!("no mistakes of {}", names.join(", ")),
    };
    format!(
        "{well}: {}, {}, {}",
        plural(site.pages.len(), "page"),
        plural(site.claims().count(), "claim"),
        plural(site.sources.len(), "source")
    )
}
