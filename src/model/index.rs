//! The site by id and by path: what links, claims and citations are looked up in.
//!
//! Made once when a site is read. Where an id or a path stands twice, the first one is kept; `check` reports the other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::alike::composed;

use super::{Config, Id, Kind, Page, Question, Source};

/// Where things are.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Places in `Site::pages`, by file relative to `content/`.
    files: HashMap<String, usize>,
    /// Places in `Site::pages`, by id.
    pages: HashMap<Id, usize>,
    /// Places of claims: in `Site::pages` and in its claims.
    claims: HashMap<Id, (usize, usize)>,
    /// Places in `Site::questions`.
    questions: HashMap<Id, usize>,
    /// The pages that claims of a question stand on.
    answers: HashMap<Id, Vec<(usize, usize)>>,
    /// The claims that dispute a claim.
    disputed: HashMap<Id, Vec<(usize, usize)>>,
    /// The source that each one which reports on another leads back to.
    firsts: HashMap<Id, Id>,
    /// The pages that the program makes: paths relative to the root of the output.
    made: BTreeSet<String>,
    /// Places in `Config::groups`.
    listed: HashMap<Id, usize>,
    /// The groups that events use or site.yaml lists, in their order, with the events in the order of the timeline.
    groups: Vec<(Id, Vec<usize>)>,
}

/// What a path in a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page made from a file: its place in `Site::pages`.
    Page(usize),
    /// A page that the program makes: its path in the output.
    Made(String),
    /// Anything else: a path relative to `content/`, which an asset may have.
    Other(String),
    /// A path that leaves `content/`.
    Outside,
}

/// The place of a claim: in `Site::pages`, and in the page's claims.
pub type ClaimPlace = (usize, usize);

impl Index {
    /// Indexes a site's parts.
    pub fn new(
        config: &Config,
        pages: &[Arc<Page>],
        timeline: &[usize],
        sources: &BTreeMap<Id, Source>,
        questions: &[Question],
    ) -> Self {
        let origin = |id: &Id| sources.get(id)?.origin.as_ref().map(|origin| &origin.value);
        let known = |id: &Id| origin(id).filter(|origin| sources.contains_key(*origin));
        let mut index = Self { firsts: firsts(sources.keys(), known), ..Self::default() };
        let others = (0..pages.len()).filter(|place| pages[*place].kind != Kind::Event);
        let order: Vec<usize> = timeline.iter().copied().chain(others).collect();
        for place in order {
            index.add_page(place, &pages[place]);
        }
        for (place, question) in questions.iter().enumerate() {
            index.questions.entry(question.id.value.clone()).or_insert(place);
        }
        index.add_groups(config, pages, timeline);
        let fixed = ["ledger.html", "sources.html", "corrections.html", "404.html"];
        index.made.extend(fixed.map(str::to_owned));
        index.made.extend(config.outputs.all.then(|| "all.html".to_owned()));
        if config.outputs.data {
            index.made.insert("data.html".to_owned());
        }
        index.made.extend(index.groups.iter().map(|(id, _)| group_path(id)));
        index
    }

    fn add_page(&mut self, place: usize, page: &Page) {
        if let Some(file) = page.file.strip_prefix("content/") {
            self.files.insert(file.to_owned(), place);
        }
        self.pages.entry(page.id.value.clone()).or_insert(place);
        for (number, claim) in page.claims.iter().enumerate() {
            self.claims.entry(claim.id.value.clone()).or_insert((place, number));
            if let Some(question) = &claim.question {
                self.answers.entry(question.value.clone()).or_default().push((place, number));
            }
            if let Some(disputed) = &claim.disputes {
                self.disputed.entry(disputed.value.clone()).or_default().push((place, number));
            }
        }
    }

    fn add_groups(&mut self, config: &Config, pages: &[Arc<Page>], timeline: &[usize]) {
        let mut used: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
        for place in timeline {
            for group in &pages[*place].groups {
                let events = used.entry(&group.value).or_default();
                if events.last() != Some(place) {
                    events.push(*place);
                }
            }
        }
        for (place, group) in config.groups.iter().flatten().enumerate() {
            self.listed.entry(group.id.value.clone()).or_insert(place);
            if let Some(events) = used.remove(&group.id.value) {
                self.groups.push((group.id.value.clone(), events));
            }
        }
        if config.groups.is_none() {
            self.groups.extend(used.into_iter().map(|(id, events)| (id.clone(), events)));
        }
    }

    /// Returns the place of a page by its id.
    pub fn page(&self, id: &str) -> Option<usize> {
        self.pages.get(id).copied()
    }

    /// Returns the place of a claim.
    pub fn claim(&self, id: &str) -> Option<ClaimPlace> {
        self.claims.get(id).copied()
    }

