//! Reads XML through as browsers do that open it: what would it run, and what would it load?
//!
//! Where a browser might read something else than what stands here, the file is refused: other encodings, escapes, entities
//! and attributes that the file declares itself, and styles in pieces. What browsers stop at is no matter.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use crate::control;

/// What makes HTML of elements in XML.
const HTML: &str = "http://www.w3.org/1999/xhtml";
/// What makes parts of a drawing of them, and so styles of those called `style`.
const DRAWING: &str = "http://www.w3.org/2000/svg";

const ENCODING: &str = "is XML in another encoding than UTF-8";
const MALFORMED: &str = "is not well-formed XML";

/// Tells what a browser would do that opens an XML document; `None` where it only shows it.
pub(super) fn active(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text,
        _ => return Some(ENCODING.to_owned()),
    };
    if let Some((_, letter)) = control::characters(text).next() {
        // One of them, ESC, begins another alphabet in encodings of Japanese.
        return Some(format!("holds a control character, U+{:04X}", u32::from(letter)));
    }
    let mut reader = Reader::from_reader(text.as_bytes());
    reader.config_mut().check_end_names = false;
    let mut reading = Reading { is_ascii: text.is_ascii(), is_drawing: false, style: None };
    loop {
        let fault = match reader.read_event() {
            Ok(Event::Eof) => return reading.style.is_some().then(|| MALFORMED.to_owned()),
            Ok(event) => reading.fault(&event),
            Err(_) => Some(MALFORMED.to_owned()),
        };
        if fault.is_some() {
            return fault;
        }
    }
}

/// How far a document was read.
struct Reading {
    /// Whether it has no letters but those that are the same bytes in nearly every encoding.
    is_ascii: bool,
    /// Whether something in it may be part of a drawing.
    is_drawing: bool,
    /// The text of the style that is being read.
    style: Option<String>,
}

impl Reading {
    fn fault(&mut self, event: &Event<'_>) -> Option<String> {
        if self.style.is_some() {
            return self.in_style(event);
        }
        match event {
            Event::Start(element) => {
                let fault = self.of_element(element);
                let is_style = self.is_drawing && element.local_name().as_ref().eq_ignore_ascii_case(b"style");
                self.style = is_style.then(String::new);
                fault
            }
            Event::Empty(element) => self.of_element(element),
            Event::Decl(declaration) => self.of_declaration(declaration),
            Event::PI(instruction) => {
                let is_style = instruction.target().eq_ignore_ascii_case(b"xml-stylesheet");
                is_style.then(|| "names a style sheet of its own".to_owned())
            }
            Event::DocType(kind) => kind
                .iter()
                .any(|byte| matches!(byte, b'[' | b'<'))
                .then(|| "declares entities or attributes of its own".to_owned()),
            _ => None,
        }
    }

    /// Gathers what a browser puts together, whatever stands between: of that, nothing but CDATA may stand there.
    fn in_style(&mut self, event: &Event<'_>) -> Option<String> {
        let style = self.style.as_mut()?;
        match event {
            Event::Text(text) => style.push_str(&String::from_utf8_lossy(text)),
            Event::CData(text) => style.push_str(&String::from_utf8_lossy(text)),
            Event::End(_) => return of_style(&self.style.take().unwrap_or_default()),
            Event::GeneralRef(_) => return Some("has a style with references in it".to_owned()),
            _ => return Some("has a style with something else than text in it".to_owned()),
        }
        None
    }

    fn of_declaration(&self, declaration: &BytesDecl<'_>) -> Option<String> {
        let is_alike = |encoding: &[u8]| {
            let others = [&b"us-ascii"[..], b"ascii", b"iso-8859-1", b"windows-1252"];
            encoding.eq_ignore_ascii_case(b"utf-8")
                || self.is_ascii && others.iter().any(|known| encoding.eq_ignore_ascii_case(known))
        };
        match declaration.encoding() {
            None => None,
            Some(Ok(encoding)) => (!is_alike(&encoding)).then(|| ENCODING.to_owned()),
            Some(Err(_)) => Some(MALFORMED.to_owned()),
        }
    }

