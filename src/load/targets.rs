//! `targets` of site.yaml: which fields a kind has, and what they may be.

use std::collections::BTreeMap;

use super::normalise::Normaliser;
use super::raw::{RawCompression, RawDeny, RawHistory, RawTarget, RawTargetKind};
use crate::diagnostic::{Code, Diagnostic, Span, holds_secret};
use crate::model::{BucketTarget, Compression, GitTarget, Service, Spanned, Target, TargetKind};
use crate::yaml::Node;

impl Normaliser<'_> {
    /// Reads targets in the order in which they are typed. One with a mistake is left out.
    pub(super) fn targets(&mut self, mut raw: BTreeMap<String, RawTarget>, node: Option<&Node>) -> Vec<Target> {
        let mut targets = Vec::new();
        for entry in node.iter().flat_map(|node| node.entries()) {
            let Some(raw) = raw.remove(&entry.key) else { continue };
            let name = Spanned { value: entry.key.clone(), span: Span::new(self.file, entry.key_span.clone()) };
            self.misplaced(&raw, &name.value, &entry.node);
            if self.holds_secret(&raw, &entry.node) {
                continue;
            }
            let deny_warnings = raw.deny == Some(RawDeny::Warnings);
            if let Some(kind) = self.target_kind(raw, &name, &entry.node) {
                targets.push(Target { name, kind, deny_warnings });
            }
        }
        targets
    }

    /// Reports addresses with a password, whatever the field: who may read site.yaml may read them. Tells whether there is
    /// one.
    fn holds_secret(&mut self, raw: &RawTarget, node: &Node) -> bool {
        let RawTarget { path, remote, branch, cname, bucket, prefix, endpoint, region, .. } = raw;
        let fields = [
            ("path", path),
            ("remote", remote),
            ("branch", branch),
            ("cname", cname),
            ("bucket", bucket),
            ("prefix", prefix),
            ("endpoint", endpoint),
            ("region", region),
        ];
        let held = fields.into_iter().filter(|(_, value)| value.as_deref().is_some_and(holds_secret));
        let held: Vec<&str> = held.map(|(field, _)| field).collect();
        for field in &held {
            let label = "who may read site.yaml may read the password in this address";
            let help = "write the address without a password: git asks its own store, and keys of buckets come from the environment";
            self.bad_value(field, "…", node.get(field), label, help);
        }
        !held.is_empty()
    }

    /// Reports the fields that another kind of target has.
    fn misplaced(&mut self, raw: &RawTarget, name: &str, node: &Node) {
        let fits: &[&str] = match raw.kind {
            RawTargetKind::Folder => &["path"],
            RawTargetKind::Git => &["remote", "branch", "history", "cname"],
            RawTargetKind::S3 => &["bucket", "prefix", "compress", "endpoint", "region"],
            RawTargetKind::Gcs | RawTargetKind::Azure => &["bucket", "prefix", "compress"],
        };
        for entry in node.entries() {
            let field = entry.key.as_str();
            if !["kind", "deny"].contains(&field) && !fits.contains(&field) {
                let message = format!("the target `{name}` has a field `{field}`, which its kind does not have");
                let diagnostic = Diagnostic::new(Code::UnknownField, message)
                    .at(Span::new(self.file, entry.key_span.clone()), "nothing would read it")
                    .help(format!("remove it; a target of this kind has: {}", fits.join(", ")));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn target_kind(&mut self, raw: RawTarget, name: &Spanned<String>, node: &Node) -> Option<TargetKind> {
        match raw.kind {
            RawTargetKind::Folder => {
                let path = self.needed(raw.path, name, "path", "path: /media/stick/site")?;
                Some(TargetKind::Folder { path })
            }
            RawTargetKind::Git => self.git_target(raw, node),
            RawTargetKind::S3 => self.bucket_target(Service::S3, raw, name, node),
            RawTargetKind::Gcs => self.bucket_target(Service::Gcs, raw, name, node),
            RawTargetKind::Azure => self.bucket_target(Service::Azure, raw, name, node),
        }
    }

    fn git_target(&mut self, raw: RawTarget, node: &Node) -> Option<TargetKind> {
        let branch = raw.branch.unwrap_or_else(|| "gh-pages".to_owned());
        let remote = raw.remote.unwrap_or_else(|| "origin".to_owned());
        if !is_branch(&branch) {
            let help = "write the name of a branch: `gh-pages`, `pages`";
            self.bad_value("branch", &branch, node.get("branch"), "not a name that git takes", help);
            return None;
        }
        if remote.starts_with('-') {
            let label = "no remote and no address begins with `-`";
            let help = "write the name of a remote (`origin`), or an address";
            self.bad_value("remote", &remote, node.get("remote"), label, help);
            return None;
        }
        let keep_history = raw.history != Some(RawHistory::Squash);
        Some(TargetKind::Git(GitTarget { remote, branch, keep_history, cname: raw.cname }))
    }

    fn bucket_target(
        &mut self,
        service: Service,
        raw: RawTarget,
        name: &Spanned<String>,
        node: &Node,
    ) -> Option<TargetKind> {
        let bucket = self.needed(raw.bucket, name, "bucket", "bucket: my-explainer")?;
        if let Some(endpoint) = raw.endpoint.as_deref()
            && !endpoint.starts_with("https://")
            && !endpoint.starts_with("http://")
        {
            let label = "an address starts with `https://`";
            self.bad_value("endpoint", endpoint, node.get("endpoint"), label, "write `https://s3.example.org`");
            return None;
        }
        let prefix = raw.prefix.unwrap_or_default().trim_matches('/').to_owned();
        if prefix.split('/').any(|part| matches!(part, "." | "..")) {
            let help = "write folders with `/` between them: `explainers/missiles`";
            self.bad_value("prefix", &prefix, node.get("prefix"), "`.` and `..` mean nothing in a bucket", help);
            return None;
        }
        let compress = raw.compress.map(|compression| match compression {
            RawCompression::Gzip => Compression::Gzip,
            RawCompression::Brotli => Compression::Brotli,
        });
        let (endpoint, region) = (raw.endpoint, raw.region);
        Some(TargetKind::Bucket(BucketTarget { service, bucket, prefix, endpoint, region, compress }))
    }

    /// Returns a field that a kind of target must have, or reports that it is missing.
    fn needed(&mut self, value: Option<String>, name: &Spanned<String>, field: &str, example: &str) -> Option<String> {
        let value = value.filter(|value| !value.trim().is_empty());
        if value.is_none() {
            let message = format!("the target `{}` has no `{field}`", name.value);
            let diagnostic = Diagnostic::new(Code::MissingField, message)
                .at(name.span.clone(), format!("`{field}` says where the site goes"))
                .help(format!("add `{example}`"));
            self.diagnostics.push(diagnostic);
        }
        value
    }
}

/// Tells whether git takes a name for a branch: the rules of `git check-ref-format`, and no blank or control.
fn is_branch(name: &str) -> bool {
    let forbidden = |c: char| c.is_control() || c.is_whitespace() || "~^:?*[\\\"'".contains(c);
    !name.is_empty()
        && !name.starts_with(['-', '/', '.'])
        && !name.ends_with(['/', '.'])
        && !name.ends_with(".lock")
        && !name.contains(forbidden)
        && ["..", "@{", "//", "/."].iter().all(|part| !name.contains(part))
        && name != "@"
}

#[cfg(test)]
mod tests {
    use super::is_branch;

    #[test]
    fn a_branch_is_what_git_takes() {
        assert!(["gh-pages", "pages/site", "v1.0"].into_iter().all(is_branch));
        assert!(!["", "-f", "a b", "a..b", "a/", "x.lock", "a~1", "@", ".a", "a/.b"].into_iter().any(is_branch));
    }
}
