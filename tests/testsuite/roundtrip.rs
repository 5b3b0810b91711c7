//! What a build writes for reference managers goes back in: the sources of another site become the same, field by field.
//!
//! The timeline's way back is in `import`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use dateline::diagnostic::Severity;
use dateline::import::{Imported, Input, bibtex, csl};
use dateline::model::{Name, Site, Source};

use super::project::Project;
use super::world::figure;

/// What neither format can carry, and why.
const LOST: [(&str, &str); 1] =
    [("evidence", "a stored copy is a file of the editor's, which no reader of the formats has")];

/// How a field comes back, where a format has only a simpler one for it.
///
/// - a note is plain text to both: the marks of Markdown go, the words stay;
/// - a family name alone is a name that is not divided: BibTeX has no other way to say it, and pages show the same.
fn fields(source: &Source) -> BTreeMap<&'static str, String> {
    let names = source.authors.iter().map(|name| match name {
        Name::Person { family, given: None } => format!("{:?}", Name::Literal(family.clone())),
        name => format!("{name:?}"),
    });
    let names: Vec<String> = names.collect();
    let some = |text: &Option<String>| text.clone();
    let all = [
        ("type", Some(source.kind.clone())),
        ("title", Some(source.title.clone())),
        ("author", (!names.is_empty()).then(|| names.join("; "))),
        ("container-title", some(&source.container_title)),
        ("publisher", some(&source.publisher)),
        ("number", some(&source.number)),
        ("issued", source.issued.as_ref().map(|date| date.value.as_str().to_owned())),
        ("URL", source.url.as_ref().map(|url| url.value.clone())),
        ("accessed", source.accessed.map(|day| day.to_string())),
        ("archive", source.archive.as_ref().map(|url| url.value.clone())),
        ("origin", source.origin.as_ref().map(|id| id.value.to_string())),
        ("evidence", source.evidence.as_ref().map(|file| file.value.clone())),
        ("note", source.note.as_ref().map(dateline::markdown::Document::plain)),
    ];
    let kept = all.into_iter().filter(|(field, _)| LOST.iter().all(|(lost, _)| lost != field));
    kept.filter_map(|(field, value)| Some((field, value?))).collect()
}

fn sources(site: &Site) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    site.sources.values().map(|source| (source.id.value.to_string(), fields(source))).collect()
}

/// What reads sources from a file.
type Reader = fn(&Input<'_>) -> Imported;

/// Builds a site, imports its sources into an empty one, and compares.
#[track_caller]
fn comes_back(name: &str, project: &Project) {
    let built = project.build();
    let output = built.output.unwrap_or_else(|| panic!("{name}: {}", project.drawn(&built.diagnostics)));
    let before = sources(&built.site.expect("the site is read"));
    let readers: [(&str, Reader); 2] = [("data/sources.json", csl), ("data/sources.bib", bibtex)];
    for (path, reader) in readers {
        let file = output.get(path).unwrap_or_else(|| panic!("{name}: there is no {path}"));
        let text = String::from_utf8(file.bytes.to_vec()).expect("it is text");
        let empty = Project::new();
        let path: Arc<str> = path.into();
        let imported = reader(&Input { name: &path, text: &text, site: &empty.in_memory(), force: false });
        assert!(!imported.diagnostics.has_errors(), "{name}: {path}: {:?}", imported.diagnostics);
        assert!(imported.report.notes.is_empty(), "{name}: {path}: {}", imported.report.text());
        let again = imported.files.iter().fold(empty, |project, (path, text)| project.file(path, text));
        let rebuilt = again.build();
        let errors = rebuilt.diagnostics.count(Severity::Error);
        assert_eq!(errors, 0, "{name}: {path}: {}", again.drawn(&rebuilt.diagnostics));
        let after = sources(&rebuilt.site.expect("the site is read"));
        assert_eq!(difference(&before, &after), "", "{name}: {path}");
    }
    figure(&format!("sources: {} of {name} came back from CSL-JSON and from BibLaTeX", before.len()));
}

type Sources = BTreeMap<String, BTreeMap<&'static str, String>>;

fn difference(before: &Sources, after: &Sources) -> String {
    let none = BTreeMap::new();
    let mut out = String::new();
    for id in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (before.get(id).unwrap_or(&none), after.get(id).unwrap_or(&none));
        for field in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            if old.get(field) != new.get(field) {
                writeln!(out, "{id}: {field}: {:?} became {:?}", old.get(field), new.get(field))
                    .expect("a text takes it");
            }
        }
    }
    out
}

