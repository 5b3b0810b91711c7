//! Social cards: what stands on them, and what pages say of them.

use std::collections::BTreeMap;

use crate::model::{Kind, Page};

use super::types::{CardLink, CardView, PageMeta};
use super::{Place, Views};

impl Views<'_> {
    /// Makes what `card.svg` gets as `card`; `page` is `None` for a page that the program makes.
    pub fn card(&self, page: Option<&Page>, place: &Place, variables: &BTreeMap<String, String>) -> CardView {
        let event = page.filter(|page| page.kind == Kind::Event);
        let colours = variables.iter().filter_map(|(name, value)| Some((name.clone(), light(value)?.to_owned())));
        CardView {
            date: event.and_then(|page| page.date.as_ref()).map(|date| self.date(&date.value).text),
            claim: event.and_then(|page| self.lead(page, place)),
            colours: colours.collect(),
        }
    }

    /// Says in words what a card shows.
    pub fn card_alt(&self, meta: &PageMeta, card: &CardView) -> String {
        let figure = card.claim.as_ref().and_then(|claim| {
            let figure = claim.figure.as_ref()?;
            Some(if claim.said_by.is_empty() {
                figure.text.clone()
            } else {
                format!("{}, {}", figure.text, claim.said_by)
            })
        });
        [Some(meta.title.clone()), card.date.clone(), figure].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Lets pages say where their cards are: cards by the path of the page.
    pub fn show_cards(&mut self, cards: BTreeMap<String, CardLink>) {
        self.cards = cards;
    }
}

/// Returns the colour of light screens, where it is one that drawings understand: a name, `#a3231a`, `rgb(…)`, `hsl(…)`.
fn light(value: &str) -> Option<&str> {
    let value = value.trim();
    let both = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
    let colour = both.map_or(value, |both| {
        let mut depth = 0;
        let end = both.find(|letter| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            letter == ',' && depth == 0
        });
        both[..end.unwrap_or(both.len())].trim()
    });
    let hex = colour
        .strip_prefix('#')
        .is_some_and(|hex| matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let name = !colour.is_empty() && colour.bytes().all(|byte| byte.is_ascii_alphabetic());
    let function = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|start| colour.starts_with(start));
    (hex || name || function).then_some(colour)
}

#[cfg(test)]
mod tests {
    use super::light;

    #[test]
    fn the_light_colour_of_two_is_taken_and_only_what_drawings_understand() {
        assert_eq!(light("light-dark(#a3231a, #ff8b78)"), Some("#a3231a"));
        assert_eq!(light("light-dark(rgb(1, 2, 3), black)"), Some("rgb(1, 2, 3)"));
        assert_eq!(light("navy"), Some("navy"));
        for value in ["oklch(40% 0.1 20)", "light-dark(color-mix(in oklab, red, blue), red)", "38rem", "#12345", ""] {
            assert_eq!(light(value), None, "{value}");
        }
    }
}
