//! What a site leaves out of its feeds, and for search engines, because it does not say where and when it is published.
//!
//! Nothing is said to a site without a day of publication: it is not meant for either yet.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if !site.pages.iter().any(|page| page.published.is_some() && !page.draft) {
        return;
    }
    if site.config.url.is_none() {
        let message = "without `url` the site has no site map, no canonical addresses and no previews of links";
        diagnostics.push(
            Diagnostic::new(Code::NoUrl, message)
                .help("write `url: https://…` into content/site.yaml, or `no-url: off` under its `rules`"),
        );
    }
    let without: Vec<_> = site.events().filter(|page| page.published.is_none() && !page.draft).collect();
    if let (true, Some(first)) = (site.config.outputs.feeds, without.first()) {
        let one = without.len() == 1;
        let events = if one { "an event is".to_owned() } else { format!("{} events are", without.len()) };
        let label = if one { "it has no `published`" } else { "this one and others have no `published`" };
        diagnostics.push(
            Diagnostic::new(Code::NotInFeed, format!("{events} not in the feeds"))
                .at(first.front.clone(), label)
                .help("write the day on which the page came out: `published: 2026-11-20`"),
        );
    }
}
