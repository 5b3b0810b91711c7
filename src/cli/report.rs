//! Prints: results to standard output, everything else to standard error.

use std::io::Write;

use dateline::diagnostic::{Diagnostics, Severity, draw, github, json, sarif};
use dateline::error::Error;
use dateline::file::Files;
use dateline::theme::carried_file;

use super::Common;

/// Prints a line of results. A closed pipe ends the printing, not the program.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a failure of the world.
pub(super) fn error(error: &Error) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: {error}");
    if let Some(help) = error.help() {
        let _ = writeln!(err, "help: {help}");
    }
}

/// Prints what was found, each drawn with its line, and how much it is.
pub(super) fn diagnostics(found: &Diagnostics, files: &Files, common: &Common) {
    let style = common.style();
    let text = |path: &str| text_of(path, files);
    let mut err = std::io::stderr().lock();
    for diagnostic in found.iter() {
        if common.quiet && diagnostic.severity == Severity::Note {
            continue;
        }
        let _ = writeln!(err, "{}\n", draw(diagnostic, style, &text));
    }
    let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
    if errors + warnings > 0 {
        let first = found.iter().find(|d| d.severity != Severity::Note).map(|d| d.code.name()).unwrap_or_default();
        let more = if errors + warnings == 1 { "" } else { " about the first" };
        let _ = writeln!(err, "{}; `dateline explain {first}` tells more{more}", counted(errors, warnings));
    }
}

/// The forms for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Machine {
    Json,
    Github,
    Sarif,
}

/// Prints what was found to standard output, in a form for other programs. `folder` goes before each path where paths are
/// those of a repository.
pub(super) fn machine(found: &Diagnostics, files: &Files, form: Machine, folder: &str) {
    let text = |path: &str| text_of(path, files);
    let told = match form {
        Machine::Json => json(found, &text) + "\n",
        Machine::Github => github(found, folder, &text),
        Machine::Sarif => sarif(found, folder, &text) + "\n",
    };
    let _ = std::io::stdout().lock().write_all(told.as_bytes());
}

/// Returns the text of a file of the site, or of a template that the program carries.
fn text_of<'f>(path: &str, files: &'f Files) -> Option<&'f str> {
    match files.text(path) {
        Some(text) => Some(text),
        // Leaked once a run, and only where one of them is at fault: drawing borrows texts.
        None => carried_file(path).map(|text| &*text.leak()),
    }
}

/// Returns `2 mistakes and 1 warning`.
fn counted(errors: usize, warnings: usize) -> String {
    let errors = (errors > 0).then(|| plural(errors, "mistake"));
    let warnings = (warnings > 0).then(|| plural(warnings, "warning"));
    [errors, warnings].into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// Returns `1 page`, `2 pages`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Prints a remark, unless only what is wrong is asked for.
pub(super) fn note(common: &Common, text: &str) {
    if !common.quiet {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Prints to the error stream, whatever was asked for.
pub(super) fn remark(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
