//! JSON Schemas of the files that editors write, from the types that read them, and of what a check prints.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::diagnostic::{Code, Report};
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

/// The folder in which `new site` puts the schemas, for editors to complete with.
pub const FOLDER: &str = "schemas";

/// Returns the schemas of all files that editors write: names such as `site.json`, and texts.
pub fn files() -> Vec<(String, String)> {
    let typed = Kind::ALL.into_iter().filter(|(kind, _)| *kind != Kind::Check);
    typed.map(|(kind, name)| (format!("{name}.json"), schema(kind))).collect()
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
    }
    .to_value();
    match kind {
        Kind::Event => {
            schema["title"] = "Dateline event".into();
            schema["required"] = json!(["title", "date"]);
        }
        Kind::Site => {
            let rules: Vec<&str> = Code::ALL.iter().filter(|code| code.is_rule()).map(|code| code.name()).collect();
            schema["properties"]["rules"]["propertyNames"] = json!({ "enum": rules });
        }
        _ => {}
    }
    if kind != Kind::Check {
        as_typed(&mut schema);
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

/// Makes a schema take what Dateline takes: a text may be typed as `2019` or `true`, which other readers of YAML take for
/// a number or a switch; and a field with nothing behind it is never a value.
fn as_typed(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(as_typed),
        Value::Object(fields) => {
            for name in ["anyOf", "oneOf"] {
                if let Some(Value::Array(branches)) = fields.get_mut(name) {
                    branches.retain(|branch| branch.get("type") != Some(&json!("null")));
                }
            }
            let is_choice = fields.contains_key("enum") || fields.contains_key("const");
            if let Some(kind) = fields.get_mut("type") {
                if let Value::Array(kinds) = kind {
                    kinds.retain(|kind| kind != "null");
                }
                let is_text = *kind == "string" || *kind == json!(["string"]);
                if is_text && !is_choice {
                    *kind = json!(["string", "number", "boolean"]);
                }
            }
            let values = ["default", "examples", "enum", "const", "required"];
            fields
                .iter_mut()
                .filter(|(name, _)| !values.contains(&name.as_str()))
                .for_each(|(_, value)| as_typed(value));
        }
        _ => {}
    }
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
