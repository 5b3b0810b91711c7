//! `check` for other programs: JSON, GitHub's workflow commands, SARIF; what is denied, and what alone is looked for.

use serde_json::Value;

use super::project::{Folder, Project};

/// A site with an error that has a second place, a warning, and a letter that takes three bytes before both.
fn spoilt() -> Folder {
    let body = "북한 [@none] and [@none].\n\nA note.\n\n[^x]: It is not used.\n";
    Project::new().page("a", body).on_disk()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

#[test]
fn json_has_every_message_with_its_place_in_letters_and_in_bytes() {
    let run = spoilt().run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(run.err, "");
    let report = json(&run.out);
    assert_eq!(report["version"], 1);
    assert_eq!(report["counts"], serde_json::json!({ "error": 1, "warning": 1, "note": 0 }));
    let first = &report["diagnostics"][0];
    assert_eq!((&first["code"], &first["severity"]), (&"unknown-source".into(), &"error".into()));
    assert_eq!(first["file"], "content/pages/a.md");
    let point =
        |line: usize, column: usize, byte: usize| serde_json::json!({ "line": line, "column": column, "byte": byte });
    assert_eq!(first["span"]["start"], point(4, 5, 30), "{first:#}");
    assert_eq!(first["span"]["end"], point(4, 10, 35), "{first:#}");
    assert_eq!(first["labels"][0]["span"]["start"], point(4, 17, 42), "{first:#}");
    assert!(first["help"].is_string());
}

#[test]
fn json_fits_its_own_schema() {
    let folder = spoilt();
    let schema = json(&folder.run(&["schema", "check"]).succeeds().out);
    let report = json(&folder.run(&["check", "--format", "json"]).ends_with(1).out);
    fits(&report, &schema, &schema);
}

/// Holds a value against the parts of JSON Schema that a made schema uses.
fn fits(value: &Value, schema: &Value, root: &Value) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return fits(value, &root["$defs"][name], root);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let null = ways.iter().any(|way| way["type"] == "null");
        assert!(null || !value.is_null(), "{value} is nothing, and must be {schema}");
        if let Some(way) = ways.iter().find(|way| way["type"] != "null").filter(|_| !value.is_null()) {
            fits(value, way, root);
        }
        return;
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(fields.contains_key(name), "`{name}` is missing in {value}");
        }
        for (name, field) in fields {
            assert!(schema["properties"][name].is_object(), "`{name}` is not described");
            fits(field, &schema["properties"][name], root);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fits(item, &schema["items"], root);
    }
    if let Some(kind) = schema["type"].as_str() {
        let fits = match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_u64(),
            other => panic!("`{other}` is not looked at"),
        };
        assert!(fits, "{value} is no {kind}");
    }
}

#[test]
fn a_site_without_mistakes_gives_an_empty_report() {
    let run = Project::started().on_disk().run(&["check", "--format", "json"]).succeeds();
    assert_eq!(json(&run.out)["diagnostics"], serde_json::json!([]));
    let run = Project::started().on_disk().run(&["check", "--format", "github"]).succeeds();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn github_gets_a_command_for_each_message_with_the_path_in_the_repository() {
    let run = spoilt().run(&["check", "--format", "github"]).ends_with(1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    let start =
        "::error file=content/pages/a.md,line=4,endLine=4,col=5,endColumn=9,title=unknown-source::there is no source";
    assert!(lines[0].starts_with(start), "{}", run.out);
    assert!(lines[0].contains("%0Ahelp: "), "{}", run.out);
    assert!(lines[1].starts_with("::warning file=content/pages/a.md,line=8,"), "{}", run.out);

    let above = Folder::empty();
    for (path, bytes) in spoilt().tree("") {
        above.put(&format!("a site/{path}"), bytes);
    }
    let run = above.run(&["check", "--format", "github", "--root", "./a site/"]).ends_with(1);
    assert!(run.out.starts_with("::error file=a site/content/pages/a.md,"), "{}", run.out);
    let run = above.run(&["check", "--format", "sarif", "--root", "a site"]).ends_with(1);
    assert!(run.out.contains("\"uri\": \"a%20site/content/pages/a.md\""), "{}", run.out);
}

#[test]
fn sarif_has_rules_with_their_stories_and_results_with_their_places() {
    let run = spoilt().run(&["check", "--format", "sarif"]).ends_with(1);
    let log = json(&run.out);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("there are rules");
    assert_eq!(rules.len(), 2);
    for result in run["results"].as_array().expect("there are results") {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|story| story.contains("```")), "{rule:#}");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(place["region"]["startLine"].is_u64(), "{result:#}");
    }
    let first = &run["results"][0];
    assert_eq!(first["level"], "error");
    let region = &first["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&5.into(), &10.into()));
    assert_eq!((&region["byteOffset"], &region["byteLength"]), (&30.into(), &5.into()));
    assert_eq!(first["relatedLocations"][0]["message"]["text"], "also here");
}

#[test]
fn what_has_no_place_has_one_in_sarif_because_hosts_refuse_it_otherwise() {
    let folder = Project::new().without("content/index.md").on_disk();
    let log = json(&folder.run(&["check", "--format", "sarif"]).ends_with(1).out);
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/site.yaml");
    let report = json(&folder.run(&["check", "--format", "json"]).ends_with(1).out);
    assert_eq!(report["diagnostics"][0]["file"], Value::Null);
}

#[test]
fn warnings_end_with_1_where_they_are_denied() {
    let folder = Project::new().page("a", "Text.\n\n[^x]: It is not used.\n").on_disk();
    folder.run(&["check"]).succeeds();
    let run = folder.run(&["check", "--deny", "warnings"]).ends_with(1);
    assert_eq!(run.titles().len(), 1, "{}", run.err);
    assert!(run.err.contains("`--deny warnings`"), "{}", run.err);
    folder.run(&["check", "--deny", "warnings", "--format", "json"]).ends_with(1);
    Project::new().on_disk().run(&["check", "--deny", "warnings"]).succeeds();
}

#[test]
fn only_the_codes_that_are_asked_for_are_told_and_count() {
    let folder = spoilt();
    let run = folder.run(&["check", "--only", "unused-footnote"]).succeeds();
    assert_eq!(run.titles().len(), 1, "{}", run.err);
    assert!(run.err.contains("1 message of other codes not shown"), "{}", run.err);
    let run = folder.run(&["check", "--only", "unused-footnote", "--only", "unknown-source"]).ends_with(1);
    assert_eq!(run.titles().len(), 2, "{}", run.err);
    let run = folder.run(&["check", "--only", "missing-alt"]).succeeds();
    assert!(run.out.starts_with("nothing of `missing-alt`: "), "{}", run.out);
    let run = folder.run(&["check", "--only", "dead-link"]).ends_with(2);
    assert!(run.err.contains("help: add `--external`"), "{}", run.err);
    let run = folder.run(&["check", "--only", "unknown-sources"]).ends_with(2);
    assert!(run.err.contains("help: write `--only unknown-source`"), "{}", run.err);
}
