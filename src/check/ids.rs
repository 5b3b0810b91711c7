//! Ids are unique within their kind: pages and events share one, claims have one, groups are listed, and an event has not too
//! many of them.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Names, Span};
use crate::model::{Id, Site, Spanned};

/// The most groups of one event. The pages of its groups all show the event with all of them, which are as many lists as they
/// are long; and what belongs to a hundred groups is not told from anything by them.
const MOST_GROUPS: usize = 100;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    unique("page", site.pages.iter().map(|page| &page.id), diagnostics);
    unique("claim", site.pages.iter().flat_map(|page| page.claims.iter().map(|claim| &claim.id)), diagnostics);
    groups(site, diagnostics);
    many_groups(site, diagnostics);
}

/// Reports each id that was given before.
fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a Spanned<Id>>, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<&Id, &Span> = HashMap::new();
    for id in ids {
        if let Some(earlier) = first.get(&id.value) {
            let message = format!("two {kind}s have the id `{}`", id.value);
            let diagnostic = Diagnostic::new(Code::DuplicateId, message)
                .at(id.span.clone(), "used again here")
                .and((*earlier).clone(), "first used here")
                .help(if kind == "page" {
                    "give one of them another `id`, or rename its file"
                } else {
                    "give one of them another `id`"
                });
            diagnostics.push(diagnostic);
        } else {
            first.insert(&id.value, &id.span);
        }
    }
}

/// Reports groups that site.yaml does not list, where it lists any.
fn groups(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(listed) = &site.config.groups else { return };
    let known: HashSet<&str> = listed.iter().map(|group| group.id.value.as_str()).collect();
    let mut near = None;
    for group in site.pages.iter().flat_map(|page| &page.groups) {
        let id = group.value.as_str();
        if known.contains(id) {
            continue;
        }
        let near = near.get_or_insert_with(|| Names::new(listed.iter().map(|group| group.id.value.as_str())));
        let help = match near.nearest(id) {
            Some(near) => format!("write `{near}`, or add `{}` to `groups` in content/site.yaml", group.value),
            None => format!("add `{}: …` with its title to `groups` in content/site.yaml", group.value),
        };
        let diagnostic = Diagnostic::new(Code::UnlistedGroup, format!("site.yaml lists no group `{}`", group.value))
            .at(group.span.clone(), "not in the list")
            .help(help);
        diagnostics.push(diagnostic);
    }
}

/// Reports events of more groups than can be shown.
fn many_groups(site: &Site, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        let Some(group) = page.groups.get(MOST_GROUPS) else { continue };
        let message = format!("`{}` belongs to {} groups", page.id.value, page.groups.len());
        let diagnostic = Diagnostic::new(Code::BadValue, message)
            .at(group.span.clone(), format!("at most {MOST_GROUPS} are possible, and this is one more"))
            .help("keep the groups that readers look for");
        diagnostics.push(diagnostic);
    }
}
