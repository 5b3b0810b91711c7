//! The timeline as TimelineJS 3 reads it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Page;
use crate::model::date::{Date, End, Extent, Form, TimeOfDay};
use crate::view::prose::Numbering;
use crate::view::{Place, Views, escape};

/// A timeline in TimelineJS's JSON format, <https://timeline.knightlab.com/docs/json-format.html>. Texts are HTML, with
/// links that are whole where site.yaml has `url` and otherwise relative to the root of the site.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineFile {
    /// The title slide.
    pub title: TimelineTitle,
    /// Every event, in order.
    pub events: Vec<TimelineEvent>,
    /// `human`, or `cosmological` where years lie beyond what JavaScript's dates hold.
    pub scale: &'static str,
}

/// The title slide.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineTitle {
    /// The site's title and description.
    pub text: TimelineText,
}

/// An event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineEvent {
    /// The event's id.
    pub unique_id: String,
    /// When it began, as precisely as it is known: year, month, day, hour, minute and second as far as they are given.
    /// Years before our era count from −1. Where only its end is known, that.
    pub start_date: TimelineDate,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<TimelineDate>,
    /// The date written out, where the numbers alone would say more or less than the site does: about, uncertain, a
    /// season, a decade, an open end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_date: Option<String>,
    /// `headline` and `text`: the title, and the summary with its sources, as HTML.
    pub text: TimelineText,
    /// The picture: `url`, `alt`, `caption`, `credit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<TimelineMedia>,
    /// The title of its first group; TimelineJS knows one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The ids of all its groups. TimelineJS does not read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The date as the editor typed it, in EDTF. TimelineJS does not read it.
    pub edtf: String,
}

/// A date in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimelineDate {
    /// The year; −1 is 1 BC.
    pub year: i64,
    /// From 1 to 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// From 1 to 31.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// From 0 to 23, at the place of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<u8>,
    /// From 0 to 59.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<u8>,
    /// From 0 to 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<u8>,
}

/// A headline and a text, both HTML.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineText {
    /// The title.
    pub headline: String,
    /// Paragraphs.
    pub text: String,
}

/// A picture.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineMedia {
    /// The file.
    pub url: String,
    /// What it shows, for those who cannot see it; plain text.
    pub alt: String,
    /// The caption, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Who made it and under which licence, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
}

impl TimelineEvent {
    /// The fields, in their order.
    pub const FIELDS: [&str; 9] =
        ["unique_id", "start_date", "end_date", "display_date", "text", "media", "group", "groups", "edtf"];
}

impl TimelineFile {
    /// The largest year, and with a minus the smallest, of JavaScript's dates (ECMA-262, 21.4.1.1).
    const JAVASCRIPT_YEARS: i64 = 271_821;

    /// Puts a timeline together.
    pub fn new(title: TimelineTitle, events: Vec<TimelineEvent>) -> Self {
        let far = |date: &TimelineDate| date.year.abs() >= Self::JAVASCRIPT_YEARS;
        let beyond = events.iter().any(|event| far(&event.start_date) || event.end_date.as_ref().is_some_and(far));
        Self { title, events, scale: if beyond { "cosmological" } else { "human" } }
    }
}

impl Views<'_> {
    /// Makes the title slide.
    pub fn timeline_title(&self) -> TimelineTitle {
        let config = &self.site.config;
        let description = escape::html(&config.description);
        let text = if description.is_empty() { String::new() } else { format!("<p>{description}</p>") };
        TimelineTitle { text: TimelineText { headline: escape::html(&config.title), text } }
    }

    /// Makes an event; `None` for a page without a date.
    pub fn timeline_event(&self, page: &Page) -> Option<TimelineEvent> {
        let date = &page.date.as_ref()?.value;
        let (start_date, end_date, whole) = dates(date);
        let written = || escape::html(&self.date(date).text);
        Some(TimelineEvent {
            unique_id: page.id.value.to_string(),
            start_date,
            end_date,
            display_date: (!whole).then(written),
            text: TimelineText { headline: escape::html(&page.title.value), text: self.timeline_text(page) },
            media: self.timeline_media(page),
            group: self.groups_of(page).next().map(|group| escape::html(&group.title)),
            groups: self.groups_of(page).map(|group| group.id.clone()).collect(),
            edtf: date.as_str().to_owned(),
        })
    }

    /// Writes the summary, and a line that leads to the page and its sources.
    fn timeline_text(&self, page: &Page) -> String {
        let place = self.place(page);
        let mut html = page.summary.as_ref().map(|summary| format!("<p>{}</p>", self.line(summary, &place)));
        let sources: Vec<String> = self
            .cited(page, Numbering::default(), &place)
            .iter()
            .map(|cited| {
                let source = &cited.source;
                let address = source.url.as_deref().map(escape::href);
                let address = address.unwrap_or_else(|| format!("{}{}", place.root, escape::html(&source.path)));
                format!("<a href=\"{address}\">{}</a>", escape::html(&source.short))
            })
            .collect();
        let label = escape::html(&self.interface("page_sources", "Sources"));
        let colon = if sources.is_empty() { "" } else { ": " };
        let line = format!("<p><a href=\"\">{label}</a>{colon}{}</p>", sources.join("; "));
        let html = html.get_or_insert_default();
        html.push_str(&line);
        self.for_feed(page, html)
    }

    fn timeline_media(&self, page: &Page) -> Option<TimelineMedia> {
        let media = page.media.as_ref()?;
        let place: Place = self.place(page);
        let by: Vec<String> =
            [&media.credit, &media.licence].into_iter().flatten().map(|by| escape::html(by)).collect();
        Some(TimelineMedia {
            url: self.from_afar(&media.file.value),
            alt: media.alt.clone().unwrap_or_default(),
            caption: media.caption.as_ref().map(|caption| self.for_feed(page, &self.line(caption, &place))),
            credit: (!by.is_empty()).then(|| by.join(", ")),
        })
    }
}

