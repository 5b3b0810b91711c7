//! Names of authors, as tags have them.

use super::{Author, line};

/// Reads a `citation_author`: `Doe, Jane` is divided, `Jane Doe` is not.
pub(super) fn cited(text: &str) -> Option<Author> {
    let text = line(text)?;
    match text.split_once(',') {
        Some((family, given)) if !family.trim().is_empty() && !given.contains(',') && !given.trim().is_empty() => {
            Some(Author::Person { family: family.trim().to_owned(), given: given.trim().to_owned() })
        }
        _ => Some(Author::Literal(text)),
    }
}

/// Reads a byline: `By Jane Doe and John Roe`. What is no name (an address, a handle) gives nothing.
///
/// Commas part names only where every part has two words at least, for `Jane Doe, Reuters` is one author and a body that
/// nobody can tell apart.
pub(super) fn byline(text: &str) -> Vec<Author> {
    let Some(text) = line(text) else { return Vec::new() };
    let text = without_by(&text);
    let parts: Vec<&str> =
        text.split([';', '|']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")).collect();
    let mut names = Vec::new();
    for part in parts {
        let commas: Vec<&str> = part.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let all_names = commas.iter().all(|name| name.split_whitespace().count() >= 2);
        names.extend(if all_names { commas } else { vec![part.trim().trim_end_matches(',')] });
    }
    let is_name =
        |name: &&str| name.chars().any(char::is_alphabetic) && !name.contains("://") && !name.starts_with(['@', '/']);
    names.into_iter().map(without_by).filter(is_name).map(|name| Author::Literal(name.to_owned())).collect()
}

/// Takes `By` from the start of a byline.
fn without_by(text: &str) -> &str {
    let text = text.trim();
    let start = text.get(..3).filter(|start| start.eq_ignore_ascii_case("by ") || start.eq_ignore_ascii_case("by:"));
    start.map_or(text, |start| text[start.len()..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let name = |author| match author {
            Author::Literal(name) => name,
            Author::Person { family, given } => format!("{family}|{given}"),
        };
        byline(text).into_iter().map(name).collect()
    }

    #[test]
    fn a_byline_is_cleaned_and_parted() {
        assert_eq!(names("By Jane Doe"), ["Jane Doe"]);
        assert_eq!(names("BY JANE DOE and John Roe"), ["JANE DOE", "John Roe"]);
        assert_eq!(names("Jane Doe, John Roe & Ann Poe"), ["Jane Doe", "John Roe", "Ann Poe"]);
        assert_eq!(names("Jane Doe, Reuters"), ["Jane Doe, Reuters"]);
        assert_eq!(names("Byron Smith"), ["Byron Smith"]);
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        assert!(names("https://www.facebook.com/paper").is_empty());
        assert!(names("@paper").is_empty());
        assert!(names("  ").is_empty());
    }

    #[test]
    fn a_name_is_divided_only_where_the_page_does_it() {
        assert_eq!(cited("Doe, Jane A."), Some(Author::Person { family: "Doe".into(), given: "Jane A.".into() }));
        assert_eq!(cited("Jane Doe"), Some(Author::Literal("Jane Doe".into())));
    }
}
