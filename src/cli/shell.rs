//! What a shell wants of the program: completions, and the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use dateline::error::Error;

use super::{Cli, Ending};

#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn completions(args: &Completions) -> Result<Ending, Error> {
    clap_complete::generate(args.shell, &mut Cli::command(), "dateline", &mut std::io::stdout());
    Ok(Ending::Well)
}

pub(super) fn man() -> Result<Ending, Error> {
    let page = clap_mangen::Man::new(Cli::command());
    page.render(&mut std::io::stdout())
        .map_err(|cause| Error::io("write", std::path::Path::new("standard output"), cause))?;
    Ok(Ending::Well)
}
