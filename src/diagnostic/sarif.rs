//! Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors read.
//!
//! The rules are those that something was found for; their help is the story of the code in docs/mistakes.md. Columns are
//! Unicode scalars, which SARIF calls code points. Paths are relative to the checkout, `%SRCROOT%`, and no machine is named.

use serde_json::{Value, json};

use super::lines::Known;
use super::place::{Place, Texts};
use super::visible::escaped;
use super::{Code, Diagnostic, Diagnostics, Label, Severity, explain};

/// Where a message goes that has no place: code hosts refuse a result without one.
const NO_PLACE: &str = "content/site.yaml";

/// Writes diagnostics as a SARIF log, indented, without a line break at its end. `folder` goes before each path: the
/// site's folder in the checkout, empty or ending in a slash.
pub fn sarif(found: &Diagnostics, folder: &str, texts: Texts<'_, '_>) -> String {
    let mut codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let texts = Known::new(texts);
    let place = |label: &Label| location(label, folder, &texts);
    let results: Vec<Value> = found.iter().map(|diagnostic| result(diagnostic, &codes, folder, &place)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dateline",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "the root of the checkout" } } },
            "results": results,
        }],
    });
    escaped(serde_json::to_string_pretty(&log).expect("a value is JSON"))
}

fn rule(code: Code) -> Value {
    let story = explain(code).unwrap_or_default();
    let first = story.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    json!({
        "id": code.name(),
        "shortDescription": { "text": first },
        "help": { "text": story, "markdown": story },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code], folder: &str, place: &dyn Fn(&Label) -> Value) -> Value {
    let index = codes.binary_search(&diagnostic.code).expect("every code that was found is among the rules");
    let primary = diagnostic.primary.as_ref();
    let why = primary.map(|label| label.text.as_str()).filter(|text| !text.is_empty());
    let help = diagnostic.help.as_ref().map(|help| format!("help: {help}"));
    let text: Vec<&str> = [Some(diagnostic.message.as_str()), why, help.as_deref()].into_iter().flatten().collect();
    let nowhere = || json!({ "physicalLocation": { "artifactLocation": artifact(folder, NO_PLACE) } });
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": { "text": text.join("\n") },
        "locations": [primary.map_or_else(nowhere, place)],
    });
    if !diagnostic.secondary.is_empty() {
        let related = diagnostic.secondary.iter().enumerate().map(|(id, label)| {
            let mut related = place(label);
            related["id"] = json!(id);
            if !label.text.is_empty() {
                related["message"] = json!({ "text": label.text });
            }
            related
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(label: &Label, folder: &str, texts: &Known<'_, '_>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(folder, &label.span.file) });
    if let Some(Place { start, end }) = Place::of(label, texts) {
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "byteOffset": start.byte,
            "byteLength": end.byte - start.byte,
        });
    }
    json!({ "physicalLocation": physical })
}

fn artifact(folder: &str, file: &str) -> Value {
    json!({ "uri": address(&format!("{folder}{file}")), "uriBaseId": "%SRCROOT%" })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Writes a path as a relative address (RFC 3986): what is not a letter or digit of ASCII is percent-encoded.
fn address(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address_of_ascii() {
        assert_eq!(address("content/größe 5%.md"), "content/gr%C3%B6%C3%9Fe%205%25.md");
    }
}
