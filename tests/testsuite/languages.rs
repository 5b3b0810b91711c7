//! The languages of the interface: no word missing, no form of a number missing, and whole sites in them.

use std::collections::BTreeSet;

use dateline::theme::{carried, carried_files};
use serde_yaml::Value;

use super::project::{Project, names};

/// A language that the carried themes speak, and the forms that its nouns have after numbers (CLDR).
const LANGUAGES: [(&str, &[&str]); 4] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("de", &["one", "other"]),
    ("en", &["one", "other"]),
    ("ko", &["other"]),
];

fn words(theme: &str, language: &str) -> Value {
    let wanted = format!("i18n/{language}.yaml");
    let (_, bytes) = carried_files(theme)
        .find(|(path, _)| *path == wanted)
        .unwrap_or_else(|| panic!("the theme {theme} has no {wanted}"));
    serde_yaml::from_slice(&bytes).unwrap_or_else(|error| panic!("{theme}/{wanted}: {error}"))
}

/// Lists the words of a tree by their whole names; a word with forms for numbers counts as one.
fn keys(value: &Value, before: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Mapping(map) if !map.contains_key("other") => {
            for (key, value) in map {
                keys(value, &format!("{before}.{}", key.as_str().expect("a name")), found);
            }
        }
        _ => {
            found.insert(before.to_owned());
        }
    }
}

fn named(value: &Value, rooms: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for room in rooms {
        keys(&value[*room], room, &mut found);
    }
    found
}

/// The maps that a language must have in full; `dates` and `figures` have no English file, see below.
const ROOMS: [&str; 4] = ["interface", "status", "corrections", "prose"];

#[test]
fn every_language_has_every_word_of_english() {
    for theme in carried() {
        let english = named(&words(theme, "en"), &ROOMS);
        assert!(english.len() > 40, "the words were not seen");
        for (language, _) in LANGUAGES {
            let own = named(&words(theme, language), &ROOMS);
            let missing: Vec<_> = english.difference(&own).collect();
            assert!(missing.is_empty(), "themes/{theme}/i18n/{language}.yaml lacks {missing:#?}");
        }
    }
}

#[test]
fn every_word_with_a_number_has_the_forms_of_its_language() {
    for theme in carried() {
        for (language, forms) in LANGUAGES {
            let Value::Mapping(interface) = &words(theme, language)["interface"] else { panic!("no interface") };
            let words = interface.iter().filter_map(|(name, word)| Some((name, word.as_mapping()?)));
            for (name, word) in words.filter(|(_, word)| word.contains_key("other")) {
                for form in forms {
                    assert!(word.contains_key(*form), "{theme}, {language}: `{name:?}` lacks the form `{form}`");
                }
            }
        }
    }
}

#[test]
fn every_language_but_english_writes_its_own_dates_and_figures() {
    for theme in carried() {
        let wanted = named(&words(theme, "de"), &["dates"]);
        assert!(wanted.len() > 20, "the words were not seen");
        for (language, _) in LANGUAGES.iter().filter(|(language, _)| *language != "en") {
            let own = words(theme, language);
            assert_eq!(named(&own, &["dates"]), wanted, "{theme}, {language}");
            let hedges = named(&own, &["figures"]);
            for hedge in ["at-least", "more-than", "up-to", "less-than", "about", "almost", "estimated"] {
                assert!(hedges.contains(&format!("figures.{hedge}")), "{theme}, {language}: no `{hedge}`");
            }
        }
    }
}

