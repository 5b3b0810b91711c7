//! BibTeX to entries, around what cannot be read: an entry that is wrong is told and blanked out, the rest is read.
//!
//! The crate follows what entries draw on without looking back; [`bounds`] and [`draws`] look before it does.

use std::collections::BTreeSet;
use std::ops::Range;

use biblatex::{Bibliography, ParseError, ParseErrorKind, RawBibliography};

use crate::diagnostic::{Diagnostic, floor};
use crate::import::{Input, bad};

use super::{bounds, draws};

/// How many faults are read around.
const MOST: usize = 100;

/// Reads all entries that can be read.
pub(super) fn entries(input: &Input<'_>, told: &mut Vec<Diagnostic>) -> Bibliography {
    let mut text = input.text.to_owned();
    let segments = segments(&text);
    if RawBibliography::parse(&text).is_err() {
        for segment in &segments {
            if let Err(mut error) = RawBibliography::parse(&text[segment.clone()]) {
                error.span = error.span.start + segment.start..error.span.end + segment.start;
                told.push(fault(input, segment, &error));
                blank(&mut text, segment);
            }
        }
    }
    let Ok(mut raw) = RawBibliography::parse(&text) else { return Bibliography::new() };
    bounds::keep(input, &mut raw, told);
    for _ in 0..MOST {
        match resolved(input, &raw, &segments) {
            Ok(entries) => return entries,
            Err(faults) => {
                let places = faults.iter().map(|(at, _)| *at).collect();
                take_out(&mut raw, &places);
                told.extend(faults.into_iter().map(|(_, fault)| fault));
            }
        }
    }
    Bibliography::new()
}

/// Resolves all that entries draw on, or tells which of them cannot be read, and where.
fn resolved(
    input: &Input<'_>,
    raw: &RawBibliography<'_>,
    segments: &[Range<usize>],
) -> Result<Bibliography, Vec<(usize, Diagnostic)>> {
    let told = |error: ParseError| {
        let segment = within(segments, error.span.start);
        vec![(error.span.start, fault(input, &segment, &error))]
    };
    let alone = Bibliography::from_raw(draws::alone(raw)).map_err(told)?;
    let tangled = draws::tangled(input, raw, &alone);
    if tangled.is_empty() { Bibliography::from_raw(raw.clone()).map_err(told) } else { Err(tangled) }
}

/// Takes out the entries and the `@string`s that some places lie in.
fn take_out(raw: &mut RawBibliography<'_>, places: &BTreeSet<usize>) {
    let is_told = |range: Range<usize>| places.range(range.start..=range.end).next().is_some();
    raw.entries.retain(|entry| !is_told(entry.span.clone()));
    raw.abbreviations.retain(|pair| !is_told(pair.key.span.start..pair.value.span.end));
}

/// Returns the stretches that begin with `@` at the start of a line.
fn segments(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('@') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn within(segments: &[Range<usize>], at: usize) -> Range<usize> {
    segments.iter().rfind(|segment| segment.start <= at).cloned().unwrap_or(0..0)
}

fn blank(text: &mut String, range: &Range<usize>) {
    let blanks = " ".repeat(range.len());
    text.replace_range(range.clone(), &blanks);
}

fn fault(input: &Input<'_>, segment: &Range<usize>, error: &ParseError) -> Diagnostic {
    let first = input.text[segment.clone()].lines().next().unwrap_or_default().trim();
    let name: String = first.chars().take(60).collect();
    let inside = segment.contains(&error.span.start) && !input.text[error.span.start..].trim().is_empty();
    let start = if inside { error.span.start } else { segment.start };
    let start = floor(input.text, start);
    let line = input.text[start..].lines().next().unwrap_or_default();
    let end = start + line.chars().next().map_or(0, char::len_utf8);
    let words = match &error.kind {
        ParseErrorKind::UnexpectedEof => "a brace or a quote is opened and not closed".to_owned(),
        ParseErrorKind::DuplicateKey(key) => format!("the key `{key}` stands twice; the first counts"),
        ParseErrorKind::UnknownAbbreviation(word) => format!("`{word}` is not in braces or quotes, and no `@string`"),
        kind => kind.to_string(),
    };
    bad(format!("the entry `{name}` cannot be read"))
        .at(input.span(start..end), words)
        .help("mend it here and import again: what is there already stays")
}
