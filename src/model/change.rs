//! What differs between a site and the one that was built before it.
//!
//! Pages show each other their front matter, and of their texts only what leads elsewhere or can be led to: citations,
//! links, claims, questions, pictures, headings. This is a page's face. Where only texts behind the faces differ, no
//! other page can look different, whatever it lists, counts or quotes.

use crate::markdown::{Document, Hole, Target};

use super::Page;

/// What differs between a site and the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// Anything may: every page must be looked at.
    #[default]
    Everything,
    /// The texts of these pages, as places in `Site::pages`, and nothing that another page can see of them.
    Texts(Vec<usize>),
}

impl Change {
    /// Returns what differs after another change of the same site.
    #[must_use]
    pub fn and(self, later: &Self) -> Self {
        match (self, later) {
            (Self::Texts(mut pages), Self::Texts(others)) => {
                pages.extend(others);
                Self::Texts(pages)
            }
            _ => Self::Everything,
        }
    }

    /// Tells whether a page, by its place in `Site::pages`, has another text or may have.
    pub fn touches(&self, page: usize) -> bool {
        match self {
            Self::Everything => true,
            Self::Texts(pages) => pages.contains(&page),
        }
    }
}

impl Page {
    /// Tells whether other pages can see no difference between the texts of two pages. Their front matter is not held
    /// against each other: the caller has it as typed.
    pub fn has_face_of(&self, other: &Self) -> bool {
        let headings = |page: &Self| page.body.headings.iter().map(|heading| heading.id.clone()).collect::<Vec<_>>();
        (self.kind, self.draft, &self.path) == (other.kind, other.draft, &other.path)
            && headings(self) == headings(other)
            && signs(&self.body).eq(signs(&other.body))
    }
}

/// What of a text leads elsewhere.
#[derive(PartialEq, Eq)]
enum Sign<'a> {
    Claim(&'a str),
    Question(&'a str),
    Source(&'a str, Option<&'a str>),
    Target(&'a Target),
}

fn signs(document: &Document) -> impl Iterator<Item = Sign<'_>> {
    document.holes().flat_map(|hole| match hole {
        Hole::Claim(claim) => vec![Sign::Claim(&claim.id)],
        Hole::Question(question) | Hole::QuestionBlock(question) => vec![Sign::Question(&question.id)],
        Hole::Link(link) => vec![Sign::Target(&link.target)],
        Hole::Image(image) => vec![Sign::Target(&image.target)],
        Hole::Citation(citation) => {
            citation.cited.iter().map(|cited| Sign::Source(&cited.id, cited.locator.as_deref())).collect()
        }
        Hole::Prefix | Hole::HeadingAnchor(_) | Hole::LinkEnd | Hole::ClaimEnd | Hole::Table(_) => Vec::new(),
    })
}
