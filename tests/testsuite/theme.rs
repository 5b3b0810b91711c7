//! Themes: copied out, changed file by file, and wrong in every way that a designer can be wrong.

use super::project::Project;

/// A theme of one folder that extends the carried one, with this home template.
fn with_home(template: &str) -> Project {
    Project::new().file("themes/broadsheet/templates/home.html", template)
}

#[test]
fn an_ejected_theme_changes_nothing_and_then_what_is_changed() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let run = folder.run(&["theme", "eject"]).succeeds();
    assert!(run.out.starts_with("copied ") && folder.has("themes/broadsheet/theme.yaml"), "{}", run.out);
    let run = folder.run(&["build"]).succeeds();
    assert!(run.out.contains("(nothing changed)"), "{}", run.out);
    folder.edit("themes/broadsheet/templates/base.html", "<body class=\"", "<body class=\"mine ");
    folder.run(&["build"]).succeeds();
    assert!(folder.text("public/index.html").contains("<body class=\"mine "));
}

#[test]
fn one_file_can_be_ejected_and_is_never_overwritten_unasked() {
    let folder = Project::started().on_disk();
    folder.run(&["theme", "eject", "broadsheet", "templates/404.html"]).succeeds();
    assert_eq!(folder.tree("themes").len(), 1);
    folder.put("themes/broadsheet/templates/404.html", "mine");
    folder.run(&["theme", "eject", "broadsheet", "templates/404.html"]).ends_with(2);
    assert_eq!(folder.text("themes/broadsheet/templates/404.html"), "mine");
    assert!(folder.run(&["theme", "list"]).succeeds().out.contains("templates/404.html  (yours, in themes/)"));
    folder.run(&["theme", "eject", "broadsheet", "templates/404.html", "--force"]).succeeds();
    assert_ne!(folder.text("themes/broadsheet/templates/404.html"), "mine");
}

#[test]
fn a_template_of_the_site_may_extend_the_one_that_it_replaces() {
    let project = Project::new().file(
        "themes/broadsheet/templates/base.html",
        "{% extends \"broadsheet/base.html\" %}{% block head %}<meta name=\"mine\" content=\"1\">{% endblock head %}",
    );
    let html = project.page_built("index.html");
    assert!(html.contains("<meta name=\"mine\" content=\"1\">") && html.contains("Hello."), "{html}");
}

#[test]
fn a_theme_of_ones_own_gives_what_it_has_and_takes_the_rest() {
    let project = Project::new()
        .file("content/site.yaml", "title: A site\ntheme: mine\n")
        .file("themes/mine/theme.yaml", "name: mine\nextends: broadsheet\n")
        .file(
            "themes/mine/templates/page.html",
            "{% extends \"base.html\" %}{% block main %}<p>MINE {{ page.title }}</p>{% endblock main %}",
        )
        .page("about", "Text.");
    assert!(project.page_built("pages/about.html").contains("<p>MINE A page</p>"));
    assert!(project.page_built("index.html").contains("Hello."));
}

#[test]
fn a_template_that_cannot_be_read_is_named_with_its_line() {
    let project = with_home("{% extends \"base.html\" %}\n{% block main %}\n{{ page.title }\n{% endblock main %}\n");
    let run = project.on_disk().run(&["build"]).ends_with(1);
    assert!(run.err.contains("error[bad-template]: the template cannot be read"), "{}", run.err);
    assert!(run.err.contains("--> themes/broadsheet/templates/home.html:3:"), "{}", run.err);
}

#[test]
fn a_template_that_fails_names_the_template_the_line_and_the_page() {
    let project =
        with_home("{% extends \"base.html\" %}\n{% block main %}\n<p>{{ page.titel }}</p>\n{% endblock main %}\n");
    let run = project.on_disk().run(&["build"]).ends_with(1);
    assert!(run.err.contains("while rendering `content/index.md`"), "{}", run.err);
    assert!(run.err.contains("--> themes/broadsheet/templates/home.html:3:"), "{}", run.err);
    assert!(run.err.contains("<p>{{ page.titel }}</p>"), "the line is not shown: {}", run.err);
}

#[test]
fn what_stands_around_pages_knows_only_what_many_of_them_share() {
    let masthead = "<header>{{ page.kind }} {{ page.root }}|{{ page.path }}|{{ site.title }}</header>\n";
    let site = "title: A site\nnavigation:\n  - title: About\n    file: pages/about.md\n";
    let project = Project::new()
        .file("themes/broadsheet/templates/frame/masthead.html", masthead)
        .file("content/site.yaml", site)
        .event("a", "title: A flood\ndate: 1953-02-01\ngroups: [floods]", "Text.")
        .page("about", "About.")
        .page("other", "Other.");
    let headers = [
        ("index.html", "<header>home ||A site</header>"),
        ("timeline/a.html", "<header>event ../||A site</header>"),
        ("pages/about.html", "<header>page ../|pages/about.html|A site</header>"),
        ("pages/other.html", "<header>page ../||A site</header>"),
        ("groups/floods.html", "<header>group ../|groups/floods.html|A site</header>"),
        ("all.html", "<header>all ||A site</header>"),
    ];
    for (path, header) in headers {
        let html = project.page_built(path);
        assert!(html.contains(header), "{path}: {html}");
    }
}

