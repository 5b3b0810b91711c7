//! The way back from a text as read to the bytes of the file.
//!
//! A text in quotes has escapes, one over several lines has line breaks and indentation that the text as read does not
//! have. The raw text and the text as read are walked together once; the result is a list of pieces. Rare forms (a line
//! continued with `\`) are not followed: the whole text stands for its parts then.

use std::ops::Range;

use super::node::{Node, Style, Value};

/// Where each piece of a text stands in the file.
#[derive(Clone, Debug)]
pub struct ValueMap {
    whole: Range<usize>,
    pieces: Vec<Piece>,
}

/// A piece of the value and the bytes of the file that it was read from. Where both are of one length they run in step.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    value: Range<usize>,
    file: Range<usize>,
}

impl ValueMap {
    pub(super) fn new(node: &Node, file_text: &str) -> Self {
        let pieces = match (&node.value, file_text.get(node.span.clone())) {
            (Value::Scalar { text, style }, Some(raw)) => {
                let mut walk = Walk { raw, value: text, at: 0, read: 0, base: node.span.start, pieces: Vec::new() };
                let fits = match style {
                    Style::Plain => walk.flowing(raw.len(), None),
                    Style::SingleQuoted => walk.quoted('\''),
                    Style::DoubleQuoted => walk.quoted('"'),
                    Style::Literal | Style::Folded => walk.block(),
                };
                fits.map(|()| walk.pieces).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        Self { whole: node.span.clone(), pieces }
    }

    /// Returns where in the file a range of the value stands, or the place of the whole value.
    pub fn locate(&self, range: Range<usize>) -> Range<usize> {
        let start = self.piece(range.start).map(|piece| {
            let file = &piece.file;
            if piece.in_step() { file.start + (range.start - piece.value.start) } else { file.start }
        });
        let end = if range.is_empty() {
            start
        } else {
            self.piece(range.end - 1).map(|piece| {
                if piece.in_step() { piece.file.start + (range.end - piece.value.start) } else { piece.file.end }
            })
        };
        match (start, end) {
            (Some(start), Some(end)) if start <= end => start..end,
            _ => self.whole.clone(),
        }
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.value.end <= at);
        self.pieces.get(index).filter(|piece| piece.value.contains(&at))
    }
}

impl Piece {
    fn in_step(&self) -> bool {
        self.value.len() == self.file.len()
    }
}

/// A walk through the raw text and the value at once. Its methods give `None` where the two do not fit.
struct Walk<'a> {
    raw: &'a str,
    value: &'a str,
    at: usize,
    read: usize,
    base: usize,
    pieces: Vec<Piece>,
}

