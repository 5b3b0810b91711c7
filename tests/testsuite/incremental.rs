//! A build with the help of the last one gives what a build afresh gives: files and messages, after any edits.
//!
//! [`disk`] has the same through the command line. `PROPTEST_CASES=1000` makes it some ten thousand edits.

mod disk;
mod edits;

use dateline::builder::{Cache, Options, build_again};
use dateline::cache::Nothing;
use dateline::diagnostic::Diagnostics;
use proptest::prelude::*;

use self::edits::{apply, edit, site, whole};
use super::project::Project;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_build_after_edits_equals_a_build_afresh(edits in prop::collection::vec(edit(), 1..12), drafts: bool) {
        let options = Options { drafts, ..Options::default() };
        let mut cache = Cache::default();
        let mut past = vec![whole()];
        for edit in &edits {
            let project = apply(edit, past.last().expect("the first state is there").clone(), &past);
            let again = build_again(&project.in_memory(), Diagnostics::default(), options, &Nothing, &mut cache, &mut |_| {});
            let afresh = project.build_as(options);
            prop_assert_eq!(project.drawn(&again.diagnostics), project.drawn(&afresh.diagnostics));
            prop_assert_eq!(again.output, afresh.output);
            past.push(project);
        }
    }
}

/// What the first test cannot tell: that something is taken again at all.
#[test]
fn a_text_that_shows_others_nothing_new_leaves_their_bytes_where_they_are() {
    let mut cache = Cache::default();
    let mut build = |project: &Project| {
        let built = build_again(
            &project.in_memory(),
            Diagnostics::default(),
            Options::default(),
            &Nothing,
            &mut cache,
            &mut |_| {},
        );
        built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics)))
    };
    let (one, two) = (site(), site().event("1950-before", "title: The year 1950\ndate: 1950-05", "Before it all."));
    let (one, two) = (build(&one), build(&two));
    let shared = |path: &str| {
        std::ptr::eq(&*one.get(path).expect("it is there").bytes, &*two.get(path).expect("it is there").bytes)
    };
    assert!(shared("timeline/1960-after.html") && shared("index.html") && shared("sources.html"));
    assert!(!shared("timeline/1950-before.html"));
}

/// Cards are too slow for random edits: one edit, with everything on that depends on texts.
#[test]
fn after_an_edit_of_a_text_only_what_shows_it_has_new_bytes() {
    let site = |text: &str| {
        site().file("content/site.yaml", "title: A site\nurl: https://example.org/\n").event(
            "1950-before",
            "title: The year 1950\ndate: 1950-05\npublished: 2020-01-02",
            text,
        )
    };
    let mut cache = Cache::default();
    let mut outputs = Vec::new();
    for text in ["Before it.", "Before it all.", "## A heading\n\nBefore it.", "## A Heading\n\nBefore it."] {
        let project = site(text);
        let (files, found) = (project.in_memory(), Diagnostics::default());
        let built = build_again(&files, found, Options::default(), &Nothing, &mut cache, &mut |_| {});
        assert_eq!(project.drawn(&built.diagnostics), project.drawn(&project.build_as(Options::default()).diagnostics));
        assert_eq!(built.output, project.build_as(Options::default()).output, "after {text:?}");
        outputs.push(built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics))));
    }
    let new = |one: usize, two: usize| -> Vec<&str> {
        let old = |path: &str| outputs[one].get(path).map(|file| file.bytes.as_ptr());
        outputs[two]
            .files()
            .filter(|(path, file)| old(path) != Some(file.bytes.as_ptr()))
            .map(|(path, _)| path)
            .collect()
    };
    // What is of a few bytes, or the same for every site, is made anew.
    let small = ["_headers", ".nojekyll", "site.webmanifest", "static/offline.js", "static/variables.css"];
    let seen: Vec<&str> = new(0, 1).into_iter().filter(|path| !small.contains(path)).collect();
    assert_eq!(seen, ["all.html", "feed.json", "feed.xml", "sw.js", "timeline/1950-before.html"]);
    let seen: Vec<&str> = new(2, 3).into_iter().filter(|path| !small.contains(path)).collect();
    let searched =
        ["all.html", "feed.json", "feed.xml", "static/search-index.js", "sw.js", "timeline/1950-before.html"];
    assert_eq!(seen, searched);
}
