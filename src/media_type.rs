//! The media type of a file by the end of its name, for everyone who hands files on: servers, buckets, books.

/// Returns the media type of a path, as IANA registers it, without parameters; bytes for everything that is not known.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    match end.as_str() {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "txt" | "md" | "bib" | "yaml" => "text/plain",
        "ics" => "text/calendar",
        "vtt" => "text/vtt",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ if name == "SHA256SUMS" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Returns the value of the header `Content-Type` for a path: everything that a build writes as text is UTF-8.
pub fn served(path: &str) -> String {
    let kind = of(path);
    if kind.starts_with("text/") || kind == "application/xml" { format!("{kind}; charset=utf-8") } else { kind.into() }
}

/// Tells whether files of a media type are text, which is worth compressing.
pub fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_goes_by_the_end_of_the_name_and_texts_say_that_they_are_utf_8() {
        assert_eq!(of("a.b/PLAN.PDF"), "application/pdf");
        assert_eq!((of("a.html/name"), of("copy/SHA256SUMS")), ("application/octet-stream", "text/plain"));
        assert_eq!((&*served("feed.xml"), &*served("a.png")), ("application/xml; charset=utf-8", "image/png"));
        assert!(is_text(of("a.svg")) && is_text(of("x.webmanifest")) && !is_text(of("a.woff2")));
    }
}
