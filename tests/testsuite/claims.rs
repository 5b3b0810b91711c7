//! Texts are held against their claims: on the first site, a slip gives one mistake, of the right kind, at its place.

use std::path::Path;

use dateline::builder::{Built, Options, build, compare};
use dateline::diagnostic::{Severity, position};
use dateline::file::Files;
use dateline::load;
use dateline::model::date::FullDate;

use super::project::{Folder, Project, repository};

const EVENT: &str = "content/timeline/2019-un-warning.md";
const LINK: &str = "[up to $2bn](claim:raised-by-2019)";

/// Reads the first site and replaces the last `old` of the body of an event.
fn first_site(old: &str, new: &str) -> (Files, String) {
    let (mut files, found) = load::read(&repository()).expect("the repository can be read");
    assert_eq!(found.iter().count(), 0, "the first site has nothing wrong");
    let text = files.text(EVENT).expect("the event is there").to_string();
    let at = text.rfind(old).unwrap_or_else(|| panic!("`{old}` is not in {EVENT}"));
    let changed = format!("{}{new}{}", &text[..at], &text[at + old.len()..]);
    files.insert_text(EVENT, changed.clone());
    (files, changed)
}

fn built(files: &Files) -> Built {
    let today = FullDate::parse("2026-11-20").expect("it is a day");
    build(files, dateline::diagnostic::Diagnostics::default(), Options { today: Some(today), ..Options::default() })
}

/// Returns the mistakes of the first site after a change: code, line and column, and what is pointed at.
fn mistakes(old: &str, new: &str) -> Vec<(&'static str, (usize, usize), String)> {
    let (files, text) = first_site(old, new);
    let built = built(&files);
    let mistakes = built.diagnostics.iter().filter(|found| found.severity == Severity::Error).map(|found| {
        let span = &found.primary.as_ref().expect("a mistake in a text has a place").span;
        (found.code.name(), position(&text, span.start), text[span.start..span.end].to_owned())
    });
    mistakes.collect()
}

/// Returns the line and column of what stands in place of the link, after its hedge and bracket.
fn place(new: &str, pointed_at: &str) -> (usize, usize) {
    let (_, text) = first_site(LINK, new);
    let start = text.rfind(new).expect("it was put there");
    let within = new.find(pointed_at).expect("it is in the change");
    position(&text, start + within)
}

#[test]
fn a_slip_in_the_first_site_gives_one_mistake_at_its_place() {
    for (typed, code, pointed_at) in [
        ("as said, [$2bn](claim:raised-by-2019)", "dropped-hedge", "$2bn"),
        ("as said, [$2 billion](claim:raised-by-2019)", "dropped-hedge", "$2 billion"),
        ("[up to $3bn](claim:raised-by-2019)", "figure-mismatch", "up to $3bn"),
        ("as said, [£2bn](claim:raised-by-2019)", "unit-mismatch", "£2bn"),
        ("[up to $2.0bn](claim:raised-by-2019)", "false-precision", "up to $2.0bn"),
        ("as said, up to $2bn", "unsourced-figure", "up to $2bn"),
    ] {
        assert_eq!(mistakes(LINK, typed), [(code, place(typed, pointed_at), pointed_at.to_owned())], "{typed}");
    }
}

#[test]
fn other_words_for_the_same_are_no_mistake() {
    for typed in ["up to US$2 billion", "as much as 2 billion dollars", "at most $2bn", "up to 2 billion US dollars"] {
        assert_eq!(mistakes(LINK, &format!("[{typed}](claim:raised-by-2019)")), [], "{typed}");
        assert_eq!(mistakes(LINK, &format!("an estimated [{typed}](claim:raised-by-2019)")), [], "{typed}");
    }
    assert_eq!(mistakes(LINK, "up to [$2bn](claim:raised-by-2019)"), [], "a hedge before the link counts");
}

#[test]
fn a_figure_in_a_title_is_one_of_the_page() {
    let project = |title: &str| {
        Project::new().file("content/site.yaml", "title: A\ncurrency: USD\n").file("content/sources.yaml", "s:\n  title: S\n").event(
            "2019",
            &format!(
                "title: {title}\ndate: 2019\nclaims:\n  - {{id: c, figure: up to 2 billion USD, said-by: A, sources: [s]}}"
            ),
            "It was [up to $2bn](claim:c).",
        )
    };
    let codes = |title: &str| -> Vec<&str> {
        project(title).build().diagnostics.iter().map(|found| found.code.name()).collect()
    };
    assert_eq!(codes("Up to $2bn raised"), Vec::<&str>::new());
    assert_eq!(codes("The $2bn raid"), ["dropped-hedge"]);
    assert_eq!(codes("Up to $5bn raised"), ["figure-mismatch"]);
    assert_eq!(codes("Seven raids, 40% of all"), ["unsourced-figure"]);
}

