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
    use super::super::Severity;
    use super::*;

    #[test]
    fn every_code_has_its_story_with_an_example_and_a_way_out() {
        for code in Code::ALL {
            let story = explain(*code).unwrap_or_else(|| panic!("docs/mistakes.md has no section `{code}`"));
            assert!(story.contains("```"), "`{code}` has no example");
        }
    }

    #[test]
    fn the_documentation_begins_with_the_table_of_codes() {
        let start = STORIES.find("| code |").expect("docs/mistakes.md has a table");
        let end = start + STORIES[start..].find("\n\n").expect("the table ends") + 1;
        assert!(STORIES[start..end] == table(), "the table in docs/mistakes.md should be:\n{}", table());
    }

    #[test]
    fn every_story_of_a_rule_says_how_to_set_it_and_no_other_does() {
        for code in Code::ALL {
            let says = explain(*code).is_some_and(|story| story.contains("*Level:*"));
            assert_eq!(says, code.is_rule(), "{code}");
        }
    }

    #[test]
    fn every_story_has_its_code() {
        for heading in STORIES.lines().filter_map(|line| line.strip_prefix("## ")) {
            assert!(Code::by_name(heading).is_some(), "there is no code `{heading}`");
        }
    }

    /// Returns the table of all codes as it stands in docs/mistakes.md, by name.
    fn table() -> String {
        let mut codes = Code::ALL.to_vec();
        codes.sort_by_key(|code| code.name());
        let row = |code: Code| {
            let weight = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            let set = if code.is_rule() { "yes" } else { "" };
            format!("| [`{code}`](#{code}) | {weight} | {set} | {} |\n", code.summary().trim_end_matches('.'))
        };
        let rows: String = codes.into_iter().map(row).collect();
        format!("| code | weight | can be set | what it says |\n|---|---|---|---|\n{rows}")
    }
}
