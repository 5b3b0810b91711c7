//! Pictures: measured, in several sizes, and refused where they cannot be shown.

use std::fs;

use dateline::builder::{Built, Options, build_with};
use dateline::cache::{Folder as Cache, Key, Memory, Store};
use dateline::load;
use dateline::output::Output;
use image::{GrayImage, ImageFormat, Rgb, RgbImage};

use super::project::{Folder, Project, Tree, assert_same, codes, names, tests};

/// Returns a picture of `tests/pictures/`.
fn stored(name: &str) -> Vec<u8> {
    fs::read(tests().join("pictures").join(name)).expect("a stored picture")
}

/// Makes a picture with soft colours and some noise, heavy enough that sizes of it are worth making.
fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let wave = |a: u32, b: u32| (((a as f32 / 37.0).sin() + (b as f32 / 53.0).cos()) * 60.0 + 128.0) as u8;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let noise = ((x * 7919 + y * 104_729) % 23) as u8;
        Rgb([wave(x, y), wave(y, x).saturating_add(noise), wave(x + y, x).saturating_sub(noise)])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture can be written");
    bytes.into_inner()
}

/// Returns a site whose one event shows a picture above its text.
fn showing(name: &str, bytes: &[u8]) -> Project {
    let front = format!("title: Shown\ndate: 2019\nmedia: {{file: media/{name}, alt: A picture}}");
    Project::new().event("shown", &front, "Text.").file(&format!("content/media/{name}"), bytes)
}

fn output(project: &Project) -> Output {
    let built = project.build();
    built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics)))
}

/// Returns the paths and sizes in pixels of the WebP files that were made of a picture.
fn sizes(output: &Output) -> Vec<(String, u32, u32)> {
    let made = output.files().filter(|(path, _)| path.ends_with(".webp"));
    let measured = made.map(|(path, file)| {
        let picture = image::load_from_memory_with_format(&file.bytes, ImageFormat::WebP).expect("it is WebP");
        (path.to_owned(), picture.width(), picture.height())
    });
    let mut sizes: Vec<_> = measured.collect();
    sizes.sort_by_key(|(_, width, _)| *width);
    sizes
}

fn page(output: &Output) -> &str {
    str::from_utf8(&output.get("timeline/shown.html").expect("the page").bytes).expect("it is text")
}

#[test]
fn a_photograph_is_shown_in_sizes_with_the_original_for_old_browsers() {
    let original = photo(2000, 1250, ImageFormat::Jpeg);
    let output = output(&showing("street.jpg", &original));
    assert_eq!(
        sizes(&output),
        [
            ("media/street.jpg.480.webp".to_owned(), 480, 300),
            ("media/street.jpg.960.webp".to_owned(), 960, 600),
            ("media/street.jpg.1600.webp".to_owned(), 1600, 1000),
        ]
    );
    let html = page(&output);
    let srcset = "srcset=\"../media/street.jpg.480.webp 480w, ../media/street.jpg.960.webp 960w, ../media/street.jpg.1600.webp 1600w\"";
    assert!(html.contains(srcset), "{html}");
    assert!(html.contains(
        "<img src=\"../media/street.jpg\" alt=\"A picture\" width=\"2000\" height=\"1250\" decoding=\"async\">"
    ));
    assert!(!html.contains("lazy"), "the first picture is not fetched late");
    let widest = output.get("media/street.jpg.1600.webp").expect("the widest size");
    assert!(widest.bytes.len() < original.len());
    assert_eq!(output.get("media/street.jpg").expect("the original").bytes.to_vec(), original);
}

