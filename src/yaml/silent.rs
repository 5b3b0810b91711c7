//! What YAML loses without a word, and says otherwise than it was typed: the traps that are no mistakes to YAML.

use std::ops::Range;

use super::input::Input;
use super::lines::{Line, quoted, short};
use super::node::{Entry, Node, Style, Value};
use crate::diagnostic::{Code, Diagnostic};

/// `!word` or `&word` before a value.
pub(super) fn vanished(input: Input<'_>, range: Range<usize>, taken_for: &str) -> Diagnostic {
    let text = input.text;
    let line = Line::at(text, range.start);
    let diagnostic = Diagnostic::new(
        Code::YamlTrap,
        format!("`{}` is dropped: YAML takes it for {taken_for}", short(&text[range.clone()])),
    )
    .at(input.span(range.clone()), "lost from here");
    if line.value.start == range.start && line.value.end > range.end {
        let words = &text[line.extent(text, range.start)];
        return diagnostic.help(line.advice(text, words));
    }
    diagnostic.help("remove it, or put it in quotes with the text after it")
}

/// `*word`, alone in the place of a value.
pub(super) fn reference(input: Input<'_>, range: Range<usize>) -> Diagnostic {
    let words = &input.text[range.clone()];
    let line = Line::at(input.text, range.start);
    Diagnostic::new(Code::BadYaml, format!("YAML reads `{words}` as a reference to another place"))
        .at(input.span(range), "a text cannot start with `*`")
        .help(line.advice(input.text, words))
}

/// `#3 hacked` after a text, or `#b00` in place of one. A comment proper has a space after its `#`.
pub(super) fn lost_comment(input: Input<'_>, range: &Range<usize>, leaf: &Node) -> Option<Diagnostic> {
    let text = input.text;
    let lost = &text[range.clone()];
    // Covered lines are comments to the parser, and none here.
    let meant = lost.strip_prefix('#')?.starts_with(|first: char| !first.is_whitespace() && first != '#');
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let follows = match &leaf.value {
        Value::Scalar { style: Style::Plain, .. } => leaf.span.end == before.len() + input.base,
        Value::Null => before.ends_with([':', '-']),
        _ => false,
    };
    if !meant || !follows || before.is_empty() {
        return None;
    }
    let start = match leaf.value {
        Value::Null => range.start,
        _ => leaf.span.start - input.base,
    };
    let line = Line::at(text, start);
    let diagnostic =
        Diagnostic::new(Code::YamlTrap, format!("`{}` is dropped: YAML takes it for a comment", short(lost)))
            .at(input.span(range.clone()), "lost from here");
    let help = line.advice(text, &text[start..range.end]);
    Some(diagnostic.help(format!("{help}; a comment needs a space after `#`")))
}

/// A line that starts with a dash and has become part of the text above, because it is indented further.
pub(super) fn swallowed_item(input: Input<'_>, range: Range<usize>, in_list: bool) -> Option<Diagnostic> {
    let text = input.text;
    let break_at = text[range.clone()].find('\n')?;
    let mut line = Line::at(text, range.start + break_at + 1);
    while !line.has_dash() || line.is_blank(text) {
        line = line.below(text).filter(|below| below.start < range.end)?;
    }
    let above = Line::at(text, range.start);
    let help = if in_list {
        format!("put {} before it, so that it stands under the `-` above", spaces(above.depth()))
    } else {
        let name = above.name(text).unwrap_or("the field");
        format!("take the text after `{name}:` away if a list is meant, or put the whole in quotes")
    };
    let span = input.span(line.indent..line.end.min(range.end));
    let message = "a line that starts with `-` is read as part of the text above it";
    Some(Diagnostic::new(Code::YamlTrap, message).at(span, "no item of its own").help(help))
}

/// `>5` or `|2`: a text that YAML takes for the header of a block, with nothing in the block.
pub(super) fn header_as_text(input: Input<'_>, gap: Range<usize>) -> Option<Diagnostic> {
    let text = input.text;
    let start = gap.start + text.get(gap)?.find(['>', '|'])?;
    let line = Line::at(text, start);
    let words = &text[line.value.clone()];
    if line.value.start != start || !words.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let message = format!("`{}` is dropped: YAML takes it for the start of a block of text", short(words));
    let diagnostic = Diagnostic::new(Code::YamlTrap, message).at(input.span(line.value.clone()), "lost from here");
    Some(diagnostic.help(line.advice(text, words)))
}

/// Finds texts in `{…}` that a comma has cut: what follows it is a key without a colon. Such keys are taken out.
pub(super) fn commas(input: Input<'_>, entries: &mut Vec<Entry>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut cut: Option<Range<usize>> = None;
    for entry in entries.drain(..) {
        if is_cut(input, &entry) {
            let start = cut.map_or(entry.key_span.start, |cut| cut.start);
            cut = Some(start..entry.key_span.end);
            continue;
        }
        found.extend(cut.take().map(|cut| comma(input, cut, kept.last_mut())));
        kept.push(entry);
    }
    found.extend(cut.map(|cut| comma(input, cut, kept.last_mut())));
    *entries = kept;
    found
}

