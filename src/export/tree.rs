//! HTML as a tree, and back: as HTML, or as the XML that an EPUB needs.
//!
//! Parsed as browsers parse (html5ever), so that what a browser shows is what is written. Nothing here recurses: a text may
//! nest as deep as it likes.

use html5ever::interface::QualName;
use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, ns, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use std::rc::Rc;

/// Elements without an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];
/// Elements whose text is not escaped in HTML.
const RAW: [&str; 2] = ["style", "script"];

/// Parses a whole document, or a part of a body.
pub(super) fn parse(html: &str) -> RcDom {
    parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html)
}

/// Returns the first element of a name.
pub(super) fn find(dom: &RcDom, name: &str) -> Option<Handle> {
    elements(&dom.document).into_iter().find(|element| self::name(element) == name)
}

/// Lists the elements below a node, in the order of the document.
pub(super) fn elements(root: &Handle) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut open: Vec<Handle> = root.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().rev().cloned());
        if matches!(node.data, NodeData::Element { .. }) {
            found.push(node);
        }
    }
    found
}

/// Returns an element's name; nothing for what is no element.
pub(super) fn name(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

/// Returns an attribute.
pub(super) fn get(node: &Handle, key: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == key).map(|attr| attr.value.to_string())
}

/// Sets an attribute, or takes it away.
pub(super) fn set(node: &Handle, key: &str, value: Option<&str>) {
    let NodeData::Element { attrs, .. } = &node.data else { return };
    let mut attrs = attrs.borrow_mut();
    match (attrs.iter().position(|attr| &*attr.name.local == key), value) {
        (Some(at), Some(value)) => attrs[at].value = value.into(),
        (Some(at), None) => drop(attrs.remove(at)),
        (None, Some(value)) => {
            let name = QualName::new(None, ns!(), LocalName::from(key));
            attrs.push(html5ever::Attribute { name, value: value.into() });
        }
        (None, None) => {}
    }
}

/// Tells whether an element has a class.
pub(super) fn has_class(node: &Handle, class: &str) -> bool {
    get(node, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|known| known == class))
}

/// Returns the element that holds a node.
pub(super) fn parent(node: &Handle) -> Option<Handle> {
    let weak = node.parent.take();
    let parent = weak.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(weak);
    parent
}

/// Takes a node out of the tree.
pub(super) fn remove(node: &Handle) {
    if let Some(parent) = parent(node) {
        parent.children.borrow_mut().retain(|child| !Rc::ptr_eq(child, node));
        node.parent.set(None);
    }
}

/// Writes what is inside of a node as HTML.
pub(super) fn html(root: &Handle) -> String {
    write(root, false, &|_| None)
}

/// Writes what is inside of a node as XML. `rename` gives some elements another name.
pub(super) fn xml(root: &Handle, rename: &dyn Fn(&Handle) -> Option<&'static str>) -> String {
    write(root, true, rename)
}

enum Step {
    Open(Handle),
    Close(String),
}

fn write(root: &Handle, xml: bool, rename: &dyn Fn(&Handle) -> Option<&'static str>) -> String {
    let mut out = String::new();
    let mut steps: Vec<Step> = root.children.borrow().iter().rev().cloned().map(Step::Open).collect();
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Open(node) => node,
            Step::Close(name) => {
                out.push_str(&format!("</{name}>"));
                continue;
            }
        };
        match &node.data {
            NodeData::Doctype { name, .. } => out.push_str(&format!("<!doctype {name}>\n")),
            NodeData::Text { contents } => text(&node, &contents.borrow(), xml, &mut out),
            NodeData::Element { name, attrs, .. } => {
                let called = rename(&node).map_or_else(|| name.local.to_string(), str::to_owned);
                out.push('<');
                out.push_str(&called);
                if xml && foreign(&node) {
                    out.push_str(&format!(" xmlns=\"{}\"", name.ns));
                }
                attrs.borrow().iter().for_each(|attr| attribute(attr, xml, &mut out));
                let void = VOID.contains(&called.as_str());
                out.push_str(if void && xml { "/>" } else { ">" });
                if !void {
                    steps.push(Step::Close(called));
                    steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Open));
                }
            }
            // Comments and processing instructions say nothing to a reader.
            _ => {}
        }
    }
    out
}

/// Tells whether an element begins a part in another language than HTML: a drawing, a formula.
fn foreign(node: &Handle) -> bool {
    let outside = parent(node).is_none_or(|parent| match (&parent.data, &node.data) {
        (NodeData::Element { name: outer, .. }, NodeData::Element { name: inner, .. }) => outer.ns != inner.ns,
        _ => true,
    });
    outside && matches!(&node.data, NodeData::Element { name, .. } if name.ns != ns!(html))
}

fn text(node: &Handle, contents: &str, xml: bool, out: &mut String) {
    let raw = !xml && parent(node).is_some_and(|parent| RAW.contains(&name(&parent)));
    if raw { out.push_str(contents) } else { escape(contents, xml, out) }
}

fn attribute(attr: &html5ever::Attribute, xml: bool, out: &mut String) {
    let name = &*attr.name.local;
    // HTML takes any letters for a name; XML does not, and such an attribute means nothing anyway.
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    if !plain || name.starts_with("xmlns") {
        return;
    }
    out.push(' ');
    out.push_str(name);
    if xml || !attr.value.is_empty() {
        out.push_str("=\"");
        escape(&attr.value, xml, out);
        out.push('"');
    }
}

/// Escapes a text for an element or a quoted attribute. XML cannot hold control characters at all.
pub(super) fn escape(text: &str, xml: bool, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' if xml => {}
            letter => out.push(letter),
        }
    }
}

/// Escapes a text for XML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, true, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{find, html, parse, xml};

    #[test]
    fn a_page_comes_out_as_browsers_read_it() {
        let page = "<!doctype html>\n<html lang=\"en\"><head><style>a>b{}</style></head><body><p>a &amp; b<br>c</p></body></html>";
        assert_eq!(html(&parse(page).document), page);
    }

    #[test]
    fn html_that_is_not_closed_becomes_xml_that_is() {
        let dom = parse("<p>a<br>b\u{1}<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg><p hidden 1x=\"y\">c");
        let body = find(&dom, "body").expect("a document has a body");
        let expected = "<p>a<br/>b<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path></svg></p><p hidden=\"\">c</p>";
        assert_eq!(xml(&body, &|_| None), expected);
    }

    #[test]
    fn deep_nesting_needs_no_deep_stack() {
        let deep = "<div>".repeat(20_000);
        let written = html(&parse(&deep).document);
        assert_eq!(written.matches("</div>").count(), 20_000);
    }
}
