//! The files as they are typed: one struct for each, the one description of the format.
//!
//! From these types come the reading of the files, the check of their shape, the JSON Schemas that editors complete
//! with, and the tables of fields in the guide. Values stay text here; `normalise` makes dates and figures of them.

mod page;
mod site;
mod sources;
mod target;

pub use page::{RawClaim, RawCorrection, RawCorrectionKind, RawImportance, RawMedia, RawPage, RawSourceRef, RawStatus};
pub use site::{RawEdition, RawGroup, RawHtml, RawLevel, RawNavigation, RawOutputs, RawSite};
pub use sources::{RawName, RawQuestion, RawQuestions, RawSource, RawSourceKind, RawSources};
pub use target::{RawCompression, RawDeny, RawHistory, RawTarget, RawTargetKind};

/// Implements reading and the schema of a type that is typed either as a line of text or as a map.
macro_rules! text_or_map {
    ($type:ident, $map:ident, $expecting:literal, $from_text:expr) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        Ok($from_text(text.to_owned()))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        $map::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Into::into)
                    }
                }
                deserializer.deserialize_any(Visitor)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).trim_start_matches("Raw").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let map = generator.subschema_for::<$map>();
                schemars::json_schema!({ "anyOf": [{ "type": "string" }, map] })
            }
        }
    };
}
use text_or_map;
