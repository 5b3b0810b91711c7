//! Pages as they are served: what was built, and the script that keeps it up to date.

use super::answer::Door;
use super::state::State;
use super::{Mark, events, paint};

/// Puts the script into a page. It stands in the head, so that the page's own policy lets it in like the page's own.
pub(super) fn with_client(bytes: &[u8], path: &str, state: &State, door: &Door) -> Vec<u8> {
    let digest = blake3::hash(bytes).to_hex();
    let mark = match state.marks.get(path) {
        Some(Mark::Draft) => " data-mark=\"draft\"".to_owned(),
        Some(Mark::Future(day)) => format!(" data-mark=\"{}\"", paint::escaped(day)),
        None => String::new(),
    };
    let script = script(path, &digest[..16], &mark, state, door);
    let at = end_of_head(bytes);
    [&bytes[..at], script.as_bytes(), &bytes[at..]].concat()
}

/// Makes the page that is shown where nothing good was built yet: the mistakes, drawn.
pub(super) fn mistakes(state: &State, door: &Door) -> Vec<u8> {
    let drawn = state.mistakes.iter().enumerate().map(|(at, mistake)| {
        let class = events::word(mistake.severity);
        let place = mistake.place.as_ref().map(|place| {
            let name = paint::escaped(&format!("{}:{}:{}", place.file, place.line, place.column));
            let opener = match door.editor.link(place) {
                Some(link) => format!("<a href=\"{}\">{name}</a>", paint::escaped(&link)),
                // The script makes a button of it.
                None => format!("<span data-open=\"{at}\">{name}</span>"),
            };
            format!("<p class=\"place\">Open {opener}</p>")
        });
        let text = paint::html(&mistake.drawn);
        format!("<article class=\"{class}\">{}<pre tabindex=\"0\">{text}</pre></article>\n", place.unwrap_or_default())
    });
    let drawn: String = drawn.collect();
    let script = script("", "", "", state, door);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; \
         connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Not built yet</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/_dateline/panel.css\">\n{script}</head>\n<body class=\"whole\">\n<main>\n\
         <h1>The site is not built yet</h1>\n<p>Mend what stands here; the page comes by itself.</p>\n{drawn}</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

fn script(path: &str, digest: &str, mark: &str, state: &State, door: &Door) -> String {
    format!(
        "<script src=\"/_dateline/client.js\" defer data-run=\"{}\" data-moment=\"{}\" data-page=\"{}\" data-digest=\"{digest}\" \
         data-token=\"{}\"{mark}></script>\n",
        door.run,
        state.moment,
        paint::escaped(path),
        door.token,
    )
}

/// Finds where the head ends; a page without one gets the script at its end.
fn end_of_head(bytes: &[u8]) -> usize {
    let end = b"</head>";
    bytes.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end)).unwrap_or(bytes.len())
}
