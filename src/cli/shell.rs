//! What a shell wants of the program: completions, and the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use dateline::error::Error;

use super::{Cli, Ending, report};

#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn completions(args: &Completions) -> Result<Ending, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dateline", &mut script);
    report::results(&script);
    Ok(Ending::Well)
}

pub(super) fn man() -> Result<Ending, Error> {
    let page = clap_mangen::Man::new(Cli::command());
    let mut roff = Vec::new();
    page.render(&mut roff).expect("memory takes every text");
    report::results(&roff);
    Ok(Ending::Well)
}
