//! The parts of an EPUB around its chapters: package document, navigation, and the page that each chapter is put into.
//!
//! By EPUB 3.3 and EPUB Accessibility 1.1 of the W3C.

use super::book::{Imprint, Resource};
use super::chapter::Chapter;
use super::tree::escaped;

/// Where the package document lies; no other program is expected to put it just there.
pub(super) const OURS: &str = "book/dateline.opf";

/// Says where the package document lies.
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
<rootfiles><rootfile full-path=\"book/dateline.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\n\
</container>\n";

/// What the package is written from.
pub(super) struct Parts<'a> {
    pub(super) imprint: &'a Imprint,
    pub(super) chapters: &'a [Chapter],
    pub(super) resources: &'a [Resource],
    pub(super) styled: bool,
    pub(super) cover: bool,
}

impl Parts<'_> {
    /// Writes the package document.
    pub(super) fn package(&self) -> String {
        let language = escaped(&self.imprint.language);
        let direction = if self.imprint.dir == "rtl" { " page-progression-direction=\"rtl\"" } else { "" };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\" dir=\"{}\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}</metadata>\n\
             <manifest>\n{}</manifest>\n\
             <spine{direction}>\n{}</spine>\n</package>\n",
            self.imprint.dir,
            self.metadata(),
            self.manifest(),
            self.spine(),
        )
    }

    fn metadata(&self) -> String {
        let imprint = self.imprint;
        let mut lines = vec![
            format!("<dc:identifier id=\"id\">{}</dc:identifier>", escaped(&imprint.id)),
            format!("<dc:title>{}</dc:title>", escaped(&imprint.title)),
            format!("<dc:language>{}</dc:language>", escaped(&imprint.language)),
            format!("<meta property=\"dcterms:modified\">{}T00:00:00Z</meta>", escaped(&imprint.modified)),
        ];
        lines.extend(imprint.authors.iter().map(|author| format!("<dc:creator>{}</dc:creator>", escaped(author))));
        lines.extend(imprint.publisher.iter().map(|name| format!("<dc:publisher>{}</dc:publisher>", escaped(name))));
        lines.extend(imprint.licence.iter().map(|licence| format!("<dc:rights>{}</dc:rights>", escaped(licence))));
        lines.extend(imprint.url.iter().map(|url| format!("<dc:source>{}</dc:source>", escaped(url))));
        if !imprint.description.trim().is_empty() {
            lines.push(format!("<dc:description>{}</dc:description>", escaped(imprint.description.trim())));
        }
        lines.extend(self.accessibility());
        lines.join("\n") + "\n"
    }

    fn accessibility(&self) -> Vec<String> {
        let pictures = self.chapters.iter().any(|chapter| chapter.svg || chapter.body.contains("<img"));
        let modes: &[&str] = if pictures { &["textual", "visual"] } else { &["textual"] };
        let mut lines: Vec<String> = modes.iter().map(|mode| schema("accessMode", mode)).collect();
        lines.push(schema("accessModeSufficient", "textual"));
        let features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"];
        lines.extend(features.iter().map(|feature| schema("accessibilityFeature", feature)));
        lines.extend(pictures.then(|| schema("accessibilityFeature", "alternativeText")));
        lines.push(schema("accessibilityHazard", "none"));
        lines.push(schema("accessibilitySummary", &self.imprint.accessibility));
        lines
    }

    fn manifest(&self) -> String {
        let mut items = vec![
            "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>".to_owned(),
        ];
        if self.cover {
            items.push(
                "<item id=\"cover-image\" href=\"cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"/>"
                    .to_owned(),
            );
            items.push("<item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>".to_owned());
        }
        items.extend(self.styled.then(|| "<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>".to_owned()));
        for (number, chapter) in self.chapters.iter().enumerate() {
            let properties = if chapter.svg { " properties=\"svg\"" } else { "" };
            let file = &chapter.file;
            items.push(format!(
                "<item id=\"c{}\" href=\"{file}\" media-type=\"application/xhtml+xml\"{properties}/>",
                number + 1
            ));
        }
        for (number, resource) in self.resources.iter().enumerate() {
            let (path, media_type) = (&resource.path, resource.media_type);
            items.push(format!("<item id=\"f{}\" href=\"{path}\" media-type=\"{media_type}\"/>", number + 1));
        }
        items.join("\n") + "\n"
    }

    fn spine(&self) -> String {
        let cover = self.cover.then(|| "<itemref idref=\"cover\"/>".to_owned());
        let chapters = (1..=self.chapters.len()).map(|number| format!("<itemref idref=\"c{number}\"/>"));
        let nav = ["<itemref idref=\"nav\"/>".to_owned()];
        cover.into_iter().chain(nav).chain(chapters).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// Writes the navigation document: the chapters, and where the book begins.
    pub(super) fn navigation(&self) -> String {
        let word = escaped(&self.imprint.contents);
        let entry =
            |chapter: &Chapter| format!("<li><a href=\"{}\">{}</a></li>", chapter.file, escaped(&chapter.title));
        let entries: Vec<String> = self.chapters.iter().map(entry).collect();
        let mut landmarks = Vec::new();
        if self.cover {
            landmarks.push(
                "<li><a epub:type=\"cover\" href=\"cover.xhtml\">".to_owned()
                    + &escaped(&self.imprint.title)
                    + "</a></li>",
            );
        }
        landmarks.push(format!("<li><a epub:type=\"toc\" href=\"nav.xhtml\">{word}</a></li>"));
        landmarks.extend(self.chapters.first().map(|first| {
            format!("<li><a epub:type=\"bodymatter\" href=\"{}\">{}</a></li>", first.file, escaped(&first.title))
        }));
        let body = format!(
            "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{word}</h1>\n<ol>\n{}\n</ol>\n</nav>\n\
             <nav epub:type=\"landmarks\" hidden=\"hidden\" aria-label=\"{}\">\n<ol>\n{}\n</ol>\n</nav>",
            entries.join("\n"),
            escaped(&self.imprint.title),
            landmarks.join("\n")
        );
        self.page(&word, "contents", &body)
    }

    /// Writes the page that shows the cover.
    pub(super) fn cover_page(&self) -> String {
        let title = escaped(&self.imprint.title);
        let body = format!(
            "<section epub:type=\"cover\"><img class=\"cover\" src=\"cover.svg\" alt=\"{title}\" role=\"doc-cover\"/></section>"
        );
        self.page(&title, "cover", &body)
    }

    /// Writes the page of a chapter.
    pub(super) fn chapter_page(&self, chapter: &Chapter) -> String {
        self.page(&escaped(&chapter.title), &chapter.role, &chapter.body)
    }

    fn page(&self, title: &str, role: &str, body: &str) -> String {
        let (language, dir) = (escaped(&self.imprint.language), self.imprint.dir);
        let style = if self.styled { "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n" } else { "" };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"{language}\" lang=\"{language}\" dir=\"{dir}\">\n\
             <head>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>\n{style}</head>\n<body class=\"on-{role}\">\n{body}\n</body>\n</html>\n"
        )
    }
}

fn schema(property: &str, value: &str) -> String {
    format!("<meta property=\"schema:{property}\">{}</meta>", escaped(value))
}
