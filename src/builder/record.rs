//! What a build came to, kept for a build of the same files: then nothing has to be made again.
//!
//! A record is a conclusion and never a truth: it says of one set of files which output they give and what was found in
//! them. It is found only by the digest of all that a build depends on, and it is used only where the output folder
//! holds that output, byte for byte. There is one for a site and one for the site with its drafts, so that they do not
//! heap up. What cannot be read counts as missing, without a word.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cache::{Key, Store};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Label, Severity, Span};
use crate::file::Files;

use super::Options;

/// The kind of its entries in a store.
const KIND: &str = "build";

/// To be changed with anything below that is written to the disk.
const FORM: &[u8] = b"1";

/// What a build of some files came to, without an error among what was found.
#[derive(Clone, Debug)]
pub struct Record {
    /// The SHA-256 of the list that [`crate::sums::checksums`] makes of the output.
    pub list: [u8; 32],
    /// How many pages the output has.
    pub pages: usize,
    /// How many other files the output has.
    pub others: usize,
    /// What was found, sorted.
    pub diagnostics: Diagnostics,
}

/// Where the record of a build is kept, and what it must have been made of.
#[derive(Clone, Copy, Debug)]
pub struct Recall {
    slot: Key,
    made_of: Key,
}

impl Recall {
    /// Digests all that a build depends on. `program` tells one program from every other, also of the same version;
    /// `found` is what was found while the files were read.
    pub fn new(program: &str, files: &Files, found: &Diagnostics, options: Options) -> Self {
        let today = options.today.map_or(String::new(), |day| day.to_string());
        let edition = format!("{:?}", options.edition);
        let found = kept(found);
        let digest = digest(files);
        let drafts: &[u8] = if options.drafts { b"with drafts" } else { b"without drafts" };
        let parts: [&[u8]; 7] =
            [FORM, program.as_bytes(), digest.as_bytes(), &found, today.as_bytes(), edition.as_bytes(), drafts];
        Self { slot: Key::of(&[KIND.as_bytes(), drafts]), made_of: Key::of(&parts) }
    }

    /// Returns the record of a build of the same files, where there is one.
    pub fn find(&self, store: &dyn Store) -> Option<Record> {
        let bytes = store.get(KIND, self.slot)?;
        let rest = bytes.strip_prefix(self.made_of.as_bytes())?;
        let kept: Kept = serde_json::from_slice(rest).ok()?;
        let mut diagnostics = Diagnostics::default();
        for found in kept.found {
            diagnostics.push(found.told()?);
        }
        Some(Record { list: kept.list, pages: kept.pages, others: kept.others, diagnostics })
    }

    /// Keeps the record of a build; one that is there already is left alone. Nothing is kept where there is an error.
    pub fn keep(&self, store: &dyn Store, record: &Record) {
        if record.diagnostics.has_errors() {
            return;
        }
        let kept = Kept {
            list: record.list,
            pages: record.pages,
            others: record.others,
            found: record.diagnostics.iter().map(Found::of).collect(),
        };
        let json = serde_json::to_vec(&kept).expect("texts and numbers are JSON");
        let bytes = [self.made_of.as_bytes(), &json[..]].concat();
        if store.get(KIND, self.slot).as_ref() != Some(&bytes) {
            store.put(KIND, self.slot, &bytes);
        }
    }
}

/// Returns the digest of a list of checksums, as a [`Record`] has it.
pub fn digest_of_list(list: &str) -> [u8; 32] {
    Sha256::digest(list).into()
}

/// Digests files with their paths, in parallel.
fn digest(files: &Files) -> Key {
    let texts = files.texts().map(|(path, text)| (path, text.as_bytes()));
    let count = (files.texts().count() as u64).to_le_bytes();
    let all: Vec<(&Arc<str>, &[u8])> = texts.chain(files.assets().map(|(path, bytes)| (path, &**bytes))).collect();
    let keys: Vec<Key> = all.par_iter().map(|(path, bytes)| Key::of(&[path.as_bytes(), bytes])).collect();
    let keys = keys.iter().map(|key| &key.as_bytes()[..]);
    // The same bytes as a text and as an asset are not the same site.
    Key::of(&std::iter::once(&count[..]).chain(keys).collect::<Vec<_>>())
}

fn kept(found: &Diagnostics) -> Vec<u8> {
    let found: Vec<Found> = found.iter().map(Found::of).collect();
    serde_json::to_vec(&found).expect("texts and numbers are JSON")
}

/// A record as it is written.
#[derive(Serialize, Deserialize)]
struct Kept {
    list: [u8; 32],
    pages: usize,
    others: usize,
    found: Vec<Found>,
}

