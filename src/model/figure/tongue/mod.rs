//! Figures in texts of other languages than English: Korean, Arabic and German.
//!
//! A text is read only where it is a figure as a whole: `최대 20억 달러`, `bis zu 2,5 Milliarden US-Dollar`. What is not
//! read is not judged, so that a language never makes a false alarm. Nothing is found in running text here: that is
//! [`find`](super::find), which knows English words, signs and the nouns of claims only.

mod read;
mod tables;

use super::hedge::{Hedge, HedgeClass};

pub use read::read;

/// What is known of how a language writes figures.
#[derive(Debug)]
pub struct Tongue {
    /// Hedges that stand before the number, the longer before the shorter that begin or end alike.
    before: &'static [Phrase],
    /// Hedges that stand after the unit.
    after: &'static [Phrase],
    /// Words that multiply, with their power of ten.
    scales: &'static [(&'static str, u32)],
    /// A word for a thousand that stands within the digits of a scale: `2천880만`, `5천만`.
    thousand: Option<&'static str>,
    /// Words that are a number and its scale, or a small number: `ملياري`, `zwei`.
    numerals: &'static [(&'static str, i128)],
    /// Words for currencies, the longer before the shorter that begin alike.
    currencies: &'static [(&'static str, &'static str)],
    percent: &'static [&'static str],
    points: &'static [&'static str],
    /// What stands between the ends of a range.
    to: &'static [&'static str],
    /// The decimal sign; the other of `.` and `,` groups.
    decimal: char,
    /// Letters that may be joined to the front of a word.
    clitics: &'static [char],
}

/// A hedge in words: its class, whether it leaves the number out, whether it says that the number is estimated.
type Phrase = (&'static str, HedgeClass, bool, bool);

/// What is known of the language of a site.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// English: everything in this room.
    English,
    /// A language with a table.
    Known(&'static Tongue),
    /// Any other: its hedges and scales are not known, and so not judged.
    Other,
}

impl Language {
    /// Takes the language of a BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "en" => Self::English,
            "ar" => Self::Known(&tables::ARABIC),
            "de" => Self::Known(&tables::GERMAN),
            "ko" => Self::Known(&tables::KOREAN),
            _ => Self::Other,
        }
    }
}

impl Tongue {
    /// Finds the hedge that ends a text, or that begins the text after a figure.
    pub fn hedge_around(&self, before: &str, after: &str) -> Option<Hedge> {
        let (_, first) = read::hedges_ending(self, before);
        let (_, last) = read::hedges_starting(self.after, after);
        read::joined(first.into_iter().chain(last))
    }

    /// Returns the words that are read as the hedge of a claim, for a message.
    pub fn words_for(&self, hedge: &Hedge) -> Vec<&'static str> {
        let all = self.before.iter().chain(self.after);
        let fits = |phrase: &&Phrase| phrase.1 == hedge.class && phrase.2 == hedge.strict && !phrase.3;
        all.filter(fits).map(|phrase| phrase.0).take(4).collect()
    }
}

#[cfg(test)]
mod tests;
