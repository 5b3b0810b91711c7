//! Questions that claims answer.

use crate::markdown::{Block, Document};

use super::{Id, Spanned};

/// A question; the claims that name it are set side by side.
#[derive(Clone, Debug)]
pub struct Question {
    /// Unique over the questions.
    pub id: Spanned<Id>,
    /// The question, plain.
    pub title: String,
    /// The title as a block, with its place, for its figures.
    pub title_block: Block,
    /// Why the answers differ.
    pub note: Option<Document>,
}
