//! The themes that the program carries.

use std::sync::Arc;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "themes/"]
struct Carried;

/// Returns the names of the carried themes, sorted.
pub fn carried() -> impl Iterator<Item = &'static str> {
    ["broadsheet", "plain"].into_iter()
}

/// Returns the files of a carried theme, by path within it; none for a theme that is not carried.
pub fn carried_files(theme: &str) -> impl Iterator<Item = (String, Arc<[u8]>)> {
    let prefix = format!("{theme}/");
    let mut paths: Vec<_> = Carried::iter().filter(|path| path.starts_with(&prefix)).collect();
    paths.sort();
    paths.into_iter().filter_map(move |path| {
        let file = Carried::get(&path)?;
        Some((path[prefix.len()..].to_owned(), Arc::from(file.data.as_ref())))
    })
}

/// Returns the text of a carried file by its path: `themes/broadsheet/templates/base.html`.
pub fn carried_file(path: &str) -> Option<String> {
    let file = Carried::get(path.strip_prefix("themes/")?)?;
    String::from_utf8(file.data.into_owned()).ok()
}
