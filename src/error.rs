//! Failures of the world: a disk, a port, a folder that must not be touched.
//!
//! A mistake in the content is never an [`Error`]; it is a [`Diagnostic`](crate::diagnostic::Diagnostic),
//! because mistakes are collected and failures stop the run.

use std::fmt;
use std::io;
use std::path::Path;

use crate::diagnostic::without_secrets;

/// A failure that stops the run; the program then exits with 2.
///
/// It names the act and the path (`cannot read content/site.yaml: permission denied`),
/// and where there is a way out, `help` tells it. Passwords in addresses are taken out of both.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: Option<String>,
    cause: Option<io::Error>,
}

impl Error {
    /// Tells that an act on a path failed: `Error::io("read", path, cause)`.
    pub fn io(act: &str, path: &Path, cause: io::Error) -> Self {
        let message = without_secrets(format!("cannot {act} `{}`", path.display()));
        Self { message, help: None, cause: Some(cause) }
    }

    /// Tells that the program refuses to do something, in a whole message.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { message: without_secrets(message.into()), help: None, cause: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(without_secrets(help.into()));
        self
    }

    /// Returns the way out, where there is one.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.cause {
            Some(cause) => write!(f, ": {}", plain(cause)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}

/// Words an I/O failure without the `(os error 13)` that tells an editor nothing.
fn plain(cause: &io::Error) -> String {
    let text = cause.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().collect::<String>() + letters.as_str(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_act_and_the_path() {
        let cause = io::Error::from_raw_os_error(13);
        let error = Error::io("read", Path::new("content/site.yaml"), cause);
        assert_eq!(error.to_string(), "cannot read `content/site.yaml`: permission denied");
    }
}