    fn of_element(&mut self, element: &BytesStart<'_>) -> Option<String> {
        let name = String::from_utf8_lossy(element.local_name().as_ref()).to_ascii_lowercase();
        if ELEMENTS.contains(&name.as_str()) {
            return Some(format!("holds `<{name}>`"));
        }
        element.attributes().find_map(|attribute| match attribute {
            Ok(attribute) => self.of_attribute(&name, &attribute),
            Err(_) => Some(MALFORMED.to_owned()),
        })
    }

    fn of_attribute(&mut self, element: &str, attribute: &Attribute<'_>) -> Option<String> {
        let raw = String::from_utf8_lossy(&attribute.value);
        let Ok(value) = unescape(&raw) else { return Some("uses entities that it does not declare".to_owned()) };
        let whole = attribute.key.as_ref();
        if whole.starts_with(b"xmlns") {
            self.is_drawing |= value.trim() == DRAWING;
            if value.trim() == HTML {
                return Some("holds HTML".to_owned());
            }
        }
        if whole.eq_ignore_ascii_case(b"xml:base") {
            return Some("says by `xml:base` where its addresses begin".to_owned());
        }
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).to_ascii_lowercase();
        of_value(element, &key, &value)
    }
}

/// Elements that run something, in drawings.
const ELEMENTS: [&str; 4] = ["script", "handler", "listener", "foreignobject"];

fn of_value(element: &str, key: &str, value: &str) -> Option<String> {
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
    match key {
        "href" | "src" | "data" | "srcset" | "poster" | "action" | "formaction" | "ping" => {
            of_address(element, key, &bare)
        }
        "style" => of_style(value),
        _ => of_presentation(value),
    }
}

/// Looks at an address in small letters and without blanks.
fn of_address(element: &str, key: &str, bare: &str) -> Option<String> {
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
    let is_link = (element, key) == ("a", "href")
        && (bare.starts_with("https:") || bare.starts_with("http:") || bare.starts_with("mailto:"));
    (is_elsewhere && !is_link).then(|| "loads something from elsewhere".to_owned())
}

/// Looks at CSS. An escape can spell every word of it otherwise.
fn of_style(css: &str) -> Option<String> {
    loads(css).or_else(|| css.contains('\\').then(|| ESCAPES.to_owned()))
}

/// Looks at attributes that may hold a value of CSS: `fill="url(…)"`. Only what has brackets loads something there.
fn of_presentation(value: &str) -> Option<String> {
    loads(value).or_else(|| (value.contains('\\') && value.contains('(')).then(|| ESCAPES.to_owned()))
}

const ESCAPES: &str = "has a style with escapes in it";

