//! Quotations are in the stored copies of their sources, word for word.
//!
//! Looked at are block quotations and “quotations” in a sentence that a citation follows, where the source names a
//! stored copy as its `evidence`. A match says that the words match the stored copy, never that they are true.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::{Block, Mark};
use crate::model::{Page, Site, Source};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    missing(site, diagnostics);
    let mut rule = Quotes { site, copies: HashMap::new(), diagnostics };
    if site.sources.values().all(|source| source.evidence.is_none()) {
        return;
    }
    for page in &site.pages {
        for (_, document) in page.documents() {
            for index in 0..document.blocks.len() {
                rule.block(&document.blocks[index..], page);
            }
        }
    }
}

/// Reports sources whose stored copy is not there.
fn missing(site: &Site, diagnostics: &mut Diagnostics) {
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

struct Quotes<'a> {
    site: &'a Site,
    /// The stored copies, folded.
    copies: HashMap<&'a str, String>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Quotes<'a> {
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
        let wanted = folded(&block.text[range.clone()]);
        let sources: Vec<&'a Source> = ids.iter().filter_map(|id| self.site.sources.get(id.as_str())).collect();
        let stored: Vec<&'a str> = sources.iter().filter_map(|source| self.stored(source)).collect();
        if wanted.is_empty() || stored.is_empty() || wanted.starts_with('—') {
            return;
        }
        if stored.iter().any(|file| self.copies.get(file).is_some_and(|copy| copy.contains(&wanted))) {
            return;
        }
        let files: Vec<String> = stored.iter().map(|file| format!("`evidence/{file}`")).collect();
        let diagnostic = Diagnostic::new(
            Code::QuoteNotFound,
            format!("the quotation does not match the stored copy {}", files.join(" or ")),
        )
        .at(block.span(&page.file, range), "these words are not in it, in this order")
        .help("quote the words of the stored copy, or paraphrase without quotation marks");
        self.diagnostics.push(diagnostic);
    }

    /// Folds the stored copy of a source, once, and returns its file.
    fn stored(&mut self, source: &'a Source) -> Option<&'a str> {
        let file = source.evidence.as_ref()?.value.as_str();
        let text = self.site.evidence.get(file)?;
        self.copies.entry(file).or_insert_with(|| folded(&plain(file, text)));
        Some(file)
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
    let inside = end.strip_suffix('”')?;
    let start = inside.rfind('“')? + '“'.len_utf8();
    Some(start..inside.len())
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
    fn spaces_and_marks_do_not_matter() {
        assert_eq!(folded("“It’s\n a   thing.”"), folded("\"It's a thing\""));
    }

    #[test]
    fn html_is_read_as_a_reader_sees_it() {
        assert_eq!(folded(&plain("a.html", "<script>x</script><p>A&amp;B</p><p>it &lt;is&gt;</p>")), "A&B it <is>");
    }
}
