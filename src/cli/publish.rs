//! `dateline publish`: the site to where its readers are. Plan first, then act.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::time::{SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressStyle};

use dateline::builder::{self, Built, Options};
use dateline::diagnostic::{Severity, visible};
use dateline::error::Error;
use dateline::load;
use dateline::model::{Config, Target, TargetKind};
use dateline::publish::{self, Act, Plan, Step, prepare};

use super::build::protected;
use super::report::{self, plural};
use super::{Common, Ending, today};

/// How many files of a kind are named without `--verbose`.
const NAMED: usize = 10;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The target, as it is named under `targets` in site.yaml; not needed where there is only one
    target: Option<String>,
    /// Show what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask before files are deleted
    #[arg(long, short)]
    yes: bool,
    /// Compare every file that is there, instead of believing its SHA256SUMS
    #[arg(long)]
    thorough: bool,
    /// Publish although the content has changes that are not committed
    #[arg(long)]
    allow_dirty: bool,
    /// Take on a place that this program did not fill; nothing of others is deleted
    #[arg(long)]
    adopt: bool,
    /// Go on although another publisher seems to be at work: it was killed
    #[arg(long)]
    take_over: bool,
    /// The day to warn by, as 2026-11-20, instead of the clock's; changes no output
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let today = Some(today(args.today.as_deref())?);
    let (files, found) = load::read(&common.root)?;
    let built = builder::build(&files, found, Options { drafts: false, today, ..Options::default() });
    report::diagnostics(&built.diagnostics, &files, common);
    let Built { site: Some(site), diagnostics, output: Some(output), .. } = built else {
        report::note(common, "nothing was published");
        return Ok(Ending::Mistakes);
    };
    let target = choose(&site.config, args.target.as_deref())?;
    if target.deny_warnings && diagnostics.count(Severity::Warning) > 0 {
        report::note(common, &format!("nothing was published: the target `{}` takes no warnings", target.name.value));
        return Ok(Ending::Mistakes);
    }
    must_have_address(&site.config, target)?;
    if !args.allow_dirty {
        must_be_committed(common)?;
    }
    let options = options(common, args, &site.config);
    let prepared = prepare(&output, target, &options)?;
    let plan = prepared.plan();
    if plan.idle {
        if !common.quiet {
            report::say(&format!("nothing to do: {} has this site already", plan.place));
        }
        return Ok(Ending::Well);
    }
    if !common.quiet || args.dry_run {
        report::say(&shown(plan, common.verbose));
    }
    if args.dry_run {
        return Ok(Ending::Well);
    }
    may_delete(plan, args.yes)?;
    let bar = bar(plan, common);
    let done = prepared.apply(&|step| {
        bar.inc(1);
        if let Step::Sent { bytes } = step {
            bar.set_message(size(bytes));
        }
    });
    bar.finish_and_clear();
    done?;
    if !common.quiet {
        report::say(&format!("published to {}{}", plan.place, verify(&site.config)));
    }
    Ok(Ending::Well)
}

/// Finds the target that is meant.
fn choose<'c>(config: &'c Config, name: Option<&str>) -> Result<&'c Target, Error> {
    let names = || config.targets.iter().map(|target| target.name.value.as_str()).collect::<Vec<_>>().join("`, `");
    match (name, config.targets.as_slice()) {
        (_, []) => Err(Error::refused("site.yaml names no target to publish to").with_help(
            "add one: `targets: {pages: {kind: git, branch: gh-pages}}`; docs/publishing.md has one for each host",
        )),
        (None, [only]) => Ok(only),
        (None, _) => {
            Err(Error::refused("there are several targets").with_help(format!("name one of them: `{}`", names())))
        }
        (Some(name), targets) => targets.iter().find(|target| target.name.value == name).ok_or_else(|| {
            Error::refused(format!("there is no target `{name}`")).with_help(format!("site.yaml has `{}`", names()))
        }),
    }
}

/// Refuses to publish feeds without an address to a place that has one: readers of feeds look for it.
fn must_have_address(config: &Config, target: &Target) -> Result<(), Error> {
    let online = !matches!(target.kind, TargetKind::Folder { .. });
    if config.url.is_some() || !config.outputs.feeds || !online {
        return Ok(());
    }
    Err(Error::refused("feeds are to be published, and site.yaml does not say at which address")
        .with_help("add `url: https://…` to site.yaml, or switch feeds off with `outputs: {feeds: false}`"))
}

