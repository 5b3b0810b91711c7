//! What a bucket tells browsers of a file: its type, how long to keep it, and how it is encoded.

use std::io::Write as _;

use flate2::{Compression as Level, GzBuilder};
use object_store::{Attribute, Attributes};

use crate::media_type;
use crate::model::Compression;

/// Tells how long a browser may keep a file without asking. Names stay when contents change, so a page is asked for every
/// time (and answered by `304`, which costs nothing), and what a page is made of is kept for an hour.
fn cache_control(path: &str) -> &'static str {
    let asset = ["css", "js", "woff2", "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "ttf"];
    match path.rsplit_once('.') {
        Some((stem, _)) if is_fingerprinted(stem) => "public, max-age=31536000, immutable",
        Some((_, end)) if asset.contains(&end) && path != "sw.js" => "public, max-age=3600",
        _ => "public, max-age=0, must-revalidate",
    }
}

/// Tells whether a name carries the hash of its contents: `style.3f2a9c01`.
fn is_fingerprinted(stem: &str) -> bool {
    let last = stem.rsplit(['.', '-', '/']).next().unwrap_or_default();
    stem.contains(['.', '-'])
        && last.len() >= 8
        && last.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && last.bytes().any(|byte| byte.is_ascii_digit())
        && last.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Returns the bytes to store for a file, and what goes with them.
pub(super) fn stored(path: &str, bytes: &[u8], compress: Option<Compression>) -> (Vec<u8>, Attributes) {
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, media_type::served(path).into());
    attributes.insert(Attribute::CacheControl, cache_control(path).into());
    let text = media_type::is_text(media_type::of(path));
    // `SHA256SUMS` is read by programs that may not undo an encoding.
    let Some(compression) = compress.filter(|_| text && !path.ends_with("SHA256SUMS")) else {
        return (bytes.to_vec(), attributes);
    };
    let small = match compression {
        Compression::Gzip => gzip(bytes),
        Compression::Brotli => brotli(bytes),
    };
    let name = match compression {
        Compression::Gzip => "gzip",
        Compression::Brotli => "br",
    };
    attributes.insert(Attribute::ContentEncoding, name.into());
    (small, attributes)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Level::new(9));
    encoder.write_all(bytes).expect("memory takes every byte");
    encoder.finish().expect("memory takes every byte")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut small = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters).expect("memory takes every byte");
    small
}

/// Undoes the encoding of a stored file; `None` where it is none that this program writes, or broken, or larger than
/// `most` bytes.
pub(super) fn decoded(bytes: Vec<u8>, encoding: Option<&str>, most: u64) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut whole = Vec::new();
    match encoding {
        None | Some("" | "identity") => return Some(bytes),
        Some("gzip") => flate2::read::GzDecoder::new(&*bytes).take(most + 1).read_to_end(&mut whole).ok()?,
        Some("br") => brotli::Decompressor::new(&*bytes, 4096).take(most + 1).read_to_end(&mut whole).ok()?,
        Some(_) => return None,
    };
    (whole.len() as u64 <= most).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_compressed_is_read_back() {
        let text = "a page ".repeat(100);
        for (compression, name) in [(Compression::Gzip, "gzip"), (Compression::Brotli, "br")] {
            let (small, attributes) = stored("a/b.html", text.as_bytes(), Some(compression));
            assert!(small.len() < text.len() / 4, "{}", small.len());
            assert_eq!(attributes.get(&Attribute::ContentEncoding).map(|value| &**value), Some(name));
            assert_eq!(decoded(small.clone(), Some(name), 1000).as_deref(), Some(text.as_bytes()));
            assert_eq!(decoded(small, Some(name), 10), None);
        }
        let (whole, attributes) = stored("a.png", text.as_bytes(), Some(Compression::Gzip));
        assert_eq!((whole.len(), attributes.get(&Attribute::ContentEncoding)), (text.len(), None));
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(cache_control("static/style.3f2a9c01.css").ends_with("immutable"));
        assert_eq!(cache_control("static/style.css"), "public, max-age=3600");
        assert_eq!(cache_control("static/deadbeef.css"), "public, max-age=3600");
        assert_eq!(cache_control("timeline/2019-un-report.html"), "public, max-age=0, must-revalidate");
        assert_eq!(cache_control("sw.js"), "public, max-age=0, must-revalidate");
    }
}