#[test]
fn a_fault_in_what_stands_around_pages_is_told_with_its_line_and_the_page() {
    let project = Project::new().file("themes/broadsheet/templates/frame/colophon.html", "<footer>\n{{ page.title }}");
    let run = project.on_disk().run(&["build"]).ends_with(1);
    assert!(run.err.contains("while rendering `content/index.md`"), "{}", run.err);
    assert!(run.err.contains("--> themes/broadsheet/templates/frame/colophon.html:2:"), "{}", run.err);
}

#[test]
fn one_run_tells_of_every_page_that_a_template_fails_on() {
    let project = Project::new()
        .file("themes/broadsheet/templates/page.html", "{{ page.nothing }}")
        .page("a", "A.")
        .page("b", "B.");
    let run = project.on_disk().run(&["build"]).ends_with(1);
    for page in ["content/pages/a.md", "content/pages/b.md"] {
        assert!(run.err.contains(&format!("while rendering `{page}`")), "{}", run.err);
    }
}

#[test]
fn unknown_filters_components_and_parents_are_told_with_the_template() {
    let templates = [
        "{% extends \"base.html\" %}{% block main %}{{ page.title | shout }}{% endblock main %}",
        "{% extends \"base.html\" %}{% block main %}{{ <no.such/> }}{% endblock main %}",
        "{% extends \"nothing.html\" %}",
    ];
    for template in templates {
        let run = with_home(template).on_disk().run(&["build"]).ends_with(1);
        assert_eq!(run.titles().len(), 1, "{}", run.err);
        assert!(run.err.contains("error[bad-template]") && run.err.contains("home.html"), "{}", run.err);
    }
}

#[test]
fn templates_that_lead_back_to_themselves_are_told_with_the_place() {
    let main =
        |text: &str| format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{text}\n{{% endblock main %}}\n");
    let includes_itself = main("{% include \"home.html\" %}");
    let includes_one = main("{%- include 'one.html' -%}");
    let circles: [(&[(&str, &str)], &str); 6] = [
        (&[("home.html", "{% extends \"home.html\" %}")], "home.html:1:13"),
        // Who means the theme's own has to say so.
        (&[("base.html", "{% extends \"base.html\" %}")], "base.html:1:13"),
        (&[("base.html", "{% extends \"broadsheet/home.html\" %}")], "base.html:1:13"),
        (&[("one.html", "{% extends \"two.html\" %}"), ("two.html", "{% extends \"one.html\" %}")], "one.html:1:13"),
        (&[("home.html", &includes_itself)], "home.html:3:13"),
        (
            &[
                ("home.html", &includes_one),
                ("one.html", "{% include 'two.html' %}"),
                ("two.html", "\n{% include 'one.html' %}"),
            ],
            "one.html:1:13",
        ),
    ];
    for (templates, place) in circles {
        let site = templates
            .iter()
            .fold(Project::new(), |site, (name, text)| site.file(&format!("themes/broadsheet/templates/{name}"), text));
        let run = site.on_disk().run(&["build"]).ends_with(1);
        let name = place.split(':').next().expect("a place has a file");
        let title = format!(
            "error[bad-template]: `themes/broadsheet/templates/{name}` leads back to itself through `extends` or `include`"
        );
        assert_eq!(run.titles(), [title], "{}", run.err);
        assert!(run.err.contains(&format!("--> themes/broadsheet/templates/{place}\n")), "{place}: {}", run.err);
        assert!(run.err.contains("help: take one of them out"), "{}", run.err);
    }
}

#[test]
fn a_component_that_shows_itself_comes_to_an_end() {
    let run = Project::new()
        .file(
            "themes/broadsheet/templates/components/again.html",
            "{% component again.again() %}{{ <again.again/> }}{% endcomponent again.again %}",
        )
        .file("themes/broadsheet/templates/home.html", "{{ <again.again/> }}")
        .on_disk()
        .run(&["build"])
        .ends_with(1);
    assert!(
        run.err.contains("error[bad-template]") && run.err.contains("while rendering `content/index.md`"),
        "{}",
        run.err
    );
}

#[test]
fn a_theme_that_is_not_there_and_a_variable_that_it_does_not_have_are_mistakes() {
    let project = Project::new().file("content/site.yaml", "title: A site\ntheme: broadsheat\n");
    let run = project.on_disk().run(&["build"]).ends_with(1);
    assert_eq!(run.titles(), ["error[unknown-theme]: there is no theme `broadsheat`"]);
    assert!(run.err.contains("help: write `broadsheet`") && run.err.contains("site.yaml:2:8"), "{}", run.err);
}

#[test]
fn words_of_a_language_are_laid_over_the_english_ones() {
    let project = Project::new()
        .file("content/site.yaml", "title: Eine Seite\nlanguage: de\n")
        .file("themes/broadsheet/i18n/de.yaml", "interface:\n  skip: Zum Text\n");
    let html = project.page_built("index.html");
    assert!(html.contains(">Zum Text</a>") && html.contains("<html lang=\"de\""), "{html}");
    assert!(html.contains("Corrections"), "a word that the language does not have stands in English: {html}");
}

