//! Whole addresses, for the formats that cannot do without: made only where site.yaml gives the `url` of the site.

use super::{Views, escape};

impl Views<'_> {
    /// Returns the whole address of a path of the output; the home page has that of the site.
    pub fn whole(&self, path: &str) -> Option<String> {
        let url = self.site.config.url.as_deref()?;
        let path = if path == "index.html" { String::new() } else { escape::uri(path) };
        Some(format!("{url}/{path}"))
    }

    /// Returns the whole address of an anchor on a page.
    pub(super) fn whole_anchor(&self, path: &str, anchor: &str) -> Option<String> {
        self.whole(path).map(|address| format!("{address}#{}", escape::uri(anchor)))
    }

    /// Returns the whole address of a path where the site has one, and otherwise what leads there from its root.
    pub fn from_afar(&self, path: &str) -> String {
        self.whole(path).unwrap_or_else(|| escape::path(path))
    }

    /// Returns what an address that stands on a page is anywhere else: whole, or relative to the root of the site.
    pub(super) fn carried_away(&self, page: &str, address: &str) -> String {
        let relative = from_root(&escape::path(page), address);
        match &self.site.config.url {
            Some(url) => format!("{url}/{relative}"),
            None => relative,
        }
    }
}

/// Resolves a relative address that stands on a page against the root of the output.
fn from_root(page: &str, address: &str) -> String {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    if path.is_empty() {
        return format!("{page}{rest}");
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::from_root;

    #[test]
    fn an_address_is_resolved_against_its_page() {
        for (address, resolved) in [
            ("#cite-1", "timeline/a.html#cite-1"),
            ("../pages/b.html#c", "pages/b.html#c"),
            ("b.html?x=../y", "timeline/b.html?x=../y"),
            ("../../../index.html", "index.html"),
        ] {
            assert_eq!(from_root("timeline/a.html", address), resolved, "{address}");
        }
    }
}
