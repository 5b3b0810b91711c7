//! The sources as CSL-JSON, which Zotero, Pandoc and Typst's hayagriva read.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::date::{Date, End, Extent, Form, FullDate, Season, Simple};
use crate::model::{Name, Source};
use crate::view::Views;

/// A source in the terms of the Citation Style Language (CSL 1.0.2).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CslItem {
    /// The source's id.
    pub id: String,
    /// What it is: `article-newspaper`, `report`, `webpage`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// The title.
    pub title: String,
    /// Who wrote it: `family` and `given`, or `literal`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<CslName>,
    /// What it stands in: the newspaper, the site, the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_title: Option<String>,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The number of a report or an issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it came out: `date-parts` with `circa` or `season`, or written out as `literal` where CSL has no form for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<CslDate>,
    /// The address.
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day on which it was last read there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessed: Option<CslDate>,
    /// A remark; plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What CSL has no variable for: `archive`, the address of a kept copy; `origin`, the id of the source that this one
    /// reports on; `issued`, the date in EDTF, where CSL has no form that says all of it.
    #[serde(skip_serializing_if = "CslCustom::is_empty")]
    pub custom: CslCustom,
}

/// What CSL has no variable for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CslCustom {
    /// The address of a kept copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<String>,
    /// The id of the source that this one reports on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The date as typed, in EDTF, where CSL has no form that says all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
}

/// A name.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct CslName {
    /// The family name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// The given names of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// A body, or a name that is not divided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

/// A date.
#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CslDate {
    /// Year, month and day as far as they are given; two of them for an interval.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date_parts: Vec<Vec<i64>>,
    /// From 1, spring, to 4, winter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<u8>,
    /// Whether it is approximate.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub circa: bool,
    /// The date written out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

impl CslItem {
    /// The fields, in their order.
    pub const FIELDS: [&str; 12] = [
        "id",
        "type",
        "title",
        "author",
        "container-title",
        "publisher",
        "number",
        "issued",
        "URL",
        "accessed",
        "note",
        "custom",
    ];
}

impl CslCustom {
    fn is_empty(&self) -> bool {
        self.archive.is_none() && self.origin.is_none() && self.issued.is_none()
    }
}

impl Views<'_> {
    /// Makes every source, by id.
    pub fn csl(&self) -> Vec<CslItem> {
        self.site.sources.values().map(|source| self.csl_item(source)).collect()
    }

    fn csl_item(&self, source: &Source) -> CslItem {
        let written = |date: &Date| CslDate { literal: Some(self.date(date).text), ..CslDate::default() };
        CslItem {
            id: source.id.value.to_string(),
            kind: source.kind.clone(),
            title: source.title.clone(),
            author: source.authors.iter().map(name).collect(),
            container_title: source.container_title.clone(),
            publisher: source.publisher.clone(),
            number: source.number.clone(),
            issued: source.issued.as_ref().map(|date| csl_date(&date.value).unwrap_or_else(|| written(&date.value))),
            url: source.url.as_ref().map(|url| url.value.clone()),
            accessed: source.accessed.map(day),
            note: source.note.as_ref().map(crate::markdown::Document::plain),
            custom: CslCustom {
                archive: source.archive.as_ref().map(|url| url.value.clone()),
                origin: source.origin.as_ref().map(|id| id.value.to_string()),
                issued: source.issued.as_ref().map(|date| &date.value).filter(|date| !is_whole(date)).map(typed),
            },
        }
    }
}

fn name(name: &Name) -> CslName {
    match name {
        Name::Person { family, given } => CslName { family: Some(family.clone()), given: given.clone(), literal: None },
        Name::Literal(literal) => CslName { literal: Some(literal.clone()), ..CslName::default() },
    }
}

fn day(date: FullDate) -> CslDate {
    let (year, month, day) = date.day().civil();
    CslDate { date_parts: vec![vec![year, month.into(), day.into()]], ..CslDate::default() }
}

fn typed(date: &Date) -> String {
    date.as_str().to_owned()
}

