//! Anchors of headings.

use std::collections::{BTreeSet, HashMap};

/// Makes an anchor of a heading: lower case, spaces to hyphens, punctuation dropped, letters of any script kept.
///
/// The rule is the one that GitHub and its like follow, so that links also work there, but for hyphens: no two stand in a
/// row, so that themes have names for their own parts that no heading takes.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        if letter.is_alphanumeric() || letter == '_' {
            out.extend(letter.to_lowercase());
        } else if (letter.is_whitespace() || letter == '-') && !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches('-');
    if trimmed.is_empty() { "section".to_owned() } else { trimmed.to_owned() }
}

/// Whether an anchor may be that of something else on a page: a claim, an event, a question, a footnote.
fn is_taken(anchor: &str) -> bool {
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    ["claim-", "event-", "asked-", "fn-"].iter().any(|start| anchor.starts_with(start))
        || ["cite-", "ref-"].iter().any(|start| anchor.strip_prefix(start).is_some_and(numbered))
}

/// Gives each anchor of a page once: the second `counting` becomes `counting-1`.
#[derive(Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
    /// The last number that each name was given: a thousand headings of one name are not counted through anew each time.
    numbered: HashMap<String, usize>,
}

impl Slugs {
    pub(super) fn take(&mut self, text: &str) -> String {
        let base = slug(text);
        // Nothing but headings has an anchor that begins so.
        let base = if is_taken(&base) { format!("section-{base}") } else { base };
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.numbered.entry(base.clone()).or_default();
        loop {
            *number += 1;
            let candidate = format!("{base}-{number}");
            if !is_taken(&candidate) && self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Slugs, slug};

    #[test]
    fn a_slug_keeps_letters_of_any_script() {
        assert_eq!(slug("How it was counted"), "how-it-was-counted");
        assert_eq!(slug("Größe & Maß: $2bn?"), "größe-maß-2bn");
        assert_eq!(slug("북한의 부인"), "북한의-부인");
        assert_eq!(slug("?!"), "section");
        assert_eq!(slug("Dateline--search -- \u{2013} - main"), "dateline-search-main");
    }

    #[test]
    fn the_second_of_a_name_is_numbered() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.take("A"), "a");
        assert_eq!(slugs.take("A"), "a-1");
        assert_eq!(slugs.take("A 1"), "a-1-1");
    }

    #[test]
    fn an_anchor_of_something_else_is_left_to_it() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.take("Claim total"), "section-claim-total");
        assert_eq!(slugs.take("Claim total"), "section-claim-total-1");
        assert_eq!(slugs.take("Main"), "main");
        assert_eq!(slugs.take("Claims"), "claims");
        assert_eq!(slugs.take("Cite"), "cite");
        assert_eq!(slugs.take("Cite 1"), "section-cite-1");
        assert_eq!(slugs.take("Ref"), "ref");
    }
}
