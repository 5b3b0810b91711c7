//! What a host wants to find in a site's repository: a workflow or a file of settings.

use super::Start;

/// A host that `dateline new site` can prepare for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Built by a workflow of GitHub.
    GithubPages,
    /// Built by a job of GitLab.
    GitlabPages,
    /// Built by Netlify.
    Netlify,
    /// Built here, and taken by Cloudflare.
    CloudflarePages,
}

impl Host {
    /// Returns the file that the host reads.
    pub fn file(self) -> Start {
        let (path, text) = match self {
            Self::GithubPages => (".github/workflows/publish.yml", include_str!("hosts/github-pages.yml")),
            Self::GitlabPages => (".gitlab-ci.yml", include_str!("hosts/gitlab-ci.yml")),
            Self::Netlify => ("netlify.toml", include_str!("hosts/netlify.toml")),
            Self::CloudflarePages => ("wrangler.toml", include_str!("hosts/wrangler.toml")),
        };
        (path.to_owned(), text.as_bytes().to_vec())
    }
}