fn loads(css: &str) -> Option<String> {
    let lower = css.to_ascii_lowercase();
    let loads = lower.match_indices("url(").any(|(at, start)| {
        let rest = lower[at + start.len()..].trim_start_matches([' ', '\t', '\n', '\r', '\'', '"']);
        !(rest.starts_with('#') || rest.starts_with("data:image/") || rest.starts_with("data:font/"))
    });
    let others = ["@import", "image-set(", "image(", "src(", "expression(", "-moz-binding", "behavior:"];
    (loads || others.iter().any(|word| lower.contains(word))).then(|| "has a style that loads something".to_owned())
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
            "<style>.a{fill:url(#b)}</style><style><![CDATA[ .a > .b { fill: red } ]]></style><style/><style> a<![CDATA[{}]]> </style>",
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
            "<!DOCTYPE svg [ ]><svg/>",
            "<!DOCTYPE svg SYSTEM \"<\"><svg/>",
            "<?xml version=\"1.0\" encoding=\"utf-7\"?><svg/>",
            "\u{0}<svg/>",
        ] {
            assert!(active(whole.as_bytes()).is_some(), "{whole}");
        }
        let wide: Vec<u8> = "\u{feff}<svg onload='x()'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(active(&wide).is_some());
    }
    /// Each is held alone, so that what one of them is refused for hides nothing of another.
    #[test]
    fn a_drawing_that_loads_something_by_a_style_in_pieces_or_in_escapes_is_refused() {
        let (import, rule) = ("\"https://evil.example/a.css\";", "svg{background:url(https://evil.example/a)}");
        for style in [
            format!("@im<!-- -->port {import}"),
            format!("@im<?x?>port {import}"),
            format!("@im<![CDATA[port {import}]]>"),
            format!("<![CDATA[@im]]><![CDATA[port {import}]]>"),
            format!("@im<x/>port {import}"),
            format!("@im&#112;ort {import}"),
            format!("<x></x>{rule}"),
            format!("<x></x>@import {import}"),
            format!("<x/>{rule}"),
            format!("<!-- -->{rule}"),
            rule.replace("url", "u<!-- -->rl"),
            rule.replace("url", "u<![CDATA[rl]]>"),
            format!("@\\69mport {import}"),
            format!("@import\\20 {import}"),
            rule.replace("url", "\\75 rl"),
            ".a{content:\"\\201c\"}".to_owned(),
            ".a{fill:image(\"https://evil.example/a\")}".to_owned(),
        ] {
            for style in [
                format!("<style>{style}</style>"),
                format!("<x:Style xmlns:x=\"http://www.w3.org/2000/sv&#103;\">{style}</x:Style>"),
            ] {
                assert!(drawing(&style).is_some(), "{style}");
            }
        }
        for inside in [
            "<style>@import 'https://evil.example/a.css';",
            "<g style=\"--a:\\75\"/>",
            "<g fill=\"\\75rl(https://evil.example/a)\"/>",
            "<set attributeName=\"fill\" to=\"url(https://evil.example/a)\"/>",
            "<g xml:base=\"https://evil.example/\"><image href=\"a.png\"/></g>",
            "<a href=\"#a\" ping=\"https://evil.example/a\"/>",
        ] {
            assert!(drawing(inside).is_some(), "{inside}");
        }
    }

    #[test]
    fn what_other_readers_could_take_for_something_else_is_refused() {
        for letter in ['\u{1b}', '\u{1}', '\u{b}', '\u{c}', '\u{7f}', '\u{85}', '\u{fffe}'] {
            let fault = drawing(&format!("<!-- {letter}$B --><g/>"));
            assert!(fault.is_some_and(|fault| fault.contains("control character")), "{letter:?}");
        }
        for encoding in ["ISO-2022-JP", "utf-7", "utf-16", "shift_jis", "x"] {
            let whole = format!("<?xml version='1.0' encoding='{encoding}'?><svg/>");
            assert!(active(whole.as_bytes()).is_some(), "{encoding}");
        }
        for encoding in ["UTF-8", "us-ascii", "ISO-8859-1", "windows-1252"] {
            let whole = format!("<?xml version='1.0' encoding='{encoding}'?><svg/>");
            assert_eq!(active(whole.as_bytes()), None, "{encoding}");
            let whole = format!("{whole}<!-- ä -->");
            assert_eq!(active(whole.as_bytes()).is_none(), encoding == "UTF-8", "{encoding}");
        }
        assert!(active(b"<svg>\xe4</svg>").is_some());
        assert_eq!(active("\u{feff}<svg>\tä\r\n</svg>".as_bytes()), None);
    }

    #[test]
    fn other_xml_may_call_its_elements_styles() {
        for whole in [
            "<kml xmlns='http://www.opengis.net/kml/2.2'><Style id='a'><LineStyle><width>2</width></LineStyle></Style></kml>",
            "<o xmlns:style='urn:x'><style:style><!-- a --><style:text c='\\'/></style:style></o>",
        ] {
            assert_eq!(active(whole.as_bytes()), None, "{whole}");
        }
    }
}