/// Whether what CSL gets says all that was typed.
fn is_whole(date: &Date) -> bool {
    let shortened = match date.form() {
        Form::DateTime { .. } => true,
        // To readers of CSL, two equal ends are one date.
        Form::Interval { start, end } => start == end,
        Form::Date(_) => false,
    };
    !shortened && csl_date(date).is_some()
}

/// Returns a date as CSL has it, where it has a form that says neither more nor less. A time of day is left out.
fn csl_date(date: &Date) -> Option<CslDate> {
    match date.form() {
        Form::Date(simple) if simple.qualification().uncertain => None,
        Form::Date(simple) => {
            let season = match simple.extent() {
                Extent::Season { season, .. } => Some(number_of(season)),
                _ => None,
            };
            let circa = simple.qualification().approximate;
            Some(CslDate { date_parts: vec![parts(simple.extent())?], season, circa, literal: None })
        }
        Form::DateTime { day, .. } => {
            Some(CslDate { date_parts: vec![parts(Extent::Day(*day))?], ..CslDate::default() })
        }
        Form::Interval { start: End::Date(start), end: End::Date(end) } => {
            let end_parts = sure(end)?;
            Some(CslDate { date_parts: vec![sure(start)?, end_parts], ..CslDate::default() })
        }
        Form::Interval { .. } => None,
    }
}

/// Returns the parts of a date that is not qualified and is no season.
fn sure(date: &Simple) -> Option<Vec<i64>> {
    let plain = !date.qualification().is_some() && !matches!(date.extent(), Extent::Season { .. });
    parts(date.extent()).filter(|_| plain)
}

fn parts(extent: Extent) -> Option<Vec<i64>> {
    let parts = match extent {
        Extent::Day(day) => {
            let (year, month, day) = day.civil();
            vec![year, month.into(), day.into()]
        }
        Extent::Month { year, month } => vec![year, month.into()],
        Extent::Year(year) | Extent::Season { year, .. } => vec![year],
        _ => return None,
    };
    (1..=9999).contains(&parts[0]).then_some(parts)
}

fn number_of(season: Season) -> u8 {
    match season {
        Season::Spring => 1,
        Season::Summer => 2,
        Season::Autumn => 3,
        Season::Winter => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::{CslItem, csl_date, is_whole};
    use crate::model::date::Date;

    #[test]
    fn a_date_has_the_parts_that_it_gives_or_is_written_out() {
        for (text, json) in [
            ("2019-08-05", r#"{"date-parts":[[2019,8,5]]}"#),
            ("2019-08", r#"{"date-parts":[[2019,8]]}"#),
            ("2022-02~", r#"{"date-parts":[[2022,2]],"circa":true}"#),
            ("2019-23", r#"{"date-parts":[[2019]],"season":3}"#),
            ("2019-08/2020", r#"{"date-parts":[[2019,8],[2020]]}"#),
        ] {
            let parsed = Date::parse(text).expect("it is a date");
            assert!(is_whole(&parsed), "{text}");
            let date = csl_date(&parsed);
            assert_eq!(serde_json::to_string(&date).expect("it is JSON"), json, "{text}");
        }
        for text in ["2019?", "2019%", "../2019", "2019/..", "201X", "2019-XX", "2019~/2020", "-0043"] {
            assert_eq!(csl_date(&Date::parse(text).expect("it is a date")), None, "{text}");
        }
        for text in ["2019?", "2019-08-05T10:00:00", "2019/2019"] {
            assert!(!is_whole(&Date::parse(text).expect("it is a date")), "{text}");
        }
    }

    #[test]
    fn every_field_of_a_source_is_listed() {
        let schema = serde_json::to_value(schemars::schema_for!(CslItem)).expect("a schema is JSON");
        let fields = schema["properties"].as_object().expect("a source has fields");
        assert_eq!(fields.len(), CslItem::FIELDS.len());
        assert!(CslItem::FIELDS.iter().all(|field| fields.contains_key(*field)));
    }
}
