//! Events and pages.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CitedView, ClaimView, DateView, FootnoteView, GroupLink, Link, QuestionView, Ready};

/// What `event.html` and `page.html` get as `article`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ArticleView {
    /// The date of the event.
    pub date: Option<DateView>,
    /// Whether it is a key event.
    pub key: bool,
    /// Its groups.
    pub groups: Vec<Ready<GroupLink>>,
    /// The text, in parts.
    pub body: Vec<BodyPart>,
    /// Its headings.
    pub headings: Vec<HeadingView>,
    /// The claim that stands for the page: the first with a figure.
    pub lead: Option<ClaimView>,
    /// Its claims, in the order of the front matter.
    pub claims: Vec<ClaimView>,
    /// The sources cited, in the order of their numbers.
    pub sources: Vec<CitedView>,
    /// The footnotes, in the order of their letters.
    pub footnotes: Vec<FootnoteView>,
    /// The corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// The picture.
    pub media: Option<MediaView>,
    /// The event before it.
    pub previous: Option<Neighbour>,
    /// The event after it.
    pub next: Option<Neighbour>,
}

/// A part of a text: a run of HTML, or a question set into it. One of the two is there.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BodyPart {
    /// Paragraphs, lists, headings.
    pub html: Option<String>,
    /// A question with its claims, where the text has a paragraph that is only a link to it.
    pub question: Option<QuestionView>,
    /// The level that the question's heading must have so that none is skipped: 3 below a heading of the text, else 2.
    pub level: u8,
}

/// The event before or after.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Neighbour {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Its date.
    pub date: DateView,
}

/// A heading of a page, for a table of contents.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub anchor: String,
    /// Its text, plain.
    pub text: String,
}

/// The picture of a page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MediaView {
    /// Its file, relative to the root of the output.
    pub path: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The caption.
    pub caption_html: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Lighter files in WebP, the narrowest first, for `srcset`; none where they would save nothing.
    pub webp: Vec<PictureSizeView>,
    /// How wide the theme shows pictures (`picture-sizes` in theme.yaml), for `sizes`.
    pub sizes: String,
    /// Where the picture leads: a video, of which it is a still, at a place outside.
    pub url: Option<String>,
    /// The host of that place: `example.org`.
    pub host: Option<String>,
}

/// A picture in one size.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PictureSizeView {
    /// Its file, relative to the root of the output.
    pub path: String,
    /// Pixels across.
    pub width: u32,
}

/// A correction.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CorrectionView {
    /// When it was made.
    pub date: DateView,
    /// `correction`, `clarification`, `update` or `retraction`.
    pub kind: &'static str,
    /// The kind in the site's language.
    pub kind_text: String,
    /// What was wrong, and what it says now.
    pub note_html: String,
    /// The page corrected.
    pub page: Link,
}
