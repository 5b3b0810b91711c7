//! What hosts read: `_headers` for Netlify and Cloudflare Pages, and `.nojekyll` for GitHub Pages.
//!
//! A host that knows neither shows them as ordinary files, and the pages carry their policy themselves. Only what a page
//! cannot say of itself is added: that no other site may frame it, and what must not be guessed or told.

use crate::export::csp_hash;
use crate::output::{Content, Output};

/// Makes the files.
pub(super) fn files<C: Content>(output: &Output<C>) -> Vec<(String, Vec<u8>)> {
    vec![("_headers".to_owned(), headers(output).into_bytes()), (".nojekyll".to_owned(), Vec::new())]
}

/// Writes the rules. A path has one rule for each header, because hosts join what two rules say.
fn headers<C: Content>(output: &Output<C>) -> String {
    let styles: String = inline_styles(output).into_iter().map(|hash| format!(" '{hash}'")).collect();
    format!(
        "/*\n\
         \x20 Content-Security-Policy: default-src 'none'; style-src 'self'{styles}; script-src 'self'; font-src 'self' data:; \
         img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'\n\
         \x20 X-Content-Type-Options: nosniff\n\
         \x20 Referrer-Policy: no-referrer\n\
         \x20 Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n\
         /static/fonts/*\n\
         \x20 Cache-Control: public, max-age=86400, stale-while-revalidate=2592000\n\
         /sw.js\n\
         \x20 Cache-Control: no-cache\n"
    )
}

/// Hashes the styles that stand inside of pages: those of `404.html` and of the edition that is one file.
fn inline_styles<C: Content>(output: &Output<C>) -> Vec<String> {
    let alone = |path: &str| path == "404.html" || (path.starts_with("editions/") && path.ends_with(".html"));
    let pages = output.files().filter(|(path, _)| alone(path));
    let mut hashes: Vec<String> = Vec::new();
    for (_, file) in pages {
        let text = file.bytes.read().expect("these pages are kept in memory, whatever becomes of others");
        let text = String::from_utf8_lossy(&text);
        for style in text.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next()) {
            let hash = csp_hash(style);
            if !hashes.contains(&hash) {
                hashes.push(hash);
            }
        }
    }
    hashes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::headers;
    use crate::output::{Output, Stage};

    #[test]
    fn a_style_that_stands_in_a_page_is_allowed_by_its_hash() {
        let mut output = Output::<Arc<[u8]>>::default();
        output.insert("404.html".into(), Stage::Page, b"<style>a{}</style>".to_vec()).expect("the path is free");
        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        assert!(
            headers(&output).contains("style-src 'self' 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=';"),
            "{}",
            headers(&output)
        );
        assert!(!headers(&Output::<Arc<[u8]>>::default()).contains("sha256-"));
    }
}
