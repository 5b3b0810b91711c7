//! What Tera says of a template, as a diagnostic: which template, which line, which page.

use std::collections::BTreeMap;
use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

use tera::{Error, ErrorKind, ReportError};

use super::carried;
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
        ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. } => {
            let circle = circle(error);
            let own = circle.iter().find(|(template, _)| is_own(template)).map_or("a template", |(template, _)| *template);
            say(format!("`{}` leads back to itself through `extends` or `include`", path(own)))
                .help("take one of them out; to add to a template of the theme, extend it by the theme's name: `broadsheet/base.html`")
        }
        _ => {
            let message = error.to_string();
            let message = message.trim_start_matches("error: ").lines().next().unwrap_or_default();
            say(format!("a template cannot be used{while_doing}: {}", first_line(message)))
                .help("docs/themes.md lists the filters and what a template gets; components are those of `templates/components/`")
        }
    }
}

/// Points at what Tera names without a place: a circle of templates, and an unknown filter, function or component in the first
/// template that uses it.
pub(super) fn located(
    diagnostic: Diagnostic,
    error: &Error,
    texts: &[(String, String)],
    paths: &BTreeMap<String, Arc<str>>,
) -> Diagnostic {
    if diagnostic.primary.is_some() {
        return diagnostic;
    }
    let in_circle = circle(error).into_iter().filter(|(template, _)| is_own(template)).find_map(|(template, other)| {
        let (_, text) = texts.iter().find(|(name, _)| name == template)?;
        Some(Span::new(paths.get(template)?, named(text, other)?))
    });
    if let Some(place) = in_circle {
        return diagnostic.at(place, "this leads back to it");
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

/// Returns the templates of a circle, each with the one that it leads on to; what only leads into the circle is left out.
fn circle(error: &Error) -> Vec<(&str, &str)> {
    let way: Vec<&str> = match error.kind() {
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            once(tpl).chain(inheritance_chain).map(String::as_str).collect()
        }
        ErrorKind::CircularInclude { include_chain, .. } => include_chain.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let entry = way.iter().position(|template| Some(template) == way.last()).unwrap_or_default();
    way[entry..].windows(2).map(|step| (step[0], step[1])).collect()
}

/// Tells whether a template is the site's, and not one that the program carries.
fn is_own(template: &str) -> bool {
    !carried().any(|theme| template.strip_prefix(theme).is_some_and(|rest| rest.starts_with('/')))
}

/// Finds where a template names another one behind `extends` or `include`.
fn named(text: &str, other: &str) -> Option<Range<usize>> {
    let words = ["extends", "include"].into_iter();
    let mut ends = words.flat_map(|word| text.match_indices(word).map(|(at, word)| at + word.len()));
    ends.find_map(|end| {
        let rest = text[end..].trim_start();
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
        let name = rest[1..].split(quote).next()?;
        let start = text.len() - rest.len() + 1;
        let leads = other == name || other.strip_suffix(name).is_some_and(|theme| theme.ends_with('/'));
        leads.then(|| start..start + name.len())
    })
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