/// A diagnostic as it is written.
#[derive(Serialize, Deserialize)]
struct Found {
    code: String,
    severity: usize,
    message: String,
    primary: Option<Where>,
    secondary: Vec<Where>,
    help: Option<String>,
}

/// A label as it is written: file, bytes, text.
type Where = (String, usize, usize, String);

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

impl Found {
    fn of(diagnostic: &Diagnostic) -> Self {
        let place = |label: &Label| (label.span.file.to_string(), label.span.start, label.span.end, label.text.clone());
        Self {
            code: diagnostic.code.name().to_owned(),
            severity: SEVERITIES.iter().position(|it| *it == diagnostic.severity).expect("all severities are listed"),
            message: diagnostic.message.clone(),
            primary: diagnostic.primary.as_ref().map(place),
            secondary: diagnostic.secondary.iter().map(place).collect(),
            help: diagnostic.help.clone(),
        }
    }

    /// Makes the diagnostic again; `None` where this program knows no such one.
    fn told(self) -> Option<Diagnostic> {
        let label = |(file, start, end, text): Where| Label { span: Span::new(&Arc::from(file), start..end), text };
        Some(Diagnostic {
            code: Code::by_name(&self.code)?,
            severity: *SEVERITIES.get(self.severity)?,
            message: self.message,
            primary: self.primary.map(label),
            secondary: self.secondary.into_iter().map(label).collect(),
            help: self.help,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Memory;

    fn files(texts: &[(&str, &str)]) -> Files {
        let mut files = Files::default();
        texts.iter().for_each(|(path, text)| files.insert_text(*path, *text));
        files
    }

    fn found() -> Diagnostics {
        let file: Arc<str> = "content/index.md".into();
        let mut found = Diagnostics::default();
        found.push(
            Diagnostic::new(Code::UnsourcedFigure, "`7` leads to no claim")
                .at(Span::new(&file, 3..4), "here")
                .and(Span::new(&file, 9..9), "")
                .help("say where it is from"),
        );
        found.push(Diagnostic::new(Code::NoCard, "no place"));
        found
    }

    fn recall(files: &Files, options: Options) -> Recall {
        Recall::new("program", files, &Diagnostics::default(), options)
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let (store, recall) = (Memory::default(), recall(&files(&[("a", "b")]), Options::default()));
        assert!(recall.find(&store).is_none());
        recall.keep(&store, &Record { list: [7; 32], pages: 3, others: 4, diagnostics: found() });
        let record = recall.find(&store).expect("it was kept");
        assert_eq!((record.list, record.pages, record.others), ([7; 32], 3, 4));
        assert!(record.diagnostics.iter().eq(found().iter()));
    }

    #[test]
    fn anything_that_a_build_depends_on_hides_it() {
        let store = Memory::default();
        let known = files(&[("a", "bc"), ("d", "e")]);
        let keep = Record { list: [7; 32], pages: 3, others: 4, diagnostics: Diagnostics::default() };
        recall(&known, Options::default()).keep(&store, &keep);
        for other in [&[("a", "bd"), ("d", "e")][..], &[("ab", "c"), ("d", "e")], &[("a", "bc")], &[]] {
            assert!(recall(&files(other), Options::default()).find(&store).is_none(), "{other:?}");
        }
        let mut as_asset = files(&[("a", "bc")]);
        as_asset.insert_asset("d", &b"e"[..]);
        assert!(recall(&as_asset, Options::default()).find(&store).is_none());
        let today = crate::model::date::FullDate::parse("2026-11-21").ok();
        for options in [
            Options { drafts: true, ..Options::default() },
            Options { today, ..Options::default() },
            Options { edition: Some(crate::model::Edition::Zip), ..Options::default() },
        ] {
            assert!(recall(&known, options).find(&store).is_none(), "{options:?}");
        }
        assert!(Recall::new("another", &known, &Diagnostics::default(), Options::default()).find(&store).is_none());
        assert!(Recall::new("program", &known, &found(), Options::default()).find(&store).is_none());
        assert!(recall(&known, Options::default()).find(&store).is_some());
    }

    #[test]
    fn a_build_with_a_mistake_is_not_kept() {
        let (store, recall) = (Memory::default(), recall(&files(&[]), Options::default()));
        let mut diagnostics = found();
        diagnostics.push(Diagnostic::new(Code::BadYaml, "it cannot be read"));
        recall.keep(&store, &Record { list: [7; 32], pages: 0, others: 0, diagnostics });
        assert!(recall.find(&store).is_none());
    }
}