impl Walk<'_> {
    /// Takes `raw` bytes for `value` bytes. Pieces in step grow together.
    fn take(&mut self, raw: usize, value: usize) {
        let file = self.base + self.at..self.base + self.at + raw;
        let piece = Piece { value: self.read..self.read + value, file };
        self.at += raw;
        self.read += value;
        match self.pieces.last_mut() {
            Some(last) if last.in_step() && piece.in_step() && last.file.end == piece.file.start => {
                last.value.end = piece.value.end;
                last.file.end = piece.file.end;
            }
            _ if value > 0 => self.pieces.push(piece),
            _ => {}
        }
    }

    fn quoted(&mut self, quote: char) -> Option<()> {
        let end = self.raw.len().checked_sub(1).filter(|_| self.raw.starts_with(quote))?;
        self.at = 1;
        self.flowing(end, Some(quote))
    }

    /// Walks a text in which a line break and the blanks around it are read as one space, and each further one as a line
    /// break.
    fn flowing(&mut self, end: usize, quote: Option<char>) -> Option<()> {
        while self.at < end {
            let rest = &self.raw[self.at..end];
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            if blanks > 0 {
                let lines = rest[..blanks].matches('\n').count();
                let value = if lines == 0 { blanks } else { (lines - 1).max(1) };
                self.value.get(self.read..self.read + value)?;
                self.take(blanks, value);
                continue;
            }
            match quote {
                Some('"') if rest.starts_with('\\') => self.escape(rest)?,
                Some('\'') if rest.starts_with("''") => self.take(2, 1),
                _ => self.letter(rest)?,
            }
        }
        (self.read == self.value.len()).then_some(())
    }

    fn letter(&mut self, rest: &str) -> Option<()> {
        let letter = rest.chars().next()?;
        self.value.get(self.read..)?.starts_with(letter).then(|| self.take(letter.len_utf8(), letter.len_utf8()))
    }

    fn escape(&mut self, rest: &str) -> Option<()> {
        let digits = match rest.as_bytes().get(1)? {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'\n' | b'\r' => return None,
            _ => 0,
        };
        let value = self.value.get(self.read..)?.chars().next()?.len_utf8();
        let letter = rest[1..].chars().next()?.len_utf8();
        self.take(1 + letter + digits, value);
        Some(())
    }

    /// Walks a block: a run of blanks in the value is a run of blanks in the file, of whatever length.
    fn block(&mut self) -> Option<()> {
        while self.read < self.value.len() {
            let raw = &self.raw[self.at..];
            let value = &self.value[self.read..];
            let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
            match (blank(raw), blank(value)) {
                (0, 0) => self.letter(raw)?,
                (raw, value) => self.take(raw, value),
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::scanned_at;

    /// Asserts that `part` of the value of `a` is found in the file as `raw`.
    fn assert_found(text: &str, part: &str, raw: &str) {
        let file = format!("---\n{text}");
        let node = scanned_at(text, 4);
        let node = node.get("a").expect("the text has the key `a`");
        let value = node.text().expect("it is a text");
        let start = value.find(part).unwrap_or_else(|| panic!("`{part}` is not in {value:?}"));
        assert_eq!(&file[node.locate(&file, start..start + part.len())], raw, "in {text:?}");
    }

    #[test]
    fn a_piece_of_a_plain_text_is_found() {
        assert_found("a: Größe: no\n".replace(": no", " no").as_str(), "no", "no");
        assert_found("a: one two\n  three  four\nb: 1\n", "two three  fo", "two\n  three  fo");
        assert_found("a: one\n\n\n  two [x](claim:y)\n", "[x](claim:y)", "[x](claim:y)");
    }

    #[test]
    fn a_piece_of_a_quoted_text_is_found() {
        assert_found("a: 'it''s [so](x) ''now'''\n", "[so](x)", "[so](x)");
        assert_found("a: 'it''s [so](x) ''now'''\n", "'now'", "''now''");
        assert_found(r#"a: "an \"up to\" [\u00e9t\xe9](x) \\ \n end""#, "[été](x)", r"[\u00e9t\xe9](x)");
        assert_found(r#"a: "an \"up to\" [\u00e9t\xe9](x) \\ \n end""#, "end", "end");
        assert_found("a: \"one\n  two\\tthree\"\n", "two\tthree", "two\\tthree");
    }

    #[test]
    fn a_piece_of_a_block_is_found() {
        assert_found("a: >-\n  one ü\n  two [up to $2bn](claim:x)\n  end\nb: 1\n", "[up to $2bn]", "[up to $2bn]");
        assert_found("a: >-\n  one [up\n  to $2bn](x)\n\n  end\n", "[up to $2bn](x)", "[up\n  to $2bn](x)");
        assert_found("a: |\n  one\n    two\n\n  end\n", "two\n\nend", "two\n\n  end");
        assert_found("a: >\n  one\n  two\n", "two\n", "two");
        assert_found("a: >-\r\n  one\r\n  two\r\n", "one two", "one\r\n  two");
        assert_found("a: |2\n    one\n   two\n", "two", "two");
    }

    #[test]
    fn what_cannot_be_followed_is_the_whole_text() {
        assert_found("a: \"one \\\n  two\"\n", "two", "\"one \\\n  two\"");
        let text = "a: [x]\n";
        let node = scanned_at(text, 0);
        let list = node.get("a").expect("the text has the key `a`");
        assert_eq!(list.locate(text, 0..1), list.span);
        let item = list.item(0).expect("the list has an item");
        assert_eq!(item.locate(text, 5..9), item.span, "outside of the text");
        assert_eq!(item.locate("", 0..1), item.span, "another file");
    }

    #[test]
    fn a_place_between_letters_is_found() {
        let text = "a: one\n  two\n";
        let node = scanned_at(text, 0);
        let node = node.get("a").expect("the text has the key `a`");
        assert_eq!(node.locate(text, 4..4), 9..9);
    }
}
