//! What becomes of HTML that an editor types in Markdown.
//!
//! Only texts that hold raw HTML pass through the sanitiser, whole, because a tag may open in one block and close in
//! another. Everything Markdown itself makes is on the list of what stays.

use std::sync::LazyLock;

use ammonia::Builder;

/// What to do with raw HTML: `html` in site.yaml.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Html {
    /// Keep what is harmless.
    #[default]
    Sanitize,
    /// Keep everything.
    Allow,
    /// Call it a mistake.
    Deny,
}

static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(["details", "summary", "figure", "figcaption", "section"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("code", ["class"])
        .add_tag_attributes("td", ["class"])
        .add_tag_attributes("th", ["class", "scope"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("sup", ["class"])
        .link_rel(None)
        .strip_comments(true);
    for heading in ["h2", "h3", "h4", "h5", "h6"] {
        builder.add_tag_attributes(heading, ["id"]);
    }
    builder.url_schemes(["http", "https", "mailto", "tel"].into());
    builder
});

/// Keeps what is harmless.
pub(super) fn harmless(html: &str) -> String {
    HARMLESS.clean(html).to_string()
}
