"""Feeds and site maps, as readers of them see them."""

import html.parser
import json
import pathlib
import subprocess
import sys
import unittest
import urllib.parse
import urllib.robotparser
import xml.etree.ElementTree as xml

import feedparser
import jsonschema

import sites

HERE = pathlib.Path(__file__).parent
SHOWN = str.maketrans("", "", "".join(map(chr, [*range(9), *range(11, 32)])) + "\ufffe\uffff")

JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"]}},
        "items": {"type": "array", "items": {
            "type": "object",
            "required": ["id", "url", "content_html"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
                "url": {"type": "string", "minLength": 1},
                "title": {"type": "string"},
                "content_html": {"type": "string", "minLength": 1},
                "summary": {"type": "string"},
                "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT00:00:00Z$"},
                "date_modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT00:00:00Z$"},
                "tags": {"type": "array", "items": {"type": "string"}},
            },
        }},
    },
}


class Content(html.parser.HTMLParser):
    """Collects the addresses of a text, and what could run."""

    def __init__(self, text):
        super().__init__()
        self.links, self.faults = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "svg", "base"}:
            self.faults.append(tag)
        for name, value in attributes:
            if name.startswith("on") or name in {"style", "class", "id"}:
                self.faults.append(name)
            if name == "src" and value.startswith("https://example.org/x"):
                self.faults.append("a picture from elsewhere")
            if name in {"href", "src"}:
                self.links.append(value)


class Feeds(unittest.TestCase):
    def each(self, path):
        return [(name, out, out / path) for name, out in sites.OUTS.items()]

    def test_feedparser_reads_atom_without_a_complaint(self):
        for name, _, path in self.each("feed.xml"):
            feed = feedparser.parse(path.read_bytes())
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            self.assertGreater(len(feed.entries), 10)
            ids = [entry.id for entry in feed.entries]
            self.assertEqual(len(set(ids)), len(ids))
            for entry in feed.entries:
                self.assertTrue(entry.content[0].value and entry.title and entry.link)
                self.assertGreaterEqual(entry.updated, entry.published)

    def test_atom_holds_against_the_schema_of_rfc_4287(self):
        for _, _, path in self.each("feed.xml"):
            jing = pathlib.Path(sys.executable).parent / "pyjing"
            run = subprocess.run([jing, "-c", HERE / "atom.rnc", path], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_the_schema_refuses_what_is_wrong(self):
        text = (sites.OUTS["whole"] / "feed.xml").read_text()
        for old, new in [("<id>urn", "<ID>urn"), ("T00:00:00Z</updated>", "</updated>"), ('rel="alternate"', 'rel=""')]:
            path = sites.WORK / "wrong.xml"
            path.write_text(text.replace(old, new, 1))
            jing = pathlib.Path(sys.executable).parent / "pyjing"
            run = subprocess.run([jing, "-c", HERE / "atom.rnc", path], capture_output=True, text=True)
            self.assertNotEqual(run.returncode, 0, f"{new} is let through")

    def test_a_json_feed_is_one(self):
        for name, _, path in self.each("feed.json"):
            feed = json.loads(path.read_text())
            jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
            self.assertEqual("feed_url" in feed, name != "plain")

    def test_both_feeds_say_the_same(self):
        for _, out, path in self.each("feed.json"):
            atom = xml.parse(out / "feed.xml").getroot()
            space = {"a": "http://www.w3.org/2005/Atom"}
            items = json.loads(path.read_text())["items"]
            entries = atom.findall("a:entry", space)
            self.assertEqual(len(items), len(entries))
            for item, entry in zip(items, entries):
                text = lambda tag: entry.findtext(f"a:{tag}", namespaces=space)
                self.assertEqual(item["id"], text("id"))
                self.assertEqual(item["title"].translate(SHOWN), text("title"))
                self.assertEqual(item["date_modified"], text("updated"))

    def test_content_runs_nothing_and_its_links_lead_somewhere(self):
        for name, out, path in self.each("feed.json"):
            base = sites.URL + "/" if name != "plain" else ""
            followed = 0
            for item in json.loads(path.read_text())["items"]:
                content = Content(item["content_html"])
                self.assertEqual(content.faults, [], item["title"])
                for link in [item["url"], *content.links]:
                    if base and not link.startswith(base) or not base and urllib.parse.urlsplit(link).scheme:
                        self.assertIn(urllib.parse.urlsplit(link).scheme, {"http", "https", "mailto"})
                        continue
                    file = urllib.parse.unquote(urllib.parse.urlsplit(link.removeprefix(base)).path)
                    self.assertTrue((out / (file or "index.html")).is_file(), link)
                    followed += 1
            self.assertGreater(followed, 20)

    def test_titles_come_out_as_they_went_in(self):
        feed = xml.parse(sites.OUTS["hostile"] / "feed.xml").getroot()
        titles = {entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")}
        for payload in sites.PAYLOADS:
            # A title is one line: other white space is a space.
            title = "".join(" " if letter in "\t\u2028\u2029" else letter for letter in payload)
            self.assertIn(title.translate(SHOWN), titles)

    def test_a_site_map_lists_files_that_are_there(self):
        for name, out, path in self.each("sitemap.xml"):
            if name == "plain":
                self.assertFalse(path.exists())
                continue
            root = xml.parse(path).getroot()
            self.assertEqual(root.tag, "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset")
            places = [url.text for url in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
            self.assertEqual(len(set(places)), len(places))
            for place in places:
                self.assertTrue(place.startswith(sites.URL + "/") and place.isascii(), place)
                file = urllib.parse.unquote(place.removeprefix(sites.URL + "/")) or "index.html"
                self.assertTrue((out / file).is_file(), place)

    def test_robots_may_go_everywhere_and_find_the_map(self):
        for name, _, path in self.each("robots.txt"):
            robots = urllib.robotparser.RobotFileParser()
            robots.parse(path.read_text().splitlines())
            self.assertTrue(robots.can_fetch("any", "/timeline/a.html"))
            self.assertEqual(robots.site_maps(), None if name == "plain" else [sites.URL + "/sitemap.xml"])
