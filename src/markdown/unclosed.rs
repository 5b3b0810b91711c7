//! HTML that takes all that follows with it, because it is never closed.

use crate::diagnostic::{Code, Diagnostic, Span};

/// Tells that a block of HTML is never closed, where it is not. `place` gives the place of so many bytes at its beginning.
pub(super) fn never_closed(block: &str, place: impl Fn(usize) -> Span) -> Option<Diagnostic> {
    let end = missing_end(block)?;
    let line = block.lines().next().unwrap_or_default().trim_end();
    let message = "HTML is opened and never closed, and takes all that follows with it";
    let help = format!("write `{end}` where it ends, or `\\` before the `<` if it is none");
    Some(Diagnostic::new(Code::RawHtml, message).at(place(line.len()), "it is opened here").help(help))
}

/// Returns what would end a block of HTML, where nothing does (CommonMark 0.31.2, 4.6, start conditions 1 to 5): what follows is no
/// Markdown, and most of it is shown nowhere. All other blocks end by themselves.
fn missing_end(block: &str) -> Option<&'static str> {
    let block = block.trim_start().to_ascii_lowercase();
    let (end, ends): (_, &[&str]) = if block.starts_with("<!--") {
        ("-->", &["-->"])
    } else if block.starts_with("<?") {
        ("?>", &["?>"])
    } else if block.starts_with("<![cdata[") {
        ("]]>", &["]]>"])
    } else if block.starts_with("<!") {
        (">", &[">"])
    } else {
        let begins = |name: &str| {
            let rest = block.strip_prefix('<').and_then(|block| block.strip_prefix(name));
            rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '>']) || rest.is_empty())
        };
        let (_, end) = VERBATIM.iter().find(|(name, _)| begins(name))?;
        (*end, &["</pre>", "</script>", "</style>", "</textarea>"])
    };
    (!ends.iter().any(|end| block.contains(end))).then_some(end)
}

/// Elements that Markdown leaves as they are until one of them is closed.
const VERBATIM: [(&str, &str); 4] =
    [("pre", "</pre>"), ("script", "</script>"), ("style", "</style>"), ("textarea", "</textarea>")];

/// Elements in which HTML has no tags, or tags of another kind (HTML, 13.2.5 and 13.2.6.5). None of them stays on a page, but the
/// cleaner would still read what follows as a part of them, and show it with its tags or not at all.
const OTHERWISE: [&str; 11] =
    ["iframe", "math", "noembed", "noframes", "noscript", "plaintext", "svg", "template", "textarea", "title", "xmp"];

/// Elements that are taken out with all that they hold.
const WITH_ALL: [&str; 2] = ["script", "style"];

/// Returns HTML in which no element takes what follows it: those in which tags are read otherwise have a name that means nothing,
/// and so have those that would be taken out with all that they hold and are never closed.
pub(super) fn without_takers(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let last_ends = WITH_ALL.map(|name| (name, lower.rfind(&format!("</{name}"))));
    let is_closed = |name, at| last_ends.iter().any(|(other, end)| *other == name && end.is_some_and(|end| end > at));
    let mut out = String::with_capacity(html.len());
    let mut written = 0;
    for (at, _) in lower.match_indices('<') {
        let closes = lower[at + 1..].starts_with('/');
        let start = at + 1 + usize::from(closes);
        let name = lower[start..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if OTHERWISE.contains(&name) || WITH_ALL.contains(&name) && !closes && !is_closed(name, at) {
            out.push_str(&html[written..start]);
            out.push_str("x-");
            written = start;
        }
    }
    out + &html[written..]
}

#[cfg(test)]
mod tests {
    use super::{missing_end, without_takers};

    #[test]
    fn what_markdown_leaves_as_it_is_has_an_end() {
        for (block, end) in [
            ("<!-- a\n\nb\n", "-->"),
            ("<?php\n", "?>"),
            ("<!DOCTYPE html\n", ">"),
            ("<![CDATA[ a >\n", "]]>"),
            ("  <SCRIPT>\na\n", "</script>"),
            ("<style\n", "</style>"),
            ("<textarea", "</textarea>"),
            ("<pre id=a>\n", "</pre>"),
        ] {
            assert_eq!(missing_end(block), Some(end), "{block}");
        }
        for block in [
            "<!-- a\n\nb -->\n",
            "<!-->",
            "<?a?>",
            "<!A>",
            "<script>a</SCRIPT>",
            "<pre>\n</textarea>",
            "<div>\n",
            "<pres>",
            "<b>",
        ] {
            assert_eq!(missing_end(block), None, "{block}");
        }
    }

    #[test]
    fn no_element_takes_what_follows_it() {
        assert_eq!(without_takers("a<Title x='1'>b</TITLE><titles>"), "a<x-Title x='1'>b</x-TITLE><titles>");
        assert_eq!(without_takers("<plaintext><svg><"), "<x-plaintext><x-svg><");
        assert_eq!(without_takers("<script>a</Script><style>b<script>"), "<script>a</Script><x-style>b<x-script>");
        assert_eq!(without_takers("1 < 2 </ö<b>c</b>"), "1 < 2 </ö<b>c</b>");
    }
}
