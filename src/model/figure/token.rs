//! A text cut into words, runs of digits and marks, with the white space between them remembered.
//!
//! The grammar is written over these, so that "directly before", "glued to" and "with a space between" are questions
//! about neighbours and never about bytes. Nothing is interpreted here.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of any script.
    Word,
    /// ASCII digits.
    Digits,
    /// Any other character but white space.
    Mark(char),
}

/// The white space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// None: the token is glued to the one before, or is the first of the text.
    None,
    /// One space that does not break a line, or a thin one: also a separator of thousands.
    Fixed,
    /// Anything else.
    Wide,
}

/// A token, with its bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
}

/// The tokens of a text. Every question about an index past the end has the answer "no".
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    /// The text with ASCII letters in lower case: the same bytes at the same places.
    lower: String,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text.
    pub(super) fn new(text: &'a str) -> Self {
        let mut list: Vec<Token> = Vec::new();
        let mut gap_start = 0;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                continue;
            }
            let end = at + c.len_utf8();
            let kind = kind_of(c);
            match list.last_mut() {
                Some(last) if last.end == at && last.kind == kind && !matches!(kind, Kind::Mark(_)) => last.end = end,
                _ => list.push(Token { kind, start: at, end, gap: gap_of(&text[gap_start..at]) }),
            }
            gap_start = end;
        }
        Self { text, lower: text.to_ascii_lowercase(), list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// The word at an index, in ASCII lower case.
    pub(super) fn word(&self, index: usize) -> Option<&str> {
        let token = self.list.get(index).filter(|token| token.kind == Kind::Word)?;
        Some(&self.lower[token.start..token.end])
    }

    /// The token at an index as typed, empty past the end.
    pub(super) fn typed(&self, index: usize) -> &'a str {
        self.list.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    pub(super) fn digits(&self, index: usize) -> Option<&'a str> {
        self.list.get(index).filter(|token| token.kind == Kind::Digits).map(|token| &self.text[token.start..token.end])
    }

    pub(super) fn mark(&self, index: usize) -> Option<char> {
        match self.list.get(index)?.kind {
            Kind::Mark(mark) => Some(mark),
            Kind::Word | Kind::Digits => None,
        }
    }

    /// Whether the token touches the one before it.
    pub(super) fn glued(&self, index: usize) -> bool {
        index > 0 && self.list.get(index).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether the token begins with a capital letter.
    pub(super) fn capital(&self, index: usize) -> bool {
        self.typed(index).starts_with(char::is_uppercase)
    }

    /// The index of the next word, where it follows after a space (`7 attacks`) or a hyphen (`7-attack`).
    pub(super) fn following(&self, index: usize) -> Option<usize> {
        if self.word(index).is_some() && !self.glued(index) {
            return Some(index);
        }
        let hyphen = self.glued(index) && self.mark(index).is_some_and(is_hyphen);
        (hyphen && self.glued(index + 1) && self.word(index + 1).is_some()).then_some(index + 1)
    }

    /// Whether the word at an index is one of those given, and follows as [`Self::following`] says; the index after it.
    pub(super) fn after_word(&self, index: usize, words: &[&str]) -> Option<usize> {
        let at = self.following(index)?;
        self.word(at).is_some_and(|word| words.contains(&word)).then_some(at + 1)
    }

    /// Whether the tokens from an index are these words; the index after them.
    pub(super) fn phrase(&self, index: usize, phrase: &str) -> Option<usize> {
        phrase.split(' ').try_fold(index, |at, word| self.after_word(at, &[word]))
    }

    /// The bytes from the first token to the last, which is not included.
    pub(super) fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.list.get(from).map_or(self.text.len(), |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |token| token.end);
        start..end.max(start)
    }

    /// The text of a range as typed.
    pub(super) fn typed_range(&self, range: std::ops::Range<usize>) -> &'a str {
        &self.text[range]
    }

    /// The text of some tokens as typed, with single spaces.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let words: Vec<&str> = self.text[self.range(from, to)].split_whitespace().collect();
        words.join(" ")
    }
}

/// Whether a mark joins the parts of a word.
pub(super) fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a mark, set without spaces between two numbers, means "to".
pub(super) fn is_dash(mark: char) -> bool {
    is_hyphen(mark) || matches!(mark, '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}')
}

fn kind_of(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digits,
        c if c.is_alphabetic() => Kind::Word,
        c => Kind::Mark(c),
    }
}

fn gap_of(space: &str) -> Gap {
    match space {
        "" => Gap::None,
        "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2007}" | "\u{200a}" => Gap::Fixed,
        _ => Gap::Wide,
    }
}
