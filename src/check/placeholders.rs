//! Sentences that `dateline new` wrote in place of a text: readers are not meant to meet them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Page;
use crate::scaffold::PLACEHOLDERS;

pub(super) fn check(page: &Page, diagnostics: &mut Diagnostics) {
    for (field, document) in page.documents().filter(|_| !page.draft) {
        for block in document.blocks.iter().filter(|block| PLACEHOLDERS.contains(&block.text.as_str())) {
            let what = if field == "summary" { "the summary" } else { "the text" };
            diagnostics.push(
                Diagnostic::new(Code::Placeholder, format!("{what} of this page is not written yet"))
                    .at(block.span(&page.file, 0..block.text.len()), "this is what `dateline new` put here")
                    .help("write it, or set `draft: true` until it is written"),
            );
        }
    }
}
