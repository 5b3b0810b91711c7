//! The built site, packed: sorted, without times, the same bytes on every machine.
//!
//! Everything lies in one folder with the site's name, so that unpacking spills nothing, and the folder's `SHA256SUMS` goes
//! along. Deflate is that of miniz_oxide at a fixed level: other implementations pick their matches by what the processor
//! can do, and then two machines make two archives.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::output::Output;
use crate::sums::checksums;

/// How hard to pack: 6 of 9.
const LEVEL: i64 = 6;
/// Files that are packed already by their own format.
const PACKED: [&str; 8] = ["woff2", "woff", "png", "jpg", "jpeg", "webp", "zip", "mp4"];

/// Packs an output into a folder of this name.
pub fn zip(output: &Output, folder: &str) -> Vec<u8> {
    let mut archive = Archive::new();
    let sums = checksums(output);
    let files = output.files().map(|(path, file)| (path, &*file.bytes));
    let mut files: Vec<(&str, &[u8])> = files.chain([("SHA256SUMS", sums.as_bytes())]).collect();
    files.sort_unstable();
    for (path, bytes) in files {
        archive.add(&format!("{folder}/{path}"), bytes, !is_packed(path));
    }
    archive.finish()
}

fn is_packed(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| PACKED.contains(&end.to_ascii_lowercase().as_str()))
}

/// Tells whether bytes are an archive with a file of this name, in whichever folder.
pub(super) fn holds(bytes: &[u8], name: &str) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    archive.file_names().flatten().any(|path| path == name || path.ends_with(&format!("/{name}")))
}

/// An archive in the making, with nothing of the machine in it.
pub(super) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    pub(super) fn new() -> Self {
        Self { writer: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a file, packed or as it is.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8], pack: bool) {
        let method = if pack { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .system(System::Unix)
            .unix_permissions(0o644)
            .last_modified_time(DateTime::default())
            .compression_method(method)
            .compression_level(pack.then_some(LEVEL))
            .large_file(u32::try_from(bytes.len()).is_err());
        self.writer.start_file(path, options).expect("a path of an output stands once in an archive");
        self.writer.write_all(bytes).expect("memory takes everything");
    }

    /// Ends the archive.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.finish().expect("memory takes everything").into_inner()
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::{holds, zip};
    use crate::output::{Output, Stage};

    fn output() -> Output {
        let mut output = Output::default();
        let text = "The hedge travels with the number. ".repeat(200);
        output.insert("index.html".into(), Stage::Page, text.into_bytes()).expect("the path is free");
        output.insert("media/북한.png".into(), Stage::Asset, vec![7; 100]).expect("the path is free");
        output
    }

    #[test]
    fn an_archive_has_the_bytes_that_it_had_on_other_machines() {
        let bytes = zip(&output(), "a-site");
        assert_eq!(
            format!("{:x}", Sha256::digest(&bytes)),
            "5c0ea75ace3bdad11edf08c043ec36d2e8b6612492e723e11565b33f09bcf3ca"
        );
    }

    #[test]
    fn an_archive_tells_what_it_holds() {
        let bytes = zip(&output(), "a-site");
        assert!(holds(&bytes, "SHA256SUMS") && !holds(&bytes, "SUMS"));
        assert!(!holds(b"no archive", "SHA256SUMS"));
    }
}