/// A site with these sources, each as lines of sources.yaml.
fn site(sources: &[String]) -> Project {
    let yaml: String = sources.iter().enumerate().map(|(at, lines)| format!("s-{at}:\n{lines}\n")).collect();
    Project::new().file("content/sources.yaml", yaml)
}

#[test]
fn the_sources_of_whole_sites_come_back() {
    comes_back("the first site", &Project::first_site());
    comes_back("everything", &Project::of_case("everything"));
}

#[test]
fn every_type_of_source_comes_back_with_what_it_stands_in() {
    let schema = dateline::schema::schema(dateline::schema::Kind::Sources);
    let kinds = types(&serde_json::from_str(&schema).expect("a schema is JSON"));
    assert!(kinds.len() > 40, "the types are in the schema: {kinds:?}");
    let mut all = Vec::new();
    for kind in kinds {
        for container in ["", "\n  container-title: Where it stands"] {
            for publisher in ["", "\n  publisher: Who publishes it"] {
                all.push(format!("  type: {kind}\n  title: One\n  number: A/1{container}{publisher}"));
            }
        }
    }
    comes_back("each type", &site(&all));
}

/// Returns the words that a source's `type` may have.
fn types(schema: &serde_json::Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![schema];
    while let Some(value) = left.pop() {
        match value {
            serde_json::Value::Object(map) => {
                let words = map.get("enum").and_then(serde_json::Value::as_array).into_iter().flatten();
                let words: Vec<String> = words.filter_map(|word| word.as_str().map(str::to_owned)).collect();
                if words.iter().any(|word| word == "article-newspaper") {
                    found = words;
                }
                left.extend(map.values());
            }
            serde_json::Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    found
}

#[test]
fn every_kind_of_date_comes_back_as_it_was_typed() {
    let dates = [
        "2019",
        "2019-08",
        "2019-08-05",
        "2019~",
        "2019?",
        "2019%",
        "2019-08~",
        "2019-22",
        "2019-22~",
        "199X",
        "19XX",
        "2019-08-XX",
        "2019-XX-XX",
        "2019/2021-06",
        "2019/2021-06~",
        "2019/2019",
        "../2021-12",
        "2021-12/..",
        "2021/",
        "2019-21/2019-22",
        "2019-08-05T14:30:00Z",
        "2019-08-05T14:30:15+02:00",
        "-0043-03-15",
        "-0043~",
        "0000",
        "Y-20000",
        "Y20000",
        "-004X",
    ];
    let all: Vec<String> = dates.iter().map(|date| format!("  title: One\n  issued: \"{date}\"")).collect();
    comes_back("each kind of date", &site(&all));
}

#[test]
fn no_letter_of_a_text_an_address_or_a_name_is_lost() {
    let texts = [
        "50% of $2bn & more_#1 ^ ~ {a} \\b \\\\ | <",
        "a--b --- c - d -- e",
        "Who said \"so\", and 'why': 'tis; “curly” – and — more…",
        "größe 북한 العربية ñ ø",
        "Update: the page is gone",
        "Smith, Sons and Daughters and Co",
        "E = mc² Society",
        "a < b > c & d",
    ];
    let addresses = ["https://a.example/1--2---3/~me?q=%7B1%7D&r=a_b#c-d", "http://a.example:8080/(x)/é,;'!*@$"];
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut all = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let (text, address) = (quoted(text), quoted(addresses[at % addresses.len()]));
        all.push(format!(
            "  type: report\n  title: {text}\n  container-title: {text}\n  publisher: {text}\n  number: {text}\n  author: [{text}, {{literal: {text}}}]\n  URL: {address}\n  archive: {address}\n  accessed: 2020-01-02"
        ));
    }
    all.push("  title: Notes\n  note: \"Update: it *is* gone, and [here](https://a.example/x) is a_b & c -- d\"\n  origin: s-0".to_owned());
    let people = [
        ("Lederer", "Edith M."),
        ("van Gogh", "Vincent"),
        ("de la Cruz", "Juana"),
        ("King Jr.", "Martin Luther"),
        ("O’Brien", "Flann"),
        ("김", "정은"),
        ("d’Aramon", "M."),
        ("Lopez-Obrador", "A. M."),
        ("Sons and Daughters", "A, B"),
    ];
    let names: Vec<String> =
        people.iter().map(|(family, given)| format!("{{family: \"{family}\", given: \"{given}\"}}")).collect();
    all.push(format!("  title: People\n  author: [{}, A Body, {{family: Plato}}]", names.join(", ")));
    all.extend(names.iter().map(|name| format!("  title: One\n  author: [{name}]")));
    all.push("  title: A body\n  author: [Ministry of This and That]".to_owned());
    comes_back("odd letters", &site(&all));
}
