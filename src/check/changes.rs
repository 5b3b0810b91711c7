//! What changed in the claims since an earlier state, and was not told: a figure, a hedge, a period, a speaker.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Claim, Correction, Page, Site};

/// Reports claims that say something else than at `since`, on pages that have no new correction.
pub fn changes(before: &Site, now: &Site, since: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (old_page, old) in before.claims() {
        let at = now.index.claim(old.id.value.as_str());
        match at.map(|at| now.claim_at(at)) {
            Some((page, claim)) => changed((old_page, old), (page, claim), since, &mut diagnostics),
            None => removed(old_page, old, now, since, &mut diagnostics),
        }
    }
    diagnostics
}

fn changed(
    (old_page, old): (&Page, &Claim),
    (page, claim): (&Page, &Claim),
    since: &str,
    diagnostics: &mut Diagnostics,
) {
    if is_told(old_page, page) {
        return;
    }
    let figure = |claim: &Claim| claim.figure.as_ref().map(|figure| figure.value.to_string());
    let period = |claim: &Claim| claim.period.as_ref().map(|date| date.value.as_str().to_owned());
    let speaker = |claim: &Claim| claim.said_by.as_ref().map(|by| by.value.clone());
    let place = |span: Option<&Span>| span.unwrap_or(&claim.id.span).clone();
    let fields = [
        ("figure", figure(old), figure(claim), place(claim.figure.as_ref().map(|figure| &figure.span))),
        ("period", period(old), period(claim), place(claim.period.as_ref().map(|date| &date.span))),
        ("said-by", speaker(old), speaker(claim), place(claim.said_by.as_ref().map(|by| &by.span))),
    ];
    for (field, was, is, span) in fields {
        if was == is {
            continue;
        }
        let was = was.map_or_else(|| "there was none".to_owned(), |was| format!("it was `{was}`"));
        let message = format!(
            "the `{field}` of the claim `{}` has changed since {since}, and no correction says so",
            claim.id.value
        );
        diagnostics.push(told(message, span, was));
    }
}

fn removed(old_page: &Page, old: &Claim, now: &Site, since: &str, diagnostics: &mut Diagnostics) {
    let Some(page) = now.pages.iter().find(|page| page.file == old_page.file) else {
        let message = format!("the claim `{}` has gone since {since}, with its page `{}`", old.id.value, old_page.file);
        let help = "say so in `corrections` of a page that readers of it will find, such as the home page";
        diagnostics.push(Diagnostic::new(Code::SilentChange, message).help(help));
        return;
    };
    if !is_told(old_page, page) {
        let message = format!("the claim `{}` has gone since {since}, and no correction says so", old.id.value);
        diagnostics.push(told(message, page.title.span.clone(), "it stood on this page".to_owned()));
    }
}

fn told(message: String, span: Span, label: String) -> Diagnostic {
    Diagnostic::new(Code::SilentChange, message)
        .at(span, label)
        .help("add an entry to `corrections` of the page that says what was wrong, or what is new")
}

/// Tells whether a page has a correction that it did not have.
fn is_told(old: &Page, new: &Page) -> bool {
    let key = |correction: &Correction| (correction.date, correction.note.plain());
    let known: Vec<_> = old.corrections.iter().map(key).collect();
    new.corrections.iter().any(|correction| !known.contains(&key(correction)))
}
