//! What is counted: nouns, their plurals, and the set of those that a site's claims use.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use super::Figure;
use super::token::Tokens;
use super::unit::Unit;

/// Plurals that no rule makes.
const IRREGULAR: &[(&str, &str)] = &[
    ("person", "people"),
    ("man", "men"),
    ("woman", "women"),
    ("child", "children"),
    ("analysis", "analyses"),
    ("crisis", "crises"),
    ("basis", "bases"),
    ("medium", "media"),
    ("datum", "data"),
    ("index", "indices"),
    ("foot", "feet"),
    ("mouse", "mice"),
];

/// Nouns that are their own plural.
const INVARIANT: &[&str] =
    &["aircraft", "bitcoin", "crew", "crypto", "ether", "ethereum", "monero", "personnel", "police", "staff", "troops"];

/// Words that are often written as one with the noun after them.
const CLOSED: &[&str] = &["cyber"];

/// How many words one name of a thing may have before the other's: `cyber attacks` are `attacks`.
pub(super) const MOST_ADJECTIVES: usize = 2;

/// A thing that is counted, as typed: `attacks`, `UN member states`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Noun(String);

impl Noun {
    /// Makes a noun of a text, whose white space becomes single spaces.
    pub fn new(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        Self(words.join(" "))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether two nouns name the same thing, whatever their case and number.
    ///
    /// One may say more than the other in up to two words before it: `cyber attacks` are `attacks`. Where both say
    /// more, they must say the same: `stock exchanges` are no `crypto exchanges`.
    pub fn same(&self, other: &Self) -> bool {
        let (one, other) = (split(&self.0), split(&other.0));
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let extra = long.len() - short.len();
        let (Some(head), Some(long_head)) = (short.last(), long.last()) else { return false };
        extra <= MOST_ADJECTIVES
            && same_word(head, long_head)
            && short.iter().zip(&long[extra..]).take(short.len() - 1).all(|(one, other)| one == other)
    }
}

impl Noun {
    /// Returns words of which two nouns that are the same share one, for tables.
    pub(super) fn keys(&self) -> Vec<String> {
        split(&self.0).last().map(|head| keys(head).map(Cow::into_owned).collect()).unwrap_or_default()
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The nouns that claims count, so that `find` knows that seven attacks are a figure and two weeks are none.
#[derive(Clone, Debug, Default)]
pub struct UnitNames {
    names: HashSet<Name>,
    /// The names that can begin with a word, by the [`keys`] of their first: thousands of claims may each count something else.
    by_first: HashMap<String, Vec<Name>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Name {
    words: Vec<String>,
    /// Whether it was counted in this form, so that the form is a plural even where it does not look like one.
    plural: bool,
}

impl UnitNames {
    /// Makes an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what a figure counts; a figure of money or a percentage adds nothing.
    pub fn add(&mut self, figure: &Figure) {
        if let Unit::Noun(noun) = &figure.unit {
            self.push(noun.as_str(), !figure.amount.is_one());
        }
    }

    /// Adds a noun by its name, in the singular or the plural.
    pub fn add_name(&mut self, name: &str) {
        self.push(name, false);
    }

    fn push(&mut self, name: &str, plural: bool) {
        let name = Name { words: split(name), plural };
        let Some(first) = name.words.first() else { return };
        if !self.names.contains(&name) {
            for key in keys(first) {
                self.by_first.entry(key.into_owned()).or_default().push(name.clone());
            }
            self.names.insert(name);
        }
    }

    /// Finds the longest name that stands at a token; the index after it. `one` asks for the singular, else the plural.
    pub(super) fn at(&self, tokens: &Tokens<'_>, index: usize, one: bool) -> Option<usize> {
        let typed = tokens.word(tokens.following(index)?)?;
        // `cyberattacks` begins names that begin with `cyber`, and some that begin with `attacks`.
        let closed = CLOSED.iter().find_map(|prefix| Some((*prefix, typed.strip_prefix(prefix)?)));
        let firsts = closed.into_iter().flat_map(|(prefix, rest)| [prefix, rest]).chain([typed]);
        let names = firsts.flat_map(keys).filter_map(|key| self.by_first.get(&*key)).flatten();
        names.filter_map(|name| name.at(tokens, index, one)).max()
    }
}

impl<'a> FromIterator<&'a Figure> for UnitNames {
    fn from_iter<I: IntoIterator<Item = &'a Figure>>(figures: I) -> Self {
        let mut names = Self::new();
        figures.into_iter().for_each(|figure| names.add(figure));
        names
    }
}

impl Name {
    fn at(&self, tokens: &Tokens<'_>, index: usize, one: bool) -> Option<usize> {
        let (head, before) = self.words.split_last()?;
        let mut at = index;
        let mut words = before.iter().peekable();
        while let Some(word) = words.next() {
            at = tokens.following(at)?;
            let typed = tokens.word(at)?;
            // `cyberattacks` for the words `cyber`, `attacks`.
            let closed =
                words.peek().is_none() && typed.strip_prefix(word.as_str()).is_some_and(|rest| !rest.is_empty());
            if closed && CLOSED.contains(&word.as_str()) {
                break;
            }
            (typed == word).then_some(())?;
            at += 1;
        }
        let at = tokens.following(at)?;
        let typed = tokens.word(at)?;
        let bare = CLOSED.iter().find_map(|prefix| typed.strip_prefix(prefix)).filter(|rest| !rest.is_empty());
        let fits = |word: &str| same_word(word, head) && (one || self.is_plural(word, head));
        (fits(typed) || bare.is_some_and(fits)).then_some(at + 1)
    }

    /// Whether a word that matches the head is a plural, which `seven attack vectors` has not.
    fn is_plural(&self, word: &str, head: &str) -> bool {
        (self.plural && word == head) || looks_plural(word) || INVARIANT.contains(&word)
    }
}

/// Whether two words in lower case are the same noun, the one perhaps in the plural.
fn same_word(one: &str, other: &str) -> bool {
    one == other || is_plural_of(one, other) || is_plural_of(other, one)
}

/// Returns a word and what it may be the plural of: two words that are the [`same_word`] share one of them.
fn keys(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let irregular = IRREGULAR.iter().filter(move |(_, plural)| *plural == word).map(|(singular, _)| *singular);
    let shorter = ["s", "es"].into_iter().filter_map(move |ending| word.strip_suffix(ending));
    let endings = [("ies", "y"), ("ves", "fe"), ("ves", "f"), ("ices", "ex")];
    let changed = endings.into_iter().filter_map(move |(from, to)| Some(format!("{}{to}", word.strip_suffix(from)?)));
    std::iter::once(word).chain(irregular).chain(shorter).map(Cow::Borrowed).chain(changed.map(Cow::Owned))
}

fn is_plural_of(plural: &str, singular: &str) -> bool {
    if IRREGULAR.contains(&(singular, plural)) {
        return true;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| singular.ends_with(ending));
    let changed = |from: &str, to: &str| {
        singular.strip_suffix(from).is_some_and(|stem| plural.strip_suffix(to).is_some_and(|other| other == stem))
    };
    changed("", "s")
        || (ends(&["s", "x", "z", "ch", "sh", "o"]) && changed("", "es"))
        || changed("y", "ies")
        || changed("fe", "ves")
        || changed("f", "ves")
        || changed("ex", "ices")
}

/// Whether a word has the look of a plural noun.
pub(super) fn looks_plural(word: &str) -> bool {
    let s = word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    s || IRREGULAR.iter().any(|(_, plural)| *plural == word)
}

/// The words of a noun in lower case; hyphens and closed compounds open.
fn split(noun: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in noun.split(|c: char| c.is_whitespace() || super::token::is_hyphen(c)).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let closed = CLOSED.iter().find_map(|prefix| Some((*prefix, word.strip_prefix(prefix)?)));
        match closed.filter(|(_, rest)| !rest.is_empty()) {
            Some((prefix, rest)) => words.extend([prefix.to_owned(), rest.to_owned()]),
            None => words.push(word),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 16] = [
        "attack",
        "attacks",
        "cyber",
        "cyberattacks",
        "party",
        "parties",
        "wolf",
        "wolves",
        "knife",
        "knives",
        "index",
        "indices",
        "person",
        "people",
        "box",
        "boxes",
    ];

    fn words(most: usize) -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(&WORDS[..]), 1..=most).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn nouns_that_are_the_same_share_a_key(one in words(2), other in words(2)) {
            let (one, other) = (Noun::new(&one), Noun::new(&other));
            prop_assert!(!one.same(&other) || one.keys().iter().any(|key| other.keys().contains(key)));
        }

        #[test]
        fn the_table_finds_what_going_through_all_names_finds(
            names in proptest::collection::vec((words(2), any::<bool>()), 0..8), text in words(3), one in any::<bool>(),
        ) {
            let mut units = UnitNames::new();
            names.iter().for_each(|(name, plural)| units.push(name, *plural));
            let tokens = Tokens::new(&text);
            let long = units.names.iter().filter_map(|name| name.at(&tokens, 0, one)).max();
            prop_assert_eq!(units.at(&tokens, 0, one), long);
        }
    }
}
