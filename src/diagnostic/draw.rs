//! Draws diagnostics as people read them: title, place, the line with its label, the way out.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::lines::{Known, Lines, floor};
use super::place::Texts;
use super::secret::{self, blotted};
use super::visible::unobeyed;
use super::{Diagnostic, Label, Severity, visible};

/// How much of a long line is shown on both sides of what is pointed at, in bytes.
const AROUND: usize = 60;
/// The length of a line from which it is cut: people type paragraphs in one line.
const LONG: usize = 140;

/// How far apart two labels may lie, in bytes, of which all lines between them are given to the renderer, that leaves most of
/// them out.
const FAR: usize = 20_000;

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Letters only, for files and pipes.
    Plain,
    /// With the terminal's colours.
    Color,
}

/// Draws one diagnostic. `text` gives the text of a file by its path; without one, the place is named and not shown.
pub fn draw(diagnostic: &Diagnostic, style: Style, text: Texts<'_, '_>) -> String {
    drawn(diagnostic, style, &Known::new(text))
}

/// Draws several, one after the other. What each text needs is found once.
pub fn draw_all<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    style: Style,
    text: Texts<'a, 'a>,
) -> impl Iterator<Item = String> {
    let texts = Known::new(text);
    diagnostics.into_iter().map(move |diagnostic| drawn(diagnostic, style, &texts))
}

fn drawn(diagnostic: &Diagnostic, style: Style, texts: &Known<'_, '_>) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    // A line of its own for what the content says would be a command to a CI, however far in it stands.
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    let mut cuts = Vec::new();
    let first = diagnostic.primary.iter().map(|label| (label, AnnotationKind::Primary));
    let others = diagnostic.secondary.iter().map(|label| (label, AnnotationKind::Context));
    for (file, labels) in by_file(first.chain(others)) {
        group = match texts.get(file) {
            Some(lines) => group.elements(snippets(file, &lines, &labels, &mut cuts)),
            None => group.element(Origin::path(visible(file).into_owned())),
        };
    }
    let mut groups = vec![group];
    if let Some(help) = &diagnostic.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(visible(help))));
    }
    let drawn = renderer.decor_style(DecorStyle::Ascii).render(&groups);
    let drawn = cuts.into_iter().fold(drawn, |drawn, cut| drawn.replacen(&cut.shown, &cut.meant, 1));
    // The renderer shows the control characters of ASCII in a line of a file by their pictures, and passes these on.
    let drawn = drawn.replace(|letter| matches!(letter, '\u{80}'..='\u{9f}'), "\u{fffd}");
    // It is done at the end, where no place counts bytes of the line any more.
    unobeyed(drawn.into()).into_owned()
}

type Labels<'a> = Vec<(&'a Label, AnnotationKind)>;

/// Puts labels of one file together, in the order in which the files come first.
fn by_file<'a>(labels: impl Iterator<Item = (&'a Label, AnnotationKind)>) -> Vec<(&'a str, Labels<'a>)> {
    let mut files: Vec<(&str, Labels<'_>)> = Vec::new();
    for (label, kind) in labels {
        let file = &*label.span.file;
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, labels)) => labels.push((label, kind)),
            None => files.push((file, vec![(label, kind)])),
        }
    }
    files
}

/// Shows the lines that labels of one file stand on: together, or each by itself where a line is long.
fn snippets<'a>(file: &'a str, lines: &Lines<'a>, labels: &Labels<'a>, cuts: &mut Vec<Cut>) -> Vec<Shown<'a>> {
    let text = lines.text();
    let places: Vec<Range<usize>> = labels.iter().map(|(label, _)| inside(text, label)).collect();
    let first = places.iter().map(|place| place.start).min().unwrap_or(0);
    let last = places.iter().map(|place| place.end).max().unwrap_or(0);
    if last - first > FAR || places.iter().any(|place| lines.around(place).len() > LONG) {
        return labels
            .iter()
            .zip(&places)
            .map(|(label, place)| part_of_line(file, lines, label, place, cuts))
            .collect();
    }
    // The rest of the file is cut off first, so that a large file costs nothing.
    let shown = lines.around(&(first..last));
    let snippet =
        Snippet::source(blotted(&text[shown.clone()])).line_start(lines.line(shown.start)).path(visible(file));
    let labels = labels.iter().zip(places);
    let annotations = labels
        .map(|((label, kind), place)| annotation(label, kind, place.start - shown.start..place.end - shown.start));
    vec![snippet.annotations(annotations)]
}

