//! Prints: results to standard output, everything else to standard error.

use std::io::Write;

use dateline::diagnostic::{Diagnostics, Severity, draw};
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
    // Carried templates are leaked once a run, and only where one of them is at fault: drawing borrows texts.
    let text = |path: &str| match files.text(path) {
        Some(text) => Some(&**text),
        None => carried_file(path).map(|text| &*text.leak()),
    };
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
