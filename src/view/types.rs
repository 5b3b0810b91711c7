//! The structs themselves, for the reader who writes a theme.
//!
//! Fields whose name ends in `html` are safe to print with `| safe`; all others are plain text. A `path` is relative
//! to the root of the output (`timeline/2021-thefts.html`, with `#anchor` where it leads to one); print it as
//! `{{ page.root }}{{ path }}`.

use schemars::JsonSchema;
use serde::Serialize;

/// What every template gets as `site`: the same on every page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// What the site is about, in a sentence.
    pub description: String,
    /// BCP 47 language tag, for `lang`.
    pub language: String,
    /// `ltr` or `rtl`, for `dir`.
    pub dir: &'static str,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the texts.
    pub licence: Option<String>,
    /// The address it will have, without a trailing slash, where site.yaml gives one.
    pub url: Option<String>,
    /// The links at the top.
    pub navigation: Vec<NavigationView>,
    /// The groups, in the order of site.yaml, that have at least one event.
    pub groups: Vec<GroupLink>,
    /// How much there is.
    pub counts: Counts,
    /// The `variables` of site.yaml over those of theme.yaml, as CSS custom properties.
    pub variables: Vec<Variable>,
    /// Whether the site has a ledger (any claim), and so a link to it.
    pub has_ledger: bool,
}

/// A theme variable: `--name: value`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Variable {
    /// Its name, without the dashes.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How much a site holds.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// Events on the timeline.
    pub events: usize,
    /// Claims on all pages.
    pub claims: usize,
    /// Sources listed.
    pub sources: usize,
    /// Corrections made.
    pub corrections: usize,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NavigationView {
    /// What it says.
    pub title: String,
    /// Where it leads, relative to the root of the output; a whole address where `external`.
    pub path: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// What every template gets as `page`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PageMeta {
    /// `home`, `event`, `page`, `ledger`, `sources`, `group`, `corrections` or `not-found`.
    pub kind: &'static str,
    /// Where it stands, relative to the root of the output.
    pub path: String,
    /// What leads from it to the root of the output: empty, `../`, `../../`.
    pub root: String,
    /// Its id, for pages made from a file of the content.
    pub id: Option<String>,
    /// Its title, as plain text.
    pub title: String,
    /// Its summary, as HTML for one paragraph.
    pub summary_html: Option<String>,
    /// Its summary as plain text, for `meta description`.
    pub description: Option<String>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// Whether it is a draft, shown with `--drafts`.
    pub draft: bool,
}

/// A date, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateView {
    /// As a reader of the site's language writes it, never more precise than it is: `c. June 2021`.
    pub text: String,
    /// For `<time datetime>`, where HTML has a form for it.
    pub iso: Option<String>,
}

/// A figure, in the parts that typography sets apart: hedge, number, unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FigureView {
    /// `up to`, `at least`, `almost`.
    pub hedge: Option<String>,
    /// What stands before the number: `$`.
    pub before: String,
    /// The number, or both with an en dash: `400`, `1.4–1.46`.
    pub number: String,
    /// What multiplies it: `m`, `bn`; empty for none.
    pub scale: String,
    /// The unit after it: `attacks`, `%`; empty for none.
    pub after: String,
    /// All of it in a line: `up to $2bn`.
    pub text: String,
}

/// A link to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads, relative to the root of the output.
    pub path: String,
}

/// A link to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupLink {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub path: String,
    /// How many events it has.
    pub events: usize,
}

/// A claim: who said what, how surely, and where.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimView {
    /// Its id.
    pub id: String,
    /// `claim-ID`, its anchor on its own page and in the ledger.
    pub anchor: String,
    /// The figure, for a claim that has one.
    pub figure: Option<FigureView>,
    /// The statement, for a claim without a figure.
    pub statement_html: Option<String>,
    /// The time it is about.
    pub period: Option<DateView>,
    /// Who said it.
    pub said_by: String,
    /// `estimate`, `allegation`, `confirmed` or `disputed`.
    pub status: Option<&'static str>,
    /// The status in the site's language.
    pub status_text: Option<String>,
    /// What it rests on.
    pub sources: Vec<ClaimSource>,
    /// How many sources only report what one other source says, where that is so of all of them and they are several:
    /// two reports of one statement are not two confirmations.
    pub reports: Option<usize>,
    /// The source that they all lead to.
    pub origin: Option<Link>,
    /// A caveat.
    pub note_html: Option<String>,
    /// The question it answers, leading to the ledger.
    pub question: Option<Link>,
    /// The claim it disputes.
    pub disputes: Option<Link>,
    /// The claims that dispute it.
    pub disputed_by: Vec<Link>,
    /// The page that makes it, leading to the claim there.
    pub page: Link,
    /// Its place in the ledger.
    pub ledger_path: String,
}

