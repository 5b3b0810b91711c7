//! Whether a photograph tells where it was taken: a latitude in its Exif metadata (CIPA DC-008, 4.6.6).

/// The tag of the part that tells the place.
const GPS: u16 = 0x8825;

/// The tag of the latitude in it.
const LATITUDE: u16 = 2;

/// Tells whether Exif metadata, which has the form of TIFF, hold a latitude. What cannot be read holds none.
pub(super) fn tells_place(exif: &[u8]) -> bool {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let little = match exif.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return false,
    };
    let tiff = Tiff { bytes: exif, little };
    let place = tiff.long(4).and_then(|first| tiff.value(first, GPS));
    place.is_some_and(|place| tiff.value(place, LATITUDE).is_some())
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Tiff<'_> {
    /// Returns what the last four bytes of a directory's entry say, by its tag.
    fn value(&self, directory: u32, tag: u16) -> Option<u32> {
        let start = usize::try_from(directory).ok()?;
        let count = usize::from(self.short(start)?);
        let mut entries = (0..count).map(|number| start + 2 + number * 12);
        let entry = entries.find(|at| self.short(*at) == Some(tag))?;
        self.long(entry + 8)
    }

    fn short(&self, at: usize) -> Option<u16> {
        let two = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }
}

#[cfg(test)]
mod tests {
    use super::tells_place;

    /// Metadata with one entry that leads to a part with one entry.
    fn exif(first: u16, second: u16) -> Vec<u8> {
        let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
        for tag in [first, second] {
            bytes.extend([0, 1]);
            bytes.extend(tag.to_be_bytes());
            bytes.extend([0, 4, 0, 0, 0, 1, 0, 0, 0, 22]);
        }
        bytes
    }

    #[test]
    fn a_latitude_is_found_where_it_stands_and_nowhere_else() {
        assert!(tells_place(&exif(0x8825, 2)));
        assert!(tells_place(&[b"Exif\0\0", &exif(0x8825, 2)[..]].concat()));
        assert!(!tells_place(&exif(0x8825, 1)) && !tells_place(&exif(0x0112, 2)));
        for end in 0..36 {
            tells_place(&exif(0x8825, 2)[..end]);
        }
    }
}
