//! Pictures as pages show them: in several sizes, with their measures, so that nothing moves when they come.

use std::fmt::Write;

use crate::markdown::{Image, Target};
use crate::model::{Destination, Media, Picture};

use super::types::{MediaView, PictureSizeView};
use super::{Place, Views, escape};

impl Views<'_> {
    /// Makes the picture of a page.
    pub(super) fn media(&self, media: &Media, place: &Place) -> MediaView {
        let picture = self.site.pictures.get(&media.file.value);
        let sizes = picture.iter().flat_map(|picture| &picture.sizes);
        MediaView {
            path: escape::path(&media.file.value),
            alt: media.alt.clone().unwrap_or_default(),
            caption_html: media.caption.as_ref().map(|caption| self.line(caption, place)),
            credit: media.credit.clone(),
            licence: media.licence.clone(),
            width: picture.map(|picture| picture.width),
            height: picture.map(|picture| picture.height),
            webp: sizes.map(|size| PictureSizeView { path: escape::path(&size.path), width: size.width }).collect(),
            sizes: self.picture_sizes.to_owned(),
            url: media.url.as_ref().map(|url| url.value.clone()),
            host: media.url.as_ref().map(|url| host(&url.value).to_owned()),
        }
    }

    /// Writes a picture of a text; `first` where no picture stands above it, so that it is not fetched late.
    pub(super) fn image(&self, image: &Image, place: &Place, first: bool) -> Option<String> {
        let address = self.address(&image.target, place)?;
        let Target::File { path, .. } = &image.target else { return None };
        let picture = match self.site.index.resolve(&place.from, path) {
            Destination::Other(path) => self.site.pictures.get(&path),
            _ => None,
        };
        let mut html = String::new();
        let sizes = picture.map_or(&[][..], |picture| &picture.sizes);
        if !sizes.is_empty() {
            let srcset = sizes
                .iter()
                .map(|size| format!("{}{} {}w", place.root, escape::html(&escape::srcset(&size.path)), size.width));
            let srcset = srcset.collect::<Vec<_>>().join(", ");
            let slot = escape::html(self.picture_sizes);
            html = format!("<picture><source type=\"image/webp\" srcset=\"{srcset}\" sizes=\"{slot}\">");
        }
        write!(html, "<img src=\"{address}\" alt=\"{}\"{}", escape::html(&image.alt), measures(picture))
            .expect("a string takes everything");
        html.push_str(if first { " decoding=\"async\">" } else { " loading=\"lazy\" decoding=\"async\">" });
        html.push_str(if sizes.is_empty() { "" } else { "</picture>" });
        Some(html)
    }
}

fn measures(picture: Option<&Picture>) -> String {
    picture.map_or_else(String::new, |picture| format!(" width=\"{}\" height=\"{}\"", picture.width, picture.height))
}

/// Returns the host of an address as readers know it: `example.org`.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn an_address_is_known_by_its_host() {
        assert_eq!(host("https://www.example.org/watch?v=1"), "example.org");
        assert_eq!(host("https://bank.example@evil.example/"), "evil.example");
        assert_eq!(host("http://example.org:8080"), "example.org:8080");
    }
}
