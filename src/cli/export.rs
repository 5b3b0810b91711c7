//! `dateline export single|zip|epub FILE`: the whole site as one file, to hand on.

use std::path::PathBuf;

use clap::ValueEnum;

use dateline::builder::{self, Options};
use dateline::error::Error;
use dateline::export;
use dateline::load;
use dateline::model::Edition;

use super::{Common, Ending, report, today};

#[derive(clap::Args)]
pub(super) struct Args {
    /// What to make
    #[arg(value_enum)]
    edition: Kind,
    /// The file to write
    file: PathBuf,
    /// Replace the file, whatever it is; an earlier edition of the same kind is always replaced
    #[arg(long)]
    force: bool,
    /// Put drafts into it too
    #[arg(long)]
    drafts: bool,
    /// The day to warn by, as 2026-11-20, instead of the clock's; changes nothing that is written
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// One HTML file that opens by itself, also without a network
    Single,
    /// The built site, packed; opens from index.html after unpacking
    Zip,
    /// A book for e-readers (EPUB 3)
    Epub,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let edition = match args.edition {
        Kind::Single => Edition::Single,
        Kind::Zip => Edition::Zip,
        Kind::Epub => Edition::Epub,
    };
    export::check(&args.file, edition, args.force)?;
    let day = today(args.today.as_deref())?;
    let options = Options { drafts: args.drafts, today: Some(day), edition: Some(edition) };
    let (files, found) = load::read(&common.root)?;
    let built = builder::build(&files, found, options);
    report::diagnostics(&built.diagnostics, &files, common);
    let Some(bytes) = built.edition else { return Ok(Ending::Mistakes) };
    export::put(&args.file, edition, &bytes, args.force)?;
    if !common.quiet {
        report::say(&format!("wrote {} ({})", args.file.display(), size(bytes.len())));
    }
    Ok(Ending::Well)
}

/// Writes a size as people say it.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