/// A source of a claim, named in a few words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimSource {
    /// Its name in a few words: `Associated Press, 5 August 2019`.
    pub short: String,
    /// Where in it: `para. 3`.
    pub locator: Option<String>,
    /// Its place on the page of sources.
    pub path: String,
}

/// A source in full.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceView {
    /// Its id.
    pub id: String,
    /// `source-ID`.
    pub anchor: String,
    /// Its place on the page of sources.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Who wrote it: `Edith M. Lederer`, `A and B`.
    pub authors: Option<String>,
    /// The newspaper, site or series it stands in.
    pub container: Option<String>,
    /// Who publishes it, where that says more than the container.
    pub publisher: Option<String>,
    /// When it came out.
    pub issued: Option<DateView>,
    /// Where it is.
    pub url: Option<String>,
    /// A kept copy.
    pub archive: Option<String>,
    /// The stored copy, relative to the root of the output, where the site publishes it.
    pub evidence: Option<String>,
    /// When it was last read.
    pub accessed: Option<DateView>,
    /// The source it reports on.
    pub origin: Option<Link>,
    /// A remark.
    pub note_html: Option<String>,
    /// Its name in a few words: `Associated Press, 5 August 2019`.
    pub short: String,
}

/// A source as one page cites it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CitedView {
    /// Its number on the page, from 1.
    pub number: usize,
    /// `cite-N`, its anchor in the page's list.
    pub anchor: String,
    /// The source.
    pub source: SourceView,
    /// Where in it the page as a whole looked (from `sources` in front matter).
    pub locator: Option<String>,
    /// The places that cite it, to lead back to: anchors on the same page.
    pub backlinks: Vec<Backlink>,
}

/// A way back from a note to the text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Backlink {
    /// The anchor in the text.
    pub anchor: String,
    /// Where in the source this place points: `para. 3`.
    pub locator: Option<String>,
}

/// A footnote.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FootnoteView {
    /// Its letter: `a`, `b`, … `z`, `aa`.
    pub letter: String,
    /// Its anchor in the page's list.
    pub anchor: String,
    /// Its text.
    pub html: String,
    /// The anchors in the text that refer to it.
    pub backlinks: Vec<String>,
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
    /// Pixels across, where known.
    pub width: Option<u32>,
    /// Pixels down, where known.
    pub height: Option<u32>,
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

/// What `event.html` and `page.html` get as `article`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ArticleView {
    /// The date of the event.
    pub date: Option<DateView>,
    /// Whether it is a key event.
    pub key: bool,
    /// Its groups.
    pub groups: Vec<GroupLink>,
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

/// One event on the rail: what `home.html` and `group.html` get in `timeline`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// Its id.
    pub id: String,
    /// `event-ID`.
    pub anchor: String,
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its summary, with links that lead from this page.
    pub summary_html: Option<String>,
    /// The year that begins with this event on the rail, where it does.
    pub year: Option<String>,
    /// The date beside the rail, without the year: `5 August`, `all year`.
    pub when: String,
    /// The whole date.
    pub date: DateView,
    /// How it is drawn.
    pub mark: MarkView,
    /// How much time passed since the event before, in steps from 0 (weeks) to 4 (years).
    pub gap: u8,
    /// Whether it is a key event.
    pub key: bool,
    /// Its groups.
    pub groups: Vec<GroupLink>,
    /// The claim that stands for it.
    pub lead: Option<ClaimView>,
    /// Whether a claim of it is disputed.
    pub disputed: bool,
    /// Whether it is a draft.
    pub draft: bool,
}

/// How a date is drawn on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MarkView {
    /// `dot` for an exact day, `bar` for a month, season or year, `range` for an interval.
    pub shape: &'static str,
    /// Whether the start is approximate or uncertain.
    pub fade_start: bool,
    /// Whether the end is.
    pub fade_end: bool,
    /// Whether it has no known start.
    pub open_start: bool,
    /// Whether it has no known end.
    pub open_end: bool,
}

/// What `home.html` gets as `home`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HomeView {
    /// The text of index.md, in parts.
    pub body: Vec<BodyPart>,
    /// The sources that the text cites.
    pub sources: Vec<CitedView>,
    /// The footnotes of the text.
    pub footnotes: Vec<FootnoteView>,
    /// The key events, in the order of the timeline.
    pub keys: Vec<EntryView>,
    /// The claims of index.md.
    pub claims: Vec<ClaimView>,
    /// Every event.
    pub timeline: Vec<EntryView>,
    /// The overview, for wide screens and for narrow ones; `None` with fewer than two dated events.
    pub strips: Option<Strips>,
}

