//! Quotations are in the stored copies of their sources, word for word.
//!
//! Looked at are block quotations and “quotations” or ‘quotations’ in a sentence that a citation follows, where the source
//! names a stored copy as its `evidence`. Where a quotation leaves something out (`…`) or puts something in (`[it]`), what
//! stands around it must be there in this order. A match says that the words match the stored copy, never that they are true.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::{Block, Mark, is_too_deep, without_tags};
use crate::model::{Page, Site, Source};

/// Reports sources whose stored copy is not there.
pub(super) fn missing(site: &Site, diagnostics: &mut Diagnostics) {
    for file in site.sources.values().filter_map(|source| source.evidence.as_ref()) {
        if site.evidence.contains_key(&file.value) {
            continue;
        }
        let within = file.value.strip_prefix("evidence/").filter(|within| site.evidence.contains_key(*within));
        let help = match within.or_else(|| nearest(&file.value, site.evidence.keys().map(String::as_str))) {
            Some(near) => format!("write `{near}`"),
            None if !file.value.ends_with(".txt") && !file.value.ends_with(".html") => {
                "a stored copy is a text: save it as `.txt` or `.html` in `evidence/`, beside `content/`".to_owned()
            }
            None => format!("save the text as `evidence/{}`, beside `content/`", file.value),
        };
        let diagnostic =
            Diagnostic::new(Code::MissingFile, format!("there is no stored copy `evidence/{}`", file.value))
                .at(file.span.clone(), "quotations cannot be held against it")
                .help(help);
        diagnostics.push(diagnostic);
    }
}

/// The stored copies of a site, each folded when it is first needed, for the pages that are looked at.
pub(super) struct Copies<'a> {
    site: &'a Site,
    /// Whether a source has a stored copy at all.
    any: bool,
    folded: Mutex<HashMap<&'a str, Arc<OnceLock<String>>>>,
}

impl<'a> Copies<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        let any = !site.evidence.is_empty() && site.sources.values().any(|source| source.evidence.is_some());
        Self { site, any, folded: Mutex::default() }
    }

    /// Looks at the quotations of a page.
    pub(super) fn check(&self, page: &Page, diagnostics: &mut Diagnostics) {
        if !self.any {
            return;
        }
        let mut rule = Quotes { copies: self, diagnostics };
        for (_, document) in page.documents() {
            for (block, later) in document.blocks.iter().zip(later_citations(&document.blocks)) {
                rule.block(block, later, page);
            }
        }
    }

    /// Returns the stored copy of a source, folded, with its file.
    fn of_source(&self, source: &'a Source) -> Option<(&'a str, Arc<OnceLock<String>>)> {
        let file = source.evidence.as_ref()?.value.as_str();
        let text = self.site.evidence.get(file)?;
        let copy =
            Arc::clone(self.folded.lock().expect("no thread panics while it holds this").entry(file).or_default());
        // Outside of the lock: other copies are folded meanwhile, and who needs the same one waits for it.
        copy.get_or_init(|| folded(&plain(file, text)));
        Some((file, copy))
    }
}

struct Quotes<'a, 'd> {
    copies: &'d Copies<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl Quotes<'_, '_> {
    /// Looks at a block, with the citation that stands after it.
    fn block(&mut self, block: &Block, later: Option<&[String]>, page: &Page) {
        if block.quoted {
            let own = citations(block).next();
            let end = own.as_ref().map_or(block.text.len(), |(range, _)| range.start);
            if let Some(ids) = own.map(|(_, ids)| ids).or(later) {
                self.quotation(block, 0..end, ids, page);
            }
            return;
        }
        let mut marks = None;
        for (range, ids) in citations(block) {
            let marks = marks.get_or_insert_with(|| Opening::of(&block.text));
            if let Some(quotation) = quotation_before(&block.text[..range.start], marks) {
                self.quotation(block, quotation, ids, page);
            }
        }
    }

