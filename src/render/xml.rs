//! XML as feeds and site maps need it: elements with text, escaped, and without the characters that XML 1.0 cannot hold.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Writes a document with one element around all others.
    pub(super) fn document(root: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).expect(TAKES_ALL);
        xml.element(root, attributes, inside);
        let mut bytes = xml.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    /// Writes an element with others inside.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        let start = start(name, attributes);
        let end = start.to_end().into_owned();
        self.0.write_event(Event::Start(start.clone())).expect(TAKES_ALL);
        inside(self);
        self.0.write_event(Event::End(end)).expect(TAKES_ALL);
    }

    /// Writes an element with text inside.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |xml| {
            xml.0.write_event(Event::Text(BytesText::new(&legal(text)))).expect(TAKES_ALL);
        });
    }

    /// Writes an element that has only attributes.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.write_event(Event::Empty(start(name, attributes))).expect(TAKES_ALL);
    }
}

const TAKES_ALL: &str = "a vector takes everything";

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> quick_xml::events::BytesStart<'a> {
    let mut start = quick_xml::events::BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*legal(value)));
    }
    start
}

/// Takes out what XML 1.0 has no place for, not even as a reference: control characters, U+FFFE and U+FFFF.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_legal) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_legal(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn text_is_escaped_and_control_characters_are_left_out() {
        let bytes =
            Xml::document("a", &[("b", "\"<&\u{1}")], |xml| xml.text("c", &[], "]]> & \u{0}\u{FFFE}</c>\u{202E}"));
        let text = String::from_utf8(bytes).expect("it is UTF-8");
        assert!(text.contains("<a b=\"&quot;&lt;&amp;\">"), "{text}");
        assert!(text.contains("<c>]]&gt; &amp; &lt;/c&gt;\u{202E}</c>"), "{text}");
    }
}
