//! The policy of every page, and of the host: nothing runs that was typed, and nothing comes from elsewhere.

use super::project::Project;

/// Returns the sources of a policy, by what they are for.
fn directives(policy: &str) -> Vec<(&str, Vec<&str>)> {
    let parts = policy.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once(' ').map_or((part, Vec::new()), |(name, rest)| (name, rest.split(' ').collect())))
        .collect()
}

/// Fails where a policy lets something run from within a page, or come from another host.
#[track_caller]
fn assert_tight(policy: &str, of: &str) {
    let directives = directives(policy);
    assert_eq!(directives.first(), Some(&("default-src", vec!["'none'"])), "{of}: {policy}");
    for (name, sources) in &directives {
        let may = |source: &&str| match *source {
            "'self'" | "'none'" => true,
            "data:" => matches!(*name, "img-src" | "font-src"),
            source => *name == "style-src" && source.starts_with("'sha256-"),
        };
        assert!(sources.iter().all(may), "{of}: `{name}` allows {sources:?}");
    }
    for name in ["base-uri", "form-action"] {
        assert!(directives.contains(&(name, vec!["'none'"])), "{of}: nothing is said of `{name}`");
    }
}

#[test]
fn every_page_carries_a_policy_before_anything_that_it_governs() {
    let plain = "title: A site\ntheme: plain\n";
    let sites =
        [Project::first_site(), Project::of_case("everything"), Project::new().file("content/site.yaml", plain)];
    let mut aliases = 0;
    for site in sites {
        let built = site.build_from_disk();
        let output = built.output.unwrap_or_else(|| panic!("{}", site.drawn(&built.diagnostics)));
        for (path, file) in output.files().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8(file.bytes.to_vec()).expect("a page is UTF-8");
            let start = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
            let (before, rest) = html.split_once(start).unwrap_or_else(|| panic!("{path} has no policy"));
            let (policy, after) = rest.split_once("\">").expect("the value ends");
            assert_tight(&policy.replace("&#39;", "'").replace("&#x27;", "'"), path);
            let governed = ["<script", "<style", "<link", "<img", "<body", "<p"];
            assert!(
                governed.iter().all(|tag| !before.contains(tag)),
                "{path}: something stands before the policy: {before}"
            );
            assert!(!after.contains(start), "{path} has two policies");
            aliases += usize::from(html.contains("http-equiv=\"refresh\""));
        }
    }
    assert!(aliases > 0, "no page of an alias was looked at");
}

#[test]
fn hosts_are_told_the_policy_and_what_a_page_cannot_say_itself() {
    let headers = Project::of_case("everything").page_built("_headers");
    let value = |name: &str| {
        let lines = headers.lines().filter_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
        let values: Vec<&str> = lines.collect();
        assert_eq!(values.len(), 1, "{name}: {headers}");
        values[0]
    };
    let policy = value("Content-Security-Policy");
    assert_tight(policy, "_headers");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(value("X-Content-Type-Options"), "nosniff");
    assert_eq!(value("Referrer-Policy"), "no-referrer");
    assert!(value("Permissions-Policy").contains("camera=(), geolocation=(), microphone=()"));
}
