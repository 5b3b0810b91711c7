//! What is said of answers, made by hand.

use std::collections::BTreeMap;

use dateline::diagnostic::{Diagnostic, Severity};
use dateline::links::{Answer, Death, Heard, Options, Place, Role, Told, diagnostics};

use super::super::project::Project;
use super::{addresses_of, site};

/// Gathers the addresses of a site and makes messages of answers to them, by hand.
fn told(project: &Project, answers: &[(&str, Answer, &str)]) -> Vec<Diagnostic> {
    let told = |(url, answer, host): &(&str, Answer, &str)| {
        ((*url).to_owned(), Told { answer: answer.clone(), host: (*host).to_owned() })
    };
    let heard = Heard { answers: answers.iter().map(told).collect::<BTreeMap<_, _>>(), ..Heard::default() };
    let mut found = diagnostics(&addresses_of(project), &heard, &Options::default());
    found.sort();
    found.iter().cloned().collect()
}

#[test]
fn a_host_that_is_gone_is_said_once_with_all_its_places() {
    let project = site(&["https://gone.example/a".into(), "https://gone.example/b".into()])
        .page("p", "[One](https://gone.example/a), [two](https://gone.example/c#d), [three](https://there.example).");
    let no_host = || Answer::Dead(Death::NoHost);
    let found = told(
        &project,
        &[
            ("https://gone.example/a", no_host(), "gone.example"),
            ("https://gone.example/b", no_host(), "gone.example"),
            ("https://gone.example/c", no_host(), "gone.example"),
            ("https://there.example/", Answer::Fine, "there.example"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "there is no host `gone.example`");
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[0].secondary.len(), 3);
}

#[test]
fn a_dead_source_is_told_with_its_kept_copy_or_how_to_find_one() {
    let sources = "with:\n  title: A\n  URL: https://a.example/x\n  archive: https://kept.example/x\n\
                   without:\n  title: B\n  URL: https://a.example/y\n  accessed: 2026-11-20\n";
    let project = Project::new().file("content/sources.yaml", sources).page("p", "See [this](https://a.example/z).");
    let dead = || Answer::Dead(Death::Status(404));
    let help = |answers: &[(&str, Answer, &str)], at: usize| {
        told(&project, answers)[at].help.clone().expect("there is a way out")
    };
    let url = |letter: &str| format!("https://a.example/{letter}");
    assert!(help(&[(&url("x"), dead(), "a.example")], 0).contains("`https://kept.example/x`"));
    let both = [(&*url("x"), dead(), "a.example"), ("https://kept.example/x", dead(), "kept.example")];
    assert!(!help(&both, 0).contains("`https://kept.example/x`"));
    let copy = "`https://web.archive.org/web/20261120/https://a.example/y`";
    assert!(help(&[(&url("y"), dead(), "a.example")], 0).contains(copy));
    assert!(help(&[(&url("z"), dead(), "a.example")], 0).contains("/web/*/https://a.example/z`"));
}

#[test]
fn a_moved_address_is_told_at_its_letters_with_the_new_one_to_paste() {
    let project = Project::new().page("p", "See [this](https://a.example/x#part \"A title\").");
    let moved = Answer::Moved { to: "https://b.example/x".into() };
    let found = told(&project, &[("https://a.example/x", moved, "b.example")]);
    assert_eq!(found[0].severity, Severity::Note);
    assert_eq!(found[0].help.as_deref(), Some("write `https://b.example/x#part`"));
    let span = &found[0].primary.as_ref().expect("it has a place").span;
    let text = &project.files()["content/pages/p.md"][span.start..span.end];
    assert_eq!(String::from_utf8_lossy(text), "https://a.example/x#part");
    let front = Answer::Moved { to: "https://b.example/".into() };
    let help = told(&project, &[("https://a.example/x", front, "b.example")])[0].help.clone();
    assert!(help.is_some_and(|help| help.starts_with("the page itself is probably gone")));
}

#[test]
fn addresses_are_gathered_from_everywhere_they_stand() {
    let project = Project::new()
        .file(
            "content/site.yaml",
            "title: A\nnavigation:\n  - {title: X, url: https://nav.example/}\n\
             groups:\n  g: {title: G, summary: 'See [g](https://group.example/).'}\n",
        )
        .file(
            "content/sources.yaml",
            "s:\n  title: S\n  URL: https://source.example/\n  archive: https://archive.example/\n  \
             note: See [n](https://note.example/).\n",
        )
        .file("content/questions.yaml", "q:\n  title: Q\n  note: See [q](https://question.example/).\n")
        .page("p", "<https://auto.example/> [m](mailto:a@b.example)[^1]\n\n[^1]: [f](https://foot.example/).\n");
    let all = addresses_of(&project);
    let hosts: Vec<&str> = all.iter().map(|address| address.host.trim_end_matches(".example")).collect();
    assert_eq!(hosts, ["archive", "auto", "foot", "group", "nav", "note", "question", "source"]);
    let role = |host: &str| &all.iter().find(|address| address.host == host).expect("it is there").places[0];
    let Place { role, .. } = role("archive.example");
    assert_eq!(*role, Role::Archive);
}
