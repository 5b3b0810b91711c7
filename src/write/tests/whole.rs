//! What a folder holds after runs that nothing disturbs.

use super::*;

#[test]
fn a_new_folder_holds_the_output_and_its_sums() {
    let place = Place::new();
    let written = place.write(&small());
    assert_eq!(written, Written { new: 4, bytes: 18, ..Written::default() });
    let names: Vec<_> = place.tree().into_keys().collect();
    assert_eq!(names, ["SHA256SUMS", "event/", "event/fire.html", "feed.xml", "index.html", "style.css"]);
    assert_eq!(place.text(SUMS), checksums(&small()));
}

#[test]
fn sums_are_what_sha256sum_reads() {
    let output = site(&[("a b.html", "x"), ("é/#%.css", ""), (r"back\slash", "y")]);
    let sums = checksums(&output);
    assert!(
        sums.starts_with("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  a b.html\n\\"),
        "{sums}"
    );
    let dir = TempDir::new().expect("a temporary folder");
    fs::create_dir(dir.path().join("é")).expect("a folder");
    for (path, file) in output.files() {
        fs::write(dir.path().join(path), &file.bytes).expect("a file");
    }
    fs::write(dir.path().join(SUMS), sums).expect("a file");
    let check =
        std::process::Command::new("sha256sum").args(["--check", "--strict", SUMS]).current_dir(dir.path()).output();
    if let Ok(check) = check {
        assert!(check.status.success(), "{check:?}");
    }
}

#[test]
fn a_second_write_of_the_same_touches_nothing() {
    let place = Place::built(&small());
    let paths = ["", "event", "index.html", "event/fire.html", SUMS].map(|path| place.dir().join(path));
    let old = paths.each_ref().map(|path| age(path))[0];
    assert_eq!(place.write(&small()), Written { unchanged: 4, ..Written::default() });
    for path in paths {
        assert_eq!(modified(&path), old, "{}", path.display());
    }
}

#[test]
fn only_what_differs_is_written() {
    let place = Place::built(&small());
    let kept = place.dir().join("style.css");
    let old = age(&kept);
    let next =
        site(&[("index.html", "HOME"), ("event/fire.html", "longer fire"), ("style.css", "a{}"), ("new/b.html", "b")]);
    let written = place.write(&next);
    assert_eq!(written, Written { new: 1, changed: 2, unchanged: 1, removed: 1, bytes: 16 });
    assert_eq!(modified(&kept), old);
    assert_eq!(place.tree(), Place::built(&next).tree());
}

fn list_of(output: &Output) -> [u8; 32] {
    Sha256::digest(checksums(output)).into()
}

#[test]
fn an_output_stands_until_anything_of_it_is_touched() {
    let place = Place::new();
    let holds = |place: &Place| stands(&place.dir(), &WriteOptions::default(), &list_of(&small()));
    assert!(!holds(&place));
    assert!(!place.dir().exists());
    place.write(&small());
    place.put("notes.txt", "of others");
    let before = place.tree();
    assert!(holds(&place));
    assert_eq!(place.tree(), before);
    assert!(!stands(&place.dir(), &WriteOptions::default(), &list_of(&site(&[("index.html", "home")]))));
    let halves = [temporary(JOURNAL), temporary(SUMS)];
    for path in ["index.html", "event/fire.html", SUMS, JOURNAL, &halves[0], &halves[1]] {
        place.put(path, "HOME");
        assert!(!holds(&place), "{path}");
        place.adopt(&small()).expect("what was touched is mended");
        halves.iter().for_each(|half| drop(fs::remove_file(place.dir().join(half))));
        assert!(holds(&place), "{path} is mended");
    }
    fs::remove_file(place.dir().join("style.css")).expect("a file");
    assert!(!holds(&place));
}

#[test]
fn an_output_in_a_folder_that_would_be_refused_does_not_stand() {
    let place = Place::built(&small());
    let options = WriteOptions { protected: vec![place.dir()], ..WriteOptions::default() };
    assert!(!stands(&place.dir(), &options, &list_of(&small())));
    let held = Lock::take(&place.dir()).expect("nobody holds it");
    assert!(!stands(&place.dir(), &WriteOptions::default(), &list_of(&small())));
    drop(held);
    assert!(stands(&place.dir(), &WriteOptions::default(), &list_of(&small())));
}

#[test]
fn what_was_set_aside_is_written_as_what_was_held() {
    let place = Place::new();
    let shelf = Aside::sparing(&place.holder.path().join("cache"), 8);
    let mut output = Output::<Kept>::default();
    for (path, file) in small().files() {
        output.insert(path.to_owned(), file.stage, shelf.keep(file.bytes.to_vec())).expect("each path comes once");
    }
    assert_eq!(checksums(&output), checksums(&small()));
    let done = |output: &Output<Kept>| write(output, &place.dir(), &WriteOptions::default()).expect("it is written");
    assert_eq!(done(&output), Written { new: 4, bytes: 18, ..Written::default() });
    assert_eq!(place.tree(), Place::built(&small()).tree());
    assert_eq!(done(&output), Written { unchanged: 4, ..Written::default() });
}

#[test]
fn what_the_output_has_no_more_goes_with_its_folders() {
    let place = Place::built(&site(&[("index.html", "home"), ("a/b/c/d.html", "d"), ("a/x.css", "x")]));
    let next = site(&[("index.html", "home")]);
    assert_eq!(place.write(&next).removed, 2);
    assert_eq!(place.tree(), Place::built(&next).tree());
}

#[test]
fn a_file_and_a_folder_of_the_program_change_places() {
    let file = site(&[("index.html", "home"), ("a", "file")]);
    let folder = site(&[("index.html", "home"), ("a/b/c.html", "c"), ("a/d.html", "d")]);
    let place = Place::built(&file);
    place.write(&folder);
    assert_eq!(place.tree(), Place::built(&folder).tree());
    place.write(&file);
    assert_eq!(place.tree(), Place::built(&file).tree());
}
