//! What all files share: from typed text, with its place, to ids, dates, figures and parsed lines.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{Block, Document, Html, Input, Layout, parse};
use crate::model::date::{Date, DateError, FullDate};
use crate::model::figure::{self, Context, Figure};
use crate::model::{Id, SourceRef, Spanned};

use super::raw::RawSourceRef;
use crate::yaml::Node;

/// A file that is being made a part of the model.
pub(super) struct Normaliser<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) text: &'a str,
    pub(super) html: Html,
    pub(super) figures: Context,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Normaliser<'_> {
    /// Returns the place of a value; the start of the file where it was not typed.
    pub(super) fn span(&self, node: Option<&Node>) -> Span {
        Span::new(self.file, node.map_or(0..0, |node| node.span.clone()))
    }

    pub(super) fn spanned<T>(&self, value: T, node: Option<&Node>) -> Spanned<T> {
        Spanned { value, span: self.span(node) }
    }

    /// Reads an id; what is none is reported, and its nearest id taken.
    pub(super) fn id(&mut self, text: &str, node: Option<&Node>) -> Spanned<Id> {
        let span = self.span(node);
        Spanned { value: self.id_at(text, &span), span }
    }

    /// Reads an id that stands at a place.
    pub(super) fn id_at(&mut self, text: &str, span: &Span) -> Id {
        Id::parse(text).unwrap_or_else(|| {
            let near = Id::nearest(text);
            let diagnostic = Diagnostic::new(Code::BadId, format!("`{text}` is not an id"))
                .at(span.clone(), "an id has letters, digits, `-`, `_` and `.`, and no spaces")
                .help(format!("write `{near}`"));
            self.diagnostics.push(diagnostic);
            near
        })
    }

    pub(super) fn ids(&mut self, texts: &[String], node: Option<&Node>) -> Vec<Spanned<Id>> {
        texts.iter().enumerate().map(|(at, text)| self.id(text, node.and_then(|node| node.item(at)))).collect()
    }

    pub(super) fn date(&mut self, text: Option<&str>, node: Option<&Node>) -> Option<Spanned<Date>> {
        let text = text?;
        match Date::parse(text) {
            Ok(date) => Some(self.spanned(date, node)),
            Err(error) => self.bad_date(text, error, node),
        }
    }

    pub(super) fn full_date(&mut self, text: Option<&str>, node: Option<&Node>) -> Option<FullDate> {
        let text = text?;
        match FullDate::parse(text) {
            Ok(date) => Some(date),
            Err(error) => self.bad_date(text, error, node),
        }
    }

    fn bad_date<T>(&mut self, text: &str, error: DateError, node: Option<&Node>) -> Option<T> {
        let hidden = |c: char| {
            matches!(c, '\u{A0}' | '\u{200B}'..='\u{200F}' | '\u{202F}' | '\u{2060}' | '\u{FEFF}' | '\u{3000}')
        };
        if let Some(letter) = text.chars().find(|c| hidden(*c)) {
            let seen: String = text.chars().filter(|c| !hidden(*c)).collect();
            let diagnostic = Diagnostic::new(
                Code::BadDate,
                format!("`{seen}` has an invisible character in it (U+{:04X})", u32::from(letter)),
            )
            .at(self.span(node), "it cannot be seen, and is no part of a date")
            .help(format!("delete the value, and type it anew: `{seen}`"));
            self.diagnostics.push(diagnostic);
            return None;
        }
        let span = self.inside(node, error.offset);
        // The title has said already that it is not a date.
        let again = error.message.contains("is not a date");
        let label = if again { "a date is written year first, as EDTF has it".to_owned() } else { error.message };
        let diagnostic =
            Diagnostic::new(Code::BadDate, format!("`{text}` is not a date")).at(span, label).maybe_help(error.help);
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn figure(&mut self, text: Option<&str>, node: Option<&Node>) -> Option<Spanned<Figure>> {
        let text = text?;
        match figure::parse(text, self.figures) {
            Ok(figure) => Some(self.spanned(figure, node)),
            Err(error) => {
                let span = self.inside(node, error.range);
                let diagnostic = Diagnostic::new(Code::BadFigure, format!("`{text}` is not a figure"))
                    .at(span, error.message)
                    .help(error.help);
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// Returns the place of a part of a value.
    fn inside(&self, node: Option<&Node>, range: Range<usize>) -> Span {
        match node {
            Some(node) if !range.is_empty() => Span::new(self.file, node.locate(self.text, range)),
            node => self.span(node),
        }
    }

    /// Makes a block of a plain text, so that rules can point into it.
    pub(super) fn plain_block(&self, text: &str, node: Option<&Node>) -> Block {
        let map = node.map(|node| node.map(self.text));
        Block::plain(text, &|range| map.as_ref().map_or(0..0, |map| map.locate(range)))
    }

    /// Parses a line of Markdown that is the value of a field.
    pub(super) fn line(&mut self, text: Option<&str>, node: Option<&Node>) -> Option<Document> {
        let (text, node) = (text?, node?);
        let map = node.map(self.text);
        let place = |range: Range<usize>| map.locate(range);
        let input = Input { text, file: self.file, place: &place, layout: Layout::Line, html: self.html };
        Some(parse(&input, self.diagnostics))
    }

    pub(super) fn source_refs(&mut self, sources: &[RawSourceRef], node: Option<&Node>) -> Vec<SourceRef> {
        let refs = sources.iter().enumerate().map(|(at, source)| {
            let node = node.and_then(|node| node.item(at));
            let id = node.and_then(|node| node.get("id")).or(node);
            let before = at.checked_sub(1).and_then(|at| sources.get(at)).map(|source| source.id.as_str());
            SourceRef { id: self.source_id(&source.id, id, before), locator: source.locator.clone() }
        });
        refs.collect()
    }

    /// Reads the id of a source. Titles and pages are often typed in its place.
    fn source_id(&mut self, text: &str, node: Option<&Node>, before: Option<&str>) -> Spanned<Id> {
        if Id::parse(text).is_some() {
            return self.id(text, node);
        }
        let is_place = ["p.", "pp.", "para", "ch", "sec", "vol", "no.", "§", "page", "line", "fn", "art"]
            .iter()
            .any(|start| text.to_lowercase().starts_with(start));
        let help = match before.filter(|_| is_place) {
            Some(before) => format!("write the place together with its source: `{{id: {before}, locator: {text}}}`"),
            None => "write the id of the source: what stands before its colon in content/sources.yaml".to_owned(),
        };
        let span = self.span(node);
        let diagnostic = Diagnostic::new(Code::BadId, format!("`{text}` is not the id of a source"))
            .at(span.clone(), "an id has letters, digits, `-`, `_` and `.`, and no spaces")
            .help(help);
        self.diagnostics.push(diagnostic);
        Spanned { value: Id::nearest(text), span }
    }
}
