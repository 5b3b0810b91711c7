//! What must hold for HTML: nothing that content brings runs, frames, or reaches past the site.

use html5ever::driver::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Who made the HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// An editor, through Markdown.
    Text,
    /// The theme, around what an editor wrote.
    Page,
}

/// What a document has, in its order.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) ids: Vec<String>,
    /// Addresses: the element's name, and the address as it stands.
    pub(crate) addresses: Vec<(String, String)>,
    /// Addresses of scripts.
    pub(crate) scripts: Vec<String>,
    /// What stands in elements of JSON.
    pub(crate) data: Vec<String>,
    /// How many elements of style there are.
    pub(crate) styles: usize,
}

/// Reads HTML as a browser does.
///
/// # Panics
///
/// Where it holds something that would run or load in a reader's browser, or where a page holds a control character, which
/// no HTML may.
pub(crate) fn assert_harmless(html: &str, whose: Whose) -> Parts {
    let control = html.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    assert!(whose == Whose::Text || control.is_none(), "a page holds the control character {control:?}");
    let document = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut parts = Parts::default();
    let mut nodes = vec![document.document.clone()];
    while let Some(node) = nodes.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let name = &*name.local;
            element(name, &attrs.borrow(), &node, whose, &mut parts);
            nodes.extend(template_contents.borrow().clone());
        }
        nodes.extend(node.children.borrow().iter().rev().cloned());
    }
    parts
}

/// Returns the address that a browser reads where the value of an attribute begins.
pub(crate) fn address(value: &str) -> Option<String> {
    let document = parse_document(RcDom::default(), ParseOpts::default()).one(format!("<a href={value}>"));
    let mut nodes = vec![document.document.clone()];
    while let Some(node) = nodes.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data
            && &*name.local == "a"
        {
            return attrs.borrow().first().map(|attribute| attribute.value.to_string());
        }
        nodes.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

fn element(name: &str, attributes: &[Attribute], node: &Handle, whose: Whose, parts: &mut Parts) {
    let value = |wanted: &str| attributes.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.to_string());
    let forbidden = ["applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal"];
    assert!(!forbidden.contains(&name), "a page holds <{name}>");
    if whose == Whose::Text {
        let themes = ["button", "form", "input", "link", "meta", "script", "style", "svg", "textarea", "title"];
        // The parser itself makes a head.
        assert!(!themes.contains(&name), "a text holds <{name}>");
    }
    match name {
        "script" => match (value("src"), value("type").as_deref()) {
            (Some(address), _) => parts.scripts.push(address),
            (None, Some("application/ld+json" | "application/json")) => parts.data.push(text_of(node)),
            other => panic!("a script stands in a page: {other:?} {}", text_of(node)),
        },
        "style" => parts.styles += 1,
        _ => {}
    }
    for Attribute { name: attribute, value } in attributes {
        let attribute = &*attribute.local;
        assert!(!attribute.starts_with("on"), "<{name} {attribute}=\"{value}\"> runs a script");
        assert!(!["style", "srcdoc", "formaction", "ping"].contains(&attribute), "<{name} {attribute}=\"{value}\">");
        match attribute {
            "id" => parts.ids.push(value.to_string()),
            "href" | "src" | "action" | "data" | "poster" | "cite" | "background" | "longdesc" => {
                assert_address(name, attribute, value);
                parts.addresses.push((name.to_owned(), value.to_string()));
            }
            "srcset" => {
                for one in value.split(',').filter_map(|part| part.split_whitespace().next()) {
                    assert_address(name, attribute, one);
                    parts.addresses.push((name.to_owned(), one.to_owned()));
                }
            }
            _ => {}
        }
    }
}

fn assert_address(name: &str, attribute: &str, address: &str) {
    // Browsers pass over these characters in the name of a scheme.
    let bare: String = address.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
    let bare = bare.to_ascii_lowercase();
    let runs = bare.starts_with("javascript:")
        || bare.starts_with("vbscript:")
        || (bare.starts_with("data:") && bare != "data:," && !bare.starts_with("data:image/"));
    assert!(!runs, "<{name} {attribute}=\"{address}\"> runs a script");
}

fn text_of(node: &Handle) -> String {
    let children = node.children.borrow();
    let texts = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    texts.collect()
}
