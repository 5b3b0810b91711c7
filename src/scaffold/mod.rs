//! Starts: the files that `dateline new` and `dateline theme eject` put into a folder.
//!
//! What a start holds is a value (paths and bytes); putting it into place never overwrites unless told.

#![expect(clippy::disallowed_methods, reason = "it puts files into a folder, and looks before")]

mod hosts;

use std::fs;
use std::io::Read as _;
use std::path::{Component, Path};

use crate::error::Error;
use crate::markdown::slug;
use crate::model::date::{Date, FullDate};
use crate::whole;

pub use hosts::Host;

/// A file to put into place: its path relative to the site's folder, with forward slashes, and its bytes.
pub type Start = (String, Vec<u8>);

/// The files of a new site. `{today}` in them becomes the day.
const SITE: [(&str, &str); 13] = [
    ("content/site.yaml", include_str!("starter/site.yaml")),
    ("content/sources.yaml", include_str!("starter/sources.yaml")),
    ("content/questions.yaml", include_str!("starter/questions.yaml")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/timeline/1889-tower.md", include_str!("starter/1889-tower.md")),
    ("content/timeline/1930-overtaken.md", include_str!("starter/1930-overtaken.md")),
    ("content/pages/about.md", include_str!("starter/about.md")),
    (".gitignore", include_str!("starter/gitignore")),
    (".gitattributes", include_str!("starter/gitattributes")),
    (".vscode/settings.json", include_str!("starter/vscode-settings.json")),
    (".vscode/extensions.json", include_str!("starter/vscode-extensions.json")),
    (".vscode/tasks.json", include_str!("starter/vscode-tasks.json")),
    ("README.md", include_str!("starter/README.md")),
];

/// The summary of a new event.
const EVENT_SUMMARY: &str = "One or two sentences that say what happened.";
/// The text of a new event.
const EVENT_TEXT: &str = "Write the story here, in Markdown.";
/// The summary of a new page.
const PAGE_SUMMARY: &str = "One or two sentences that say what the page explains.";
/// The text of a new page.
const PAGE_TEXT: &str = "Write the text here, in Markdown.";

/// The sentences of starts that stand for what an editor is going to write: they are never meant for readers.
pub const PLACEHOLDERS: [&str; 4] = [EVENT_SUMMARY, EVENT_TEXT, PAGE_SUMMARY, PAGE_TEXT];

/// Returns the files of a new site.
pub fn site(today: FullDate) -> Vec<Start> {
    SITE.iter()
        .map(|(path, text)| ((*path).to_owned(), text.replace("{today}", &today.to_string()).into_bytes()))
        .collect()
}

/// An event to begin with.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The title.
    pub title: String,
    /// When it happened.
    pub date: Date,
    /// Whether it carries the story.
    pub key: bool,
    /// The groups that it belongs to, by id.
    pub groups: Vec<String>,
    /// The sources that it rests on, by id.
    pub sources: Vec<String>,
}

/// Returns the file of a new event: its name begins with its year, so that files stand in order.
pub fn event(event: &NewEvent, today: FullDate) -> Start {
    let NewEvent { title, date, key, groups, sources } = event;
    let path = format!("content/timeline/{:04}-{}.md", date.year(), short_slug(title));
    let importance = if *key { "key    " } else { "context" };
    let groups = if groups.is_empty() { String::new() } else { format!("groups: [{}]\n", groups.join(", ")) };
    let sources = format!("[{}]", sources.join(", "));
    let text = format!(
        "---\n\
         title: {}\n\
         date: {}\n\
         summary: >-\n  \
           {EVENT_SUMMARY}\n\
         published: {today}\n\
         importance: {importance}            # key for the events that carry the story, context for the others\n\
         {groups}\
         sources: {sources:<21} # ids of sources.yaml that the event rests on\n\
         # claims:                      # who said what, how surely, and where: take the `# ` away and fill in\n\
         #   - id: a-short-name         # texts link to it: [at least 7 towers](claim:a-short-name)\n\
         #     question: how-many       # of questions.yaml, for claims that stand side by side; optional\n\
         #     figure: at least 7 towers\n\
         #     said-by: Name of the person or body\n\
         #     status: estimate         # estimate, allegation, confirmed or disputed\n\
         #     sources: [ID]            # of sources.yaml, or {{id: ID, locator: p. 3}}\n\
         ---\n\n\
         {EVENT_TEXT}\n",
        yaml_text(title),
        date.as_str(),
    );
    (path, text.into_bytes())
}

/// Returns the file of a new page.
pub fn page(title: &str, today: FullDate) -> Start {
    let path = format!("content/pages/{}.md", short_slug(title));
    let text = format!(
        "---\n\
         title: {}\n\
         summary: >-\n  \
           {PAGE_SUMMARY}\n\
         published: {today}\n\
         ---\n\n\
         {PAGE_TEXT}\n",
        yaml_text(title),
    );
    (path, text.into_bytes())
}

