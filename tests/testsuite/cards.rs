//! Social cards: one for each page, from the theme's drawing and fonts, the same everywhere.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::TcpListener;

use dateline::builder::{Built, Options, build_with};
use dateline::cache::{Folder as Cache, Nothing, Store};
use dateline::load;
use dateline::output::Output;

use super::project::{Folder, Project, Run, assert_same, codes};

const SITE: &str = "title: A site\nurl: https://example.org/a\ngroups: {floods: Floods}\n";

const EVENT: &str = "title: The dyke breaks & water takes < 7 streets\ndate: 1953-02\ngroups: [floods]\nclaims:\n  - {id: c, figure: up to 2 billion USD, said-by: Flood Panel, sources: [s]}";

/// A site with an address, an event whose claim has a figure, a page and a group.
fn site() -> Project {
    Project::new()
        .file("content/site.yaml", SITE)
        .file("content/sources.yaml", "s: {type: book, title: A book}\n")
        .event("flood", EVENT, "It cost [up to $2bn](claim:c).")
        .page("about", "Text.")
}

fn output(project: &Project) -> Output {
    let built = project.build();
    built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics)))
}

fn cards(output: &Output) -> BTreeSet<&str> {
    output.files().map(|(path, _)| path).filter(|path| path.starts_with("cards/")).collect()
}

/// Reads the size of a PNG from its first chunk.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

/// A theme whose pages say what `page.card` is, and whose card is `svg`.
fn with_card(project: Project, svg: &str) -> Project {
    project.file("themes/broadsheet/templates/card.svg", svg).file(
        "themes/broadsheet/templates/page.html",
        "{% if page.card %}{{ page.card.path }}|{{ page.card.width }}|{{ page.card.height }}|{{ page.card.alt }}{% else %}none{% endif %}",
    )
}

#[test]
fn every_page_has_a_card_of_its_own_path_but_404_and_those_that_repeat_or_list_files() {
    let output = output(&site());
    let pages = output.files().map(|(path, _)| path).filter(|path| path.ends_with(".html"));
    let pages = pages.filter(|path| !["404.html", "all.html", "data.html"].contains(path));
    let expected: BTreeSet<String> =
        pages.map(|path| format!("cards/{}.png", path.strip_suffix(".html").expect("a page"))).collect();
    assert!(expected.contains("cards/timeline/flood.png") && expected.contains("cards/groups/floods.png"));
    assert_eq!(cards(&output), expected.iter().map(String::as_str).collect());
    for card in cards(&output) {
        assert_eq!(size(&output.get(card).expect("a card").bytes), (1200, 630), "{card}");
    }
}

#[test]
fn a_page_tells_where_its_card_is_and_what_it_says() {
    let project = with_card(site(), "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'/>");
    assert_eq!(
        project.page_built("timeline/flood.html"),
        "cards/timeline/flood.png|1200|630|The dyke breaks &amp; water takes &lt; 7 streets · February 1953 · up to $2bn, Flood Panel"
    );
    let without = project.file("content/site.yaml", SITE.replace("url: https://example.org/a\n", ""));
    assert_eq!(without.page_built("timeline/flood.html"), "none");
}

#[test]
fn cards_are_made_where_there_is_an_address_unless_site_yaml_says_otherwise() {
    let count = |settings: &str| cards(&output(&site().file("content/site.yaml", settings))).len();
    let address = "title: A site\nurl: https://example.org/a\n";
    assert!(count(address) > 3);
    assert_eq!(count(&format!("{address}outputs: {{cards: false}}\n")), 0);
    assert_eq!(count("title: A site\n"), 0);
    assert!(count("title: A site\noutputs: {cards: true}\n") > 3);
}

#[test]
fn a_card_shows_the_title_the_date_and_the_figure_of_an_event() {
    let shown = |front: &str| {
        output(&site().event("flood", front, "It cost [up to $2bn](claim:c)."))
            .get("cards/timeline/flood.png")
            .expect("a card")
            .bytes
            .clone()
    };
    let whole = shown(EVENT);
    for (old, new) in [("The dyke", "A dyke"), ("1953-02", "1953-03"), ("Flood Panel", "Rain Panel")] {
        assert_ne!(whole, shown(&EVENT.replace(old, new)), "{new} makes no difference");
    }
    assert_eq!(whole, shown(&format!("{EVENT}\npublished: 2020-01-01")), "what is not on the card makes none");
}

#[test]
fn a_title_is_parted_into_lines_that_have_room_and_is_escaped() {
    let svg = "{% set t = page.title | fit(font=\"Newsreader Display\", width=600, height=130, leading=1.0, from=60, to=40) %}\
        <svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'>{% for line in t.lines %}<text font-family='Newsreader Display' font-size='{{ t.size }}' y='{{ 60 * loop.index }}'>{{ line }}</text>{% endfor %}</svg>";
    let project = with_card(site(), svg);
    assert!(cards(&output(&project)).contains("cards/timeline/flood.png"));
    let narrow = with_card(site(), &svg.replace("width=600", "width=300"));
    let card = |project: &Project| output(project).get("cards/timeline/flood.png").expect("a card").bytes.clone();
    assert_ne!(card(&project), card(&narrow));
}

