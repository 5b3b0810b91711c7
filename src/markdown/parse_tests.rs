use std::sync::Arc;

use super::super::{Hole, Mark, Piece};
use super::*;
use crate::diagnostic::Code;

fn parsed(text: &str) -> (Document, Vec<(Code, String)>) {
    parsed_as(text, Layout::Blocks, Html::Sanitize)
}

fn parsed_as(text: &str, layout: Layout, html: Html) -> (Document, Vec<(Code, String)>) {
    let file: Arc<str> = "content/a.md".into();
    let mut diagnostics = Diagnostics::default();
    let place = |range: Range<usize>| range;
    let input = Input { text, file: &file, place: &place, layout, html };
    let document = parse(&input, &mut diagnostics);
    let found = diagnostics.iter().map(|d| {
        let span = &d.primary.as_ref().expect("every mistake in Markdown has a place").span;
        (d.code, text[span.start..span.end].to_owned())
    });
    (document, found.collect())
}

/// Writes the pieces with holes as `{…}`.
fn shown(pieces: &[Piece]) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Hole(Hole::Prefix) => String::new(),
        Piece::Hole(Hole::HeadingAnchor(_)) => "{#}".into(),
        Piece::Hole(Hole::Link(link)) => format!("{{{:?}}}", link.target),
        Piece::Hole(Hole::LinkEnd | Hole::ClaimEnd) => "{/}".into(),
        Piece::Hole(Hole::Claim(claim)) => format!("{{claim {}}}", claim.id),
        Piece::Hole(Hole::Question(question)) => format!("{{question {}}}", question.id),
        Piece::Hole(Hole::QuestionBlock(question)) => format!("{{block {}}}", question.id),
        Piece::Hole(Hole::Citation(citation)) => {
            let ids: Vec<_> = citation.cited.iter().map(|cited| cited.id.as_str()).collect();
            format!("{{{}}}", ids.join("+"))
        }
        Piece::Hole(Hole::Image(image)) => format!("{{image {}}}", image.alt),
        Piece::Hole(Hole::Table(end)) => if *end { "{/table}" } else { "{table}" }.into(),
    });
    shown.collect()
}

fn html(text: &str) -> String {
    shown(&parsed(text).0.pieces)
}

#[test]
fn claims_and_citations_are_holes() {
    assert_eq!(
        html("It was [up to $2bn](claim:raised) [@ap, p. 3; @b]."),
        "<p>It was {claim raised}up to $2bn{/}{ap+b}.</p>\n"
    );
}

#[test]
fn a_question_alone_in_a_paragraph_is_a_block() {
    assert_eq!(html("a\n\n[How much?](question:q)\n\nb"), "<p>a</p>\n{block q}\n<p>b</p>\n");
    assert_eq!(html("See [how much](question:q)."), "<p>See {question q}how much{/}.</p>\n");
}

#[test]
fn headings_get_anchors_below_the_title() {
    assert_eq!(html("# One\n\n## Two"), "<h2 id=\"one\">One{#}</h2>\n<h3 id=\"two\">Two{#}</h3>\n");
    assert_eq!(html("## Größe"), "<h2 id=\"größe\">Größe{#}</h2>\n");
}

#[test]
fn cells_are_aligned_by_class() {
    let text = "| a | b |\n|---|--:|\n| 1 | 2 |";
    assert_eq!(
        html(text),
        "{table}<table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr></thead><tbody>\n\
         <tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody></table>{/table}"
    );
}

#[test]
fn footnotes_are_lettered_in_the_order_of_their_marks() {
    let (document, found) = parsed("x[^2] y[^1] z[^2]\n\n[^1]: one\n[^2]: two [@a]");
    assert!(found.is_empty(), "{found:?}");
    let notes: Vec<_> =
        document.footnotes.iter().map(|n| (n.letter.as_str(), n.references, shown(&n.pieces))).collect();
    assert_eq!(notes, [("a", 2, "<p>two{a}</p>\n".into()), ("b", 1, "<p>one</p>\n".into())]);
}

#[test]
fn footnotes_without_mark_or_text_are_reported() {
    let (_, found) = parsed("x[^missing]\n\n[^unused]: two");
    assert_eq!(found, [(Code::UndefinedFootnote, "[^missing]".into()), (Code::UnusedFootnote, "[^unused]:".into())]);
}

#[test]
fn brackets_that_are_no_citations_are_reported() {
    for (text, bracket) in
        [("so [see @a] it", "[see @a]"), ("so [@a, p. [3]] it", "[@a, p. [3]]"), ("so [@a][@b] it", "[@a][@b]")]
    {
        assert_eq!(parsed(text).1, [(Code::BadCitation, bracket.into())], "{text}");
    }
    assert_eq!(parsed("mail [me@b.example] or \\[@a]").1, []);
}

#[test]
fn a_link_that_failed_is_reported() {
    for text in ["see [it](two words.md) now", "see [it] (file.md) now", "was [up to $2bn](claim: c)"] {
        let (_, found) = parsed(text);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::BrokenLink], "{text}");
    }
    assert_eq!(parsed("an array[i] (see below) and [a](<two words.md>)").1, []);
}

#[test]
fn raw_html_is_sanitised_and_holes_survive_it() {
    let text = "a <b onclick=\"x()\">[up to $2bn](claim:c)</b><script>alert(1)</script> [@s]";
    assert_eq!(html(text), "<p>a <b>{claim c}up to $2bn{/}</b>{s}</p>\n");
}

