//! `targets` of site.yaml: where a site is published to.

use schemars::JsonSchema;
use serde::Deserialize;

/// A place to publish to. Which fields it has depends on its kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Target")]
pub struct RawTarget {
    /// What it is: `folder`, `git`, `s3`, `gcs` or `azure`.
    pub kind: RawTargetKind,
    /// `folder`: the folder, relative to the site's, or absolute: `/media/stick/site`.
    pub path: Option<String>,
    /// `git`: the name of a remote, or its address. Without it, `origin`.
    pub remote: Option<String>,
    /// `git`: the branch that the host shows. Without it, `gh-pages`.
    pub branch: Option<String>,
    /// `git`: `keep` makes each publication a commit on top of the last one, `squash` keeps only the newest.
    pub history: Option<RawHistory>,
    /// `git`: the domain of the site, written to the file `CNAME`, where the host wants one.
    pub cname: Option<String>,
    /// `s3`, `gcs`, `azure`: the name of the bucket, or of the container.
    pub bucket: Option<String>,
    /// `s3`, `gcs`, `azure`: the folder in the bucket. Without it, the site fills the bucket.
    pub prefix: Option<String>,
    /// `s3`: the address of the service, where it is not Amazon's own: `https://ACCOUNT.r2.cloudflarestorage.com`.
    pub endpoint: Option<String>,
    /// `s3`: the region: `eu-central-1`, or `auto` where the service has none.
    pub region: Option<String>,
    /// `s3`, `gcs`, `azure`: stores texts compressed, for hosts that do not compress by themselves.
    pub compress: Option<RawCompression>,
    /// `warnings` keeps a site with warnings from being published.
    pub deny: Option<RawDeny>,
}

/// The kinds of places to publish to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawTargetKind {
    /// A folder on this machine, a stick, a mounted share.
    Folder,
    /// A branch: GitHub, GitLab and Codeberg Pages.
    Git,
    /// A bucket that speaks S3: Amazon, R2, B2, MinIO, Garage.
    S3,
    /// A bucket of Google Cloud Storage.
    Gcs,
    /// A container of Azure Blob Storage.
    Azure,
}

/// What becomes of earlier publications on a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHistory {
    /// They stay.
    Keep,
    /// Only the newest stays.
    Squash,
}

/// How texts are stored in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawCompression {
    /// Every browser reads it.
    Gzip,
    /// Smaller; browsers read it over https only.
    Brotli,
}

/// What keeps a site from being published, beside mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawDeny {
    /// Warnings too.
    Warnings,
}