    fn quotation(&mut self, block: &Block, range: Range<usize>, ids: &[String], page: &Page) {
        let wanted = parts(&block.text[range.clone()]);
        let sources = ids.iter().filter_map(|id| self.copies.site.sources.get(id.as_str()));
        let stored: Vec<_> = sources.filter_map(|source| self.copies.of_source(source)).collect();
        if stored.is_empty() || wanted.first().is_none_or(|first| first.starts_with('—')) {
            return;
        }
        if stored.iter().any(|(_, copy)| copy.get().is_some_and(|copy| holds(copy, &wanted))) {
            return;
        }
        let files: Vec<String> = stored.iter().map(|(file, _)| format!("`evidence/{file}`")).collect();
        let diagnostic = Diagnostic::new(
            Code::QuoteNotFound,
            format!("the quotation does not match the stored copy {}", files.join(" or ")),
        )
        .at(block.span(&page.file, range), "these words are not in it, in this order")
        .help("quote the words of the stored copy, or paraphrase without quotation marks");
        self.diagnostics.push(diagnostic);
    }
}

/// Finds for each block the citation of a quotation in the blocks after it: within the quotation, or at the start of what
/// follows it. From the last to the first, so that a quotation of a thousand blocks is gone through once.
fn later_citations(blocks: &[Block]) -> Vec<Option<&[String]>> {
    let mut later = vec![None; blocks.len()];
    for at in (1..blocks.len()).rev() {
        let block = &blocks[at];
        let mut own = citations(block);
        let own = if block.quoted { own.next() } else { own.find(|(range, _)| range.start == 0) };
        let own = own.map(|(_, ids)| ids);
        later[at - 1] = if block.quoted { own.or(later[at]) } else { own };
    }
    later
}

fn citations(block: &Block) -> impl Iterator<Item = (&Range<usize>, &[String])> {
    block.marks.iter().filter_map(|(range, mark)| match mark {
        Mark::Citation(ids) => Some((range, ids.as_slice())),
        _ => None,
    })
}

/// Where the marks stand that open quotations in a text: a text may have thousands of citations, and is gone through once.
struct Opening {
    double: Vec<usize>,
    single: Vec<usize>,
}

impl Opening {
    fn of(text: &str) -> Self {
        let places = |mark: char| text.match_indices(mark).map(|(at, _)| at).collect();
        Self { double: places('“'), single: places('‘') }
    }

    /// Returns the last of some places that lies before another.
    fn last_before(places: &[usize], end: usize) -> Option<usize> {
        places[..places.partition_point(|place| *place < end)].last().copied()
    }
}

/// Finds the quotation that ends a text, but for punctuation and spaces: the inside of its quotation marks.
fn quotation_before(text: &str, opening: &Opening) -> Option<Range<usize>> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?'));
    if let Some(inside) = end.strip_suffix('”') {
        let start = Opening::last_before(&opening.double, inside.len())? + '“'.len_utf8();
        return Some(start..inside.len());
    }
    let inside = end.strip_suffix('’')?;
    let start = Opening::last_before(&opening.single, inside.len())? + '‘'.len_utf8();
    // `‘so’ said the hackers’` ends in an apostrophe: a mark inside that is not within a word has closed the quotation.
    let closes = |(at, _): (usize, &str)| !inside[start + at + '’'.len_utf8()..].starts_with(char::is_alphanumeric);
    (!inside[start..].match_indices('’').any(closes)).then_some(start..inside.len())
}

/// Parts a quotation where something is left out or put in: `…`, `...`, `[…]`, `[it]`. Each part is folded; none is empty.
fn parts(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let bare: String = text
        .replace("...", "…")
        .chars()
        .map(|letter| {
            depth += usize::from(letter == '[');
            let inside = depth > 0;
            depth = depth.saturating_sub(usize::from(letter == ']'));
            if inside { '…' } else { letter }
        })
        .collect();
    bare.split('…').map(folded).filter(|part| !part.is_empty()).collect()
}

