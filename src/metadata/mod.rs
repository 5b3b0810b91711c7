//! What a saved web page says of itself: title, authors, where it stands, who publishes it, when it came out.
//!
//! Pages say so in several ways, and many in more than one: JSON-LD in the words of schema.org, `citation_*` tags as
//! scholarly archives want them, Open Graph, Dublin Core, and the plain `<title>`. For each field the most exact of them
//! is taken. Nothing is guessed: a name is divided only where the page divides it, a date keeps its precision, and
//! `05/08/2019`, which means two days, is none. The room parses no more than tags, and asks no network; any bytes at all
//! give an answer. [`with_source`] puts what was found behind the sources of a site.

mod encoding;
mod json_ld;
mod people;
mod stub;
mod tags;
mod when;

use tags::Tags;

pub use stub::{NewSource, SOURCES, with_source};

/// What a page says of itself. Texts are plain, on one line, and never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The type, in CSL's words, where the page says what it is.
    pub kind: Option<&'static str>,
    /// The title.
    pub title: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<Author>,
    /// What it stands in: the newspaper, the site, the journal.
    pub container_title: Option<String>,
    /// Who publishes it, where that is not the name of what it stands in.
    pub publisher: Option<String>,
    /// When it came out, as EDTF, never more exact than a day.
    pub issued: Option<String>,
    /// The address that it gives itself.
    pub url: Option<String>,
}

/// An author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person whose name the page divides.
    Person {
        /// The family name.
        family: String,
        /// The given names; may be empty.
        given: String,
    },
    /// A body, or a name that is not divided.
    Literal(String),
}

/// Reads what a page says of itself, from the bytes of its HTML.
///
/// The encoding is that of the byte order mark, of the page's own `<meta charset>`, or UTF-8; where none of them fits,
/// windows-1252, as browsers do.
pub fn read(bytes: &[u8]) -> Metadata {
    let tags = Tags::read(&encoding::decode(bytes));
    let of_work = json_ld::read(&tags.json_ld);
    let container = tags
        .first(&["citation_journal_title", "citation_conference_title"])
        .or(of_work.container_title)
        .or_else(|| tags.first(&["og:site_name", "application-name"]));
    let publisher = of_work.publisher.or_else(|| {
        tags.first(&[
            "citation_publisher",
            "citation_technical_report_institution",
            "dc.publisher",
            "dcterms.publisher",
        ])
    });
    let title = tags
        .first(&["citation_title"])
        .or(of_work.title)
        .or_else(|| tags.first(&["og:title", "dc.title", "dcterms.title", "twitter:title"]))
        .or_else(|| tags.title.as_deref().and_then(line));
    let title = title.map(|title| without_site(&title, &[container.as_deref(), publisher.as_deref()]));
    Metadata {
        kind: kind(&tags, of_work.kind),
        title,
        authors: authors(&tags, of_work.authors),
        publisher: publisher.filter(|publisher| Some(publisher) != container.as_ref()),
        container_title: container,
        issued: issued(&tags, of_work.issued),
        url: tags.canonical.clone().or_else(|| tags.first(&["og:url"])).or(of_work.url).filter(|url| is_address(url)),
    }
}

fn kind(tags: &Tags, of_work: Option<&'static str>) -> Option<&'static str> {
    let named = |name, kind| tags.first(&[name]).map(|_| kind);
    named("citation_journal_title", "article-journal")
        .or_else(|| named("citation_conference_title", "paper-conference"))
        .or_else(|| named("citation_technical_report_institution", "report"))
        .or(of_work)
}

fn authors(tags: &Tags, of_work: Vec<Author>) -> Vec<Author> {
    let cited: Vec<Author> = tags.all("citation_author").filter_map(people::cited).collect();
    let tagged = || {
        let names = ["article:author", "author", "dc.creator", "dcterms.creator", "parsely-author", "byl"];
        let all = names.iter().map(|name| tags.all(name).flat_map(people::byline).collect::<Vec<_>>());
        all.into_iter().find(|authors| !authors.is_empty()).unwrap_or_default()
    };
    let mut authors = if !cited.is_empty() {
        cited
    } else if !of_work.is_empty() {
        of_work
    } else {
        tagged()
    };
    let mut seen = Vec::new();
    authors.retain(|author| {
        !seen.contains(author) && {
            seen.push(author.clone());
            true
        }
    });
    authors
}

fn issued(tags: &Tags, of_work: Option<String>) -> Option<String> {
    let exact = ["citation_publication_date", "citation_online_date", "citation_date"];
    let tagged = ["article:published_time", "og:article:published_time", "dcterms.issued", "dc.date.issued", "dc.date"];
    let plain = ["dcterms.date", "parsely-pub-date", "pubdate", "date", "citation_year"];
    let read = |names: &[&str]| names.iter().flat_map(|name| tags.all(name)).find_map(when::edtf);
    read(&exact).or(of_work).or_else(|| read(&tagged)).or_else(|| read(&plain))
}

/// Takes the name of the site from the end of a title: `Headline | The Paper`.
fn without_site(title: &str, sites: &[Option<&str>]) -> String {
    for site in sites.iter().flatten() {
        let Some(rest) = title.strip_suffix(site).map(str::trim_end) else { continue };
        let bare = rest.trim_end_matches(['|', '-', '–', '—', '·', '•', ':', '»']).trim_end();
        if bare.len() < rest.len() && !bare.is_empty() {
            return bare.to_owned();
        }
    }
    title.to_owned()
}

fn is_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

/// How much of a text is kept, in characters: more than that is no title and no name.
const LONGEST: usize = 500;

/// Puts a text on one line, without what cannot be seen; `None` where nothing is left.
fn line(text: &str) -> Option<String> {
    let seen = |c: char| {
        let is_unseen =
            matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
        if c.is_control() || is_unseen { ' ' } else { c }
    };
    let text: String = text.chars().take(4 * LONGEST).map(seen).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
