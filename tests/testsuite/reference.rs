//! docs/theme-reference.md is made from the types that templates get and from the components of the carried themes, so
//! that it cannot go stale. `BLESS=1 cargo test --locked reference` writes it anew.

use std::fmt::Write;
use std::fs;

use dateline::theme::{carried, carried_files};
use dateline::view;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::project::repository;

const FILE: &str = "docs/theme-reference.md";

const OPENING: &str = "# Reference for themes

What templates get, and which components the themes that the program carries have. This file is made from the program;
[the theme guide](themes.md) explains it.

A field marked with `?` may be `null`: ask for it before you print it. A field whose name ends in `html` is ready HTML, to
be printed with `| safe`; all others are plain text. A `path` is relative to the root of the site: print it after
`page.root`.
";

/// What a template gets beside `site`, `page` and `t`: its name, the variable, the type, and whether it is a list.
const TEMPLATES: &[(&str, &[(&str, &str)])] = &[
    ("home.html", &[("home", "HomeView")]),
    ("event.html", &[("article", "ArticleView")]),
    ("page.html", &[("article", "ArticleView")]),
    ("group.html", &[("group", "GroupView"), ("timeline", "list of EntryView")]),
    ("ledger.html", &[("questions", "list of QuestionView")]),
    ("sources.html", &[("list", "list of ListedSource")]),
    ("corrections.html", &[("corrections", "list of CorrectionView")]),
    ("data.html", &[("files", "list of DataFile")]),
    ("all.html", &[("sections", "list of SectionView")]),
    ("404.html", &[]),
];

/// Templates that are no pages: what they get is told in the guide.
const PARTS: [&str; 3] = ["base.html", "head.html", "section.html"];

#[test]
fn the_reference_for_themes_is_what_the_program_gives() {
    let made = reference();
    let path = repository().join(FILE);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &made).expect("the file can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "{FILE} is stale: write it anew with `BLESS=1 cargo test --locked reference`");
}

#[test]
fn every_type_that_a_template_gets_is_described() {
    let made = reference();
    for (template, values) in TEMPLATES {
        for (_, kind) in *values {
            let name = kind.trim_start_matches("list of ");
            assert!(made.contains(&format!("\n### {name}\n")), "{template} gets a {name}, which is not described");
        }
    }
    let undescribed = made.split("\n## Components").next().expect("a first part").contains("|  |\n");
    assert!(!undescribed, "a field has no description");
}

#[test]
fn every_template_that_the_program_asks_for_is_in_the_table_and_in_every_theme() {
    for (path, _) in carried_files("broadsheet") {
        let Some(name) = path.strip_prefix("templates/").filter(|name| !name.contains('/')) else { continue };
        let known = !name.ends_with(".html")
            || PARTS.contains(&name)
            || TEMPLATES.iter().any(|(template, _)| *template == name);
        assert!(known, "say in TEMPLATES what {name} gets, and give the theme plain one too");
    }
    for theme in carried() {
        for (template, _) in TEMPLATES {
            let wanted = format!("templates/{template}");
            assert!(carried_files(theme).any(|(path, _)| path == wanted), "the theme {theme} has no {template}");
        }
    }
}

fn reference() -> String {
    let mut out = OPENING.to_owned();
    out.push_str("\n## Templates\n\nEvery template gets `site` ([SiteView](#siteview)), `page` ([PageMeta](#pagemeta)) and `t`, the words of the interface.\n\n| template | gets also |\n|---|---|\n");
    for (template, values) in TEMPLATES {
        let values: Vec<String> = values.iter().map(|(name, kind)| format!("`{name}`: {}", linked(kind))).collect();
        let values = if values.is_empty() { "nothing".to_owned() } else { values.join(", ") };
        writeln!(out, "| `{template}` | {values} |").expect("a string takes everything");
    }
    out.push_str("\n## Types\n");
    for (name, schema) in types() {
        out.push_str(&section(&name, &schema));
    }
    out.push_str("\n## Components\n");
    for theme in carried() {
        out.push_str(&components(theme));
    }
    out
}

