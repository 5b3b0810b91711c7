//! Paths as other systems hold them: what looks the same is one file on some. macOS does not tell letters apart that are put
//! together in different ways, and like Windows, their case; it also hands names out in pieces (`o` and two dots for `ö`).

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Returns a path with its letters composed (NFC of Unicode Standard Annex 15), as keyboards type them and as addresses on the
/// web have them (W3C, Character Model: String Matching).
pub(crate) fn composed(path: &str) -> Cow<'_, str> {
    if path.is_ascii() || is_nfc(path) { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) }
}

/// Returns a path with its letters in pieces (NFD), where that makes a difference.
pub(crate) fn in_pieces(path: &str) -> Option<String> {
    (!path.is_ascii()).then(|| path.nfd().collect::<String>()).filter(|pieces| pieces != path)
}

/// Returns the same for all paths that some system holds for one. Letters are folded one by one, as file systems do it (simple
/// case folding, The Unicode Standard, 5.18): `ς` is `σ`, `ß` is not `ss`, and the Turkish `ı` is a letter of its own.
pub(crate) fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfd().map(|letter| lower(upper(letter))).nfd().collect()
}

fn upper(letter: char) -> char {
    single(letter.to_uppercase()).filter(|_| letter != 'ı').unwrap_or(letter)
}

fn lower(letter: char) -> char {
    single(letter.to_lowercase()).unwrap_or(letter)
}

fn single(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::{composed, folded, in_pieces};

    #[test]
    fn letters_are_composed_and_taken_to_pieces() {
        for (whole, pieces) in
            [("a/größe.md", "a/gro\u{308}ße.md"), ("북", "\u{1107}\u{116e}\u{11a8}"), ("Ǻ", "A\u{30a}\u{301}")]
        {
            assert_eq!(composed(pieces), whole);
            assert_eq!(composed(whole), whole);
            assert_eq!(in_pieces(whole).as_deref(), Some(pieces));
            assert_eq!(in_pieces(pieces), None);
        }
        for path in ["a/b.md", "عربي.md", "日本.md", "ß"] {
            assert_eq!(composed(path), path);
            assert_eq!(in_pieces(path), None, "{path}");
        }
    }

    #[test]
    fn what_some_system_holds_for_one_file_is_folded_into_one() {
        for (one, other) in [
            ("About/A.html", "about/a.HTML"),
            ("GRÖSSE/É", "grösse/e\u{301}"),
            ("ΟΔΟΣ", "οδος"),
            ("οδοσ", "οδος"),
            ("ẞ", "ß"),
            ("İ", "i\u{307}"),
            ("Ǻ", "å\u{301}"),
            ("\u{212a}", "k"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [("straße", "strasse"), ("o", "ö"), ("i", "ı"), ("a/b", "a-b")] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }
}
