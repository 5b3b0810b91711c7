//! A server that is edited and asked for a long time: it stays right, and does not grow.
//!
//! Left out of the ordinary tests because it takes minutes; `tests/soak serve` runs it. `DATELINE_EDITS` says how many edits.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::super::project::Project;
use super::super::world::{SetAtEnd, figure};
use super::server::Server;

/// Returns the memory that a process has, in kilobytes.
fn memory(server: &Server) -> u64 {
    server.figure("VmRSS:")
}

fn event(number: usize, edit: usize) -> String {
    format!("---\ntitle: Event {number}, edit {}\ndate: 19{number:02}\n---\nText {edit} of it.\n", edit / 10)
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "takes minutes; `tests/soak serve` runs it"]
fn many_edits_and_readers_leave_it_right_and_as_large_as_it_was() {
    let edits = std::env::var("DATELINE_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(400_usize);
    let project = (0..100).fold(Project::new(), |project, number| {
        project.file(&format!("content/timeline/e{number}.md"), event(number, 0))
    });
    let folder = project.on_disk();
    let server = Server::free(&folder);
    let (done, asked) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut sizes = Vec::new();
    std::thread::scope(|scope| {
        for reader in 0..2 {
            let (server, done, asked) = (&server, &done, &asked);
            scope.spawn(move || {
                let pages = ["/", "/timeline/e1.html", "/nothing.html", "/search.json"];
                while !done.load(Ordering::Relaxed) {
                    let status = server.get(pages[(reader + asked.load(Ordering::Relaxed) as usize) % 4]).status;
                    assert!(matches!(status, 200 | 404), "it answers with {status}");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let _end = SetAtEnd(&done);
        for edit in 1..=edits {
            let number = edit % 100;
            folder.put(&format!("content/timeline/e{number}.md"), event(number, edit));
            server.until(&format!("/timeline/e{number}.html"), &format!("Text {edit} of it."));
            if edit % 7 == 0 {
                drop(server.events());
            }
            sizes.push(memory(&server));
        }
    });
    // What is kept for the next build is there after a while; from then on nothing may be added.
    let mean = |part: &[u64]| part.iter().sum::<u64>() / part.len() as u64;
    let quarter = edits / 4;
    let (early, late) = (mean(&sizes[quarter..2 * quarter]), mean(&sizes[3 * quarter..]));
    figure(&format!(
        "serve: {edits} edits, {} requests meanwhile, memory {} MB in the second quarter and {} MB in the last",
        asked.load(Ordering::Relaxed),
        early / 1024,
        late / 1024
    ));
    assert!(late < early + early / 10 + 4096, "it grows: from {early} kB to {late} kB");
}
