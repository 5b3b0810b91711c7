//! The media of a slide. A picture that lies in the site is shown; one that lies elsewhere waits until it is fetched;
//! what is no picture stands as a link, or as the quotation that it is.

use serde_json::{Map, Value};

use crate::import::json::{take_map, take_text};
use crate::import::report::Kind;
use crate::import::site::Page;
use crate::import::{html, names};

use super::event::Importer;

const PICTURES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "tif"];

impl Importer<'_> {
    /// Takes the media out of a slide's fields.
    pub(super) fn media(&mut self, page: &mut Page, fields: &mut Map<String, Value>) {
        let Some(mut media) = take_map(fields, "media") else { return };
        let Some(url) = take_text(&mut media, "url") else {
            fields.insert("media".to_owned(), Value::Object(media));
            return;
        };
        if url.contains("<blockquote") {
            append(&mut page.body, &html::blocks(&url));
        } else if url.starts_with('<') {
            let addresses = html::embedded(&url);
            addresses.iter().for_each(|address| link(page, address));
            media.insert("url".to_owned(), Value::from(url));
        } else if is_picture(&url) {
            self.picture(page, &url, &mut media);
        } else {
            link(page, &url);
            media.insert("url".to_owned(), Value::from(url));
        }
        fields.insert("media".to_owned(), Value::Object(media));
    }

    /// Shows a picture that is in the site and has a description; asks for any other.
    fn picture(&mut self, page: &mut Page, url: &str, media: &mut Map<String, Value>) {
        let inside = self.existing.inside(url);
        let file = inside.unwrap_or_else(|| format!("media/{}", file_name(url, &page.path)));
        let there = self.existing.has_asset(&file);
        let alt = media.get("alt").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        if there && !alt.is_empty() {
            let mut shown = vec![("file", file), ("alt", html::plain(&alt))];
            media.remove("alt");
            shown.extend(take_text(media, "caption").map(|caption| ("caption", html::line(&caption))));
            shown.extend(take_text(media, "credit").map(|credit| ("credit", html::plain(&credit))));
            page.media = shown;
            if !url.starts_with("media/") {
                media.insert("url".to_owned(), Value::from(url));
            }
            return;
        }
        let text = match (there, alt.is_empty()) {
            (false, false) => format!("fetch {url} to content/{file}"),
            (false, true) => format!("fetch {url} to content/{file}, and describe it (`alt`)"),
            (true, _) => format!("content/{file} is there: describe it (`alt`)"),
        };
        self.note(page, Kind::Picture, text);
        media.insert("url".to_owned(), Value::from(url));
        media.insert("file".to_owned(), Value::from(file));
    }
}

fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let (stem, end) = path.rsplit_once('.').unwrap_or((path, ""));
    let page = stem.contains("/wiki/File:");
    !page && !url.starts_with("data:") && PICTURES.contains(&end.to_lowercase().as_str())
}

/// Names the file of a picture after its address; of one without a name, after its event.
fn file_name(url: &str, page: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').next().unwrap_or(path);
    let (stem, end) = last.rsplit_once('.').unwrap_or((last, "jpg"));
    let name = match names::name(&stem.replace("%20", " ").replace(['_', '%'], "-")) {
        name if name.is_empty() => page.rsplit('/').next().unwrap_or(page).trim_end_matches(".md").to_owned(),
        name => name,
    };
    format!("{name}.{}", end.to_lowercase())
}

/// Puts a link under the text, for what a page does not show by itself.
fn link(page: &mut Page, address: &str) {
    let address =
        if let Some(rest) = address.strip_prefix("//") { format!("https://{rest}") } else { address.to_owned() };
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let shown = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    if is_web && !shown.is_empty() {
        let clean: String =
            html::address(&address).chars().filter(|c| !c.is_whitespace() && !"<>".contains(*c)).collect();
        append(&mut page.body, &format!("[{}](<{clean}>)", html::escaped(shown)));
    }
}

fn append(body: &mut String, block: &str) {
    if !body.is_empty() {
        body.push_str("\n\n");
    }
    body.push_str(block);
}

#[cfg(test)]
mod tests {
    use super::{file_name, is_picture};

    #[test]
    fn a_picture_is_told_by_its_name() {
        for (url, is) in [
            ("https://a.example/b.JPG?width=100", true),
            ("media/b.png", true),
            ("https://youtu.be/abc", false),
            ("https://commons.wikimedia.org/wiki/File:X.jpg", false),
            ("data:image/png;base64,AAAA.png", false),
        ] {
            assert_eq!(is_picture(url), is, "{url}");
        }
    }

    #[test]
    fn a_file_name_cannot_leave_its_folder() {
        for (url, name) in [
            ("https://a.example/x/The_Chamber%20(2).JPG?w=1", "the-chamber-2.jpg"),
            ("https://a.example/..%2F..%2Fetc.png", "2f-2fetc.png"),
            ("https://a.example/?.png", "2019-x.jpg"),
            ("con.png", "con-1.png"),
        ] {
            assert_eq!(file_name(url, "content/timeline/2019-x.md"), name, "{url}");
        }
    }
}
