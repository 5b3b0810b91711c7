//! The schemas, held by a validator that knows nothing of Dateline against files that Dateline takes, and some that it
//! does not.

use std::collections::BTreeSet;

use boon::{Compiler, Schemas};
use dateline::schema::{Kind, schema};
use serde_json::Value;

use super::project::{Folder, Project, Tree, repository, tests, tree};

/// Returns what a validator says of a text in YAML; `None` where it is content.
fn complaint(kind: Kind, yaml: &str) -> Option<String> {
    let parsed: Value = serde_json::from_str(&schema(kind)).expect("a schema is JSON");
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("schema.json", parsed).expect("it is a schema");
    let compiled = compiler.compile("schema.json", &mut schemas).expect("it is a sound schema");
    let value: Value = serde_yaml::from_str(yaml).expect("the text is YAML");
    schemas.validate(&value, compiled).err().map(|error| format!("{error:#}"))
}

/// Returns the kind and the YAML of a file of a site.
fn typed<'a>(path: &str, text: &'a str) -> Option<(Kind, &'a str)> {
    let kind = match path.strip_prefix("content/")? {
        "site.yaml" => Kind::Site,
        "sources.yaml" => Kind::Sources,
        "questions.yaml" => Kind::Questions,
        path if path.starts_with("timeline/") && path.ends_with(".md") => Kind::Event,
        path if path.ends_with(".md") => Kind::Page,
        _ => return None,
    };
    Some((kind, if path.ends_with(".md") { text.split("---\n").nth(1)? } else { text }))
}

fn all_fit(files: &Tree, what: &str) {
    let mut looked_at = 0;
    for (path, bytes) in files {
        let Some((kind, yaml)) = str::from_utf8(bytes).ok().and_then(|text| typed(path, text)) else { continue };
        looked_at += 1;
        assert_eq!(complaint(kind, yaml), None, "{what}: {path}");
    }
    assert!(looked_at >= 3, "{what}: only {looked_at} files were looked at");
}

#[test]
fn every_file_that_builds_fits_its_schema() {
    let content = tree(&repository().join("content"));
    let content = content.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    all_fit(&content, "the first site");
    all_fit(Project::started().files(), "a new site");
    all_fit(&tree(&tests().join("projects/everything")), "everything");
}

#[test]
fn a_text_may_look_like_a_number_and_a_mistake_is_a_mistake() {
    assert_eq!(complaint(Kind::Event, "title: 1984\ndate: 2019\n"), None);
    assert_eq!(complaint(Kind::Sources, "a: {title: yes, issued: 1931, number: 12}\n"), None);
    for (kind, yaml) in [
        (Kind::Event, "title: No date\n"),
        (Kind::Event, "title: A\ndate: 2019\nsoruces: [a]\n"),
        (Kind::Event, "title: A\ndate: 2019\nimportance: high\n"),
        (Kind::Event, "title: A\ndate: 2019\nsummary:\n"),
        (Kind::Event, "title: A\ndate: 2019\ngroups: a\n"),
        (Kind::Site, "title: A\nrules: {broken-link: off}\n"),
        (Kind::Sources, "a: {type: newspaper, title: A}\n"),
        (Kind::Questions, "a: {note: No title}\n"),
    ] {
        assert!(complaint(kind, yaml).is_some(), "{yaml}");
        let project = match kind {
            Kind::Event => Project::new().file("content/timeline/a.md", format!("---\n{yaml}---\n")),
            Kind::Site => Project::new().file("content/site.yaml", yaml),
            Kind::Sources => Project::new().file("content/sources.yaml", yaml),
            _ => Project::new().file("content/questions.yaml", yaml),
        };
        assert!(project.build().diagnostics.has_errors(), "Dateline takes what the schema does not: {yaml}");
    }
}

