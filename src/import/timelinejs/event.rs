//! A slide to the file of an event.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, floor};
use crate::import::json::{take_map, take_text, without_empty};
use crate::import::names::{self, Names};
use crate::import::report::Kind;
use crate::import::site::{Existing, Page};
use crate::import::{Imported, Input, bad, html};
use crate::model::Id;
use crate::model::date::Date;

use super::date::{self, Parts};
use super::slide::Slide;

/// How many words a text may have to stand as the summary of its event.
const SUMMARY: usize = 60;

/// Makes the pages, one slide after the other.
pub(super) struct Importer<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) existing: &'a Existing,
    pub(super) imported: Imported,
    pub(super) pages: Vec<Page>,
    names: Names,
    /// Ids and titles.
    groups: Vec<(String, String)>,
}

/// The date of a slide, as far as there is one.
struct When {
    /// EDTF.
    text: Option<String>,
    /// Why the event is a draft.
    fault: Option<String>,
}

impl<'a> Importer<'a> {
    pub(super) fn new(input: &'a Input<'a>, existing: &'a Existing, imported: Imported) -> Self {
        Self { input, existing, imported, pages: Vec::new(), names: Names::default(), groups: Vec::new() }
    }

    /// Returns the pages, the groups by id and title, and what there is to say.
    pub(super) fn end(self) -> (Vec<Page>, Vec<(String, String)>, Imported) {
        (self.pages, self.groups, self.imported)
    }

    /// Makes the page of an event.
    pub(super) fn event(&mut self, mut slide: Slide) {
        let mut page = Page::default();
        let mut text = take_map(&mut slide.fields, "text").unwrap_or_default();
        let headline = take_text(&mut text, "headline").map(|headline| html::plain(&headline)).unwrap_or_default();
        let body = take_text(&mut text, "text").unwrap_or_default();
        let display = take_text(&mut slide.fields, "display_date");
        let own = take_text(&mut slide.fields, "edtf");
        let when = self.when(&mut slide, own.as_deref(), &mut page);
        page.title = self.title(headline, &body, display.as_deref());
        self.name(&mut page, &mut slide, &when);
        if page.title == UNTITLED {
            self.note(&page, Kind::Changed, "it has no headline");
        }
        if let Some(fault) = &when.fault {
            page.draft = true;
            self.note(&page, Kind::Draft, format!("{fault} ({})", slide.place));
        }
        if let Some(display) = &display {
            self.display(&page, display, when.text.as_deref());
            page.extra.insert("display_date".to_owned(), Value::from(display.as_str()));
        }
        page.date = when.text;
        self.group(&mut page, &mut slide.fields);
        self.text(&mut page, &body, own.is_some());
        self.media(&mut page, &mut slide.fields);
        slide.fields.insert("text".to_owned(), Value::Object(text));
        self.keep(&mut page, slide.fields);
        self.pages.push(page);
    }

    pub(super) fn note(&mut self, page: &Page, kind: Kind, text: impl Into<String>) {
        self.imported.report.note(kind, &page.path, text);
    }

    /// Reads the dates; what of them the result does not say goes to `extra`.
    fn when(&mut self, slide: &mut Slide, own: Option<&str>, page: &mut Page) -> When {
        let start = slide.fields.remove("start_date").and_then(without_empty);
        let end = slide.fields.remove("end_date").and_then(without_empty);
        let mut keep = |key: &str, value: &Option<Value>| {
            page.extra.extend(value.clone().map(|value| (key.to_owned(), value)));
        };
        // Our own files say the date as it was typed. It counts as long as nobody has changed the numbers beside it.
        if let Some(date) = own.and_then(|own| Date::parse(own).ok())
            && start.as_ref().is_none_or(|start| {
                let year = date::read(start).parts.map(|parts| parts.year);
                year.is_none_or(|year| year == date.year() || date.earliest().is_none())
            })
        {
            return When { text: Some(date.as_str().to_owned()), fault: None };
        }
        if let Some(own) = own {
            keep("edtf", &Some(Value::from(own)));
        }
        let Some(first) = &start else {
            keep("end_date", &end);
            let fault = self.bad(slide, &[], "it has no date");
            return When { text: None, fault: Some(fault) };
        };
        let first = self.date(slide, "start_date", first);
        let last = end.as_ref().map(|end| self.date(slide, "end_date", end));
        let fault = first.1.or_else(|| last.as_ref().and_then(|last| last.1.clone()));
        let Some(first) = first.0 else {
            keep("start_date", &start);
            keep("end_date", &end);
            return When { text: None, fault };
        };
        let span = date::span(first, last.and_then(|last| last.0));
        let backwards = span.backwards.then(|| self.bad(slide, &["end_date"], "it ends before it starts"));
        if fault.is_some() || span.backwards || !span.whole {
            keep("start_date", &start);
            keep("end_date", &end);
        }
        When { text: Some(span.text), fault: fault.or(backwards) }
    }

    fn date(&mut self, slide: &Slide, key: &str, value: &Value) -> (Option<Parts>, Option<String>) {
        let read = date::read(value);
        let fault = read.fault.map(|fault| {
            let keys: Vec<&str> = [key, fault.part].into_iter().filter(|key| !key.is_empty()).collect();
            self.bad(slide, &keys, &fault.message)
        });
        (read.parts, fault)
    }

    /// Reports a date that could not be read.
    fn bad(&mut self, slide: &Slide, keys: &[&str], message: &str) -> String {
        let range = slide.place_of(self.input.text, keys);
        let range = range.start..floor(self.input.text, range.end.min(range.start + 200));
        let diagnostic: Diagnostic = bad(format!("the date of {} cannot be read: {message}", slide.place))
            .at(self.input.span(range), "the event is kept as a draft")
            .help("mend the date in the draft, or here and import again with `--force`");
        self.imported.diagnostics.push(diagnostic);
        message.to_owned()
    }

