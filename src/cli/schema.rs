//! `dateline schema KIND`: the JSON Schema of a kind of file; `--write DIR` puts all of them into a folder.

use std::path::{Component, PathBuf};

use clap::builder::PossibleValuesParser;

use dateline::error::Error;
use dateline::scaffold::{contents, put};
use dateline::schema::{FOLDER, Kind, files, schema};

use super::{Common, Ending, report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The kind of file
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(|(_, name)| name)), required_unless_present = "write")]
    kind: Option<String>,
    /// Write the schemas of all files into this folder of the site, for editors to complete with
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    write: Option<PathBuf>,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    if let Some(folder) = &args.write {
        // In a folder of the site a link may be another's; any other folder is as it was named.
        let is_inside = folder.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let (root, within) = match folder.to_str().filter(|_| is_inside) {
            Some(folder) => (common.root.clone(), format!("{folder}/")),
            None => (common.root.join(folder), String::new()),
        };
        let starts: Vec<_> =
            files().into_iter().map(|(name, text)| (format!("{within}{name}"), text.into_bytes())).collect();
        put(&root, &starts, true)?;
        report::say(&format!("wrote {} to {}", report::plural(starts.len(), "schema"), folder.display()));
        return Ok(Ending::Well);
    }
    let kind = Kind::ALL.into_iter().find(|(_, name)| Some(*name) == args.kind.as_deref());
    if let Some((kind, _)) = kind {
        report::say(schema(kind).trim_end());
    }
    Ok(Ending::Well)
}

/// Tells where the schemas that a site keeps are not those of this program.
pub(super) fn note_old(common: &Common) {
    let old = |(name, text): &(String, String)| {
        contents(&common.root.join(FOLDER).join(name)).is_some_and(|there| there != text.as_bytes())
    };
    // Made only where there is something to compare: it takes some time.
    if common.root.join(FOLDER).join("site.json").is_file() && files().iter().any(old) {
        report::note(
            common,
            "the schemas in `schemas/` are of another version: your editor may offer fields that there are no more; `dateline schema --write schemas` renews them",
        );
    }
}
