//! Links lead to pages, anchors and files that are there; pictures are there and described.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{Document, Hole, Image, Piece, Target};
use crate::model::{Destination, Kind, NavigationTarget, Page, Site, Spanned};

use super::anchors::{Anchors, Paths};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut rule =
        Links { site, anchors: HashMap::new(), files: None, pictures: None, other_claims: None, diagnostics };
    for page in &site.pages {
        let from = page.file.strip_prefix("content/").unwrap_or(&page.file);
        for (_, document) in page.documents() {
            rule.document(document, from, Some(page));
        }
        rule.media(page);
    }
    for source in site.sources.values() {
        source.note.iter().for_each(|note| rule.document(note, "sources.yaml", None));
        for address in [&source.url, &source.archive].into_iter().flatten() {
            rule.outside(address);
        }
    }
    for question in &site.questions {
        question.note.iter().for_each(|note| rule.document(note, "questions.yaml", None));
    }
    for group in site.config.groups.iter().flatten() {
        group.summary.iter().for_each(|summary| rule.document(summary, "site.yaml", None));
    }
    for item in &site.config.navigation {
        match &item.target {
            NavigationTarget::File(file) => rule.target(&Target::of(&file.value), "site.yaml", None, &file.span),
            NavigationTarget::Url(url) => rule.outside(url),
        }
    }
}

