//! Pixels: read, turned upright, made smaller, and written as WebP.
//!
//! Everything here is arithmetic on whole numbers (a Catmull–Rom filter on bytes, WebP's lossy coder), so that machines
//! with other processors give the same bytes.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use ::webp::{Encoder, WebPConfig};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use super::fault::{Fault, LONGEST, MOST_PIXELS};
use super::gif::pictures;
use super::kind::Kind;
use super::place::tells_place;
use super::webp::with_profile;

/// What the results depend on beside the file: to be changed with anything in this room that changes a byte.
pub(super) const SETTINGS: &str = "1: 480 960 1600, catmull-rom, webp 80 method 4, icc";

/// The widths that are made.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// The widest.
pub(super) const WIDEST: u32 = 1600;

/// WebP's quality, of 100: where photographs look like their originals on a screen.
const QUALITY: f32 = 80.0;

/// Files up to this size are left alone: another file would save readers nothing.
const LIGHT: usize = 8 * 1024;

/// From this many pixels on, pictures are read one after the other: each takes hundreds of megabytes of memory.
const LARGE: u64 = 16_000_000;

/// The most pixels across or down that WebP can hold.
const WEBP_LONGEST: u32 = 16_383;

/// What a file of pixels became.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// Pixels across, upright.
    pub(super) width: u32,
    /// Pixels down, upright.
    pub(super) height: u32,
    /// Whether it moves; it is left as it is then.
    pub(super) animated: bool,
    /// Whether its metadata tell where it was taken.
    pub(super) place: bool,
    /// Widths with their WebP files, the narrowest first.
    pub(super) sizes: Vec<(u32, Vec<u8>)>,
}

/// Reads a picture and makes its sizes; large ones by turns, of which each waits for `turn`.
pub(super) fn make(kind: Kind, bytes: &[u8], turn: &Mutex<()>) -> Result<Made, Fault> {
    let (width, height) = dimensions(bytes)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || width.max(height) > LONGEST {
        return Err(Fault::TooLarge(width, height));
    }
    let _turn = (pixels > LARGE).then(|| turn.lock().unwrap_or_else(PoisonError::into_inner));
    let opened = match kind {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
        Kind::Gif => gif(bytes),
        Kind::Webp => webp(bytes),
        Kind::Svg => Err(odd()),
    }?;
    let Opened { image, profile, animated, place } = opened;
    let (width, height) = (image.width(), image.height());
    let sizes = if animated || bytes.len() <= LIGHT { Vec::new() } else { sizes(image, profile, bytes.len(), kind)? };
    Ok(Made { width, height, animated, place, sizes })
}

/// Returns what the head of a file says of its size: nothing else is read before that is known to be in bounds.
fn dimensions(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    reader.map_err(|cause| broken(cause.into()))?.into_dimensions().map_err(broken)
}

struct Opened {
    image: DynamicImage,
    /// The colour profile, where it is one of RGB.
    profile: Option<Vec<u8>>,
    animated: bool,
    place: bool,
}

fn jpeg(bytes: &[u8]) -> Result<Opened, Fault> {
    // The decoder fills up what is missing with grey, so the end is looked for here.
    if !has_end_of_jpeg(bytes) {
        return Err(cut_off());
    }
    still(JpegDecoder::new(Cursor::new(bytes)).map_err(broken)?)
}

fn png(bytes: &[u8]) -> Result<Opened, Fault> {
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(broken)?;
    let animated = decoder.is_apng().map_err(broken)?;
    Ok(Opened { animated, ..still(decoder)? })
}

fn webp(bytes: &[u8]) -> Result<Opened, Fault> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    let animated = decoder.has_animation();
    Ok(Opened { animated, ..still(decoder)? })
}

fn gif(bytes: &[u8]) -> Result<Opened, Fault> {
    let Some(pictures) = pictures(bytes) else { return Err(cut_off()) };
    let opened = still(GifDecoder::new(Cursor::new(bytes)).map_err(broken)?)?;
    Ok(Opened { animated: pictures > 1, ..opened })
}

/// Reads the pixels of a still picture, or the first of a moving one, upright.
fn still(mut decoder: impl ImageDecoder) -> Result<Opened, Fault> {
    decoder.set_limits(limits()).map_err(broken)?;
    let orientation = decoder.orientation().map_err(broken)?;
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| is_rgb(profile));
    let place = decoder.exif_metadata().ok().flatten().is_some_and(|exif| tells_place(&exif));
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    Ok(Opened { image, profile, animated: false, place })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    // Sixteen bits of red, green, blue and alpha for each pixel, and as much again to decode them.
    limits.max_alloc = Some(MOST_PIXELS * 16);
    limits
}

fn cut_off() -> Fault {
    Fault::Broken("it ends before its last line".to_owned())
}

