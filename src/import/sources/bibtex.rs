//! BibTeX and BibLaTeX, by the crate biblatex: LaTeX's escapes, `@string`, `crossref` and `xdata` are resolved by it.
//!
//! Dates of BibLaTeX are EDTF and are taken as they stand; those of BibTeX are put together of year, month and day.

use std::collections::BTreeSet;

use biblatex::{Chunk, ChunksExt, Entry, EntryType, Person, Type};

use crate::control::cleared;
use crate::import::report::Kind;
use crate::import::{Imported, Input, html};
use crate::load::raw::RawSourceKind;
use crate::model::Id;

use super::{Ids, Source, add, address, is_address, names, resolve};

/// Imports BibTeX or BibLaTeX into `content/sources.yaml`.
pub fn bibtex(input: &Input<'_>) -> Imported {
    let mut imported = Imported::default();
    let mut told = Vec::new();
    let entries = resolve::entries(input, &mut told);
    told.into_iter().for_each(|diagnostic| imported.diagnostics.push(diagnostic));
    imported.diagnostics.sort();
    let mut ids = Ids::default();
    let keys: BTreeSet<String> = entries.keys().map(str::to_owned).collect();
    let mut sources = Vec::new();
    for entry in entries.into_vec() {
        if !matches!(entry.entry_type, EntryType::XData | EntryType::Set) {
            sources.extend(source(input, entry, &keys, &mut ids, &mut imported));
        }
    }
    if sources.is_empty() && imported.diagnostics.iter().next().is_none() {
        let empty = super::bad("there is no entry in this file").help("an entry of BibTeX begins with `@article{key,`");
        return Imported::failed(empty);
    }
    add(input, sources, imported)
}

fn source(
    input: &Input<'_>,
    mut entry: Entry,
    keys: &BTreeSet<String>,
    ids: &mut Ids,
    imported: &mut Imported,
) -> Option<Source> {
    let subtype = subtype(&entry);
    if subtype.is_some() {
        entry.remove("entrysubtype");
    }
    let kind = subtype.unwrap_or_else(|| kind(&entry).to_owned());
    let mut source = Source { id: entry.key.clone(), kind, ..Source::default() };
    if let EntryType::Unknown(name) = &entry.entry_type {
        source.keep("type", name.as_str());
    }
    let containers = containers(&entry.entry_type);
    let (url, related) = (as_typed(&entry, "url", input), as_typed(&entry, "related", input));
    let doi = as_typed(&entry, "doi", input).map(|doi| format!("https://doi.org/{}", doi.trim()));
    entry.remove("url");
    entry.remove("related");
    let mut take =
        |name: &str| entry.remove(name).map(|chunks| tidy(&chunks.format_verbatim())).filter(|text| !text.is_empty());
    let title = take("title");
    let subtitle = take("subtitle");
    let container = containers.iter().find_map(|name| take(name));
    let publisher = ["publisher", "institution", "organization", "school"].iter().find_map(|name| take(name));
    let (number, note) = (take("number"), take("note"));
    let how = take("howpublished");
    let (urldate, archive) = (take("urldate"), take("archive"));
    let issued = take("date").or_else(|| date_of_parts(&mut take));
    source.author = authors(&mut entry, "author");
    source.set("container-title", container);
    source.set("publisher", publisher);
    source.set("number", number);
    if let Some(issued) = issued {
        source.set_date("issued", &issued, imported);
    }
    let from_how = how
        .as_deref()
        .map(|how| how.trim_start_matches("\\url").trim_matches(['{', '}', ' ']))
        .filter(|how| is_address(how));
    if let (Some(how), None) = (&how, from_how) {
        source.keep("howpublished", how.as_str());
    }
    source.set_url(url.or_else(|| from_how.map(str::to_owned)).or(doi));
    if let Some(urldate) = urldate {
        source.set_date("accessed", &urldate, imported);
    }
    match archive {
        Some(archive) if is_address(&archive) => source.set("archive", Some(address(&archive))),
        Some(archive) => source.keep("archive", archive),
        None => {}
    }
    match related {
        Some(key) if keys.contains(&key) && Id::parse(&key).is_some() => source.set("origin", Some(key)),
        Some(other) => source.keep("related", other),
        None => {}
    }
    source.set("note", note.map(|note| html::escaped(&note)));
    for (name, chunks) in &entry.fields {
        let text = tidy(&chunks.format_verbatim());
        if !text.is_empty() && name != "xdata" {
            source.keep(name, text);
        }
    }
    let title = [title, subtitle].into_iter().flatten().collect::<Vec<_>>().join(": ");
    source.title = title;
    let key = entry.key.clone();
    source.id = ids.take(&key, &source, imported)?;
    if source.title.is_empty() {
        source.title.clone_from(&source.id);
        imported.report.note(Kind::Changed, &source.id, "it has no title: its id stands there");
    }
    Some(source)
}

