//! Where a link leads.

/// The address of a link, sorted by what has to be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address outside the site: `http`, `https`, `mailto` or `tel`.
    External(String),
    /// A file of the content: its path as typed, percent-decoded, relative to the file of the link; and an anchor.
    File {
        /// The path, with forward slashes.
        path: String,
        /// The anchor, without `#`.
        anchor: Option<String>,
    },
    /// An anchor on the same page, without `#`.
    Anchor(String),
    /// An address that a page must not carry, and why.
    Unsafe {
        /// As typed.
        address: String,
        /// `runs code`, `depends on the page's own protocol`, …
        reason: &'static str,
    },
}

impl Target {
    /// Sorts an address as Markdown gives it.
    pub fn of(address: &str) -> Self {
        let unsafe_because = |reason| Self::Unsafe { address: address.to_owned(), reason };
        if address.starts_with("//") || address.starts_with("\\\\") {
            return unsafe_because("an address without a protocol does not work from a disk");
        }
        if address.starts_with('/') {
            return unsafe_because(
                "an address that starts at the root of a host does not work from a disk or a sub-path",
            );
        }
        if address.chars().any(char::is_control) {
            return unsafe_because("an address cannot hold control characters");
        }
        if let Some(scheme) = scheme(address) {
            return match scheme.as_str() {
                "http" | "https" | "mailto" | "tel" => Self::External(address.to_owned()),
                "javascript" | "vbscript" | "data" => unsafe_because("such an address can run code"),
                _ => unsafe_because("links lead to `https:`, `http:`, `mailto:` or `tel:`, or to a file of the site"),
            };
        }
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(decode(anchor))),
            None => (address, None),
        };
        match (path.is_empty(), anchor) {
            (true, anchor) => Self::Anchor(anchor.unwrap_or_default()),
            (false, anchor) => Self::File { path: decode(path), anchor },
        }
    }
}

/// Returns the scheme of an address, in lower case. A lone letter is no scheme but a Windows drive: still refused.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on).then(|| scheme.to_ascii_lowercase())
}

/// Decodes `%20`; what is not UTF-8 afterwards stays as typed.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn file(path: &str, anchor: Option<&str>) -> Target {
        Target::File { path: path.to_owned(), anchor: anchor.map(str::to_owned) }
    }

    #[test]
    fn a_relative_address_is_a_file_and_an_anchor() {
        assert_eq!(Target::of("../pages/numbers.md#counting"), file("../pages/numbers.md", Some("counting")));
        assert_eq!(Target::of("a%20b.md"), file("a b.md", None));
        assert_eq!(Target::of("#gr%C3%B6%C3%9Fe"), Target::Anchor("größe".into()));
    }

    #[test]
    fn addresses_outside_are_left_alone() {
        assert_eq!(Target::of("https://a.example/b#c"), Target::External("https://a.example/b#c".into()));
        assert_eq!(Target::of("mailto:a@b.example"), Target::External("mailto:a@b.example".into()));
    }

    #[test]
    fn addresses_that_run_code_or_need_a_host_are_unsafe() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/root.md",
            "ftp://x",
        ] {
            assert!(matches!(Target::of(address), Target::Unsafe { .. }), "{address}");
        }
    }
}
