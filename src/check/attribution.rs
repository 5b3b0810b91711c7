//! Every claim says who said it and where; disputes are real; a speaker has one name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Claim, Site, Spanned, Status};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut speakers: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    if !site.unread.is_empty() {
        // A claim may lack what its page could not give.
        return;
    }
    for claim in site.pages.iter().flat_map(|page| &page.claims) {
        whole(claim, diagnostics);
        disputed(site, claim, diagnostics);
        if let Some(speaker) = claim.said_by.as_ref().filter(|by| !by.value.is_empty()) {
            spelling(&mut speakers, speaker, diagnostics);
        }
    }
}

/// Reports what a claim lacks: somebody who said it, a source, something that is claimed.
fn whole(claim: &Claim, diagnostics: &mut Diagnostics) {
    let id = &claim.id.value;
    let mut say = |code, message: String, label: &str, help: &str| {
        diagnostics.push(Diagnostic::new(code, message).at(claim.id.span.clone(), label).help(help));
    };
    if claim.said_by.as_ref().is_none_or(|by| by.value.is_empty()) {
        let help = "add `said-by: …`, the person or body that the source names";
        say(Code::NoAttribution, format!("the claim `{id}` does not say who said it"), "nobody is named", help);
    }
    if claim.sources.is_empty() {
        let help = "add `sources: [ID]`, with ids of content/sources.yaml";
        say(Code::NoSource, format!("the claim `{id}` rests on no source"), "a reader cannot check it", help);
    }
    if !claim.has_figure && claim.statement.is_none() {
        let help = "add `figure: up to 2 billion USD`, or `statement: …` where no number is claimed";
        say(Code::EmptyClaim, format!("the claim `{id}` claims nothing"), "it has neither figure nor statement", help);
    }
}

/// Reports a claim called disputed for which nothing says by whom or why.
fn disputed(site: &Site, claim: &Claim, diagnostics: &mut Diagnostics) {
    let id = &claim.id.value;
    let backed = claim.note.is_some() || !site.index.disputed_by(id.as_str()).is_empty();
    if claim.status == Some(Status::Disputed) && !backed {
        let diagnostic =
            Diagnostic::new(Code::Undisputed, format!("the claim `{id}` is called disputed, and nothing says by whom"))
                .at(claim.id.span.clone(), "no claim disputes it, and it has no note")
                .help(format!("add a claim with `disputes: {id}`, or a `note` that says why"));
        diagnostics.push(diagnostic);
    }
}

/// Reports a speaker whose name was spelt otherwise before.
fn spelling<'a>(
    speakers: &mut BTreeMap<String, &'a Spanned<String>>,
    speaker: &'a Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let key = plain(&speaker.value);
    let Some(first) = speakers.get(&key) else {
        speakers.insert(key, speaker);
        return;
    };
    if first.value != speaker.value {
        let diagnostic =
            Diagnostic::new(Code::SpeakerSpelling, format!("`{}` is also spelt `{}`", speaker.value, first.value))
                .at(speaker.span.clone(), "readers take them for two")
                .and(first.span.clone(), "spelt like this before")
                .help(format!("write `{}` in both places", first.value));
        diagnostics.push(diagnostic);
    }
}

/// Returns a name without what spellings differ in: case, punctuation, spaces, `the` at the start.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let name = lower.strip_prefix("the ").unwrap_or(&lower);
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spellings_of_one_name_are_the_same() {
        assert_eq!(plain("The U.N. Panel of Experts"), plain("UN panel of experts"));
        assert_ne!(plain("FBI"), plain("CIA"));
    }
}