/// Refuses content that is not committed, so that what readers see can be found again.
fn must_be_committed(common: &Common) -> Result<(), Error> {
    let Some(changed) = load::uncommitted(&common.root)? else { return Ok(()) };
    let Some(first) = changed.first() else { return Ok(()) };
    let more = if changed.len() == 1 { String::new() } else { format!(" and {} more", changed.len() - 1) };
    Err(Error::refused(format!("`{first}`{more} would be published without being committed"))
        .with_help("commit the content, or publish it as it is with `--allow-dirty`"))
}

fn options<'a>(common: &'a Common, args: &Args, config: &Config) -> publish::Options<'a> {
    let revision = load::revision(&common.root).map(|revision| format!(" (content at {revision})"));
    publish::Options {
        root: &common.root,
        adopt: args.adopt,
        thorough: args.thorough,
        take_over: args.take_over,
        protected: protected(&common.root),
        enclosing: [Some(common.root.clone()), std::env::home_dir()].into_iter().flatten().collect(),
        message: format!("Publish {}{}", config.title, revision.unwrap_or_default()),
        now: || since_1970().as_secs(),
        token: format!("{}-{}", since_1970().as_nanos(), std::process::id()),
        secrets: secrets(),
    }
}

fn since_1970() -> std::time::Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Collects what the environment holds of keys, so that none is ever printed.
fn secrets() -> Vec<String> {
    let stores = ["AWS_", "AZURE_", "GOOGLE_", "GCS_"];
    let kinds = ["KEY", "SECRET", "TOKEN", "PASSWORD", "SAS", "CREDENTIAL"];
    let held =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let held = held.filter(|(name, _)| {
        stores.iter().any(|store| name.starts_with(store)) && kinds.iter().any(|kind| name.contains(kind))
    });
    held.map(|(_, value)| value).collect()
}

/// Asks before files are deleted, where somebody can be asked.
fn may_delete(plan: &Plan, yes: bool) -> Result<(), Error> {
    let count = plan.of(Act::Deleted).count();
    if count == 0 || yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::refused(format!(
            "{} would be deleted from {}, and nobody can be asked",
            plural(count, "file"),
            plan.place
        ))
        .with_help("look at them with `--dry-run`, and say `--yes`"));
    }
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "delete {} from {}? [y/N] ", plural(count, "file"), visible(&plan.place));
    let _ = err.flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Error::refused("nothing was published, because nothing was to be deleted")
            .with_help("keep the pages in the site, or answer `y`")),
    }
}

/// Writes a plan as a person reads it: what is new, changed and deleted, with sizes.
fn shown(plan: &Plan, verbose: bool) -> String {
    let mut text = String::new();
    for (act, sign) in [(Act::New, '+'), (Act::Changed, '~'), (Act::Deleted, '-')] {
        let changes: Vec<_> = plan.of(act).collect();
        let named = if verbose { changes.len() } else { NAMED };
        for change in changes.iter().take(named) {
            let size = if act == Act::Deleted { String::new() } else { format!("  {}", size(change.bytes)) };
            text += &format!("  {sign} {}{size}\n", visible(&change.path));
        }
        if changes.len() > named {
            text += &format!("  {sign} … and {} more (`--verbose` names them)\n", changes.len() - named);
        }
    }
    let count = |act| plan.of(act).count();
    text + &format!(
        "{}: {} new, {} changed, {} to delete, {} unchanged; {} to send",
        visible(&plan.place),
        count(Act::New),
        count(Act::Changed),
        count(Act::Deleted),
        plan.unchanged,
        size(plan.bytes()),
    )
}

/// Writes a size as a person reads it, in units of 1,000 bytes.
fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "it is shown with one digit after the point")]
    let amount = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", amount / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", amount / 1e6),
        _ => format!("{:.1} GB", amount / 1e9),
    }
}

fn bar(plan: &Plan, common: &Common) -> ProgressBar {
    if common.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left");
    let bar = ProgressBar::new(plan.changes.len() as u64);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn verify(config: &Config) -> String {
    config.url.as_ref().map_or(String::new(), |url| format!("; `dateline verify {url}` holds it against this build"))
}
