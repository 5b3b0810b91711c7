//! Names that hosts obey: files by which a built folder tells them where to send readers, what to run and how to answer.
//!
//! Such orders belong to who publishes the site. `_headers` is not among them: the program writes it, and so its place is
//! taken. Nor is `robots.txt`, which search engines read and the content may write. Programs in Python and the like are data
//! that editors hand on: no server runs them unless it was told to.

/// Where a name counts.
enum Place {
    /// The file of that name at the root of the site.
    Root,
    /// Programs in the folder of that name at the root.
    Folder,
    /// Files of that name in every folder.
    Anywhere,
    /// Names with that end, wherever it stands in them: Apache runs `a.php.jpg` where its settings are as they often are.
    End,
    /// Names with that last end.
    LastEnd,
}

/// Names that mean the same to hosts.
struct Order {
    place: Place,
    /// In lower case.
    names: &'static [&'static str],
    /// Goes on from the path, and says why the names are here.
    what: &'static str,
    instead: &'static str,
}

const BESIDE: &str = "put it beside `content/`, where its host looks for it";
const BUILT: &str = "let who publishes the site put it into the built folder, where a build leaves it";

/// Ends of programs that hosts run in their folders.
const PROGRAMS: [&str; 12] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "wasm", "py", "go", "rb"];

const ORDERS: [Order; 12] = [
    // Netlify, Cloudflare Pages, GitLab Pages, Codeberg Pages.
    Order {
        place: Place::Root,
        names: &["_redirects"],
        what: "is obeyed by hosts: it sends readers to other addresses",
        instead: "name old addresses as `aliases` of a page, or let who publishes the site put it into the built folder",
    },
    // GitHub Pages, Surge.
    Order {
        place: Place::Root,
        names: &["cname"],
        what: "is obeyed by hosts: it moves the site to another domain",
        instead: "name the domain as `cname` of the target in site.yaml",
    },
    // Cloudflare Pages, Vercel.
    Order {
        place: Place::Root,
        names: &["_worker.js", "_routes.json", "middleware.js", "middleware.ts"],
        what: "is run by hosts: it answers in place of the pages",
        instead: BUILT,
    },
    // Cloudflare Pages: the worker may be a folder too.
    Order {
        place: Place::Folder,
        names: &["_worker.js"],
        what: "is run by hosts: it answers in place of the pages",
        instead: BUILT,
    },
    // Cloudflare Pages, Vercel, Netlify.
    Order {
        place: Place::Folder,
        names: &["functions", "api", "netlify"],
        what: "is run by hosts: it answers in place of the pages",
        instead: BESIDE,
    },
    // Netlify, Vercel (twice), Firebase, Cloudflare (three times).
    Order {
        place: Place::Root,
        names: &[
            "netlify.toml",
            "vercel.json",
            "now.json",
            "firebase.json",
            "wrangler.toml",
            "wrangler.json",
            "wrangler.jsonc",
        ],
        what: "is obeyed by hosts: it says how they answer",
        instead: BESIDE,
    },
    // Azure Static Web Apps, Cloud Foundry, the server `serve`, Caddy, Surge (three times).
    Order {
        place: Place::Root,
        names: &["staticwebapp.config.json", "staticfile", "serve.json", "caddyfile", "router", "auth", "cors"],
        what: "is obeyed by hosts: it says how they answer",
        instead: BUILT,
    },
    // Hosts that build what they are given.
    Order {
        place: Place::Root,
        names: &["package.json", "dockerfile", "procfile"],
        what: "is obeyed by hosts: it says what they run",
        instead: BESIDE,
    },
    // Browsers that hold the worker of an edition before `offline` was turned off.
    Order {
        place: Place::Root,
        names: &["sw.js"],
        what: "takes the place of the program that an earlier edition left with its readers",
        instead: "rename it",
    },
    // IIS, PHP.
    Order {
        place: Place::Anywhere,
        names: &["web.config", "php.ini"],
        what: "is obeyed by servers: it says how they answer",
        instead: BUILT,
    },
    // PHP, ASP, Java, ColdFusion, CGI as Apache's own examples have it, and Apache's files with headers of their own.
    Order {
        place: Place::End,
        names: &[
            "php", "php3", "php4", "php5", "php7", "php8", "phps", "phtml", "pht", "phar", "asp", "aspx", "ashx",
            "asmx", "asax", "ascx", "cshtml", "vbhtml", "jsp", "jspx", "jspf", "cfm", "cfml", "cfc", "cgi", "fcgi",
            "asis",
        ],
        what: "is run by servers that know its end",
        instead: "hand it on as a .zip",
    },
    // CGI in Perl, as Apache's own examples have it; in the middle of a name, it says that a text is in Polish.
    Order {
        place: Place::LastEnd,
        names: &["pl"],
        what: "is run by servers that know its end",
        instead: "hand it on as a .zip",
    },
];

