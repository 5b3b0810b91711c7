//! How large an SVG drawing is: from `width` and `height`, else from its `viewBox`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fault::Fault;

/// How many bytes are searched for the first element: some programs write long comments before it.
const HEAD: usize = 64 * 1024;

/// Tells whether a file is SVG: XML whose first element is `svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    start.starts_with(b"<") && root(bytes).is_ok()
}

/// Returns the size in CSS pixels, at least 1 × 1.
///
/// One length and a `viewBox` give the other length by proportion, as browsers do.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let root = root(bytes)?;
    let text = |name: &str| {
        let attribute = root.try_get_attribute(name).ok()??;
        String::from_utf8(attribute.value.into_owned()).ok()
    };
    let length = |name: &str| text(name).and_then(|text| pixels(&text));
    let view = text("viewBox").and_then(|text| view_box(&text));
    let (width, height) = match (length("width"), length("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view)) => view,
        _ => return Err(Fault::NoSize),
    };
    let whole = |length: f64| length.round().clamp(1.0, 100_000.0) as u32;
    Ok((whole(width), whole(height)))
}

fn root(bytes: &[u8]) -> Result<BytesStart<'static>, Fault> {
    let mut reader = Reader::from_reader(&bytes[..bytes.len().min(HEAD)]);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == b"svg" => {
                return Ok(element.into_owned());
            }
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => return Err(Fault::BadSvg),
            Ok(_) => {}
        }
    }
}

/// Reads a length of SVG 2 in CSS pixels; `None` for a share of something (`100%`) or what is no length above 0.
fn pixels(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 7] = [
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
        ("", 1.0),
    ];
    let text = text.trim();
    let (number, factor) = UNITS.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    let number: f64 = number.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number * factor)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let mut numbers = text.split([' ', ',', '\t', '\n', '\r']).filter(|part| !part.is_empty()).map(str::parse::<f64>);
    let mut next = || numbers.next()?.ok().filter(|number| number.is_finite());
    let (_, _, across, down) = (next()?, next()?, next()?, next()?);
    (across > 0.0 && down > 0.0).then_some((across, down))
}

#[cfg(test)]
mod tests {
    use super::{is_svg, size};
    use crate::pictures::fault::Fault;

    fn of(attributes: &str) -> Result<(u32, u32), Fault> {
        size(
            format!("<?xml version=\"1.0\"?><!-- a --><svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>")
                .as_bytes(),
        )
    }

    #[test]
    fn a_size_comes_from_the_lengths_or_from_the_view_box() {
        assert_eq!(of("width='300' height='200px'"), Ok((300, 200)));
        assert_eq!(of("width='1in' height='25.4mm'"), Ok((96, 96)));
        assert_eq!(of("viewBox='0 0 800 450'"), Ok((800, 450)));
        assert_eq!(of("width='100%' height='100%' viewBox='0,0, 80.4,45'"), Ok((80, 45)));
        assert_eq!(of("width='400' viewBox='0 0 800 450'"), Ok((400, 225)));
        assert_eq!(of("viewBox='0 0 0.1 900000'"), Ok((1, 100_000)));
    }

    #[test]
    fn a_drawing_without_a_size_is_told() {
        for attributes in
            ["", "width='100%'", "width='0' height='5'", "viewBox='0 0 800'", "viewBox='0 0 NaN 1'", "width='5'"]
        {
            assert_eq!(of(attributes), Err(Fault::NoSize), "{attributes}");
        }
    }

    #[test]
    fn svg_is_known_by_its_first_element() {
        assert!(is_svg(
            b"\xEF\xBB\xBF<?xml version='1.0'?><!DOCTYPE svg><s:svg xmlns:s='http://www.w3.org/2000/svg'/>"
        ));
        assert!(!is_svg(b"<html><svg/></html>") && !is_svg(b"svg") && !is_svg(b"<svg"));
    }
}
