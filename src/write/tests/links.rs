//! Links, and names that are one on some systems, as Unix has them. Permissions mean nothing to an administrator: tests/testsuite/faults.rs has them.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn a_link_into_the_content_is_refused() {
    let holder = TempDir::new().expect("a temporary folder");
    let content = holder.path().join("content");
    fs::create_dir(&content).expect("a folder");
    let link = holder.path().join("public");
    symlink(&content, &link).expect("a link");
    let options = WriteOptions { protected: vec![content.clone()], ..WriteOptions::default() };
    assert!(refusal(write(&small(), &link, &options)).contains("is the same as"));
    assert!(refusal(write(&small(), &link.join("new"), &options)).contains("lies in"));
    let options = WriteOptions { protected: vec![link], ..WriteOptions::default() };
    assert!(refusal(write(&small(), &content, &options)).contains("is the same as"));
}

#[test]
fn nothing_is_written_or_deleted_through_a_link() {
    let place = Place::built(&small());
    let elsewhere = place.holder.path().join("elsewhere");
    fs::rename(place.dir().join("event"), &elsewhere).expect("a folder");
    symlink(&elsewhere, place.dir().join("event")).expect("a link");
    let changed = site(&[("index.html", "HOME"), ("event/fire.html", "changed")]);
    assert!(refusal(place.try_write(&changed)).contains("a symbolic link"));
    assert_eq!(place.text("index.html"), "home");
    place.write(&site(&[("index.html", "home")]));
    assert_eq!(fs::read_to_string(elsewhere.join("fire.html")).expect("a file"), "fire");
}

#[test]
fn a_link_in_the_place_of_a_file_is_replaced_and_not_followed() {
    let place = Place::built(&small());
    let elsewhere = place.holder.path().join("elsewhere.txt");
    fs::write(&elsewhere, "home").expect("a file");
    for path in ["index.html", SUMS] {
        fs::remove_file(place.dir().join(path)).expect("a file");
        symlink(&elsewhere, place.dir().join(path)).expect("a link");
    }
    symlink(&elsewhere, place.dir().join(temporary("index.html"))).expect("a link");
    assert!(place.try_write(&small()).is_err(), "sums that are a link are not the program's");
    place.adopt(&small()).expect("adopted");
    assert_eq!(place.tree(), Place::built(&small()).tree());
    assert!(!place.dir().join("index.html").is_symlink());
    assert_eq!(fs::read_to_string(elsewhere).expect("a file"), "home");
}

#[test]
fn a_page_whose_name_changes_only_for_some_systems_survives() {
    for (old, new) in [("About.html", "about.html"), ("gro\u{308}ße.html", "größe.html"), ("ΟΔΟΣ.html", "οδος.html")]
    {
        let place = Place::built(&site(&[("index.html", "home"), (old, "about")]));
        // Two names of one file are what a disk shows that holds the two for one.
        fs::hard_link(place.dir().join(old), place.dir().join(new)).expect("a link");
        let next = site(&[("index.html", "home"), (new, "about")]);
        place.write(&next);
        assert_eq!(place.tree(), Place::built(&next).tree(), "{old} {new}");
    }
}
