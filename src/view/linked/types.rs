//! The structs of JSON-LD, in schema.org's words: only those that a site of this kind can fill.

use serde::Serialize;

/// All that a page says.
#[derive(Serialize)]
pub(super) struct Graph {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) nodes: Vec<Node>,
}

/// A thing that stands by itself.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) enum Node {
    WebSite(Box<WebSite>),
    Article(Box<Article>),
    Claim(Box<Claim>),
    Dataset(Box<Dataset>),
}

/// A thing that is told of elsewhere in the graph.
#[derive(Clone, Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// A name. Its type is left out where the site does not say whether it is a person or a body.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) family_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(flatten)]
    pub(super) by: Imprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
}

/// What holds of the whole site.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Imprint {
    pub(super) in_language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<Named>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    #[serde(flatten)]
    pub(super) by: Imprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<Correction>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) citation: Vec<Work>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Event {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "CorrectionComment", rename_all = "camelCase")]
pub(super) struct Correction {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) date_published: String,
}

/// A cited source.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Work {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) archived_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_based_on: Option<Reference>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claim {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keywords: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) appearance: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first_appearance: Option<Reference>,
    pub(super) is_part_of: Reference,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dataset {
    pub(super) name: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(flatten)]
    pub(super) by: Imprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) variable_measured: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) distribution: Vec<Download>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "DataDownload", rename_all = "camelCase")]
pub(super) struct Download {
    pub(super) encoding_format: &'static str,
    pub(super) content_url: String,
}
