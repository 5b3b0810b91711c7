//! The parts of a build, one by one: `cargo bench --locked`. Whole builds beside other generators are in `benches/peers/`, and
//! counts of instructions, for changes too small for the clock, in `benches/instructions`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a benchmark makes its own files")]
#![allow(missing_docs, reason = "the macro makes what it likes")]

use std::sync::Arc;

use dateline::builder::{Cache, Options, build, build_again};
use dateline::cache::Nothing;
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::load::raw::RawPage;
use dateline::markdown::{Html, Input, Layout, parse};
use dateline::model::date::Date;
use dateline::model::figure::{self, Context, UnitNames};
use dateline::write::{WriteOptions, write};
use dateline::yaml::{self, Shape};
use divan::{Bencher, black_box};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const FRONT: &str = "title: The tower\ndate: 1889-03-31\nsummary: It opens, [up to 2 million](claim:visits-5) came.\n\
    groups: [towers, records]\nsources: [report-5, {id: wire-5, locator: p. 3}]\nclaims:\n  - id: visits-5\n    \
    figure: up to 2 million visitors\n    said-by: The builders\n    status: estimate\n    sources: [report-5]\n";

fn body(number: usize, mark: &str) -> String {
    format!(
        "The {mark} tower drew [up to 2 million visitors](claim:visits-{number}) in its first year [@report-{number}, p. 3]. \
         A paragraph *of prose* that goes on for a while, as prose does, with [a link](https://example.org/a) in it.\n\n\
         ## What was counted\n\n- one thing\n- another thing, **strongly**\n- a third[^1]\n\n\
         | Year | Count |\n|---|--:|\n| first | 5 |\n| second | 6 |\n\n> A quotation, which is longer than it need be.\n\n\
         ## What was not\n\nMore prose. And more of it, so that a page has something to say.\n\n[^1]: A note.\n"
    )
}

fn site(events: usize) -> Files {
    let mut files = Files::default();
    let mut sources = String::new();
    files.insert_text("content/site.yaml", "title: A site\n");
    files.insert_text("content/index.md", "---\ntitle: Home\n---\nHello.\n");
    for number in 0..events {
        let day = format!("{}-{:02}-{:02}", 1900 + number / 300 % 120, number / 25 % 12 + 1, number % 25 + 1);
        let front = FRONT.replace("1889-03-31", &day).replace("-5", &format!("-{number}"));
        files.insert_text(event(number), format!("---\n{front}---\n{}", body(number, "iron")));
        sources.push_str(&format!("report-{number}: {{type: report, title: A report}}\nwire-{number}: {{type: article-newspaper, title: A wire}}\n"));
    }
    files.insert_text("content/sources.yaml", sources);
    files
}

fn event(number: usize) -> String {
    format!("content/timeline/event-{number:06}.md")
}

#[divan::bench(args = ["2019", "2019-08-05", "2019-08~", "2020/2021-06~", "1984-06?/2004-08?"])]
fn edtf(text: &str) -> bool {
    Date::parse(black_box(text)).is_ok()
}

#[divan::bench(args = ["7 attacks", "up to 2 billion USD", "an estimated 1.4 to 1.46 billion USD"])]
fn figure_parse(text: &str) -> bool {
    figure::parse(black_box(text), Context::default()).is_ok()
}

#[divan::bench]
fn figures_in_a_text(bencher: Bencher<'_, '_>) {
    let text = body(5, "iron");
    bencher.bench(|| figure::find(black_box(&text), Context::default(), &UnitNames::new()));
}

#[divan::bench]
fn front_matter(bencher: Bencher<'_, '_>) {
    let (shape, file) = (Shape::of::<RawPage>(), Arc::from("content/a.md"));
    bencher.bench(|| yaml::read::<RawPage>(&file, black_box(FRONT), 0, &shape, &mut Diagnostics::default()).is_some());
}

#[divan::bench]
fn markdown_with_claims(bencher: Bencher<'_, '_>) {
    let (text, file) = (body(5, "iron"), Arc::from("content/a.md"));
    let place = |range| range;
    let input = Input { text: &text, file: &file, place: &place, layout: Layout::Blocks, html: Html::Sanitize };
    bencher.bench_local(|| parse(black_box(&input), &mut Diagnostics::default()));
}

/// A text is edited and the site built again: one page is read, checked and rendered, everything else taken again.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 20, sample_size = 1)]
fn edit_of_a_text(bencher: Bencher<'_, '_>, events: usize) {
    let (mut files, mut cache, mut edits) = (site(events), Cache::default(), 0);
    let mut again = |files: &Files| {
        build_again(files, Diagnostics::default(), Options::default(), &Nothing, &mut cache, &mut |_| {})
            .output
            .unwrap()
    };
    again(&files);
    bencher.bench_local(|| {
        edits += 1;
        let number = edits * 37 % events;
        let text = files.text(&event(number)).unwrap().replacen("The iron tower", "The iron, iron tower", 1);
        files.insert_text(event(number), text);
        again(&files)
    });
}

/// A title is edited: every page may show it, and is rendered again.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5, sample_size = 1)]
fn edit_of_a_title(bencher: Bencher<'_, '_>, events: usize) {
    let (mut files, mut cache, mut edits) = (site(events), Cache::default(), 0);
    let mut again = |files: &Files| {
        build_again(files, Diagnostics::default(), Options::default(), &Nothing, &mut cache, &mut |_| {})
            .output
            .unwrap()
    };
    again(&files);
    bencher.bench_local(|| {
        edits += 1;
        let text = files.text(&event(edits)).unwrap().replacen("title: The tower", "title: A tower", 1);
        files.insert_text(event(edits), text);
        again(&files)
    });
}

#[divan::bench(args = [1, 10, 100, 1_000], sample_count = 10, sample_size = 1)]
fn build_afresh(bencher: Bencher<'_, '_>, events: usize) {
    let files = site(events);
    bencher.bench_local(|| build(black_box(&files), Diagnostics::default(), Options::default()).output.unwrap());
}

/// Into an empty folder, and over what is there already.
#[divan::bench(args = [false, true], sample_count = 10, sample_size = 1)]
fn write_1_000(bencher: Bencher<'_, '_>, over: bool) {
    let output = build(&site(1_000), Diagnostics::default(), Options::default()).output.unwrap();
    bencher
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            if over {
                write(&output, folder.path(), &WriteOptions::default()).unwrap();
            }
            folder
        })
        .bench_local_values(|folder| {
            write(&output, folder.path(), &WriteOptions::default()).unwrap();
            folder
        });
}
