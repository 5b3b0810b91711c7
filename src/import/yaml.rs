//! Writes YAML as an editor would type it: a field to a line, quotes only where they are needed.
//!
//! What is written is read back as the same text by the strict reader of this program, so that nothing in an imported
//! file can become a tag, a comment or a switch.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::control::cleared;

/// How deep values may lie in each other; below that they stand as JSON in a text.
const DEEPEST: usize = 8;

/// How many letters of a name are kept: YAML reads no more than 1024, escapes included.
const LONGEST_NAME: usize = 200;

/// Writes a field of a map: `key: value`, with deeper lines where the value has parts.
pub(super) fn field(out: &mut String, indent: usize, key: &str, value: &Value) {
    pad(out, indent);
    out.push_str(&scalar(key));
    out.push(':');
    below(out, indent, value);
}

/// Writes the fields of a map, each under a name that no other has: names may differ by what cannot be seen.
fn fields(out: &mut String, indent: usize, map: &Map<String, Value>) {
    let mut taken = BTreeSet::new();
    for (key, value) in map {
        let key: String = cleared(key).chars().take(LONGEST_NAME).collect();
        let key = if key.trim().is_empty() { "unnamed" } else { &*key };
        let mut numbered = (2..).map(|number| format!("{key}-{number}"));
        let mut name = key.to_owned();
        while !taken.insert(name.clone()) {
            name = numbered.next().expect("there is always one more");
        }
        field(out, indent, &name, value);
    }
}

/// Writes a text as a value: plain where YAML reads it as it stands, otherwise in double quotes.
pub(super) fn scalar(text: &str) -> String {
    let text = cleared(text).replace('\r', "");
    if is_plain(&text) { text } else { serde_json::to_string(&text).expect("a text is JSON, and JSON's text is YAML") }
}

fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let mark = |c: char| " -_./()'’“”‘–—+=,".contains(c);
    let starts = text.starts_with(char::is_alphabetic)
        || text.starts_with(char::is_numeric) && text.contains(' ') && text.contains(char::is_alphabetic);
    is_address(text)
        || starts
            && text.ends_with(|c: char| c.is_alphanumeric() || ".)’”".contains(c))
            && text.chars().all(|c| c.is_alphanumeric() || mark(c))
            && !text.contains("  ")
            && !WORDS.contains(&text.to_lowercase().as_str())
}

/// An address has no spaces, so that no `:` or `#` in it means anything.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.ends_with(|c: char| c.is_alphanumeric() || c == '/')
            && rest.chars().all(|c| c.is_alphanumeric() || "-._~:/?#=%+@,;&()".contains(c))
    })
}

fn below(out: &mut String, indent: usize, value: &Value) {
    match value {
        Value::Object(map) if !map.is_empty() && indent < 2 * DEEPEST => {
            out.push('\n');
            fields(out, indent + 2, map);
        }
        Value::Array(items) if !items.is_empty() && indent < 2 * DEEPEST => {
            out.push('\n');
            items.iter().for_each(|value| item(out, indent + 2, value));
        }
        Value::Object(map) if map.is_empty() => out.push_str(" {}\n"),
        Value::Array(items) if items.is_empty() => out.push_str(" []\n"),
        value => line(out, value),
    }
}

fn item(out: &mut String, indent: usize, value: &Value) {
    pad(out, indent);
    out.push('-');
    match value {
        Value::Object(map) if !map.is_empty() && indent < 2 * DEEPEST => {
            let mut lines = String::new();
            fields(&mut lines, indent + 2, map);
            out.push(' ');
            out.push_str(lines.trim_start());
        }
        value => below(out, indent, value),
    }
}

fn line(out: &mut String, value: &Value) {
    out.push(' ');
    match value {
        Value::String(text) => out.push_str(&scalar(text)),
        Value::Null => out.push_str("\"\""),
        Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
        Value::Array(_) | Value::Object(_) => out.push_str(&scalar(&value.to_string())),
    }
    out.push('\n');
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::field;
    use crate::diagnostic::Diagnostics;
    use crate::yaml::scan;

    fn written(value: &Value) -> String {
        let mut out = String::new();
        field(&mut out, 0, "extra", value);
        out
    }

    #[test]
    fn values_stand_as_an_editor_would_type_them() {
        let value = json!({"b": ["one", {"x": 1, "y": [true]}], "a": "c. 1890", "none": {}, "c": "no", "d": "a: b #c"});
        assert_eq!(
            written(&value),
            "extra:\n  a: c. 1890\n  b:\n    - one\n    - x: 1\n      \"y\":\n        - true\n  c: \"no\"\n  d: \"a: b #c\"\n  none: {}\n"
        );
    }

    #[test]
    fn each_field_has_a_name_of_its_own_that_can_be_seen() {
        let value = json!({"": 1, "\u{1}": 2, " ": [{"a": 3, "a\u{2}": 4}], "unnamed-2": 5});
        let out = written(&value);
        let mut found = Diagnostics::default();
        scan(&"a.yaml".into(), &out, 0, &mut found).expect("it is YAML");
        assert!(found.iter().next().is_none(), "{out}{found:?}");
        let lines: Vec<&str> = out.lines().map(|line| line.trim_start_matches([' ', '-'])).collect();
        assert_eq!(lines, ["extra:", "unnamed: 1", "unnamed-2: 2", "unnamed-3:", "a: 3", "a-2: 4", "unnamed-2-2: 5"]);
    }

    #[test]
    fn a_name_that_is_too_long_for_yaml_is_cut() {
        let out = written(&json!({ ("x".repeat(5000)): 1, ("x".repeat(6000)): 2, ("\"\\".repeat(3000)): 3 }));
        let mut found = Diagnostics::default();
        let node = scan(&"a.yaml".into(), &out, 0, &mut found).expect("it is YAML");
        assert!(found.iter().next().is_none(), "{found:?}");
        let cut = "x".repeat(200);
        let extra = node.get("extra").expect("it is there");
        let read = [cut.clone(), format!("{cut}-2"), "\"\\".repeat(100)]
            .map(|name| extra.get(&name).and_then(|node| node.text()));
        assert_eq!(read, [Some("1"), Some("2"), Some("3")]);
    }

    #[test]
    fn whatever_is_written_is_read_back_as_it_was() {
        for text in [
            "https://a.example/b?c=d&e=%20#f",
            "5 August",
            "1 e",
            "12",
            "a  b",
            "- a",
            "'",
            "\"",
            "!tag",
            "&a",
            "*b",
            "a\nb",
            "# x",
            "[x]",
            "~",
            "\u{feff}x",
            "2019",
            "a:",
            "@x",
            "%",
            "\u{85}",
        ] {
            let mut found = Diagnostics::default();
            let node = scan(&"a.yaml".into(), &written(&json!({ "key": text })), 0, &mut found).expect("it is YAML");
            assert!(found.iter().next().is_none(), "{text:?}: {found:?}");
            let read = node.get("extra").and_then(|node| node.get("key")).and_then(|node| node.text());
            assert_eq!(read, Some(&*text.replace('\u{85}', " ")), "{text:?}");
        }
    }
}
