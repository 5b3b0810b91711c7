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
fn every_language_has_every_word_of_english_and_no_other() {
    for theme in carried() {
        let english = named(&words(theme, "en"), &ROOMS);
        assert!(english.len() > 40, "the words were not seen");
        for (language, _) in LANGUAGES {
            let own = named(&words(theme, language), &ROOMS);
            let missing: Vec<_> = english.difference(&own).collect();
            assert!(missing.is_empty(), "themes/{theme}/i18n/{language}.yaml lacks {missing:#?}");
            let left_over: Vec<_> = own.difference(&english).collect();
            assert!(left_over.is_empty(), "themes/{theme}/i18n/{language}.yaml has words that English has not: {left_over:#?}");
        }
    }
}

#[test]
fn every_word_with_a_number_has_the_forms_of_its_language() {
    for theme in carried() {
        for (language, forms) in LANGUAGES {
            let Value::Mapping(interface) = &words(theme, language)["interface"] else { panic!("no interface") };
            for (name, word) in interface.iter().filter_map(|(name, word)| Some((name, word.as_mapping()?))) {
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
                        assert!(other.contains(&format!("{{{hole}}}")), "{theme}, {language}: {name:?} lost {{{hole}}}");
                    }
                }
            }
        }
    }
}