#[test]
fn a_claim_says_who_said_it_and_where() {
    let project = |claim: &str| {
        Project::new().file("content/sources.yaml", "s:\n  title: S\n").event(
            "2019",
            &format!("title: A\ndate: 2019\nsources: [s]\nclaims:\n  - {{id: c, {claim}}}"),
            "See [this](claim:c).",
        )
    };
    for (claim, code) in [
        ("figure: 3 attacks, sources: [s]", "no-attribution"),
        ("figure: 3 attacks, said-by: A", "no-source"),
        ("said-by: A, sources: [s]", "empty-claim"),
        ("figure: 3 attacks, said-by: A, sources: [s], status: disputed", "undisputed"),
    ] {
        let built = project(claim).build();
        let codes: Vec<_> = built.diagnostics.iter().map(|found| found.code.name()).collect();
        assert_eq!(codes, [code], "{claim}");
        assert!(built.output.is_none(), "{claim}");
    }
    assert!(
        project("figure: 3 attacks, said-by: A, sources: [s], status: disputed, note: Why").build().output.is_some()
    );
}

#[test]
fn a_quotation_must_be_in_the_stored_copy() {
    let project = |body: &str| {
        Project::new()
            .file("content/sources.yaml", "s:\n  title: S\n  evidence: s.html\n")
            .file("evidence/s.html", "<p>They called it <b>a sheer\n fabrication</b>, and “it’s over”.</p>")
            .page("quotes", body)
    };
    let codes = |body: &str| -> Vec<&str> {
        project(body).build_from_disk().diagnostics.iter().map(|found| found.code.name()).collect()
    };
    assert_eq!(codes("It is “a sheer fabrication” [@s], said one."), Vec::<&str>::new());
    assert_eq!(codes("> They called it a sheer fabrication, and \"it's over\" [@s]."), Vec::<&str>::new());
    assert_eq!(codes("It is “a sheer invention” [@s]."), ["quote-not-found"]);
    assert_eq!(codes("> They said nothing.\n\n[@s]"), ["quote-not-found"]);
    assert!(
        project("“a sheer fabrication” [@s]")
            .build_from_disk()
            .output
            .expect("it is built")
            .get("evidence/s.html.txt")
            .is_none()
    );
}

#[test]
fn a_changed_figure_without_a_correction_is_told() {
    let (mut files, _) = first_site(LINK, LINK);
    let earlier = files.clone();
    let text = files.text(EVENT).expect("the event is there").replace("up to 2 billion USD", "up to 3 billion USD");
    let text = text.replace("up to $2bn", "up to $3bn");
    let told = |text: &str, files: &mut Files| -> Vec<String> {
        files.insert_text(EVENT, text);
        let mut built = built(files);
        compare(&mut built, &earlier, "HEAD");
        let silent = built.diagnostics.iter().filter(|found| found.code.name() == "silent-change");
        silent.map(|found| found.message.clone()).collect()
    };
    let message = "the `figure` of the claim `raised-by-2019` has changed since HEAD, and no correction says so";
    assert_eq!(told(&text, &mut files), [message]);
    let corrected = text.replacen(
        "importance: key\n",
        "importance: key\ncorrections:\n  - {date: 2026-11-20, note: An earlier version gave another ceiling.}\n",
        1,
    );
    assert_eq!(told(&corrected, &mut files), Vec::<String>::new());
}

#[test]
fn check_since_reads_the_earlier_state_from_git() {
    let folder = Folder::empty();
    folder.run(&["new", "site", "."]).succeeds();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        let run =
            std::process::Command::new("git").arg("-C").arg(folder.path()).args(identity).args(arguments).output();
        assert!(run.expect("git is there").status.success(), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    let event = folder.path().join("content/timeline/1889-tower.md");
    let text = std::fs::read_to_string(&event).expect("it is there").replace("300 metres", "301 metres");
    std::fs::write(&event, text).expect("it can be written");
    let run = folder.run(&["check", "--since", "HEAD"]).succeeds();
    assert!(
        run.err.contains("warning[silent-change]: the `figure` of the claim `height-almanac` has changed since HEAD"),
        "{}",
        run.err
    );
    assert!(Path::new(&event).exists());
}

#[test]
fn the_ledger_and_its_downloads_hold_the_same_rows() {
    let (files, _) = first_site(LINK, LINK);
    let built = built(&files);
    let (site, output) = (built.site.expect("it is read"), built.output.expect("it is built"));
    let ledger =
        String::from_utf8(output.get("ledger.html").expect("there is a ledger").bytes.to_vec()).expect("it is text");
    for (_, claim) in site.claims() {
        assert!(
            ledger.contains(&format!("id=\"claim-{}\"", claim.id.value)),
            "{} is not in the ledger",
            claim.id.value
        );
    }
    let csv = &output.get("data/claims.csv").expect("there is a CSV").bytes;
    let ids: Vec<String> =
        csv::Reader::from_reader(&csv[..]).records().map(|record| record.expect("it is CSV")[0].to_owned()).collect();
    let claims: Vec<String> = site.claims().map(|(_, claim)| claim.id.value.to_string()).collect();
    assert_eq!(ids, claims);
}

#[test]
fn a_figure_behind_blanks_in_a_title_is_pointed_at_where_it_is_typed() {
    let project = Project::new().event("flood", "title: \"  It cost  $5\"\ndate: 2019", "A text.");
    let drawn = project.drawn(&project.build().diagnostics);
    assert!(drawn.contains("flood.md:2:20"), "{drawn}");
}