/// The overview strip, drawn twice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Strips {
    /// For screens from 768 px.
    pub wide: StripView,
    /// For narrower ones.
    pub narrow: StripView,
    /// The period it covers, written out.
    pub period: String,
}

/// One drawing of the overview strip. Lengths are units of its view box; a mark's `y` is the same for all: the axis.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripView {
    /// The width of the view box.
    pub width: f64,
    /// The height of the view box.
    pub height: f64,
    /// Where the axis lies.
    pub axis: f64,
    /// The years (or decades) with their places.
    pub ticks: Vec<Tick>,
    /// The events.
    pub marks: Vec<StripMark>,
}

/// A year on the strip.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tick {
    /// Its place.
    pub x: f64,
    /// Its label; empty where there is no room.
    pub label: String,
}

/// An event on the strip.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripMark {
    /// The event's title.
    pub title: String,
    /// The event's date.
    pub date: String,
    /// The event's page.
    pub path: String,
    /// Where it starts.
    pub x: f64,
    /// How long it is; 0 for a dot.
    pub width: f64,
    /// How it is drawn.
    pub mark: MarkView,
    /// Whether it is a key event.
    pub key: bool,
    /// The label of a key event, where it has room.
    pub label: Option<StripLabel>,
}

/// The label of a key event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripLabel {
    /// What it says.
    pub text: String,
    /// Where the text is anchored.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub align: &'static str,
    /// Where its leader line begins on the mark.
    pub from: f64,
}

/// What `sources.html` gets as `list`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedSource {
    /// The source.
    pub source: SourceView,
    /// The claims that rest on it.
    pub claims: Vec<ClaimRef>,
    /// The pages that cite it.
    pub pages: Vec<Link>,
    /// The sources that report on it.
    pub reported_by: Vec<Link>,
}

/// A claim in a few words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimRef {
    /// The figure in a line, or the statement.
    pub text: String,
    /// Who said it.
    pub said_by: String,
    /// Its place in the ledger.
    pub path: String,
}

/// A question with its claims side by side: what `ledger.html` gets in `questions`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionView {
    /// Its id; empty for the claims without a question.
    pub id: String,
    /// `question-ID`.
    pub anchor: String,
    /// The question.
    pub title: String,
    /// Why the answers differ.
    pub note_html: Option<String>,
    /// The claims: those of events in the order of the timeline, then those of other pages.
    pub claims: Vec<ClaimView>,
    /// A picture for each unit with at least two figures.
    pub charts: Vec<ChartView>,
    /// Its place in the ledger.
    pub path: String,
    /// The same rows as CSV and as JSON, relative to the root of the output, where `outputs` has `data` on.
    pub downloads: Option<Downloads>,
}

/// Files to download.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Downloads {
    /// Comma-separated values.
    pub csv: String,
    /// JSON.
    pub json: String,
}

/// The picture of a question: a row for each claim, one axis. Lengths are units of the view box.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChartView {
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// The name of the unit.
    pub unit: String,
    /// Whether the axis is logarithmic.
    pub logarithmic: bool,
    /// The lines of the axis.
    pub ticks: Vec<Tick>,
    /// One for each claim.
    pub rows: Vec<ChartRow>,
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing.
    pub height: f64,
}

/// A claim in the picture.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChartRow {
    /// The claim's id.
    pub id: String,
    /// Who said it.
    pub said_by: String,
    /// The time it is about, or when it was said.
    pub period: Option<String>,
    /// The figure in a line.
    pub text: String,
    /// Where the row lies.
    pub y: f64,
    /// `point`, `range`, `lower` (at least: an arrow to the right), `upper` (up to: an arrow to the left) or `about`.
    pub shape: &'static str,
    /// The number's place, or the range's start.
    pub x: f64,
    /// The range's end, or the arrow's; the same as `x` for a point.
    pub end: f64,
    /// Where the text of the figure is anchored.
    pub label_x: f64,
    /// `start` or `end`.
    pub label_align: &'static str,
    /// Whether the claim is disputed.
    pub disputed: bool,
    /// Its place in the ledger.
    pub path: String,
}

/// What `group.html` gets as `group`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is, where site.yaml says so.
    pub summary_html: Option<String>,
}
