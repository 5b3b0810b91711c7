//! What is no event: the title slide, eras and settings. They go to one page, a draft, for the editor to place.

use serde_json::{Map, Value, json};

use crate::import::html;
use crate::import::json::{take_map, take_text, without_empty};
use crate::import::names;
use crate::import::report::Kind;
use crate::import::site::Page;

use super::date;
use super::event::Importer;
use super::slide::Slide;

impl Importer<'_> {
    /// Makes the page of all that is no event; none where there is nothing.
    pub(super) fn title_page(
        &mut self,
        stem: &str,
        title: Option<Slide>,
        eras: Vec<Slide>,
        mut rest: Map<String, Value>,
    ) {
        // What TimelineJS takes for granted says nothing.
        if rest.get("scale").and_then(Value::as_str) == Some("human") {
            rest.remove("scale");
        }
        rest.retain(|_, value| without_empty(value.clone()).is_some());
        if title.is_none() && eras.is_empty() && rest.is_empty() {
            return;
        }
        let stem = names::name(stem);
        let path = format!("content/pages/imported-{}.md", if stem.is_empty() { "timeline" } else { &stem });
        let mut page = Page { path, draft: true, ..Page::default() };
        let has_title = title.is_some();
        let mut fields = title.map(|slide| slide.fields).unwrap_or_default();
        let mut text = take_map(&mut fields, "text").unwrap_or_default();
        let headline = take_text(&mut text, "headline").map(|headline| html::plain(&headline)).unwrap_or_default();
        page.title = if headline.is_empty() { "An imported timeline".to_owned() } else { headline };
        let body = take_text(&mut text, "text").unwrap_or_default();
        self.text(&mut page, &body, false);
        self.media(&mut page, &mut fields);
        fields.insert("text".to_owned(), Value::Object(text));
        let eras: Vec<Value> = eras.into_iter().map(|era| Value::Object(self.era(era))).collect();
        let drafted = match (has_title, eras.is_empty()) {
            (true, true) => "the title slide: move its words to content/site.yaml and content/index.md",
            (true, false) => "the title slide and the eras: move their words to where readers find them",
            (false, false) => "the eras: a site has none; move their words to where readers find them",
            (false, true) => "the settings of the timeline: delete it when you need none of them",
        };
        self.note(&page, Kind::Draft, drafted);
        fields.insert("eras".to_owned(), Value::Array(eras));
        fields.extend(rest);
        self.keep(&mut page, fields);
        self.pages.push(page);
    }

    /// Writes the date of an era as EDTF where it can be; the rest stays as it is.
    fn era(&mut self, mut era: Slide) -> Map<String, Value> {
        let parts = |key: &str| {
            let read = era.fields.get(key).map(date::read)?;
            read.parts.filter(|_| read.fault.is_none())
        };
        if let (Some(start), Some(end)) = (parts("start_date"), parts("end_date")) {
            let span = date::span(start, Some(end));
            if span.whole && !span.backwards {
                era.fields.retain(|key, _| key != "start_date" && key != "end_date");
                era.fields.insert("date".to_owned(), json!(span.text));
            }
        }
        era.fields
    }
}
