//! Reading without a network: the service worker `sw.js`, the script that registers it, and the web app manifest.
//!
//! The worker asks the network first and falls back to what it keeps, so that a reader who is connected never sees an old
//! page. What it keeps beforehand is listed here with hashes: a new publication changes the list, the list is part of
//! the worker, and a changed worker is fetched by browsers by themselves. Nothing here runs from a disk.

use std::collections::HashMap;

use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::model::Site;
use crate::output::{Content, Output, Stage};
use crate::theme::Theme;
use crate::view::{direction, path_address};

/// What a reader's browser keeps beforehand, at most. A larger site keeps its frame, and every page that was visited.
const MOST_FILES: usize = 500;
const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// The worker, with two places that are filled here.
const WORKER: &str = include_str!("offline/sw.js");
/// What registers it.
const REGISTRATION: &str = include_str!("offline/register.js");

/// Makes the files: paths, stages and bytes.
pub(super) fn files<C: Content>(
    output: &Output<C>,
    site: &Site,
    theme: &Theme,
    hashes: &mut Hashes<C>,
) -> Vec<(String, Stage, Vec<u8>)> {
    let script = ("static/offline.js".to_owned(), Stage::Asset, REGISTRATION.as_bytes().to_vec());
    let manifest = ("site.webmanifest".to_owned(), Stage::Index, manifest(site, theme).into_bytes());
    let mut kept = kept(output, hashes);
    kept.extend([&script, &manifest].map(|(path, _, bytes)| (path.clone(), short_hash(bytes))));
    kept.sort();
    // One file a line, so that two versions can be compared.
    let lines: Vec<String> =
        kept.iter().map(|(path, hash)| format!("  {}: \"{hash}\"", json!(path_address(path)))).collect();
    let list = format!("{{\n{}\n}}", lines.join(",\n"));
    let worker = WORKER.replace("VERSION_OF_THE_SITE", &short_hash(list.as_bytes())).replace("{/* files */}", &list);
    vec![script, manifest, ("sw.js".to_owned(), Stage::Index, worker.into_bytes())]
}

/// The hashes of the last build, with the bytes that they are of, for the next one.
#[derive(Debug)]
pub(super) struct Hashes<C>(HashMap<String, (C, String)>);

impl<C> Default for Hashes<C> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<C: Content> Hashes<C> {
    /// Returns the hash of a file; of bytes that lie at the same place it is known.
    fn of(&mut self, path: &str, bytes: &C) -> String {
        match self.0.get(path) {
            Some((last, hash)) if last.is(bytes) => hash.clone(),
            _ => {
                let hash = shortened(&bytes.sum());
                self.0.insert(path.to_owned(), (bytes.clone(), hash.clone()));
                hash
            }
        }
    }
}

/// Lists what is kept beforehand, with hashes.
fn kept<C: Content>(output: &Output<C>, hashes: &mut Hashes<C>) -> Vec<(String, String)> {
    let all: Vec<_> = output.files().filter(|(path, _)| !is_for_others(path)).collect();
    let bytes: u64 = all.iter().map(|(_, file)| file.bytes.length()).sum();
    let whole = all.len() <= MOST_FILES && bytes <= MOST_BYTES;
    let all: Vec<_> = all.into_iter().filter(|(path, _)| whole || is_frame(path)).collect();
    // What is kept no more is forgotten.
    hashes.0.retain(|path, (bytes, _)| output.get(path).is_some_and(|file| file.bytes.is(bytes)));
    all.into_iter().map(|(path, file)| (path.to_owned(), hashes.of(path, &file.bytes))).collect()
}

/// Tells whether a file is for hosts, feed readers, search engines or for handing on, and not for reading in place.
fn is_for_others(path: &str) -> bool {
    let named = ["_headers", ".nojekyll", "robots.txt", "sitemap.xml", "feed.xml", "feed.json"];
    named.contains(&path) || ["editions/", "cards/", "evidence/"].iter().any(|folder| path.starts_with(folder))
}

/// Tells whether a file belongs to what every page needs, or to where a reader begins.
fn is_frame(path: &str) -> bool {
    let font = path.ends_with(".woff2") || path.ends_with(".css") || path.ends_with(".js") || path.ends_with(".svg");
    path == "index.html" || path == "404.html" || (path.starts_with("static/") && font)
}

fn short_hash(bytes: &[u8]) -> String {
    shortened(&Sha256::digest(bytes).into())
}

fn shortened(sum: &[u8; 32]) -> String {
    sum[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes the web app manifest (W3C). Its addresses are relative to itself, at the root.
fn manifest(site: &Site, theme: &Theme) -> String {
    let config = &site.config;
    let icons: Vec<_> = [
        ("icon.svg", "any", "image/svg+xml"),
        ("icon-192.png", "192x192", "image/png"),
        ("icon-512.png", "512x512", "image/png"),
    ]
    .into_iter()
    .filter(|(file, _, _)| theme.statics.contains_key(*file))
    .map(|(file, sizes, kind)| json!({"src": format!("static/{file}"), "sizes": sizes, "type": kind}))
    .collect();
    let mut manifest = json!({
        "name": config.title,
        "lang": config.language,
        "dir": direction(&config.language),
        "start_url": "index.html",
        "scope": "./",
        "id": "index.html",
        "display": "browser",
        "icons": icons,
    });
    if !config.description.is_empty() {
        manifest["description"] = json!(config.description);
    }
    let text = serde_json::to_string_pretty(&manifest).expect("text is JSON");
    format!("{text}\n")
}
