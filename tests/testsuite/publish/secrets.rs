//! Passwords that are typed into a site: they are told with their place, and printed nowhere.

use super::super::project::{Folder, Project, Run};

const SECRET: &str = "hunter2";

/// Ways of printing what is wrong with a site: each form, and each command.
const COMMANDS: [&[&str]; 9] = [
    &["build"],
    &["check", "--format", "json"],
    &["check"],
    &["check", "--color", "always"],
    &["check", "--format", "github"],
    &["check", "--format", "sarif"],
    &["publish"],
    &["publish", "--dry-run", "--verbose"],
    &["export", "single", "site.html"],
];

/// Runs commands on a site with a mistake, and returns what was said, all together for each.
#[track_caller]
fn told(folder: &Folder, commands: &[&[&str]]) -> Vec<String> {
    let each = commands.iter().map(|command| {
        let Run { out, err, .. } = folder.run(command).ends_with(1);
        let said = out + &err;
        assert!(!said.contains(SECRET), "{command:?} prints the password:\n{said}");
        said
    });
    each.collect()
}

fn site(lines: &str) -> Folder {
    Project::new().file("content/site.yaml", format!("title: A site\n{lines}\n")).on_disk()
}

#[test]
fn a_password_in_site_yaml_is_told_with_its_line_and_printed_nowhere() {
    let long = "{kind: s3, bucket: a-bucket-with-a-name-that-is-long, prefix: a/prefix/that/is/long/as/well, region: us-east-1";
    for (line, field, lines) in [
        (3, "remote", "targets:\n  a: {kind: git, remote: 'https://me:hunter2@example.org/x.git'}".to_owned()),
        (5, "remote", "targets:\n  a:\n    kind: git\n    remote: https://hunter2@example.org/x.git".to_owned()),
        (3, "remote", "targets:\n  a: {kind: git, remote: 'ssh://me:hunter2@example.org/x.git'}".to_owned()),
        (3, "remote", "targets:\n  a: {kind: git, remote: 'https://me:a/hunter2@example.org/x.git'}".to_owned()),
        (
            2,
            "endpoint",
            "targets: {a: {kind: s3, bucket: b, endpoint: 'https://KEY:hunter2@s3.example.org'}}".to_owned(),
        ),
        (3, "endpoint", format!("targets:\n  a: {long}, endpoint: 'https://KEY:hunter2@s3.example.org'}}")),
        (3, "path", "targets:\n  a: {kind: folder, path: 'https://me:hunter2@example.org/'}".to_owned()),
        (3, "bucket", "targets:\n  a: {kind: s3, bucket: 'https://me:hunter2@example.org/'}".to_owned()),
        (3, "cname", "targets:\n  a: {kind: git, cname: 'https://me:hunter2@example.org/'}".to_owned()),
        (2, "url", "url: https://me:hunter2@example.org/a".to_owned()),
        (2, "url", "url: https://hunter2@example.org/a".to_owned()),
    ] {
        let said = told(&site(&lines), &COMMANDS);
        for (command, said) in COMMANDS.iter().zip(&said) {
            assert!(said.contains(&format!("`…` cannot be the `{field}`")), "{command:?} with {lines}\n{said}");
            let places = [format!("site.yaml:{line}:"), format!("\"line\": {line}"), format!("line={line},")];
            let places = places.into_iter().chain([format!("\"startLine\": {line}")]);
            assert!(places.into_iter().any(|place| said.contains(&place)), "{command:?} with {lines}\n{said}");
        }
    }
}

#[test]
fn a_password_that_stands_beside_another_mistake_is_printed_nowhere() {
    for lines in [
        "targets:\n  a: {kind: git, remote: 'https://me:hunter2@example.org/x.git', foo: 1}",
        "targets:\n  a: {kind: folder, path: x, remote: 'https://me:hunter2@example.org/x.git'}",
        "targets:\n  a: {kind: gitt, remote: 'https://me:hunter2@example.org/x.git'}",
        "targets:\n  a: {kind: git, remote: ['https://me:hunter2@example.org/x.git']}",
        "targets:\n  a: {kind: git, remote: 'https://me:hunter2@example.org/x.git'",
        "targets:\n  a: {kind: git, branch: 'https://me:hunter2@example.org/x.git'}",
        "targets: https://me:hunter2@example.org/x.git",
        "urll: https://me:hunter2@example.org/",
        "url: https://me:hunter2@example.org/ 'x",
        "url: ftp://me:hunter2@example.org/",
        "theme: https://me:hunter2@example.org/",
        "language: https://me:hunter2@example.org/",
        "navigation: [{title: A, file: 'https://me:hunter2@example.org/'}, {title: B}]",
    ] {
        told(&site(lines), &COMMANDS[..2]);
    }
    let before = "Words that stand before, and many of them. ".repeat(10);
    for body in [
        "See https://me:hunter2@example.org/ and [x](gone.md).".to_owned(),
        format!("{before}See https://me:hunter2@example.org/ and [x](gone.md). {before}"),
        "[x](gone://me:hunter2@example.org/)".to_owned(),
        "![x](https://me:hunter2@example.org/a.png)".to_owned(),
    ] {
        let targets = "title: A site\ntargets: {a: {kind: folder, path: x}}\n";
        told(&Project::new().file("content/site.yaml", targets).page("a", &body).on_disk(), &COMMANDS[..2]);
    }
}
