use super::super::testing::{assert_told, scanned_at};

/// Asserts one mistake of the code `bad-yaml`.
fn assert_bad(text: &str, place: &str, message: &str, help: &str) {
    assert_told(text, &[("bad-yaml", place, message, help)]);
}

#[test]
fn a_colon_in_the_text_is_explained() {
    assert_bad(
        "title: What: why\nb: 1\n",
        ":",
        "a colon in the text of `title` is read as the start of a field",
        "put the text in quotes: `title: \"What: why\"`",
    );
    assert_bad(
        "a: Experts said\n  one thing: that it is\nb: 1\n",
        ":",
        "a colon in the text of `a` is read as the start of a field",
        "put the text in quotes: `a: \"Experts said one thing: that it is\"`",
    );
    assert_bad(
        "m: {file: a, alt: What: why, licence: x}\n",
        ":",
        "a colon in the text is read as the start of a field",
        "put the text in quotes: `alt: \"What: why\"`",
    );
}

#[test]
fn a_sign_that_starts_a_text_is_explained() {
    for (sign, name) in [("@", "`@`"), ("`", "a backtick"), ("%", "`%`"), (", ", "`,`"), ("]", "`]`"), ("& ", "`&`")] {
        assert_bad(
            &format!("b: 1\nsaid-by: {sign}handle\n"),
            sign.trim(),
            &format!("a text cannot start with {name}"),
            &format!("put the text in quotes: `said-by: \"{sign}handle\"`"),
        );
    }
    assert_bad(
        "%YAML 1.2\na: 1\n",
        "%",
        "a text cannot start with `%`",
        "remove this line, or write `name: value` without `%`",
    );
}

#[test]
fn a_link_that_starts_a_text_is_explained() {
    assert_bad(
        "a:\n  - note: [text](claim:x) Ü, and more\nb: 1\n",
        "[text]",
        "YAML reads a text that starts with `[` as a list",
        "put the text in quotes: `note: \"[text](claim:x) Ü, and more\"`",
    );
    assert_bad(
        "- [@a; @b] said\n",
        "[@a; @b]",
        "YAML reads a text that starts with `[` as a list",
        "put the text in quotes: `- \"[@a; @b] said\"`",
    );
    assert_bad(
        "title: {{ page.title }}\n",
        "{{ page.title }}",
        "YAML reads a text that starts with `{` as fields",
        "put the text in quotes: `title: \"{{ page.title }}\"`",
    );
}

#[test]
fn a_quoted_word_that_starts_a_text_is_explained() {
    assert_bad(
        "a: \"Up to\" is said # c\nb: 1\n",
        "is said",
        "the text goes on after its closing quote",
        "put the whole text in quotes: `a: '\"Up to\" is said'`",
    );
    assert_bad(
        "a: 'it's fine'\nb: 1\n",
        "'",
        "an apostrophe ends a text in single quotes",
        "put the text in double quotes: `a: \"it's fine\"`",
    );
}

#[test]
fn emphasis_and_a_quotation_mark_that_start_a_text_are_explained() {
    assert_bad(
        "a: *Almost* all\nb: 1\n",
        "*Almost*",
        "YAML reads `*Almost*` as a reference to another place",
        "put the text in quotes: `a: \"*Almost* all\"`",
    );
    for text in ["a: > 50m\nb: 1\n", "a: >50m\nb: 1\n"] {
        assert_bad(
            text,
            ">",
            "YAML reads `>` as the start of a block of text",
            &format!("put the text in quotes: `a: \"{}\"`", &text[3..text.len() - 6]),
        );
    }
}

#[test]
fn a_quote_that_is_not_closed_is_found_where_it_opens() {
    let help = "write `\"` at the end of the text, or remove this one";
    let message = "the quote `\"` is never closed";
    assert_bad("a: \"unclosed\nb: 1\n", "\"", message, help);
    assert_bad("a:\n  - note: \"x\n    figure: \"y\"\n  - note: z\n", "\"", message, help);
    assert_bad("a: \"unclosed", "\"", message, help);
    assert_bad(
        "a: \"x\ny\"\nb: 1\n",
        "y\"",
        "a text in quotes goes on without indentation",
        "put two spaces more before each further line than before the first",
    );
}

#[test]
fn a_code_that_double_quotes_do_not_know_is_explained() {
    assert_bad(
        "a: \"C:\\path\"\nb: 1\n",
        "\\p",
        "`\\p` means nothing in double quotes",
        "write two backslashes for one, or put the text in single quotes",
    );
}

