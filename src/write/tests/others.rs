//! What is somebody else's is left as it is, and dangerous folders are refused.

use super::*;

#[test]
fn files_of_others_stay_for_ever() {
    let place = Place::built(&small());
    place.put("event/notes.txt", "mine");
    place.put("CNAME", "example.org");
    fs::create_dir(place.dir().join("empty")).expect("a folder");
    place.write(&site(&[("index.html", "home")]));
    place.write(&site(&[("index.html", "other")]));
    let names: Vec<_> = place.tree().into_keys().collect();
    assert_eq!(names, ["CNAME", "SHA256SUMS", "empty/", "event/", "event/notes.txt", "index.html"]);
}

#[test]
fn a_file_of_others_is_not_overwritten() {
    let place = Place::built(&small());
    place.put("robots.txt", "mine");
    let next = site(&[("index.html", "HOME"), ("robots.txt", "ours")]);
    let before = place.tree();
    assert!(refusal(place.try_write(&next)).contains("robots.txt` was not made by this program"));
    assert_eq!(place.tree(), before);
    place.adopt(&next).expect("adopting replaces it");
    assert_eq!(place.tree(), Place::built(&next).tree());
}

#[test]
fn a_folder_of_others_is_refused() {
    for stranger in ["thesis.odt", ".git/HEAD"] {
        let place = Place::new();
        place.put(stranger, "years of work");
        let before = place.tree();
        assert!(refusal(place.try_write(&small())).contains("--adopt"));
        assert_eq!(place.tree(), before);
    }
}

#[test]
fn downloads_with_sums_of_their_own_are_refused_and_never_deleted() {
    let place = Place::new();
    place.put("big.iso", "x");
    place.put(SUMS, &checksums(&site(&[("big.iso", "x")])));
    assert!(refusal(place.try_write(&small())).contains("lists no file of this site"));
    place.adopt(&small()).expect("adopted");
    place.write(&site(&[("index.html", "home")]));
    assert_eq!(place.text("big.iso"), "x");
}

#[test]
fn adopting_deletes_nothing_now_or_later() {
    let place = Place::new();
    place.put("index.html", "old home");
    place.put("old.html", "old");
    assert_eq!(place.adopt(&small()).expect("adopted").changed, 1);
    place.write(&site(&[("index.html", "home")]));
    assert_eq!(place.text("old.html"), "old");
    assert_eq!(place.text("index.html"), "home");
    assert!(!place.has("style.css"));
}

#[test]
fn damaged_sums_delete_nothing_outside_and_nothing_unlisted() {
    let place = Place::built(&small());
    let outside = place.holder.path().join("outside.txt");
    fs::write(&outside, "mine").expect("a file");
    place.put("unlisted.txt", "mine");
    place.put(".git/HEAD", "mine");
    let zeros = "0".repeat(64);
    let lines = [
        format!("{zeros}  ../outside.txt"),
        format!("{zeros}  event/../../outside.txt"),
        format!("{zeros}  {}", outside.display()),
        format!("{zeros}  .git/HEAD"),
        format!("{zeros} unlisted.txt"),
        "  unlisted.txt".to_owned(),
        "owned  unlisted.txt".to_owned(),
        format!("{zeros}  ./unlisted.txt"),
        format!("{zeros}  index.html"),
    ];
    place.put(SUMS, &lines.join("\n"));
    place.write(&site(&[("index.html", "HOME")]));
    for path in ["../outside.txt", "unlisted.txt", ".git/HEAD"] {
        assert_eq!(place.text(path), "mine");
    }
    place.put(SUMS, "\0garbage");
    assert!(refusal(place.try_write(&small())).contains("--adopt"));
}

#[test]
fn a_path_that_leaves_the_folder_is_refused() {
    for path in [
        "../x",
        "/x",
        "a//b",
        "",
        "a/./b",
        ".git/config",
        "a/.GIT/x",
        "sha256sums",
        ".dateline-journal",
        "a\nb",
        r"a\b",
    ] {
        let place = Place::new();
        assert!(refusal(place.try_write(&site(&[(path, "x")]))).contains("must not be written"), "{path}");
        assert!(!place.dir().exists());
    }
    let both = site(&[("a", "file"), ("a/b", "in a folder")]);
    assert!(refusal(Place::new().try_write(&both)).contains("a folder of the same name"));
}

#[test]
fn what_others_put_in_the_way_is_refused() {
    let place = Place::built(&site(&[("index.html", "home"), ("a/b.html", "b")]));
    place.put("a/mine.txt", "mine");
    place.put("media", "mine");
    let before = place.tree();
    let file = site(&[("index.html", "HOME"), ("a", "file")]);
    let folder = site(&[("index.html", "HOME"), ("media/x.png", "x")]);
    for output in [file, folder] {
        assert!(refusal(place.try_write(&output)).contains("did not make"));
        assert!(place.adopt(&output).is_err());
    }
    assert_eq!(place.tree(), before);
}

#[test]
fn a_folder_in_the_place_of_the_sums_is_refused() {
    let place = Place::new();
    fs::create_dir_all(place.dir().join(SUMS)).expect("a folder");
    assert!(refusal(place.adopt(&small())).contains("needs a file there"));
    assert!(!place.has("index.html"));
}

#[test]
fn protected_folders_are_refused_however_they_are_spelt() {
    let holder = TempDir::new().expect("a temporary folder");
    let root = holder.path().join("root");
    fs::create_dir_all(root.join("content/timeline")).expect("a folder");
    let options = WriteOptions {
        adopt: true,
        protected: vec![root.join("content"), root.join("themes")],
        enclosing: vec![root.clone()],
    };
    let attempt = |dir: &Path| write(&small(), dir, &options);
    for (dir, relation) in [
        ("root", "is the same as"),
        ("root/content", "is the same as"),
        ("root/content/timeline/../", "is the same as"),
        ("root/missing/../content/new", "lies in"),
        ("root/content/timeline", "lies in"),
        ("root/themes/mine", "lies in"),
        ("", "holds"),
        ("root/..", "holds"),
    ] {
        assert!(refusal(attempt(&holder.path().join(dir))).contains(relation), "{dir}");
    }
    assert!(refusal(attempt(Path::new("/"))).contains("holds"));
    assert!(attempt(Path::new("")).is_err());
    attempt(&root.join("public")).expect("the root may hold the output");
}
