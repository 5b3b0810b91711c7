//! Names whose letters can be put together in two ways: `ö` as one sign, as keyboards type it, or as `o` with two dots, as
//! macOS hands names out. Nobody sees the difference, and it must not make one.

use super::project::{Folder, Project};

const WHOLE: &str = "größe";
const PIECES: &str = "gro\u{308}ße";

/// A site whose files have one spelling of a name, and its links another.
fn site(on_disk: &str, typed: &str) -> Project {
    let source = format!("s:\n  type: report\n  title: S\n  issued: 2020\n  evidence: {typed}/{typed}.txt\n");
    Project::new()
        .file(
            "content/site.yaml",
            format!("title: A site\npublish-evidence: true\nnavigation:\n  - title: N\n    file: pages/{typed}.md\n"),
        )
        .file("content/sources.yaml", source)
        .file(&format!("evidence/{on_disk}/{on_disk}.txt"), "Kept.")
        .file(
            &format!("content/media/{on_disk}.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
        )
        .page(on_disk, "Text.\n\n## A part\n")
        .event(
            "a",
            &format!("title: A\ndate: 2020\nsources: [s]\nmedia:\n  file: media/{typed}.svg\n  alt: A drawing"),
            &format!("[A link](../pages/{typed}.md#a-part) and ![a drawing](../media/{typed}.svg)."),
        )
}

#[test]
fn a_site_has_the_same_bytes_however_the_letters_of_its_names_are_put_together() {
    let expected = site(WHOLE, WHOLE).on_disk();
    expected.run(&["build"]).succeeds();
    let expected = expected.tree("public");
    assert!(expected.contains_key(&format!("pages/{WHOLE}.html")), "{:?}", expected.keys());
    assert!(expected.contains_key(&format!("evidence/{WHOLE}/{WHOLE}.txt")), "{:?}", expected.keys());
    for (on_disk, typed) in [(PIECES, WHOLE), (WHOLE, PIECES), (PIECES, PIECES)] {
        let folder = site(on_disk, typed).on_disk();
        let run = folder.run(&["build"]).succeeds();
        assert_eq!(run.titles().len(), 0, "{}", run.err);
        assert_eq!(folder.tree("public"), expected, "{on_disk:?} linked as {typed:?}");
    }
}

/// Puts a file where one of the same name is already; `false` where the system holds the two for one.
fn twin(folder: &Folder, path: &str) -> bool {
    let first = folder.path().join(path.replace("{}", WHOLE));
    let before = std::fs::read(&first).expect("the first is there");
    folder.put(&path.replace("{}", PIECES), "---\ntitle: Twin\n---\n");
    std::fs::read(first).expect("the first is there") == before
}

#[test]
fn two_files_whose_names_look_the_same_are_told() {
    for (path, first) in [
        ("content/pages/{}.md", site(WHOLE, WHOLE)),
        ("content/media/{}.svg", site(WHOLE, WHOLE)),
        ("content/pages/{}/a.md", site(WHOLE, WHOLE).page(&format!("{WHOLE}/a"), "A.")),
    ] {
        let folder = first.on_disk();
        if !twin(&folder, path) {
            continue;
        }
        let run = folder.run(&["build"]).ends_with(1);
        let told = format!("error[bad-file-name]: `{}` is there twice", path.replace("{}", WHOLE));
        assert!(run.err.contains(&told) && run.err.contains("help: rename one of them"), "{}", run.err);
    }
}

#[test]
fn what_two_names_would_be_published_as_is_told_where_some_systems_hold_them_for_one() {
    for (one, other) in [("οδος", "ΟΔΟΣ"), ("größe", "GRÖßE"), ("북", "북\u{1F700}")] {
        let codes = Project::new().page(one, "A.").page(other, "B.").codes();
        assert_eq!(codes.contains(&"same-output"), !other.contains('\u{1F700}'), "{one} {other}: {codes:?}");
    }
    let alias = format!("title: A\ndate: 2020\naliases: [\"pages/{PIECES}.html\"]");
    let codes = Project::new().page(WHOLE, "A.").event("a", &alias, "B.").codes();
    assert!(codes.contains(&"same-output"), "{codes:?}");
}