/// Shows what stands around a label on a long line.
fn part_of_line<'a>(
    file: &'a str,
    lines: &Lines<'a>,
    (label, kind): &(&'a Label, AnnotationKind),
    place: &Range<usize>,
    cuts: &mut Vec<Cut>,
) -> Shown<'a> {
    let (text, whole) = (lines.text(), lines.around(place));
    let from = floor(text, place.start.saturating_sub(AROUND)).max(whole.start);
    let to = floor(text, place.end + AROUND).min(whole.end);
    let (before, after) = (if from > whole.start { "…" } else { "" }, if to < whole.end { "…" } else { "" });
    // A password is recognised by what stands before it and after it, which may lie beyond what is shown.
    let known = floor(text, from.saturating_sub(secret::LONGEST)).max(whole.start);
    let clean = blotted(&text[known..floor(text, to + secret::LONGEST).min(whole.end)]);
    let part = &clean[from - known..to - known];
    let (line, column) = lines.position(place.start);
    let moved = |at: usize| at - from + before.len();
    let shown = before.chars().count() + part[..place.start - from].chars().count() + 1;
    let name = visible(file);
    cuts.push(Cut { shown: format!("{name}:{line}:{shown}"), meant: format!("{name}:{line}:{column}") });
    let snippet = Snippet::source(format!("{before}{part}{after}")).line_start(line).path(name);
    snippet.annotation(annotation(label, kind, moved(place.start)..moved(place.end)))
}

fn annotation<'a>(label: &'a Label, kind: &AnnotationKind, place: Range<usize>) -> annotate_snippets::Annotation<'a> {
    let annotation = kind.span(place);
    if label.text.is_empty() { annotation } else { annotation.label(visible(&label.text)) }
}

/// A place that the renderer names by the line as it was cut, and must name by the line as it is in the file.
struct Cut {
    shown: String,
    meant: String,
}

type Shown<'a> = Snippet<'a, annotate_snippets::Annotation<'a>>;

/// Returns a label's range, moved onto characters of the text and cut after its first line.
fn inside(text: &str, label: &Label) -> Range<usize> {
    let start = floor(text, label.span.start);
    let end = floor(text, label.span.end).max(start);
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}

