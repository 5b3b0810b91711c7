//! Pictures that pages show: measured, and made in the sizes that screens need.
//!
//! JPEG, PNG, GIF, WebP and SVG are read; nothing else is, because not every browser shows it. Of a still picture of
//! pixels lighter forms in WebP are made, never larger than the original, at one fixed quality. They carry the colour
//! profile and nothing else of the original: no place, no camera, no time. The original itself is published as it is.
//! Only what a page shows is looked at. The number of pixels is bounded before any of them is read.

mod fault;
#[cfg(feature = "images")]
mod gif;
mod kind;
#[cfg(feature = "images")]
mod pack;
#[cfg(feature = "images")]
mod place;
#[cfg(feature = "images")]
mod raster;
mod shown;
mod svg;
#[cfg(feature = "images")]
mod webp;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::cache::Store;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
#[cfg(feature = "images")]
use crate::model::PictureSize;
use crate::model::{Change, Picture, Site};

use fault::Fault;
use kind::Kind;

/// The pictures of the last build, for the next one.
#[derive(Debug, Default)]
pub struct Cache {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    pictures: BTreeMap<String, Picture>,
    found: Diagnostics,
    /// The files with the first place of each picture: what is found points there.
    files: BTreeSet<Arc<str>>,
}

/// Measures the pictures that the pages of a site show, and makes their sizes. What cannot be used is reported at the
/// first place that shows it.
///
/// Where only texts differ, the same pictures are shown, and in the same order; only the places in these texts have moved.
pub fn prepare(
    site: &Site,
    store: &dyn Store,
    change: &Change,
    cache: &mut Cache,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Picture> {
    let last = match (change, cache.last.take()) {
        (Change::Texts(pages), Some(last)) if !pages.iter().any(|at| last.files.contains(&site.pages[*at].file)) => {
            last
        }
        _ => afresh(site, store),
    };
    diagnostics.extend(last.found.clone());
    cache.last.insert(last).pictures.clone()
}

fn afresh(site: &Site, store: &dyn Store) -> Last {
    let mut found = Diagnostics::default();
    let diagnostics = &mut found;
    let shown: Vec<(String, Span)> = shown::shown(site).into_iter().collect();
    let turn = Mutex::new(());
    let results: Vec<_> = shown
        .par_iter()
        .filter_map(|(path, span)| Some((path, span, one(path, &site.assets.get(path)?.bytes, store, &turn))))
        .collect();
    let mut pictures = BTreeMap::new();
    for (path, span, result) in results {
        match result {
            Ok((picture, place)) => {
                if place {
                    diagnostics.push(fault::tells_place(path, span.clone()));
                }
                pictures.insert(path.clone(), picture);
            }
            Err(fault) => diagnostics.push(fault.diagnostic(path, span.clone())),
        }
    }
    clashes(site, &pictures, &shown, diagnostics);
    let files = shown.into_iter().map(|(_, span)| span.file).collect();
    Last { pictures, found, files }
}

/// Measures a picture, and tells whether it tells where it was taken.
fn one(path: &str, bytes: &[u8], store: &dyn Store, turn: &Mutex<()>) -> Result<(Picture, bool), Fault> {
    let kind = Kind::of(bytes).ok_or(Fault::Unknown)?;
    if !kind.has_name(path) {
        return Err(Fault::Misnamed(kind));
    }
    match kind {
        Kind::Svg => {
            let (width, height) = svg::size(bytes)?;
            Ok((Picture { width, height, sizes: Vec::new() }, false))
        }
        kind => pixels(path, kind, bytes, store, turn),
    }
}

#[cfg(feature = "images")]
fn pixels(path: &str, kind: Kind, bytes: &[u8], store: &dyn Store, turn: &Mutex<()>) -> Result<(Picture, bool), Fault> {
    use crate::cache::Key;
    let key = Key::of(&[raster::SETTINGS.as_bytes(), bytes]);
    let made = match store.get("picture", key).and_then(|bytes| pack::unpack(&bytes)) {
        Some(made) => made,
        None => {
            let made = raster::make(kind, bytes, turn)?;
            store.put("picture", key, &pack::pack(&made));
            made
        }
    };
    let mut sizes: Vec<PictureSize> = made.sizes.into_iter().map(|size| named(path, size)).collect();
    if kind == Kind::Webp && !made.animated && !sizes.is_empty() && made.width <= raster::WIDEST {
        sizes.push(PictureSize { path: path.to_owned(), width: made.width, bytes: None });
    }
    Ok((Picture { width: made.width, height: made.height, sizes }, made.place))
}

#[cfg(feature = "images")]
fn named(path: &str, (width, bytes): (u32, Vec<u8>)) -> PictureSize {
    PictureSize { path: format!("{path}.{width}.webp"), width, bytes: Some(bytes.into()) }
}

#[cfg(not(feature = "images"))]
fn pixels(_: &str, _: Kind, _: &[u8], _: &dyn Store, _: &Mutex<()>) -> Result<(Picture, bool), Fault> {
    Err(Fault::NotBuilt)
}

/// Reports files of the content that stand where a size would be written.
fn clashes(site: &Site, pictures: &BTreeMap<String, Picture>, shown: &[(String, Span)], diagnostics: &mut Diagnostics) {
    for (path, span) in shown {
        for size in pictures.get(path).iter().flat_map(|picture| &picture.sizes) {
            if size.bytes.is_some() && site.assets.contains_key(&size.path) {
                let message =
                    format!("`{}` would be written twice: by the content and as a size of `{path}`", size.path);
                let diagnostic = Diagnostic::new(Code::SameOutput, message)
                    .at(span.clone(), "smaller sizes of this picture are made")
                    .help(format!("rename `content/{}`", size.path));
                diagnostics.push(diagnostic);
            }
        }
    }
}
