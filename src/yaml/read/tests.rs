use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};

use super::super::testing::{file, told};
use super::super::{Shape, Value, read, scan};
use crate::diagnostic::Diagnostics;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    title: String,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    sources: Vec<Reference>,
    size: Option<i32>,
}

/// A text or fields, read as the files' own types are.
#[derive(Debug, PartialEq, Eq)]
struct Reference {
    id: String,
    locator: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    id: String,
    locator: Option<String>,
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Reference;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id or fields")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Reference, E> {
                if id == "forbidden" {
                    Err(E::custom("not this one"))
                } else {
                    Ok(Reference { id: id.into(), locator: None })
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Reference, A::Error> {
                let Fields { id, locator } = Fields::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Reference { id, locator })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Reference {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reference".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<Fields>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, fields] })
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
struct Sources(BTreeMap<String, Fields>);

fn read_page(text: &str) -> Page {
    let mut diagnostics = Diagnostics::default();
    let read = read(&file(), text, 0, &Shape::of::<Page>(), &mut diagnostics);
    assert_eq!(diagnostics.iter().next(), None, "in {text:?}");
    read.map(|read| read.value).expect("nothing was told")
}

#[test]
fn texts_are_read_exactly_as_typed() {
    for typed in [
        "2019",
        "2020/2021-06~",
        "99%",
        "1e3",
        "0x10",
        "0o17",
        "2019-08-05",
        "no",
        "true",
        "1_000",
        "+1",
        ".5",
        "1.50",
        "12:30",
        ".inf",
        "../2021-12",
        "2019?",
        "007",
        "-0",
        "Größe",
        "http://a.b/c#d",
    ] {
        let page = read_page(&format!("title: {typed}\ngroups: [{typed}]\nsources:\n  - {typed}\n  - id: {typed}\n"));
        assert_eq!(page.title, typed);
        assert_eq!(page.groups, [typed]);
        assert_eq!(page.sources[0], Reference { id: typed.into(), locator: None });
        assert_eq!(page.sources[1].id, typed);
    }
}

#[test]
fn switches_and_numbers_are_read_as_such() {
    let page = read_page("title: 'null'\ndraft: true\nsize: -3\n");
    assert_eq!((page.title.as_str(), page.draft, page.size), ("null", true, Some(-3)));
}

#[test]
fn blocks_keep_their_lines() {
    let page = read_page("title: |\n  one\n    two\ngroups:\n  - >-\n    three\n    four\r\n");
    assert_eq!((page.title.as_str(), page.groups[0].as_str()), ("one\n  two\n", "three four"));
}

#[test]
fn a_map_by_id_is_read() {
    let text = "ap-2019:\n  id: 1\nnull: {id: x, locator: p. 3}\n";
    let mut diagnostics = Diagnostics::default();
    let read = read::<Sources>(&file(), text, 0, &Shape::of::<Sources>(), &mut diagnostics);
    let Sources(sources) = read.expect("nothing is wrong with it").value;
    assert_eq!(sources["ap-2019"].id, "1");
    assert_eq!(sources["null"].locator.as_deref(), Some("p. 3"));

    let text = "ap-2019:\n  locator: x\n";
    let read = super::read::<Sources>(&file(), text, 0, &Shape::of::<Sources>(), &mut diagnostics);
    let read = read.expect("what is right is read all the same");
    assert!(!read.sound && read.value.0.is_empty());
    let expected = ("missing-field", "ap-2019", "the field `id` is missing", "add a line `id: …`");
    assert_eq!(told(text, 0, &mut diagnostics), [expected]);
}

#[test]
fn of_a_key_that_stands_twice_the_first_is_read() {
    let mut diagnostics = Diagnostics::default();
    let text = "title: one\ntitle: two\n";
    let read = read::<Page>(&file(), text, 0, &Shape::of::<Page>(), &mut diagnostics).expect("a title is there");
    assert_eq!((read.value.title.as_str(), read.sound), ("one", false));
    assert_eq!(read.node.get("title").and_then(|title| title.text()), Some("one"));
}

#[test]
fn what_only_the_type_refuses_is_told_with_its_line() {
    let text = "title: x\nsources:\n  - forbidden\n";
    let mut diagnostics = Diagnostics::default();
    assert!(read::<Page>(&file(), text, 4, &Shape::of::<Page>(), &mut diagnostics).is_none());
    let told = told(text, 4, &mut diagnostics);
    assert_eq!(told.len(), 1);
    let (code, place, message, _) = told[0];
    assert_eq!((code, place), ("bad-yaml", "forbidden"));
    assert!(message.starts_with("this cannot be read: ") && message.contains("not this one"), "{message}");
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    let text = "a".repeat(super::super::LARGEST + 1);
    let mut diagnostics = Diagnostics::default();
    assert!(scan(&file(), &text, 0, &mut diagnostics).is_none());
    assert_eq!(diagnostics.iter().next().map(|told| told.code.name()), Some("too-large"));
}

/// Texts put together at random from what YAML takes for signs: nothing may panic, and every place must be in the text.
#[test]
fn no_text_makes_the_reading_panic() {
    const PIECES: [&str; 48] = [
        "a",
        "b:",
        "c: ",
        ": ",
        "- ",
        "-",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        " ",
        "\t",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #3",
        "# ",
        "&x",
        "*x",
        "!t",
        "|",
        ">",
        ">-",
        "|2",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "~",
        "<<: ",
        "---",
        "...",
        "é",
        "\u{1F600}",
        "\\",
        "\\u00e9",
        "title: ",
        "title:foo",
        "groups:\n  - ",
        "\u{0}",
        "\u{85}",
        "\u{feff}",
    ];
    let shape = Shape::of::<Page>();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("it is below a usize")
    };
    for _ in 0..20_000 {
        let text: String = (0..=random(24)).map(|_| PIECES[random(PIECES.len())]).collect();
        let mut diagnostics = Diagnostics::default();
        let _ = read::<Page>(&file(), &text, 3, &shape, &mut diagnostics);
        for label in diagnostics.iter().flat_map(|told| told.primary.iter().chain(&told.secondary)) {
            assert!(text.get(label.span.start - 3..label.span.end - 3).is_some(), "{text:?}: {label:?}");
        }
        let padded = format!("---{text}");
        if let Some(node) = scan(&file(), &text, 3, &mut diagnostics) {
            assert_within(&node, &padded);
        } else {
            assert!(
                diagnostics.has_errors() || text.trim().is_empty() || !text.contains(':'),
                "lost without a word: {text:?}"
            );
        }
    }
}

fn assert_within(node: &super::Node, text: &str) {
    assert!(text.get(node.span.clone()).is_some(), "{text:?}: {node:?}");
    match &node.value {
        Value::Scalar { text: value, .. } => {
            for (at, letter) in value.char_indices() {
                let found = node.locate(text, at..at + letter.len_utf8());
                assert!(text.get(found.clone()).is_some(), "{text:?}: {found:?}");
            }
        }
        Value::Seq(items) => {
            for item in items {
                assert_within(item, text);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                assert_within(&entry.node, text);
            }
        }
        Value::Null | Value::Unreadable => {}
    }
}
