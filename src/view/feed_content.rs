//! The text of a page as a feed carries it: whole, without styles, margins and anchors, and with links that work there.
//!
//! It is made as for the page and then cleaned by a list of what may stay, so that raw HTML that site.yaml lets through
//! on pages does not reach the reader of somebody who never saw the site.

use std::borrow::Cow;
use std::fmt::Write;

use ammonia::{Builder, UrlRelative};

use crate::model::Page;

use super::prose::Numbering;
use super::types::{BodyPart, CitedView, FootnoteView, QuestionView};
use super::{Place, Views, escape};

impl Views<'_> {
    /// Writes the text of a page, with its picture, notes and sources.
    pub(super) fn feed_content(&self, page: &Page) -> String {
        let place = self.place(page);
        let mut numbering = Numbering::default();
        let body = self.bare_body(&page.body, &place, &mut numbering);
        let notes = self.footnotes(&page.body, &place, &mut numbering);
        let sources = self.cited(page, numbering, &place);
        let mut html = self.picture(page, &place);
        for part in &body {
            match part {
                BodyPart { html: Some(text), .. } => html.push_str(text),
                BodyPart { question: Some(question), .. } => self.write_question(&mut html, question, &place),
                BodyPart { .. } => {}
            }
        }
        self.write_notes(&mut html, &notes);
        self.write_sources(&mut html, &sources, &place);
        self.for_feed(page, &html)
    }

    /// Cleans HTML that was made for a page, and leads its links from elsewhere.
    pub(super) fn for_feed(&self, page: &Page, html: &str) -> String {
        let url = self.site.config.url.clone();
        let mut builder = Builder::default();
        builder
            .add_tags(["figure", "figcaption", "section"])
            .rm_tags(["span", "div"])
            .rm_tag_attributes("img", ["align"])
            .add_tag_attributes("time", ["datetime"])
            .add_tag_attributes("ol", ["type"])
            .url_schemes(["http", "https", "mailto", "tel"].into())
            .url_relative(UrlRelative::Custom(Box::new(relative(|address| {
                Some(Cow::Owned(self.carried_away(&page.path, address)))
            }))))
            // A picture from elsewhere would tell that host who reads the feed; the pages' policy blocks it too.
            .attribute_filter(move |tag, name, value| {
                let own = url.as_deref().is_some_and(|url| value.starts_with(&format!("{url}/")));
                let foreign = (tag, name) == ("img", "src") && value.contains("//") && !own;
                (!foreign).then_some(value.into())
            })
            .link_rel(None);
        builder.clean(html).to_string().trim().to_owned()
    }

    fn picture(&self, page: &Page, place: &Place) -> String {
        let Some(media) = &page.media else { return String::new() };
        let path = escape::html(&escape::path(&media.file.value));
        let alt = escape::html(media.alt.as_deref().unwrap_or_default());
        let caption = media.caption.as_ref().map(|caption| self.line(caption, place)).unwrap_or_default();
        let by: Vec<String> =
            [&media.credit, &media.licence].into_iter().flatten().map(|by| escape::html(by)).collect();
        let by = if by.is_empty() { String::new() } else { format!(" <small>{}</small>", by.join(", ")) };
        format!(
            "<figure><img src=\"{}{path}\" alt=\"{alt}\"><figcaption>{caption}{by}</figcaption></figure>\n",
            place.root
        )
    }

    fn write_notes(&self, out: &mut String, notes: &[FootnoteView]) {
        if notes.is_empty() {
            return;
        }
        push(out, format_args!("<h2>{}</h2>\n<ol type=\"a\">\n", escape::html(&self.interface("notes", "Notes"))));
        for note in notes {
            push(out, format_args!("<li>{}</li>\n", note.html));
        }
        out.push_str("</ol>\n");
    }

    fn write_sources(&self, out: &mut String, sources: &[CitedView], place: &Place) {
        if sources.is_empty() {
            return;
        }
        push(out, format_args!("<h2>{}</h2>\n<ol>\n", escape::html(&self.interface("page_sources", "Sources"))));
        for cited in sources {
            let source = &cited.source;
            let address = match &source.url {
                Some(url) => escape::href(url),
                None => format!("{}{}", place.root, escape::html(&source.path)),
            };
            let title = escape::html(&source.title);
            push(out, format_args!("<li><a href=\"{address}\">{title}</a>. {}", escape::html(&source.short)));
            if let Some(locator) = &cited.locator {
                push(out, format_args!(", {}", escape::html(locator)));
            }
            if let Some(origin) = &source.origin {
                let reporting = self.words.prose.reporting.replace("{source}", &origin.title);
                push(out, format_args!(". {}", escape::html(&reporting)));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n");
    }

    /// Sets a question into the text: its claims in a list, each with its hedge, its speaker and its status.
    fn write_question(&self, out: &mut String, question: &QuestionView, place: &Place) {
        let (title, path) = (escape::html(&question.title), escape::html(&question.path));
        push(out, format_args!("<p><a href=\"{}{path}\">{title}</a></p>\n<ul>\n", place.root));
        for claim in self.answers(&question.id, place) {
            let text = claim.figure.as_ref().map(|figure| escape::html(&figure.text));
            let text = text.or(claim.statement_html).unwrap_or_default();
            let said_by = escape::html(&claim.said_by);
            let status = claim.status_text.as_ref().map(|status| format!(" ({})", escape::html(status)));
            push(out, format_args!("<li>{text}: {said_by}{}</li>\n", status.unwrap_or_default()));
        }
        out.push_str("</ul>\n");
    }

    /// Returns a word of the theme's interface, or the English one where the theme has none.
    pub fn interface(&self, key: &str, english: &str) -> String {
        let word = self.words.interface.get(key).and_then(serde_json::Value::as_str);
        word.unwrap_or(english).to_owned()
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes everything");
}

/// Gives a closure the type that ammonia asks for.
fn relative<F>(lead: F) -> F
where
    F: Fn(&str) -> Option<Cow<'_, str>> + Send + Sync,
{
    lead
}
