//! A section of the site as a chapter of a book.
//!
//! What the program itself writes into texts is known by its classes: `cite` and `fnref` around the numbers of notes, `claim`
//! on the link of a claim, `sidenote` for what stands in the margin. What such a number leads to is a note, whatever a theme
//! made of its list.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use markup5ever_rcdom::Handle;

use super::book::{Book, Resources, Section};
use super::inline::{decoded, local};
use super::tree::{elements, escaped, find, get, has_class, name, parent, parse, remove, set, xml};

/// A chapter, ready to be put into its page.
pub(super) struct Chapter {
    /// `chapter-1.xhtml`.
    pub(super) file: String,
    pub(super) title: String,
    /// Well-formed XML.
    pub(super) body: String,
    /// Whether a drawing stands in it, which its entry in the package has to say.
    pub(super) svg: bool,
    /// The kind of page.
    pub(super) role: String,
}

/// Attributes that mean nothing on an e-reader, or that EPUB does not allow.
const DROPPED: [&str; 12] = [
    "loading",
    "decoding",
    "fetchpriority",
    "srcset",
    "sizes",
    "tabindex",
    "popovertarget",
    "popover",
    "download",
    "open",
    "style",
    "paint-order",
];
/// Attributes that name ids.
const REFERENCES: [&str; 4] = ["aria-labelledby", "aria-describedby", "for", "headers"];

/// Where everything stands: chapters by section, ids by the ids that they have in one document.
pub(super) struct Shelf<'a> {
    sections: Vec<(&'a Section<'a>, Handle)>,
    /// Id in the document: chapter, and id in it.
    places: BTreeMap<String, (usize, String)>,
}

impl<'a> Shelf<'a> {
    /// Finds every id that a link can lead to.
    pub(super) fn new(sections: &'a [Section<'a>]) -> Self {
        let mut shelf = Self { sections: Vec::new(), places: BTreeMap::new() };
        for (number, section) in sections.iter().enumerate() {
            let dom = parse(section.html);
            let body = find(&dom, "body").expect("the parser gives every document a body");
            // The tree goes with the document unless the body is taken out of it.
            remove(&body);
            shelf.places.insert(section.anchor.to_owned(), (number, id_in_chapter(section.anchor)));
            for id in elements(&body).iter().filter_map(|element| get(element, "id")) {
                let inside = id_in_chapter(&id);
                shelf.places.entry(id).or_insert((number, inside));
            }
            shelf.sections.push((section, body));
        }
        shelf
    }

    /// Makes the chapters.
    pub(super) fn chapters(&self, book: &Book<'_>, resources: &mut Resources) -> Vec<Chapter> {
        let sections = self.sections.iter().enumerate();
        sections.map(|(number, (section, body))| self.chapter(number, section, body, book, resources)).collect()
    }

    fn chapter(
        &self,
        number: usize,
        section: &Section<'_>,
        body: &Handle,
        book: &Book<'_>,
        resources: &mut Resources,
    ) -> Chapter {
        let cards = take_cards(body);
        let notes = mark_notes(body);
        let lists: Vec<Handle> = notes.iter().filter_map(parent).collect();
        for element in elements(body) {
            if matches!(name(&element), "script" | "style" | "source") || has_class(&element, "anchor") {
                remove(&element);
                continue;
            }
            self.element(&element, number, book, resources);
        }
        let is = |list: &[Handle], node: &Handle| list.iter().any(|known| Rc::ptr_eq(known, node));
        let rename = |node: &Handle| match name(node) {
            "ol" | "ul" if is(&lists, node) => Some("div"),
            "li" if parent(node).is_some_and(|list| is(&lists, &list)) => Some("aside"),
            _ => None,
        };
        let text = xml(body, &rename);
        let cards: String = cards.iter().map(|(claim, card)| self.card(claim, card)).collect();
        let id = id_in_chapter(section.anchor);
        Chapter {
            file: format!("chapter-{}.xhtml", number + 1),
            title: section.title.to_owned(),
            svg: text.contains("<svg"),
            body: format!(
                "<section id=\"{}\" epub:type=\"chapter\" role=\"doc-chapter\">\n{text}{cards}</section>",
                escaped(&id)
            ),
            role: section.kind.to_owned(),
        }
    }

    fn element(&self, element: &Handle, chapter: usize, book: &Book<'_>, resources: &mut Resources) {
        DROPPED.iter().for_each(|attribute| set(element, attribute, None));
        if let Some(id) = get(element, "id") {
            set(element, "id", Some(&id_in_chapter(&id)));
        }
        for reference in REFERENCES {
            let ids = get(element, reference);
            let inside = ids.map(|ids| ids.split_ascii_whitespace().map(id_in_chapter).collect::<Vec<_>>().join(" "));
            if let Some(inside) = inside {
                set(element, reference, Some(&inside));
            }
        }
        match name(element) {
            "details" => set(element, "open", Some("open")),
            "img" => {
                let taken =
                    get(element, "src").and_then(|src| local(&src)).and_then(|path| resources.take(&path, book.files));
                match taken {
                    Some(path) => set(element, "src", Some(&path)),
                    None => remove(element),
                }
            }
            "a" => self.link(element, chapter, book),
            _ => {}
        }
    }

    fn link(&self, element: &Handle, chapter: usize, book: &Book<'_>) {
        let Some(href) = get(element, "href") else { return };
        let to = match href.strip_prefix('#') {
            Some(anchor) => self.address(&decoded(anchor), chapter),
            None if local(&href).is_some() => book.imprint.url.as_ref().map(|url| format!("{url}/{href}")),
            None => Some(href),
        };
        set(element, "href", to.as_deref());
    }

    /// Returns the address of an anchor, from a chapter.
    fn address(&self, anchor: &str, from: usize) -> Option<String> {
        // The card of a claim, which its first mention in a chapter has, is in that chapter.
        if anchor.starts_with(CARD) {
            return Some(format!("#{anchor}"));
        }
        let (chapter, id) = self.places.get(anchor)?;
        Some(if *chapter == from { format!("#{id}") } else { format!("chapter-{}.xhtml#{id}", chapter + 1) })
    }

    /// Writes the card of a claim as a note that leads to the ledger.
    fn card(&self, claim: &str, card: &Handle) -> String {
        let text = xml(card, &|_| None);
        let ledger = self.address(&format!("claim-{claim}"), usize::MAX);
        let text = match ledger {
            Some(ledger) => format!("<a href=\"{}\">{text}</a>", escaped(&ledger)),
            None => text,
        };
        let id = escaped(&format!("{CARD}{}", name_of(claim)));
        format!(
            "<aside class=\"claim-card\" epub:type=\"footnote\" role=\"doc-footnote\" id=\"{id}\"><p>{text}</p></aside>\n"
        )
    }
}