/// Leaves one space where there are several, or what is no letter: taken out later, it would leave two.
fn tidy(text: &str) -> String {
    cleared(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns an address or a key as it stands in the file: the crate makes dashes of its hyphens.
fn as_typed(entry: &Entry, field: &str, input: &Input<'_>) -> Option<String> {
    let chunks = entry.get(field)?;
    let read = tidy(&chunks.format_verbatim());
    let place = chunks.first()?.span.start..chunks.last()?.span.end;
    let typed = input.text.get(place).map(|text| text.trim().trim_matches(['{', '}']));
    let dashed = typed.map(|text| text.replace("---", "—").replace("--", "–"));
    let text = if dashed.as_ref() == Some(&read) { typed?.to_owned() } else { read };
    Some(text).filter(|text| !text.is_empty())
}

/// Returns the fields that say what an entry of this type stands in. To an article a series is something else, and what
/// publishes a web page is its site.
fn containers(entry: &EntryType) -> &'static [&'static str] {
    match entry {
        EntryType::Article
        | EntryType::SuppPeriodical
        | EntryType::InBook
        | EntryType::BookInBook
        | EntryType::SuppBook
        | EntryType::InCollection
        | EntryType::SuppCollection
        | EntryType::InProceedings
        | EntryType::InReference => &["journaltitle", "journal", "booktitle", "maintitle"],
        EntryType::Online | EntryType::Misc => &["journaltitle", "journal", "booktitle", "maintitle", "organization"],
        _ => &["journaltitle", "journal", "booktitle", "maintitle", "series"],
    }
}

/// Stands for an equals sign in braces; Unicode keeps it free, and no name has it.
const EQUALS: &str = "\u{e000}";

/// Reads names. One that stands in braces as a whole is a body.
fn authors(entry: &mut Entry, field: &str) -> Vec<serde_json::Value> {
    let Some(mut chunks) = entry.remove(field) else { return Vec::new() };
    let is_body = matches!(chunks.as_slice(), [only] if matches!(only.v, Chunk::Verbatim(_)));
    if is_body {
        return names::person(tidy(&chunks.format_verbatim()), String::new()).into_iter().collect();
    }
    // To the crate an equals sign begins a name in fields (`family=…`), even in braces, which keep a text whole.
    for chunk in &mut chunks {
        if let Chunk::Verbatim(text) = &mut chunk.v {
            *text = text.replace('=', EQUALS);
        }
    }
    let Ok(people) = Vec::<Person>::from_chunks(&chunks) else { return Vec::new() };
    let name = |person: &Person| {
        let part = |text: &str| tidy(&text.replace(EQUALS, "="));
        let family = [&person.prefix, &person.name, &person.suffix].map(|text| Some(part(text)));
        names::person(names::joined(family), part(&person.given_name))
    };
    people.iter().filter_map(name).collect()
}

/// Puts a date together of BibTeX's year, month and day; a year in words stays words.
fn date_of_parts(take: &mut impl FnMut(&str) -> Option<String>) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (year, month, day) = (take("year"), take("month"), take("day"));
    let year = year?;
    let month = month.as_deref().map(|month| {
        let lower = month.trim_end_matches('.').to_lowercase();
        let named = MONTHS.iter().position(|name| lower.starts_with(name)).map(|at| at + 1);
        (lower.parse().ok().or(named), month)
    });
    let text = match (month, day.as_deref().map(|day| (day.parse::<usize>().ok(), day))) {
        (None, None) => year.clone(),
        (Some((Some(month), _)), None) => format!("{year}-{month:02}"),
        (Some((Some(month), _)), Some((Some(day), _))) => format!("{year}-{month:02}-{day:02}"),
        (month, day) => {
            let words = [day.map(|day| day.1), month.map(|month| month.1), Some(year.as_str())];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    Some(text)
}

/// Returns CSL's type for what an entry says beside its own type, where it is one.
fn subtype(entry: &Entry) -> Option<String> {
    let text = entry.get("entrysubtype")?.format_verbatim().to_lowercase();
    let name = match &*text {
        "magazine" => "article-magazine",
        "newspaper" => "article-newspaper",
        other => other,
    };
    serde_json::from_value::<RawSourceKind>(name.into()).ok().map(RawSourceKind::name)
}

/// Returns CSL's type for an entry.
fn kind(entry: &Entry) -> &'static str {
    match &entry.entry_type {
        EntryType::Article | EntryType::SuppPeriodical => "article-journal",
        EntryType::Book | EntryType::MvBook | EntryType::Booklet => "book",
        EntryType::InBook
        | EntryType::BookInBook
        | EntryType::InCollection
        | EntryType::SuppBook
        | EntryType::SuppCollection => "chapter",
        EntryType::Collection | EntryType::MvCollection | EntryType::Reference | EntryType::MvReference => "book",
        EntryType::Proceedings | EntryType::MvProceedings => "book",
        EntryType::InProceedings => "paper-conference",
        EntryType::InReference => "entry-encyclopedia",
        EntryType::Manual | EntryType::TechReport | EntryType::Report => "report",
        EntryType::MastersThesis | EntryType::PhdThesis | EntryType::Thesis => "thesis",
        EntryType::Periodical => "periodical",
        EntryType::Patent => "patent",
        EntryType::Online => "webpage",
        EntryType::Software => "software",
        EntryType::Dataset => "dataset",
        EntryType::Unpublished => "manuscript",
        EntryType::Unknown(name) => match name.as_str() {
            "movie" | "video" => "motion_picture",
            "legislation" => "legislation",
            "jurisdiction" => "legal_case",
            "image" | "artwork" => "graphic",
            "letter" => "personal_communication",
            "standard" => "standard",
            "review" => "review",
            _ => "document",
        },
        EntryType::Misc | EntryType::Set | EntryType::XData => "document",
    }
}
