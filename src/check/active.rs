//! Files of the content that a browser would run: pages and drawings that nobody looked into.
//!
//! What is published as it is stands on the site's own address, where its scripts may do what the site's may. So HTML from
//! a hand that may only write texts is refused, and drawings and other XML are read through: no scripts, no handlers, no
//! address that runs code, nothing that is loaded from elsewhere. `html: allow` in site.yaml trusts these files too.
//! What no browser opens as a document is not looked at.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::Html;
use crate::model::Site;

/// Ends of names under which hosts hand out HTML, or something else that runs.
const PAGES: [&str; 12] = ["html", "htm", "xhtml", "xht", "shtml", "shtm", "mht", "mhtml", "hta", "htc", "svgz", "swf"];
/// Ends of names under which hosts hand out XML, which browsers show.
const XML: [&str; 14] =
    ["svg", "xml", "xsl", "xslt", "xsd", "dtd", "rdf", "rss", "atom", "mathml", "mml", "kml", "gpx", "opml"];

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if site.config.html == Html::Allow {
        return;
    }
    for (path, asset) in &site.assets {
        let end = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
        let (fault, help) = if PAGES.contains(&end.as_str()) {
            let help =
                "write the page in Markdown, or hand it on as a .zip; `html: allow` in site.yaml publishes it as it is";
            (Some("is opened by browsers as a page with scripts of its own".to_owned()), help)
        } else if XML.contains(&end.as_str()) {
            let help = "save it as a plain drawing, without scripts and links; `html: allow` in site.yaml publishes it as it is";
            (active(&asset.bytes), help)
        } else {
            continue;
        };
        if let Some(fault) = fault {
            let file: Arc<str> = format!("content/{path}").into();
            let diagnostic = Diagnostic::new(Code::ActiveFile, format!("`{path}` {fault}"))
                .at(Span::new(&file, 0..0), "a browser that opens it would do as it says")
                .help(help);
            diagnostics.push(diagnostic);
        }
    }
}

/// Tells what a browser would do that opens an XML document; `None` where it only shows it.
fn active(bytes: &[u8]) -> Option<String> {
    // What is not written in bytes that begin with those of ASCII is read otherwise by browsers than here.
    if bytes.contains(&0) || bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xff\xfe") {
        return Some("is XML in another encoding than UTF-8".to_owned());
    }
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut in_style = false;
    loop {
        let fault = match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(element)) => {
                in_style = element.local_name().as_ref().eq_ignore_ascii_case(b"style");
                of_element(&element)
            }
            Ok(Event::Empty(element)) => of_element(&element),
            Ok(Event::End(_)) => {
                in_style = false;
                None
            }
            Ok(Event::Text(text)) if in_style => of_style(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) if in_style => of_style(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(_)) if in_style => Some("has a style with references in it".to_owned()),
            Ok(Event::Decl(declaration)) => match declaration.encoding() {
                Some(Ok(encoding)) if !is_like_ascii(&encoding) => {
                    Some("is XML in another encoding than UTF-8".to_owned())
                }
                _ => None,
            },
            Ok(Event::PI(instruction)) => {
                let is_style = instruction.target().eq_ignore_ascii_case(b"xml-stylesheet");
                is_style.then(|| "names a style sheet of its own".to_owned())
            }
            Ok(Event::DocType(kind)) => {
                let kind = String::from_utf8_lossy(&kind).to_ascii_uppercase();
                (kind.contains("<!ENTITY") || kind.contains("<!ATTLIST"))
                    .then(|| "declares entities or attributes of its own".to_owned())
            }
            Ok(_) => None,
            Err(_) => Some("is not well-formed XML".to_owned()),
        };
        if fault.is_some() {
            return fault;
        }
    }
}

fn is_like_ascii(encoding: &[u8]) -> bool {
    [&b"utf-8"[..], b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"]
        .iter()
        .any(|known| encoding.eq_ignore_ascii_case(known))
}

/// Elements that run something, in drawings.
const ELEMENTS: [&str; 4] = ["script", "handler", "listener", "foreignobject"];
/// What makes HTML of elements in XML.
const HTML: &str = "http://www.w3.org/1999/xhtml";

fn of_element(element: &BytesStart<'_>) -> Option<String> {
    let name = String::from_utf8_lossy(element.local_name().as_ref()).to_ascii_lowercase();
    if ELEMENTS.contains(&name.as_str()) {
        return Some(format!("holds `<{name}>`"));
    }
    for attribute in element.attributes() {
        let Ok(attribute) = attribute else { return Some("is not well-formed XML".to_owned()) };
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).to_ascii_lowercase();
        let raw = String::from_utf8_lossy(&attribute.value).into_owned();
        let Ok(value) = unescape(&raw) else { return Some("uses entities that it does not declare".to_owned()) };
        if attribute.key.as_ref().starts_with(b"xmlns") && value.trim() == HTML {
            return Some("holds HTML".to_owned());
        }
        if let Some(fault) = of_attribute(&name, &key, &value) {
            return Some(fault);
        }
    }
    None
}

