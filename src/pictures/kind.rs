//! What a picture file is, by its first bytes: a name can be wrong.

/// The kinds of picture that pages show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Svg,
}

impl Kind {
    /// Tells a kind by the signature that its standard gives it; SVG by its first element.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ if super::svg::is_svg(bytes) => Some(Self::Svg),
            _ => None,
        }
    }

    /// Tells whether a file of this kind has a name that hosts know it by.
    pub(super) fn has_name(self, path: &str) -> bool {
        let end =
            path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
        end.is_some_and(|end| self.ends().contains(&end.as_str()))
    }

    /// Returns the ends of names, the usual one first.
    pub(super) const fn ends(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Svg => &["svg"],
        }
    }

    /// Returns what people call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
        }
    }
}
