//! Twenty paragraphs of ordinary news prose: what is missed in them, and what is found that is none.

use super::super::find;
use super::{HOME, units};

const PROSE: &str = include_str!("../../../../tests/prose/figures.txt");

const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// A paragraph as it reads, and the figures that are marked in it.
fn unmarked(paragraph: &str) -> (String, Vec<(usize, String)>) {
    let mut text = String::new();
    let mut figures = Vec::new();
    let mut start = 0;
    for c in paragraph.chars() {
        match c {
            OPEN => start = text.len(),
            CLOSE => figures.push((start, text[start..].to_owned())),
            c => text.push(c),
        }
    }
    (text, figures)
}

#[test]
#[expect(clippy::print_stderr, reason = "the counts are what the test is asked for")]
fn ordinary_prose_has_no_missed_and_no_false_figure() {
    let names = PROSE.lines().find_map(|line| line.strip_prefix("# units: ")).expect("the file names its units");
    let names = units(&names.split(", ").collect::<Vec<_>>());
    let (mut paragraphs, mut marked) = (0, 0);
    let (mut missed, mut wrong) = (Vec::new(), Vec::new());
    for paragraph in PROSE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = unmarked(paragraph);
        let found: Vec<_> = find(&text, HOME, &names)
            .into_iter()
            .map(|found| (found.range.start, text[found.range].to_owned()))
            .collect();
        paragraphs += 1;
        marked += expected.len();
        missed.extend(expected.iter().filter(|figure| !found.contains(figure)).map(|(_, figure)| figure.clone()));
        wrong.extend(found.into_iter().filter(|figure| !expected.contains(figure)).map(|(_, figure)| figure));
    }
    let counts = format!("{paragraphs} paragraphs, {marked} figures, missed {}, false {}", missed.len(), wrong.len());
    assert!(missed.is_empty() && wrong.is_empty(), "{counts}\nmissed: {missed:#?}\nfalse: {wrong:#?}");
    assert!(paragraphs >= 20 && marked >= 80, "{counts}");
    eprintln!("{counts}");
}
