//! `dateline theme list|eject`: what the theme is made of, and how to change it.

use std::path::Path;

use clap::Subcommand;

use dateline::error::Error;
use dateline::scaffold::{self, put};
use dateline::theme::{carried, carried_files};

use super::report::{self, plural};
use super::{Common, Ending};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the themes and their files, and say which are yours
    List,
    /// Copy a theme's files into themes/, where you can change them
    Eject {
        /// The theme
        #[arg(default_value = "broadsheet")]
        name: String,
        /// Copy only these files: templates/base.html
        files: Vec<String>,
        /// Overwrite files that are there already
        #[arg(long)]
        force: bool,
    },
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    match &args.act {
        Act::List => {
            carried().for_each(|theme| list(&common.root, theme));
            Ok(Ending::Well)
        }
        Act::Eject { name, files, force } => eject(common, name, files, *force),
    }
}

fn list(root: &Path, theme: &str) {
    report::say(theme);
    for (path, bytes) in carried_files(theme) {
        let mine = scaffold::contents(&root.join("themes").join(theme).join(&path));
        let state = match mine {
            None => "",
            Some(mine) if *mine == *bytes => "  (a copy in themes/, unchanged)",
            Some(_) => "  (yours, in themes/)",
        };
        report::say(&format!("  {path}{state}"));
    }
}

fn eject(common: &Common, theme: &str, only: &[String], force: bool) -> Result<Ending, Error> {
    let all: Vec<_> = carried_files(theme).collect();
    if all.is_empty() {
        let known: Vec<&str> = carried().collect();
        return Err(Error::refused(format!("there is no theme `{theme}` in the program"))
            .with_help(format!("it carries: {}", known.join(", "))));
    }
    if let Some(missing) = only.iter().find(|file| !all.iter().any(|(path, _)| path == *file)) {
        return Err(Error::refused(format!("the theme `{theme}` has no file `{missing}`"))
            .with_help("`dateline theme list` lists them"));
    }
    let wanted = all.into_iter().filter(|(path, _)| only.is_empty() || only.contains(path));
    let files: Vec<_> = wanted.map(|(path, bytes)| (format!("themes/{theme}/{path}"), bytes.to_vec())).collect();
    let count = put(&common.root, &files, force)?;
    report::say(&format!(
        "copied {} into themes/{theme}/; delete what you do not change, so that it keeps up with the program",
        plural(count, "file")
    ));
    Ok(Ending::Well)
}