#[test]
fn placeholders_survive_translation() {
    for theme in carried() {
        let english = words(theme, "en");
        for (language, _) in LANGUAGES {
            let own = words(theme, language);
            for room in ["interface", "prose"] {
                for (name, word) in english[room].as_mapping().expect("a map") {
                    let (Some(word), Some(other)) = (word.as_str(), own[room][name].as_str()) else { continue };
                    for hole in word.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(hole, _)| hole) {
                        assert!(
                            other.contains(&format!("{{{hole}}}")),
                            "{theme}, {language}: {name:?} lost {{{hole}}}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn whole_sites_in_korean_and_arabic_have_nothing_wrong_and_say_figures_in_their_language() {
    for (case, direction, shown) in [
        ("korean", "ltr", ["최대 20억\u{a0}달러", "5000만\u{a0}달러 초과", "3억 1000만~3억 5000만\u{a0}달러"]),
        (
            "arabic",
            "rtl",
            [
                "ما يصل إلى 2\u{a0}مليار\u{a0}دولار",
                "أكثر من 50\u{a0}مليون\u{a0}دولار",
                "310 إلى 350\u{a0}مليون\u{a0}دولار",
            ],
        ),
    ] {
        let project = Project::of_case(case);
        let built = project.build();
        assert_eq!(built.diagnostics.iter().count(), 0, "{}", project.drawn(&built.diagnostics));
        let output = built.output.expect("nothing is wrong");
        let text = |path: &str| {
            String::from_utf8(output.get(path).expect("the page is there").bytes.to_vec()).expect("a page is UTF-8")
        };
        let pages: Vec<String> = names(&output).into_iter().filter(|path| path.ends_with(".html")).map(text).collect();
        assert!(pages.iter().all(|html| html.contains(&format!(" dir=\"{direction}\""))), "{case}");
        for figure in shown {
            assert!(pages.iter().any(|html| html.contains(figure)), "{case}: `{figure}` is nowhere");
        }
        // The fields of data files are described in the program's own words, marked as English.
        let pages: Vec<String> = pages.into_iter().filter(|html| !html.contains("<dl lang=\"en\"")).collect();
        for english in ["up to", "at least", "almost ", "million", "USD", "more than"] {
            let found = pages.iter().find(|html| html.contains(english) && !html.contains("raised up to"));
            assert!(found.is_none(), "{case}: `{english}` is left in English");
        }
    }
}

#[test]
fn a_link_in_korean_that_loses_the_hedge_is_told_with_the_words_that_are_read() {
    let project = Project::of_case("korean");
    let path = "content/timeline/2019-un.md";
    let text = String::from_utf8(project.files()[path].clone()).expect("it is UTF-8");
    let project = project.file(path, text.replacen("규모를 [최대 20억 달러]", "규모를 [20억 달러]", 1));
    let built = project.build();
    let told = project.drawn(&built.diagnostics);
    assert!(told.contains("error[dropped-hedge]") && told.contains("`최대`"), "{told}");
}

#[test]
fn what_is_not_known_of_a_language_is_not_judged() {
    let project = Project::new()
        .file("content/site.yaml", "title: Un site\nlanguage: fr\n")
        .file("content/sources.yaml", "a:\n  type: webpage\n  title: A\n  URL: https://example.org/\n")
        .event(
            "one",
            "title: Un\ndate: 2019\nclaims:\n  - {id: vols, figure: up to 2 billion USD, said-by: ONU, sources: [a]}",
            "L’ONU parle de [deux milliards de dollars au plus](claim:vols), ou [2 milliards](claim:vols).",
        );
    assert_eq!(project.codes(), Vec::<&str>::new(), "{}", project.drawn(&project.build().diagnostics));
}

#[test]
fn a_title_keeps_the_spaces_that_hold_words_together() {
    let front = "title: \"Le  vol\\tdu siècle\u{202f}: 2\u{a0}000 \"\ndate: 2019";
    let page = Project::new().event("vol", front, "Texte.").page_built("timeline/vol.html");
    assert!(page.contains("Le vol du siècle\u{202f}: 2\u{a0}000</h1>"), "{page}");
    let codes = Project::new().event("vol", "title: \"\u{a0}\"\ndate: 2019", "Texte.").codes();
    assert_eq!(codes, ["missing-field"]);
}
