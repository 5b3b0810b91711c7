//! `check --external`, against a server of our own that plays everything the web does: it refuses, leads on and around,
//! is slow, never ends, lies, and breaks off.

mod answers;
mod command;
mod kept;
mod manners;
mod messages;
mod server;

use std::time::Duration;

use dateline::links::{Address, Cache, Heard, Options, addresses, ask};

use super::project::{Folder, Project};

/// Asks without the patience that strangers deserve.
fn hurried() -> Options {
    Options {
        allow_private: true,
        patience: Duration::from_millis(700),
        pause: Duration::ZERO,
        backoff: Duration::from_millis(1),
        ..Options::default()
    }
}

/// A site whose sources have these addresses.
fn site(urls: &[String]) -> Project {
    let source = |(at, url): (usize, &String)| format!("s{at}:\n  title: A source\n  URL: {url}\n");
    let sources: String = urls.iter().enumerate().map(source).collect();
    Project::new().file("content/sources.yaml", sources)
}

fn addresses_of(project: &Project) -> Vec<Address> {
    let built = project.build();
    let files = dateline::load::read(project.on_disk().path()).expect("it can be read").0;
    addresses(&built.site.expect("the site can be read"), &files)
}

fn ask_all(urls: &[String], options: &Options) -> Heard {
    let folder = Folder::empty();
    ask_in(&folder, urls, options, 1_000_000)
}

fn ask_in(folder: &Folder, urls: &[String], options: &Options, now: u64) -> Heard {
    let (mut cache, _) = Cache::read(folder.path());
    ask(&addresses_of(&site(urls)), &mut cache, options, &|| now, &mut |_| {})
}
