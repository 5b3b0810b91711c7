//! Files of the content that do something: pages and drawings that a browser would run, and names that a host obeys.
//!
//! What is published as it is stands on the site's own address, where its scripts may do what the site's may, and in the
//! folder that a host looks through for orders. So HTML and such names are refused from a hand that may only write texts,
//! and drawings and other XML are read through: no scripts, no handlers, no address that runs code, nothing that is loaded
//! from elsewhere. `html: allow` in site.yaml trusts these files too. What every host hands out as something that no browser
//! opens as a document is not looked at. Names that begin with a full stop, such as `.htaccess`, never come as far as here.

mod hosts;
mod xml;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::Html;
use crate::media_type;
use crate::model::Site;
use crate::view::evidence_path;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if site.config.html == Html::Allow {
        return;
    }
    for (path, asset) in &site.assets {
        // Where the program writes a worker of its own, it is told that the place is taken.
        if site.config.outputs.offline && path.eq_ignore_ascii_case("sw.js") {
            continue;
        }
        if let Some(fault) = fault(path, &asset.bytes) {
            let file: Arc<str> = format!("content/{path}").into();
            let diagnostic = Diagnostic::new(Code::ActiveFile, format!("`{path}` {}", fault.what))
                .at(Span::new(&file, 0..0), fault.why)
                .help(format!("{}; `html: allow` in site.yaml publishes it as it is", fault.instead));
            diagnostics.push(diagnostic);
        }
    }
    for (path, span) in named(site) {
        if let Some((what, _)) = hosts::order(&path) {
            let diagnostic = Diagnostic::new(Code::ActiveFile, format!("`{path}` {what}"))
                .at(span.clone(), HOST)
                .help("take that end out of its name; `html: allow` in site.yaml publishes it as it is");
            diagnostics.push(diagnostic);
        }
    }
}

/// Lists what is written word for word under a name that the content gives: the data of questions, and stored copies.
fn named(site: &Site) -> Vec<(String, &Span)> {
    let mut named = Vec::new();
    if site.config.outputs.data {
        let path = |id| format!("data/questions/{id}.csv");
        named.extend(site.questions.iter().map(|question| (path(&question.id.value), &question.id.span)));
    }
    if site.config.publish_evidence {
        let copies = site.sources.values().filter_map(|source| source.evidence.as_ref());
        named.extend(copies.map(|file| (evidence_path(&file.value), &file.span)));
    }
    named
}

/// What a file would do, why that matters, and what to do instead.
struct Fault {
    /// Goes on from the path: `holds HTML`.
    what: String,
    why: &'static str,
    instead: &'static str,
}

fn fault(path: &str, bytes: &[u8]) -> Option<Fault> {
    if let Some((what, instead)) = hosts::order(path) {
        return Some(Fault { what: what.to_owned(), why: HOST, instead });
    }
    let (what, instead) = match kind(path) {
        Kind::Page => ("is opened by browsers as a page with scripts of its own".to_owned(), PAGE),
        Kind::Unknown if begins_as_page(bytes) => ("begins as a page in HTML does".to_owned(), PAGE),
        Kind::Unknown if !begins_as_markup(bytes) => return None,
        Kind::Xml | Kind::Unknown => (xml::active(bytes)?, if path.ends_with(".svg") { DRAWING } else { XML }),
        Kind::Shown => return None,
    };
    Some(Fault { what, why: "a browser that opens it would do as it says", instead })
}

const HOST: &str = "a host that finds it would do as it says";
const PAGE: &str = "write the page in Markdown, or hand it on as a .zip";
const DRAWING: &str = "save it as a plain drawing in UTF-8, without scripts and links";
const XML: &str = "hand it on as a .zip";

/// What hosts say of a file by its name.
enum Kind {
    Page,
    Xml,
    /// Something that no browser opens as a document.
    Shown,
    /// Nothing that everybody agrees on: some hosts know more types than others, and some let browsers guess.
    Unknown,
}

/// Ends of names under which hosts hand out HTML, or something else that runs.
const PAGE_ENDS: [&str; 13] =
    ["html", "htm", "xhtml", "xht", "shtml", "shtm", "stm", "mht", "mhtml", "hta", "htc", "svgz", "swf"];
/// Ends of names under which hosts hand out XML, which browsers show.
const XML_ENDS: [&str; 14] =
    ["svg", "xml", "xsl", "xslt", "xsd", "dtd", "rdf", "rss", "atom", "mathml", "mml", "kml", "gpx", "opml"];

