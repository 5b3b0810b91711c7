use proptest::prelude::*;

use super::*;

fn read_text(html: &str) -> Metadata {
    read(html.as_bytes())
}

fn literal(name: &str) -> Author {
    Author::Literal(name.to_owned())
}

#[test]
fn json_ld_in_a_graph_is_read_with_the_things_that_it_names() {
    let page = read_text(
        r#"<!doctype html><head><title>Hackers took it | Example Post</title>
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
          {"@type":"WebSite","@id":"/#site","name":"Example Post"},
          {"@type":"Person","@id":"/#jane","name":"Jane Doe"},
          {"@type":"NewsArticle","headline":"Hackers took it &amp; ran","author":[{"@id":"/#jane"},{"name":"By John Roe","@type":"Person"}],
           "publisher":{"@type":"Organization","name":"Example Media"},"isPartOf":{"@id":"/#site"},
           "datePublished":"2019-08-05T23:10:00-04:00","mainEntityOfPage":{"@id":"https://post.example/took"}}]}</script>"#,
    );
    let expected = Metadata {
        kind: Some("article-newspaper"),
        title: Some("Hackers took it & ran".into()),
        authors: vec![literal("Jane Doe"), literal("John Roe")],
        container_title: Some("Example Post".into()),
        publisher: Some("Example Media".into()),
        issued: Some("2019-08-05".into()),
        url: Some("https://post.example/took".into()),
    };
    assert_eq!(page, expected);
}

#[test]
fn scholarly_tags_come_before_all_others() {
    let page = read_text(
        "<meta name=citation_title content='On heights'><meta name=citation_author content='Doe, Jane'>\
         <meta name=citation_author content='Roe, John'><meta name=citation_journal_title content='Annals'>\
         <meta name=citation_publication_date content='2019/8'><meta property=og:title content='Other'>\
         <meta name=citation_publisher content='Annals'>",
    );
    assert_eq!(page.kind, Some("article-journal"));
    assert_eq!(page.title.as_deref(), Some("On heights"));
    assert_eq!(page.authors[0], Author::Person { family: "Doe".into(), given: "Jane".into() });
    assert_eq!(
        (page.issued.as_deref(), page.container_title.as_deref(), page.publisher),
        (Some("2019-08"), Some("Annals"), None)
    );
}

#[test]
fn open_graph_dublin_core_and_the_title_fill_what_is_left() {
    let page = read_text(
        "<title>A &ldquo;quoted&rdquo; headline – The Paper</title><meta property='og:site_name' content='The Paper'>\
         <meta property='article:author' content='https://social.example/paper'><meta name='author' content='By Jane Doe'>\
         <meta name='DC.date' content='2019'><link rel=canonical href='https://paper.example/a'>\
         <svg><title>An icon</title></svg>",
    );
    assert_eq!(page.title.as_deref(), Some("A “quoted” headline"));
    assert_eq!(page.authors, [literal("Jane Doe")]);
    assert_eq!((page.issued.as_deref(), page.url.as_deref()), (Some("2019"), Some("https://paper.example/a")));
}

#[test]
fn a_list_of_json_ld_and_a_broken_piece_do_no_harm() {
    let page = read_text(
        "<script type='application/ld+json'>{broken</script>\
         <script type='application/ld+json'>[{\"@type\":\"BreadcrumbList\"},{\"@type\":[\"Article\",\"Thing\"],\"name\":\"It\",\"author\":\"Ann Poe; Jane Doe\"}]</script>",
    );
    assert_eq!((page.title.as_deref(), page.authors), (Some("It"), vec![literal("Ann Poe"), literal("Jane Doe")]));
}

#[test]
fn hostile_pages_end() {
    let deep = format!("<script type='application/ld+json'>{}</script>", "[".repeat(200_000));
    for html in [
        deep,
        "<div>".repeat(200_000),
        "<title>".repeat(50_000),
        "<!--".into(),
        "<meta content=".into(),
        "\0<title>\0a\0".into(),
    ] {
        read_text(&html);
    }
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes: Vec<u8>) {
        read(&bytes);
    }

    #[test]
    fn any_tags_give_texts_on_one_line(content in "[<>\"'&;a-zA-Z0-9 =/:@{}\\[\\]\\\\\n-]{0,200}") {
        let names = ["citation_title", "og:title", "author", "article:published_time"];
        let tags: String = names.iter().map(|name| format!("<meta name={name} content=\"{content}\">")).collect();
        let page = read_text(&format!("{tags}<title>{content}</title><script type=application/ld+json>{content}</script>"));
        prop_assert!(page.title.is_none_or(|title| !title.is_empty() && !title.contains('\n')));
    }
}
