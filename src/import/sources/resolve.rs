//! BibTeX to entries, around what cannot be read: an entry that is wrong is told and blanked out, the rest is read.
//!
//! The crate follows `crossref` and `xdata` without looking back, so circles are told here before it does.

use std::collections::BTreeMap;
use std::ops::Range;

use biblatex::{Bibliography, ParseError, ParseErrorKind, RawBibliography, RawChunk};

use crate::diagnostic::{Diagnostic, floor};
use crate::import::{Input, bad};

/// How many faults are read around.
const MOST: usize = 100;

/// How many entries one entry may draw on, directly or through others.
const TANGLED: usize = 1000;

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
    for _ in 0..MOST {
        let Ok(raw) = RawBibliography::parse(&text) else { break };
        if let Some((place, message)) = tangle(&raw) {
            let segment = within(&segments, place.start);
            told.push(
                bad(message).at(input.span(place), "it draws on itself").help("take out a `crossref` or `xdata`"),
            );
            blank(&mut text, &segment);
            continue;
        }
        match Bibliography::from_raw(raw) {
            Ok(entries) => return entries,
            Err(error) => {
                let segment = within(&segments, error.span.start);
                told.push(fault(input, &segment, &error));
                blank(&mut text, &segment);
            }
        }
    }
    Bibliography::new()
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

/// Finds an entry that draws on itself, or on more than anybody types.
fn tangle(raw: &RawBibliography<'_>) -> Option<(Range<usize>, String)> {
    let refs: BTreeMap<&str, Vec<String>> =
        raw.entries.iter().map(|entry| (entry.v.key.v, drawn_on(&entry.v))).collect();
    let mut known = BTreeMap::new();
    let tangled = raw.entries.iter().find(|entry| weight(entry.v.key.v, &refs, &mut known, 0) > TANGLED)?;
    let key = &tangled.v.key;
    Some((key.span.clone(), format!("the entry `{}` cannot be read", key.v)))
}

fn drawn_on(entry: &biblatex::RawEntry<'_>) -> Vec<String> {
    let fields = entry
        .fields
        .iter()
        .filter(|field| ["crossref", "xdata"].iter().any(|name| field.key.v.eq_ignore_ascii_case(name)));
    let texts = fields.map(|field| {
        let chunks = field.value.v.iter().map(|chunk| match &chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => *text,
        });
        chunks.collect::<String>()
    });
    let texts: Vec<String> = texts.collect();
    texts.iter().flat_map(|text| text.split(',')).map(|key| key.trim().to_owned()).collect()
}

/// Counts the entries that one draws on, each as often as it does; a circle, or a long chain, weighs more than all.
fn weight<'a>(
    key: &'a str,
    refs: &'a BTreeMap<&str, Vec<String>>,
    known: &mut BTreeMap<&'a str, usize>,
    depth: usize,
) -> usize {
    if depth > 32 {
        return TANGLED + 1;
    }
    if let Some(weight) = known.get(key) {
        return *weight;
    }
    // Until it is known it weighs too much: who comes here again has gone in a circle.
    known.insert(key, TANGLED + 1);
    let of_refs = refs.get(key).into_iter().flatten();
    let total = of_refs.fold(1_usize, |total, key| {
        if total > TANGLED { total } else { total.saturating_add(weight(key, refs, known, depth + 1)) }
    });
    known.insert(key, total);
    total
}
