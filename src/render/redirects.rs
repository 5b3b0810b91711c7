//! Aliases: pages that lead from an old address to the new one, without a server.

use crate::model::Site;
use crate::view::{escape_html, path_address};

/// Nothing runs or is loaded here, and the empty icon keeps browsers from asking for one.
const POLICY: &str = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";

/// Makes a page for each alias: its path and its HTML.
pub(super) fn pages(site: &Site) -> impl Iterator<Item = (String, String)> {
    let aliases = site.pages.iter().flat_map(|page| page.aliases.iter().map(move |alias| (page, alias)));
    aliases.map(|(page, alias)| {
        let root = "../".repeat(alias.value.matches('/').count());
        // A browser that is sent on takes a quotation mark away that the address begins with (HTML, "shared declarative
        // refresh steps").
        let address = path_address(&format!("{root}{}", page.path)).replace('\'', "%27");
        let address = escape_html(&address);
        let title = escape_html(&page.title.value);
        let language = escape_html(&site.config.language);
        let html = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n\
             <link rel=\"canonical\" href=\"{address}\">\n<link rel=\"icon\" href=\"data:,\">\n\
             <title>{title}</title>\n<p><a href=\"{address}\">{title}</a></p>\n</html>\n"
        );
        (alias.value.clone(), html)
    })
}
