//! Names that every system can hold and that nobody keeps for himself: by Microsoft's naming rules, by what git refuses to
//! carry, and by what cannot be seen. Whether a place is taken already is for `outputs` to tell.

use crate::control::is_control;

/// What is wrong with a name, and why that matters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Goes on from the path: `has a name that Windows keeps for itself`.
    pub(super) what: String,
    pub(super) why: &'static str,
}

/// Tells what is wrong with a path for Windows, for archives, for git or for `sha256sum`.
pub(super) fn fault(path: &str) -> Option<Fault> {
    path.split('/').find_map(|part| match keeper(part) {
        Some(keeper) => {
            let what = format!("has a name that {keeper} keeps for itself");
            Some(Fault { what, why: "no file can be published under it" })
        }
        None => Some(Fault { what: odd(part)?, why: "not every computer can hold a file of this name" }),
    })
}

/// Tells which program takes a file of this name for its own, in letters of any case.
fn keeper(part: &str) -> Option<&'static str> {
    match &*part.to_ascii_lowercase() {
        // The second is what Windows calls the first where names are short.
        ".git" | "git~1" => Some("git"),
        part if part.starts_with(".dateline-") => Some("Dateline"),
        _ => None,
    }
}

fn odd(part: &str) -> Option<String> {
    if let Some(bad) = part.chars().find(|c| c.is_control() || "<>:\"\\|?*".contains(*c)) {
        let bad = if bad.is_control() { "a control character".to_owned() } else { format!("`{bad}`") };
        Some(format!("has {bad} in its name"))
    } else if let Some(mark) = part.chars().find(|c| is_invisible(*c)) {
        Some(format!("has an invisible character (U+{:04X}) in its name", u32::from(mark)))
    } else if is_device(part) {
        Some("has a name that Windows keeps for itself".to_owned())
    } else if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        Some("starts or ends with a space or a full stop".to_owned())
    } else if part.len() > 255 {
        Some("has a name of more than 255 bytes".to_owned())
    } else if part.is_empty() {
        Some("is not a path inside the site".to_owned())
    } else {
        None
    }
}

/// Tells whether Windows takes a name for a device: whatever stands behind its first full stop, and spaces before it.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end_matches(' ').to_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|name| stem.strip_prefix(name)).is_some_and(|number| {
        let mut signs = number.chars();
        matches!((signs.next(), signs.next()), (Some('1'..='9' | '¹' | '²' | '³'), None))
    });
    numbered || matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
}

/// Marks of direction, joining and hyphenation, ends of lines, and what is no character: with them, two names look the same.
fn is_invisible(c: char) -> bool {
    let is_mark = matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    );
    is_mark || is_control(c)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn ordinary_names_have_no_fault() {
        for path in [
            "timeline/2021-thefts.html",
            "media/Größe 1.jpg",
            "com/console.html",
            "com/com10.html",
            "lpt0.html",
            "comx.html",
            "auxiliary.html",
            "북한.html",
            "عربي/עברית.html",
            "⚠️.html",
            ".well-known/security.txt",
            ".gitignore",
            "git/dateline-x.html",
            "end .html",
        ] {
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[track_caller]
    fn assert_refused(path: &str, what: &str) {
        let fault = fault(path).unwrap_or_else(|| panic!("{path:?} is taken"));
        assert!(fault.what.contains(what), "{path:?}: {}", fault.what);
    }

    #[test]
    fn names_that_some_systems_refuse_have_one() {
        let numbered = ["com", "lpt"].iter().flat_map(|name| "123456789¹²³".chars().map(move |n| format!("{name}{n}")));
        let devices = ["con", "prn", "aux", "nul", "conin$", "conout$"].map(str::to_owned).into_iter().chain(numbered);
        for device in devices {
            let capital = format!("{}{}", device[..1].to_uppercase(), &device[1..]);
            for name in [device.to_uppercase(), capital, device] {
                for path in ["{}", "{}.html", "a/{}.tar.gz", "{}/a.html", "{} .html", "a/{}  .b/c.html"] {
                    assert_refused(&path.replace("{}", &name), "Windows keeps for itself");
                }
            }
        }
        for sign in "<>:\"|?*\\".chars() {
            for path in [format!("a{sign}b.html"), format!("{sign}/a.html"), format!("a/b{sign}")] {
                assert_refused(&path, &format!("has `{sign}` in its name"));
            }
        }
        for path in
            ["a ", "a.", "a /b.html", "a./b.html", "a/b .", " a.html", "a/ b/c.html", "../a.html", "a/..", "./a"]
        {
            assert_refused(path, "starts or ends with a space or a full stop");
        }
        assert_refused("C:x.html", "has `:`");
        assert_refused("a\\..\\x.html", "has `\\`");
        assert_refused("a//b.html", "not a path inside the site");
        assert_refused(&format!("a/{}.html", "ä".repeat(126)), "more than 255 bytes");
    }

    #[test]
    fn names_that_hold_what_nobody_sees_have_one() {
        let turning = ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}');
        let marks =
            "\u{61C}\u{200E}\u{200F}\u{200B}\u{200C}\u{200D}\u{2060}\u{206F}\u{FEFF}\u{AD}\u{2028}\u{2029}\u{FDD0}";
        for mark in turning.chain(marks.chars()) {
            for path in [format!("a{mark}b.html"), format!("a{mark}/b.html"), format!("a/{mark}")] {
                assert_refused(&path, &format!("an invisible character (U+{:04X})", u32::from(mark)));
            }
        }
        for control in ('\0'..' ').chain('\u{7F}'..='\u{9F}') {
            assert_refused(&format!("a{control}b.html"), "a control character");
        }
    }

    #[test]
    fn names_that_git_or_the_program_keeps_have_one() {
        for path in [".git/x.html", ".GIT/x.html", "a/.Git", "git~1/x.html", "a/.git/b/c.html"] {
            assert_refused(path, "git keeps for itself");
        }
        for path in [".dateline-x.html", ".dateline-journal", "a/.Dateline-tmp/b.html"] {
            assert_refused(path, "Dateline keeps for itself");
        }
    }
}
