//! Days that have not come yet: a source dated after today is most likely a slip.
//!
//! Events may lie in the future, and a source may be newer than the page that cites it; neither is looked at.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Site;
use crate::model::date::FullDate;

pub(super) fn check(site: &Site, today: FullDate, diagnostics: &mut Diagnostics) {
    for source in site.sources.values() {
        let Some(issued) = &source.issued else { continue };
        if issued.value.earliest().is_some_and(|day| day > today.day()) {
            let message =
                format!("the source `{}` is dated in the future: `{}`", source.id.value, issued.value.as_str());
            let diagnostic = Diagnostic::new(Code::FutureDate, message)
                .at(issued.span.clone(), format!("today is {today}"))
                .help("correct the date, or build with `--today` as of another day");
            diagnostics.push(diagnostic);
        }
    }
}
