//! `robots.txt`, and with the `url` of the site `sitemap.xml` (sitemaps.org): every page but 404 and what is only moved.

use crate::model::date::FullDate;
use crate::model::{Page, Site};
use crate::view::Views;

use super::pages::Job;
use super::xml::Xml;

/// The most addresses that one site map may hold; with more, `sitemap.xml` lists site maps.
const MOST: usize = 50_000;

const SCHEMA: [(&str, &str); 1] = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];

/// An address, and the last day on which what it shows was changed.
type Entry = (String, Option<FullDate>);

/// Makes the files. A robots.txt of the content is left to speak for itself.
pub(super) fn files(site: &Site, views: &Views<'_>, jobs: &[Job]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(address) = views.whole("sitemap.xml") {
        files.extend(site_maps(&entries(site, views, jobs), MOST, |path| views.whole(path)));
        robots.push_str(&format!("\nSitemap: {address}\n"));
    }
    if !site.assets.contains_key("robots.txt") {
        files.push(("robots.txt".to_owned(), robots.into_bytes()));
    }
    files
}

fn entries(site: &Site, views: &Views<'_>, jobs: &[Job]) -> Vec<Entry> {
    let latest = |pages: &mut dyn Iterator<Item = &Page>| pages.filter_map(Page::last_changed).max();
    let all = latest(&mut site.pages.iter().map(|page| &**page));
    let corrected = site.pages.iter().flat_map(|page| &page.corrections).map(|correction| correction.date).max();
    let entries = jobs.iter().filter_map(|job| {
        let changed = match job {
            Job::NotFound => return None,
            Job::Page(at) if site.pages[*at].draft => return None,
            Job::Event(at) if site.pages[site.timeline[*at]].draft => return None,
            Job::Page(at) => site.pages[*at].last_changed(),
            Job::Event(at) => site.pages[site.timeline[*at]].last_changed(),
            Job::Group(at) => latest(&mut site.index.groups()[*at].1.iter().map(|at| &*site.pages[*at])),
            Job::Corrections => corrected,
            _ => all,
        };
        Some((views.whole(&job.path(site))?, changed))
    });
    entries.collect()
}

/// Writes one site map, or an index of several where there are more than `most` addresses.
fn site_maps(entries: &[Entry], most: usize, whole: impl Fn(&str) -> Option<String>) -> Vec<(String, Vec<u8>)> {
    if entries.len() <= most {
        return vec![("sitemap.xml".to_owned(), site_map(entries))];
    }
    let parts: Vec<_> = entries.chunks(most).zip(1..).map(|(part, number)| (site_map_name(number), part)).collect();
    let index = Xml::document("sitemapindex", &SCHEMA, |xml| {
        for (path, part) in &parts {
            let changed = part.iter().filter_map(|(_, changed)| *changed).max();
            entry(xml, "sitemap", &whole(path).unwrap_or_default(), changed);
        }
    });
    let mut files = vec![("sitemap.xml".to_owned(), index)];
    files.extend(parts.into_iter().map(|(path, part)| (path, site_map(part))));
    files
}

fn site_map_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn site_map(entries: &[Entry]) -> Vec<u8> {
    Xml::document("urlset", &SCHEMA, |xml| {
        for (address, changed) in entries {
            entry(xml, "url", address, *changed);
        }
    })
}

fn entry(xml: &mut Xml, name: &str, address: &str, changed: Option<FullDate>) {
    xml.element(name, &[], |xml| {
        xml.text("loc", &[], address);
        if let Some(day) = changed {
            xml.text("lastmod", &[], &day.to_string());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Entry, site_maps};

    #[test]
    fn many_addresses_become_several_site_maps() {
        let entries: Vec<Entry> = (0..5).map(|n| (format!("https://x.example/{n}"), None)).collect();
        let files = site_maps(&entries, 2, |path| Some(format!("https://x.example/{path}")));
        let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let text = |at: usize| String::from_utf8(files[at].1.clone()).expect("it is UTF-8");
        assert_eq!(text(0).matches("<loc>https://x.example/sitemap-").count(), 3);
        assert_eq!([text(1), text(2), text(3)].map(|map| map.matches("<url>").count()), [2, 2, 1]);
    }
}
