//! The interface words of a theme: `i18n/LANG.yaml`, laid over English, so that a new word is never missing.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use serde_yaml::Value;

use super::{DateWords, FigureWords};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::yaml;

/// The words of a theme in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What templates get as `t`.
    pub interface: serde_json::Map<String, serde_json::Value>,
    status: BTreeMap<String, String>,
    corrections: BTreeMap<String, String>,
    /// Words in the HTML of texts, which the program writes.
    pub prose: Prose,
    /// Words around dates.
    #[serde(default)]
    pub dates: DateWords,
    /// Words around figures; `None` where figures are shown as they were typed, in English.
    pub figures: Option<FigureWords>,
}

/// Words in the HTML of texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Prose {
    /// `reporting {source}`: what a source reports on.
    pub reporting: String,
    /// The name of a table for those who cannot see it.
    pub table: String,
    /// The name of the link that a heading has to itself.
    pub section_link: String,
    /// The `{last}` name of a list after the other `{names}`.
    pub and: String,
    /// Between the names of a list, and between a name and its date: a comma and a space.
    #[serde(default = "comma")]
    pub comma: String,
    /// The heading over claims without a question.
    pub other_claims: String,
}

fn comma() -> String {
    ", ".to_owned()
}

impl Words {
    /// Returns the word for a status.
    pub fn status(&self, name: &str) -> String {
        self.status.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Returns the word for a kind of correction.
    pub fn correction(&self, name: &str) -> String {
        self.corrections.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }
}

/// Loads the words of a language: `pt-BR` looks into `pt-BR.yaml`, then `pt.yaml`, and lays them over `en.yaml`.
pub(super) fn load(
    language: &str,
    text: impl Fn(&str) -> Option<(Arc<str>, String)>,
    diagnostics: &mut Diagnostics,
) -> Option<Words> {
    let mut names = vec!["en"];
    names.extend(language.split('-').next().filter(|base| *base != "en"));
    if language.contains('-') {
        names.push(language);
    }
    let mut words = Value::Null;
    let mut last = None;
    for name in names {
        let Some((path, text)) = text(&format!("i18n/{name}.yaml")) else { continue };
        // The traps of YAML first: what it loses without a word is no word of the theme.
        let mut told = Diagnostics::default();
        yaml::scan(&path, &text, 0, &mut told);
        if told.has_errors() {
            diagnostics.extend(told);
            return None;
        }
        match serde_yaml::from_str(&text) {
            Ok(over) => lay(&mut words, over),
            Err(error) => {
                diagnostics.push(unreadable(&path, &text, &error));
                return None;
            }
        }
        last = Some((path, text));
    }
    let Some((path, text)) = last else {
        diagnostics.push(
            Diagnostic::new(Code::BadTheme, "the theme has no words: there is no `i18n/en.yaml`")
                .help("copy it from the theme broadsheet: `dateline theme eject broadsheet`"),
        );
        return None;
    };
    match serde_yaml::from_value(words) {
        Ok(words) => sound(words, &path, diagnostics),
        Err(error) => {
            diagnostics.push(unreadable(&path, &text, &error));
            None
        }
    }
}

/// Gives back words of which no pattern loses what it is to hold; what others lose is reported.
fn sound(words: Words, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<Words> {
    let mut faults = words.dates.faults();
    let and = &words.prose.and;
    if !(and.contains("{names}") && and.contains("{last}")) {
        faults.push("the pattern `and` must hold `{names}` and `{last}`".to_owned());
    }
    faults.extend(words.figures.iter().flat_map(FigureWords::faults));
    for fault in &faults {
        let diagnostic = Diagnostic::new(Code::BadTheme, format!("a word of the theme would lose something: {fault}"))
            .at(Span::new(path, 0..0), "in this file, or in one that it is laid over")
            .help("docs/themes.md lists the words with what each must hold");
        diagnostics.push(diagnostic);
    }
    faults.is_empty().then_some(words)
}

/// Lays one tree of words over another.
fn lay(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Mapping(under), Value::Mapping(over)) => {
            for (key, value) in over {
                match under.get_mut(&key) {
                    Some(slot) => lay(slot, value),
                    None => {
                        under.insert(key, value);
                    }
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// Makes a diagnostic of what serde says of a file of the theme.
fn unreadable(path: &Arc<str>, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let at = error.location().map_or(0, |location| location.index().min(text.len()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Diagnostic::new(Code::BadTheme, "a file of the theme cannot be read")
        .at(Span::new(path, at..at), message)
        .help("compare it with the file of the theme that the program carries: `dateline theme eject` copies it")
}
