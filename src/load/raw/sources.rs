//! sources.yaml and questions.yaml.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::text_or_map;
use crate::diagnostic::nearest;

/// The sources, by id.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(title = "Dateline sources")]
pub struct RawSources(pub BTreeMap<String, RawSource>);

/// A source, in the terms of the Citation Style Language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSource {
    /// What it is, in CSL's words: `article-newspaper`, `article-magazine`, `report`, `webpage`, `post-weblog`, `book`, …
    #[serde(rename = "type", default)]
    pub kind: RawSourceKind,
    /// The title.
    pub title: String,
    /// Who wrote it: `{family: Lederer, given: Edith M.}`, or a line of text for a body.
    #[serde(default)]
    pub author: Vec<RawName>,
    /// What it stands in: the newspaper, the site, the series.
    #[schemars(example = &"The Oklahoman")]
    pub container_title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The number of a report or an issue: `S/2019/691`.
    pub number: Option<String>,
    /// When it came out, as an EDTF date.
    #[schemars(extend("format" = "edtf"))]
    #[schemars(example = &"2019-08-05")]
    #[schemars(example = &"2019-08")]
    #[schemars(example = &"2019")]
    pub issued: Option<String>,
    /// The address.
    #[serde(rename = "URL")]
    #[schemars(example = &"https://example.org/report")]
    pub url: Option<String>,
    /// The day on which it was last read there, as `2026-11-20`.
    #[schemars(extend("format" = "edtf"))]
    #[schemars(example = &"2026-11-20")]
    pub accessed: Option<String>,
    /// The address of a kept copy, shown beside the link.
    #[schemars(example = &"https://web.archive.org/web/2019/https://example.org/report")]
    pub archive: Option<String>,
    /// The id of the source that this one reports on.
    pub origin: Option<String>,
    /// A stored copy of its text, a file in `evidence/` beside `content/`: quotations are held against it.
    pub evidence: Option<String>,
    /// A remark. A line of Markdown.
    pub note: Option<String>,
    /// Variables that the program does not use, under CSL's names, and fields of your own. No page shows them.
    #[serde(default)]
    pub extra: BTreeMap<String, Value>,
}

/// The types of CSL 1.0.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words are CSL's, and explain themselves")]
pub enum RawSourceKind {
    Article,
    ArticleJournal,
    ArticleMagazine,
    ArticleNewspaper,
    Bill,
    Book,
    Broadcast,
    Chapter,
    Classic,
    Collection,
    Dataset,
    #[default]
    Document,
    Entry,
    EntryDictionary,
    EntryEncyclopedia,
    Event,
    Figure,
    Graphic,
    Hearing,
    Interview,
    #[serde(rename = "legal_case")]
    LegalCase,
    Legislation,
    Manuscript,
    Map,
    #[serde(rename = "motion_picture")]
    MotionPicture,
    #[serde(rename = "musical_score")]
    MusicalScore,
    Pamphlet,
    PaperConference,
    Patent,
    Performance,
    Periodical,
    #[serde(rename = "personal_communication")]
    PersonalCommunication,
    Post,
    PostWeblog,
    Regulation,
    Report,
    Review,
    ReviewBook,
    Software,
    Song,
    Speech,
    Standard,
    Thesis,
    Treaty,
    Webpage,
}

impl RawSourceKind {
    /// Finds a type by CSL's word for it.
    ///
    /// # Errors
    ///
    /// Where there is none; the nearest word that there is, if one is near.
    pub fn by_name(name: &str) -> Result<Self, Option<String>> {
        serde_json::from_value(name.into()).map_err(|_| {
            let all = schemars::schema_for!(Self).to_value();
            let words: Vec<&str> = all
                .get("enum")
                .and_then(serde_json::Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|word| word.as_str())
                .collect();
            nearest(name, words.iter().copied()).map(str::to_owned)
        })
    }

    /// Returns CSL's word.
    pub fn name(self) -> String {
        let value = serde_json::to_value(self).ok();
        value.as_ref().and_then(serde_json::Value::as_str).unwrap_or("document").to_owned()
    }
}

/// The name of an author.
#[derive(Debug, PartialEq, Eq)]
pub struct RawName {
    /// The family name of a person.
    pub family: Option<String>,
    /// The given names of a person.
    pub given: Option<String>,
    /// A body, or a name that is not divided.
    pub literal: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "NameParts")]
struct NameMap {
    /// The family name of a person.
    family: Option<String>,
    /// The given names of a person.
    given: Option<String>,
    /// A body, or a name that is not divided.
    literal: Option<String>,
}

impl From<NameMap> for RawName {
    fn from(map: NameMap) -> Self {
        Self { family: map.family, given: map.given, literal: map.literal }
    }
}

text_or_map!(RawName, NameMap, "a name, or `{family: …, given: …}`", |literal| RawName {
    family: None,
    given: None,
    literal: Some(literal),
});

/// The questions, by id.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(title = "Dateline questions")]
pub struct RawQuestions(pub BTreeMap<String, RawQuestion>);

/// A question that claims answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawQuestion {
    /// The question, in plain text.
    pub title: String,
    /// Why the answers differ, in a sentence or two of Markdown.
    pub note: Option<String>,
}
