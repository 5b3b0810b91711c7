//! Whole small sites: what is promised of any content, however odd.

mod make;
mod output;
mod texts;

use dateline::builder::{Built, Cache, Options, build, build_again};
use dateline::cache::Nothing;
use dateline::diagnostic::{Code, Diagnostics};
use dateline::file::Files;
use dateline::model::date::FullDate;

use super::drawn::assert_drawn;
use make::Made;

pub(crate) fn site(data: &[u8]) {
    let made = Made::of(data);
    let files = made.files();
    let options = Options { drafts: made.drafts, today: FullDate::parse("2026-11-21").ok(), edition: None };
    let built = build(&files, Diagnostics::default(), options);
    assert_sound(&built, &files);
    let again = if made.edited { after_an_edit(&made, options) } else { alone(&made, options) };
    assert_same(&built, &again);
}

/// Holds what came of a build against what is promised.
pub(crate) fn assert_sound(built: &Built, files: &Files) {
    assert_drawn(&built.diagnostics, files);
    match &built.output {
        None => assert!(built.diagnostics.has_errors(), "nothing is built, and nothing is said"),
        Some(made) => {
            assert!(!built.diagnostics.has_errors(), "a site with errors is built");
            // `rules` can make it a warning that a link leads to the top of its page.
            let anchors = built.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::BrokenAnchor);
            output::assert_sound(made, files, anchors);
        }
    }
    assert!(built.site.is_some() || built.diagnostics.has_errors(), "there is no site, and nothing is said");
}

/// Builds with one thread, of files that came in another order.
fn alone(made: &Made, options: Options) -> Built {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be started");
    pool.install(|| build(&made.files_backwards(), Diagnostics::default(), options))
}

/// Builds another site first, which differs by a text, and then this one with what is left of it.
fn after_an_edit(made: &Made, options: Options) -> Built {
    let mut cache = Cache::default();
    build_again(&made.files_edited(), Diagnostics::default(), options, &Nothing, &mut cache, &mut |_| {});
    build_again(&made.files(), Diagnostics::default(), options, &Nothing, &mut cache, &mut |_| {})
}

fn assert_same(one: &Built, two: &Built) {
    let (found, again) = (format!("{:?}", one.diagnostics), format!("{:?}", two.diagnostics));
    assert_eq!(found, again, "something else is said of the same site");
    let (Some(one), Some(two)) = (&one.output, &two.output) else {
        assert_eq!(one.output.is_some(), two.output.is_some(), "the same site is built once");
        return;
    };
    assert!(one.files().map(|(path, _)| path).eq(two.files().map(|(path, _)| path)), "other files are made");
    for ((path, one), (_, two)) in one.files().zip(two.files()) {
        assert!(one.bytes == two.bytes && one.stage == two.stage, "`{path}` has other bytes");
    }
}
