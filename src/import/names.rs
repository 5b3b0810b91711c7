//! Names of files and ids, made of what the file calls its things: stable, unique, and possible on every system.

use std::collections::{BTreeMap, BTreeSet};

use crate::alike::folded;
use crate::markdown::slug;
use crate::model::Id;

/// The most letters of a name that is made of somebody's words.
const LONGEST: usize = 60;

/// Gives each name once, whatever the case of its letters and the pieces that they are put together from.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The number that each name was given last: of a thousand things of one name, none counts from the beginning.
    last: BTreeMap<String, usize>,
}

impl Names {
    /// Returns the name, or where it is taken already, the name with a number.
    pub(super) fn take(&mut self, name: &str) -> String {
        if self.taken.insert(folded(name)) {
            return name.to_owned();
        }
        let number = self.last.entry(folded(name)).or_insert(1);
        loop {
            *number += 1;
            let candidate = format!("{name}-{number}");
            if self.taken.insert(folded(&candidate)) {
                return candidate;
            }
        }
    }
}

/// Makes a name of a text: its slug, cut after a word where it is long. Empty where the text has no letter.
pub(super) fn name(text: &str) -> String {
    if !text.contains(char::is_alphanumeric) {
        return String::new();
    }
    let slug = slug(text);
    let short = match slug.char_indices().nth(LONGEST) {
        Some((end, _)) => slug[..end].rsplit_once('-').map_or(&slug[..end], |(words, _)| words),
        None => &slug,
    };
    let name = Id::nearest(short).to_string();
    if is_reserved(&name) { format!("{name}-1") } else { name }
}

/// Makes the name of an event's file: its year before the first words of its title, so that files stand in order. Years
/// before our era are told as such: `0044-bc-the-ides-of-march`.
pub(super) fn dated(year: i64, text: &str) -> String {
    let words = name(text).split('-').take(6).collect::<Vec<_>>().join("-");
    let year = if year > 0 { format!("{year:04}") } else { format!("{:04}-bc", 1 - year) };
    if words.is_empty() { year } else { format!("{year}-{words}") }
}

/// Names that Windows keeps for itself.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let numbered = |start: &str| stem.strip_prefix(start).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{Names, dated, name};
    use crate::model::Id;

    #[test]
    fn names_are_ids_that_every_system_can_hold() {
        for (text, made) in [
            ("Women in Computing!", "women-in-computing"),
            ("CON", "con-1"),
            ("../../etc/passwd", "etcpasswd"),
            ("북한의 부인", "북한의-부인"),
            ("İstanbul", "istanbul"),
            ("?!", ""),
        ] {
            assert_eq!(name(text), made);
            assert!(made.is_empty() || Id::parse(made).is_some(), "{made}");
        }
        assert!(name(&"long word ".repeat(40)).len() <= 60);
    }

    #[test]
    fn an_event_is_named_by_its_year_and_first_words() {
        assert_eq!(dated(2019, "One two three four five six seven"), "2019-one-two-three-four-five-six");
        assert_eq!(dated(-43, "The ides of March"), "0044-bc-the-ides-of-march");
        assert_eq!(dated(794, "?"), "0794");
    }

    #[test]
    fn a_name_is_given_once_whatever_its_case() {
        let mut names = Names::default();
        assert_eq!([names.take("a"), names.take("A"), names.take("a")], ["a", "A-2", "a-3"]);
        assert_eq!([names.take("a-4"), names.take("a"), names.take("a-4")], ["a-4", "a-5", "a-4-2"]);
    }
}