/// Returns the line and the column of a byte of a text, both from 1, columns in Unicode scalars.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn a_message_shows_line_label_and_way_out() {
        let file: Arc<str> = "content/a.md".into();
        let text = "---\ntitle: A\n---\nIt is [x](claim:größe).\n";
        let start = text.find("claim:").expect("it is there");
        let diagnostic = Diagnostic::new(Code::UnknownClaim, "there is no claim `größe`")
            .at(Span::new(&file, start..start + 13), "no such id")
            .help("write `large`");
        let drawn = draw(&diagnostic, Style::Plain, &|_| Some(text));
        assert_eq!(
            drawn,
            "error[unknown-claim]: there is no claim `größe`\n \
             --> content/a.md:4:11\n  \
             |\n\
             4 | It is [x](claim:größe).\n  \
             |           ^^^^^^^^^^^ no such id\n  \
             |\n\
             help: write `large`"
        );
    }

    #[test]
    fn no_line_of_the_content_becomes_a_line_of_a_message() {
        let text = "a: \"b\\n ::error::c\"\n";
        let said = "`b\n ::error::c\r\t::error::d`";
        let diagnostic = Diagnostic::new(Code::BadDate, format!("{said} is no date"))
            .at(Span::new(&Arc::from("content/a.md"), 4..17), format!("{said} stands here"))
            .help(format!("delete {said}"));
        let drawn = draw(&diagnostic, Style::Plain, &|_| Some(text));
        assert_eq!(drawn.matches("`b␊ ::error::c␍␉::error::d`").count(), 3, "{drawn}");
        assert!(!drawn.lines().any(|line| line.trim_start().starts_with("::")), "{drawn}");
    }

    #[test]
    fn what_a_runner_obeys_is_broken_in_a_line_and_its_label_stays_below() {
        let text = "##[stop-commands]t ä##vso[x] [y](claim:z) ##[w]\n";
        let start = text.find("[y]").expect("it is there");
        let diagnostic = Diagnostic::new(Code::UnknownClaim, "no ##[add-mask]e")
            .at(Span::new(&Arc::from("content/##[a].md"), start..start + 3), "here ##[b]")
            .help("write ##vso[c]");
        for style in [Style::Plain, Style::Color] {
            let drawn = draw(&diagnostic, style, &|_| Some(text));
            assert!(!drawn.contains("##[") && !drawn.contains("##vso["), "{drawn}");
            assert_eq!(drawn.matches("#♯").count(), 7, "{drawn}");
        }
        let drawn = draw(&diagnostic, Style::Plain, &|_| Some(text));
        let column = |sign: &str| {
            let line = drawn.lines().find(|line| line.contains(sign)).expect("the line is there");
            line.split(sign).next().map(|before| before.chars().count())
        };
        assert_eq!(column("^^^ here"), column("[y]"), "{drawn}");
        assert!(drawn.contains("--> content/#♯[a].md:1:30\n"), "{drawn}");
    }

    #[test]
    fn a_long_line_is_cut_around_its_label() {
        let file: Arc<str> = "content/a.md".into();
        let text = format!("one\n{}[x](claim:y){}\n", "ä ".repeat(100), " b".repeat(100));
        let start = text.find("[x]").expect("it is there");
        let diagnostic = Diagnostic::new(Code::UnknownClaim, "no").at(Span::new(&file, start..start + 12), "here");
        let drawn = draw(&diagnostic, Style::Plain, &|_| Some(&text));
        assert!(drawn.contains("--> content/a.md:2:201\n"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() < 160), "{drawn}");
        assert!(drawn.contains("^^^^^^^^^^^^ here"), "{drawn}");
    }

    #[test]
    fn a_password_in_a_line_is_shown_in_no_part_of_it() {
        let file: Arc<str> = "content/a.md".into();
        let short = "to https://me:hunter2@example.org, [x](claim:y)".to_owned();
        let long = format!("{}to https://me:{}@example.org, [x](claim:y)", "ä ".repeat(100), "hunter2".repeat(30));
        for text in [short, long] {
            let start = text.find("[x]").expect("it is there");
            let diagnostic = Diagnostic::new(Code::UnknownClaim, "no").at(Span::new(&file, start..start + 12), "here");
            let drawn = draw(&diagnostic, Style::Plain, &|_| Some(&text));
            assert!(!drawn.contains("hunter2") && drawn.contains("@example.org, [x](claim:y)"), "{drawn}");
            let (line, column) = position(&text, start);
            assert!(drawn.contains(&format!("--> content/a.md:{line}:{column}\n")), "{drawn}");
            let caret = drawn.lines().find(|line| line.contains("^ here")).expect("a line of carets");
            let shown = drawn.lines().find(|line| line.contains("[x]")).expect("a line of the file");
            let before = |line: &str, sign: &str| line.split(sign).next().map(|before| before.chars().count());
            assert_eq!(before(caret, "^"), before(shown, "[x]"), "{drawn}");
        }
    }

    #[test]
    fn labels_that_lie_far_apart_are_shown_each_with_its_line() {
        let file: Arc<str> = "content/a.md".into();
        let text = format!("first\n{}last\n", "between\n".repeat(FAR / 8));
        let end = text.len() - 5;
        let diagnostic = Diagnostic::new(Code::UnknownClaim, "no")
            .at(Span::new(&file, end..end + 4), "here")
            .and(Span::new(&file, 0..5), "and there");
        let drawn = draw(&diagnostic, Style::Plain, &|_| Some(&text));
        let line = text.matches('\n').count();
        assert!(drawn.contains(&format!("--> content/a.md:{line}:1\n")), "{drawn}");
        assert!(drawn.contains("\n2502 | last\n     | ^^^^ here\n"), "{drawn}");
        assert!(drawn.contains("1 | first\n     | ----- and there"), "{drawn}");
        assert_eq!(
            draw_all([&diagnostic, &diagnostic], Style::Plain, &|_| Some(&text)).collect::<Vec<_>>(),
            [drawn.clone(), drawn]
        );
    }

    #[test]
    fn positions_count_characters_from_one() {
        assert_eq!(position("a\nößb", 2), (2, 1));
        assert_eq!(position("a\nößb", 6), (2, 3));
    }
}