/// Goes by the last end that says something, as Apache does: `page.html.en` and `page.html.gz` are pages.
fn kind(path: &str) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = name.split_once('.').map(|(_, ends)| ends.to_ascii_lowercase()).unwrap_or_default();
    let known = ends.rsplit('.').find_map(|end| match end {
        end if PAGE_ENDS.contains(&end) => Some(Kind::Page),
        end if XML_ENDS.contains(&end) => Some(Kind::Xml),
        end if media_type::of(&format!("x.{end}")) != "application/octet-stream" => Some(Kind::Shown),
        _ => None,
    });
    known.unwrap_or(Kind::Unknown)
}

/// What browsers take for HTML where nobody says what a file is (WHATWG MIME Sniffing, 7.1).
const BEGINNINGS: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

/// Takes no heed of what stands behind the name, as not every browser does.
fn begins_as_page(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    BEGINNINGS.iter().any(|beginning| {
        start.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
    })
}

/// Tells whether a file begins as XML does, in UTF-8 or in the encodings that give themselves away.
fn begins_as_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_wide = [&b"\xfe\xff"[..], b"\xff\xfe", b"\0<\0"].iter().any(|start| bytes.starts_with(start));
    let mut signs = bytes
        .iter()
        .filter(|byte| !(is_wide && matches!(byte, 0 | 0xfe | 0xff)))
        .skip_while(|byte| byte.is_ascii_whitespace());
    signs.next() == Some(&b'<')
        && signs
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'_' | b':' | 0 | 0x80..))
}

#[cfg(test)]
mod tests {
    use super::fault;

    const PLAIN: &str = "<g xmlns=\"urn:x\"/>";
    const SCRIPT: &str = "<g><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">x()</x:script></g>";

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_page_is_known_by_the_last_end_that_says_something() {
        for path in [
            "a.html",
            "a.HTM",
            "m/a.xhtml",
            "a.html.en",
            "a.html.pt-BR",
            "a.htm.utf8.de",
            "a.html.gz",
            "a.html.bak",
            "a.svgz",
            "a.shtml",
            "a.stm",
            "a.mht",
            ".html",
        ] {
            assert!(fault(path, b"text").is_some_and(|fault| fault.what.contains("as a page")), "{path}");
        }
        for path in
            ["html", "a.html.zip", "a.html.png", "html/a.txt", "a.html/b.pdf", "a.txt.en", "htm.json", "a.htmlx"]
        {
            assert!(fault(path, b"text").is_none(), "{path}");
        }
    }

    #[test]
    fn xml_is_looked_into_whatever_its_name_says() {
        for end in ["svg", "xml", "xpdl", "wsdl", "rng", "xbl", "xul", "tei", "svg.gz.de", "foo", "XML"] {
            for path in [format!("a.{end}"), format!("media/a.b.{end}")] {
                assert!(fault(&path, PLAIN.as_bytes()).is_none(), "{path}");
                for start in
                    ["", "\u{feff}", "\n \t", "<?xml version=\"1.0\"?>\n", "<?x?>", "<!DOCTYPE g SYSTEM \"a\">"]
                {
                    assert!(fault(&path, format!("{start}{SCRIPT}").as_bytes()).is_some(), "{path} {start:?}");
                }
                for text in ["\u{feff}<?xml version=\"1.0\"?><g/>", "\u{feff}\n<g/>", "<?xml version=\"1.0\"?><g/>"] {
                    assert!(fault(&path, &wide(text, u16::to_le_bytes)).is_some(), "{path} {text:?}");
                    assert!(fault(&path, &wide(text, u16::to_be_bytes)).is_some(), "{path} {text:?}");
                }
            }
        }
        assert!(fault("a", SCRIPT.as_bytes()).is_some());
        assert!(fault("a.svg.gz", b"\x1f\x8b\x08").is_some());
    }

    #[test]
    fn what_browsers_would_guess_to_be_a_page_is_refused_and_what_every_host_knows_is_taken() {
        for text in [
            "<html><meta http-equiv='refresh' content='0;url=https://example.org'/></html>",
            "<!doctype html>x",
            "\u{feff}\n<SCRIPT>x()</SCRIPT>",
            "<!--><script>x()</script>-->",
            "<p>x",
        ] {
            for path in ["a", "a.foo", "media/a.en"] {
                assert!(fault(path, text.as_bytes()).is_some(), "{path}: {text}");
            }
            for path in ["a.txt", "a.CSV", "a.json", "a.html.png", "a.pdf", "a.js"] {
                assert!(fault(path, text.as_bytes()).is_none(), "{path}: {text}");
            }
        }
        let harmless: [&[u8]; 9] = [
            b"",
            b"<",
            b"< a",
            b"<3",
            b"\0\0\0<ftyp",
            b"{\"a\":\"<script>\"}",
            b"\xff\xfea\0",
            b"\x1f\x8b<",
            b"PK<script>",
        ];
        for bytes in harmless {
            assert!(fault("a.foo", bytes).is_none(), "{bytes:?}");
        }
    }
}
