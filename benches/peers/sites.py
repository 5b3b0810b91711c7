"""Equal sites of N events, one for each generator, from a seed: the same texts, dates, tags and sources.

Only the front matter differs where a generator demands it. Dateline's events carry a claim besides, which their text
links to, and cite their sources: its checks have something to do. What the others do not make (everything on one page,
cards, data, the offline worker) is switched off for it; its search index cannot be, and is made.
"""
import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST, DAYS = datetime(1725, 1, 1), 300 * 365
TAGS = """energy water rail ports ships bridges radio optics chips memory disks networks protocols browsers search maps
satellites rockets probes telescopes genomes vaccines trials clinics crops soils forests oceans glaciers storms grids
batteries solar wind nuclear fusion law patents trade labour""".split()
FOLDERS = {"dateline": "content/timeline", "hugo": "content/events", "zola": "content/events",
           "eleventy": "src/events", "jekyll": "_posts"}
SETTINGS = """title: Perf Site
description: A timeline made for timing.
url: https://example.org/
outputs: {all: false, cards: false, data: false, offline: false}
"""


def vocabulary(rng):
    """Makes pronounceable words, and mixes short English ones among them."""
    starts, middles, ends = "b c d f g l m n p r s t br cl gr st tr".split(), "a e i o u ai ea".split(), "n r s t nd st x".split()
    word = lambda: "".join(rng.choice(starts) + rng.choice(middles) for _ in range(rng.randint(1, 3))) + rng.choice(ends)
    return sorted({word() for _ in range(700)}) + "the a of and to in was for on with by at from that it as its".split() * 15


def prose(rng, words, count):
    """Writes sentences of about `count` words."""
    sentences = []
    while count > 0:
        length = min(max(count, 5), rng.randint(9, 17))
        sentences.append(" ".join(rng.choices(words, k=length)).capitalize() + ".")
        count -= length
    return " ".join(sentences)


def entries(count, seed):
    """Yields events in the order of their days, of which no two are the same: peers order those in ways of their own."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    for number, day in enumerate(sorted(rng.sample(range(DAYS), k=count))):
        date = (FIRST + timedelta(days=day)).strftime("%Y-%m-%d")
        title = prose(rng, words, 6)[:-1]
        source = lambda k: {"id": f"s{number}-{k}", "title": prose(rng, words, 6)[:-1], "publisher": "The Review",
                            "date": date, "url": f"https://news.example.com/{number}-{k}"}
        items = "\n".join(f"- {prose(rng, words, 9)}" for _ in range(5))
        rows = "\n".join(f"| {rng.choice(words)} | {rng.randint(1, 9999)} | {rng.choice(words)} |" for _ in range(4))
        body = f"""{prose(rng, words, 50)} There were CLAIM in all CITE, says [the record](https://example.net/{number}).[^1]

## {prose(rng, words, 5)[:-1]}

{prose(rng, words, 75)} It was **{rng.choice(words)}** and `{rng.choice(words)}` in *{rng.choice(words)}*.

{items}

## {prose(rng, words, 4)[:-1]}

{prose(rng, words, 45)}

| Item | Count | Note |
|------|------:|------|
{rows}

> {prose(rng, words, 32)}

{prose(rng, words, 40)}

[^1]: {prose(rng, words, 14)}
"""
        yield {"number": number, "slug": f"e{number:06d}", "date": date, "title": title, "body": body,
               "summary": prose(rng, words, 22), "tags": sorted(rng.sample(TAGS, rng.randint(0, 3))),
               "sources": [source(k) for k in range(rng.randint(2, 3))]}


def text(entry, peer):
    """Writes an event's file."""
    tags, sources = "[" + ", ".join(entry["tags"]) + "]", entry["sources"]
    claim = f"up to {entry['number'] + 2} ships"
    if peer == "dateline":
        body = entry["body"].replace("CLAIM", f"[{claim}](claim:c{entry['number']})").replace("CITE", f"[@{sources[0]['id']}, p. 3]")
        return (f'---\ntitle: "{entry["title"]}"\ndate: {entry["date"]}\npublished: {entry["date"]}\n'
                f'summary: "{entry["summary"]}"\ngroups: {tags}\n'
                f'sources: [{", ".join(source["id"] for source in sources)}]\nclaims:\n  - id: c{entry["number"]}\n'
                f'    figure: {claim}\n    said-by: The Review\n    status: estimate\n    sources: [{sources[0]["id"]}]\n---\n\n{body}')
    body = entry["body"].replace("CLAIM", claim).replace(" CITE", "")
    pad = "    " if peer == "zola" else "  "
    listed = "".join(f'{pad}- title: "{s["title"]}"\n{pad}  url: {s["url"]}\n{pad}  publisher: "{s["publisher"]}"\n{pad}  date: "{s["date"]}"\n' for s in sources)
    if peer == "zola":
        front = f'description: "{entry["summary"]}"\ntaxonomies:\n  tags: {tags}\nextra:\n  sources:\n{listed}'
    else:
        front = f'summary: "{entry["summary"]}"\ntags: {tags}\nsources:\n{listed}'
    return f'---\ntitle: "{entry["title"]}"\ndate: {entry["date"]}T00:00:00Z\n{front}---\n\n{body}'


def path(entry, peer):
    """Returns where an event's file stands in its site."""
    name = f"{entry['date']}-{entry['slug']}" if peer == "jekyll" else entry["slug"]
    return f"{FOLDERS[peer]}/{name}.md"


def make(folder, peers, count, seed):
    """Makes the sites of some generators, each in a new folder of its name."""
    for peer in peers:
        templates = HERE / "templates" / peer
        if templates.is_dir():
            shutil.copytree(templates, folder / peer)
        (folder / peer / FOLDERS[peer]).mkdir(parents=True, exist_ok=True)
    known = []
    for entry in entries(count, seed):
        for peer in peers:
            (folder / peer / path(entry, peer)).write_text(text(entry, peer))
        known.append("".join(
            f'{s["id"]}:\n  type: article-newspaper\n  title: "{s["title"]}"\n  publisher: "{s["publisher"]}"\n'
            f'  issued: {s["date"]}\n  URL: {s["url"]}\n' for s in entry["sources"]))
    if "dateline" in peers:
        content = folder / "dateline/content"
        (content / "site.yaml").write_text(SETTINGS)
        (content / "index.md").write_text("---\ntitle: Perf Site\nsummary: A timeline made for timing.\n---\n")
        (content / "sources.yaml").write_text("".join(known))
