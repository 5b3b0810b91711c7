//! JSON Schemas of the files that editors write, from the types that read them, and of what a check prints.

use schemars::generate::SchemaSettings;

use crate::diagnostic::Report;
use crate::load::raw::{RawPage, RawQuestions, RawSite, RawSources};

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// content/site.yaml.
    Site,
    /// The front matter of an event.
    Event,
    /// The front matter of any other page.
    Page,
    /// content/sources.yaml.
    Sources,
    /// content/questions.yaml.
    Questions,
    /// What `check --format json` prints.
    Check,
}

impl Kind {
    /// Every kind with its name on the command line.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Site, "site"),
        (Self::Event, "event"),
        (Self::Page, "page"),
        (Self::Sources, "sources"),
        (Self::Questions, "questions"),
        (Self::Check, "check"),
    ];
}

/// Returns the schema of a kind of file: JSON Schema draft 2020-12, indented, ending in a line break.
pub fn schema(kind: Kind) -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = match kind {
        Kind::Site => generator.into_root_schema_for::<RawSite>(),
        Kind::Event | Kind::Page => generator.into_root_schema_for::<RawPage>(),
        Kind::Sources => generator.into_root_schema_for::<RawSources>(),
        Kind::Questions => generator.into_root_schema_for::<RawQuestions>(),
        Kind::Check => generator.into_root_schema_for::<Report>(),
    };
    if kind == Kind::Event {
        schema.insert("title".into(), "Dateline event".into());
        schema.insert("required".into(), serde_json::json!(["title", "date"]));
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_must_have_a_date_and_a_page_need_not() {
        let required = |kind| {
            let schema: serde_json::Value = serde_json::from_str(&schema(kind)).expect("it is JSON");
            schema["required"].clone()
        };
        assert_eq!(required(Kind::Event), serde_json::json!(["title", "date"]));
        assert_eq!(required(Kind::Page), serde_json::json!(["title"]));
    }
}
