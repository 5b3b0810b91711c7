//! The structs themselves, for the reader who writes a theme.
//!
//! Fields whose name ends in `html` are safe to print with `| safe`; all others are plain text. A `path` is relative
//! to the root of the output (`timeline/2021-thefts.html`, with `#anchor` where it leads to one); print it as
//! `{{ page.root }}{{ path }}`.

mod article;
mod card;
mod chart;
mod claim;
mod data;
mod edition;
mod feed;
mod ready;
mod search;
mod site;
mod source;
mod timeline;

pub use article::{ArticleView, BodyPart, CorrectionView, HeadingView, MediaView, Neighbour, PictureSizeView};
pub use card::{CardLink, CardView};
pub use chart::{ChartRow, ChartView};
pub use claim::{ClaimRef, ClaimSource, ClaimView, FigureView, PageClaims, QuestionView};
pub use data::{DataField, DataFile};
pub use edition::{EditionLink, SectionView};
pub use feed::{FeedCategory, FeedEntry, FeedLinks, FeedView};
pub use ready::Ready;
pub use search::SearchEntry;
pub use site::{Counts, DateView, Downloads, GroupLink, GroupView, Link, NavigationView, PageMeta, SiteView, Variable};
pub use source::{Backlink, CitedView, FootnoteView, ListedSource, SourceView};
pub use timeline::{EntryView, HomeView, MarkView, StripLabel, StripMark, StripView, Strips, Tick};