fn types() -> Vec<(String, Value)> {
    let mut generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    generator.subschema_for::<view::SiteView>();
    generator.subschema_for::<view::PageMeta>();
    generator.subschema_for::<view::HomeView>();
    generator.subschema_for::<view::ArticleView>();
    generator.subschema_for::<view::GroupView>();
    generator.subschema_for::<view::QuestionView>();
    generator.subschema_for::<view::ListedSource>();
    generator.subschema_for::<view::DataFile>();
    generator.subschema_for::<view::SectionView>();
    generator.definitions().iter().map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

fn section(name: &str, schema: &Value) -> String {
    let mut out = format!("\n### {name}\n\n{}\n\n| field | type | what it is |\n|---|---|---|\n", text(schema));
    let fields = schema["properties"].as_object().unwrap_or_else(|| panic!("{name} has no fields"));
    for (field, schema) in fields {
        let (kind, optional) = kind(schema);
        let mark = if optional { "?" } else { "" };
        writeln!(out, "| `{field}`{mark} | {kind} | {} |", text(schema).replace('|', "\\|"))
            .expect("a string takes everything");
    }
    out
}

/// Returns the description, on one line; braces of templates are code, and stay as they are.
fn text(schema: &Value) -> String {
    let lines = schema["description"].as_str().unwrap_or_default().split_whitespace();
    lines.collect::<Vec<_>>().join(" ")
}

/// Names the type of a field in a designer's words, and tells whether it may be `null`.
fn kind(schema: &Value) -> (String, bool) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return (linked(name), false);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let (named, null): (Vec<&Value>, Vec<&Value>) = options.iter().partition(|option| option["type"] != "null");
        return (kind(named[0]).0, !null.is_empty());
    }
    match &schema["type"] {
        Value::Array(names) => {
            let name = names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or_default();
            (plain(name, schema), names.iter().any(|name| name == "null"))
        }
        Value::String(name) => (plain(name, schema), false),
        _ => ("any".to_owned(), false),
    }
}

fn plain(name: &str, schema: &Value) -> String {
    match name {
        "array" => format!("list of {}", kind(&schema["items"]).0),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "whole number".to_owned(),
        "object" => "map".to_owned(),
        name => name.to_owned(),
    }
}

fn linked(kind: &str) -> String {
    let name = kind.trim_start_matches("list of ");
    let link = if name.starts_with(char::is_uppercase) {
        format!("[{name}](#{})", name.to_lowercase())
    } else {
        name.to_owned()
    };
    kind.replace(name, &link)
}

/// Lists the components of a theme: their arguments, and the remark that stands before them.
fn components(theme: &str) -> String {
    let mut out = format!(
        "\n### Components of {theme}\n\n`@name` is a value that the component takes from the page by itself. An argument with `=` may be left out.\n\n| component | arguments | file | remark |\n|---|---|---|---|\n"
    );
    let files = carried_files(theme).filter(|(path, _)| path.starts_with("templates/components/"));
    let mut found = 0;
    for (path, bytes) in files {
        let text = str::from_utf8(&bytes).expect("a template is UTF-8");
        for (at, _) in
            text.match_indices("component ").filter(|(at, _)| text[..*at].trim_end_matches([' ', '-']).ends_with("{%"))
        {
            let definition = &text[at + "component ".len()..];
            let Some((name, rest)) = definition.split_once('(') else {
                panic!("{path}: a component without arguments")
            };
            let arguments = rest.split_once(')').expect("arguments end").0.replace('\n', " ");
            let file = path.trim_start_matches("templates/components/");
            writeln!(out, "| `{}` | `{arguments}` | `{file}` | {} |", name.trim(), remark(&text[..at]))
                .expect("a string takes everything");
            found += 1;
        }
    }
    assert!(found > 5, "the components of {theme} were not seen");
    out
}

/// Returns the remark that ends directly before a component.
fn remark(before: &str) -> String {
    let before = before.trim_end_matches('-').trim_end_matches("{%").trim_end();
    let Some(inner) = before.strip_suffix("#}").and_then(|text| text.rsplit_once("{#")).map(|(_, inner)| inner) else {
        return String::new();
    };
    inner.trim_matches(['-', ' ', '\n']).split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
