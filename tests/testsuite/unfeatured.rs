//! A program that was built without `images` or `cards` refuses a site that needs them, rather than writing something else.

use super::project::{Folder, Project};

#[cfg(not(feature = "images"))]
#[test]
fn without_images_a_picture_of_pixels_is_refused_and_a_drawing_is_not() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>";
    let project = Project::new().page("p", "![A drawing](../media/d.svg)").file("content/media/d.svg", drawing);
    assert!(project.page_built("pages/p.html").contains("width=\"4\" height=\"3\""));
    let folder = Project::of_case("everything").on_disk();
    let run = folder.run(&["build"]).ends_with(1);
    assert!(run.err.contains("error[missing-feature]") && run.err.contains("feature `images`"), "{}", run.err);
    assert!(!folder.has("public"));
}

#[cfg(not(feature = "cards"))]
#[test]
fn without_cards_a_site_that_asks_for_them_is_refused_and_others_are_not() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let asking: Folder = Project::new().file("content/site.yaml", "title: A site\noutputs: {cards: true}\n").on_disk();
    let run = asking.run(&["build"]).ends_with(1);
    assert!(run.err.contains("error[missing-feature]") && run.err.contains("cards: false"), "{}", run.err);
    assert!(!asking.has("public"));
}