/// Tells what hosts do that find a file of this name, going on from the path, and what to do instead.
pub(super) fn order(path: &str) -> Option<(&'static str, &'static str)> {
    let path = path.to_ascii_lowercase();
    let order = ORDERS.iter().find(|order| order.names.iter().any(|name| order.place.holds(name, &path)))?;
    Some((order.what, order.instead))
}

impl Place {
    fn holds(&self, name: &str, path: &str) -> bool {
        let file = path.rsplit('/').next().unwrap_or(path);
        match self {
            Self::Root => path == name,
            Self::Folder => {
                let inside = path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
                inside && file.rsplit_once('.').is_some_and(|(_, end)| PROGRAMS.contains(&end))
            }
            Self::Anywhere => file == name,
            Self::End => file.split('.').skip(1).any(|end| end == name),
            Self::LastEnd => file.rsplit_once('.').is_some_and(|(_, end)| end == name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ORDERS, Place, order};

    #[test]
    fn every_name_that_hosts_obey_is_found_where_it_counts_in_letters_of_any_case() {
        for one in &ORDERS {
            for name in one.names {
                let (found, passed): (Vec<String>, Vec<String>) = match one.place {
                    Place::Root => (
                        vec![(*name).to_owned()],
                        vec![format!("media/{name}"), format!("{name}.txt"), format!("x{name}")],
                    ),
                    Place::Folder => (
                        vec![format!("{name}/index.js"), format!("{name}/a/b.TS"), format!("{name}/_middleware.js")],
                        vec![format!("media/{name}/a.js"), format!("{name}/data.json"), format!("{name}s/a.js")],
                    ),
                    Place::Anywhere => (vec![(*name).to_owned(), format!("a/b/{name}")], vec![format!("{name}.txt")]),
                    Place::End => (
                        vec![
                            format!("a.{name}"),
                            format!("media/a.{name}"),
                            format!("a.{name}.jpg"),
                            format!("a.{name}.en"),
                        ],
                        vec![
                            (*name).to_owned(),
                            format!("media/{name}.txt"),
                            format!("a.{name}/b.txt"),
                            format!("a.x{name}"),
                        ],
                    ),
                    Place::LastEnd => {
                        (vec![format!("media/a.{name}"), format!("a.b.{name}")], vec![format!("a.{name}.pdf")])
                    }
                };
                for path in found {
                    assert_eq!(order(&path), Some((one.what, one.instead)), "{path}");
                    assert_eq!(order(&path.to_uppercase()), Some((one.what, one.instead)), "{path}");
                }
                for path in passed {
                    assert_eq!(order(&path), None, "{path}");
                }
            }
        }
    }

    /// The names are written out here once more, so that none is lost from the table unnoticed.
    #[test]
    fn names_by_which_a_contributor_could_send_readers_elsewhere_are_refused() {
        for path in [
            "_redirects",
            "_worker.js",
            "_worker.js/index.js",
            "_routes.json",
            "functions/[[path]].ts",
            "CNAME",
            "netlify.toml",
            "vercel.json",
            "firebase.json",
            "staticwebapp.config.json",
            "media/web.config",
            "index.php",
            "media/a.php.png",
            "media/a.aspx",
            "a.asp",
            "a.jsp",
            "a.cgi",
            "a.pl",
            "sw.js",
            "package.json",
        ] {
            assert!(order(path).is_some(), "{path}");
        }
        for path in [
            "robots.txt",
            "about.pl.pdf",
            "a.py",
            "media/cname",
            "media/package.json",
            "functions/plot.png",
            "api/data.json",
            "auth/a.png",
            "php",
            "_redirects.csv",
        ] {
            assert!(order(path).is_none(), "{path}");
        }
    }
}
