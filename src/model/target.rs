//! Where a site is published to, as site.yaml says it.
//!
//! A target holds no secret: credentials come from the environment or from the host's own tools, when it is used.

use super::Spanned;

/// A place that `dateline publish` can put a site into.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its name: the key under `targets`.
    pub name: Spanned<String>,
    /// What it is.
    pub kind: TargetKind,
    /// Whether warnings keep the site from being published.
    pub deny_warnings: bool,
}

/// What a target is, with the settings that this kind has.
#[derive(Clone, Debug)]
pub enum TargetKind {
    /// A folder on this machine, also on a stick or a mounted share.
    Folder {
        /// Relative to the site's folder, or absolute.
        path: String,
    },
    /// A branch of a git remote.
    Git(GitTarget),
    /// A bucket of an object store.
    Bucket(BucketTarget),
}

/// A branch of a git remote that a host shows as a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitTarget {
    /// The name of a remote, an address, or a path.
    pub remote: String,
    /// The branch, without `refs/heads/`.
    pub branch: String,
    /// Whether each publication is a commit on top of the last one, or replaces it.
    pub keep_history: bool,
    /// The domain that the host serves the branch under, written to the file `CNAME`.
    pub cname: Option<String>,
}

/// A bucket, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketTarget {
    /// Whose interface it has.
    pub service: Service,
    /// Its name; with Azure, the container's.
    pub bucket: String,
    /// The folder in the bucket, without slashes at its ends; empty for the bucket itself.
    pub prefix: String,
    /// The address of the service, where it is not Amazon's, Google's or Microsoft's own.
    pub endpoint: Option<String>,
    /// The region, where the service has some.
    pub region: Option<String>,
    /// How texts are stored, so that less is sent to readers.
    pub compress: Option<Compression>,
}

/// The interface of an object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Amazon S3, and all that speak it: R2, B2, MinIO, Garage.
    S3,
    /// Google Cloud Storage.
    Gcs,
    /// Azure Blob Storage.
    Azure,
}

/// A content encoding that a bucket stores and browsers undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952, which every browser reads.
    Gzip,
    /// RFC 7932, smaller, which browsers read over https only.
    Brotli,
}
