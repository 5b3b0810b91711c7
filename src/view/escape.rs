//! Text in HTML: escaped for where it stands.

use std::fmt::Write;

/// Escapes text for the inside of an element or of a quoted attribute.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html(&mut out, text).expect("a string takes everything");
    out
}

/// Escapes an address for a quoted attribute: percent-encodes what an address cannot hold, then escapes.
pub(super) fn href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    pulldown_cmark_escape::escape_href(&mut out, address).expect("a string takes everything");
    out
}

/// Writes a path of the output as an address: what has a meaning in addresses is percent-encoded, letters beyond ASCII
/// stay, as addresses in HTML may hold them.
pub fn path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        if !letter.is_ascii() || letter.is_ascii_alphanumeric() || "-._~/!$&'()*+,;=@".contains(letter) {
            out.push(letter);
        } else {
            write!(out, "%{:02X}", u32::from(letter)).expect("a string takes everything");
        }
    }
    out
}

/// Writes a path of the output, or an anchor, as a part of a whole address (RFC 3986): in ASCII.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes everything");
        }
    }
    out
}

/// Writes a path as an address of `srcset`, where commas part the entries.
pub(super) fn srcset(path: &str) -> String {
    self::path(path).replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_whole_address_is_ascii() {
        assert_eq!(super::uri("a b/größe%#.html"), "a%20b/gr%C3%B6%C3%9Fe%25%23.html");
    }

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(super::path("media/a b#c%.jpg"), "media/a%20b%23c%25.jpg");
        assert_eq!(super::path("북한.html"), "북한.html");
    }
}
