//! HTML as other tools keep it, to Markdown: first sanitised, then converted.
//!
//! What runs code or asks something of other hosts does not pass: scripts and styles vanish, pictures become links,
//! frames are named to the caller. Brackets are escaped, so that no text becomes a citation or leads to a claim.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use crate::control::cleared;
use crate::markdown::{is_too_deep, without_tags};

/// How deep elements may lie in each other; below that only the text is kept.
const DEEPEST: usize = 64;

static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|_, name, value| {
            Some(if matches!(name, "href" | "src") { address(value).into() } else { value.into() })
        });
    builder
});

static TEXT: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.strip_comments(true).clean_content_tags(["script", "style"].into());
    builder
});

/// Returns an address as a browser reads it: without line breaks and tabs, and with `/` for `\`, which in Markdown would
/// take the next letter along.
pub(super) fn address(text: &str) -> String {
    text.replace(char::is_control, "").replace('\\', "/")
}

/// Converts HTML to blocks of Markdown.
pub(super) fn blocks(html: &str) -> String {
    if is_too_deep(html) {
        return escaped(&plain(html));
    }
    // A quotation and who said it would stand in one word.
    let clean = linked(&cleared(&HARMLESS.clean(&html.replace("<cite", "<br><cite")).to_string()));
    if depth(&clean) > DEEPEST {
        return escaped(&plain(html));
    }
    let options = Options {
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder().options(options).add_handler(vec!["img"], picture).build();
    let markdown = converter.convert(&clean).unwrap_or_else(|_| escaped(&plain(html)));
    let lines: Vec<&str> = markdown.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Converts HTML to one line of Markdown.
pub(super) fn line(html: &str) -> String {
    blocks(html).replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the text out of HTML, in one line.
pub(super) fn plain(html: &str) -> String {
    if is_too_deep(html) {
        return cleared(&without_tags(html)).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // Between two blocks there is a space, which the sanitiser would not leave.
    let spaced = html.replace('<', " <").replace("</ ", "</");
    let spaced = if html.contains("<p") || html.contains("<br") || html.contains("<div") { &spaced } else { html };
    let text = TEXT.clean(spaced).to_string();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&quot;", "\"");
    cleared(&text.replace("&amp;", "&")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes plain text, so that Markdown shows it as it is.
pub(super) fn escaped(text: &str) -> String {
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    HtmlToMarkdown::new().convert(&html).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the addresses of what HTML embeds: frames, videos, sounds, pictures.
pub(super) fn embedded(html: &str) -> Vec<String> {
    const TAGS: [&str; 7] = ["iframe", "video", "audio", "source", "embed", "object", "img"];
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut past = 0;
    for (at, _) in lower.match_indices('<') {
        let name = lower[at + 1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        // What lies in a tag that was looked at is part of it: a text of nothing but `<img` is looked at once.
        if at < past || !TAGS.contains(&name) {
            continue;
        }
        past = lower[at..].find('>').map_or(html.len(), |end| at + end);
        let tag = &html[at + 1..past];
        found.extend(attribute(tag, "src").or_else(|| attribute(tag, "data")));
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let (at, _) = lower.match_indices(name).find(|(at, _)| {
        tag[..*at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'')
            && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|c: char| c.is_ascii_whitespace()).next()?,
    };
    let value = value.replace("&amp;", "&");
    (!value.is_empty()).then_some(value)
}

/// A picture on another host becomes a link to it: a page asks for nothing from elsewhere.
fn picture(
    _: &dyn htmd::element_handler::Handlers,
    element: Element<'_>,
) -> Option<htmd::element_handler::HandlerResult> {
    let value =
        |name: &str| element.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string());
    let source = value("src")?;
    let alt = value("alt").filter(|alt| !alt.trim().is_empty()).unwrap_or_else(|| source.clone());
    Some(format!("[{}](<{}>)", escaped(&alt), source.replace(['<', '>', '\n'], "")).into())
}

/// Makes links of addresses that stand bare in the text, as TimelineJS does.
fn linked(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let end = tag.find('>').map_or(rest.len(), |end| end + 2);
            let closes = tag.starts_with('/');
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            if ["a", "code", "pre"].contains(&name.as_str()) {
                inside = if closes { inside.saturating_sub(1) } else { inside + 1 };
            }
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if inside > 0 {
            out.push_str(text)
        } else {
            link_text(text, &mut out)
        }
        rest = after;
    }
    out
}

fn link_text(mut text: &str, out: &mut String) {
    loop {
        let found = [text.find("http://"), text.find("https://")].into_iter().flatten().min();
        let Some(at) = found else { break };
        let length = text[at..].find(|c: char| c.is_whitespace() || "\"<>\\".contains(c)).unwrap_or(text.len() - at);
        let address = text[at..at + length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '’', '”']);
        out.push_str(&text[..at]);
        if text[..at].ends_with(char::is_alphanumeric) || address.len() < 9 {
            out.push_str(address);
        } else {
            out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        }
        text = &text[at + address.len()..];
    }
    out.push_str(text);
}

/// Returns how deep elements lie in each other, at most.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !["br", "hr", "img", "wbr", "col"].iter().any(|void| tag.starts_with(void)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{blocks, embedded, line, plain};

    #[test]
    fn what_is_too_deep_keeps_its_text() {
        let deep = "<div>".repeat(2_000) + "one [two]</div><b>three";
        assert_eq!(blocks(&deep), "one \\[two\\] three");
        assert_eq!(plain(&deep), "one [two] three");
    }

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            ("plain", "plain"),
            ("<p>One <b>two</b></p><p>three<br>four</p>", "One **two**\n\nthree\\\nfour"),
            ("<a href=\"https://a.example/\">x</a>", "[x](https://a.example/)"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("see https://a.example/b.", "see [https://a.example/b](https://a.example/b)."),
            ("<img src=\"https://a.example/x.png\" alt=\"X\">", "[X](<https://a.example/x.png>)"),
            ("https://a.example/0\\", "[https://a.example/0](https://a.example/0)\\\\"),
            ("<a href=\"https://a.example\\0\\\">x</a>", "[x](https://a.example/0/)"),
            ("one&#11;two&#1;three", "one twothree"),
            ("<a href=\"https://a.example/\n&#11;b\">x&#12;y</a>", "[x y](https://a.example/b)"),
        ] {
            assert_eq!(blocks(html), markdown, "{html}");
        }
    }

    #[test]
    fn nothing_becomes_a_citation_a_claim_or_code() {
        for (html, markdown) in [
            ("see [@ap-2019]", "see \\[@ap-2019\\]"),
            ("[2bn](claim:x)", "\\[2bn\\](claim:x)"),
            ("<a href=\"claim:x\">2bn</a>", "2bn"),
            ("<a href=\"javascript:alert(1)\">x</a><script>alert(1)</script>", "x"),
            ("a<iframe src=\"https://v.example/1\"></iframe>b", "ab"),
            ("<style>p{}</style>x", "x"),
        ] {
            assert_eq!(blocks(html), markdown, "{html}");
        }
    }

    #[test]
    fn a_line_is_one_line_and_a_title_is_plain() {
        assert_eq!(line("<p>a</p><p>b<br>c</p>"), "a b c");
        assert_eq!(plain("Tom &amp; <em>Jerry</em>"), "Tom & Jerry");
        assert_eq!(plain("<p>a</p><p>b</p>"), "a b");
        assert_eq!(plain("1 < 2"), "1 < 2");
        assert_eq!(plain("1&#11;2\u{1}"), "1 2");
    }

    #[test]
    fn what_is_embedded_is_named() {
        let html = "<IFRAME width=1 src='https://v.example/1?a=1&amp;b=2'></iframe><video><source src=x.mp4></video>";
        assert_eq!(embedded(html), ["https://v.example/1?a=1&b=2", "x.mp4"]);
    }

    #[test]
    fn deep_html_keeps_its_text() {
        assert_eq!(blocks(&format!("{}x{}", "<b>".repeat(50_000), "</b>".repeat(50_000))), "x");
    }
}
