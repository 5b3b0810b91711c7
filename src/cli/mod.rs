//! The command line: one thin file per command. The only room that prints or reads the clock.

#![expect(clippy::disallowed_methods, reason = "the command line reads the clock and the environment")]

mod ask;
mod build;
mod check;
mod explain;
mod export;
mod import;
mod new;
mod new_event;
mod new_source;
mod outside;
mod publish;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod shell;
mod theme;
mod threads;
mod verify;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use dateline::diagnostic::Style;
use dateline::error::Error;
use dateline::model::date::FullDate;

/// Static sites of explainers that can be checked: every figure leads to who said it, how surely, and where.
#[derive(Parser)]
#[command(name = "dateline", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 all is well, 1 mistakes in the content, 2 anything else.")]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args, Clone)]
struct Common {
    /// The folder of the site: the one that holds `content/`
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Say only what is wrong
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(long, short, global = true)]
    verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site: content/ to public/
    Build(build::Args),
    /// Show the site in a browser, and keep up with what you write
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Hold the site against every rule, without writing anything
    Check(check::Args),
    /// Start a site, an event, a page or a source
    New(new::Args),
    /// Bring in a timeline of TimelineJS, or sources in CSL-JSON or BibTeX
    Import(import::Args),
    /// Put the site where its readers are: a git branch, a bucket, a folder
    Publish(publish::Args),
    /// List the theme's files, or copy them into the site to change them
    Theme(theme::Args),
    /// Make one file of the whole site, to hand on: HTML, zip or EPUB
    Export(export::Args),
    /// Hold a copy of a site against its SHA256SUMS
    Verify(verify::Args),
    /// Print the JSON Schema of a kind of file, for completion in editors
    Schema(schema::Args),
    /// Tell the long story of a message, by its code
    Explain(explain::Args),
    /// Print a completion script for a shell
    Completions(shell::Completions),
    /// Print the manual page, in roff
    #[command(hide = true)]
    Man,
}

/// How a command ended, where nothing in the world failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Well,
    Mistakes,
}

impl Common {
    /// Returns how to draw messages on the error stream.
    fn style(&self) -> Style {
        let color = match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        if color { Style::Color } else { Style::Plain }
    }
}

/// Reads the command line and runs the command.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = threads::bound().and_then(|()| run(&cli));
    match ended {
        Ok(Ending::Well) => ExitCode::SUCCESS,
        Ok(Ending::Mistakes) => ExitCode::from(1),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Ending, Error> {
    match &cli.command {
        Command::Build(args) => build::run(&cli.common, args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&cli.common, args),
        Command::Check(args) => check::run(&cli.common, args),
        Command::New(args) => new::run(&cli.common, args),
        Command::Import(args) => import::run(&cli.common, args),
        Command::Publish(args) => publish::run(&cli.common, args),
        Command::Theme(args) => theme::run(&cli.common, args),
        Command::Export(args) => export::run(&cli.common, args),
        Command::Verify(args) => verify::run(&cli.common, args),
        Command::Schema(args) => schema::run(&cli.common, args),
        Command::Explain(args) => explain::run(args),
        Command::Completions(args) => shell::completions(args),
        Command::Man => shell::man(),
    }
}

/// Reads `--today`; without it, the day of the clock. It changes what is said, never what is written.
fn today(given: Option<&str>) -> Result<FullDate, Error> {
    let text = given.map_or_else(|| jiff::Zoned::now().date().to_string(), str::to_owned);
    FullDate::parse(&text).map_err(|fault| {
        let error = Error::refused(format!("`--today {text}` is not a date: {}", fault.message));
        match fault.help {
            Some(help) => error.with_help(help),
            None => error,
        }
    })
}
