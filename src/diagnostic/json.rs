//! Diagnostics as JSON, for programs: what `dateline check --format json` prints.
//!
//! The shape is stable. A field may be added in a later version of the program; none is removed, renamed or given another
//! meaning without a new number in `version`. `dateline schema check` prints its JSON Schema, which is made from these types.

use schemars::JsonSchema;
use serde::Serialize;

use super::lines::Known;
use super::place::{Place, Texts};
use super::visible::escaped;
use super::{Diagnostic, Diagnostics, Label, Severity};

/// What a check found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Dateline check")]
pub struct Report {
    /// The version of this shape: 1.
    version: u8,
    /// What was found, sorted by file and place.
    diagnostics: Vec<Told>,
    /// How much was found.
    counts: Counts,
}

/// One message.
#[derive(Debug, Serialize, JsonSchema)]
struct Told {
    /// Its kind, as `dateline explain` takes it: `unknown-source`.
    code: &'static str,
    /// How grave it is, with the levels of site.yaml laid over.
    severity: Gravity,
    /// What is wrong.
    message: String,
    /// The file, relative to the site's folder, with forward slashes; `null` for what has no place.
    file: Option<String>,
    /// Where in the file; `null` for what has no place.
    span: Option<Place>,
    /// Why there; may be empty.
    label: String,
    /// Other places that matter, such as a first definition.
    labels: Vec<Other>,
    /// What to do; `null` where nothing is known.
    help: Option<String>,
}

/// Another place that matters.
#[derive(Debug, Serialize, JsonSchema)]
struct Other {
    /// The file, relative to the site's folder.
    file: String,
    /// Where in the file; `null` where its text is not known.
    span: Option<Place>,
    /// Why there; may be empty.
    text: String,
}

/// How grave a message is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Gravity {
    /// The site is not built.
    Error,
    /// The site is built; somebody should look.
    Warning,
    /// Said for information.
    Note,
}

/// How many messages there are of each severity.
#[derive(Debug, Serialize, JsonSchema)]
struct Counts {
    /// How many errors.
    error: usize,
    /// How many warnings.
    warning: usize,
    /// How many notes.
    note: usize,
}

/// Writes diagnostics as one JSON object, indented, without a line break at its end.
pub fn json(found: &Diagnostics, texts: Texts<'_, '_>) -> String {
    let texts = Known::new(texts);
    let report = Report {
        version: 1,
        diagnostics: found.iter().map(|diagnostic| told(diagnostic, &texts)).collect(),
        counts: Counts {
            error: found.count(Severity::Error),
            warning: found.count(Severity::Warning),
            note: found.count(Severity::Note),
        },
    };
    escaped(serde_json::to_string_pretty(&report).expect("texts and numbers are JSON"))
}

fn told(diagnostic: &Diagnostic, texts: &Known<'_, '_>) -> Told {
    let primary = diagnostic.primary.as_ref();
    Told {
        code: diagnostic.code.name(),
        severity: match diagnostic.severity {
            Severity::Error => Gravity::Error,
            Severity::Warning => Gravity::Warning,
            Severity::Note => Gravity::Note,
        },
        message: diagnostic.message.clone(),
        file: primary.map(|label| label.span.file.to_string()),
        span: primary.and_then(|label| Place::of(label, texts)),
        label: primary.map(|label| label.text.clone()).unwrap_or_default(),
        labels: diagnostic.secondary.iter().map(|label| other(label, texts)).collect(),
        help: diagnostic.help.clone(),
    }
}

fn other(label: &Label, texts: &Known<'_, '_>) -> Other {
    Other { file: label.span.file.to_string(), span: Place::of(label, texts), text: label.text.clone() }
}