#[test]
fn no_size_is_larger_than_the_original_or_heavier() {
    assert_eq!(
        sizes(&output(&showing("a.png", &photo(600, 300, ImageFormat::Png)))).last().map(|size| size.1),
        Some(600)
    );
    let flat = RgbImage::from_pixel(3000, 2000, Rgb([9, 9, 9]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    flat.write_to(&mut bytes, ImageFormat::Png).expect("a picture can be written");
    let output = output(&showing("flat.png", &bytes.into_inner()));
    let original = output.get("media/flat.png").expect("the original").bytes.len();
    assert!(output.files().filter(|(path, _)| path.ends_with(".webp")).all(|(_, file)| file.bytes.len() < original));
}

#[test]
fn pictures_of_a_text_come_late_but_the_first() {
    let body = "![One](../media/a.png)\n\n![Two](../media/a.png \"Two again\")\n\nA ![three](../media/a.png).";
    let project = Project::new().page("p", body).file("content/media/a.png", photo(30, 20, ImageFormat::Png));
    let html = project.page_built("pages/p.html");
    let measures = "width=\"30\" height=\"20\"";
    assert!(html.contains(&format!("alt=\"One\" {measures} decoding=\"async\">")), "{html}");
    assert!(html.contains(&format!("alt=\"Two\" {measures} loading=\"lazy\" decoding=\"async\">")));
    assert!(html.contains(&format!("alt=\"three\" {measures} loading=\"lazy\"")));
}

#[test]
fn a_photograph_stored_lying_is_measured_upright_and_its_sizes_tell_no_place() {
    let original = stored("phone.jpg");
    let secret = |bytes: &[u8]| bytes.windows(12).any(|window| window == b"SECRET-PLACE");
    assert!(secret(&original));
    let output = output(&showing("phone.jpg", &original));
    assert!(page(&output).contains("width=\"400\" height=\"600\""));
    assert_eq!(sizes(&output), [("media/phone.jpg.400.webp".to_owned(), 400, 600)]);
    let size = &output.get("media/phone.jpg.400.webp").expect("a size").bytes;
    for word in [&b"EXIF"[..], b"XMP ", b"Exif"] {
        assert!(!size.windows(4).any(|window| window == word));
    }
    assert!(!secret(size));
    assert!(size.windows(4).any(|window| window == b"ICCP"), "the colours stay");
}

#[test]
fn a_photograph_that_tells_its_place_gets_a_warning_also_from_the_cache() {
    let folder = showing("phone.jpg", &stored("phone.jpg")).on_disk();
    for _ in 0..2 {
        let built = build_in(&folder, &Cache::under(folder.path()));
        assert_eq!(codes(&built.diagnostics), ["picture-place"]);
    }
    let off =
        showing("phone.jpg", &stored("phone.jpg")).file("content/site.yaml", "title: A\nrules: {picture-place: off}\n");
    assert_eq!(off.codes(), <[&str; 0]>::default());
}

#[test]
fn what_cameras_and_old_programs_write_is_read() {
    for (name, width, height) in
        [("print.jpg", 200, 120), ("palette.png", 160, 90), ("deep.png", 80, 60), ("clear.webp", 420, 300)]
    {
        let output = output(&showing(name, &stored(name)));
        assert!(page(&output).contains(&format!("width=\"{width}\" height=\"{height}\"")), "{name}");
    }
    let one = output(&showing("one.png", &photo(1, 1, ImageFormat::Png)));
    assert!(page(&one).contains("width=\"1\" height=\"1\""));
}

#[test]
fn a_moving_picture_is_left_as_it_is() {
    let output = output(&showing("moving.gif", &stored("moving.gif")));
    assert!(page(&output).contains("<img src=\"../media/moving.gif\" alt=\"A picture\" width=\"60\" height=\"40\""));
    assert_eq!(sizes(&output), []);
}

#[test]
fn a_drawing_has_its_measures_too() {
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 45'/>";
    assert!(page(&output(&showing("d.svg", drawing))).contains("width=\"80\" height=\"45\""));
    let project = showing("d.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert_eq!(project.codes(), ["bad-picture"]);
}

#[test]
fn a_picture_that_is_cut_off_is_told_wherever_it_is_cut() {
    let whole = [
        ("a.jpg", stored("phone.jpg")),
        ("a.png", photo(90, 60, ImageFormat::Png)),
        ("a.gif", stored("moving.gif")),
        ("a.webp", stored("clear.webp")),
    ];
    for (name, bytes) in whole {
        for tenth in 1..10 {
            let project = showing(name, &bytes[..bytes.len() * tenth / 10]);
            let built = project.build();
            assert_eq!(codes(&built.diagnostics), ["bad-picture"], "{name} cut at {tenth} tenths");
            assert!(built.output.is_none());
        }
    }
}

#[test]
fn no_changed_byte_makes_the_program_panic() {
    for name in ["phone.jpg", "palette.png", "moving.gif", "clear.webp", "deep.png"] {
        let bytes = stored(name);
        for at in (0..bytes.len()).step_by(bytes.len() / 16 + 1) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            showing(name, &changed).build();
        }
    }
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_before_it_is_read() {
    let project = showing("bomb.png", &stored("bomb.png"));
    let built = project.build();
    assert_eq!(codes(&built.diagnostics), ["bad-picture"]);
    assert!(project.drawn(&built.diagnostics).contains("has 60000 × 60000 pixels"));
}

#[test]
fn a_picture_of_one_endless_line_is_refused_before_it_is_read() {
    // A line of 64 million has no more pixels than a picture may have; to make it smaller took three gigabytes.
    let line = |width, height| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        GrayImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).expect("a picture can be written");
        bytes.into_inner()
    };
    for (width, height) in [(65_536, 1), (1, 65_536)] {
        let project = showing("line.png", &line(width, height));
        let built = project.build();
        assert_eq!(codes(&built.diagnostics), ["bad-picture"]);
        let said = project.drawn(&built.diagnostics);
        assert!(said.contains(&format!("has {width} × {height} pixels")), "{said}");
        assert!(said.contains("65,535 across or down") && said.contains("help: save it smaller"), "{said}");
        output(&showing("line.png", &line(width.min(65_535), height.min(65_535))));
    }
}

#[test]
fn a_picture_by_another_name_is_told_with_the_right_one() {
    let project = showing("a.jpg", &photo(9, 9, ImageFormat::Png));
    let said = project.drawn(&project.build().diagnostics);
    assert!(said.contains("error[bad-picture]: `media/a.jpg` is a PNG picture by another name"), "{said}");
    assert!(said.contains("rename the file to `media/a.png`"), "{said}");
}

#[test]
fn a_file_in_the_place_of_a_size_is_told() {
    let project = || showing("a.jpg", &photo(900, 500, ImageFormat::Jpeg));
    assert_eq!(project().file("content/media/a.jpg.480.webp", "mine").codes(), ["same-output"]);
    let below = "---\ntitle: B\naliases: [media/a.jpg.480.webp/b.html]\n---\n";
    assert_eq!(project().file("content/pages/b.md", below).codes(), ["same-output"]);
}

#[test]
fn a_still_of_a_video_leads_to_it_and_nothing_is_embedded() {
    let front = "title: Shown\ndate: 2019\nmedia:\n  file: media/still.png\n  alt: A still\n  credit: Ada\n  licence: CC0\n  url: https://www.video.example/watch?v=1&t=2";
    let project =
        Project::new().event("shown", front, "Text.").file("content/media/still.png", photo(9, 9, ImageFormat::Png));
    let html = project.page_built("timeline/shown.html");
    assert!(
        html.contains("<a class=\"still\" href=\"https://www.video.example/watch?v=1&amp;t=2\" rel=\"external\"><img "),
        "{html}"
    );
    assert!(html.contains("Opens at video.example") && html.contains("Ada, CC0"));
    assert!(!html.contains("<iframe") && !html.contains("<video"));
    let unsafe_front = front.replace("https://www.video.example/watch?v=1&t=2", "javascript:alert(1)");
    let project = Project::new()
        .event("shown", &unsafe_front, "Text.")
        .file("content/media/still.png", photo(9, 9, ImageFormat::Png));
    assert_eq!(project.codes(), ["unsafe-link"]);
}

/// Builds a folder with a store.
fn build_in(folder: &Folder, store: &dyn Store) -> Built {
    let (files, found) = load::read(folder.path()).expect("the folder can be read");
    build_with(&files, found, Options::default(), store)
}

fn files(built: Built) -> Tree {
    let output = built.output.expect("nothing is wrong");
    output.files().map(|(path, file)| (path.to_owned(), file.bytes.to_vec())).collect()
}

/// Counts what a store was asked for, found and was given.
#[derive(Default)]
struct Counted<S> {
    store: S,
    found: std::sync::atomic::AtomicUsize,
    given: std::sync::atomic::AtomicUsize,
}

impl<S: Store> Counted<S> {
    fn over(store: S) -> Self {
        Self { store, found: 0.into(), given: 0.into() }
    }

    fn counts(&self) -> (usize, usize) {
        let count = |count: &std::sync::atomic::AtomicUsize| count.load(std::sync::atomic::Ordering::SeqCst);
        (count(&self.found), count(&self.given))
    }
}

impl<S: Store> Store for Counted<S> {
    fn get(&self, kind: &'static str, key: Key) -> Option<Vec<u8>> {
        self.store.get(kind, key).inspect(|_| {
            self.found.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        })
    }

    fn put(&self, kind: &'static str, key: Key, bytes: &[u8]) {
        self.given.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.store.put(kind, key, bytes);
    }

    fn settle(&self) {
        self.store.settle();
    }
}

#[test]
fn what_is_kept_is_used_and_what_was_tampered_with_is_made_again() {
    let folder = showing("street.jpg", &photo(1000, 600, ImageFormat::Jpeg)).on_disk();
    let afresh = Counted::over(Cache::under(folder.path()));
    let first = files(build_in(&folder, &afresh));
    assert_eq!(afresh.counts(), (0, 1));
    let again = Counted::over(Cache::under(folder.path()));
    assert_same(&first, &files(build_in(&folder, &again)), "afresh and from the cache");
    assert_eq!(again.counts(), (1, 0));
    for (path, bytes) in folder.tree(".dateline/cache") {
        let mut changed = bytes.clone();
        *changed.last_mut().expect("an entry has bytes") ^= 1;
        folder.put(&format!(".dateline/cache/{path}"), changed);
    }
    let tampered = Counted::over(Cache::under(folder.path()));
    assert_same(&first, &files(build_in(&folder, &tampered)), "afresh and from a cache that was tampered with");
    assert_eq!(tampered.counts(), (0, 1));
}

#[test]
fn a_picture_that_changes_is_made_anew_in_memory_too() {
    let folder = showing("street.jpg", &photo(1000, 600, ImageFormat::Jpeg)).on_disk();
    let store = Counted::over(Memory::default());
    let first = files(build_in(&folder, &store));
    folder.put("content/media/street.jpg", photo(1000, 700, ImageFormat::Jpeg));
    let second = files(build_in(&folder, &store));
    assert_eq!(store.counts(), (0, 2));
    assert_ne!(first["media/street.jpg.480.webp"], second["media/street.jpg.480.webp"]);
    assert_same(&second, &files(build_in(&folder, &dateline::cache::Nothing)), "with a store and without");
}

#[test]
fn sizes_have_the_same_bytes_with_any_number_of_threads() {
    let mut project = Project::new();
    let mut body = String::new();
    for at in 0..4 {
        project = project.file(&format!("content/media/{at}.jpg"), photo(700 + 90 * at, 500, ImageFormat::Jpeg));
        body.push_str(&format!("![Picture](../media/{at}.jpg)\n\n"));
    }
    let folder = project.page("p", &body).on_disk();
    let built = |threads: &str| {
        let out = format!("out-{threads}");
        let mut command = folder.command(&["build", "--quiet", "--out", &out]);
        super::project::Run::of(command.env("RAYON_NUM_THREADS", threads)).succeeds();
        folder.tree(&out)
    };
    let one = built("1");
    for path in folder.tree(".dateline").keys() {
        folder.delete(&format!(".dateline/{path}"));
    }
    assert_same(&one, &built("5"), "one thread and five");
    assert!(one.keys().filter(|path| path.ends_with(".webp")).count() >= 8);
}

#[test]
fn a_picture_that_no_page_shows_is_not_looked_at() {
    let project = Project::new().page("p", "A [file](../media/a.jpg).").file("content/media/a.jpg", "no picture");
    let built = project.build();
    assert_eq!(codes(&built.diagnostics), <[&str; 0]>::default());
    let output = built.output.expect("nothing is wrong");
    assert!(names(&output).contains(&"media/a.jpg"));
}