/// What the ids of cards begin with.
const CARD: &str = "card--";

/// Takes what stands in the margin out of a text, and keeps the cards of claims; the claim's links lead to its card.
fn take_cards(body: &Handle) -> BTreeMap<String, Handle> {
    let mut cards = BTreeMap::new();
    let all = elements(body);
    for (at, element) in all.iter().enumerate().filter(|(_, element)| has_class(element, "sidenote")) {
        if has_class(element, "claim-card") {
            let links = all[..at].iter().rev().filter(|link| has_class(link, "claim"));
            if let Some(claim) = links.filter_map(claim_of).next() {
                cards.entry(claim).or_insert_with(|| element.clone());
            }
        }
        remove(element);
    }
    for link in all.iter().filter(|element| has_class(element, "claim")) {
        if let Some(claim) = claim_of(link).filter(|claim| cards.contains_key(claim)) {
            set(link, "href", Some(&format!("#{CARD}{}", name_of(&claim))));
            refer(link);
        }
    }
    cards
}

fn claim_of(link: &Handle) -> Option<String> {
    let href = get(link, "href")?;
    decoded(&href).strip_prefix("#claim-").map(str::to_owned)
}

/// Marks the numbers of notes as what leads to a note, and what they lead to as notes.
fn mark_notes(body: &Handle) -> Vec<Handle> {
    let all = elements(body);
    let is_number = |link: &&Handle| {
        name(link) == "a" && parent(link).is_some_and(|sup| has_class(&sup, "cite") || has_class(&sup, "fnref"))
    };
    let mut wanted = BTreeSet::new();
    for link in all.iter().filter(is_number) {
        wanted.extend(get(link, "href").and_then(|href| href.strip_prefix('#').map(decoded)));
        refer(link);
    }
    let is_note =
        |element: &&Handle| get(element, "id").is_some_and(|id| wanted.contains(&id)) && name(element) == "li";
    let lists: Vec<Handle> = all.iter().filter(is_note).filter_map(parent).collect();
    // A list that has one note is a list of notes: those that only the front matter names stand in it too.
    let in_list = |element: &&Handle| {
        name(element) == "li" && parent(element).is_some_and(|list| lists.iter().any(|known| Rc::ptr_eq(known, &list)))
    };
    let notes: Vec<Handle> = all.iter().filter(in_list).cloned().collect();
    for note in &notes {
        set(note, "epub:type", Some("footnote"));
        set(note, "role", Some("doc-footnote"));
        for back in elements(note).iter().filter(|link| parent(link).is_some_and(|holder| has_class(&holder, "back"))) {
            set(back, "role", Some("doc-backlink"));
        }
    }
    notes
}

fn refer(link: &Handle) {
    set(link, "epub:type", Some("noteref"));
    set(link, "role", Some("doc-noteref"));
}

/// Returns the id that an id of the document has in its chapter: without the page's id before it, as XML names things.
fn id_in_chapter(id: &str) -> String {
    name_of(id.split_once('/').map_or(id, |(_, inside)| inside))
}

/// Makes a text an XML name without colons, as an `id` in an EPUB must be.
fn name_of(text: &str) -> String {
    let begins = |c: char| c.is_alphabetic() || c == '_';
    let inner = |c: char| c.is_alphanumeric() && !c.is_numeric() || c.is_ascii_digit() || "-_.".contains(c);
    let mut name: String = text.chars().map(|c| if inner(c) { c } else { '_' }).collect();
    if !name.starts_with(begins) {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::id_in_chapter;

    #[test]
    fn an_id_becomes_an_xml_name() {
        assert_eq!(id_in_chapter("2021-thefts/cite-1"), "cite-1");
        assert_eq!(id_in_chapter("2021-thefts/2019-report"), "_2019-report");
        assert_eq!(id_in_chapter("größe"), "größe");
        assert_eq!(id_in_chapter("a:b"), "a_b");
    }
}
