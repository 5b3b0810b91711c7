//! Writes figures out in the language of the site, with the theme's words and ICU4X's plural rules.
//!
//! Editors write figures in English words, and a theme without words for figures shows them so. Whatever the language, the
//! hedge stays with the number, and no digit is added: `up to 2 billion USD` is `최대 20억 달러` and `bis zu 2 Milliarden
//! US-Dollar`. Nothing is converted.

mod myriads;

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralOperands, PluralRules};

use crate::model::figure::{Figure, Hedge, HedgeClass, Scale, Unit};
use crate::theme::{FigureWords, Forms};

use super::types::FigureView;

/// Writes figures in one language.
pub(super) struct FigureWriter<'a> {
    words: &'a FigureWords,
    rules: Option<PluralRules>,
    /// Turns ASCII digits into those of the language.
    digits: &'a dyn Fn(&str) -> String,
}

/// A number as it is written: its digits, the word that multiplies it, and the form that its noun wants.
struct Written {
    number: String,
    scale: String,
    form: &'static str,
}

impl<'a> FigureWriter<'a> {
    pub(super) fn new(language: &str, words: &'a FigureWords, digits: &'a dyn Fn(&str) -> String) -> Self {
        let locale = language.parse::<Locale>().ok();
        let rules = locale.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
        Self { words, rules, digits }
    }

    /// Takes a figure apart for typography. `brief` asks for the short words of axes.
    pub(super) fn write(&self, figure: &Figure, brief: bool) -> FigureView {
        let written = self.amount(figure, brief);
        let after = self.unit(&figure.unit, &written);
        let pattern = figure.hedge.as_ref().map_or("{figure}", |hedge| self.pattern(hedge));
        let (hedge, hedge_after) = pattern.split_once("{figure}").unwrap_or((pattern, ""));
        let plain = format!("{}{}{}", written.number, written.scale, after.replace(' ', "\u{a0}"));
        FigureView {
            text: pattern.replace("{figure}", &plain),
            hedge: some(hedge),
            hedge_after: some(hedge_after),
            before: String::new(),
            number: written.number,
            scale: written.scale,
            after,
        }
    }

    fn amount(&self, figure: &Figure, brief: bool) -> Written {
        if !self.words.myriads.is_empty() {
            return self.myriad_amount(figure);
        }
        let (low, high, scale) = figure.amount.shortened();
        let last = high.as_deref().unwrap_or(&low);
        let form = self.form(last);
        let number = match &high {
            None => self.number(&low),
            Some(high) => self.range(&self.number(&low), &self.number(high)),
        };
        let short = self.words.short_scales.get(scale.word()).filter(|_| brief);
        let scale_word = short.or_else(|| self.words.scales.get(scale.word())).and_then(|forms| pick(forms, form));
        let scale_word = scale_word.unwrap_or(scale.word());
        let spaced = if scale_word.is_empty() { String::new() } else { format!("\u{a0}{scale_word}") };
        // A noun after `million` agrees with that, not with the number before it.
        Written { number, scale: spaced, form: if scale == Scale::One { form } else { "other" } }
    }

    fn myriad_amount(&self, figure: &Figure) -> Written {
        let amount = &figure.amount;
        let write = |value| myriads::write(value, &self.words.myriads);
        let ((low, low_word), (high, high_word)) = (write(amount.low().value()), write(amount.high().value()));
        let number = match amount {
            crate::model::figure::Amount::Number(_) => self.number(&high),
            crate::model::figure::Amount::Range(..) => {
                self.range(&format!("{}{low_word}", self.number(&low)), &self.number(&high))
            }
        };
        Written { number, scale: high_word.to_owned(), form: "other" }
    }

    fn range(&self, low: &str, high: &str) -> String {
        self.words.range.replace("{low}", low).replace("{high}", high)
    }

    /// Writes `1,234.5` with the separators and digits of the language.
    fn number(&self, ascii: &str) -> String {
        let whole = ascii.split('.').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
        let group = if whole >= self.words.group_from { self.words.group.as_str() } else { "" };
        let mut out = String::new();
        for c in (self.digits)(ascii).chars() {
            match c {
                ',' => out.push_str(group),
                '.' => out.push_str(&self.words.decimal),
                c => out.push(c),
            }
        }
        out
    }

    fn unit(&self, unit: &Unit, written: &Written) -> String {
        match unit {
            Unit::Percent => self.words.percent.clone(),
            Unit::PercentagePoints => self.words.percentage_points.clone(),
            Unit::Currency(currency) => {
                let forms = self.words.currencies.get(currency.code());
                format!(" {}", forms.and_then(|forms| pick(forms, written.form)).unwrap_or(currency.code()))
            }
            Unit::Noun(noun) if self.words.joined.iter().any(|joined| joined == noun.as_str()) => noun.to_string(),
            Unit::Noun(noun) => format!(" {noun}"),
        }
    }

    fn pattern(&self, hedge: &Hedge) -> &str {
        let words = self.words;
        match (hedge.class, hedge.strict, hedge.estimated) {
            (HedgeClass::Lower, false, false) => &words.at_least,
            (HedgeClass::Lower, true, false) => &words.more_than,
            (HedgeClass::Lower, false, true) => &words.estimated_at_least,
            (HedgeClass::Lower, true, true) => &words.estimated_more_than,
            (HedgeClass::Upper, false, false) => &words.up_to,
            (HedgeClass::Upper, true, false) => &words.less_than,
            (HedgeClass::Upper, false, true) => &words.estimated_up_to,
            (HedgeClass::Upper, true, true) => &words.estimated_less_than,
            (HedgeClass::Approximate, _, false) => &words.about,
            (HedgeClass::Approximate, _, true) => &words.estimated,
            (HedgeClass::SlightlyUnder, _, false) => &words.almost,
            (HedgeClass::SlightlyUnder, _, true) => &words.estimated_almost,
        }
    }

    /// Returns the form that a number wants; `1.5` is not `1`, and not `1.50`.
    fn form(&self, ascii: &str) -> &'static str {
        let number = ascii.replace([',', '\u{2212}'], "");
        let operands = number.parse::<fixed_decimal::Decimal>().map(|number| PluralOperands::from(&number));
        let category = operands.ok().and_then(|operands| Some(self.rules.as_ref()?.category_for(operands)));
        match category.unwrap_or(PluralCategory::Other) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

fn pick<'a>(forms: &'a Forms, form: &str) -> Option<&'a str> {
    forms.get(form).or_else(|| forms.get("other")).map(String::as_str)
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
