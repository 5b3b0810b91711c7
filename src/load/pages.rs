//! Events and pages: a Markdown file to a [`Page`].

use std::ops::Range;
use std::sync::Arc;

use crate::alike::composed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{Document, Html, Input, Layout, parse};
use crate::model::figure::Context;
use crate::model::{Claim, Correction, CorrectionKind, Id, Kind, Media, Page, Spanned, Status};

use super::front_matter::{Parts, part};
use super::normalise::Normaliser;
use super::raw::{RawClaim, RawCorrection, RawCorrectionKind, RawImportance, RawMedia, RawPage, RawStatus};
use super::shapes;
use crate::yaml::{self, Node};

/// What a page needs of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) html: Html,
    pub(super) figures: Context,
}

/// Reads a page, and tells whether all that was typed could be read. What could not is reported; the body is looked at
/// all the same.
pub(super) fn page(
    file: &Arc<str>,
    text: &str,
    settings: Settings,
    diagnostics: &mut Diagnostics,
) -> (Option<Page>, bool) {
    let Some(Parts { front, body }) = part(file, text, diagnostics) else { return (None, false) };
    let front_span = Span::new(file, front.clone());
    let read = yaml::read::<RawPage>(file, &text[front.clone()], front.start, &shapes::PAGE, diagnostics);
    let body = self::body(file, text, body, settings.html, diagnostics);
    let Some(yaml::Read { value, node, sound }) = read else { return (None, false) };
    let mut normaliser = Normaliser { file, text, html: settings.html, figures: settings.figures, diagnostics };
    (Some(normaliser.page(value, &node, body, front_span, sound)), sound)
}

fn body(file: &Arc<str>, text: &str, body: Range<usize>, html: Html, diagnostics: &mut Diagnostics) -> Document {
    let start = body.start;
    let place = |range: Range<usize>| range.start + start..range.end + start;
    let input = Input { text: &text[body], file, place: &place, layout: Layout::Blocks, html };
    parse(&input, diagnostics)
}

