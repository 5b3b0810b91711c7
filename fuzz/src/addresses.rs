//! Where addresses in a page lead, by the rules of RFC 3986 and not by the program's.

/// Where an address of a page leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To another host, or to a program of the reader's.
    Away,
    /// To a file of the site, and an anchor in it.
    To(String, Option<String>),
    /// Out of the site's folder.
    Out,
}

/// Resolves an address that stands in a page at a path.
pub(crate) fn resolve(page: &str, address: &str) -> Leads {
    if address.starts_with("//") || has_scheme(address) {
        return Leads::Away;
    }
    let (rest, anchor) = match address.split_once('#') {
        Some((rest, anchor)) => (rest, Some(unescape(anchor))),
        None => (address, None),
    };
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    if path.is_empty() {
        return Leads::To(page.to_owned(), anchor);
    }
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    parts.pop();
    if path.starts_with('/') {
        return Leads::Out;
    }
    for part in path.split('/') {
        match part {
            ".." if parts.pop().is_none() => return Leads::Out,
            ".." | "." => {}
            part => parts.push(unescape(part)),
        }
    }
    Leads::To(parts.join("/"), anchor)
}

fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Reads `%41` as the byte that it stands for.
fn unescape(text: &str) -> String {
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
