"""Holds outputs against the texts that went in, so that nothing is timed that did not do the work.

Every event has a page with its words in their order, its summary, its sources and its neighbours; the home page lists
all; each tag its own; the feed has the newest twenty and the sitemap all. Of large sites a thousand pages, evenly spread,
are read word by word; that all are there is seen of every one.
"""
import html
import itertools
import os
import re
from collections import Counter

import sites

SPREAD = 1_000
TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)([^>]*?)(/?)>")
EMPTY = {"br", "hr", "img", "input", "meta", "link"}
ASIDE = re.compile(r'class="[^"]*(?:sidenote|anchor|footnote)')


class Differs(Exception):
    """An output that is not what went in, in words."""


def words(page):
    """Takes the words of the element of class `body`, without notes in the margin, footnotes and their marks."""
    start = re.search(r'<div class="body">', page)
    if not start:
        return []
    # A stack of what is open: the name, and whether its words count.
    stack, found, at = [("div", True)], [], start.end()
    for tag in TAG.finditer(page, start.end()):
        if stack[-1][1]:
            found += re.findall(r"\w+", html.unescape(page[at:tag.start()]))
        at = tag.end()
        closing, name, attributes, single = tag.groups()
        if name in EMPTY or single:
            continue
        if not closing:
            stack.append((name, stack[-1][1] and name != "sup" and not ASIDE.search(attributes)))
            continue
        while stack and stack.pop()[0] != name:
            pass
        if not stack:
            break
    return found


def expected(entry):
    body = sites.text(entry, "hugo").split("---\n", 2)[2].split("[^1]:")[0]
    return re.findall(r"\w+", re.sub(r"\]\(.*?\)|\[\^1\]|\|[-:| ]+\|\n", " ", body))


def texts(page):
    """Counts the runs of text between tags."""
    return Counter(part.strip() for part in re.findall(r">([^<>]+)<", html.unescape(page)))


def read(path):
    if not path.is_file():
        raise Differs(f"{path.name} is not there")
    return path.read_text()


class Output:
    """One generator's output, and where it puts what."""

    def __init__(self, peer, folder):
        ours = peer == "dateline"
        self.peer, self.folder = peer, folder
        self.event = (lambda slug: folder / f"timeline/{slug}.html") if ours else (lambda slug: folder / f"events/{slug}/index.html")
        self.tag = (lambda tag: folder / f"groups/{tag}.html") if ours else (lambda tag: folder / f"tags/{tag}/index.html")
        self.item = "<entry" if ours else "<item"

    def hold_page(self, entry, neighbours):
        """Reads one event's page word by word."""
        page = read(self.event(entry["slug"]))
        have, want = words(page), expected(entry)
        if have != want:
            at = next((at for at, pair in enumerate(zip(have, want)) if pair[0] != pair[1]), min(len(have), len(want)))
            raise Differs(f"{entry['slug']} has the words {have[at:at + 8]}, and {want[at:at + 8]} went in")
        page = html.unescape(page)
        for what in [entry["summary"], *(source["url"] for source in entry["sources"]), *(n["title"] for n in neighbours)]:
            if what not in page:
                raise Differs(f"{entry['slug']} lacks `{what}`")

    def hold_lists(self, heads):
        """Holds home, tags, feed and sitemap against all events."""
        pages = sum(self.event(entry["slug"]).is_file() for entry in heads)
        if pages != len(heads):
            raise Differs(f"there are {pages} pages of events, and {len(heads)} went in")
        home = texts(read(self.folder / "index.html"))
        for what in ("title", "summary"):
            if missing := Counter(entry[what] for entry in heads) - home:
                raise Differs(f"the home page lacks {len(missing)} of the events, such as `{next(iter(missing))}`")
        for tag in sites.TAGS:
            tagged = Counter(entry["title"] for entry in heads if tag in entry["tags"])
            if tagged and tagged - texts(read(self.tag(tag))):
                raise Differs(f"the page of `{tag}` lacks some of its {tagged.total()} events")
        feed = read(self.folder / "feed.xml")
        if feed.count(self.item) < min(20, len(heads)) or html.escape(heads[-1]["title"], quote=False) not in feed:
            raise Differs("the feed lacks some of the newest twenty events")
        maps = "".join(path.read_text() for path in sorted(self.folder.glob("sitemap*.xml")))
        listed = len(set(re.findall(r"/(e\d{6,})(?:/|\.html)</loc>", maps)))
        if listed != len(heads):
            raise Differs(f"the sitemap has {listed} events, and {len(heads)} went in")


def hold(outputs, count, seed):
    """Holds outputs, by generator, against what went in. Makes the texts once for all of them."""
    step = max(1, count // SPREAD)
    heads, waiting = [], None
    everyone = [Output(peer, folder) for peer, folder in outputs.items()]
    # An entry is read once the one after it is known: the two are neighbours.
    for entry in itertools.chain(sites.entries(count, seed), [None]):
        if waiting and (waiting["number"] % step == 0 or entry is None):
            near = heads[-2:-1] + ([entry] if entry else [])
            for output in everyone:
                telling(output, output.hold_page, waiting, near)
        if entry:
            heads.append({key: entry[key] for key in ("slug", "title", "summary", "tags")})
        waiting = entry
    for output in everyone:
        telling(output, output.hold_lists, heads)


def telling(output, act, *arguments):
    try:
        act(*arguments)
    except Differs as error:
        raise Differs(f"{output.peer}: {error}") from error


def stamp(folder):
    """Takes down every file of a folder with when and where on the disk it was written."""
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            status = os.lstat(path)
            found[path] = (status.st_mtime_ns, status.st_ino, status.st_size)
    return found


def written(before, after):
    """Counts the files that are new or were written again."""
    return sum(before.get(path) != state for path, state in after.items())