    fn title(&self, headline: String, body: &str, display: Option<&str>) -> String {
        if !headline.is_empty() {
            return headline;
        }
        let words: Vec<String> = html::plain(body).split_whitespace().take(8).map(str::to_owned).collect();
        let more = if words.len() == 8 { " …" } else { "" };
        // Of a text that is nothing but a script, nothing is left.
        let display = display.map(html::plain).filter(|display| !display.is_empty());
        match (words.is_empty(), display) {
            (false, _) => words.join(" ") + more,
            (true, Some(display)) => display,
            (true, None) => UNTITLED.to_owned(),
        }
    }

    /// Names the file: by the event's own id, else by its year and title.
    fn name(&mut self, page: &mut Page, slide: &mut Slide, when: &When) {
        let id = take_text(&mut slide.fields, "unique_id");
        let named = id.as_deref().map(names::name).filter(|name| !name.is_empty());
        let year = when.text.as_deref().and_then(|text| Date::parse(text).ok()).map(|date| date.year());
        let name = match (&named, year) {
            (Some(name), _) => name.clone(),
            (None, Some(year)) => names::dated(year, &page.title),
            (None, None) => match names::name(&page.title) {
                name if name.is_empty() => "untitled".to_owned(),
                name => name,
            },
        };
        let name = self.names.take(&name);
        if let Some(id) = id.filter(|id| *id != name) {
            page.extra.insert("unique_id".to_owned(), Value::from(id));
        }
        let folder = if year.is_some() { "timeline" } else { "pages" };
        page.path = format!("content/{folder}/{name}.md");
    }

    /// Shows a display date that says something else than the numbers.
    fn display(&mut self, page: &Page, display: &str, date: Option<&str>) {
        let meant = Date::meant(&html::plain(display));
        let day = date.map(|date| date.split('T').next().unwrap_or(date));
        if meant.iter().any(|meant| Some(meant.as_str()) == date || Some(meant.as_str()) == day) {
            return;
        }
        let date = date.map(|date| format!("; its date is `{date}`")).unwrap_or_default();
        let text = match meant.as_slice() {
            [] => format!("`{display}`{date}"),
            some => {
                let some: Vec<String> = some.iter().map(|meant| format!("`{}`", meant.as_str())).collect();
                format!("`{display}` may mean {}{date}", some.join(" or "))
            }
        };
        self.note(page, Kind::Date, text);
    }

    fn group(&mut self, page: &mut Page, fields: &mut Map<String, Value>) {
        let title = take_text(fields, "group").map(|group| html::plain(&group));
        let ids = match fields.remove("groups") {
            Some(Value::Array(ids)) if !ids.is_empty() && ids.iter().all(is_id) => {
                ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            other => {
                fields.extend(other.map(|other| ("groups".to_owned(), other)));
                title.iter().map(|title| names::name(title)).filter(|id| !id.is_empty()).collect::<Vec<_>>()
            }
        };
        for (at, id) in ids.iter().enumerate() {
            let title = title.as_ref().filter(|_| at == 0).unwrap_or(id);
            if !self.groups.iter().any(|(known, _)| known == id) {
                self.groups.push((id.clone(), title.clone()));
            }
        }
        if let (true, Some(title)) = (ids.is_empty(), title) {
            page.extra.insert("group".to_owned(), Value::from(title));
        }
        page.groups = ids;
    }

    /// A short text is the summary; a longer one is the body.
    pub(super) fn text(&mut self, page: &mut Page, text: &str, own: bool) {
        let text = if own { without_way_back(text) } else { text };
        let markdown = html::blocks(text);
        let is_line =
            !markdown.contains('\n') && markdown.starts_with(|c: char| c.is_alphanumeric() || "“‘\"(*[".contains(c));
        if is_line
            && markdown.split_whitespace().count() <= SUMMARY
            && !markdown.starts_with(|c: char| c.is_ascii_digit())
        {
            page.summary = markdown;
        } else {
            page.body = markdown;
        }
        let embedded = html::embedded(text);
        if !embedded.is_empty() {
            self.note(page, Kind::Changed, format!("its text embedded {}", embedded.join(", ")));
            page.extra.insert("embedded".to_owned(), embedded.into());
        }
    }

    /// Keeps what is left of a slide, and lists it.
    pub(super) fn keep(&mut self, page: &mut Page, fields: Map<String, Value>) {
        for (key, value) in fields {
            if let Some(value) = without_empty(value) {
                page.extra.insert(key, value);
            }
        }
        if !page.extra.is_empty() {
            let keys: Vec<String> = page.extra.iter().map(|(key, value)| named(key, value)).collect();
            self.note(page, Kind::Kept, keys.join(", "));
        }
    }
}

const UNTITLED: &str = "Untitled";

fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|id| Id::parse(id).is_some())
}

/// Names a field with its parts: `media (caption, url)`.
fn named(key: &str, value: &Value) -> String {
    match value {
        Value::Object(parts) if !key.ends_with("_date") => {
            format!("{key} ({})", parts.keys().map(String::as_str).collect::<Vec<_>>().join(", "))
        }
        _ => key.to_owned(),
    }
}

/// Takes off the last paragraph of a text of our own: the way back to the page, and its sources.
fn without_way_back(text: &str) -> &str {
    match text.rfind("<p><a href=") {
        Some(at) if text[at..].matches("<p>").count() == 1 && text.ends_with("</p>") => &text[..at],
        _ => text,
    }
}
