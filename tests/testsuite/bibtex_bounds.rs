//! BibTeX that draws on itself, or would become more than anybody types: told with its place, and the rest is imported.
//!
//! The program is run as it is, because what goes wrong here ends a process, or never ends.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::project::{Folder, Project, Run};
use super::world::figure;

/// More than any of these files may take, even where the processor is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A source that is well, behind whatever is not.
const GOOD: &str = "@misc{good, title = {A good one}}\n";

/// Imports a file, and ends the program where it does not end by itself.
#[track_caller]
fn import(text: &str) -> (Folder, Run) {
    let folder = Project::new().on_disk();
    folder.put("s.bib", text);
    let mut command = folder.command(&["import", "bibtex", "s.bib"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be started");
    let begun = Instant::now();
    // Nothing here fills a pipe: the messages are few.
    while child.try_wait().expect("it can be waited for").is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().expect("it can be ended");
            panic!("it does not end: {} bytes, {}", text.len(), &text[..text.len().min(80)]);
        }
        thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("it has ended");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (folder, Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) })
}

/// Fails where not just this is said of a file, each with its place, or where what is well is not imported.
#[track_caller]
fn assert_told(text: &str, expected: &[(&str, &str, &str)]) {
    let (folder, run) = import(&(text.to_owned() + GOOD));
    let run = run.ends_with(1);
    let titles = expected.iter().map(|(title, ..)| format!("error[bad-import]: {title} cannot be read"));
    assert_eq!(run.titles(), titles.collect::<Vec<_>>(), "{}", run.err);
    let places: Vec<&str> = run.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> s.bib:")).collect();
    assert_eq!(places, expected.iter().map(|(_, place, _)| *place).collect::<Vec<_>>(), "{}", run.err);
    for (_, _, why) in expected {
        assert!(run.err.contains(&format!("^ {why}\n")), "{why}: {}", run.err);
    }
    assert_eq!(run.err.matches("\nhelp: ").count(), expected.len(), "a way out is missing: {}", run.err);
    let sources = folder.text("content/sources.yaml");
    assert!(sources.starts_with("good:\n") && sources.matches("type:").count() == 1, "{sources}");
}

/// Fails where a file is not imported whole.
#[track_caller]
fn imported(text: &str) -> String {
    let (folder, run) = import(text);
    run.succeeds();
    folder.text("content/sources.yaml")
}

/// Strings of which each is ten times the one before, and a source that has the one of this number for its title.
fn bomb(first: &str, number: usize) -> String {
    let strings = (1..=number).map(|at| {
        let ten = vec![format!("a{}", at - 1); 10].join(" # ");
        format!("@string{{a{at} = {ten}}}\n")
    });
    format!("@string{{a0 = {first}}}\n") + &strings.collect::<String>() + &format!("@misc{{k, title = a{number}}}\n")
}

fn nested(command: &str, depth: usize) -> String {
    format!("@misc{{k, title = {{{}a{}}}}}\n", command.repeat(depth), "}".repeat(depth))
}

/// Strings in a row, each drawing on the one before, and a source that has the last for its title.
fn row(length: usize) -> String {
    let others: String = (1..length).map(|at| format!("@string{{a{at} = a{}}}\n", at - 1)).collect();
    format!("@string{{a0 = {{x}}}}\n{others}@misc{{k, title = a{}}}\n", length - 1)
}

#[test]
fn strings_that_draw_on_themselves_are_told_with_the_whole_of_the_circle() {
    let cannot = |name: &str| format!("it draws on the `@string` `{name}`, which cannot be read");
    assert_told(
        "@string{a = a # a}\n@misc{k, title = a}\n",
        &[("the `@string` `a`", "1:9", "it draws on itself: `a` → `a`"), ("the entry `k`", "2:18", &cannot("a"))],
    );
    assert_told(
        "@string{a = b # b}\n@string{b = a # a}\n@misc{k, title = {T}, note = {so} # b}\n",
        &[("the `@string` `a`", "1:9", "it draws on itself: `a` → `b` → `a`"), ("the entry `k`", "3:37", &cannot("b"))],
    );
    // Nobody draws on it, and it is a mistake all the same.
    assert_told("@string{a = a}\n", &[("the `@string` `a`", "1:9", "it draws on itself: `a` → `a`")]);
    // The last of two with one name counts.
    assert!(imported("@string{a = a}\n@string{a = {An end}}\n@misc{k, title = a}\n").contains("title: An end"));
}

#[test]
fn strings_in_a_long_row_are_told_where_it_becomes_too_long() {
    let cannot = |name: &str| format!("it draws on the `@string` `{name}`, which cannot be read");
    let why = "it draws on more than 32 others in a row";
    for length in [33, 100_000] {
        let (place, last) = (format!("{}:18", length + 1), cannot(&format!("a{}", length - 1)));
        assert_told(&row(length), &[("the `@string` `a32`", "33:9", why), ("the entry `k`", &place, &last)]);
    }
    assert!(imported(&row(32)).contains("title: x"));
}