#[test]
fn html_that_is_never_closed_is_told_and_takes_nothing() {
    for (text, end) in [("<!-- a", "<!-- a"), ("> <script>\n> a\n\nb", "<script>"), ("- x\n\n  <?a\n", "<?a")] {
        let (_, found) = parsed(text);
        assert_eq!(found, [(Code::RawHtml, end.into())], "{text}");
    }
    for name in ["plaintext", "title", "xmp", "noscript", "iframe", "template", "svg", "math><mi", "svg><title"] {
        let html = html(&format!("a\n\n<{name}>\n\n*b*\n"));
        assert!(html.contains("<p><em>b</em></p>"), "{name}: {html}");
    }
    assert_eq!(html("a <script> *b*"), "<p>a  <em>b</em></p>\n");
    assert_eq!(parsed("<!-- a\n\nb -->\n\nc <!-- d").1, []);
}

#[test]
fn raw_html_can_be_denied() {
    let (document, found) = parsed_as("a <b>b</b>", Layout::Blocks, Html::Deny);
    assert_eq!(shown(&document.pieces), "<p>a b</p>\n");
    assert_eq!(found, [(Code::RawHtml, "<b>".into()), (Code::RawHtml, "</b>".into())]);
}

#[test]
fn a_line_keeps_text_and_drops_blocks() {
    let (document, _) = parsed_as("# Up to\n\n- *two* [x](claim:c)", Layout::Line, Html::Sanitize);
    assert_eq!(
        shown(&document.pieces).split_whitespace().collect::<Vec<_>>().join(" "),
        "Up to <em>two</em> {claim c}x{/}"
    );
}

#[test]
fn plain_text_knows_where_it_was_typed() {
    let text = "He said “*it’s* [up to $2bn](claim:c)”.";
    let (document, _) = parsed(text);
    let block = &document.blocks[0];
    let (range, mark) = &block.marks[0];
    assert_eq!(mark, &Mark::Claim("c".into()));
    assert_eq!(&block.text[range.clone()], "up to $2bn");
    let span = block.span(&"f".into(), range.clone());
    assert_eq!(&text[span.start..span.end], "up to $2bn");
}

#[test]
fn markers_typed_by_somebody_are_harmless() {
    assert_eq!(html("a\u{FDD0}0\u{FDD1}b [@s]"), "<p>a\u{FFFD}0\u{FFFD}b{s}</p>\n");
    for open in ["&#xFDD0;", "&#64976;", "&#X00fdd0;", "&#xFDD0 "] {
        assert!(html(&format!("a{open} b [@s]")).ends_with(" b{s}</p>\n"), "{open}");
        assert!(html(&format!("a <b title=\"{open}\">{open}</b> b [@s]")).ends_with(" b{s}</p>\n"), "{open}");
        assert!(html(&format!("``` {open}\ncode\n```\n\nb [@s]")).ends_with("<p>b{s}</p>\n"), "{open}");
    }
    assert_eq!(html("<b>&#x41;&#xFDD0;0&#xFDD1;&#</b> [@s]"), "<p><b>A\u{FFFD}0\u{FFFD}&amp;#</b>{s}</p>\n");
}

#[test]
fn what_markdown_makes_does_not_end_a_value_of_raw_html() {
    let text = "<div title=\"\n\n[x](https://e.example/onmouseover=alert(1)//) [@s]\n\n<div lang=\">a</div>\n\n[@t]";
    let html = html(text);
    assert!(!html.contains("{s}") && !html.contains("onmouseover"), "{html}");
    assert!(html.contains(">a</div>") && html.contains("{t}"), "{html}");
}

#[test]
fn footnotes_beside_raw_html_keep_their_anchors_and_typed_ones_go() {
    let (document, _) =
        parsed_as("<b>a</b>[^n]\n\n<h2 id=\"claim-c\">b</h2>\n\n## c\n\n[^n]: d", Layout::Blocks, Html::Sanitize);
    let html = shown(&document.pieces);
    assert!(html.contains("id=\"fnref-a-1\"") && html.contains("href=\"#fn-a\""), "{html}");
    assert!(html.contains("<h2>b</h2>") && html.contains("<h2 id=\"c\">c"), "{html}");
}

#[test]
fn pictures_keep_their_description() {
    assert_eq!(html("![The chamber](media/c.jpg)"), "{image The chamber}");
    assert_eq!(html("a ![The chamber](media/c.jpg)"), "<p>a {image The chamber}</p>\n");
}

#[test]
fn what_lies_too_deep_keeps_its_text() {
    let levels = |text: &str, tag: &str| html(text).matches(tag).count();
    assert_eq!(levels(&(">".repeat(500) + "x"), "<blockquote>"), DEEPEST);
    assert!(html(&(">".repeat(500) + "x")).contains("<p>x</p>"));
    assert_eq!(levels(&("- ".repeat(500) + "x"), "<ul>"), DEEPEST / 2);
    assert_eq!(levels(&("- ".repeat(500) + "x"), "</ul>"), DEEPEST / 2);
    let emphasis = "**a ".repeat(500) + &" b**".repeat(500);
    assert_eq!(levels(&emphasis, "<strong>"), levels(&emphasis, "</strong>"));
    assert!(levels(&emphasis, "<strong>") <= DEEPEST);
    let list: String = (0..100).map(|level| format!("{}- {level}\n", "  ".repeat(level))).collect();
    assert!(html(&list).contains("<li>31\n32\n33\n"), "{}", html(&list));
    assert_eq!(
        html("> - **a *b***"),
        "<blockquote>\n<ul>\n<li><strong>a <em>b</em></strong></li>\n</ul>\n</blockquote>\n"
    );
}

#[test]
fn html_that_is_never_closed_is_a_mistake() {
    let (document, found) = parsed(&format!("a\n\n{}b", "<div>".repeat(2_000)));
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::RawHtml]);
    assert!(document.is_empty());
    assert!(parsed(&"a <b>c</b>\n\n".repeat(2_000)).1.is_empty());
}