#[test]
fn brackets_that_do_not_match_are_explained() {
    assert_bad(
        "a: [x, y\nb: 1\n",
        "[",
        "`[` is never closed",
        "write `]` where the list ends, or put the value in quotes if it is text",
    );
    assert_bad("a: [x, y}\nb: 1\n", "}", "`[` is closed by `}`", "write `]` here");
    assert_bad("a: [x]]\nb: 1\n", "]", "`]` closes nothing", "remove this `]`");
    assert_bad("a: [@ap-2019, b]\n", "@", "an id has no `@` here", "write `ap-2019`");
}

#[test]
fn a_missing_space_is_explained() {
    let message = "a space is missing after the colon of `title`";
    assert_bad("title:foo\nb: 1\n", ":", message, "write `title: foo`");
    assert_bad("b: 1\ntitle:foo\nc: 1\n", ":", message, "write `title: foo`");
}

#[test]
fn a_list_that_stands_wrong_is_explained() {
    assert_bad(
        "a:\n  - x\n - y\nb: 1\n",
        "-",
        "this item is not in line with the one above",
        "put 2 spaces before its `-`, so that it stands under the `-` above",
    );
    assert_bad(
        "a: x\n- y\nb: 1\n",
        "-",
        "a list follows `a`, which has a value already",
        "remove the value after `a:`, or the list",
    );
    assert_bad(
        "a: - y\nb: 1\n",
        "-",
        "a list cannot start on the line of `a:`",
        "write `- y` on the line below `a:`, or put it in quotes if it is text",
    );
}

#[test]
fn a_field_that_stands_wrong_is_explained() {
    assert_bad(
        "a: 1\n b: 2\nc: 1\n",
        "b",
        "`b` is indented under `a`, which has a value already",
        "put no space before `b`, so that it stands under `a`",
    );
    assert_bad(
        "a:\n  - id: x\n  question: y\n  - id: z\n",
        "question",
        "`question` is not part of the item above it",
        "put 4 spaces before `question`, so that it stands under the first word of the item",
    );
    assert_bad(
        "a:\n  - trt-2019\n    locator: p\n",
        "locator",
        "`locator` stands under an item that is a text",
        "give the text above the name of its field too: `- …: trt-2019`",
    );
    assert_bad(
        "a:\n  b: 1\n c: 2\nd: 1\n",
        "c",
        "`c` is not in line with the fields around it",
        "put as many spaces before `c` as before the fields that it belongs to",
    );
}

#[test]
fn a_line_that_is_no_field_is_explained() {
    assert_bad(
        "a: >-\ntext here\nb: 1\n",
        "text here",
        "the text of `a` is not indented",
        "put two spaces more before each line of the text than before its name",
    );
    assert_bad(
        "a: 1\nwords\nb: 1\n",
        "words",
        "this line has no field name",
        "write `name: value`; a text over several lines is indented by two spaces from the second on",
    );
}

#[test]
fn a_comment_within_a_text_is_explained() {
    assert_bad(
        "a: x #3 z\n  y\nb: 1\n",
        "#3 z",
        "a comment stands in the middle of a text",
        "put the text in quotes: `a: \"x #3 z y\"`",
    );
}

#[test]
fn tabs_are_told_once_and_the_rest_is_read() {
    let tab = (
        "bad-yaml",
        "\t",
        "a tab stands in the indentation",
        "use spaces, two for each step; many editors do so on request",
    );
    assert_told("a:\n\tb: 1\n\tc: 2\n", &[tab]);
    assert_told("\ta: 1\n", &[tab]);
    assert_told(
        "a:\n\tb: 1\nd: @x\n",
        &[tab, ("bad-yaml", "@", "a text cannot start with `@`", "put the text in quotes: `d: \"@x\"`")],
    );
    scanned_at("a: x\ty\nb:\tz\nc: |\n  \tw\n", 0);
}

#[test]
fn a_key_that_stands_twice_is_told_with_its_first() {
    let help = "keep one `a`, and put what belongs to both there";
    assert_told("a: 1\nb: 1\na: 2\n", &[("duplicate-key", "a", "`a` stands here twice", help)]);
    let many: Vec<_> = (0..40).map(|index| format!("k{index}: 1")).collect();
    assert_told(
        &format!("a: 1\n{}\na: 2\n", many.join("\n")),
        &[("duplicate-key", "a", "`a` stands here twice", help)],
    );
}