#[test]
fn the_search_index_is_written_for_a_theme_that_asks_for_it_and_for_no_other() {
    let project = Project::new().event("a", "title: A flood\ndate: 1953-02-01", "## The night\n\nText.");
    let index = project.page_built("static/search-index.js");
    assert!(index.starts_with("window.datelineIndex = [\n{") && index.ends_with("}\n];\n"), "{index}");
    let entry =
        r#"{"kind":"event","title":"A flood","when":"1 February 1953","more":"The night","path":"timeline/a.html"}"#;
    assert!(index.contains(entry), "{index}");
    let without = project
        .file("content/site.yaml", "title: A site\ntheme: mine\n")
        .file("themes/mine/theme.yaml", "name: mine\nextends: broadsheet\n");
    let output = without.build().output.expect("nothing is wrong with it");
    assert!(output.get("static/search-index.js").is_none());
    let html = without.page_built("index.html");
    assert!(!html.contains("data-opens=\"search\""), "a search without an index is offered: {html}");
}

#[test]
fn a_claim_is_searched_with_its_hedge_and_its_speaker_beside_its_number() {
    let claim = "{id: dead, figure: up to 1800 people, said-by: The mayor, period: 1953, status: estimate, sources: [s], \
                 note: A first *guess*.}";
    let project = Project::new()
        .event("a", &format!("title: A flood\ndate: 1953-02-01\nclaims:\n  - {claim}"), "Text.")
        .file("content/sources.yaml", "s: {type: book, title: \"A & </script>\", publisher: P, issued: 1954}\n");
    let index = project.page_built("static/search-index.js");
    let claim = "{\"kind\":\"claim\",\"title\":\"A flood\",\"hedge\":\"up to\",\"figure\":\"1,800\u{a0}people\",\"by\":\"The mayor\",\
                 \"when\":\"1953\",\"status\":\"estimate\",\"text\":\"A first guess.\",\"more\":\"up to 1,800 people\",\"path\":\"ledger.html#claim-dead\"}";
    assert!(index.contains(claim), "{index}");
    let source = "{\"kind\":\"source\",\"title\":\"A & </script>\",\"by\":\"P\",\"when\":\"1954\",\"path\":\"sources.html#source-s\"}";
    assert!(index.contains(source), "{index}");
}

#[test]
fn the_page_for_what_is_not_there_names_its_own_styles_in_its_policy() {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    let html = Project::new().page_built("404.html");
    let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("it has styles").0;
    let (_, policy) = html.split_once("style-src 'sha256-").expect("it has a policy");
    let (hash, _) = policy.split_once('\'').expect("the hash ends");
    let hash = base64::engine::general_purpose::STANDARD.decode(hash).expect("it is base64");
    assert_eq!(hash, Sha256::digest(style).to_vec());
}

#[test]
fn a_theme_that_extends_another_has_its_variables_too() {
    let project = Project::new()
        .file("content/site.yaml", "title: A site\ntheme: mine\nvariables: {ink: black}\n")
        .file("themes/mine/theme.yaml", "name: mine\nextends: broadsheet\nvariables: {paper: white, edge: 2rem}\n");
    let css = project.page_built("static/variables.css");
    for line in ["--paper: white;", "--edge: 2rem;", "--ink: black;", "--accent: light-dark("] {
        assert!(css.contains(line), "no `{line}` in {css}");
    }
}

#[test]
fn words_that_would_lose_a_figure_or_a_date_are_mistakes_of_the_theme() {
    let words = "figures: {up-to: bis zu}\ndates: {circa: um}\n";
    let project = Project::new()
        .file("content/site.yaml", "title: Eine Seite\nlanguage: nl\n")
        .file("themes/broadsheet/i18n/nl.yaml", words);
    let told = project.drawn(&project.build().diagnostics);
    assert!(told.contains("error[bad-theme]") && told.contains("`up-to` must hold `{figure}` once"), "{told}");
    assert!(told.contains("the pattern `circa` lacks `{date}`"), "{told}");
}

#[test]
fn a_variable_without_a_value_is_left_to_the_style_sheet() {
    let site = |variables| Project::new().file("content/site.yaml", format!("title: A site\n{variables}"));
    assert!(!site("").page_built("static/variables.css").contains("--font-text"));
    let css = site("variables: {font-text: 'Georgia, serif'}\n").page_built("static/variables.css");
    assert!(css.contains("--font-text: Georgia, serif;"), "{css}");
}

#[test]
fn files_of_a_theme_that_some_systems_cannot_hold_are_told() {
    let run = Project::new().file("themes/broadsheet/static/a:b.css", "a{}").on_disk().run(&["build"]).ends_with(1);
    assert_eq!(run.titles(), ["error[bad-file-name]: `static/a:b.css` has `:` in its name"]);
    assert!(run.err.contains("--> themes/broadsheet/static/a:b.css"), "{}", run.err);
}