/// Returns start and end, and whether they say all that the date says.
fn dates(date: &Date) -> (TimelineDate, Option<TimelineDate>, bool) {
    match date.form() {
        Form::Date(simple) => {
            let (start, end, whole) = of_extent(simple.extent());
            (start, end, whole && !simple.qualification().is_some())
        }
        Form::DateTime { day, time } => {
            let date = at_time(of_extent(Extent::Day(*day)).0, *time);
            (date, None, time.zone.is_none() && date.year > 0)
        }
        Form::Interval { start: End::Date(start), end: End::Date(end) } => {
            let (from, _, from_whole) = of_extent(start.extent());
            let (to, _, to_whole) = of_extent(end.extent());
            let sure = !start.qualification().is_some() && !end.qualification().is_some();
            (from, Some(to), from_whole && to_whole && sure)
        }
        Form::Interval { start, end } => {
            let known = start.date().or(end.date()).expect("an interval has at least one dated end");
            (of_extent(known.extent()).0, None, false)
        }
    }
}

fn of_extent(extent: Extent) -> (TimelineDate, Option<TimelineDate>, bool) {
    let year = |year: i64| TimelineDate { year: if year <= 0 { year - 1 } else { year }, ..TimelineDate::default() };
    match extent {
        Extent::Day(day) => {
            let (of_year, month, day) = day.civil();
            (TimelineDate { month: Some(month), day: Some(day), ..year(of_year) }, None, of_year > 0)
        }
        Extent::Month { year: of_year, month } => {
            (TimelineDate { month: Some(month), ..year(of_year) }, None, of_year > 0)
        }
        Extent::UnspecifiedDay { year: of_year, month } => {
            (TimelineDate { month: Some(month), ..year(of_year) }, None, false)
        }
        Extent::Year(of_year) => (year(of_year), None, of_year > 0),
        Extent::Season { year: of_year, .. }
        | Extent::UnspecifiedMonth(of_year)
        | Extent::UnspecifiedMonthAndDay(of_year) => (year(of_year), None, false),
        Extent::Decade(first) => (year(first), Some(year(first + 9)), false),
        Extent::Century(first) => (year(first), Some(year(first + 99)), false),
    }
}

fn at_time(date: TimelineDate, time: TimeOfDay) -> TimelineDate {
    TimelineDate { hour: Some(time.hour), minute: Some(time.minute), second: Some(time.second), ..date }
}

#[cfg(test)]
mod tests {
    use super::{TimelineEvent, dates};
    use crate::model::date::Date;

    fn said(text: &str) -> (String, bool) {
        let (start, end, whole) = dates(&Date::parse(text).expect("it is a date"));
        let json = |date| serde_json::to_string(&date).expect("numbers are JSON");
        let end = end.map(|end| format!("/{}", json(end))).unwrap_or_default();
        (format!("{}{end}", json(start)).replace('"', ""), whole)
    }

    #[test]
    fn a_date_keeps_its_precision_and_what_does_not_fit_is_written_out() {
        for (text, parts, whole) in [
            ("2019-08-05", "{year:2019,month:8,day:5}", true),
            ("2019-08", "{year:2019,month:8}", true),
            ("2019", "{year:2019}", true),
            ("2019~", "{year:2019}", false),
            ("2019-21", "{year:2019}", false),
            ("199X", "{year:1990}/{year:1999}", false),
            ("2019-08-XX", "{year:2019,month:8}", false),
            ("2020/2021-06", "{year:2020}/{year:2021,month:6}", true),
            ("2020/2021-06~", "{year:2020}/{year:2021,month:6}", false),
            ("../2021-12", "{year:2021,month:12}", false),
            ("2021-12/..", "{year:2021,month:12}", false),
            ("2019-08-05T14:30:00", "{year:2019,month:8,day:5,hour:14,minute:30,second:0}", true),
            ("2019-08-05T14:30:00Z", "{year:2019,month:8,day:5,hour:14,minute:30,second:0}", false),
            ("-0043-03-15", "{year:-44,month:3,day:15}", false),
        ] {
            assert_eq!(said(text), (parts.to_owned(), whole), "{text}");
        }
    }

    #[test]
    fn every_field_of_an_event_is_listed() {
        let schema = serde_json::to_value(schemars::schema_for!(TimelineEvent)).expect("a schema is JSON");
        let fields = schema["properties"].as_object().expect("an event has fields");
        assert_eq!(fields.len(), TimelineEvent::FIELDS.len());
        assert!(TimelineEvent::FIELDS.iter().all(|field| fields.contains_key(*field)));
    }
}