struct Links<'a, 'd> {
    site: &'a Site,
    /// The anchors of pages that something leads to, by file.
    anchors: HashMap<&'a str, Anchors<'a>>,
    /// What may have been meant, once something is missing.
    files: Option<Paths<'a>>,
    pictures: Option<Paths<'a>>,
    /// Whether any claim answers no question, once something leads to those.
    other_claims: Option<bool>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Links<'a, '_> {
    fn document(&mut self, document: &Document, from: &str, page: Option<&'a Page>) {
        for hole in document.holes() {
            match hole {
                Hole::Link(link) => self.target(&link.target, from, page, &link.span),
                Hole::Image(image) => self.image(image, from),
                _ => {}
            }
        }
        self.empty(&document.pieces);
        document.footnotes.iter().for_each(|note| self.empty(&note.pieces));
    }

    /// Reports links that end where they begin.
    fn empty(&mut self, pieces: &[Piece]) {
        let mut begun = None;
        for piece in pieces {
            match piece {
                Piece::Hole(Hole::Link(link)) => begun = Some(&link.span),
                Piece::Hole(Hole::Claim(link) | Hole::Question(link)) => begun = Some(&link.span),
                Piece::Hole(Hole::LinkEnd | Hole::ClaimEnd) => {
                    if let Some(span) = begun.take() {
                        let diagnostic = Diagnostic::new(Code::EmptyLink, "the link shows no text")
                            .at(span.clone(), "readers see nothing here")
                            .help("write what readers see between the square brackets");
                        self.diagnostics.push(diagnostic);
                    }
                }
                Piece::Html(html) if html.trim().is_empty() => {}
                _ => begun = None,
            }
        }
    }

    fn target(&mut self, target: &Target, from: &str, page: Option<&'a Page>, span: &Span) {
        match target {
            Target::External(_) => {}
            Target::Unsafe { address, reason } => self.unsafe_link(address, reason, span),
            Target::Anchor(anchor) => {
                if let Some(page) = page {
                    self.anchor(page, anchor, span);
                }
            }
            Target::File { path, anchor } => self.file(path, anchor.as_deref(), from, span),
        }
    }

    fn file(&mut self, path: &str, anchor: Option<&str>, from: &str, span: &Span) {
        match self.site.index.resolve(from, path) {
            Destination::Page(place) => {
                if let Some(anchor) = anchor {
                    self.anchor(&self.site.pages[place], anchor, span);
                }
            }
            Destination::Made(made) => {
                if let Some(anchor) = anchor {
                    self.made_anchor(&made, anchor, span);
                }
            }
            Destination::Other(other) if self.site.assets.contains_key(&other) || self.site.unread.contains(&other) => {
            }
            Destination::Other(other) => self.broken(path, &other, from, span),
            Destination::Outside => {
                let diagnostic = Diagnostic::new(Code::BrokenLink, format!("`{path}` leads out of `content/`"))
                    .at(span.clone(), "only what is in `content/` is published")
                    .help("put the file into `content/media/` and link to it there");
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn broken(&mut self, typed: &str, path: &str, from: &str, span: &Span) {
        let site = self.site;
        let is_page = |stem: &str| matches!(site.index.resolve("", &format!("{stem}.md")), Destination::Page(_));
        let help = if path.strip_suffix(".html").is_some_and(is_page) {
            format!("link to the Markdown file: `{}`", typed.replace(".html", ".md"))
        } else {
            match self.files.get_or_insert_with(|| Paths::of_files(site)).meant(path) {
                Some(near) => format!("write `{}`", relative(from, near)),
                None => {
                    format!("a link names a file by its path from `content/{from}`, with `../` for the folder above")
                }
            }
        };
        let diagnostic = Diagnostic::new(Code::BrokenLink, format!("there is no file `{path}` in `content/`"))
            .at(span.clone(), "this link leads nowhere")
            .help(help);
        self.diagnostics.push(diagnostic);
    }

    /// Checks an anchor of a page made from a file: a heading or a claim.
    fn anchor(&mut self, page: &'a Page, anchor: &str, span: &Span) {
        let on_timeline = page.kind == Kind::Home && anchor.strip_prefix("event-").is_some_and(|id| self.is_event(id));
        if self.is_unread(page) || on_timeline {
            return;
        }
        let anchors = self.anchors.entry(&page.file).or_insert_with(|| Anchors::of(page));
        if !anchors.hold(anchor) {
            let help = anchors.help(anchor);
            self.no_anchor(&page.file, anchor, span, help);
        }
    }

    /// Tells whether something in the file of a page could not be read.
    fn is_unread(&self, page: &Page) -> bool {
        page.file.strip_prefix("content/").is_some_and(|file| self.site.unread.contains(file))
    }

    /// Tells whether an id is that of an event, which the timeline has an anchor for.
    fn is_event(&self, id: &str) -> bool {
        self.site.index.page(id).is_some_and(|at| self.site.pages[at].kind == Kind::Event)
    }

    /// Tells whether an id is that of an event of the group that has a page.
    fn is_in_group(&self, id: &str, page: &str) -> bool {
        let Some(group) = page.strip_prefix("groups/").and_then(|name| name.strip_suffix(".html")) else {
            return false;
        };
        let event = self.site.index.page(id).map(|at| &self.site.pages[at]).filter(|page| page.kind == Kind::Event);
        event.is_some_and(|event| event.groups.iter().any(|of| of.value.as_str() == group))
    }

    /// Checks an anchor of a page that the program makes.
    fn made_anchor(&mut self, path: &str, anchor: &str, span: &Span) {
        let index = &self.site.index;
        let known = match (path, anchor.split_once('-')) {
            ("ledger.html", Some(("claim", id))) => index.claim(id).is_some(),
            // What nobody answers is not shown.
            ("ledger.html", Some(("question", id))) => index.question(id).is_some() && !index.answers(id).is_empty(),
            ("ledger.html", Some(("other", "claims"))) => {
                let any = || self.site.claims().any(|(_, claim)| claim.question.is_none());
                *self.other_claims.get_or_insert_with(any)
            }
            ("sources.html", Some(("source", id))) => self.site.sources.contains_key(id),
            (group, Some(("event", id))) => self.is_in_group(id, group),
            _ => false,
        };
        if !known && self.site.unread.is_empty() {
            let help = match path {
                "ledger.html" => "the ledger has `#claim-ID` and `#question-ID`",
                "sources.html" => "the page of sources has `#source-ID`",
                _ => "link to the page itself",
            };
            self.no_anchor(path, anchor, span, help.to_owned());
        }
    }

    fn no_anchor(&mut self, file: &str, anchor: &str, span: &Span, help: String) {
        let diagnostic = Diagnostic::new(Code::BrokenAnchor, format!("`{file}` has no anchor `#{anchor}`"))
            .at(span.clone(), "this link leads to the top of the page")
            .help(help);
        self.diagnostics.push(diagnostic);
    }

    fn unsafe_link(&mut self, address: &str, reason: &str, span: &Span) {
        let diagnostic = Diagnostic::new(Code::UnsafeLink, format!("a page cannot link to `{address}`"))
            .at(span.clone(), reason)
            .help("write a whole address with `https:`, or the path of a file relative to this one");
        self.diagnostics.push(diagnostic);
    }

    /// Checks an address that must lead outside.
    fn outside(&mut self, address: &Spanned<String>) {
        if matches!(Target::of(&address.value), Target::External(_)) {
            return;
        }
        let diagnostic = Diagnostic::new(Code::UnsafeLink, format!("`{}` is not a whole address", address.value))
            .at(address.span.clone(), "an address starts with `https://` or `http://`")
            .help("copy the address from the browser, or remove the line where there is none");
        self.diagnostics.push(diagnostic);
    }

    fn image(&mut self, image: &Image, from: &str) {
        match &image.target {
            Target::File { path, .. } => match self.site.index.resolve(from, path) {
                Destination::Other(other) if self.site.assets.contains_key(&other) => {}
                _ => self.missing_media(path, &image.span, from),
            },
            Target::External(address) => {
                let diagnostic =
                    Diagnostic::new(Code::MissingMedia, format!("the picture `{address}` is not in this site"))
                        .at(image.span.clone(), "a page asks for nothing from anywhere else")
                        .help("save the picture in `content/media/`, if its licence allows it, and show it from there");
                self.diagnostics.push(diagnostic);
            }
            Target::Anchor(_) => self.missing_media("", &image.span, from),
            Target::Unsafe { address, reason } => self.unsafe_link(address, reason, &image.span),
        }
        if image.alt.is_empty() {
            self.missing_alt(
                &image.span,
                "describe it between the square brackets: `![The Security Council votes](…)`",
            );
        }
    }

    fn media(&mut self, page: &Page) {
        let Some(media) = &page.media else { return };
        if !self.site.assets.contains_key(&media.file.value) {
            self.missing_media(&media.file.value, &media.file.span, "");
        }
        media.url.iter().for_each(|url| self.outside(url));
        // In a file that could not be read whole, a description may stand where it was not understood.
        if media.alt.is_none() && !self.is_unread(page) {
            self.missing_alt(
                &media.file.span,
                "add `alt: …`, a sentence for those who cannot see it (`alt: \"\"` if it only decorates)",
            );
        }
    }

    fn missing_media(&mut self, path: &str, span: &Span, from: &str) {
        let help = match self.pictures.get_or_insert_with(|| Paths::of_assets(self.site)).meant(path) {
            Some(near) => format!("write `{}`", relative(from, near)),
            None => "put the file into `content/media/`".to_owned(),
        };
        let diagnostic = Diagnostic::new(Code::MissingMedia, format!("there is no file `{path}`"))
            .at(span.clone(), "this picture is not there")
            .help(help);
        self.diagnostics.push(diagnostic);
    }

    fn missing_alt(&mut self, span: &Span, help: &str) {
        let diagnostic = Diagnostic::new(Code::MissingAlt, "the picture has no description")
            .at(span.clone(), "those who cannot see it learn nothing")
            .help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// Writes a path of `content/` as it is typed in a file of it.
fn relative(from: &str, to: &str) -> String {
    let depth = from.matches('/').count();
    let folder = from.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    match to.strip_prefix(&folder) {
        Some(rest) => rest.to_owned(),
        None => format!("{}{to}", "../".repeat(depth)),
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_path_is_given_as_it_must_be_typed() {
        assert_eq!(relative("timeline/a.md", "pages/b.md"), "../pages/b.md");
        assert_eq!(relative("timeline/a.md", "timeline/b.md"), "b.md");
        assert_eq!(relative("index.md", "pages/b.md"), "pages/b.md");
    }
}