fn of_attribute(element: &str, key: &str, value: &str) -> Option<String> {
    if key.starts_with("on") {
        return Some(format!("has the handler `{key}`"));
    }
    // Browsers pass over blanks and control characters in and before an address.
    let bare: String = value.chars().filter(|letter| *letter > ' ' && !letter.is_control()).collect();
    let bare = bare.to_ascii_lowercase();
    if key == "attributename" && (bare.ends_with("href") || bare.starts_with("on")) {
        return Some(format!("changes `{bare}` while it is shown"));
    }
    if bare.starts_with("javascript:") || bare.starts_with("vbscript:") {
        return Some("has an address that runs code".to_owned());
    }
    if matches!(key, "href" | "src" | "data" | "srcset" | "poster" | "action" | "formaction") {
        let picture = ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| {
            bare.strip_prefix("data:image/")
                .and_then(|rest| rest.strip_prefix(kind))
                .is_some_and(|rest| rest.starts_with([';', ',']))
        });
        let scheme = bare.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        if bare.starts_with("data:") && !picture {
            return Some("has an address that is a document".to_owned());
        }
        let is_elsewhere =
            (scheme && !picture) || bare.starts_with("//") || bare.starts_with("\\") || bare.starts_with("/\\");
        // A link is followed by who wants to; anything else is loaded.
        let is_link =
            element == "a" && (bare.starts_with("https:") || bare.starts_with("http:") || bare.starts_with("mailto:"));
        return (is_elsewhere && !is_link).then(|| "loads something from elsewhere".to_owned());
    }
    of_style(value)
}

/// Looks at CSS, and at attributes that may hold some: `fill="url(…)"`.
fn of_style(css: &str) -> Option<String> {
    let lower = css.to_ascii_lowercase();
    let loads = lower.match_indices("url(").any(|(at, start)| {
        let rest = lower[at + start.len()..].trim_start_matches([' ', '\t', '\n', '\r', '\'', '"']);
        !(rest.starts_with('#') || rest.starts_with("data:image/") || rest.starts_with("data:font/"))
    });
    let others = ["@import", "image-set(", "src(", "expression(", "-moz-binding", "behavior:"];
    if loads || others.iter().any(|word| lower.contains(word)) {
        return Some("has a style that loads something".to_owned());
    }
    // An escape can spell all of these otherwise.
    (lower.contains('\\') && lower.contains('(')).then(|| "has a style with escapes in it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::active;

    fn drawing(inside: &str) -> Option<String> {
        active(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 4 3\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn a_drawing_that_only_shows_something_is_taken() {
        for inside in [
            "",
            "<title>A &amp; B</title><path d=\"M0 0h4\" fill=\"url(#a)\" style=\"fill:url('#a');stroke:red\"/>",
            "<style>.a{fill:url(#b)}</style><style><![CDATA[ .a > .b { fill: red } ]]></style>",
            "<a href=\"https://example.org/\"><text>link</text></a><use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AAAA\"/>",
            "<animate attributeName=\"x\" to=\"3\"/><metadata><x:a xmlns:x=\"urn:x\" about=\"https://example.org/\"/></metadata>",
            "<!-- <script> --><text>javascript: is a word, onload too</text>",
        ] {
            assert_eq!(drawing(inside), None, "{inside}");
        }
        assert_eq!(
            active(b"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/a.dtd\"><svg/>"),
            None
        );
        assert_eq!(active(b"<rss version='2.0'><channel><link>https://example.org</link></channel></rss>"), None);
    }

    #[test]
    fn a_drawing_that_does_something_is_refused() {
        for inside in [
            "<script>x()</script>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">x()</x:script>",
            "<SCRIPT/>",
            "<g onload=\"x()\"/>",
            "<g oNbegin=\"x()\"/>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            "<a href=\"javascript:x()\"/>",
            "<a xlink:href=\" java&#10;script:x()\"/>",
            "<a href=\"&#106;avascript:x()\"/>",
            "<a href=\"data:text/html,x\"/>",
            "<use href=\"data:image/svg+xml,x#a\"/>",
            "<image href=\"https://example.org/a.png\"/>",
            "<image href=\"//example.org/a.png\"/>",
            "<set attributeName=\"href\" to=\"javascript:x()\"/>",
            "<animate attributeName=\"xlink:href\" values=\"javascript:x()\"/>",
            "<style>@import 'https://example.org/a.css';</style>",
            "<style>a{fill:u&#114;l(https://example.org/a)}</style>",
            "<style>a{fill:\\75rl(https://example.org/a)}</style>",
            "<style><![CDATA[a{background:URL( 'https://example.org/a')}]]></style>",
            "<g style=\"fill:url(https://example.org/a)\"/>",
            "<g fill=\"url(//example.org/a)\"/>",
            "<x:img xmlns:x=\"http://www.w3.org/1999/xht&#109;l\" src=\"a.png\"/>",
            "<g a=1/>",
        ] {
            assert!(drawing(inside).is_some(), "{inside}");
        }
        for whole in [
            "<?xml-stylesheet href=\"a.xsl\"?><svg/>",
            "<!DOCTYPE svg [<!ENTITY a \"<script/>\">]><svg>&a;</svg>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x()\">]><svg/>",
            "<?xml version=\"1.0\" encoding=\"utf-7\"?><svg/>",
            "\u{0}<svg/>",
        ] {
            assert!(active(whole.as_bytes()).is_some(), "{whole}");
        }
        let wide: Vec<u8> = "\u{feff}<svg onload='x()'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(active(&wide).is_some());
    }
}