#[test]
fn a_site_changes_its_card_with_a_template_and_its_colours_with_variables() {
    let card = |project: &Project| output(project).get("cards/index.png").expect("a card").bytes.clone();
    let blue =
        site().file("content/site.yaml", format!("{SITE}variables: {{paper: \"light-dark(#0000ff, black)\"}}\n"));
    assert_ne!(card(&site()), card(&blue));
    let own = with_card(
        site(),
        "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'><rect width='600' height='630'/></svg>",
    );
    assert_ne!(card(&site()), card(&own));
}

#[test]
fn a_card_reads_no_file_and_no_picture_from_afar() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='1200' height='630'>IMAGE</svg>";
    let card = |svg: &str| output(&with_card(site(), svg)).get("cards/index.png").expect("a card").bytes.clone();
    let folder = Folder::empty();
    folder.put(
        "secret.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.set_nonblocking(true).expect("it can be asked whether somebody came");
    let afar = listener.local_addr().expect("it has an address");
    let secret = folder.path().join("secret.svg").display().to_string();
    let plain = card(&svg.replace("IMAGE", ""));
    let addresses = [
        secret.clone(),
        format!("file://{secret}"),
        format!("http://{afar}/secret.svg"),
        format!("https://{afar}/secret.svg"),
        format!("//{afar}/secret.svg"),
    ];
    for address in addresses {
        let image = format!(
            "<style>@import url({address}); @font-face {{ font-family: far; src: url({address}) }}</style>\
             <image width='900' height='600' href='{address}' xlink:href='{address}'/><use href='{address}#a'/>"
        );
        assert!(card(&svg.replace("IMAGE", &image)) == plain, "`{address}` is on the card");
    }
    let came = listener.accept().map(|(_, from)| from).map_err(|error| error.kind());
    assert_eq!(came, Err(ErrorKind::WouldBlock), "somebody was asked for a picture");
}

#[test]
fn a_title_in_letters_that_no_font_has_gets_no_card_and_that_is_said_once() {
    let project =
        site().event("other", "title: 북한\ndate: 2019", "Text.").event("third", "title: 해킹\ndate: 2020", "Text.");
    let built = project.build();
    assert_eq!(codes(&built.diagnostics), ["no-card"]);
    let said = project.drawn(&built.diagnostics);
    assert!(said.contains("there is no social card for `content/timeline/other.md` and one other page"), "{said}");
    assert!(said.contains("content/timeline/other.md:2:8") && said.contains("has `북`"), "{said}");
    let output = built.output.expect("a warning stops nothing");
    assert!(
        !cards(&output).contains("cards/timeline/other.png") && cards(&output).contains("cards/timeline/flood.png")
    );
}

#[test]
fn a_card_that_cannot_be_drawn_names_the_template_and_the_page() {
    let wrong = [
        (
            "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='315'/>",
            "it is 600 × 315 pixels large, not 1200 × 630",
        ),
        ("no drawing", ""),
        ("{{ page.title | fit(font=\"Comic\", width=9, from=9) }}", "there is no font `Comic` in `card-fonts/`"),
        ("{{ card.nothing.there }}", ""),
    ];
    for (svg, why) in wrong {
        let project = with_card(site(), svg);
        let built = project.build();
        let said = project.drawn(&built.diagnostics);
        assert!(
            codes(&built.diagnostics).iter().all(|code| *code == "bad-template") && built.output.is_none(),
            "{said}"
        );
        assert!(said.contains("card.svg") && said.contains("content/index.md") && said.contains(why), "{said}");
    }
}

#[test]
fn a_font_that_is_none_is_told() {
    let project = site().file("themes/broadsheet/card-fonts/broken.ttf", "no font");
    assert_eq!(project.codes(), ["bad-theme"]);
}

#[test]
fn a_file_in_the_place_of_a_card_is_told() {
    assert_eq!(site().file("content/cards/timeline/flood.png", "mine").codes(), ["same-output"]);
}

fn build_in(folder: &Folder, store: &dyn Store) -> Built {
    let (files, found) = load::read(folder.path()).expect("the folder can be read");
    build_with(&files, found, Options::default(), store)
}

#[test]
fn cards_are_kept_and_one_that_was_tampered_with_is_drawn_again() {
    let folder = site().on_disk();
    let afresh = build_in(&folder, &Nothing).output.expect("nothing is wrong");
    assert!(!folder.has(".dateline"), "nothing is kept unasked");
    assert!(build_in(&folder, &Cache::under(folder.path())).output.is_some());
    let kept = folder.tree(".dateline/cache/card");
    assert_eq!(kept.len(), cards(&afresh).len());
    for (path, bytes) in &kept {
        folder.put(&format!(".dateline/cache/card/{path}"), &bytes[..bytes.len() - 1]);
    }
    let again = build_in(&folder, &Cache::under(folder.path())).output.expect("nothing is wrong");
    assert!(afresh == again, "a cache that was tampered with changes the output");
    assert_same(&kept, &folder.tree(".dateline/cache/card"), "what was tampered with is mended");
}

#[test]
fn cards_have_the_same_bytes_with_any_number_of_threads() {
    let built = |threads: &str| {
        let folder = site().on_disk();
        let mut command = folder.command(&["build", "--quiet"]);
        Run::of(command.env("RAYON_NUM_THREADS", threads)).succeeds();
        folder.tree("public/cards")
    };
    let one = built("1");
    assert!(one.len() > 5);
    assert_same(&one, &built("5"), "one thread and five");
}
