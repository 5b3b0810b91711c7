//! The words around figures in a language other than English: hedges, scales, currencies, and how digits are grouped.
//!
//! An editor writes figures in English words, whatever the language of the site (see `model::figure`); these words are
//! what the reader gets. A theme's `i18n/LANG.yaml` has them under `figures`. A language without them shows figures as
//! they were typed.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A word in the forms that numbers want, by CLDR's names: `one`, `two`, `few`, `many`, `other`.
pub type Forms = BTreeMap<String, String>;

/// Words and patterns for figures in one language. Each pattern holds `{figure}`, each has an English default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FigureWords {
    /// At least `{figure}`.
    pub at_least: String,
    /// More than `{figure}`.
    pub more_than: String,
    /// Up to `{figure}`.
    pub up_to: String,
    /// Less than `{figure}`.
    pub less_than: String,
    /// About `{figure}`.
    pub about: String,
    /// Almost `{figure}`.
    pub almost: String,
    /// An estimated `{figure}`.
    pub estimated: String,
    /// An estimated at least `{figure}`.
    pub estimated_at_least: String,
    /// An estimated more than `{figure}`.
    pub estimated_more_than: String,
    /// An estimated up to `{figure}`.
    pub estimated_up_to: String,
    /// An estimated less than `{figure}`.
    pub estimated_less_than: String,
    /// An estimated almost `{figure}`.
    pub estimated_almost: String,
    /// From `{low}` to `{high}`.
    pub range: String,
    /// Between the whole number and its decimals.
    pub decimal: String,
    /// Between groups of three digits.
    pub group: String,
    /// How many digits a whole number must have to be grouped.
    pub group_from: usize,
    /// What follows a number of hundredths, with the space before it where there is one.
    pub percent: String,
    /// What follows a difference between percentages.
    pub percentage_points: String,
    /// `thousand`, `million`, `billion` and `trillion` in their forms.
    pub scales: BTreeMap<String, Forms>,
    /// The same, short, for the axes of pictures; what is not there stands in full.
    pub short_scales: BTreeMap<String, Forms>,
    /// The words for 10⁴, 10⁸, 10¹² and so on, in languages that count by ten thousands; they take the place of `scales`.
    pub myriads: Vec<String>,
    /// Currencies by their ISO 4217 codes; one that is not there stands as its code. `other` also follows a scale.
    pub currencies: BTreeMap<String, Forms>,
    /// Units that follow their number without a space.
    pub joined: Vec<String>,
}

impl Default for FigureWords {
    fn default() -> Self {
        let scale = |word: &str| Forms::from([("other".to_owned(), word.to_owned())]);
        let scales = ["thousand", "million", "billion", "trillion"];
        Self {
            at_least: "at least {figure}".to_owned(),
            more_than: "more than {figure}".to_owned(),
            up_to: "up to {figure}".to_owned(),
            less_than: "less than {figure}".to_owned(),
            about: "about {figure}".to_owned(),
            almost: "almost {figure}".to_owned(),
            estimated: "an estimated {figure}".to_owned(),
            estimated_at_least: "an estimated at least {figure}".to_owned(),
            estimated_more_than: "an estimated more than {figure}".to_owned(),
            estimated_up_to: "an estimated up to {figure}".to_owned(),
            estimated_less_than: "an estimated less than {figure}".to_owned(),
            estimated_almost: "an estimated almost {figure}".to_owned(),
            range: "{low}–{high}".to_owned(),
            decimal: ".".to_owned(),
            group: ",".to_owned(),
            group_from: 4,
            percent: "%".to_owned(),
            percentage_points: " percentage points".to_owned(),
            scales: scales.map(|word| (word.to_owned(), scale(word))).into(),
            short_scales: BTreeMap::new(),
            myriads: Vec::new(),
            currencies: BTreeMap::new(),
            joined: Vec::new(),
        }
    }
}

impl FigureWords {
    /// Tells which patterns lose what they are to hold, one message each; empty when all is well.
    ///
    /// A hedge without its figure would print a page without the figure, so a theme's words are checked before use.
    pub fn faults(&self) -> Vec<String> {
        let lost = self.hedges().into_iter().filter(|(_, pattern)| pattern.matches("{figure}").count() != 1);
        let mut faults: Vec<String> =
            lost.map(|(name, _)| format!("the pattern `{name}` must hold `{{figure}}` once")).collect();
        if !(self.range.contains("{low}") && self.range.contains("{high}")) {
            faults.push("the pattern `range` must hold `{low}` and `{high}`".to_owned());
        }
        let forms = [("scales", &self.scales), ("short-scales", &self.short_scales), ("currencies", &self.currencies)];
        for (map, words) in forms {
            let bare = words.iter().filter(|(_, forms)| !forms.contains_key("other"));
            faults.extend(bare.map(|(name, _)| format!("the word `{name}` in `{map}` lacks the form `other`")));
        }
        faults
    }

    fn hedges(&self) -> [(&'static str, &str); 12] {
        [
            ("at-least", &self.at_least),
            ("more-than", &self.more_than),
            ("up-to", &self.up_to),
            ("less-than", &self.less_than),
            ("about", &self.about),
            ("almost", &self.almost),
            ("estimated", &self.estimated),
            ("estimated-at-least", &self.estimated_at_least),
            ("estimated-more-than", &self.estimated_more_than),
            ("estimated-up-to", &self.estimated_up_to),
            ("estimated-less-than", &self.estimated_less_than),
            ("estimated-almost", &self.estimated_almost),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_no_faults() {
        assert_eq!(FigureWords::default().faults(), Vec::<String>::new());
    }

    #[test]
    fn a_hedge_that_loses_its_figure_is_told() {
        let words = FigureWords {
            up_to: "bis zu".to_owned(),
            range: "{low}".to_owned(),
            currencies: [("USD".to_owned(), Forms::from([("one".to_owned(), "Dollar".to_owned())]))].into(),
            ..FigureWords::default()
        };
        let faults = [
            "the pattern `up-to` must hold `{figure}` once",
            "the pattern `range` must hold `{low}` and `{high}`",
            "the word `USD` in `currencies` lacks the form `other`",
        ];
        assert_eq!(words.faults(), faults);
    }
}