fn broken(error: ImageError) -> Fault {
    let words = match error {
        ImageError::IoError(_) => return cut_off(),
        ImageError::Limits(_) => "it needs more memory than any picture should".to_owned(),
        ImageError::Unsupported(_) => "it uses a form of its kind that is not read".to_owned(),
        _ => "its bytes make no picture".to_owned(),
    };
    Fault::Broken(words)
}

/// Tells whether an end-of-image marker (ITU-T T.81) follows the first scan. A thumbnail within metadata has one too,
/// so segments are stepped over by their lengths.
fn has_end_of_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok()) {
        match marker {
            0xDA => return bytes[at..].windows(2).any(|two| two == [0xFF, 0xD9]),
            0xFF => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

/// Tells whether a colour profile (ICC.1, 7.2) is one of RGB, and small enough to be carried along.
fn is_rgb(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ") && profile.len() <= 64 * 1024
}

/// Makes the sizes, the narrowest first; none where the widest would be no lighter than the original.
fn sizes(
    image: DynamicImage,
    profile: Option<Vec<u8>>,
    original: usize,
    kind: Kind,
) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
    let source = Source::of(image);
    let mut sizes = Vec::new();
    // The widest comes first: it decides.
    for width in widths(source.width, kind == Kind::Webp).into_iter().rev() {
        let Some(bytes) = source.in_width(width, profile.as_deref())? else { return Ok(Vec::new()) };
        if sizes.is_empty() && bytes.len() >= original {
            return Ok(Vec::new());
        }
        sizes.push((width, bytes));
    }
    sizes.reverse();
    Ok(sizes)
}

/// Returns the widths for a picture: those that are clearly narrower than it, and its own up to the widest. A WebP
/// picture has its own width already.
fn widths(own: u32, is_webp: bool) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| width * 5 <= own * 4).collect();
    let last = own.min(WIDEST);
    if widths.last() != Some(&last) && !(is_webp && own <= WIDEST) {
        widths.push(last);
    }
    widths
}

/// Red, green, blue and alpha, eight bits each.
struct Source {
    width: u32,
    height: u32,
    /// Whether something shines through.
    has_alpha: bool,
    bytes: Vec<u8>,
}

impl Source {
    fn of(image: DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        let may_have_alpha = image.color().has_alpha();
        let pixels = image.into_rgba8();
        let has_alpha = may_have_alpha && pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX);
        Self { width, height, has_alpha, bytes: pixels.into_raw() }
    }

    /// Returns the picture in a width as WebP; `None` where WebP cannot hold it.
    fn in_width(&self, width: u32, profile: Option<&[u8]>) -> Result<Option<Vec<u8>>, Fault> {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width);
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        if height > WEBP_LONGEST {
            return Ok(None);
        }
        let smaller = if width == self.width { None } else { Some(self.resized(width, height)?) };
        let encoder = Encoder::from_rgba(smaller.as_deref().unwrap_or(&self.bytes), width, height);
        let mut config = WebPConfig::new().map_err(|()| odd())?;
        config.quality = QUALITY;
        config.method = 4;
        let bytes = encoder.encode_advanced(&config).map_err(|_| odd())?;
        Ok(Some(
            profile.map_or_else(
                || bytes.to_vec(),
                |profile| with_profile(&bytes, profile, (width, height), self.has_alpha),
            ),
        ))
    }

    /// Returns the pixels in a size. Of the resizer only what takes these pixels is compiled: with all of its kinds, two
    /// fifths of the code that the compiler has to optimise would be the resizer's.
    fn resized(&self, width: u32, height: u32) -> Result<Vec<u8>, Fault> {
        let source = TypedImageRef::<U8x4>::from_buffer(self.width, self.height, &self.bytes).map_err(|_| odd())?;
        let mut smaller = vec![0; width as usize * height as usize * 4];
        let mut view = TypedImage::<U8x4>::from_buffer(width, height, &mut smaller).map_err(|_| odd())?;
        let convolution = ResizeAlg::Convolution(FilterType::CatmullRom);
        let options = ResizeOptions::new().resize_alg(convolution).use_alpha(self.has_alpha);
        Resizer::new().resize_typed(&source, &mut view, &options).map_err(|_| odd())?;
        Ok(smaller)
    }
}

/// What no picture that could be read should come to.
fn odd() -> Fault {
    Fault::Broken("no smaller sizes can be made of it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::widths;

    #[test]
    fn sizes_are_never_wider_than_the_original_and_clearly_apart() {
        assert_eq!(widths(4000, false), [480, 960, 1600]);
        assert_eq!(widths(1700, false), [480, 960, 1600]);
        assert_eq!(widths(1600, false), [480, 960, 1600]);
        assert_eq!(widths(1000, false), [480, 1000]);
        assert_eq!(widths(500, false), [500]);
        assert_eq!(widths(1, false), [1]);
        assert_eq!(widths(1000, true), [480], "a WebP picture is its own widest size");
    }
}
