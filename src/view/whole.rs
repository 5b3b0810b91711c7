//! What every page gets: the site as a whole.

use std::collections::BTreeMap;

use crate::markdown::Target;
use crate::model::{Edition, NavigationTarget, Page};

use super::types::{Counts, Downloads, EditionLink, NavigationView, PageMeta, SiteView, Variable};
use super::{Place, Views};

impl Views<'_> {
    /// Makes what every template gets as `site`.
    pub fn of_site(
        &self,
        variables: Vec<Variable>,
        search: bool,
        has_all: bool,
        data_page: bool,
        editions: &[Edition],
    ) -> SiteView {
        let config = &self.site.config;
        let claims = self.site.claims().count();
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            dir: direction(&config.language),
            authors: config.authors.clone(),
            publisher: config.publisher.clone(),
            licence: config.licence.clone(),
            url: config.url.clone(),
            navigation: self.navigation(),
            groups: self.groups.clone(),
            counts: Counts {
                events: self.site.events().len(),
                claims,
                sources: self.site.sources.len(),
                corrections: self.site.pages.iter().map(|page| page.corrections.len()).sum(),
            },
            variables,
            has_ledger: claims > 0,
            search,
            downloads: (claims > 0 && config.outputs.data)
                .then(|| Downloads { csv: "data/claims.csv".to_owned(), json: "data/claims.json".to_owned() }),
            has_all,
            offline: config.outputs.offline,
            editions: editions
                .iter()
                .map(|edition| EditionLink { kind: edition.name(), path: config.edition_path(*edition) })
                .collect(),
            feeds: self.feed_links(),
            data_page: data_page.then(|| "data.html".to_owned()),
        }
    }

    fn navigation(&self) -> Vec<NavigationView> {
        let root = Place::new("index.html", "site.yaml");
        let links = self.site.config.navigation.iter().filter_map(|item| {
            let (path, external) = match &item.target {
                NavigationTarget::Url(url) => (url.value.clone(), true),
                NavigationTarget::File(file) => (self.address(&Target::of(&file.value), &root)?, false),
            };
            Some(NavigationView { title: item.title.clone(), path, external })
        });
        links.collect()
    }

    /// Makes what a template gets as `page`, for a page that the program makes.
    pub fn made_meta(&self, kind: &'static str, title: &str, place: &Place) -> PageMeta {
        PageMeta {
            kind,
            path: place.shown_path(),
            root: place.root.clone(),
            level: place.level(),
            prefix: place.prefix().to_owned(),
            id: None,
            title: title.to_owned(),
            summary_html: None,
            description: None,
            published: None,
            updated: None,
            draft: false,
            extra: BTreeMap::new(),
            canonical: self.canonical(kind, place),
            json_ld: self.made_json_ld(kind, title),
            card: self.cards.get(&place.path).cloned(),
        }
    }

    /// Returns the whole address of a page; a page that stands for no address has none.
    fn canonical(&self, kind: &str, place: &Place) -> Option<String> {
        self.whole(&place.path).filter(|_| kind != "not-found")
    }

    /// Returns the events before and after each event, by its place on the timeline.
    pub fn neighbours(&self, at: usize) -> (Option<&Page>, Option<&Page>) {
        let page =
            |at: Option<usize>| at.and_then(|at| self.site.timeline.get(at)).map(|place| &*self.site.pages[*place]);
        (page(at.checked_sub(1)), page(Some(at + 1)))
    }
}

/// Returns the direction of a language's script.
pub fn direction(language: &str) -> &'static str {
    use icu_locale::{Direction, LocaleDirectionality};
    let locale: Result<icu_locale::Locale, _> = language.parse();
    let direction = locale.ok().and_then(|locale| LocaleDirectionality::new_common().get(&locale.id));
    if direction == Some(Direction::RightToLeft) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn scripts_have_their_direction() {
        assert_eq!(
            [direction("ar"), direction("he-IL"), direction("en"), direction("ko")],
            ["rtl", "rtl", "ltr", "ltr"]
        );
    }
}
