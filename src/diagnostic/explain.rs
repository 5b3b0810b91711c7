//! The long story of each code, from docs/mistakes.md: the documentation and `dateline explain` have one text.

use super::Code;

const STORIES: &str = include_str!("../../docs/mistakes.md");

/// Returns the story of a code, as Markdown: an example, the cause, the way out.
pub fn explain(code: Code) -> Option<&'static str> {
    let heading = format!("\n## {code}\n");
    let start = STORIES.find(&heading)? + heading.len();
    let end = STORIES[start..].find("\n## ").map_or(STORIES.len(), |at| start + at);
    Some(STORIES[start..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_story_with_an_example_and_a_way_out() {
        for code in Code::ALL {
            let story = explain(*code).unwrap_or_else(|| panic!("docs/mistakes.md has no section `{code}`"));
            assert!(story.contains("```"), "`{code}` has no example");
        }
    }

    #[test]
    fn every_story_has_its_code() {
        for heading in STORIES.lines().filter_map(|line| line.strip_prefix("## ")) {
            assert!(Code::by_name(heading).is_some(), "there is no code `{heading}`");
        }
    }
}
