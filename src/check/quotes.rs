//! Quotations are in the stored copies of their sources, word for word.
//!
//! Looked at are block quotations and “quotations” or ‘quotations’ in a sentence that a citation follows, where the source
//! names a stored copy as its `evidence`. Where a quotation leaves something out (`…`) or puts something in (`[it]`), what
//! stands around it must be there in this order. A match says that the words match the stored copy, never that they are true.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::{Block, Mark};
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
            for index in 0..document.blocks.len() {
                rule.block(&document.blocks[index..], page);
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
    /// Looks at the first of some blocks; those after it may hold its citation.
    fn block(&mut self, blocks: &[Block], page: &Page) {
        let Some((block, following)) = blocks.split_first() else { return };
        if block.quoted {
            let own = citations(block).next();
            let end = own.as_ref().map_or(block.text.len(), |(range, _)| range.start);
            if let Some(ids) = own.map(|(_, ids)| ids).or_else(|| later_citation(following)) {
                self.quotation(block, 0..end, ids, page);
            }
            return;
        }
        for (range, ids) in citations(block) {
            if let Some(quotation) = quotation_before(&block.text[..range.start]) {
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

/// Finds the citation of a quotation in the blocks after it: within the quotation, or at the start of what follows it.
fn later_citation(following: &[Block]) -> Option<&[String]> {
    let within = following.iter().take_while(|block| block.quoted);
    let after = following
        .iter()
        .find(|block| !block.quoted)
        .and_then(|block| citations(block).find(|(range, _)| range.start == 0));
    within.flat_map(citations).next().or(after).map(|(_, ids)| ids)
}

fn citations(block: &Block) -> impl Iterator<Item = (&Range<usize>, &[String])> {
    block.marks.iter().filter_map(|(range, mark)| match mark {
        Mark::Citation(ids) => Some((range, ids.as_slice())),
        _ => None,
    })
}

/// Finds the quotation that ends a text, but for punctuation and spaces: the inside of its quotation marks.
fn quotation_before(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?'));
    if let Some(inside) = end.strip_suffix('”') {
        let start = inside.rfind('“')? + '“'.len_utf8();
        return Some(start..inside.len());
    }
    let inside = end.strip_suffix('’')?;
    let start = inside.rfind('‘')? + '‘'.len_utf8();
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
    let bare = ammonia::Builder::empty().clean(&spaced).to_string();
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
    use super::*;

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
