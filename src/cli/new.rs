//! `dateline new site|event|page|source`: a start. What is not named is asked for, where somebody sits at a terminal.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use dateline::error::Error;
use dateline::scaffold::{self, Host, put};
use dateline::schema;

use super::ask::Person;
use super::{Common, Ending, new_event, new_source, report, today};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// A site in a new folder, with two events, a page, sources and a question to change
    Site {
        /// The folder
        dir: Option<PathBuf>,
        /// Also write what this host reads, so that it builds and shows the site
        #[arg(long, value_enum, value_name = "HOST", default_value_t = Hosting::None)]
        host: Hosting,
    },
    /// An event in content/timeline/
    Event(new_event::Args),
    /// A page in content/pages/
    Page {
        /// The title
        title: Option<String>,
    },
    /// A source in content/sources.yaml, behind those that are there
    Source(new_source::Args),
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
    let person = Person::at_terminal(common);
    let person = person.as_ref();
    match &args.what {
        Some(What::Site { dir, host }) => site(common, dir.clone(), *host, person)?,
        Some(What::Event(args)) => new_event::run(common, args, person)?,
        Some(What::Page { title }) => page(common, title.clone(), person)?,
        Some(What::Source(args)) => new_source::run(common, args, person)?,
        None => choose(common, person)?,
    }
    Ok(Ending::Well)
}

/// Asks what is to be made.
fn choose(common: &Common, person: Option<&Person>) -> Result<(), Error> {
    let Some(person) = person else {
        return Err(Error::refused("`dateline new` needs to know what: `site`, `event`, `page` or `source`")
            .with_help("for example `dateline new event \"The tower opens\" --date 1889-05-06`"));
    };
    if scaffold::must_be_site(&common.root).is_err() {
        report::note(common, "There is no site here yet, so this starts one.");
        return site(common, None, Hosting::None, Some(person));
    }
    let kinds = ["an event, on the timeline", "a page, that explains something", "a source, to cite"];
    match person.one("What do you want to start?", &kinds)? {
        0 => new_event::run(common, &new_event::Args::default(), Some(person)),
        1 => page(common, None, Some(person)),
        _ => new_source::run(common, &new_source::Args::default(), Some(person)),
    }
}

fn site(common: &Common, dir: Option<PathBuf>, host: Hosting, person: Option<&Person>) -> Result<(), Error> {
    let dir = match (dir, person) {
        (Some(dir), _) => dir,
        (None, Some(person)) => {
            PathBuf::from(person.text("Name of the new folder", |text| said(text, "name a folder"))?)
        }
        (None, None) => {
            return Err(Error::refused("a site needs a folder").with_help("write `dateline new site DIR`"));
        }
    };
    let root = common.root.join(&dir);
    scaffold::must_be_new(&root)?;
    let mut files = scaffold::site(today(None)?);
    files.extend(host.known().map(Host::file));
    files.extend(
        schema::files().into_iter().map(|(name, text)| (format!("{}/{name}", schema::FOLDER), text.into_bytes())),
    );
    put(&root, &files, false)?;
    let next =
        if cfg!(feature = "serve") { "dateline serve --open" } else { "dateline build, and open public/index.html" };
    report::tell(common, &format!("made a site in {0}; now: cd {0} && {next}", dir.display()));
    Ok(())
}

fn page(common: &Common, title: Option<String>, person: Option<&Person>) -> Result<(), Error> {
    scaffold::must_be_site(&common.root)?;
    let title = title_or_ask(title, person, "dateline new page \"TITLE\"")?;
    let file = scaffold::page(&title, today(None)?);
    let path = file.0.clone();
    put(&common.root, &[file], false)?;
    report::tell(
        common,
        &format!("made {path}; write its summary and text, and link to it from `navigation` in content/site.yaml"),
    );
    Ok(())
}

/// Returns the title that was given, or asks for it.
pub(super) fn title_or_ask(title: Option<String>, person: Option<&Person>, usage: &str) -> Result<String, Error> {
    match (title, person) {
        (Some(title), _) if !title.trim().is_empty() => Ok(title.trim().to_owned()),
        (_, Some(person)) => person.text("Title", |text| said(text, "write a title")),
        _ => Err(Error::refused("it needs a title").with_help(format!("write `{usage}`"))),
    }
}

/// Takes any text but none.
pub(super) fn said(text: &str, wish: &str) -> Result<(), String> {
    if text.is_empty() { Err(wish.to_owned()) } else { Ok(()) }
}
