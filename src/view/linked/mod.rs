//! What a page says to search engines: JSON-LD in schema.org's words, made of the same data as the page.
//!
//! It says only what the content says. A date that schema.org has no form for is left out, and so is the type of an
//! author whom the site does not call a person or a body. What needs a whole address is left out where site.yaml has no
//! `url`; things then refer to each other by blank nodes, which need none.

mod sources;
mod types;

use crate::model::date::{Date, End, Extent, Form, Simple};
use crate::model::{Claim, Kind, Page};

use super::{Place, Views};
use types::{Article, Correction, Dataset, Download, Event, Graph, Imprint, Named, Node, Reference, WebSite};

impl Views<'_> {
    /// Makes what a page that is made from a file says.
    pub(super) fn json_ld(&self, page: &Page, place: &Place) -> String {
        let mut nodes = match page.kind {
            Kind::Home => vec![Node::WebSite(Box::new(self.web_site(page)))],
            Kind::Event | Kind::Page => vec![Node::Article(Box::new(self.article_node(page, place)))],
        };
        nodes.extend(page.claims.iter().filter_map(|claim| Some(Node::Claim(Box::new(self.claim_node(page, claim)?)))));
        script(nodes)
    }

    /// Makes what a page that the program makes says: the ledger and the page of data tell of the ledger's rows.
    pub(super) fn made_json_ld(&self, kind: &str, title: &str) -> Option<String> {
        let has_data = matches!(kind, "ledger" | "data") && self.site.claims().next().is_some();
        has_data.then(|| script(vec![Node::Dataset(Box::new(self.dataset(title)))]))
    }

    fn web_site(&self, home: &Page) -> WebSite {
        WebSite {
            id: self.page_id(home),
            name: self.site.config.title.clone(),
            url: self.whole("index.html"),
            by: self.imprint(),
            description: Some(self.site.config.description.clone()).filter(|text| !text.is_empty()),
        }
    }

    fn imprint(&self) -> Imprint {
        let config = &self.site.config;
        let of_kind = |kind| move |name: &String| Named { kind: Some(kind), ..Named::new(name) };
        Imprint {
            in_language: config.language.clone(),
            author: config.authors.iter().map(Named::new).collect(),
            publisher: config.publisher.as_ref().map(of_kind("Organization")),
            license: config.licence.as_ref().map(of_kind("CreativeWork")),
        }
    }

    fn article_node(&self, page: &Page, place: &Place) -> Article {
        let date = page.date.as_ref().map(|date| &date.value);
        let corrections = page.corrections.iter().filter_map(|correction| {
            Some(Correction {
                name: self.words.correction(correction.kind.name()),
                text: Some(correction.note.plain()).filter(|text| !text.trim().is_empty())?,
                date_published: correction.date.to_string(),
            })
        });
        Article {
            id: self.page_id(page),
            headline: page.title.value.clone(),
            url: self.whole(&place.path),
            description: page.summary.as_ref().map(crate::markdown::Document::plain),
            date_published: page.published.map(|date| date.to_string()),
            date_modified: page.last_changed().map(|date| date.to_string()),
            by: self.imprint(),
            image: page.media.as_ref().and_then(|media| self.whole(&media.file.value)),
            about: date.filter(|_| page.kind == Kind::Event).map(|date| event(&page.title.value, date)),
            temporal_coverage: date.and_then(coverage),
            correction: corrections.collect(),
            citation: self.works(page),
        }
    }

    /// Makes a claim; `None` where it has no words, but only a picture.
    fn claim_node(&self, page: &Page, claim: &Claim) -> Option<types::Claim> {
        let id = claim.id.value.as_str();
        let anchor = format!("claim-{id}");
        let question = claim.question.as_ref().and_then(|id| self.site.index.question(id.value.as_str()));
        Some(types::Claim {
            id: self.whole_anchor("ledger.html", &anchor).unwrap_or_else(|| format!("_:{anchor}")),
            text: Some(self.claim_words(claim)).filter(|text| !text.trim().is_empty())?,
            author: claim.said_by.as_ref().map(|by| Named::new(&by.value)),
            about: question.map(|at| Named { kind: Some("Question"), ..Named::new(&self.site.questions[at].title) }),
            temporal_coverage: claim.period.as_ref().and_then(|date| coverage(&date.value)),
            keywords: claim.status.map(|status| self.words.status(status.name())),
            description: claim.note.as_ref().map(crate::markdown::Document::plain).filter(|text| !text.is_empty()),
            appearance: self.appearances(claim),
            first_appearance: self.first_appearance(claim),
            is_part_of: Reference { id: self.page_id(page) },
        })
    }

    fn dataset(&self, title: &str) -> Dataset {
        let config = &self.site.config;
        let files = [("text/csv", "data/claims.csv"), ("application/json", "data/claims.json")];
        let files = files.into_iter().filter(|_| config.outputs.data);
        let summary = self.interface("ledger_summary", &config.description);
        let questions = self
            .site
            .questions
            .iter()
            .filter(|question| !self.site.index.answers(question.id.value.as_str()).is_empty());
        Dataset {
            name: format!("{title} · {}", config.title),
            description: format!("{} {summary}", config.description).trim().to_owned(),
            url: self.whole("ledger.html"),
            by: self.imprint(),
            date_modified: self
                .site
                .pages
                .iter()
                .filter_map(|page| page.last_changed())
                .max()
                .map(|date| date.to_string()),
            variable_measured: questions.map(|question| question.title.clone()).collect(),
            distribution: files
                .filter_map(|(encoding_format, path)| {
                    Some(Download { encoding_format, content_url: self.whole(path)? })
                })
                .collect(),
        }
    }

    fn page_id(&self, page: &Page) -> String {
        self.whole(&page.path).unwrap_or_else(|| format!("_:page-{}", page.id.value))
    }
}