/// Tells whether a copy has some parts, in their order.
fn holds(copy: &str, parts: &[String]) -> bool {
    let mut rest = copy;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// Returns the text of a stored copy: of HTML, what a reader sees.
fn plain(file: &str, text: &str) -> String {
    if !file.ends_with(".html") && !file.ends_with(".htm") {
        return text.to_owned();
    }
    // Tags part words only where they part lines; a space too much is folded away, a word joined is not.
    let spaced = text.replace("<p", " <p").replace("<br", " <br").replace("<li", " <li").replace("<h", " <h");
    let bare = match is_too_deep(&spaced) {
        true => without_tags(&spaced),
        false => ammonia::Builder::empty().clean(&spaced).to_string(),
    };
    bare.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Folds white space and quotation marks, in which copies differ.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{FFFC}').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| match c {
            '‘' | '’' | '‚' | '‹' | '›' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '…' => '.',
            other => other,
        }));
    }
    out.trim_matches(['"', '.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn going_back_once_finds_what_going_on_from_each_finds(
            blocks in proptest::collection::vec((any::<bool>(), proptest::collection::vec(0_usize..3, 0..3)), 0..8),
        ) {
            let block = |(at, (quoted, places)): (usize, &(bool, Vec<usize>))| {
                let mark = |place: &usize| (*place..*place + 1, Mark::Citation(vec![format!("s{at}-{place}")]));
                let mut block = Block::plain("", &|range| range);
                (block.quoted, block.marks) = (*quoted, places.iter().map(mark).collect());
                block
            };
            let blocks: Vec<Block> = blocks.iter().enumerate().map(block).collect();
            for (at, later) in later_citations(&blocks).into_iter().enumerate() {
                let following = &blocks[at + 1..];
                let within = following.iter().take_while(|block| block.quoted).flat_map(citations).next();
                let after = following.iter().find(|block| !block.quoted);
                let after = after.and_then(|block| citations(block).find(|(range, _)| range.start == 0));
                prop_assert_eq!(later, within.or(after).map(|(_, ids)| ids));
            }
        }
    }

    fn quotation_before(text: &str) -> Option<Range<usize>> {
        super::quotation_before(text, &Opening::of(&format!("{text} “and ‘on")))
    }

    #[test]
    fn a_quotation_before_a_citation_is_found() {
        let text = "He said: “it’s a fabrication.” ";
        assert_eq!(&text[quotation_before(text).expect("there is one")], "it’s a fabrication.");
        assert_eq!(quotation_before("He said so. "), None);
    }

    #[test]
    fn a_quotation_in_single_marks_is_found_and_an_apostrophe_is_none() {
        let text = "He said: ‘it’s a fabrication’ ";
        assert_eq!(&text[quotation_before(text).expect("there is one")], "it’s a fabrication");
        assert_eq!(quotation_before("So ‘they say’ of the hackers’ "), None);
        assert_eq!(quotation_before("the hackers’ "), None);
    }

    #[test]
    fn what_is_left_out_or_put_in_parts_a_quotation() {
        assert_eq!(parts("The sum … was [in all] large..."), ["The sum", "was", "large"]);
        assert!(parts("[…]").is_empty());
        let copy = "the sum of it all was large";
        assert!(holds(copy, &parts("the sum … was large")));
        assert!(!holds(copy, &parts("was large … the sum")));
    }

    #[test]
    fn spaces_and_marks_do_not_matter() {
        assert_eq!(folded("“It’s\n a   thing.”"), folded("\"It's a thing\""));
    }

    #[test]
    fn html_is_read_as_a_reader_sees_it() {
        assert_eq!(folded(&plain("a.html", "<script>x</script><p>A&amp;B</p><p>it &lt;is&gt;</p>")), "A&B it <is>");
    }
}
