//! Steps through a GIF file block by block: how many pictures it holds, and whether it is whole.
//!
//! The decoder reads one picture after the other and so would have to read them all. GIF89a's blocks tell their lengths.

/// Counts the pictures of a file; `None` where it breaks off within a block.
pub(super) fn pictures(bytes: &[u8]) -> Option<usize> {
    let mut at = 13 + table(*bytes.get(10)?);
    let mut pictures = 0;
    loop {
        match bytes.get(at) {
            // An extension: its label, then its parts.
            Some(0x21) => at = after_parts(bytes, at + 2)?,
            // A picture: its place and size, its own colours, how its first part is packed, then its parts.
            Some(0x2C) => {
                at = after_parts(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                pictures += 1;
            }
            // The end, or what some programs leave after it or instead of it.
            _ => return (at <= bytes.len()).then_some(pictures),
        }
    }
}

/// Returns how many bytes a table of colours takes, by the flags that announce it.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Steps over parts, each with its length before it, up to one of no length.
fn after_parts(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match usize::from(*bytes.get(at)?) {
            0 => return Some(at + 1),
            length => at += 1 + length,
        }
    }
}
