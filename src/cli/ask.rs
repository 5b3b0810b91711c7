//! Questions on a terminal, for those who do not want to remember flags. Asked only where there is one.

use std::io::IsTerminal;

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Input, MultiSelect, Select};

use dateline::error::Error;

use super::{Common, When};

/// A person at a terminal.
pub(super) struct Person {
    theme: Box<dyn Theme>,
}

impl Person {
    /// Finds out whether somebody can be asked: both what is typed and what is asked go over a terminal.
    pub(super) fn at_terminal(common: &Common) -> Option<Self> {
        let there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !common.quiet;
        let plain = common.color == When::Never || std::env::var_os("NO_COLOR").is_some();
        let theme: Box<dyn Theme> = if plain { Box::new(SimpleTheme) } else { Box::new(ColorfulTheme::default()) };
        there.then_some(Self { theme })
    }

    /// Asks for a text until `check` takes it; what is wrong is said at once.
    pub(super) fn text(&self, prompt: &str, check: impl Fn(&str) -> Result<(), String>) -> Result<String, Error> {
        let asked = Input::<String>::with_theme(&*self.theme)
            .with_prompt(prompt)
            .validate_with(|text: &String| check(text.trim()))
            .interact_text();
        asked.map(|text| text.trim().to_owned()).map_err(left)
    }

    /// Asks for one of some things, and returns its place among them.
    pub(super) fn one<T: std::fmt::Display>(&self, prompt: &str, things: &[T]) -> Result<usize, Error> {
        let asked = Select::with_theme(&*self.theme).with_prompt(prompt).items(things).default(0).interact_opt();
        asked.map_err(left)?.ok_or_else(stopped)
    }

    /// Asks for any of some things, and returns their places among them.
    pub(super) fn some<T: std::fmt::Display>(&self, prompt: &str, things: &[T]) -> Result<Vec<usize>, Error> {
        if things.is_empty() {
            return Ok(Vec::new());
        }
        let prompt = format!("{prompt} (space chooses, enter goes on)");
        let asked =
            MultiSelect::with_theme(&*self.theme).with_prompt(prompt).items(things).max_length(12).interact_opt();
        asked.map_err(left)?.ok_or_else(stopped)
    }
}

fn left(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(cause) = error;
    if cause.kind() == std::io::ErrorKind::Interrupted {
        return stopped();
    }
    Error::refused(format!("the terminal does not answer: {cause}"))
        .with_help("name everything on the command line: `dateline help new`")
}

fn stopped() -> Error {
    Error::refused("stopped; nothing was written")
}
