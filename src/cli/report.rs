//! Prints: results to standard output, everything else to standard error.
//!
//! Whatever is printed as a text is made visible here, so that no terminal and no CI obeys a word of the content or the name of
//! a file: what is passed to [`say`], [`tell`], [`note`], [`remark`] and [`error`] may hold any. A name that stands among
//! others is made `visible` where it is put there, so that it stays on its line. What is drawn is visible already, and texts for
//! programs go out as they are.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

#[cfg(feature = "serve")]
use dateline::diagnostic::{Diagnostic, Lines, Span, Style};
use dateline::diagnostic::{Diagnostics, Severity, draw_all, github, json, sarif, visible_lines};
use dateline::error::Error;
use dateline::file::Files;
#[cfg(feature = "serve")]
use dateline::serve::{Mistake, Place};
use dateline::theme::carried_file;

use super::Common;

/// Prints a line of results, or several.
pub(super) fn say(text: &str) {
    results(format!("{}\n", visible_lines(text)).as_bytes());
}

/// Prints results. Nobody may want the rest: a closed pipe ends the printing, not the program. But where they cannot be
/// written, as on a full disk, the program must not end as if they were.
pub(super) fn results(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            error(&Error::io("write to", Path::new("standard output"), cause));
            std::process::exit(2);
        }
        _ => {}
    }
}

/// Prints a failure of the world.
pub(super) fn error(error: &Error) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: {}", visible_lines(&error.to_string()));
    if let Some(help) = error.help() {
        let _ = writeln!(err, "help: {}", visible_lines(help));
    }
}

/// Prints what was found, each drawn with its line, and how much it is.
pub(super) fn diagnostics(found: &Diagnostics, files: &Files, common: &Common) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(drawn(found, files, common).as_bytes());
    let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
    if errors + warnings > 0 {
        // Of what stops the build, where something does.
        let gravest = if errors > 0 { Severity::Error } else { Severity::Warning };
        let first = found.iter().find(|d| d.severity == gravest).map(|d| d.code.name()).unwrap_or_default();
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
    let texts = Texts::of(found, files);
    let text = |path: &str| texts.get(path);
    let told = match form {
        Machine::Json => json(found, &text) + "\n",
        Machine::Github => github(found, folder, &text),
        Machine::Sarif => sarif(found, folder, &text) + "\n",
    };
    results(told.as_bytes());
}

/// Draws what was found, each with an empty line after it.
pub(super) fn drawn(found: &Diagnostics, files: &Files, common: &Common) -> String {
    let (style, texts) = (common.style(), Texts::of(found, files));
    let wanted = found.iter().filter(|diagnostic| !(common.quiet && diagnostic.severity == Severity::Note));
    draw_all(wanted, style, &|path| texts.get(path)).map(|drawn| drawn + "\n\n").collect()
}

/// Draws what was found for a browser, in colours.
#[cfg(feature = "serve")]
pub(super) fn mistakes(found: &Diagnostics, files: &Files) -> Vec<Mistake> {
    let texts = Texts::of(found, files);
    let mut lines = BTreeMap::new();
    // A file that the program carries cannot be opened in an editor.
    let mut place = |span: &Span| {
        let text = files.text(&span.file)?;
        let lines = lines.entry(span.file.to_string()).or_insert_with(|| Lines::new(text));
        let (line, column) = lines.position(span.start);
        Some(Place { file: span.file.to_string(), line, column })
    };
    let mut mistake = |(diagnostic, drawn): (&Diagnostic, String)| Mistake {
        severity: diagnostic.severity,
        code: diagnostic.code.name(),
        message: diagnostic.message.clone(),
        drawn,
        place: diagnostic.primary.as_ref().and_then(|label| place(&label.span)),
    };
    let text = |path: &str| texts.get(path);
    found.iter().zip(draw_all(found.iter(), Style::Color, &text)).map(&mut mistake).collect()
}

/// The texts that messages point into: of the site, and of carried themes.
struct Texts<'f> {
    files: &'f Files,
    carried: BTreeMap<String, String>,
}

impl<'f> Texts<'f> {
    fn of(found: &Diagnostics, files: &'f Files) -> Self {
        let labels = found.iter().flat_map(|diagnostic| diagnostic.primary.iter().chain(&diagnostic.secondary));
        let missing = labels.map(|label| label.span.file.to_string()).filter(|file| files.text(file).is_none());
        Self { files, carried: missing.filter_map(|file| Some((file.clone(), carried_file(&file)?))).collect() }
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.files.text(path).map(|text| &**text).or_else(|| self.carried.get(path).map(String::as_str))
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

/// Prints what came of a command, unless only what is wrong is asked for.
pub(super) fn tell(common: &Common, text: &str) {
    if !common.quiet {
        say(text);
    }
}

/// Prints a remark, unless only what is wrong is asked for.
pub(super) fn note(common: &Common, text: &str) {
    if !common.quiet {
        remark(text);
    }
}

/// Prints to the error stream, whatever was asked for.
pub(super) fn remark(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", visible_lines(text));
}

/// Prints what was found in a file that is no part of the site.
pub(super) fn found_in(text: &str, found: &Diagnostics, common: &Common) {
    let mut err = std::io::stderr().lock();
    for drawn in draw_all(found.iter(), common.style(), &|_| Some(text)) {
        let _ = writeln!(err, "{drawn}\n");
    }
}
