//! The policy of every page, and of the host: nothing runs that was typed, and nothing comes from elsewhere.

use std::collections::BTreeMap;

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

/// Reads `_headers` as hosts do: a line that begins at its margin is a path, and indented ones are its headers.
fn rules(text: &str) -> BTreeMap<&str, BTreeMap<&str, &str>> {
    let mut rules: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut path = None;
    for line in text.split_terminator('\n') {
        let Some(header) = line.strip_prefix("  ") else {
            assert!(line.starts_with('/') && !line.contains(char::is_whitespace), "`{line}` is no path: {text}");
            assert!(rules.insert(line, BTreeMap::new()).is_none(), "`{line}` has two rules: {text}");
            path = Some(line);
            continue;
        };
        let (name, value) = header.split_once(": ").unwrap_or_else(|| panic!("`{line}` is no header: {text}"));
        let named = name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-') && !name.is_empty();
        assert!(named && value.trim() == value && !value.contains(char::is_control), "`{line}` is no header: {text}");
        let of_path = path.and_then(|path| rules.get_mut(path)).expect("a path stands before its headers");
        assert!(of_path.insert(name, value).is_none(), "`{name}` is there twice: {text}");
    }
    rules
}

#[test]
fn hosts_are_told_the_policy_and_what_a_page_cannot_say_itself() {
    let headers = Project::of_case("everything").page_built("_headers");
    let rules = rules(&headers);
    assert_eq!(rules.keys().copied().collect::<Vec<_>>(), ["/*", "/static/fonts/*", "/sw.js"], "{headers}");
    let of_all = &rules["/*"];
    let names = ["Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"];
    assert_eq!(of_all.keys().copied().collect::<Vec<_>>(), names, "{headers}");
    let policy = of_all["Content-Security-Policy"];
    assert_tight(policy, "_headers");
    assert!(directives(policy).contains(&("frame-ancestors", vec!["'none'"])), "{policy}");
    assert_eq!(of_all["X-Content-Type-Options"], "nosniff");
    assert_eq!(of_all["Referrer-Policy"], "no-referrer");
    assert!(of_all["Permissions-Policy"].contains("camera=(), geolocation=(), microphone=()"));
    // Hosts join what several rules say of one address: no other rule may say something of the policy.
    for path in ["/static/fonts/*", "/sw.js"] {
        assert_eq!(rules[path].keys().copied().collect::<Vec<_>>(), ["Cache-Control"], "{headers}");
    }
}

/// A site of everybody who writes texts and files, with what would be a line of its own in a file for hosts.
fn odd(url: &str) -> Project {
    let text = r#""a\n/*\n  X-Odd: 1\r\nDisallow: /\r\n""#;
    Project::new()
        .file("content/site.yaml", format!("title: {text}\nurl: {url}\ndescription: {text}\npublisher: {text}\n"))
        .file("content/sources.yaml", format!("s:\n  type: book\n  title: {text}\n  publisher: {text}\n"))
        .file("content/media/X-Odd; 'a' & \u{2713}.txt", "/*\n  X-Odd: 1\n")
        .file("content/media/Disallow; #1.txt", "Disallow: /\n")
        .file(
            "content/pages/X-Odd 'none'.md",
            format!("---\ntitle: {text}\naliases: [\"old/X-Odd  1.html\", \"Disallow #2.html\"]\n---\n[{{}}](<../media/Disallow; %231.txt>) [@s]\n\n/*\n  X-Odd: 1\n"),
        )
        .event("e", &format!("title: {text}\ndate: 2019\nid: X-Odd.1_\nsummary: {text}\ngroups: [x-odd.1]"), "<style>*{}</style>")
}

#[test]
fn no_text_of_the_content_is_a_line_of_what_hosts_read() {
    let plain = Project::new().page_built("_headers");
    let odd_site = odd("https://example.org");
    let headers = odd_site.page_built("_headers");
    assert_eq!(headers, plain);
    assert_eq!(rules(&headers).len(), 3);
    let robots = odd_site.page_built("robots.txt");
    assert_eq!(robots, "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
}

#[test]
fn what_would_be_a_line_of_what_hosts_read_is_refused_where_it_can_come_so_far() {
    for url in [
        r#""https://example.org\nDisallow: /""#,
        r#""https://example.org/\r/a""#,
        r#""https://example.org/a b""#,
        "https://example.org\n  Disallow",
        r#""https://a.example\u2028b""#,
    ] {
        let project = odd(url);
        let drawn = project.drawn(&project.build().diagnostics);
        assert!(drawn.contains("error[bad-value]") && drawn.contains("--> content/site.yaml:2:6\n"), "{url}: {drawn}");
    }
    for path in [
        "content/media/a\n  X-Odd: 1.txt",
        "content/media/a\n  X-Odd.txt",
        "content/a\rDisallow.md",
        "content/_headers",
        "content/_HEADERS",
    ] {
        let project = Project::new().file(path, "---\ntitle: A\n---\n");
        let codes = project.codes();
        assert!(
            ["bad-file-name", "same-output"].contains(codes.first().expect("it is refused")),
            "{path:?}: {codes:?}"
        );
    }
    for alias in ["\"a\\n/x.html\"", "\"a\\r\\nDisallow x.html\"", "_headers/x.html", "robots.txt/x.html"] {
        let page = format!("---\ntitle: A\naliases: [{alias}]\n---\n");
        let project = Project::new().file("content/pages/a.md", page);
        let drawn = project.drawn(&project.build().diagnostics);
        assert!(drawn.contains("--> content/pages/a.md:3:11\n"), "{alias}: {drawn}");
    }
    for id in ["\"a\\nDisallow\"", "\"a b\"", "\"/*\""] {
        let project = Project::new().event("e", &format!("title: A\ndate: 2019\ngroups: [{id}]"), "A.");
        assert_eq!(project.codes(), ["bad-id"], "{id}");
    }
}

#[test]
fn a_page_in_a_folder_called_by_a_quotation_mark_is_led_to_within_the_site() {
    let project = Project::new().file("content/'/b.md", "---\ntitle: B\naliases: [old.html]\n---\nB.\n");
    let html = project.page_built("old.html");
    assert!(html.contains("content=\"0; url=%27/b.html\""), "{html}");
    assert!(html.contains("<p><a href=\"%27/b.html\">B</a></p>"), "{html}");
}
