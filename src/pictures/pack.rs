//! A made picture as bytes, for the cache.

use super::raster::Made;

/// Writes a made picture: width, height, whether it moves (1) and tells a place (2), then each size as width, length and bytes; little-endian.
pub(super) fn pack(made: &Made) -> Vec<u8> {
    let mut out = Vec::new();
    let numbers =
        [made.width, made.height, u32::from(made.animated) | u32::from(made.place) << 1, number(made.sizes.len())];
    numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
    for (width, bytes) in &made.sizes {
        out.extend(width.to_le_bytes());
        out.extend(number(bytes.len()).to_le_bytes());
        out.extend(bytes);
    }
    out
}

/// Reads it again; `None` for anything that [`pack`] does not write.
pub(super) fn unpack(mut bytes: &[u8]) -> Option<Made> {
    let (width, height) = (take(&mut bytes)?, take(&mut bytes)?);
    let flags = take(&mut bytes)?;
    let (animated, place) = (flags & 1 != 0, flags & 2 != 0);
    let count = take(&mut bytes)?;
    let mut sizes = Vec::new();
    for _ in 0..count {
        let across = take(&mut bytes)?;
        let length = take(&mut bytes)? as usize;
        let (size, rest) = bytes.split_at_checked(length)?;
        sizes.push((across, size.to_vec()));
        bytes = rest;
    }
    (bytes.is_empty() && width > 0 && height > 0 && flags < 4).then_some(Made { width, height, animated, place, sizes })
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a picture of bounded pixels is smaller than 4 GB")
}

#[cfg(test)]
mod tests {
    use super::{Made, pack, unpack};

    #[test]
    fn what_is_packed_is_unpacked_and_nothing_else_is() {
        let made =
            Made { width: 9, height: 8, animated: false, place: true, sizes: vec![(4, vec![1, 2, 3]), (9, vec![])] };
        let bytes = pack(&made);
        assert_eq!(unpack(&bytes), Some(made));
        for end in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..end]), None);
        }
        assert_eq!(unpack(&[&bytes[..], b"x"].concat()), None);
    }
}
