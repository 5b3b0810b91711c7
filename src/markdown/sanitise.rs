//! What becomes of HTML that an editor types in Markdown.
//!
//! Only texts that hold raw HTML pass through the sanitiser, whole, because a tag may open in one block and close in
//! another. Everything Markdown itself makes is on the list of what stays.

use std::sync::LazyLock;

use ammonia::Builder;

use super::split::{CLOSE, OPEN};

/// What to do with raw HTML: `html` in site.yaml.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Html {
    /// Keep what is harmless.
    #[default]
    Sanitize,
    /// Keep everything.
    Allow,
    /// Call it a mistake.
    Deny,
}

static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(["details", "summary", "figure", "figcaption", "section"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("a", ["id"])
        .add_tag_attributes("code", ["class"])
        .add_tag_attributes("td", ["class"])
        .add_tag_attributes("th", ["class", "scope"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("sup", ["class"])
        .link_rel(None)
        .strip_comments(true);
    for heading in ["h2", "h3", "h4", "h5", "h6"] {
        builder.add_tag_attributes(heading, ["id"]);
    }
    builder.url_schemes(["http", "https", "mailto", "tel"].into());
    // Anchors are the program's, and unique on a page: they begin with the marker of a hole. One that was typed goes.
    builder
        .attribute_filter(|_, attribute, value| (attribute != "id" || value.starts_with(OPEN)).then_some(value.into()));
    builder
});

/// Keeps what is harmless.
pub(super) fn harmless(html: &str) -> String {
    HARMLESS.clean(&without_references(html)).to_string()
}

/// Returns HTML in which no reference, such as `&#xFDD0;`, stands for a character that markers are made of: the cleaner would
/// write the character itself, and a marker that nobody made.
fn without_references(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(at) = rest.find("&#") {
        let (before, after) = rest.split_at(at + "&#".len());
        out.push_str(before);
        rest = after;
        let hex = after.strip_prefix(['x', 'X']);
        let digits = hex.unwrap_or(after);
        let radix = if hex.is_some() { 16 } else { 10 };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let character = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
        if character.is_some_and(|character| matches!(character, OPEN | CLOSE)) {
            out.push_str("xFFFD");
            rest = &digits[end..];
        }
    }
    out + rest
}
