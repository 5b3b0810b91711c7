//! A terminal's colours as HTML, so that a browser shows the very message that the terminal shows.
//!
//! Of the escape sequences, those that `draw` writes are known (ECMA-48, SGR: bold and sixteen colours). All others vanish.

const COLORS: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// Turns drawn text into HTML: spans with the classes `bold` and `red`, `green`, ….
pub(super) fn html(drawn: &str) -> String {
    let mut html = String::with_capacity(drawn.len() * 2);
    let mut pen = Pen::default();
    let mut rest = drawn;
    while let Some(at) = rest.find('\x1b') {
        pen.write(&mut html, &rest[..at]);
        rest = &rest[at + 1..];
        let Some(sequence) = rest.strip_prefix('[') else { continue };
        let end = sequence.find(|c: char| ('@'..='~').contains(&c)).unwrap_or(sequence.len());
        if sequence[end..].starts_with('m') {
            pen.set(&sequence[..end]);
        }
        rest = sequence[end..].get(1..).unwrap_or_default();
    }
    pen.write(&mut html, rest);
    html
}

/// Writes a text so that it is text in HTML, in attributes as well.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// How letters are painted.
#[derive(Clone, Copy, Default)]
struct Pen {
    bold: bool,
    color: Option<&'static str>,
}

impl Pen {
    fn set(&mut self, codes: &str) {
        for code in codes.split(';') {
            match code.parse().unwrap_or(0_usize) {
                0 => *self = Self::default(),
                1 => self.bold = true,
                22 => self.bold = false,
                code @ 30..=37 => self.color = Some(COLORS[code - 30]),
                code @ 90..=97 => self.color = Some(COLORS[code - 90]),
                39 => self.color = None,
                _ => {}
            }
        }
    }

    fn write(self, html: &mut String, text: &str) {
        if text.is_empty() {
            return;
        }
        let classes: Vec<&str> = self.bold.then_some("bold").into_iter().chain(self.color).collect();
        if classes.is_empty() {
            html.push_str(&escaped(text));
        } else {
            html.push_str(&format!("<span class=\"{}\">{}</span>", classes.join(" "), escaped(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_classes_and_text_stays_text() {
        let drawn = "\x1b[1m\x1b[91merror[x]\x1b[0m: a <b> & \"c\"\n\x1b[1;94m |\x1b[0m";
        let painted = "<span class=\"bold red\">error[x]</span>: a &lt;b&gt; &amp; &quot;c&quot;\n<span class=\"bold blue\"> |</span>";
        assert_eq!(html(drawn), painted);
    }

    #[test]
    fn what_is_no_colour_vanishes() {
        assert_eq!(html("a\x1b[2Jb\x1bc\x1b[38;5;9"), "abc");
        assert_eq!(html("größe\x1b"), "größe");
    }
}
