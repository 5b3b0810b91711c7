//! One HTML file that opens by itself: the page `all.html` with its styles, fonts, pictures and documents put into it.
//!
//! It asks for nothing, runs no script, and says so in its policy: styles are allowed by their hashes. Links to pages of the
//! site lead to where the page stands in the file; those to files that a reader may keep hold the file.

use std::collections::BTreeMap;

use markup5ever_rcdom::Handle;

use crate::output::Output;

use super::book::Imprint;
use super::inline::{csp_hash, data_address, decoded, local, style};
use super::tree::{elements, get, html, name, parse, remove, set};

/// What tells a file of this program from another: near its beginning.
pub(super) const MARK: &str = "<meta name=\"generator\" content=\"Dateline, edition single\">";

/// Makes the file of the page that holds the whole site, `all`.
///
/// `anchors` tells where in it each page of the site went.
pub fn single(all: &str, output: &Output, anchors: &BTreeMap<String, String>, imprint: &Imprint) -> String {
    let dom = parse(all);
    let maker = Maker { output, anchors, imprint };
    let mut styles = Vec::new();
    for element in elements(&dom.document) {
        maker.element(&element, &mut styles);
    }
    let hashes: Vec<String> = styles.iter().map(|css| format!("'{}'", csp_hash(css))).collect();
    let styles: String = styles.iter().map(|css| format!("<style>{css}</style>\n")).collect();
    let policy = format!(
        "default-src 'none'; style-src {}; font-src data:; img-src data:; base-uri 'none'; form-action 'none'",
        if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") }
    );
    let begin = format!(
        "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n{MARK}\n"
    );
    // Whatever a page's head begins with, what says how to read it comes first.
    let text = html(&dom.document).replacen("<head>\n", "<head>", 1).replacen("<head>", &begin, 1);
    text.replacen("</head>", &format!("{styles}</head>"), 1)
}

struct Maker<'a> {
    output: &'a Output,
    anchors: &'a BTreeMap<String, String>,
    imprint: &'a Imprint,
}

impl Maker<'_> {
    fn element(&self, element: &Handle, styles: &mut Vec<String>) {
        match name(element) {
            "script" | "source" | "base" => remove(element),
            "meta" if get(element, "charset").is_some() || is_policy(element) => remove(element),
            "link" => self.link(element, styles),
            "img" => self.picture(element),
            "a" => self.address(element),
            _ => {}
        }
    }

    /// Keeps styles and the icon; what else a page links to beside its text is elsewhere.
    fn link(&self, element: &Handle, styles: &mut Vec<String>) {
        let path = get(element, "href").and_then(|href| local(&href));
        let file = path.as_ref().and_then(|path| self.output.get(path));
        match (get(element, "rel").as_deref(), path, file) {
            (Some("stylesheet"), Some(path), Some(_)) => {
                // A text that closes the element would end it early.
                styles.extend(style(&path, self.output).map(|css| at_once(&css).replace("</", "<\\/")));
                remove(element);
            }
            (Some("icon"), Some(path), Some(file)) => {
                set(element, "href", Some(&data_address(&path, &file.bytes)));
            }
            (Some("icon"), _, _) if get(element, "href").is_some_and(|href| href.starts_with("data:")) => {}
            _ => remove(element),
        }
    }

    fn picture(&self, element: &Handle) {
        for other in ["srcset", "sizes", "loading", "decoding"] {
            set(element, other, None);
        }
        let path = get(element, "src").and_then(|src| local(&src));
        if let Some((path, file)) = path.and_then(|path| self.output.get(&path).map(|file| (path, file))) {
            set(element, "src", Some(&data_address(&path, &file.bytes)));
        }
    }

    fn address(&self, element: &Handle) {
        let Some(href) = get(element, "href") else { return };
        let Some(path) = local(&href) else { return };
        let anchor = href.split_once('#').map(|(_, anchor)| decoded(anchor)).filter(|anchor| !anchor.is_empty());
        let to = match (self.anchors.get(&path), self.output.get(&path)) {
            (Some(section), _) => Some(format!("#{}", anchor.unwrap_or_else(|| section.clone()))),
            (None, Some(file)) if !path.ends_with(".html") => {
                let name = path.rsplit('/').next().unwrap_or(&path);
                set(element, "download", Some(name));
                Some(data_address(&path, &file.bytes))
            }
            _ => self.imprint.url.as_ref().map(|url| format!("{url}/{href}")),
        };
        set(element, "href", to.as_deref());
        if to.is_none_or(|to| to.starts_with('#')) {
            set(element, "download", None);
        }
    }
}

/// Shows the fonts of a style sheet at once: they are in the file, and there is nothing to wait for.
fn at_once(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut parts = css.split("font-display:");
    out.extend(parts.next());
    for part in parts {
        let end = part.find([';', '}']).unwrap_or(part.len());
        out.push_str("font-display:block");
        out.push_str(&part[end..]);
    }
    out
}

fn is_policy(element: &Handle) -> bool {
    get(element, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"))
}