    /// Returns the place of a question.
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions.get(id).copied()
    }

    /// Returns the claims that answer a question: events in their order, then the other pages by file.
    pub fn answers(&self, question: &str) -> &[ClaimPlace] {
        self.answers.get(question).map_or(&[], Vec::as_slice)
    }

    /// Returns the claims that dispute a claim.
    pub fn disputed_by(&self, claim: &str) -> &[ClaimPlace] {
        self.disputed.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Returns the source that one leads back to through its origins; `None` where it reports on none that is known.
    pub fn first_source(&self, id: &str) -> Option<&Id> {
        self.firsts.get(id)
    }

    /// Returns the groups that have events, in their order, with the events in the order of the timeline.
    pub fn groups(&self) -> &[(Id, Vec<usize>)] {
        &self.groups
    }

    /// Returns the place of a group in `Config::groups`, where they are listed.
    pub fn listed_group(&self, id: &str) -> Option<usize> {
        self.listed.get(id).copied()
    }

    /// Returns the ids of claims.
    pub fn claim_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.claims.keys().map(Id::as_str)
    }

    /// Returns the ids of questions.
    pub fn question_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.questions.keys().map(Id::as_str)
    }

    /// Returns the files of pages, relative to `content/`.
    pub fn files(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.keys().map(String::as_str)
    }

    /// Returns the pages that the program makes.
    pub fn made(&self) -> impl Iterator<Item = &str> {
        self.made.iter().map(String::as_str)
    }

    /// Finds what a path means that is typed in a file; both relative to `content/`.
    pub fn resolve(&self, from: &str, path: &str) -> Destination {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(path) = join(folder, &composed(path)) else { return Destination::Outside };
        if let Some(place) = self.files.get(&path) {
            Destination::Page(*place)
        } else if self.made.contains(&path) {
            Destination::Made(path)
        } else {
            Destination::Other(path)
        }
    }
}

/// Follows the origins of each source to the first, or to one whose first is known, so that no chain is walked over twice. A
/// circle, which is a mistake, ends where it closes.
fn firsts<'a>(ids: impl Iterator<Item = &'a Id>, origin: impl Fn(&Id) -> Option<&'a Id>) -> HashMap<Id, Id> {
    let mut firsts: HashMap<Id, Id> = HashMap::new();
    for start in ids {
        let (mut id, mut way, mut walked) = (start, Vec::new(), HashSet::new());
        let first = loop {
            if let Some(first) = firsts.get(id) {
                break first.clone();
            }
            match origin(id).filter(|_| walked.insert(id)) {
                Some(next) => {
                    way.push(id);
                    id = next;
                }
                None => break id.clone(),
            }
        };
        firsts.extend(way.into_iter().map(|id| (id.clone(), first.clone())));
    }
    firsts
}

/// Returns the path of a group's page.
pub fn group_path(id: &Id) -> String {
    format!("groups/{id}.html")
}

/// Returns the path of a page's social card.
pub fn card_path(page: &str) -> String {
    format!("cards/{}.png", page.strip_suffix(".html").unwrap_or(page))
}

/// Joins a folder and a relative path; `None` where the path leaves the root.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{firsts, join};
    use crate::model::Id;

    proptest! {
        /// Without circles: each source reports on none, or on one before it.
        #[test]
        fn chains_that_are_known_lead_to_where_walking_each_does(origins in proptest::collection::vec(0_usize..8, 0..8)) {
            let id = |at: usize| Id::parse(&format!("s{at}")).expect("it is an id");
            let origins = origins.into_iter().enumerate().map(|(at, other)| (id(at), (other < at).then(|| id(other))));
            // In an order that is not that of the chains.
            let origins: BTreeMap<Id, Option<Id>> = origins.collect();
            let walked = |start: &Id| std::iter::successors(Some(start.clone()), |id| origins[id].clone()).last();
            let long = origins.iter().filter(|(_, origin)| origin.is_some());
            let long: BTreeMap<Id, Id> = long.filter_map(|(id, _)| Some((id.clone(), walked(id)?))).collect();
            let short = firsts(origins.keys().rev(), |id| origins[id].as_ref());
            prop_assert_eq!(short.into_iter().collect::<BTreeMap<_, _>>(), long);
        }
    }

    #[test]
    fn a_circle_ends_where_it_closes() {
        let [a, b] = ["a", "b"].map(|id| Id::parse(id).expect("it is an id"));
        let firsts = firsts([&a, &b].into_iter(), |id| Some(if *id == a { &b } else { &a }));
        assert_eq!((firsts.len(), firsts.get("a")), (2, Some(&a)));
    }

    #[test]
    fn paths_are_joined_and_stay_inside() {
        assert_eq!(join("timeline", "../pages/a.md").as_deref(), Some("pages/a.md"));
        assert_eq!(join("", "./a.md").as_deref(), Some("a.md"));
        assert_eq!(join("timeline", "../../a.md"), None);
    }
}
