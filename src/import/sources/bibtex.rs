//! BibTeX and BibLaTeX, by the crate biblatex: LaTeX's escapes, `@string`, `crossref` and `xdata` are resolved by it.
//!
//! Dates of BibLaTeX are EDTF and are taken as they stand; those of BibTeX are put together of year, month and day.

use std::collections::BTreeSet;

use biblatex::{Chunk, ChunksExt, Entry, EntryType, Person, Type};

use crate::import::report::Kind;
use crate::import::{Imported, Input, html};
use crate::model::Id;

use super::{Ids, Source, add, is_address, names, resolve};

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
            sources.extend(source(entry, &keys, &mut ids, &mut imported));
        }
    }
    if sources.is_empty() && imported.diagnostics.iter().next().is_none() {
        let empty = super::bad("there is no entry in this file").help("an entry of BibTeX begins with `@article{key,`");
        return Imported::failed(empty);
    }
    add(input, sources, imported)
}

fn source(mut entry: Entry, keys: &BTreeSet<String>, ids: &mut Ids, imported: &mut Imported) -> Option<Source> {
    let mut source = Source { id: entry.key.clone(), kind: kind(&entry).to_owned(), ..Source::default() };
    if let EntryType::Unknown(name) = &entry.entry_type {
        source.keep("type", name.as_str());
    }
    let mut take =
        |name: &str| entry.remove(name).map(|chunks| tidy(&chunks.format_verbatim())).filter(|text| !text.is_empty());
    let title = take("title");
    let subtitle = take("subtitle");
    let container = ["journaltitle", "journal", "booktitle", "maintitle"].iter().find_map(|name| take(name));
    let publisher = ["publisher", "institution", "organization", "school"].iter().find_map(|name| take(name));
    let (number, note) = (take("number"), take("note"));
    let how = take("howpublished");
    let (url, urldate, related) = (take("url"), take("urldate"), take("related"));
    let issued = take("date").or_else(|| date_of_parts(&mut take));
    let doi = entry.get("doi").map(|chunks| format!("https://doi.org/{}", chunks.format_verbatim().trim()));
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

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads names. One that stands in braces as a whole is a body.
fn authors(entry: &mut Entry, field: &str) -> Vec<serde_json::Value> {
    let Some(chunks) = entry.remove(field) else { return Vec::new() };
    let is_body = matches!(chunks.as_slice(), [only] if matches!(only.v, Chunk::Verbatim(_)));
    if is_body {
        return names::person(tidy(&chunks.format_verbatim()), String::new()).into_iter().collect();
    }
    let Ok(people) = Vec::<Person>::from_chunks(&chunks) else { return Vec::new() };
    let name = |person: &Person| {
        let some = |text: &String| Some(tidy(text));
        let family = names::joined([some(&person.prefix), some(&person.name), some(&person.suffix)]);
        names::person(family, tidy(&person.given_name))
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

/// Returns CSL's type for an entry.
fn kind(entry: &Entry) -> &'static str {
    let text = |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim().to_lowercase()).unwrap_or_default();
    match &entry.entry_type {
        EntryType::Article | EntryType::SuppPeriodical => match &*text("entrysubtype") {
            "magazine" => "article-magazine",
            "newspaper" => "article-newspaper",
            _ => "article-journal",
        },
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
