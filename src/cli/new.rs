//! `dateline new site|event|page`: a start that builds without a mistake.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use dateline::error::Error;
use dateline::model::date::Date;
use dateline::scaffold::{self, Host, put};

use super::report;
use super::{Common, Ending, today};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A site in a new folder, with an event, a page, a source and a question to change
    Site {
        /// The folder
        dir: PathBuf,
        /// Also write what this host reads, so that it builds and shows the site
        #[arg(long, value_enum, value_name = "HOST", default_value_t = Hosting::None)]
        host: Hosting,
    },
    /// An event in content/timeline/
    Event {
        /// The title
        title: String,
        /// When it happened, as an EDTF date: 2019-08-05, 2019-08, 2019~, 2020/2021-06
        #[arg(long, value_name = "EDTF")]
        date: String,
    },
    /// A page in content/pages/
    Page {
        /// The title
        title: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Hosting {
    GithubPages,
    GitlabPages,
    Netlify,
    CloudflarePages,
    None,
}

impl Hosting {
    fn known(self) -> Option<Host> {
        match self {
            Self::GithubPages => Some(Host::GithubPages),
            Self::GitlabPages => Some(Host::GitlabPages),
            Self::Netlify => Some(Host::Netlify),
            Self::CloudflarePages => Some(Host::CloudflarePages),
            Self::None => None,
        }
    }
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Ending, Error> {
    let today = today(None)?;
    match &args.what {
        What::Site { dir, host } => {
            let root = common.root.join(dir);
            scaffold::must_be_new(&root)?;
            let mut files = scaffold::site(today);
            files.extend(host.known().map(Host::file));
            put(&root, &files, false)?;
            report::say(&format!(
                "made a site in {0}; now: cd {0} && dateline build, and open public/index.html",
                dir.display()
            ));
        }
        What::Event { title, date } => {
            let date = Date::parse(date).map_err(|fault| {
                let error = Error::refused(format!("`--date {date}` is not a date: {}", fault.message));
                match fault.help {
                    Some(help) => error.with_help(help),
                    None => error,
                }
            })?;
            start(common, scaffold::event(title, &date, today))?;
        }
        What::Page { title } => start(common, scaffold::page(title, today))?,
    }
    Ok(Ending::Well)
}

/// Puts a file into the site and says where it is.
fn start(common: &Common, file: (String, Vec<u8>)) -> Result<(), Error> {
    let path = file.0.clone();
    scaffold::must_be_site(&common.root)?;
    put(&common.root, &[file], false)?;
    report::say(&format!("made {path}"));
    Ok(())
}
