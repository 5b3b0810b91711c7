//! Bytes to a site: a few events, pages, sources and settings that mostly fit together.
//!
//! One choice in eight or so is an odd one, so that many sites are built and many are refused. What can come from a disk
//! is made, and nothing else: no name is empty, hidden, or leads up.

use std::fmt::Write as _;

use arbitrary::Unstructured;
use dateline::diagnostic::Code;
use dateline::file::{Files, is_passed_over};

use super::texts::{DATES, FIGURES, FITTING, HTML, IDS, MARKDOWN, NAMES, ODD_NAMES, PHRASES};

/// A made-up site.
#[derive(Debug)]
pub(super) struct Made {
    texts: Vec<(String, String)>,
    assets: Vec<String>,
    /// Whether drafts are shown.
    pub(super) drafts: bool,
    /// Whether the second build follows one of an earlier state.
    pub(super) edited: bool,
}

/// A picture of one pixel, and an SVG.
const PNG: &[u8] = include_bytes!("../../../tests/projects/everything/content/media/flood.png");
const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>";

impl Made {
    /// Makes a site of bytes; where they end, the plainest choices follow.
    pub(super) fn of(data: &[u8]) -> Self {
        let mut maker =
            Maker { bytes: Unstructured::new(data), pages: Vec::new(), file: String::new(), claims: 0, tame: false };
        maker.tame = !maker.one_in(3);
        let (drafts, edited) = (maker.odd(), maker.one_in(3));
        let count = maker.up_to(4);
        for at in 0..count {
            let folder = if maker.one_in(4) { "pages" } else { "timeline" };
            let name = maker.name(at);
            maker.pages.push(format!("{folder}/{name}"));
        }
        let mut texts = vec![("content/site.yaml".to_owned(), maker.settings())];
        texts.push(("content/sources.yaml".to_owned(), maker.sources()));
        texts.push(("content/questions.yaml".to_owned(), maker.questions()));
        let index = maker.page("index");
        texts.push(("content/index.md".to_owned(), index));
        for page in maker.pages.clone() {
            let text = maker.page(&page);
            let path = format!("content/{page}.md");
            if !texts.iter().any(|(other, _)| *other == path) {
                texts.push((path, text));
            }
        }
        let mut assets = vec!["content/media/a.png".to_owned(), "content/media/b.svg".to_owned()];
        if maker.odd() {
            let kind = ["xml", "js", "png", "txt"][maker.up_to(3)];
            assets.push(format!("content/{}.{kind}", maker.name(0)));
        }
        if maker.odd() {
            texts.push(("evidence/a.txt".to_owned(), maker.text()));
        }
        Self { texts, assets, drafts, edited }
    }

    pub(super) fn files(&self) -> Files {
        self.in_order(self.texts.iter())
    }

    pub(super) fn files_backwards(&self) -> Files {
        self.in_order(self.texts.iter().rev())
    }

    /// Returns the files as they were before the last one was edited.
    pub(super) fn files_edited(&self) -> Files {
        let mut files = self.files();
        if let Some((path, text)) = self.texts.last() {
            files.insert_text(path.as_str(), format!("{text}\n\nOne word [@a] more [7](claim:c0).\n"));
        }
        files
    }

    fn in_order<'a>(&self, texts: impl Iterator<Item = &'a (String, String)>) -> Files {
        let mut files = Files::default();
        texts.for_each(|(path, text)| files.insert_text(path.as_str(), text.as_str()));
        for path in &self.assets {
            files.insert_asset(path.as_str(), if path.ends_with(".svg") { SVG } else { PNG });
        }
        files
    }
}

struct Maker<'a> {
    bytes: Unstructured<'a>,
    /// The files of pages but the home page, in `content/`, without `.md`.
    pages: Vec<String>,
    /// The one that is being made; empty where it is none of them.
    file: String,
    /// How many claims were made.
    claims: usize,
    /// Whether nothing is made that must be refused.
    tame: bool,
}

