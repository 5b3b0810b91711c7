//! What a reader can reach, for outputs and publications that are killed on their way.

use std::collections::{BTreeSet, VecDeque};

use super::project::Tree;

/// Follows every link from the home page: each leads to a file that is whole. Fails also where so few are reached that it shows
/// nothing.
#[track_caller]
pub(crate) fn assert_reachable(there: &Tree, least: usize, when: &str) {
    let (mut seen, mut waiting) = (BTreeSet::new(), VecDeque::from(["index.html".to_owned()]));
    while let Some(path) = waiting.pop_front() {
        let bytes = there.get(&path).unwrap_or_else(|| panic!("{when}: `{path}` is led to and not there"));
        if path.ends_with(".html") {
            let text = str::from_utf8(bytes).expect("a page is UTF-8");
            assert!(text.trim_end().ends_with("</html>"), "{when}: `{path}` is not whole");
            for link in links(text) {
                let target = resolved(&path, &link);
                if seen.insert(target.clone()) {
                    waiting.push_back(target);
                }
            }
        }
    }
    assert!(seen.len() >= least, "{when}: only {} files can be reached", seen.len());
}

/// Lists the relative addresses of a page.
fn links(text: &str) -> Vec<String> {
    let values = text.split("href=\"").chain(text.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next());
    let relative =
        values.filter(|value| !value.contains(':') && !value.starts_with(['#', '<']) && !value.contains('\n'));
    relative
        .map(|value| value.split(['#', '?']).next().unwrap_or_default().to_owned())
        .filter(|v| !v.is_empty())
        .collect()
}

fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
#[should_panic(expected = "is led to and not there")]
fn a_link_to_nothing_is_seen() {
    let page = b"<a href=\"pages/gone.html\">x</a></html>".to_vec();
    assert_reachable(&Tree::from([("index.html".to_owned(), page)]), 0, "now");
}
