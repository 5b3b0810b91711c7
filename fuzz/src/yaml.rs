//! The YAML that editors type: whatever stands in a file, it is read or its mistakes are drawn.

use dateline::check::{apply_levels, check};
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::load;
use dateline::model::date::FullDate;

use super::drawn::assert_drawn;

/// The file that a text is, where its first line does not name another: `# content/site.yaml`.
const PAGE: &str = "content/timeline/page.md";
const OTHERS: [&str; 4] = ["content/site.yaml", "content/sources.yaml", "content/questions.yaml", "content/index.md"];

pub(crate) fn front_matter(data: &[u8]) {
    let text = super::text(data);
    let named = text.strip_prefix("# ").and_then(|rest| rest.split_once('\n'));
    let named = named.filter(|(name, _)| OTHERS.iter().any(|other| other == name));
    let mut files = Files::default();
    files
        .insert_text("content/site.yaml", "title: A site\ncurrency: USD\nurl: https://example.org/a\ngroups: {a: A}\n");
    files.insert_text("content/index.md", "---\ntitle: Home\n---\nThe [7 floods](claim:c) [@a].\n");
    files.insert_text("content/sources.yaml", "a: {type: book, title: A}\nb: {type: report, title: B, origin: a}\n");
    files.insert_text("content/questions.yaml", "q: {title: How many?}\n");
    files.insert_text(PAGE, "---\ntitle: A page\ndate: 2019\nclaims: [{id: c, figure: 7 floods, said-by: A}]\n---\n");
    files.insert_asset("content/media/a.png", *b"\x89PNG\r\n\x1a\n");
    match named {
        Some((name, rest)) => files.insert_text(name, rest),
        None if text.starts_with("---") || text.starts_with('\u{FEFF}') => files.insert_text(PAGE, text),
        None => files.insert_text(PAGE, format!("---\n{text}\n---\nText [7](claim:c) [@a].\n")),
    }
    let mut found = Diagnostics::default();
    let site = load::site(&files, true, &mut found);
    if let Some(site) = &site {
        found.extend(check(site, FullDate::parse("2020-01-01").ok()));
        apply_levels(site, &mut found);
    } else {
        assert!(found.has_errors(), "there is no site, and nothing is said");
    }
    found.sort();
    assert_drawn(&found, &files);
}