impl Maker<'_> {
    fn up_to(&mut self, most: usize) -> usize {
        self.bytes.int_in_range(0..=most).unwrap_or(0)
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.up_to(many - 1) == many - 1
    }

    fn odd(&mut self) -> bool {
        !self.tame && self.one_in(8)
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.up_to(texts.len() - 1)]
    }

    /// Makes a text that nobody foresaw.
    fn wild(&mut self) -> String {
        let length = self.up_to(24);
        let bytes = self.bytes.bytes(length.min(self.bytes.len())).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }

    fn name(&mut self, at: usize) -> String {
        if !self.odd() {
            return NAMES[at].to_owned();
        }
        let name = if self.one_in(3) { self.wild() } else { self.of(ODD_NAMES).to_owned() };
        let name = name.replace('\0', "");
        let fits = |part: &str| !part.is_empty() && part.len() < 250 && !is_passed_over(part);
        if name.split('/').all(fits) { name } else { NAMES[at].to_owned() }
    }

    fn text(&mut self) -> String {
        match self.up_to(11) {
            0 => self.wild(),
            1..=4 => format!("{} {}", self.of(PHRASES), self.of(PHRASES)),
            _ => ["A text", "The water came", "Who counted"][self.up_to(2)].to_owned(),
        }
    }

    fn id(&mut self) -> String {
        if self.odd() { self.text() } else { self.of(IDS).to_owned() }
    }

    fn source(&mut self) -> &'static str {
        if self.odd() { "nobody" } else { ["a", "b"][self.up_to(1)] }
    }

    fn date(&mut self) -> String {
        if self.odd() { self.wild() } else { self.of(DATES).to_owned() }
    }

    fn claim(&mut self) -> String {
        if self.odd() { self.id() } else { format!("c{}", self.up_to(self.claims.saturating_sub(1))) }
    }

    fn settings(&mut self) -> String {
        let mut yaml = format!("title: {}\n", quoted(&self.text()));
        let mut field = |wanted: bool, line: String| {
            if wanted {
                yaml.push_str(&line);
                yaml.push('\n');
            }
        };
        field(self.one_in(2), "theme: plain".to_owned());
        field(
            self.one_in(2),
            format!("url: {}", ["https://example.org", "https://example.org/a/", "http://x"][self.up_to(2)]),
        );
        field(self.one_in(3), format!("language: {}", ["en", "ar", "ko", "de", "en-US", "fr", "x"][self.up_to(6)]));
        field(self.one_in(4), format!("currency: {}", ["USD", "EUR", "XXX"][self.up_to(2)]));
        for name in ["description", "publisher", "licence"] {
            field(self.one_in(4), format!("{name}: {}", quoted(&self.text())));
        }
        field(self.one_in(4), format!("authors: [{}]", quoted(&self.text())));
        field(self.odd(), "html: deny".to_owned());
        field(
            self.one_in(2),
            format!(
                "groups: {{a: {}, {}: {{title: B, summary: {}}}}}",
                quoted(&self.text()),
                quoted(&self.id()),
                quoted(&self.line())
            ),
        );
        if self.one_in(3) {
            let file = if self.odd() { "nowhere.md".to_owned() } else { self.target() };
            field(true, format!("navigation: [{{title: {}, file: {}}}]", quoted(&self.text()), quoted(&file)));
        }
        field(true, "outputs:\n  cards: false".to_owned());
        for name in ["all", "offline", "data", "feeds"] {
            field(self.one_in(4), format!("  {name}: false"));
        }
        field(self.odd(), "editions: [single]".to_owned());
        field(self.odd(), "publish-evidence: true".to_owned());
        field(self.odd(), format!("variables: {{accent: {}}}", quoted(&self.text())));
        if !self.one_in(4) {
            field(true, "rules:".to_owned());
            for code in Code::ALL.iter().filter(|code| code.is_rule()) {
                field(true, format!("  {code}: warn"));
            }
        }
        yaml
    }

    fn sources(&mut self) -> String {
        let mut yaml = String::new();
        for id in ["a", "b"] {
            let _ = writeln!(yaml, "{id}:\n  type: report\n  title: {}", quoted(&self.text()));
            if self.one_in(2) {
                let _ =
                    writeln!(yaml, "  author: [{{family: {}, given: {}}}]", quoted(&self.text()), quoted(&self.text()));
            }
            for (name, text) in
                [("issued", self.date()), ("URL", self.address()), ("note", self.line()), ("archive", self.address())]
            {
                if self.one_in(4) {
                    let _ = writeln!(yaml, "  {name}: {}", quoted(&text));
                }
            }
            if self.one_in(4) {
                let _ = writeln!(yaml, "  origin: {}", self.source());
            }
        }
        yaml
    }

    fn questions(&mut self) -> String {
        let mut yaml = format!("q:\n  title: {}\n  note: {}\n", quoted(&self.text()), quoted(&self.line()));
        if self.one_in(3) {
            let _ = writeln!(yaml, "{}: {{title: {}}}", quoted(&self.id()), quoted(&self.text()));
        }
        yaml
    }

    fn address(&mut self) -> String {
        if self.odd() {
            self.text()
        } else {
            format!("https://example.org/{}", self.of(&["", "?a=1&b=2", "ü", "%41", "a b", "\"'>"]))
        }
    }

    fn page(&mut self, file: &str) -> String {
        self.file = file.to_owned();
        let mut front = format!("---\ntitle: {}\n", quoted(&self.text()));
        if file.starts_with("timeline/") || self.odd() {
            let _ = writeln!(front, "date: {}", quoted(&self.date()));
        }
        let _ = self.one_in(2).then(|| writeln!(front, "summary: {}", quoted(&self.line())));
        let _ = self.odd().then(|| writeln!(front, "id: {}", quoted(&self.id())));
        let _ = self.odd().then(|| writeln!(front, "title-short: {}", quoted(&self.text())));
        let _ = self.one_in(3).then(|| writeln!(front, "published: 2020-01-0{}", 1 + self.up_to(8)));
        let _ = self.one_in(4).then(|| writeln!(front, "updated: 2021-01-0{}", 1 + self.up_to(8)));
        let _ = self.one_in(3).then(|| writeln!(front, "importance: key"));
        let _ = self
            .one_in(3)
            .then(|| writeln!(front, "groups: [{}]", if self.odd() { quoted(&self.id()) } else { "a".to_owned() }));
        let _ = self.one_in(3).then(|| {
            writeln!(
                front,
                "sources: [{}, {{id: {}, locator: {}}}]",
                self.source(),
                self.source(),
                quoted(&self.text())
            )
        });
        let _ = self.odd().then(|| writeln!(front, "draft: true"));
        let _ = self.odd().then(|| writeln!(front, "extra: {{{}: {}}}", quoted(&self.text()), quoted(&self.text())));
        if self.odd() {
            let alias = if self.one_in(2) { self.text() } else { format!("{}.html", self.of(ODD_NAMES)) };
            let _ = writeln!(front, "aliases: [{}, old/{}.html]", quoted(&alias), self.up_to(9));
        } else if self.one_in(4) {
            let _ = writeln!(front, "aliases: [old/{}.html]", quoted(&file.replace('/', " ")).trim_matches('"'));
        }
        if self.one_in(4) {
            let odd = ["media/no.png", "../x", "index.md"];
            let path = if self.odd() { self.of(&odd) } else { self.of(&["media/a.png", "media/b.svg"]) };
            let _ = writeln!(
                front,
                "media: {{file: {path}, alt: {}, caption: {}, credit: {}, licence: {}}}",
                quoted(&self.text()),
                quoted(&self.line()),
                quoted(&self.text()),
                quoted(&self.text())
            );
        }
        if self.one_in(4) {
            let kind = self.of(&["correction", "clarification", "update", "retraction"]);
            let _ =
                writeln!(front, "corrections: [{{date: 2020-02-03, kind: {kind}, note: {}}}]", quoted(&self.line()));
        }
        let claims = self.up_to(3);
        for at in 0..claims {
            let _ = (at == 0).then(|| writeln!(front, "claims:"));
            self.write_claim(&mut front);
        }
        front + "---\n" + &self.body()
    }

    fn write_claim(&mut self, front: &mut String) {
        let id = if self.odd() { self.id() } else { format!("c{}", self.claims) };
        self.claims += 1;
        let _ = writeln!(front, "  - id: {}", quoted(&id));
        let _ = match self.one_in(3) {
            true => writeln!(front, "    statement: {}", quoted(&self.line())),
            false => writeln!(front, "    figure: {}", quoted(self.of(FIGURES))),
        };
        let _ = self.one_in(2).then(|| writeln!(front, "    question: {}", if self.odd() { "nothing" } else { "q" }));
        let _ = self.one_in(2).then(|| writeln!(front, "    said-by: {}", quoted(&self.text())));
        let _ = self.one_in(2).then(|| writeln!(front, "    sources: [{}]", self.source()));
        let _ = self.one_in(4).then(|| writeln!(front, "    period: {}", quoted(&self.date())));
        let _ = self
            .one_in(4)
            .then(|| writeln!(front, "    status: {}", self.of(&["estimate", "allegation", "confirmed", "disputed"])));
        let _ = self.one_in(4).then(|| writeln!(front, "    note: {}", quoted(&self.line())));
        let _ = self.one_in(4).then(|| writeln!(front, "    disputes: {}", quoted(&self.claim())));
    }

    fn body(&mut self) -> String {
        let mut body = String::new();
        for _ in 0..self.up_to(6) {
            body += &self.fragment();
            body += ["\n\n", " ", "\n"][self.up_to(2)];
        }
        body
    }

    fn fragment(&mut self) -> String {
        match self.up_to(9) {
            0 | 1 => self.text(),
            2 => self.wild(),
            3 => self.of(HTML).to_owned(),
            4 | 5 => self.of(if self.tame { &MARKDOWN[..FITTING] } else { MARKDOWN }).to_owned(),
            6 if self.claims > 0 || !self.tame => format!("[{}](claim:{})", self.of(FIGURES), self.claim()),
            _ => {
                let up = "../".repeat(self.file.matches('/').count());
                let texts = if self.tame { &["x", "7 floods", "*x*"][..] } else { &["x", "", "[@a]"] };
                format!("[{}](<{up}{}>)", self.of(texts), self.target())
            }
        }
    }

    /// Makes a line of Markdown, for a field.
    fn line(&mut self) -> String {
        if self.one_in(2) { self.text() } else { self.fragment() }
    }

    /// Makes an address of something in the site, from its root.
    fn target(&mut self) -> String {
        /// How many of them are made for every site.
        const ALWAYS: usize = 7;
        const MADE: [&str; 14] = [
            "index.md",
            "ledger.html",
            "sources.html",
            "corrections.html",
            "404.html",
            "media/a.png",
            "media/b.svg",
            "all.html",
            "data.html",
            "groups/a.html",
            "feed.xml",
            "data/claims.csv",
            "nowhere.md",
            "SHA256SUMS",
        ];
        const ANCHORS: [&str; 12] = [
            "#cite-1",
            "#claim-c0",
            "#note-a",
            "#heading",
            "#source-a",
            "#question-q",
            "#",
            "#ref-1-1",
            "#event-a",
            "#x",
            "#top",
            "#nowhere",
        ];
        let page = match self.pages.len() {
            0 => None,
            many => (!self.one_in(3)).then(|| self.up_to(many - 1)),
        };
        let path = match page {
            Some(at) => self.pages[at].replace('%', "%25").replace('#', "%23").replace('?', "%3F") + ".md",
            None => self.of(if self.tame { &MADE[..ALWAYS] } else { &MADE }).to_owned(),
        };
        let anchor = if !self.tame && self.one_in(3) { self.of(&ANCHORS) } else { "" };
        path + anchor
    }
}

/// Writes a text as YAML has it between double quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}
