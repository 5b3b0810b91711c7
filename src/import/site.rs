//! The site that files are imported into: what is there stays, and what is new must not break its build.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::check::{apply_levels, check};
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::file::Files;
use crate::load;
use crate::model::Id;
use crate::yaml::scan;

use super::report::Kind;
use super::{Imported, Input, yaml};

/// What is asked of the site that is there.
#[derive(Debug)]
pub(super) struct Existing {
    files: Files,
    url: Option<String>,
}

impl Existing {
    pub(super) fn of(input: &Input<'_>) -> Self {
        let site = load::site(input.site, false, &mut Diagnostics::default());
        Self { files: input.site.clone(), url: site.and_then(|site| site.config.url) }
    }

    /// Returns the path of a picture that lies in the site, relative to `content/`, by its address.
    pub(super) fn inside(&self, address: &str) -> Option<String> {
        let own = self.url.as_deref().and_then(|url| address.strip_prefix(url)?.strip_prefix('/'));
        let path = own.unwrap_or(address);
        self.has_asset(path).then(|| path.to_owned())
    }

    pub(super) fn has_asset(&self, path: &str) -> bool {
        self.files.asset(&format!("content/{path}")).is_some()
    }
}

/// A page that is made.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Relative to the root of the site.
    pub(super) path: String,
    pub(super) title: String,
    /// EDTF.
    pub(super) date: Option<String>,
    /// A line of Markdown.
    pub(super) summary: String,
    pub(super) groups: Vec<String>,
    /// The fields of `media`.
    pub(super) media: Vec<(&'static str, String)>,
    pub(super) draft: bool,
    pub(super) extra: Map<String, Value>,
    /// Markdown.
    pub(super) body: String,
}

impl Page {
    /// Writes the file.
    pub(super) fn text(&self) -> String {
        let mut out = String::from("---\n");
        let text = |text: &str| Value::from(text);
        yaml::field(&mut out, 0, "title", &text(&self.title));
        if let Some(date) = &self.date {
            writeln!(out, "date: {date}").expect(TAKES_ALL);
        }
        if !self.summary.is_empty() {
            writeln!(out, "summary: >-\n  {}", self.summary).expect(TAKES_ALL);
        }
        if !self.groups.is_empty() {
            let groups: Vec<String> = self.groups.iter().map(|group| yaml::scalar(group)).collect();
            writeln!(out, "groups: [{}]", groups.join(", ")).expect(TAKES_ALL);
        }
        if !self.media.is_empty() {
            let media: Vec<_> = self.media.iter().map(|(key, value)| (*key, text(value))).collect();
            out.push_str("media:\n");
            media.iter().for_each(|(key, value)| yaml::field(&mut out, 2, key, value));
        }
        if self.draft {
            out.push_str("draft: true\n");
        }
        if !self.extra.is_empty() {
            yaml::field(&mut out, 0, "extra", &Value::Object(self.extra.clone()));
        }
        out.push_str("---\n");
        if !self.body.is_empty() {
            writeln!(out, "\n{}", self.body).expect(TAKES_ALL);
        }
        out
    }
}

const TAKES_ALL: &str = "a text takes everything";

/// Adds groups to the list in site.yaml, where there is one; without a list any group is allowed.
pub(super) fn add_groups(input: &Input<'_>, groups: &[(String, String)], imported: &mut Imported) {
    const FILE: &str = "content/site.yaml";
    let Some(text) = input.site.text(FILE) else { return };
    let Some(root) = scan(&Arc::from(FILE), text, 0, &mut Diagnostics::default()) else { return };
    let Some(listed) = root.get("groups") else {
        for (id, title) in groups.iter().filter(|(id, title)| id != title) {
            let mut line = String::new();
            yaml::field(&mut line, 0, id, &Value::from(title.as_str()));
            imported.report.note(
                Kind::Changed,
                FILE,
                format!("the group `{id}` is called {title}: list it under `groups`"),
            );
        }
        return;
    };
    let known: BTreeSet<&str> = listed.entries().iter().map(|entry| entry.key.as_str()).collect();
    let new: Vec<_> = groups.iter().filter(|(id, _)| !known.contains(id.as_str()) && Id::parse(id).is_some()).collect();
    let Some(first) = listed.entries().first().filter(|_| !new.is_empty()) else { return };
    let line_of = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let start = line_of(first.key_span.start);
    let indent = &text[start..first.key_span.start];
    if !indent.chars().all(|c| c == ' ') || indent.is_empty() {
        return;
    }
    let end = listed.entries().iter().map(|entry| entry.node.span.end.max(entry.key_span.end)).max().unwrap_or(0);
    let end = text[..end].trim_end().len();
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let mut lines = String::new();
    for (id, title) in new {
        lines.push('\n');
        let mut line = String::new();
        yaml::field(&mut line, indent.len(), id, &Value::from(title.as_str()));
        lines.push_str(line.trim_end());
        imported.report.note(Kind::Changed, FILE, format!("the group `{id}` ({title}) was added to `groups`"));
    }
    let changed = format!("{}{lines}{}", text[..end].trim_end_matches('\r'), &text[end..]);
    imported.files.push((FILE.to_owned(), changed));
}

/// Builds the site with the new files in memory. Where one of them would be a mistake, it becomes a draft; figures that
/// have no claim yet are counted.
pub(super) fn make_drafts(input: &Input<'_>, mut pages: Vec<Page>, imported: &mut Imported) {
    let faults = faults(input, imported);
    for (page, file) in pages.iter_mut().zip(&mut imported.files) {
        let mine = faults.get(&page.path).map_or(&[][..], Vec::as_slice);
        let figures = mine.iter().filter(|fault| fault.0 == Code::UnsourcedFigure).count();
        if figures > 0 && !page.draft {
            imported.report.note(Kind::Figure, &page.path, figures.to_string());
        }
        if let (Some(first), false) = (mine.iter().find(|fault| fault.1 == Severity::Error), page.draft) {
            page.draft = true;
            file.1 = page.text();
            imported.report.note(Kind::Draft, &page.path, format!("{} [{}]", first.2, first.0));
        }
    }
}

/// A mistake: its code, how grave it is, and its message.
type Fault = (Code, Severity, String);

/// Returns the mistakes of each file.
fn faults(input: &Input<'_>, imported: &Imported) -> BTreeMap<String, Vec<Fault>> {
    let mut files = input.site.clone();
    for (path, text) in &imported.files {
        if input.force || input.site.text(path).is_none() || path.ends_with(".yaml") {
            files.insert_text(path.as_str(), text.as_str());
        }
    }
    let mut found = Diagnostics::default();
    if let Some(site) = load::site(&files, false, &mut found) {
        found.extend(check(&site, None));
        apply_levels(&site, &mut found);
    }
    let mut told: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    for found in found.iter() {
        if let Some(primary) = &found.primary {
            let mine = told.entry(primary.span.file.to_string()).or_default();
            mine.push((found.code, found.severity, found.message.clone()));
        }
    }
    told
}

/// Leaves alone what is there, unless it is to be replaced; what is the same is not written again.
pub(super) fn keep_what_is_there(input: &Input<'_>, imported: &mut Imported) {
    let (site, force) = (input.site, input.force);
    let mut left = Vec::new();
    imported.files.retain(|(path, text)| match site.text(path) {
        None => true,
        Some(there) if **there == **text => false,
        Some(_) if force || path.ends_with(".yaml") => true,
        Some(_) => {
            left.push(path.clone());
            false
        }
    });
    left.iter().for_each(|path| imported.report.note(Kind::Left, path, ""));
}
