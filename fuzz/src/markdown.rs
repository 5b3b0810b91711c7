//! Markdown with claims, citations and raw HTML: it is read, its mistakes are drawn, and its HTML is harmless.

use std::sync::LazyLock;

use dateline::check::{apply_levels, check};
use dateline::diagnostic::{Code, Diagnostics};
use dateline::file::Files;
use dateline::load;
use dateline::markdown::Piece;
use dateline::model::Site;
use dateline::theme::Words;
use dateline::view::Views;

use super::drawn::assert_drawn;
use super::harmless::{Whose, assert_harmless};

static WORDS: LazyLock<Words> = LazyLock::new(|| super::in_language("en").1);

pub(crate) fn markdown(data: &[u8]) {
    let text = super::text(data);
    for html in ["sanitize", "deny"] {
        assert_read(text, html);
    }
}

fn assert_read(text: &str, html: &str) {
    let mut files = Files::default();
    let rules: String =
        Code::ALL.iter().filter(|code| code.is_rule()).map(|code| format!("  {code}: warn\n")).collect();
    files.insert_text("content/site.yaml", format!("title: A site\ncurrency: USD\nhtml: {html}\nrules:\n{rules}"));
    files.insert_text("content/index.md", "---\ntitle: Home\n---\nHello.\n");
    files.insert_text("content/sources.yaml", "a: {type: book, title: A}\nb: {type: report, title: B, origin: a}\n");
    files.insert_text("content/questions.yaml", "q: {title: How many?}\n");
    let line: String = text.chars().take(200).collect();
    let line = serde_json::to_string(&line).expect("text is JSON");
    let front = format!(
        "title: A page\ndate: 2019\nsummary: {line}\nclaims:\n  - {{id: c, question: q, figure: 7 floods, said-by: A, note: {line}}}\n  - {{id: d, statement: {line}, said-by: B, sources: [a]}}"
    );
    files.insert_text("content/timeline/page.md", format!("---\n{front}\n---\n{text}"));
    files.insert_asset("content/media/a.png", *b"\x89PNG\r\n\x1a\n");
    let mut found = Diagnostics::default();
    let site = load::site(&files, true, &mut found).expect("site.yaml is right");
    found.extend(check(&site, None));
    apply_levels(&site, &mut found);
    found.sort();
    assert_drawn(&found, &files);
    for page in &site.pages {
        for (_, document) in page.documents() {
            let notes = document.footnotes.iter().flat_map(|note| &note.pieces);
            let pieces = document.pieces.iter().chain(notes).filter_map(|piece| match piece {
                Piece::Html(html) => Some(html.as_str()),
                Piece::Hole(_) => None,
            });
            assert_harmless(&pieces.collect::<String>(), Whose::Text);
        }
    }
    if !found.has_errors() {
        assert_shown(&site);
    }
}

fn assert_shown(site: &Site) {
    let views = Views::new(site, &WORDS);
    for page in &site.pages {
        let article = views.article(page, (None, None), &views.place(page));
        let bodies = article.body.iter().filter_map(|part| part.html.as_deref());
        for html in bodies.chain(article.footnotes.iter().map(|note| note.html.as_str())) {
            assert_harmless(html, Whose::Text);
        }
    }
    views.search();
}
