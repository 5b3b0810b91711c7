//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a change.
//!
//! The form is that of GitHub's documentation of workflow commands: `::error file=…,line=…,col=…,title=…::message`, with
//! `%`, line breaks, and in properties `:` and `,` percent-encoded.

use std::fmt::Write as _;

use super::lines::Known;
use super::place::{Place, Texts};
use super::visible::{unobeyed, visible_lines};
use super::{Diagnostic, Diagnostics, Severity};

/// Writes diagnostics as workflow commands, a line each. `folder` goes before each path: the site's folder in the
/// repository, empty or ending in a slash.
pub fn github(found: &Diagnostics, folder: &str, texts: Texts<'_, '_>) -> String {
    let texts = Known::new(texts);
    found.iter().map(|diagnostic| command(diagnostic, folder, &texts)).collect()
}

fn command(diagnostic: &Diagnostic, folder: &str, texts: &Known<'_, '_>) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(label) = &diagnostic.primary {
        // A name stays as it is, so that the file is found; but nobody has files that are commands.
        properties.push(("file", unobeyed(format!("{folder}{}", label.span.file).into()).into_owned()));
        if let Some(Place { start, end }) = Place::of(label, texts) {
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.to_string()));
            // Columns are read only where both stand on one line, and the last one is the last letter's own.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.saturating_sub(1).max(start.column).to_string()));
            }
        }
    }
    properties.push(("title", diagnostic.code.name().to_owned()));
    let properties: Vec<String> = properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    format!("::{name} {}::{}\n", properties.join(","), data(&visible_lines(&text(diagnostic))))
}

/// Returns all that a diagnostic says, a line for each part.
fn text(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    if let Some(label) = diagnostic.primary.as_ref().filter(|label| !label.text.is_empty()) {
        write!(text, "\n{}", label.text).expect("a text takes it");
    }
    if let Some(help) = &diagnostic.help {
        write!(text, "\nhelp: {help}").expect("a text takes it");
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn what_would_end_a_command_is_encoded() {
        let file: Arc<str> = "content/a, b: 100%.md".into();
        let mut found = Diagnostics::default();
        let diagnostic = Diagnostic::new(Code::UnknownClaim, "no\nclaim: 5%, none")
            .at(Span::new(&file, 2..4), "here")
            .help("write `x`");
        found.push(diagnostic);
        assert_eq!(
            github(&found, "site/", &|_| Some("äxyz\n")),
            "::error file=site/content/a%2C b%3A 100%25.md,line=1,endLine=1,col=2,endColumn=3,title=unknown-claim\
             ::no%0Aclaim: 5%25, none%0Ahere%0Ahelp: write `x`\n"
        );
    }

    #[test]
    fn what_has_no_place_is_said_without_one() {
        let mut found = Diagnostics::default();
        found.push(Diagnostic::new(Code::MissingFile, "there is no file"));
        assert_eq!(github(&found, "", &|_| None), "::error title=missing-file::there is no file\n");
    }
}
