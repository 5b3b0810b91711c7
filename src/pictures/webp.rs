//! Puts a colour profile into a WebP file: the coder writes none, and a photograph of a phone would lose its colours.
//!
//! The container is that of RFC 9649: RIFF chunks, of which `VP8X` says what the file holds and `ICCP` is the profile.

const HAS_PROFILE: u8 = 0b0010_0000;
const HAS_ALPHA: u8 = 0b0001_0000;

/// Returns a lossy WebP file with a profile; a file that is not of the expected form comes back as it is.
pub(super) fn with_profile(file: &[u8], profile: &[u8], (width, height): (u32, u32), has_alpha: bool) -> Vec<u8> {
    let Some(chunks) = file.get(12..).and_then(image_chunks) else { return file.to_vec() };
    let mut head = vec![HAS_PROFILE | if has_alpha { HAS_ALPHA } else { 0 }, 0, 0, 0];
    head.extend(&(width - 1).to_le_bytes()[..3]);
    head.extend(&(height - 1).to_le_bytes()[..3]);
    let mut body = b"WEBP".to_vec();
    chunk(&mut body, b"VP8X", &head);
    chunk(&mut body, b"ICCP", profile);
    body.extend(chunks);
    let length = u32::try_from(body.len()).expect("a picture of bounded pixels is smaller than 4 GB");
    [b"RIFF", &length.to_le_bytes()[..], &body[..]].concat()
}

/// Returns the chunks that hold pixels: all of them, without the `VP8X` that the coder may have written.
fn image_chunks(chunks: &[u8]) -> Option<&[u8]> {
    match chunks.first_chunk()? {
        b"VP8X" => chunks.get(18..),
        b"VP8 " | b"ALPH" => Some(chunks),
        _ => None,
    }
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("a chunk is small");
    out.extend(name);
    out.extend(length.to_le_bytes());
    out.extend(bytes);
    out.resize(out.len() + bytes.len() % 2, 0);
}
