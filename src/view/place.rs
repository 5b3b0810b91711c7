//! Where a page stands, and what leads from it to the root.

/// The place of a page in the output.
#[derive(Clone, Debug)]
pub struct Place {
    /// Relative to the root of the output: `timeline/2021-thefts.html`.
    pub path: String,
    /// What leads to the root: empty, `../`, `../../`.
    pub root: String,
    /// The file that it is made from, relative to `content/`; for a page that the program makes, the file that its
    /// links are typed in.
    pub from: String,
}

impl Place {
    /// Makes the place of a page.
    pub fn new(path: &str, from: &str) -> Self {
        Self { path: path.to_owned(), root: "../".repeat(path.matches('/').count()), from: from.to_owned() }
    }

    /// Makes the place of a text that is typed in another file than the page that shows it.
    pub fn typed_in(&self, from: &str) -> Self {
        Self { from: from.to_owned(), ..self.clone() }
    }
}
