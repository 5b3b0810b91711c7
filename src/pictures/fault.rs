//! What can be wrong with a picture, in words.

use crate::diagnostic::{Code, Diagnostic, Span};

use super::kind::Kind;

/// The most pixels that a picture may have: 64 million. A phone makes 48 million, and a screen shows eight.
#[cfg(feature = "images")]
pub(super) const MOST_PIXELS: u64 = 64_000_000;

/// The most of them across or down: what JPEG and GIF can say at all. Only PNG can say more, and what makes a picture
/// smaller weighs every pixel of a line at once: for one line of 64 million that takes gigabytes.
#[cfg(feature = "images")]
pub(super) const LONGEST: u32 = 65_535;

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no picture that pages can show.
    Unknown,
    /// Its name promises another kind.
    Misnamed(Kind),
    /// Its bytes cannot be read to the end, and why.
    #[cfg(feature = "images")]
    Broken(String),
    /// It has too many pixels, or too many in a line: across and down.
    #[cfg(feature = "images")]
    TooLarge(u32, u32),
    /// An SVG that does not say how large it is.
    NoSize,
    /// An SVG that is no XML.
    BadSvg,
    /// The program was built without what reads pixels.
    #[cfg(not(feature = "images"))]
    NotBuilt,
}

impl Fault {
    /// Makes the message, at the place that shows the picture.
    pub(super) fn diagnostic(&self, path: &str, span: Span) -> Diagnostic {
        let (message, label, help) = match self {
            Self::Unknown => (
                format!("`{path}` is not a picture that every browser shows"),
                "its bytes are neither JPEG nor PNG, GIF, WebP or SVG".to_owned(),
                "open it in a program for pictures and save it as JPEG (photographs) or PNG (drawings), or link to it instead".to_owned(),
            ),
            Self::Misnamed(kind) => {
                let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
                (
                    format!("`{path}` is a {} picture by another name", kind.name()),
                    "a host tells browsers by the name what a file is".to_owned(),
                    format!("rename the file to `{stem}.{}`, and change this line", kind.ends()[0]),
                )
            }
            #[cfg(feature = "images")]
            Self::Broken(why) => (
                format!("the picture `{path}` cannot be read to its end"),
                why.clone(),
                "copy the file again from where it came from; perhaps a download broke off".to_owned(),
            ),
            #[cfg(feature = "images")]
            Self::TooLarge(width, height) => (
                format!("the picture `{path}` has {width} × {height} pixels"),
                format!(
                    "at most {} million pixels are read, and {},{:03} across or down",
                    MOST_PIXELS / 1_000_000,
                    LONGEST / 1000,
                    LONGEST % 1000
                ),
                "save it smaller: 3,000 pixels across are enough for every screen".to_owned(),
            ),
            Self::NoSize => (
                format!("the drawing `{path}` does not say how large it is"),
                "without a size the text below jumps when the picture comes".to_owned(),
                "give its `<svg>` a `viewBox`, such as `viewBox=\"0 0 800 450\"`".to_owned(),
            ),
            Self::BadSvg => (
                format!("the drawing `{path}` cannot be read"),
                "its first element is broken".to_owned(),
                "save it again as SVG from the program that drew it".to_owned(),
            ),
            #[cfg(not(feature = "images"))]
            Self::NotBuilt => {
                let message = format!("this program was built without what the picture `{path}` needs");
                let diagnostic = Diagnostic::new(Code::MissingFeature, message)
                    .at(span, "its sizes would be missing from the output")
                    .help("install the program with its feature `images`, which is on unless switched off");
                return diagnostic;
            }
        };
        Diagnostic::new(Code::BadPicture, message).at(span, label).help(help)
    }
}

/// Makes the message for a picture that tells where it was taken.
pub(super) fn tells_place(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::PicturePlace, format!("the picture `{path}` tells where it was taken"))
        .at(span, "the original is published with all that the camera wrote into it")
        .help("take the place out with a program for pictures, or write `picture-place: off` under `rules` in content/site.yaml if it may be known")
}
