//! Bytes to text, as a browser would: the byte order mark, the page's own word, UTF-8, windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into the page its own word for its encoding is looked for, in bytes.
const PRESCAN: usize = 4096;

/// Decodes the bytes of a page. What does not fit becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    // Browsers save pages as UTF-8 and leave the old word in them, so that what is UTF-8 is taken as such first.
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = declared(bytes).filter(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
    encoding.decode(bytes).0
}

/// Finds `charset=…` near the start.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let after = head.split("charset").skip(1).find_map(|rest| rest.trim_start().strip_prefix('='))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_page_is_decoded_as_it_says() {
        assert_eq!(decode("é".as_bytes()), "é");
        assert_eq!(decode(b"\xEF\xBB\xBFx"), "x");
        assert_eq!(decode(b"<meta charset='iso-8859-2'>\xF3\xB3"), "<meta charset='iso-8859-2'>ół");
        assert_eq!(
            decode(b"<meta content=\"text/html; charset=Shift_JIS\">\x93\xFA"),
            "<meta content=\"text/html; charset=Shift_JIS\">日"
        );
        assert_eq!(decode(b"\x93quoted\x94"), "“quoted”");
        assert_eq!(decode("<meta charset=latin1>북".as_bytes()), "<meta charset=latin1>북");
    }
}
