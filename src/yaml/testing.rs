//! What the tests of this room share.

use std::sync::Arc;

use super::{Node, scan};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Code, text at the primary place, message, help.
pub(super) type Told<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Scans a text that has no mistake.
pub(super) fn scanned(text: &str) -> Node {
    scanned_at(text, 0)
}

/// Scans a text that has no mistake and stands somewhere in a file.
pub(super) fn scanned_at(text: &str, base: usize) -> Node {
    let mut diagnostics = Diagnostics::default();
    let node = scan(&file(), text, base, &mut diagnostics);
    assert_eq!(diagnostics.iter().next(), None, "in {text:?}");
    node.expect("the text is not empty")
}

/// Asserts that nothing is told of a text.
pub(super) fn assert_sound(text: &str) {
    scanned(text);
}

/// Asserts what is told of a text, at whatever place in a file it stands.
pub(super) fn assert_told(text: &str, expected: &[Told<'_>]) {
    for base in [0, 7] {
        let mut diagnostics = Diagnostics::default();
        let _ = scan(&file(), text, base, &mut diagnostics);
        assert_eq!(told(text, base, &mut diagnostics), expected, "in {text:?}");
    }
}

/// Lists what was told, by place.
pub(super) fn told<'a>(text: &'a str, base: usize, diagnostics: &'a mut Diagnostics) -> Vec<Told<'a>> {
    diagnostics.sort();
    diagnostics.iter().map(|diagnostic| line(text, base, diagnostic)).collect()
}

fn line<'a>(text: &'a str, base: usize, diagnostic: &'a Diagnostic) -> Told<'a> {
    let label = diagnostic.primary.as_ref().expect("every mistake has a place");
    let place = &text[label.span.start - base..label.span.end - base];
    let help = diagnostic.help.as_deref().expect("every mistake says what to do");
    (diagnostic.code.name(), place, &diagnostic.message, help)
}

pub(super) fn file() -> Arc<str> {
    Arc::from("content/page.md")
}
