//! The Markdown that is read is CommonMark: each example of its specification becomes the HTML that stands there.
//!
//! This holds the parser that the program builds on, with nothing of ours switched on; what the program makes of it is tested
//! beside the code.

use pulldown_cmark::{Options, Parser, html};
use serde::Deserialize;

use super::project::repository;
use super::world::figure;

#[derive(Deserialize)]
struct Example {
    example: usize,
    markdown: String,
    html: String,
}

/// Takes out what means nothing in HTML: how an empty element ends, and spaces and line ends between blocks.
fn normal(html: &str) -> String {
    let html = html.replace(" />", ">").replace("&quot;", "\"");
    html.replace(">\n<", "><").replace("\n</", "</").replace(">\n", ">").trim().to_owned()
}

#[test]
fn every_example_of_the_specification_becomes_what_it_says() {
    let text = std::fs::read_to_string(repository().join("tests/commonmark/examples.json")).expect("it is there");
    let examples: Vec<Example> = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(examples.len(), 652);
    let other: Vec<String> = examples
        .iter()
        .filter_map(|Example { example, markdown, html: expected }| {
            let mut made = String::new();
            html::push_html(&mut made, Parser::new_ext(markdown, Options::empty()));
            (normal(&made) != normal(expected))
                .then(|| format!("{example}: {markdown:?}\n  {made:?}\n  {expected:?}\n"))
        })
        .collect();
    assert!(other.is_empty(), "{} of 652 are others:\n{}", other.len(), other.concat());
    figure("CommonMark 0.31.2: 652 of 652 examples");
}
