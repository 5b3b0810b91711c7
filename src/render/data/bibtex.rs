//! `sources.bib`: the sources for LaTeX, as BibLaTeX, whose dates are EDTF as ours are.
//!
//! Written here and not by the crate biblatex, which reads such files for us: it writes `~` and `^` as accents and a
//! backslash as the end of a line.

use std::fmt::Write;

use crate::model::{Name, Source};

/// The fields, in their order, with what they hold.
pub(super) const FIELDS: [(&str, &str); 12] = [
    ("title", "The title."),
    ("entrysubtype", "What it is, in CSL's words, where the type of the entry says less: `newspaper`, `speech`."),
    ("author", "Who wrote it; a body stands in braces."),
    ("journaltitle", "What an article stands in. Elsewhere `booktitle`, `organization` or `series`."),
    ("publisher", "Who publishes it; `institution` for reports and theses."),
    ("number", "The number of a report or an issue."),
    ("date", "When it came out, in EDTF as typed."),
    ("url", "The address."),
    ("urldate", "The day on which it was last read there."),
    ("archive", "The address of a kept copy."),
    ("note", "A remark."),
    ("related", "The key of the source that this one reports on."),
];

/// Writes every source. The keys are the ids.
pub(super) fn write<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<u8> {
    let mut out = String::new();
    for source in sources {
        entry(&mut out, source);
    }
    out.into_bytes()
}

fn entry(out: &mut String, source: &Source) {
    let kind = kind(&source.kind);
    let names: Vec<String> = source.authors.iter().map(name).collect();
    let publisher = if matches!(kind, "report" | "thesis") { "institution" } else { "publisher" };
    let text = |value: &Option<String>| value.as_deref().map(escaped);
    let fields = [
        ("title", Some(escaped(&source.title))),
        ("entrysubtype", subtype(&source.kind).map(str::to_owned)),
        ("author", (!names.is_empty()).then(|| names.join(" and "))),
        (container(kind), text(&source.container_title)),
        (publisher, text(&source.publisher)),
        ("number", text(&source.number)),
        ("date", source.issued.as_ref().map(|date| date.value.as_str().to_owned())),
        ("url", source.url.as_ref().map(|url| verbatim(&url.value))),
        ("urldate", source.accessed.map(|date| date.to_string())),
        ("archive", source.archive.as_ref().map(|url| escaped(&url.value))),
        ("note", source.note.as_ref().map(|note| escaped(&note.plain()))),
        ("related", source.origin.as_ref().map(|origin| origin.value.to_string())),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    write!(out, "@{kind}{{{}", source.id.value).expect(TAKES_ALL);
    for (name, value) in fields {
        write!(out, ",\n  {name} = {{{value}}}").expect(TAKES_ALL);
    }
    out.push_str("\n}\n\n");
}

const TAKES_ALL: &str = "a string takes everything";

/// Returns the entry type of BibLaTeX for one of CSL's.
fn kind(csl: &str) -> &'static str {
    match csl {
        "article" | "article-journal" | "article-magazine" | "article-newspaper" => "article",
        "book" => "book",
        "chapter" => "incollection",
        "collection" => "collection",
        "dataset" => "dataset",
        "entry" | "entry-dictionary" | "entry-encyclopedia" => "inreference",
        "manuscript" => "unpublished",
        "paper-conference" => "inproceedings",
        "patent" => "patent",
        "periodical" => "periodical",
        "report" => "report",
        "software" => "software",
        "thesis" => "thesis",
        "webpage" | "post" | "post-weblog" => "online",
        _ => "misc",
    }
}

/// Returns the word of CSL that the type of the entry does not give back; for articles the one that Zotero knows too.
fn subtype(csl: &str) -> Option<&str> {
    let said = matches!(
        csl,
        "article-journal"
            | "book"
            | "chapter"
            | "dataset"
            | "document"
            | "entry-encyclopedia"
            | "manuscript"
            | "paper-conference"
            | "patent"
            | "periodical"
            | "report"
            | "software"
            | "thesis"
            | "webpage"
    );
    (!said).then(|| csl.strip_prefix("article-").unwrap_or(csl))
}

fn container(kind: &str) -> &'static str {
    match kind {
        "article" => "journaltitle",
        "incollection" | "inproceedings" | "inreference" => "booktitle",
        "online" | "misc" => "organization",
        _ => "series",
    }
}

/// Writes a name: a person with the family name first, a body in braces, which keep it whole.
fn name(name: &Name) -> String {
    let part = |text: &str| {
        let splits = text.contains([',', '{', '}', '=']) || text.split_whitespace().any(|word| word == "and");
        if splits { format!("{{{}}}", escaped(text)) } else { escaped(text) }
    };
    match name {
        Name::Person { family, given: Some(given) } => format!("{}, {}", part(family), part(given)),
        Name::Person { family, given: None } => format!("{{{}}}", escaped(family)),
        Name::Literal(literal) => format!("{{{}}}", escaped(literal)),
    }
}

/// Escapes what LaTeX reads as its own; blanks of all kinds become one space, control characters nothing.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        for letter in word.chars().filter(|letter| !letter.is_control()) {
            match letter {
                '\\' => out.push_str("\\textbackslash{}"),
                '~' => out.push_str("\\textasciitilde{}"),
                '^' => out.push_str("\\textasciicircum{}"),
                // Not `\{`: readers of such files count braces with a backslash too.
                '{' => out.push_str("\\textbraceleft{}"),
                '}' => out.push_str("\\textbraceright{}"),
                '$' | '&' | '%' | '#' | '_' => out.extend(['\\', letter]),
                // Two would become a dash.
                '-' if out.ends_with('-') => out.push_str("{}-"),
                letter => out.push(letter),
            }
        }
    }
    out
}

/// Writes an address for a field that is read as it stands: only what would end it is percent-encoded.
fn verbatim(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for letter in address.chars() {
        if matches!(letter, '{' | '}' | '\\') || letter.is_control() || letter == ' ' {
            write!(out, "%{:02X}", u32::from(letter)).expect(TAKES_ALL);
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt};

    use super::{escaped, name, verbatim};
    use crate::model::Name;

    #[test]
    fn latex_reads_back_what_was_written() {
        for text in ["50% of $2bn & more_#1", "Ben & Jerry's", "größe “a”", "a--b --- c", "{a} \\ ~ ^"] {
            let file = format!("@misc{{k,\n  title = {{{}}}\n}}", escaped(text));
            let read = Bibliography::parse(&file).expect("it can be read");
            let title = read.get("k").expect("the key is kept").title().expect("it has a title");
            assert_eq!(title.format_verbatim(), text, "{file}");
        }
    }

    #[test]
    fn what_could_end_a_field_cannot() {
        assert_eq!(
            escaped("a}\n}, title = {b\\c~^"),
            "a\\textbraceright{} \\textbraceright{}, title = \\textbraceleft{}b\\textbackslash{}c\\textasciitilde{}\\textasciicircum{}"
        );
        assert_eq!(verbatim("https://x.example/{a}%20\\"), "https://x.example/%7Ba%7D%20%5C");
    }

    #[test]
    fn a_name_is_not_taken_apart() {
        let person =
            |family: &str, given: &str| name(&Name::Person { family: family.into(), given: Some(given.into()) });
        assert_eq!(person("Lederer", "Edith M."), "Lederer, Edith M.");
        assert_eq!(person("Sons and Daughters", "A, B"), "{Sons and Daughters}, {A, B}");
        assert_eq!(name(&Name::Literal("Ministry of This and That".into())), "{Ministry of This and That}");
    }
}