impl Named {
    fn new(name: impl AsRef<str>) -> Self {
        Self { kind: None, name: name.as_ref().to_owned(), given_name: None, family_name: None }
    }
}

/// Writes a graph so that it can stand in a `<script>`: no letter in it can end that element or begin another.
fn script(nodes: Vec<Node>) -> String {
    let graph = Graph { context: "https://schema.org", nodes };
    let json = serde_json::to_string(&graph).expect("texts are JSON");
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn event(name: &str, date: &Date) -> Event {
    let (start_date, end_date) = match date.form() {
        Form::Interval { start, end } => (end_iso(start), end_iso(end)),
        _ => (date.datetime_attr(), None),
    };
    Event { name: name.to_owned(), start_date, end_date }
}

/// Returns the time that a text is about, as an ISO 8601 date or interval (`..` where it is open), where it has one.
fn coverage(date: &Date) -> Option<String> {
    match date.form() {
        Form::Interval { start, end } => {
            let side = |end: &End| if *end == End::Open { Some("..".to_owned()) } else { end_iso(end) };
            Some(format!("{}/{}", side(start)?, side(end)?))
        }
        _ => date.datetime_attr(),
    }
}

fn end_iso(end: &End) -> Option<String> {
    end.date().and_then(simple_iso)
}

/// Returns an ISO 8601 date of reduced precision; `None` for what is qualified, or no day, month or year.
fn simple_iso(date: &Simple) -> Option<String> {
    let in_range = (1..=9999).contains(&date.earliest().year());
    match date.extent() {
        _ if date.qualification().is_some() || !in_range => None,
        Extent::Day(day) => Some(day.to_string()),
        Extent::Month { year, month } => Some(format!("{year:04}-{month:02}")),
        Extent::Year(year) => Some(format!("{year:04}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::types::{Imprint, Node};
    use super::{WebSite, coverage, script};
    use crate::model::date::Date;

    #[test]
    fn a_date_that_iso_8601_cannot_say_is_left_out() {
        let said = |text: &str| coverage(&Date::parse(text).expect("it is a date"));
        for text in ["2019-08-05", "2019-08", "2019", "2019/2020-06", "2019/..", "../2019-08-05"] {
            assert_eq!(said(text).as_deref(), Some(text));
        }
        for text in ["2019~", "2019?/2020", "2019-21", "201X", "2019-08-XX", "2019/", "/2019", "-0043"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_ends_the_script() {
        let by = Imprint { in_language: "en".into(), author: Vec::new(), publisher: None, license: None };
        let name = "</script><!-- & \u{2028}".to_owned();
        let text = script(vec![Node::WebSite(Box::new(WebSite {
            id: String::new(),
            name: name.clone(),
            url: None,
            by,
            description: None,
        }))]);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON still");
        assert_eq!(value["@graph"][0]["name"], name);
        assert_eq!(value["@graph"][0]["@type"], "WebSite");
    }
}
