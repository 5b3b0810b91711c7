//! What a folder is like after runs, whole and broken ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::past::LOCK;
use super::*;
use crate::output::{Shelf as _, Stage};

fn site(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        let stage = match path.rsplit_once('.') {
            Some((_, "html")) => Stage::Page,
            Some((_, "xml")) => Stage::Index,
            _ => Stage::Asset,
        };
        let bytes = text.as_bytes().to_vec();
        output.insert((*path).to_owned(), stage, bytes).expect("a test names each path once");
    }
    output
}

fn small() -> Output {
    site(&[("index.html", "home"), ("event/fire.html", "fire"), ("style.css", "a{}"), ("feed.xml", "<feed/>")])
}

/// A folder that does not exist yet, in one that goes with the test.
struct Place {
    holder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { holder: TempDir::new().expect("a temporary folder") }
    }

    fn built(output: &Output) -> Self {
        let place = Self::new();
        place.write(output);
        place
    }

    fn dir(&self) -> PathBuf {
        self.holder.path().join("public")
    }

    fn put(&self, path: &str, text: &str) {
        let target = self.dir().join(path);
        fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(target, text).expect("a file");
    }

    fn try_write(&self, output: &Output) -> Result<Written, Error> {
        write(output, &self.dir(), &WriteOptions::default())
    }

    fn write(&self, output: &Output) -> Written {
        self.try_write(output).expect("the folder takes the output")
    }

    fn adopt(&self, output: &Output) -> Result<Written, Error> {
        write(output, &self.dir(), &WriteOptions { adopt: true, ..WriteOptions::default() })
    }

    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        walk(&self.dir(), "", &mut tree);
        tree
    }

    fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.dir().join(path)).is_ok()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.dir().join(path)).expect("a file")
    }
}

/// Reads a folder into paths and texts; a folder ends with a slash, so that empty ones are seen.
fn walk(dir: &Path, prefix: &str, tree: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().display());
        if entry.file_type().expect("a kind").is_dir() {
            tree.insert(format!("{path}/"), String::new());
            walk(&entry.path(), &format!("{path}/"), tree);
        } else {
            let text = fs::read(entry.path()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            tree.insert(path, text.expect("a file"));
        }
    }
}

fn age(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    File::open(path).and_then(|file| file.set_modified(old)).expect("a time that can be set");
    old
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|data| data.modified()).expect("a time")
}

fn refusal(result: Result<Written, Error>) -> String {
    let error = result.expect_err("the write is refused");
    format!("{error}; {}", error.help().unwrap_or("no help"))
}

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
fn a_file_and_a_folder_of_the_program_change_places() {
    let file = site(&[("index.html", "home"), ("a", "file")]);
    let folder = site(&[("index.html", "home"), ("a/b/c.html", "c"), ("a/d.html", "d")]);
    let place = Place::built(&file);
    place.write(&folder);
    assert_eq!(place.tree(), Place::built(&folder).tree());
    place.write(&file);
    assert_eq!(place.tree(), Place::built(&file).tree());
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
fn a_failure_before_anything_is_renamed_leaves_the_whole_old_output() {
    let place = Place::built(&small());
    fs::create_dir(place.dir().join(temporary("feed.xml"))).expect("a folder");
    let before = place.tree();
    let next = site(&[("index.html", "HOME"), ("feed.xml", "<new/>"), ("new/a.html", "new")]);
    assert!(refusal(place.try_write(&next)).contains("feed.xml"));
    assert_eq!(place.tree(), before);
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

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

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
    fn a_page_that_changes_only_its_letter_case_survives() {
        let place = Place::built(&site(&[("index.html", "home"), ("About.html", "about")]));
        // Two names of one file are what a disk shows that does not tell letter case apart.
        fs::hard_link(place.dir().join("About.html"), place.dir().join("about.html")).expect("a link");
        let next = site(&[("index.html", "home"), ("about.html", "about")]);
        place.write(&next);
        assert_eq!(place.tree(), Place::built(&next).tree());
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_leaves_the_whole_old_output() {
        let place = Place::built(&small());
        let set_mode = |mode| {
            fs::set_permissions(place.dir().join("event"), fs::Permissions::from_mode(mode)).expect("a mode");
        };
        set_mode(0o555);
        if fs::write(place.dir().join("event/probe"), "").is_ok() {
            return; // The superuser may write everywhere.
        }
        let before = place.tree();
        let next = site(&[("index.html", "HOME"), ("event/fire.html", "changed"), ("new/a.html", "new")]);
        let message = refusal(place.try_write(&next));
        assert!(message.starts_with("cannot write `"), "{message}");
        assert!(message.contains("event/fire.html`: permission denied"), "{message}");
        assert_eq!(place.tree(), before);
        set_mode(0o755);
        place.write(&next);
        assert_eq!(place.tree(), Place::built(&next).tree());
    }
}
