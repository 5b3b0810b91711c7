//! The tags of a page that say something about it. Only a tokenizer runs: no tree is made, so that no nesting, however
//! deep, costs more than its bytes.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// How many tags, and how many pieces of JSON-LD, are looked at; a page has some dozens.
const MOST: usize = 2000;
/// How long a piece of JSON-LD may be, in bytes.
const LONGEST_JSON: usize = 1 << 20;

/// What was found in the tags of a page.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// `<meta>`: names in small letters, and contents, in the order of the page.
    named: Vec<(String, String)>,
    /// The texts of `<script type="application/ld+json">`.
    pub(super) json_ld: Vec<String>,
    /// The text of the first `<title>`.
    pub(super) title: Option<String>,
    /// The address of `<link rel="canonical">`.
    pub(super) canonical: Option<String>,
}

impl Tags {
    /// Reads the tags of a page.
    pub(super) fn read(html: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        // It stops before the end only where the sink asks for it, and this one never does.
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.state.into_inner().tags
    }

    /// Returns the contents of the tags of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.named.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }

    /// Returns the first text that one of some names has, on one line.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().flat_map(|name| self.all(name)).find_map(super::line)
    }
}

#[derive(Default)]
struct Sink {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    tags: Tags,
    /// What the text that comes now is, and the text so far.
    within: Option<(Within, String)>,
    /// Whether an `<svg>` is open, whose titles are not the page's.
    drawing: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Title,
    JsonLd,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => {
                if let Some((_, held)) = &mut state.within
                    && held.len() < LONGEST_JSON
                {
                    held.push_str(&text);
                }
            }
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.open(&tag),
            Token::TagToken(tag) => state.close(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        match &*tag.name {
            "meta" if self.tags.named.len() < MOST => {
                let names = [attribute(tag, "property"), attribute(tag, "name"), attribute(tag, "itemprop")];
                if let Some(content) = attribute(tag, "content") {
                    self.tags
                        .named
                        .extend(names.iter().flatten().map(|name| (name.trim().to_lowercase(), content.to_owned())));
                }
            }
            "link"
                if self.tags.canonical.is_none()
                    && attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                self.tags.canonical = attribute(tag, "href").and_then(super::line);
            }
            "title" if self.drawing == 0 => {
                self.within = Some((Within::Title, String::new()));
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "script" => {
                let kind = attribute(tag, "type").unwrap_or_default().trim().to_lowercase();
                if kind == "application/ld+json" && self.tags.json_ld.len() < MOST {
                    self.within = Some((Within::JsonLd, String::new()));
                }
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(RawKind::Rawtext),
            "svg" if !tag.self_closing => self.drawing += 1,
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn close(&mut self, tag: &Tag) {
        match &*tag.name {
            "svg" => self.drawing = self.drawing.saturating_sub(1),
            "title" | "script" => match self.within.take() {
                Some((Within::Title, text)) => self.tags.title = self.tags.title.take().or(Some(text)),
                Some((Within::JsonLd, text)) => self.tags.json_ld.push(text),
                None => {}
            },
            _ => {}
        }
    }
}

/// Reads the entities of a text (`&amp;`), which some pages put into their JSON too.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let html = format!("<title>{}</title>", text.replace('<', "&lt;"));
    Tags::read(&html).title.unwrap_or_default()
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}
