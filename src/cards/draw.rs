//! SVG to PNG.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{Fault, HEIGHT, WIDTH};

/// Draws an SVG of 1200 × 630 on white.
pub(super) fn draw(svg: &str, fonts: &Arc<Database>) -> Result<Vec<u8>, Fault> {
    let options = Options {
        fontdb: Arc::clone(fonts),
        // A drawing is whole by itself: neither files nor pictures within addresses are read.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| Fault::Drawing(lower(&error.to_string())))?;
    let size = tree.size().to_int_size();
    if (size.width(), size.height()) != (WIDTH, HEIGHT) {
        let message = format!("it is {} × {} pixels large, not {WIDTH} × {HEIGHT}", size.width(), size.height());
        return Err(Fault::Drawing(message));
    }
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).expect("a card has room in memory");
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| Fault::Drawing(lower(&error.to_string())))
}

fn lower(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
