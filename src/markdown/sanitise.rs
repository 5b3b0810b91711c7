//! What becomes of HTML that an editor types in Markdown.
//!
//! Only texts that hold raw HTML pass through the sanitiser, whole, because a tag may open in one block and close in
//! another. Everything Markdown itself makes is on the list of what stays.

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::Builder;

use super::split::{CLOSE, OPEN};
use super::unclosed::without_takers;
use crate::control::is_control;

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
    builder.attribute_filter(|_, attribute, value| may_stay(attribute, value).then_some(Cow::Borrowed(value)));
    builder
});

/// Tells whether the value of an attribute may stay: nothing is loaded from elsewhere, no address leaves its protocol or its
/// host open, and anchors are the program's, which begin with the marker of a hole, so that they are unique on a page.
fn may_stay(attribute: &str, value: &str) -> bool {
    // Browsers pass over these, wherever they stand.
    let bare: String = value.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let bare = bare.trim_start_matches(|letter: char| letter <= ' ');
    // A browser reads `\` as `/`; what starts with one leads to the root of a host, and with two to another host.
    let is_open = bare.starts_with(['/', '\\']);
    let has_scheme = bare.split(['/', '?', '#', '\\']).next().is_some_and(|start| start.contains(':'));
    match attribute {
        "src" => !is_open && !has_scheme,
        "href" => !is_open,
        // No browser follows it; a program that lists where quotations are from may.
        "cite" => !is_open && (!has_scheme || starts_with_http(bare)),
        "id" => value.starts_with(OPEN),
        _ => true,
    }
}

fn starts_with_http(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// How deep elements of HTML may lie in each other. The time to read them grows with the square of the depth.
pub(super) const DEEPEST: usize = 500;

/// Elements that hold nothing, or that the next one of their kind ends.
const NEVER_DEEP: [&str; 22] = [
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param",
    "source", "td", "th", "tr", "track", "wbr", "base",
];

/// Elements that go on beyond the end of what they were opened in, until they are closed themselves.
const GOES_ON: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// How far back the element is looked for that a tag closes.
const MOST_ENDED: usize = 8;

/// Tells whether elements may lie deeper in each other than `DEEPEST`: more are opened than closed before some place.
pub fn is_too_deep(html: &str) -> bool {
    let (mut open, mut going_on): (Vec<&str>, usize) = (Vec::new(), 0);
    html.match_indices('<').any(|(at, _)| {
        let tag = &html[at + 1..];
        let closes = tag.starts_with('/');
        let name = tag[usize::from(closes)..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is = |other: &&&str| other.eq_ignore_ascii_case(name);
        match (GOES_ON.iter().any(|other| is(&other)), closes) {
            _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => {}
            _ if NEVER_DEEP.iter().any(|other| is(&other)) => {}
            (true, true) => going_on = going_on.saturating_sub(1),
            (true, false) => going_on += 1,
            (false, true) => {
                if let Some(ended) = open.iter().rev().take(MOST_ENDED).position(|other| is(&other)) {
                    open.truncate(open.len() - ended - 1);
                }
            }
            (false, false) => open.push(name),
        }
        open.len() + going_on > DEEPEST
    })
}

/// Returns HTML with a space in place of each tag, for what is too deep to be read; references such as `&amp;` stay.
pub fn without_tags(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        out.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out + rest
}

/// Keeps what is harmless.
pub(super) fn harmless(html: &str) -> String {
    HARMLESS.clean(&without_takers(&without_references(html))).to_string()
}

/// Returns HTML in which no reference, such as `&#xFDD0;`, stands for a character that markers are made of, or for a control
/// character: the cleaner would write the character itself, and a marker that nobody made. From U+0080 to U+009F references mean
/// letters of Windows-1252.
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
        if character.is_some_and(|letter| is_control(letter) && !matches!(letter, '\u{80}'..='\u{9f}')) {
            let is_marker = character.is_some_and(|letter| matches!(letter, OPEN | CLOSE));
            out.push_str(if is_marker { "xFFFD;" } else { "x20;" });
            rest = digits[end..].strip_prefix(';').unwrap_or(&digits[end..]);
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, harmless, is_too_deep, without_tags};

    #[test]
    fn no_reference_stands_for_a_control_character() {
        assert_eq!(harmless("<b>a&#1;b&#x1b;c&#xFFFF;d</b>&#146;"), "<b>a b c d</b>’");
    }

    #[test]
    fn without_tags_there_is_only_text() {
        assert_eq!(without_tags("a<p>b &amp; <i>c</i>.<d"), "a b &amp;  c . ");
    }

    #[test]
    fn what_is_never_closed_is_deep_and_what_ends_itself_is_not() {
        assert!(is_too_deep(&"<div>".repeat(DEEPEST + 1)));
        for deep in ["<B>x <i>", "<div></b>", "<div><b></div>", "<section></x>"] {
            assert!(is_too_deep(&deep.repeat(DEEPEST + 1)), "{deep}");
        }
        for fine in ["<div>x</div>", "<p>x", "<br>", "<LI>x", "a < b ", "<3 ", "</b>", "<div><span></div></span>"] {
            assert!(!is_too_deep(&fine.repeat(2 * DEEPEST)), "{fine}");
        }
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere_and_no_protocol_is_left_open() {
        for address in [
            "https://example.org/a.png",
            "//example.org/a.png",
            " /\t/example.org/a.png",
            "\\\\example.org/a.png",
            "/a.png",
            "\\a.png",
            "data:image/png,a",
        ] {
            assert_eq!(harmless(&format!("<img src=\"{address}\" alt=\"A\">")), "<img alt=\"A\">", "{address}");
        }
        for address in ["//example.org", "/a.html", "\\a.html"] {
            assert_eq!(harmless(&format!("<a href=\"{address}\">a</a>")), "<a>a</a>", "{address}");
        }
        let stays = "<img src=\"../media/a.png\" alt=\"A\"><a href=\"https://example.org/\">a</a>";
        assert_eq!(harmless(stays), stays);
    }
    #[test]
    fn a_quotation_is_from_an_address_that_runs_no_code() {
        for address in ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,a", "//example.org/a"] {
            let html = format!("<blockquote cite=\"{address}\">a</blockquote>");
            assert_eq!(harmless(&html), "<blockquote>a</blockquote>", "{address}");
        }
        let stays = "<q cite=\"https://example.org/a:b\">a</q><q cite=\"../pages/a.html#b:c\">b</q>";
        assert_eq!(harmless(stays), stays);
    }
}
