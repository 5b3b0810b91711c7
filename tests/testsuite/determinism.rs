//! The same content gives the same bytes, whatever the machine, the user and the moment.

use std::process::Command;

use super::project::{Folder, Project, Run, Tree, assert_same, repository, tree};

/// A site with a bit of everything that the program makes: the one that `new site` starts, and odd names.
fn site() -> Project {
    Project::started()
        .event("2019-größe", "title: Größe\ndate: 2019-08~\ngroups: [records]", "So [^1].\n\n[^1]: A note.")
        .page("북한 & more", "## Überschrift\n\nA paragraph [@example-almanac].")
        .file("content/media/a b.txt", "a document")
}

/// Builds a site in a folder, through a shell that sets the mask of new files.
fn built(folder: &Folder, mask: &str, environment: &[(&str, &str)]) -> Tree {
    let mut command = Command::new("sh");
    command.args(["-c", "umask \"$1\"; exec \"$0\" build --quiet", env!("CARGO_BIN_EXE_dateline"), mask]);
    command.current_dir(folder.path()).envs(environment.iter().copied());
    Run::of(&mut command).succeeds();
    folder.tree("public")
}

#[test]
fn a_site_has_the_same_bytes_under_another_folder_zone_language_mask_and_number_of_threads() {
    let first = built(&site().on_disk(), "022", &[("TZ", "UTC"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")]);
    assert!(first.len() > 10);
    let environments: [(&str, &[(&str, &str)]); 3] = [
        (
            "077",
            &[("TZ", "Asia/Pyongyang"), ("LANG", "ko_KR.UTF-8"), ("LC_ALL", "ko_KR.UTF-8"), ("RAYON_NUM_THREADS", "7")],
        ),
        ("000", &[("TZ", "America/New_York"), ("LANG", "de_DE.UTF-8"), ("HOME", "/nonexistent"), ("USER", "somebody")]),
        ("027", &[("TZ", ""), ("LANG", ""), ("RAYON_NUM_THREADS", "2"), ("SOURCE_DATE_EPOCH", "1"), ("COLUMNS", "20")]),
    ];
    for (mask, environment) in environments {
        assert_same(&first, &built(&site().on_disk(), mask, environment), &format!("{environment:?}"));
    }
}

#[test]
fn a_site_has_the_same_bytes_when_its_files_were_made_in_another_order() {
    let project = site();
    let forth = project.on_disk();
    let back = Folder::empty();
    project.files().iter().rev().for_each(|(path, bytes)| back.put(path, bytes));
    assert_same(&built(&forth, "022", &[]), &built(&back, "022", &[]), "made in another order");
}

#[test]
fn memory_and_disk_give_the_same_bytes() {
    let project = site();
    let output = project.build().output.expect("the site has no mistake");
    let mut written = built(&project.on_disk(), "022", &[]);
    assert!(written.remove("SHA256SUMS").is_some());
    let in_memory: Tree = output.files().map(|(path, file)| (path.to_owned(), file.bytes.to_vec())).collect();
    assert_same(&in_memory, &written, "memory and disk");
}

#[test]
fn edited_then_rebuilt_equals_built_afresh() {
    let folder = site().on_disk();
    built(&folder, "022", &[]);
    folder.edit("content/timeline/1889-tower.md", "The tower opens to the public", "The tower opens");
    folder.delete("content/pages/북한 & more.md");
    folder.put("content/pages/new.md", "---\ntitle: New\n---\nA [tower](../timeline/1889-tower.md).\n");
    folder.edit("content/site.yaml", "The tower that stayed", "The tower");
    let afresh = Folder::empty();
    tree(folder.path())
        .iter()
        .filter(|(path, _)| !path.starts_with("public/"))
        .for_each(|(path, bytes)| afresh.put(path, bytes));
    assert_same(&built(&folder, "022", &[]), &built(&afresh, "022", &[]), "edited and rebuilt");
}

#[test]
fn no_page_tells_where_it_was_built() {
    let folder = Project::of_case("everything").on_disk();
    let place = folder.path().to_str().expect("a name in UTF-8").to_owned();
    let repository = repository().to_str().expect("a name in UTF-8").to_owned();
    for (path, bytes) in built(&folder, "022", &[]) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&place) && !text.contains(&repository), "{path} holds a path of this machine");
    }
}
