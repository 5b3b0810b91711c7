//! What Tera says of a template, as a diagnostic: which template, which line, which page.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostic::{Code, Diagnostic, Span};

/// Makes a diagnostic of an error; `page` is the file of the page that was being rendered.
pub(super) fn diagnostic(error: &Error, paths: &BTreeMap<String, Arc<str>>, page: Option<&str>) -> Diagnostic {
    let while_doing = page.map(|page| format!(", while rendering `{page}`")).unwrap_or_default();
    let path = |template: &str| paths.get(template).map_or_else(|| template.to_owned(), ToString::to_string);
    match error.kind() {
        ErrorKind::SyntaxError(report) => placed(report, paths, &format!("the template cannot be read{while_doing}")),
        ErrorKind::RenderingError(report) => placed(report, paths, &format!("the template fails{while_doing}")),
        ErrorKind::MissingParent { current, parent } => {
            say(format!("`{}` extends `{parent}`, which is not there{while_doing}", path(current)))
        }
        ErrorKind::TemplateNotFound(name) => say(format!("there is no template `{name}`{while_doing}"))
            .help("a theme needs base.html, home.html, event.html, page.html, ledger.html, sources.html, group.html, corrections.html and 404.html in `templates/`"),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            say(format!("`{}` leads back to itself through `extends` or `include`", path(tpl)))
        }
        _ => {
            let message = error.to_string();
            let message = message.trim_start_matches("error: ").lines().next().unwrap_or_default();
            say(format!("a template cannot be used{while_doing}: {}", first_line(message)))
                .help("docs/themes.md lists the filters and what a template gets; components are those of `templates/components/`")
        }
    }
}

/// Points at what Tera names without a place: an unknown filter, function or component, in the first template that uses it.
pub(super) fn located(
    diagnostic: Diagnostic,
    error: &Error,
    texts: &[(String, String)],
    paths: &BTreeMap<String, Arc<str>>,
) -> Diagnostic {
    if diagnostic.primary.is_some() {
        return diagnostic;
    }
    let message = error.to_string();
    let name = message.split('`').nth(1).unwrap_or_default();
    let uses = |text: &str| {
        let mut places = text.match_indices(name).map(|(at, _)| at);
        places.find(|at| text[..*at].trim_end().ends_with(['|', '<', '{', '(', ',', '=']))
    };
    let found = texts.iter().filter(|_| !name.is_empty()).find_map(|(template, text)| Some((template, uses(text)?)));
    match found.and_then(|(template, at)| Some((paths.get(template)?, at))) {
        Some((path, at)) => diagnostic.at(Span::new(path, at..at + name.len()), "used here"),
        None => diagnostic,
    }
}

fn placed(report: &ReportError, paths: &BTreeMap<String, Arc<str>>, message: &str) -> Diagnostic {
    let diagnostic = say(message.to_owned()).help(
        "`dateline theme list` says which files of the theme are yours; docs/themes.md lists what a template gets",
    );
    match paths.get(report.filename()) {
        Some(path) => {
            let range = report.span().range.clone();
            diagnostic.at(Span::new(path, range), first_line(report.message()))
        }
        None => say(format!("{message}: {}", first_line(report.message()))),
    }
}

fn say(message: String) -> Diagnostic {
    Diagnostic::new(Code::BadTemplate, message)
}

/// Returns the first line of a report, as our messages begin: in lower case, without a full stop.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) if !line.starts_with('`') => first.to_lowercase().collect::<String>() + letters.as_str(),
        _ => line.to_owned(),
    }
}