/// Returns the slug of a title, of at most six words, for a file's name.
fn short_slug(title: &str) -> String {
    let slug = slug(title);
    slug.split('-').take(6).collect::<Vec<_>>().join("-")
}

/// Writes a title so that YAML reads it as typed: in quotes.
fn yaml_text(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON, and JSON's text is YAML")
}

/// Puts files into a folder, which is made if need be.
///
/// # Errors
///
/// Refuses before anything is written where a file is there already with other bytes, unless `force`, and where a file lies
/// behind a link; fails where a folder or file cannot be written. Returns how many files were written.
pub fn put(root: &Path, files: &[Start], force: bool) -> Result<usize, Error> {
    must_stay_inside(root, files.iter().map(|(path, _)| path.as_str()))?;
    let taken = files.iter().find(|(path, bytes)| contents(&root.join(path)).is_some_and(|there| there != *bytes));
    if let (Some((path, _)), false) = (taken, force) {
        let path = root.join(path);
        return Err(Error::refused(format!("`{}` is there already", path.display()))
            .with_help("move it away, use another name, or overwrite it with `--force` where the command has it"));
    }
    for (path, bytes) in files {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|cause| Error::io("make the folder", folder, cause))?;
        }
        whole::put(&path, bytes).map_err(|cause| Error::io("write", &path, cause))?;
    }
    Ok(files.len())
}

/// Makes sure that files of a folder lie in it, and not where a link leads. The folder itself may be reached by one, because
/// who runs the program named it; what is in it may come from others.
///
/// # Errors
///
/// Refuses a path on which a link stands, also one that leads nowhere, and a path that goes up.
pub fn must_stay_inside<'p>(root: &Path, paths: impl IntoIterator<Item = &'p str>) -> Result<(), Error> {
    for path in paths {
        let mut place = root.to_owned();
        for part in Path::new(path).components() {
            place.push(part);
            let shown = place.strip_prefix(".").unwrap_or(&place).display();
            if !matches!(part, Component::Normal(_) | Component::CurDir) {
                return Err(Error::refused(format!("`{shown}` lies outside of `{}`", root.display())));
            }
            if fs::symlink_metadata(&place).is_ok_and(|there| there.is_symlink()) {
                let message = format!("`{shown}` is a link to another place, and nothing is written through it");
                return Err(Error::refused(message)
                    .with_help("look at where it leads, and put the file or folder itself into its place"));
            }
        }
    }
    Ok(())
}

/// Returns the bytes of a file, where there is one.
pub fn contents(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// How large a saved page may be, in bytes; pictures that a browser puts into it make it large.
const LARGEST_PAGE: u64 = 64 << 20;

/// Reads a page that a browser saved.
///
/// # Errors
///
/// Where it is not there, cannot be read, or is larger than 64 MB.
pub fn read_page(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::io("read", path, cause);
    let mut bytes = Vec::new();
    if fs::metadata(path).map_err(failed)?.len() <= LARGEST_PAGE {
        // A pipe does not say how much comes.
        let page = fs::File::open(path).map_err(failed)?;
        page.take(LARGEST_PAGE + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 <= LARGEST_PAGE {
            return Ok(bytes);
        }
    }
    Err(Error::refused(format!("`{}` is larger than 64 MB", path.display()))
        .with_help("save the page in your browser as \"web page, HTML only\""))
}

/// Makes sure that a folder is new or empty.
///
/// # Errors
///
/// Refuses a folder that holds anything but hidden files, such as `.git`.
pub fn must_be_new(folder: &Path) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let visible = entries.filter_map(Result::ok).find(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    match visible {
        None => Ok(()),
        Some(_) => {
            Err(Error::refused(format!("`{}` is not empty", folder.strip_prefix(".").unwrap_or(folder).display()))
                .with_help("name a new folder: `dateline new site DIR` makes it"))
        }
    }
}

/// Makes sure that a folder holds a site.
///
/// # Errors
///
/// Refuses a folder without `content/site.yaml`.
pub fn must_be_site(root: &Path) -> Result<(), Error> {
    if root.join("content/site.yaml").is_file() {
        return Ok(());
    }
    Err(Error::refused(format!("there is no site in `{}`: it has no content/site.yaml", root.display()))
        .with_help("go to the folder that holds `content/`, name it with `--root DIR`, or start a site with `dateline new site DIR`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_by_its_year_and_first_words() {
        let date = Date::parse("2019-08~").expect("it is EDTF");
        let today = FullDate::parse("2026-11-20").expect("it is a day");
        let title = "What: \"why\" & how, in more than six words".to_owned();
        let new = NewEvent { title, date, key: false, groups: vec!["a".into()], sources: Vec::new() };
        let (path, text) = event(&new, today);
        let text = String::from_utf8(text).expect("it is text");
        assert_eq!(path, "content/timeline/2019-what-why-how-in-more-than.md");
        assert!(
            text.contains("title: \"What: \\\"why\\\" & how, in more than six words\"\ndate: 2019-08~\n"),
            "{text}"
        );
    }
}