#[test]
fn every_example_in_a_schema_is_one_that_dateline_takes() {
    let mut examples = 0;
    for kind in [Kind::Site, Kind::Event, Kind::Sources, Kind::Questions] {
        let parsed: Value = serde_json::from_str(&schema(kind)).expect("a schema is JSON");
        let definitions =
            parsed["$defs"].as_object().into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
        for (name, definition) in definitions.chain([("", &parsed)]) {
            for (field, about) in definition["properties"].as_object().into_iter().flatten() {
                for example in about["examples"].as_array().into_iter().flatten() {
                    examples += 1;
                    let line = format!("{field}: {}", example.as_str().expect("examples are texts"));
                    let project = match (kind, name) {
                        (Kind::Site, "") => Project::new().file("content/site.yaml", format!("title: A\n{line}\n")),
                        (Kind::Event, "") => Project::new().event(
                            "a",
                            &format!("title: A\ndate: 2019\n{line}").replace("date: 2019\ndate:", "date:"),
                            "",
                        ),
                        (Kind::Event, "RawClaim" | "Claim") => Project::new().event(
                            "a",
                            &format!("title: A\ndate: 2019\nclaims:\n  - id: c\n    {line}"),
                            "",
                        ),
                        (Kind::Sources, _) => {
                            Project::new().file("content/sources.yaml", format!("a:\n  title: A\n  {line}\n"))
                        }
                        other => panic!("`{line}` of {other:?} is not tried: add it here"),
                    };
                    let codes = project.codes();
                    let unread =
                        ["bad-date", "bad-figure", "bad-value", "bad-yaml", "wrong-type", "unsafe-link", "yaml-trap"];
                    assert!(!codes.iter().any(|code| unread.contains(code)), "{line}: {codes:?}");
                }
            }
        }
    }
    assert!(examples >= 12, "only {examples} examples");
}

#[test]
fn a_new_site_is_wired_to_its_schemas_and_is_told_when_they_are_old() {
    let folder = Project::started().on_disk();
    for name in ["site", "sources", "questions"] {
        let head = folder.text(&format!("content/{name}.yaml"));
        let line = head.lines().next().expect("it has lines");
        let path = line.strip_prefix("# yaml-language-server: $schema=../").expect("the first line names the schema");
        assert!(folder.has(path), "{path} is not there");
    }
    let settings: Value = serde_json::from_str(&folder.text(".vscode/settings.json")).expect("it is JSON");
    for (schema, file) in settings["yaml.schemas"].as_object().expect("schemas are named") {
        assert!(folder.has(schema) && folder.has(file.as_str().expect("a path")), "{schema} or {file} is not there");
    }
    assert_eq!(folder.run(&["check"]).succeeds().err, "");
    folder.put("schemas/site.json", "{}");
    let run = folder.run(&["check"]).succeeds();
    assert!(run.err.contains("`dateline schema --write schemas` renews them"), "{}", run.err);
    assert_eq!(folder.run(&["check", "--quiet"]).succeeds().err, "");
    folder.run(&["schema", "--write", "schemas"]).succeeds();
    assert_eq!(folder.run(&["check"]).succeeds().err, "");
}

#[test]
fn schemas_go_to_any_folder() {
    let folder = Folder::empty();
    folder.run(&["schema", "--write", "a/b"]).succeeds();
    assert!(folder.has("a/b/event.json"));
    folder.run(&["schema"]).ends_with(2);
}

/// Lists the names of all fields in a schema, those of inner values too.
fn fields(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(Value::Object(fields)) = parts.get("properties") {
                found.extend(fields.keys().cloned());
            }
            parts.values().for_each(|part| fields(part, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| fields(part, found)),
        _ => {}
    }
}

#[test]
fn every_field_stands_in_a_table_for_editors() {
    let guide: String = ["docs/editors-guide.md", "docs/publishing.md"]
        .map(|path| std::fs::read_to_string(repository().join(path)).expect("it is there"))
        .concat();
    let mut found = BTreeSet::new();
    for kind in [Kind::Site, Kind::Event, Kind::Sources, Kind::Questions] {
        fields(&serde_json::from_str(&schema(kind)).expect("a schema is JSON"), &mut found);
    }
    assert!(found.len() > 50 && found.contains("said-by"), "{found:?}");
    let told: Vec<&str> =
        guide.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.split(" | ").next()).collect();
    let is_told = |name: &&String| told.iter().any(|cell| cell.contains(&format!("`{name}`")));
    let missing: Vec<&String> = found.iter().filter(|name| !is_told(name)).collect();
    assert!(missing.is_empty(), "no table tells of {missing:?}");
}