impl Normaliser<'_> {
    fn page(&mut self, raw: RawPage, node: &Node, body: Document, front: Span, sound: bool) -> Page {
        let within = self.file.strip_prefix("content/").unwrap_or(self.file);
        let kind = match within {
            "index.md" => Kind::Home,
            file if file.starts_with("timeline/") => Kind::Event,
            _ => Kind::Page,
        };
        let stem = within.strip_suffix(".md").unwrap_or(within).to_owned();
        let date = self.date(raw.date.as_deref(), node.get("date"));
        // What could not be read may be the date: `date:1889`.
        if kind == Kind::Event && raw.date.is_none() && sound {
            self.missing_date(node);
        }
        let claims = raw.claims.into_iter().enumerate().map(|(at, claim)| {
            let node = node.get("claims").and_then(|claims| claims.item(at));
            self.claim(claim, node)
        });
        let claims = claims.collect();
        let corrections = raw.corrections.iter().enumerate().filter_map(|(at, correction)| {
            self.correction(correction, node.get("corrections").and_then(|corrections| corrections.item(at)))
        });
        let corrections = corrections.collect();
        // As it was typed, so that its places are those of the file.
        let title_block = self.plain_block(&raw.title, node.get("title"));
        let title = self.title(raw.title, node.get("title"));
        Page {
            kind,
            file: Arc::clone(self.file),
            path: format!("{stem}.html"),
            id: self.page_id(raw.id.as_deref(), &stem, node),
            title_block,
            title,
            title_short_block: raw.title_short.as_deref().map(|title| self.plain_block(title, node.get("title-short"))),
            title_short: raw.title_short,
            date,
            summary: self.line(raw.summary.as_deref(), node.get("summary")),
            body,
            published: self.full_date(raw.published.as_deref(), node.get("published")),
            updated: self.full_date(raw.updated.as_deref(), node.get("updated")),
            key: raw.importance == Some(RawImportance::Key),
            groups: self.ids(&raw.groups, node.get("groups")),
            sources: self.source_refs(&raw.sources, node.get("sources")),
            claims,
            media: raw.media.map(|media| self.media(media, node.get("media"))),
            corrections,
            draft: raw.draft,
            aliases: self.aliases(raw.aliases, node.get("aliases")),
            extra: raw.extra,
            front,
        }
    }

    fn page_id(&mut self, given: Option<&str>, stem: &str, node: &Node) -> Spanned<Id> {
        match given {
            Some(id) => self.id(id, node.get("id")),
            None => {
                // `pages/index.md` has the id of its folder: `index` is the home page's.
                let stem = stem.strip_suffix("/index").unwrap_or(stem);
                let name = stem.rsplit('/').next().unwrap_or(stem);
                let value = Id::parse(name).unwrap_or_else(|| Id::nearest(name));
                Spanned { value, span: Span::new(self.file, 0..0) }
            }
        }
    }

    fn title(&mut self, title: String, node: Option<&Node>) -> Spanned<String> {
        // Spaces that hold words together stay, as before a French colon.
        let parts = |letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}');
        let words = title.trim().split(parts).filter(|word| !word.is_empty());
        let title = words.collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            let diagnostic = Diagnostic::new(Code::MissingField, "the title is empty")
                .at(self.span(node), "nothing is written here")
                .help("write `title: …`, in plain text");
            self.diagnostics.push(diagnostic);
        }
        self.spanned(title, node)
    }

    fn missing_date(&mut self, node: &Node) {
        let span = self.span(node.get("title"));
        let diagnostic = Diagnostic::new(Code::MissingField, "an event needs a `date`")
            .at(span, "it stands on the timeline by its date")
            .help("add `date: 2019-08-05`, or only `2019-08`, `2019`, `2019~` (about 2019); a page without a date belongs in `content/pages/`");
        self.diagnostics.push(diagnostic);
    }

    fn claim(&mut self, raw: RawClaim, node: Option<&Node>) -> Claim {
        let get = |key: &str| node.and_then(|node| node.get(key));
        Claim {
            id: self.id(&raw.id, get("id")),
            question: raw.question.as_ref().map(|id| self.id(id, get("question"))),
            has_figure: raw.figure.is_some(),
            figure: self.figure(raw.figure.as_deref(), get("figure")),
            statement: self.line(raw.statement.as_deref(), get("statement")),
            period: self.date(raw.period.as_deref(), get("period")),
            said_by: raw.said_by.map(|by| self.spanned(by.trim().to_owned(), get("said-by"))),
            status: raw.status.map(status),
            sources: self.source_refs(&raw.sources, get("sources")),
            note: self.line(raw.note.as_deref(), get("note")),
            disputes: raw.disputes.as_ref().map(|id| self.id(id, get("disputes"))),
        }
    }

    fn media(&mut self, raw: RawMedia, node: Option<&Node>) -> Media {
        let get = |key: &str| node.and_then(|node| node.get(key));
        Media {
            file: self.spanned(composed(&raw.file).into_owned(), get("file")),
            url: raw.url.map(|url| self.spanned(url, get("url"))),
            alt_block: raw.alt.as_deref().map(|alt| self.plain_block(alt, get("alt"))),
            alt: raw.alt,
            caption: self.line(raw.caption.as_deref(), get("caption")),
            credit: raw.credit,
            licence: raw.licence,
        }
    }

    fn correction(&mut self, raw: &RawCorrection, node: Option<&Node>) -> Option<Correction> {
        let get = |key: &str| node.and_then(|node| node.get(key));
        let date = self.full_date(Some(&raw.date), get("date"));
        let note = self.line(Some(&raw.note), get("note"));
        Some(Correction { date: date?, kind: correction_kind(raw.kind), note: note? })
    }

    /// Reads aliases: paths of HTML files, relative to the root of the output.
    fn aliases(&mut self, raw: Vec<String>, node: Option<&Node>) -> Vec<Spanned<String>> {
        let mut aliases = Vec::new();
        for (at, alias) in raw.into_iter().enumerate() {
            let alias = self.spanned(alias, node.and_then(|node| node.item(at)));
            // Browsers read `%2e` as a full stop, and go up where two of them stand.
            let is_step = |part: &str| matches!(&*part.to_ascii_lowercase().replace("%2e", "."), "" | "." | "..");
            if !alias.value.split('/').any(is_step) && alias.value.ends_with(".html") {
                aliases.push(alias);
                continue;
            }
            let diagnostic = Diagnostic::new(Code::BadValue, format!("`{}` cannot be an alias", alias.value))
                .at(alias.span, "an alias is the path of a page within the site")
                .help(
                    "write it without a host and without a slash at the start, ending in `.html`: `old/address.html`",
                );
            self.diagnostics.push(diagnostic);
        }
        aliases
    }
}

fn status(raw: RawStatus) -> Status {
    match raw {
        RawStatus::Estimate => Status::Estimate,
        RawStatus::Allegation => Status::Allegation,
        RawStatus::Confirmed => Status::Confirmed,
        RawStatus::Disputed => Status::Disputed,
    }
}

fn correction_kind(raw: RawCorrectionKind) -> CorrectionKind {
    match raw {
        RawCorrectionKind::Correction => CorrectionKind::Correction,
        RawCorrectionKind::Clarification => CorrectionKind::Clarification,
        RawCorrectionKind::Update => CorrectionKind::Update,
        RawCorrectionKind::Retraction => CorrectionKind::Retraction,
    }
}