#[test]
fn what_makes_one_place_stand_for_another_is_refused() {
    assert_told(
        "a: &x {b: 1}\nc:\n  <<: *x\n",
        &[
            (
                "yaml-trap",
                "&x",
                "`&x` is dropped: YAML takes it for a name",
                "put the text in quotes: `a: \"&x {b: 1}\"`",
            ),
            ("bad-yaml", "<<", "`<<` cannot take fields over from another place", "write the fields out here"),
        ],
    );
}

#[test]
fn a_key_that_is_no_word_is_refused() {
    let help = "if this is text, put it in quotes; a field is written `name: value`";
    assert_bad("[a]: b\n", "[a]", "`[` cannot start the name of a field", help);
    assert_bad(": b\n", "", "a field has no name", "write the name before the colon");
}

#[test]
fn a_second_document_is_refused() {
    assert_bad(
        "a: 1\n---\nb: 1\n",
        "---",
        "a second document starts here",
        "remove this line: a file holds one document",
    );
    scanned_at("---\na: 1\n...\n", 3);
}

#[test]
fn levels_without_end_are_refused() {
    let text = format!("a: {}\n", "[".repeat(5000));
    let message = "this has more than 64 levels of lists and fields";
    let help = "nothing on a site needs this many; look for brackets that are not closed";
    assert_bad(&text, &"[".repeat(5000 - 64), message, help);
}

#[test]
fn control_characters_are_told() {
    let help = "delete it, and type the characters around it anew";
    assert_told(
        "a: x\u{0}y\nb: \u{7}\nc: \u{9b}\n",
        &[
            ("bad-yaml", "\u{0}", "the text holds a control character, U+0000", help),
            ("bad-yaml", "\u{7}", "the text holds a control character, U+0007", help),
            ("bad-yaml", "\u{9b}", "the text holds a control character, U+009B", help),
        ],
    );
}

#[test]
fn every_mistake_is_told_in_one_run() {
    assert_told(
        "title: What: why\r\nsaid-by: @handle\r\nclaims:\r\n  - note: *Ä* x\r\n    id: a #3\r\n    id: b\r\nb: 'x\r\n",
        &[
            (
                "bad-yaml",
                ":",
                "a colon in the text of `title` is read as the start of a field",
                "put the text in quotes: `title: \"What: why\"`",
            ),
            ("bad-yaml", "@", "a text cannot start with `@`", "put the text in quotes: `said-by: \"@handle\"`"),
            (
                "bad-yaml",
                "*Ä*",
                "YAML reads `*Ä*` as a reference to another place",
                "put the text in quotes: `note: \"*Ä* x\"`",
            ),
            (
                "yaml-trap",
                "#3",
                "`#3` is dropped: YAML takes it for a comment",
                "put the text in quotes: `id: \"a #3\"`; a comment needs a space after `#`",
            ),
            ("duplicate-key", "id", "`id` stands here twice", "keep one `id`, and put what belongs to both there"),
            ("bad-yaml", "'", "the quote `'` is never closed", "write `'` at the end of the text, or remove this one"),
        ],
    );
}

#[test]
fn a_name_that_is_too_long_for_yaml_is_told_where_it_stands_and_the_rest_is_read() {
    let [long, longer] = [1025, 5000].map(|count| "é".repeat(count));
    let help = "shorten the name; a long text stands behind the colon";
    let said = |length| format!("the name of a field has {length} characters");
    let colon = "a colon in the text of `z` is read as the start of a field";
    for key in [long.clone(), format!("\"{long}\"")] {
        let long = said(key.chars().count());
        let told = ("bad-yaml", key.as_str(), long.as_str(), help);
        let other = ("bad-yaml", ":", colon, "put the text in quotes: `z: \"b: c\"`");
        assert_told(&format!("{key}: 1\nz: b: c\n"), &[told, other]);
    }
    for value in ["1,", "{\n  a: 1,\n },", "[1, 2]"] {
        let names = [format!("\"{longer}\""), format!("\"{long}\"")];
        let told = names.each_ref().map(|name| ("bad-yaml", name.as_str(), said(name.chars().count())));
        assert_told(
            &format!("{{\n {}: {{\n  a: 1,\n }},\n b: 2,\n {}: {value}\n}}\n", names[0], names[1]),
            &told.each_ref().map(|(code, name, said)| (*code, *name, said.as_str(), help)),
        );
    }
    scanned_at(&format!("{}: 1\n", "é".repeat(1022)), 0);
}
