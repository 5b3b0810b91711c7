//! Runs that were killed, that failed, or that came at the same time.

use super::*;

#[test]
fn a_killed_adoption_claims_only_what_it_has_written() {
    let place = Place::new();
    place.put("style.css", "theirs");
    place.put("index.html", "home");
    place.put(JOURNAL, &journal(&checksums(&small()), &BTreeSet::new()));
    assert!(refusal(place.try_write(&small())).contains("style.css"));
    place.write(&site(&[("feed.xml", "<feed/>")]));
    assert_eq!(place.text("style.css"), "theirs");
    assert!(!place.has("index.html"));
}

#[test]
fn a_killed_first_build_leaves_no_orphan() {
    let place = Place::new();
    place.put(JOURNAL, &journal(&checksums(&small()), &BTreeSet::new()));
    place.put("style.css", "a{}");
    place.put(&temporary("event/fire.html"), "fi");
    place.put(&temporary(SUMS), "12");
    let next = site(&[("index.html", "other home")]);
    place.write(&next);
    assert_eq!(place.tree(), Place::built(&next).tree());
}

#[test]
fn a_build_killed_at_its_journal_leaves_no_orphan() {
    let first = Place::new();
    first.put(&temporary(JOURNAL), "half");
    first.write(&small());
    assert_eq!(first.tree(), Place::built(&small()).tree());
    first.put(&temporary(JOURNAL), "half");
    assert_eq!(first.write(&small()).unchanged, 4);
    assert_eq!(first.tree(), Place::built(&small()).tree());
}

#[test]
fn builds_killed_one_after_another_leave_no_orphan() {
    let place = Place::built(&small());
    let second = site(&[("index.html", "2"), ("second/page.html", "2")]);
    let owned: BTreeSet<_> = small().files().map(|(path, _)| path.to_owned()).collect();
    place.put(JOURNAL, &journal(&checksums(&second), &owned));
    place.put("second/page.html", "2");
    place.put(SUMS, &checksums(&second));
    fs::remove_file(place.dir().join("event/fire.html")).expect("a file");
    let third = site(&[("index.html", "3")]);
    place.write(&third);
    assert_eq!(place.tree(), Place::built(&third).tree());
}

#[test]
fn folders_that_a_killed_build_made_for_nothing_go_before_the_next_one_forgets_them() {
    let place = Place::built(&small());
    place.put(JOURNAL, &journal(&checksums(&site(&[("a/b/c.html", "c")])), &BTreeSet::new()));
    fs::create_dir_all(place.dir().join("a/b")).expect("a folder");
    let refused = site(&[("index.html", "home"), ("event", "a folder of others is in the way")]);
    place.put("event/mine.txt", "mine");
    assert!(place.try_write(&refused).is_err());
    assert!(!place.has("a"));
}

#[test]
fn a_build_killed_before_its_last_act_is_finished() {
    let place = Place::built(&small());
    place.put(JOURNAL, &journal(&checksums(&small()), &BTreeSet::from(["gone/x.html".to_owned()])));
    fs::create_dir(place.dir().join("gone")).expect("a folder");
    assert_eq!(place.write(&small()).unchanged, 4);
    assert_eq!(place.tree(), Place::built(&small()).tree());
}

#[test]
fn a_failure_before_anything_is_renamed_leaves_the_whole_old_output() {
    let place = Place::built(&small());
    fs::create_dir(place.dir().join(temporary("feed.xml"))).expect("a folder");
    let before = place.tree();
    let next = site(&[("index.html", "HOME"), ("feed.xml", "<new/>"), ("new/a.html", "new")]);
    assert!(refusal(place.try_write(&next)).contains("feed.xml"));
    assert_eq!(place.tree(), before);
}

#[test]
fn a_failure_at_any_turn_finds_the_earlier_ones_done_and_the_later_ones_not_begun() {
    let old = site(&[("index.html", "old"), ("style.css", "old"), ("feed.xml", "old"), ("gone.html", "old")]);
    let turns = ["new.css", "new.html", "new.xml", "style.css", "index.html", "feed.xml"];
    let next = site(&turns.map(|path| (path, "new")));
    for (at, fails) in turns.iter().chain([&SUMS]).enumerate() {
        let place = Place::built(&old);
        let dir = place.dir();
        let (sums, past) = (checksums(&next), Past::read(&dir, &next, false).expect("it can be read"));
        let plan = Plan::new(&dir, &next, &sums, &past, false).expect("nothing is in the way");
        prepare(&dir, &sums, &plan).expect("there is room");
        // A folder that holds something comes into the way of the file.
        fs::remove_file(dir.join(fails)).ok();
        place.put(&format!("{fails}/mine"), "mine");
        assert!(commit(&dir, &plan).is_err(), "{fails}");
        turns[..at].iter().for_each(|path| assert_eq!(place.text(path), "new", "`{path}`, where `{fails}` fails"));
        for path in turns.iter().skip(at + 1) {
            assert!(!place.has(path) || place.text(path) == "old", "`{path}` came before `{fails}`");
        }
        assert!(place.has("gone.html"), "it went before `{fails}` was in its place");
    }
}

#[test]
fn two_builds_at_once_are_refused_and_told_who() {
    let place = Place::built(&small());
    let held = Lock::take(&place.dir()).expect("nobody holds it");
    let message = refusal(place.try_write(&small()));
    assert!(message.contains("another build"), "{message}");
    drop(held);
    place.write(&small());
}

#[test]
fn a_lock_file_serves_where_folders_cannot_be_locked() {
    let place = Place::built(&small());
    let held = Lock::by_file(&place.dir()).expect("nobody holds it");
    assert!(place.has(LOCK));
    assert!(Lock::by_file(&place.dir()).is_err());
    drop(held);
    assert!(!place.has(LOCK));
}