#[test]
fn what_strings_make_of_a_value_is_bounded_whatever_it_is_made_of() {
    let why = "`@string`s make more than 1 MB of it";
    for (first, number) in [("\"xxxxxxxxxx\"", 6), ("\"xxxxxxxxxx\"", 7), ("\"xxxxxxxxxx\"", 30), ("\"\"", 30)] {
        let place = format!("{}:10", number + 2);
        assert_told(&bomb(first, number), &[("the entry `k`", &place, why)]);
    }
    assert!(imported(&bomb("\"xxxxxxxxxx\"", 4)).contains(&"x".repeat(100_000)));
    let most = |bytes: usize| format!("@string{{a = {{{}}}}}\n@misc{{k, title = a # {{!}}}}\n", "y".repeat(bytes));
    assert_told(&most(1 << 20), &[("the entry `k`", "2:10", why)]);
    assert!(imported(&most((1 << 20) - 1)).contains("y!"));
}

#[test]
fn what_a_file_draws_from_one_text_again_and_again_is_bounded() {
    // Data that no source has, so that little is written.
    let uses: String = (0..70).map(|at| format!("@xdata{{k{at}, note = a}}\n")).collect();
    let why = "with it, `@string`s make more than 64 MB of the file";
    let expected =
        [("the entry `k67`", "69:13", why), ("the entry `k68`", "70:13", why), ("the entry `k69`", "71:13", why)];
    assert_told(&(format!("@string{{a = {{{}}}}}\n", "x".repeat(1_000_000)) + &uses), &expected);
}

#[test]
fn braces_and_commands_in_each_other_are_bounded() {
    let why = "braces stand more than 100 deep in each other";
    for (command, column) in [("\\'{", 321), ("{", 119), ("\\textbf{", 826)] {
        for depth in [101, 4_000, 10_000] {
            assert_told(&nested(command, depth), &[("the entry `k`", &format!("1:{column}"), why)]);
        }
        imported(&nested(command, 100));
    }
    let string = nested("\\textbf{", 101).replace("@misc{k, title =", "@string{s =") + "@misc{k, title = s}\n";
    let cannot = "it draws on the `@string` `s`, which cannot be read";
    assert_told(&string, &[("the `@string` `s`", "1:821", why), ("the entry `k`", "2:18", cannot)]);
}

#[test]
fn parts_that_are_joined_again_and_again_are_bounded() {
    let why = "there are too many parts, and braces in braces, up to here";
    let braces = |count: usize| format!("@misc{{k, title = {{T}}, note = {{a{}}}}}\n", "{{}}".repeat(count));
    let joined = |count: usize| format!("@misc{{k, title = {{T}}, note = {}}}\n", vec!["\"x\""; count].join(" # "));
    let begun = Instant::now();
    for text in [braces(100_000), joined(200_000)] {
        assert_told(&text, &[("the entry `k`", "1:23", why)]);
    }
    for text in [braces(2_000), joined(10_000)] {
        imported(&text);
    }
    // Each is well by itself, and too much are all of them.
    let many: String = (0..40).map(|at| braces(2_000).replace("{k", &format!("{{k{at}"))).collect();
    let (_, run) = import(&many);
    let run = run.ends_with(1);
    assert!(run.err.contains("error[bad-import]: the entry `k39` cannot be read"), "{}", run.err);
    assert!(!run.err.contains("the entry `k0`"), "{}", run.err);
    figure(&format!("values of 8,000 to 400,000 parts are read or told in {} ms", begun.elapsed().as_millis()));
}

#[test]
fn entries_that_draw_on_themselves_are_found_by_whatever_name_they_do() {
    let circles = [
        "@misc{k, title = {T}, crossref = {k}}",
        "@misc{k, title = {T}, CrossRef = \"k\"}",
        "@misc{k, title = {T}, xdata = {a, k}}",
        "@misc{k, title = {T}, ids = {a, z}, crossref = {z}}",
        "@string{s = {k}}@misc{k, title = {T}, crossref = s}",
        "@misc{k, title = {T}, crossref = {{k}}}",
        "@misc{k, title = {T}, xdata = {{k}}}",
    ];
    for circle in circles {
        let (folder, run) = import(&format!("{circle}\n{GOOD}"));
        let run = run.ends_with(1);
        assert!(run.err.contains("^ it draws on itself\n"), "{circle}: {}", run.err);
        assert!(folder.text("content/sources.yaml").contains("good:\n"), "{circle}");
    }
}

#[test]
fn entries_in_a_long_row_and_entries_that_draw_much_are_told() {
    let row = |length: usize| {
        let one = |at: usize| format!("@misc{{a{at}, title = {{T}}, crossref = {{a{}}}}}\n", at + 1);
        (0..length).map(one).collect::<String>()
    };
    let (_, run) = import(&row(40));
    let run = run.ends_with(1);
    assert_eq!(run.titles().len(), 8, "{}", run.err);
    assert_eq!(run.err.matches("^ it draws on more than 32 others in a row\n").count(), 8, "{}", run.err);
    imported(&row(32));
    let parent = format!("@xdata{{p, note = {{{}}}}}\n", "x".repeat(1_000_000));
    let children: String = (0..70).map(|at| format!("@xdata{{c{at}, xdata = {{p}}}}\n")).collect();
    let why = "with it, entries draw more than 64 MB from others";
    let expected =
        [("the entry `c67`", "69:8", why), ("the entry `c68`", "70:8", why), ("the entry `c69`", "71:8", why)];
    assert_told(&(parent + &children), &expected);
}
