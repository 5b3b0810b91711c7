//! What a parsed text is: pieces of HTML and the holes between them.

use crate::diagnostic::Span;

use super::{Block, Citation, Target};

/// A parsed Markdown text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The HTML with its holes, in order.
    pub pieces: Vec<Piece>,
    /// The footnotes that are referred to, in the order of their letters.
    pub footnotes: Vec<Footnote>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The plain text of each block, with the way back to the file.
    pub blocks: Vec<Block>,
}

/// A run of HTML, or a hole in it.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Ready HTML.
    Html(String),
    /// What only the site can tell.
    Hole(Hole),
}

/// A place that is filled when the whole site is known.
#[derive(Clone, Debug)]
pub enum Hole {
    /// In an `id` or an address on the same page: where one-page editions put the page's id.
    Prefix,
    /// The link to itself that a heading carries.
    HeadingAnchor(String),
    /// The start of a link.
    Link(Box<LinkHole>),
    /// The end of the link that was started last.
    LinkEnd,
    /// The start of `[text](claim:ID)`.
    Claim(Reference),
    /// The end of it.
    ClaimEnd,
    /// The start of a link to a question within a sentence; ends with [`Hole::LinkEnd`].
    Question(Reference),
    /// A paragraph that is only a link to a question: the question is set in here.
    QuestionBlock(Reference),
    /// `[@id, p. 3; @other]`.
    Citation(Citation),
    /// A picture.
    Image(Box<Image>),
    /// Before a table, and after it (`true`).
    Table(bool),
}

/// A link.
#[derive(Clone, Debug)]
pub struct LinkHole {
    /// Where it leads.
    pub target: Target,
    /// Its `title`, or nothing.
    pub title: String,
    /// The whole link in the file.
    pub span: Span,
}

/// A reference to a claim or a question.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The id, as typed.
    pub id: String,
    /// The whole link in the file.
    pub span: Span,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where it is.
    pub target: Target,
    /// Its description; empty where the editor gave none.
    pub alt: String,
    /// Its title, shown as a caption where the picture stands alone.
    pub title: String,
    /// Whether it is alone in its paragraph.
    pub alone: bool,
    /// The whole picture in the file.
    pub span: Span,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Footnote {
    /// `a`, `b`, … `z`, `aa`, …
    pub letter: String,
    /// How often the text refers to it, at least once.
    pub references: usize,
    /// Its text.
    pub pieces: Vec<Piece>,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2 to 6: 1 is the page's title.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, plain.
    pub text: String,
}

impl Document {
    /// Returns the holes of the text and then of its footnotes.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        let notes = self.footnotes.iter().flat_map(|note| &note.pieces);
        self.pieces.iter().chain(notes).filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole),
            Piece::Html(_) => None,
        })
    }

    /// Returns the plain text, its blocks divided by a space.
    pub fn plain(&self) -> String {
        let texts: Vec<&str> = self.blocks.iter().map(|block| block.text.trim()).collect();
        texts.join(" ")
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}