fn is_cut(input: Input<'_>, entry: &Entry) -> bool {
    let after = entry.key_span.end.saturating_sub(input.base);
    let has_colon = input.text.get(after..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    entry.node.value == Value::Null && !has_colon && !entry.is_hole()
}

fn comma(input: Input<'_>, cut: Range<usize>, before: Option<&mut Entry>) -> Diagnostic {
    let words = input.slice(&cut);
    let Some(before) = before.filter(|before| before.node.text().is_some()) else {
        return Diagnostic::new(Code::BadYaml, format!("`{}` has no value", short(words)))
            .at(input.place(&cut), "a field without a colon")
            .help(format!("write `{}: …`, or put the text in quotes", short(words)));
    };
    let whole = input.slice(&(before.node.span.start..cut.end));
    let help = format!("put the text in quotes: `{}: {}`", before.key, quoted(whole));
    before.node.value = Value::Unreadable;
    Diagnostic::new(Code::BadYaml, format!("in `{{…}}` a comma ends the text of `{}`", before.key))
        .at(input.place(&cut), "read as a field of its own")
        .help(help)
}

/// Says a number of spaces.
pub(super) fn spaces(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "one space".to_owned(),
        _ => format!("{count} spaces"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_sound, assert_told};

    #[test]
    fn a_hash_in_the_text_is_no_comment() {
        assert_told(
            "a: Lazarus #3 hacked\nb: 1\n",
            &[(
                "yaml-trap",
                "#3 hacked",
                "`#3 hacked` is dropped: YAML takes it for a comment",
                "put the text in quotes: `a: \"Lazarus #3 hacked\"`; a comment needs a space after `#`",
            )],
        );
        assert_told(
            "colours:\n  accent: #b00\nb: 1\n",
            &[(
                "yaml-trap",
                "#b00",
                "`#b00` is dropped: YAML takes it for a comment",
                "put the text in quotes: `accent: \"#b00\"`; a comment needs a space after `#`",
            )],
        );
        assert_told(
            "a:\n  - one\n    two #3\n",
            &[(
                "yaml-trap",
                "#3",
                "`#3` is dropped: YAML takes it for a comment",
                "put the text in quotes: `- \"one two #3\"`; a comment needs a space after `#`",
            )],
        );
    }

    #[test]
    fn a_comment_is_a_comment() {
        for text in [
            "a: x # c\n",
            "#c\na: x\n",
            "a: 'x' #c\n",
            "a: |\n  x #3\n",
            "a: x#3\n",
            "a: #c\n  - x\n",
            "a: x #\n",
            "a: x ## c\n",
            "a: [x] #c\n",
        ] {
            assert_sound(text);
        }
    }

    #[test]
    fn a_word_that_vanishes_is_told() {
        assert_told(
            "a: !word text\nb: 1\n",
            &[(
                "yaml-trap",
                "!word",
                "`!word` is dropped: YAML takes it for a type",
                "put the text in quotes: `a: \"!word text\"`",
            )],
        );
        assert_told(
            "- &word text\n",
            &[(
                "yaml-trap",
                "&word",
                "`&word` is dropped: YAML takes it for a name",
                "put the text in quotes: `- \"&word text\"`",
            )],
        );
        assert_told(
            "a: !word\n",
            &[(
                "yaml-trap",
                "!word",
                "`!word` is dropped: YAML takes it for a type",
                "remove it, or put it in quotes with the text after it",
            )],
        );
    }

    #[test]
    fn a_reference_is_refused() {
        assert_told(
            "a: *x\nb: 1\n",
            &[(
                "bad-yaml",
                "*x",
                "YAML reads `*x` as a reference to another place",
                "put the text in quotes: `a: \"*x\"`",
            )],
        );
    }

    #[test]
    fn an_item_that_sank_into_the_text_above_is_told() {
        let message = "a line that starts with `-` is read as part of the text above it";
        assert_told(
            "a:\n  - x\n   - y\nb: 1\n",
            &[("yaml-trap", "- y", message, "put 2 spaces before it, so that it stands under the `-` above")],
        );
        assert_told(
            "a: x\n  - y\n",
            &[(
                "yaml-trap",
                "- y",
                message,
                "take the text after `a:` away if a list is meant, or put the whole in quotes",
            )],
        );
        assert_sound("a: x\n  y - z\n");
    }

    #[test]
    fn a_block_header_that_was_a_text_is_told() {
        assert_told(
            "a: >5\nb: 1\n",
            &[(
                "yaml-trap",
                ">5",
                "`>5` is dropped: YAML takes it for the start of a block of text",
                "put the text in quotes: `a: \">5\"`",
            )],
        );
        assert_sound("a: |2\n    x\n");
    }

    #[test]
    fn a_comma_in_braces_cuts_the_text() {
        assert_told(
            "m: {file: a, alt: A man, a dog, and a cat, licence: x}\n",
            &[(
                "bad-yaml",
                "a dog, and a cat",
                "in `{…}` a comma ends the text of `alt`",
                "put the text in quotes: `alt: \"A man, a dog, and a cat\"`",
            )],
        );
        assert_told(
            "m: {file}\n",
            &[("bad-yaml", "file", "`file` has no value", "write `file: …`, or put the text in quotes")],
        );
    }
}
