//! Opens a place in an editor: by a command of the user's own, or by a link that VS Code answers to.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;

use super::{Place, address};

/// How places are opened.
pub(super) struct Editor {
    root: PathBuf,
    /// The words of the command, with `{file}`, `{line}` and `{column}` still in them.
    words: Option<Vec<String>>,
}

impl Editor {
    /// Reads a command as `code --goto {file}:{line}:{column}`. No shell is asked: blanks part words, quotes keep them.
    ///
    /// # Errors
    ///
    /// Where the command is empty, or a quote is not closed.
    pub(super) fn new(command: Option<&str>, root: &Path) -> Result<Self, Error> {
        let words = command.map(|command| {
            words(command).ok_or_else(|| {
                Error::refused(format!("the editor's command cannot be read: `{command}`"))
                    .with_help("write a command such as `code --goto {file}:{line}:{column}` into DATELINE_EDITOR")
            })
        });
        Ok(Self { root: root.to_owned(), words: words.transpose()? })
    }

    /// Returns an address that opens a place without the server; `None` where there is a command for it.
    pub(super) fn link(&self, place: &Place) -> Option<String> {
        if self.words.is_some() {
            return None;
        }
        let path = self.path(place).replace('\\', "/");
        let path = path.trim_start_matches('/');
        Some(format!("vscode://file/{}:{}:{}", address::encode(path).replacen("%3A", ":", 1), place.line, place.column))
    }

    /// Starts the command for a place, and does not wait for it.
    ///
    /// # Errors
    ///
    /// Where there is no command, or it cannot be started.
    pub(super) fn open(&self, place: &Place) -> Result<(), Error> {
        let words = self.command(place);
        let Some((program, arguments)) = words.split_first() else {
            return Err(Error::refused("no editor is set; set DATELINE_EDITOR"));
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let failed = |cause: io::Error| Error::io("start the editor", Path::new(program), cause);
        let mut started = command.spawn().map_err(failed)?;
        // Somebody must take leave of a program that has ended.
        std::thread::spawn(move || started.wait());
        Ok(())
    }

    fn command(&self, place: &Place) -> Vec<String> {
        let Some(words) = &self.words else { return Vec::new() };
        let file = self.path(place);
        let mut command: Vec<String> = words.iter().map(|word| filled(word, &file, place)).collect();
        if !words.iter().any(|word| word.contains("{file}")) {
            command.push(file);
        }
        command
    }

    fn path(&self, place: &Place) -> String {
        place.file.split('/').fold(self.root.clone(), |path, part| path.join(part)).to_string_lossy().into_owned()
    }
}

/// Fills a word of the command. The file comes last, so that braces in its name stay.
fn filled(word: &str, file: &str, place: &Place) -> String {
    let word = word.replace("{line}", &place.line.to_string()).replace("{column}", &place.column.to_string());
    word.replace("{file}", file)
}

/// Parts a command into words; `None` where there is none, or a quote is left open.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (quote.is_none() && !words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(command: Option<&str>) -> Editor {
        Editor::new(command, Path::new("/the site")).expect("the command can be read")
    }

    fn place() -> Place {
        Place { file: "content/größe {line} #1.md".to_owned(), line: 12, column: 3 }
    }

    #[test]
    fn a_command_is_filled_word_by_word_and_no_shell_sees_it() {
        let command = |text| editor(Some(text)).command(&place());
        let file = "/the site/content/größe {line} #1.md";
        assert_eq!(command("code --goto {file}:{line}:{column}"), ["code", "--goto", &format!("{file}:12:3")]);
        assert_eq!(command("'my editor' +{line} \"\""), ["my editor", "+12", "", file]);
        assert_eq!(command("a;b $(c) {file}"), ["a;b", "$(c)", file]);
    }

    #[test]
    fn without_a_command_a_link_is_made() {
        let link = "vscode://file/the%20site/content/gr%C3%B6%C3%9Fe%20%7Bline%7D%20%231.md:12:3";
        assert_eq!(editor(None).link(&place()).as_deref(), Some(link));
        assert_eq!(editor(Some("vi")).link(&place()), None);
        assert!(editor(None).open(&place()).is_err());
    }

    #[test]
    fn a_command_that_cannot_be_read_is_refused_at_once() {
        for command in ["", "  ", "code 'a"] {
            assert!(Editor::new(Some(command), Path::new("/")).is_err(), "`{command}`");
        }
    }
}
