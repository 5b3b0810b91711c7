use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::testing::{Told, file, told};
use super::super::{Shape, read};
use crate::diagnostic::Diagnostics;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the check is tested")]
struct Page {
    title: String,
    summary: Option<String>,
    #[serde(default)]
    draft: bool,
    size: Option<u8>,
    level: Option<Level>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    claims: Vec<Claim>,
    media: Option<Media>,
    #[serde(default)]
    rules: BTreeMap<String, Level>,
    #[schemars(extend("format" = "edtf"))]
    date: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only the check is tested")]
struct Claim {
    id: String,
    said: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only the check is tested")]
enum Media {
    File(String),
    Fields(Claim),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Level {
    /// Key.
    Key,
    Context,
}

fn assert_checked(text: &str, expected: &[Told<'_>]) {
    for base in [0, 9] {
        let mut diagnostics = Diagnostics::default();
        let read = read::<Page>(&file(), text, base, &Shape::of::<Page>(), &mut diagnostics);
        assert_eq!(told(text, base, &mut diagnostics), expected, "in {text:?}");
        assert_eq!(read.is_some_and(|read| read.sound), expected.is_empty(), "in {text:?}");
    }
}

#[test]
fn what_has_the_shape_is_read() {
    assert_checked(
        "title: 2019\nsummary: true\ndraft: false\nsize: 3\nlevel: key\ngroups: [1, no]\nclaims:\n- {id: 1e3}\n\
         media: {id: x}\nrules: {a: context}\ndate: 2019-08\n",
        &[],
    );
    assert_checked("title: x\nmedia: 0x10\nclaims: []\n", &[]);
}

#[test]
fn an_unknown_field_is_told_with_the_nearest_known() {
    assert_checked(
        "title: x\nsumary: y\nclaims:\n  - {id: a, zzz: b}\n",
        &[
            ("unknown-field", "sumary", "there is no field `sumary` here", "write `summary`"),
            ("unknown-field", "zzz", "there is no field `zzz` here", "the fields here are `id` and `said`"),
        ],
    );
    assert_checked(
        "title: x\ntitel: y\n",
        &[(
            "unknown-field",
            "titel",
            "there is no field `titel` here",
            "`title` stands here already: put the value there, and remove `titel`",
        )],
    );
}

#[test]
fn a_list_is_asked_for_with_the_text_to_type() {
    assert_checked(
        "title: x\ngroups: a, b\nclaims: a\n",
        &[
            ("wrong-type", "a, b", "`groups` takes a list, not a line of text", "write `groups: [a, b]`"),
            (
                "wrong-type",
                "a",
                "`claims` takes a list, not a line of text",
                "write each item on a line of its own, with `- ` before it",
            ),
        ],
    );
    assert_checked(
        "title: x\nclaims: {id: a}\n",
        &[(
            "wrong-type",
            "{id: a}",
            "`claims` takes a list, not fields",
            "put square brackets around it: `claims: [{id: a}]`",
        )],
    );
    assert_checked(
        "title: x\nclaims:\n  id: a\n",
        &[(
            "wrong-type",
            "id: a",
            "`claims` takes a list, not fields",
            "write `- ` before the first field, and two spaces more before the others",
        )],
    );
}

#[test]
fn a_text_is_asked_for_with_the_text_to_type() {
    assert_checked(
        "title: [x, y]\nsummary:\n  a: 1\ndate:\n- 1\n",
        &[
            (
                "wrong-type",
                "[x, y]",
                "`title` takes a line of text, not a list",
                "put the text in quotes: `title: \"[x, y]\"`",
            ),
            (
                "wrong-type",
                "a: 1",
                "`summary` takes a line of text, not fields",
                "write the text after `summary: `, in quotes if it has a colon in it",
            ),
            ("wrong-type", "- 1", "`date` takes a date, not a list", "write one value after `date: `"),
        ],
    );
}

#[test]
fn a_switch_takes_two_words() {
    for (typed, there, help) in [
        ("yes", "`yes`", "write `true`, without quotes"),
        ("Off", "`Off`", "write `false`, without quotes"),
        ("\"true\"", "a text in quotes", "write `true`, without quotes"),
        ("maybe", "`maybe`", "write `true` or `false`"),
    ] {
        assert_checked(
            &format!("title: x\ndraft: {typed}\n"),
            &[("wrong-type", typed, &format!("`draft` takes `true` or `false`, not {there}"), help)],
        );
    }
}

#[test]
fn a_number_takes_digits() {
    assert_checked(
        "title: x\nsize: big\n",
        &[("wrong-type", "big", "`size` takes a whole number, not `big`", "write a whole number")],
    );
}

#[test]
fn a_word_that_is_not_among_those_known_is_told() {
    assert_checked(
        "title: x\nlevel: contxt\nrules: {a: strict}\n",
        &[
            ("bad-value", "contxt", "`level` cannot be `contxt`", "write `context`"),
            ("bad-value", "strict", "`a` cannot be `strict`", "write `context` or `key`"),
        ],
    );
}

#[test]
fn what_is_missing_is_told_where_it_should_be() {
    assert_checked(
        "summary: x\nclaims:\n  - said: y\nmedia: {said: z}\n",
        &[
            ("missing-field", "summary", "the field `title` is missing", "add a line `title: …`"),
            ("missing-field", "said", "the field `id` is missing", "add a line `id: …`"),
            ("missing-field", "media", "the field `id` is missing", "add a line `id: …`"),
        ],
    );
    for empty in ["", "# a comment\n", "---\n"] {
        let place = "";
        assert_checked(empty, &[("missing-field", place, "the field `title` is missing", "add a line `title: …`")]);
    }
}

#[test]
fn an_empty_place_is_no_value() {
    let help = "write a value after the colon, or remove the line";
    assert_checked(
        "title: ~\nsummary:\nlevel: null\ngroups:\n  -\n",
        &[
            ("missing-field", "~", "`title` is empty", "write a value after the colon"),
            ("wrong-type", "summary", "`summary` is empty", help),
            ("wrong-type", "null", "`level` is empty", help),
            ("wrong-type", "-", "an item of `groups` is empty", "write a value after the `-`, or remove the line"),
        ],
    );
    assert_checked("title: ''\nsummary: \"~\"\n", &[]);
}

#[test]
fn fields_are_asked_for_by_name() {
    assert_checked(
        "title: x\nclaims: [a]\nmedia: [b]\n",
        &[
            (
                "wrong-type",
                "a",
                "an item of `claims` takes fields (`id`, `said`), not a line of text",
                "write its fields on the lines below, two spaces further in: `id: …`",
            ),
            (
                "wrong-type",
                "[b]",
                "`media` takes a line of text or fields (`id`, `said`), not a list",
                "put the text in quotes: `media: \"[b]\"`",
            ),
        ],
    );
    assert_checked(
        "just words\n",
        &[(
            "wrong-type",
            "just words",
            "here must be fields (`title`, `claims`, `date`, …), not a line of text",
            "write each field on a line of its own: `title: …`",
        )],
    );
}

#[test]
fn mistakes_of_yaml_and_of_shape_are_told_in_one_run() {
    assert_checked(
        "title: What: why\nsumary: é\nclaims: 1\ndate:2019\n",
        &[
            (
                "bad-yaml",
                ":",
                "a colon in the text of `title` is read as the start of a field",
                "put the text in quotes: `title: \"What: why\"`",
            ),
            ("unknown-field", "sumary", "there is no field `sumary` here", "write `summary`"),
            (
                "wrong-type",
                "1",
                "`claims` takes a list, not a line of text",
                "write each item on a line of its own, with `- ` before it",
            ),
            ("bad-yaml", ":", "a space is missing after the colon of `date`", "write `date: 2019`"),
        ],
    );
}

#[test]
fn lines_that_could_not_be_read_may_hold_what_is_missing() {
    assert_checked(
        "title:foo\ndraft: false\n",
        &[("bad-yaml", ":", "a space is missing after the colon of `title`", "write `title: foo`")],
    );
}
