//! The shape of a file: which fields it has, which must be there, what each takes.
//!
//! It comes from the JSON Schema of the type that reads the file, so that there is one description of the format. Where
//! serde stops at the first mistake and knows no places, the check against a shape tells every mistake where it stands.
//!
//! A text takes whatever is typed without quotes: `2019`, `99%` and `true` are texts where a text is asked for. An empty
//! place is never a value.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value as Json};

/// The shape of a file.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What [`Kind::Named`] refers to, the whole file first; names make recursion finite.
    named: Vec<Kind>,
}

/// What a place takes.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Whatever is typed.
    Any,
    /// A line of text.
    Text,
    /// A text that is a date.
    Date,
    /// `true` or `false`.
    Switch,
    /// A number; a whole one if `whole`.
    Number { whole: bool },
    /// One of some words.
    Choice(Vec<String>),
    /// A list.
    List(Box<Kind>),
    /// Fields.
    Fields(Fields),
    /// One of several.
    Either(Vec<Kind>),
    /// A shape by its name.
    Named(usize),
}

/// The fields of an object.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Those with a name, in the order of the schema.
    pub(super) known: BTreeMap<String, Kind>,
    /// Those that must be there.
    pub(super) required: Vec<String>,
    /// What fields of other names take; `None` where there are none.
    pub(super) others: Option<Box<Kind>>,
}

impl Shape {
    /// Makes the shape of a type. This takes some time: keep it in a `OnceLock`.
    pub fn of<T: JsonSchema>() -> Self {
        Self::from_schema(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>())
    }

    /// Makes a shape from a schema, such as that of a type with further required fields.
    ///
    /// It understands what schemars writes for structs, maps, lists, enums of words, texts, numbers, switches and
    /// `anyOf`. Of anything else it takes whatever is typed, and leaves the judgement to serde.
    pub fn from_schema(schema: &Schema) -> Self {
        let root = schema.as_value();
        let definitions = root.get("$defs").and_then(Json::as_object);
        let compiler = Compiler { names: definitions.into_iter().flat_map(Map::keys).map(String::as_str).collect() };
        let named = std::iter::once(root).chain(definitions.into_iter().flat_map(Map::values));
        Self { named: named.map(|schema| compiler.kind(schema)).collect() }
    }

    /// Returns what the whole file takes.
    pub(super) fn root(&self) -> &Kind {
        self.named.first().map_or(&Kind::Any, |root| self.resolve(root))
    }

    /// Follows names to what they stand for.
    pub(super) fn resolve<'a>(&'a self, mut kind: &'a Kind) -> &'a Kind {
        // A name that stands for itself would go round for ever; a chain is never longer than the table.
        for _ in 0..=self.named.len() {
            match kind {
                Kind::Named(index) => kind = self.named.get(*index).unwrap_or(&Kind::Any),
                _ => return kind,
            }
        }
        &Kind::Any
    }
}

struct Compiler<'a> {
    names: Vec<&'a str>,
}

impl Compiler<'_> {
    fn kind(&self, schema: &Json) -> Kind {
        let Some(schema) = schema.as_object() else { return Kind::Any };
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            return self.reference(name);
        }
        if let Some(branches) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array) {
            return self.either(branches);
        }
        if let Some([only]) = schema.get("allOf").and_then(Json::as_array).map(Vec::as_slice) {
            return self.kind(only);
        }
        let words = schema.get("enum").and_then(Json::as_array).map(Vec::as_slice);
        if let Some(words) = words.or_else(|| schema.get("const").map(std::slice::from_ref)) {
            return Kind::Choice(words.iter().filter_map(Json::as_str).map(str::to_owned).collect());
        }
        match schema.get("type") {
            Some(Json::String(name)) => self.of_type(name, schema),
            Some(Json::Array(names)) => one_of(
                names
                    .iter()
                    .filter_map(Json::as_str)
                    .filter(|name| *name != "null")
                    .map(|name| self.of_type(name, schema)),
            ),
            _ => Kind::Any,
        }
    }

    fn reference(&self, name: &str) -> Kind {
        if name == "#" {
            return Kind::Named(0);
        }
        let name = name.trim_start_matches("#/$defs/");
        self.names.iter().position(|known| *known == name).map_or(Kind::Any, |index| Kind::Named(index + 1))
    }

    fn either(&self, branches: &[Json]) -> Kind {
        let is_null = |schema: &&Json| schema.get("type").is_some_and(|name| name == "null");
        one_of(branches.iter().filter(|schema| !is_null(schema)).map(|schema| self.kind(schema)))
    }

    fn of_type(&self, name: &str, schema: &Map<String, Json>) -> Kind {
        match name {
            "string" => {
                let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
                if format == "edtf" || format.starts_with("date") { Kind::Date } else { Kind::Text }
            }
            "boolean" => Kind::Switch,
            "integer" => Kind::Number { whole: true },
            "number" => Kind::Number { whole: false },
            "array" => Kind::List(Box::new(schema.get("items").map_or(Kind::Any, |items| self.kind(items)))),
            "object" => Kind::Fields(self.fields(schema)),
            _ => Kind::Any,
        }
    }

    fn fields(&self, schema: &Map<String, Json>) -> Fields {
        let known = schema.get("properties").and_then(Json::as_object);
        let known = known.into_iter().flatten().map(|(name, schema)| (name.clone(), self.kind(schema))).collect();
        let required = schema.get("required").and_then(Json::as_array);
        let required = required.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
        let others = match schema.get("additionalProperties").or_else(|| schema.get("unevaluatedProperties")) {
            Some(Json::Bool(false)) => None,
            Some(others) => Some(Box::new(self.kind(others))),
            None => Some(Box::new(Kind::Any)),
        };
        Fields { known, required, others }
    }
}

/// Makes one of several: words of an enum whose variants have a description each come together again.
fn one_of(kinds: impl Iterator<Item = Kind>) -> Kind {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for kind in kinds {
        match kind {
            Kind::Choice(more) => words.extend(more),
            other => others.push(other),
        }
    }
    if !words.is_empty() {
        others.push(Kind::Choice(words));
    }
    if others.len() == 1 { others.remove(0) } else { Kind::Either(others) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(JsonSchema)]
    #[schemars(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the schema of the type is looked at")]
    struct Tree {
        name: String,
        #[schemars(extend("format" = "edtf"))]
        date: Option<String>,
        size: Option<u8>,
        rest: BTreeMap<String, bool>,
        branches: Vec<Tree>,
        level: Option<Level>,
    }

    #[derive(JsonSchema)]
    #[schemars(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "only the schema of the type is looked at")]
    enum Level {
        /// High.
        High,
        Low,
    }

    #[test]
    fn a_type_becomes_a_shape() {
        let shape = Shape::of::<Tree>();
        let Kind::Fields(fields) = shape.root() else { panic!("a struct has fields: {shape:?}") };
        let kind = |name: &str| shape.resolve(&fields.known[name]);
        assert_eq!(fields.required, ["name", "rest", "branches"]);
        assert!(fields.others.is_none());
        assert!(matches!(kind("name"), Kind::Text));
        assert!(matches!(kind("date"), Kind::Date));
        assert!(matches!(kind("size"), Kind::Number { whole: true }));
        assert!(matches!(kind("level"), Kind::Choice(words) if words.len() == 2));
        assert!(
            matches!(kind("rest"), Kind::Fields(Fields { others: Some(others), .. }) if matches!(**others, Kind::Switch))
        );
        let Kind::List(item) = kind("branches") else { panic!("a vector is a list") };
        assert!(matches!(shape.resolve(item), Kind::Fields(_)), "a branch is a tree");
    }
}
