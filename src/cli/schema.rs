//! `dateline schema KIND`: the JSON Schema of a kind of file.

use clap::builder::PossibleValuesParser;

use dateline::error::Error;
use dateline::schema::{Kind, schema};

use super::{Ending, report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The kind of file
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(|(_, name)| name)))]
    kind: String,
}

pub(super) fn run(args: &Args) -> Result<Ending, Error> {
    let kind = Kind::ALL.into_iter().find(|(_, name)| *name == args.kind);
    if let Some((kind, _)) = kind {
        report::say(schema(kind).trim_end());
    }
    Ok(Ending::Well)
}
