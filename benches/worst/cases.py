"""Sites and files in which one thing grows: what a build, a check, an import or an export must take in linear time.

Each case is a function of a folder and a size. It writes a site into the folder and returns the command to run there. Where
the site is full of mistakes, the command ends with 1, which `MISTAKEN` tells.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "peers"))
import sites  # noqa: E402

SETTINGS = "title: A site\nurl: https://example.org/\noutputs: {cards: false}\n"
BUILD = ["build", "--quiet", "--out", "public"]
CHECK = ["check", "--quiet"]
SOURCE = "s{}: {{type: report, title: Report {}}}\n"
CLAIM = "  - {{id: c{0}, figure: {1} ships, said-by: The port, status: estimate, sources: [s0]{2}}}\n"


def site(folder, files, settings=SETTINGS):
    """Writes a small site with these files in its content."""
    for name, text in {"site.yaml": settings, "index.md": "---\ntitle: Home\n---\nHello.\n", **files}.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def event(title, body, more=""):
    return f"---\ntitle: {title}\ndate: 2001-02-03\npublished: 2001-02-04\nsummary: What happened.\n{more}---\n\n{body}\n"


def page(body, more=""):
    """The files of a site with one event, and one source that it may cite."""
    return {"timeline/event.md": event("Event", body, more), "sources.yaml": listed(1)}


def built(make):
    """A case that is one event: the function gives its body and what else its front matter has, of at least one thing."""
    def case(folder, count):
        parts = make(max(1, count))
        site(folder, page(*([parts] if isinstance(parts, str) else parts)))
        return BUILD
    case.__doc__ = make.__doc__
    return case


def mistaken(make):
    """A case that is one event with a mistake for each of so many things."""
    def case(folder, count):
        parts = make(max(1, count))
        site(folder, page(*([parts] if isinstance(parts, str) else parts)))
        return CHECK
    case.__doc__ = make.__doc__
    return case


def listed(count, source=SOURCE):
    return "".join(source.format(at, at) for at in range(count))


def told(count, more=""):
    """The front matter of so many claims."""
    return "claims:\n" + "".join(CLAIM.format(at, at + 2, more.format(at)) for at in range(count))


def linked(count, between):
    """The text that links to so many claims."""
    return between.join(f"There were [{at + 2} ships](claim:c{at}) [@s0]." for at in range(count))


# One text.

def markdown(folder, kilobytes):
    """Kilobytes of Markdown in one file."""
    part = sites.text(next(sites.entries(1, 7)), "hugo").split("---\n", 2)[2].split("[^1]:")[0].replace("[^1]", "")
    site(folder, {"timeline/long.md": event("Long", part * max(1, kilobytes * 1000 // len(part)))})
    return BUILD


@built
def one_line(kilobytes):
    """Kilobytes of Markdown in one line."""
    part = "the sea rose and some ships sank *there* in [port](https://example.net/a). "
    return part * max(1, kilobytes * 1000 // len(part))


@built
def figures_in_a_line(kilobytes):
    """Kilobytes of figures that no claim backs, in one line."""
    return "Then 40 ships and about 3 boats sank. " * max(1, kilobytes * 1000 // 38)


@mistaken
def brackets(kilobytes):
    """Kilobytes of brackets that were meant as something."""
    return "[see @s0] [^note [two](a b [@s0 [x] (y " * max(1, kilobytes * 1000 // 40)


@mistaken
def open_brackets(kilobytes):
    """Marks that are begun and never ended, in half as many kilobytes."""
    count = max(1, kilobytes * 1000 // 40)
    return "\n\n".join(mark * count for mark in ("[", "](", "[^", "@s0 ", "(@s0 ", "*a _b ", "`", "<b"))


@built
def tags(kilobytes):
    """Kilobytes of HTML in a text, to be cleaned."""
    part = "A <b>bold</b> <span class='x'>word</span>, <a href='https://example.org/'>a link</a>.\n\n<div>a block</div>\n\n"
    return part * max(1, kilobytes * 1000 // len(part))


@built
def open_tags(count):
    """Tags of HTML that the next one closes."""
    return "<p>One <li>two\n" * count


@mistaken
def deep_tags(count):
    """Tags of HTML that are opened and never closed."""
    return "<div>" * max(600, count)


@built
def lists(count):
    """Lists, each in an item of the one before."""
    return "- " * count + "x"


@built
def quotations(count):
    """Block quotations that nothing cites."""
    return "\n\nBetween.\n\n".join("> “It is so,” they said." for _ in range(count))


@built
def footnotes(count):
    """Footnotes."""
    return "\n\n".join(f"Words.[^{at}]\n\n[^{at}]: A note on it." for at in range(count))


@built
def table(count):
    """Rows of a table."""
    return "| Item | Count |\n|--|--:|\n" + "".join(f"| a{at} | many |\n" for at in range(count))


@built
def headings(count):
    """Headings of one name."""
    return "## Same\n\nText.\n\n" * count


@built
def anchors(count):
    """Links to headings of the page."""
    return "".join(f"## Head {at}\n\nText [there](#head-{at}).\n\n" for at in range(count))


def pictures(folder, count):
    """Pictures of one page, all of one file."""
    site(folder, {**page("".join(f"![Ship {at}](../media/a.svg)\n\n" for at in range(max(1, count)))),
                  "media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'})
    return BUILD


# Claims.

@built
def claims(count):
    """Claims of one event, each linked and cited in a paragraph of its own."""
    return linked(count, "\n\n"), told(count)


@built
def claims_in_a_line(count):
    """The same claims, in one paragraph."""
    return linked(count, " "), told(count)


def answers(folder, count):
    """The same claims, answers to one question."""
    count = max(1, count)
    site(folder, {**page(linked(count, "\n\n"), told(count, ", question: q")), "questions.yaml": "q: {title: How many}\n"})
    return BUILD


def units(folder, count):
    """The same claims, answers to one question, each in a unit of its own."""
    count = max(1, count)
    claims = "claims:\n" + "".join(f"  - {{id: c{at}, figure: 3 {word(at)}, said-by: A, status: estimate, sources: [s0], question: q}}\n" for at in range(count))
    site(folder, {**page("Text.", claims), "questions.yaml": "q: {title: How many}\n"})
    return BUILD


def word(number):
    """A word of its own for a number."""
    letters = ""
    while True:
        number, letter = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[letter] + "a"
        if not number:
            return "tu" + letters + "rs"


@built
def disputed(count):
    """Claims that dispute one claim."""
    text = linked(1, "")
    return text, told(1, "") + "".join(CLAIM.format(f"d{at}", at + 3, ", disputes: c0") for at in range(count))


@built
def disputes(count):
    """Claims that each dispute the one before."""
    return linked(count, "\n\n"), "claims:\n" + "".join(
        CLAIM.format(at, at + 2, f", disputes: c{at - 1}" if at else "") for at in range(count))


@built
def unsourced(count):
    """Claims, and as many figures in paragraphs of their own that lead to none: a warning each."""
    return "\n\n".join(f"There were {at + 2} planes [@s0]." for at in range(count)), told(count)


@built
def unsourced_in_a_line(count):
    """The same figures, in one paragraph."""
    return " ".join(f"There were {at + 2} planes [@s0]." for at in range(count)), told(count)


@built
def dropped(count):
    """Claims of which the text drops the hedge: an error each."""
    text = "\n\n".join(f"There were [{at + 2} ships](claim:c{at}) [@s0]." for at in range(count))
    return text, told(count).replace("figure: ", "figure: up to ")


def unsourced_events(folder, count):
    """Events with a claim, and a figure beside it that no claim backs."""
    claim = lambda at: "claims:\n" + CLAIM.format(at, at + 2, "")
    files = {f"timeline/e{at}.md": event(f"Event {at}", f"There were [{at + 2} ships](claim:c{at}) [@s0], and {at + 3} boats.", claim(at)) for at in range(max(1, count))}
    site(folder, {**files, "sources.yaml": listed(1)})
    return BUILD


def questions(folder, count):
    """Questions, each with a claim that answers it and a figure in its title."""
    count = max(1, count)
    claims = "claims:\n" + "".join(CLAIM.format(at, at + 2, f", question: q{at}") for at in range(count))
    asked = "".join(f"q{at}: {{title: 'Were there {at + 2} ships?'}}\n" for at in range(count))
    site(folder, {**page(linked(count, "\n\n"), claims), "questions.yaml": asked})
    return BUILD


# Sources.

def cited(folder, count):
    """Sources, each cited once on one page."""
    count = max(1, count)
    body = "\n\n".join(f"The record says so in volume {chr(97 + at % 26)} [@s{at}, p. 3]." for at in range(count))
    site(folder, {**page(body), "sources.yaml": listed(count)})
    return BUILD


def one_source(folder, count):
    """Citations of one source on one page."""
    site(folder, page("\n\n".join("The record says so [@s0]." for _ in range(max(1, count)))))
    return BUILD


def sources(folder, kilobytes):
    """Kilobytes of sources.yaml."""
    source = "s{}:\n  type: report\n  title: Report {}\n  author: [{{family: Writer, given: Ann}}]\n  note: >-\n    " + "Words of a remark. " * 45 + "\n"
    count = max(1, kilobytes)
    site(folder, {**page("Text.", f"sources: [{', '.join(f's{at}' for at in range(count))}]\n"), "sources.yaml": listed(count, source)})
    return BUILD


def origins(folder, count):
    """Sources that each report on the one before, all behind one claim."""
    count = max(1, count)
    chain = "".join(f"s{at}: {{type: report, title: Report {at}{f', origin: s{at - 1}' if at else ''}}}\n" for at in range(count))
    claim = f"claims:\n  - {{id: c0, figure: 2 ships, said-by: The port, status: estimate, sources: [{', '.join(f's{at}' for at in range(count))}]}}\n"
    site(folder, {**page("There were [2 ships](claim:c0).", claim), "sources.yaml": chain})
    return BUILD


def chains(folder, count):
    """The same chain, each source of it behind a claim of its own, beside the first."""
    count = max(2, count)
    chain = "".join(f"s{at}: {{type: report, title: Report {at}{f', origin: s{at - 1}' if at else ''}}}\n" for at in range(count))
    claims = "claims:\n" + "".join(f"  - {{id: c{at}, figure: {at + 2} ships, said-by: The port, status: estimate, sources: [s{at}, s{max(at - 1, 0)}]}}\n" for at in range(count))
    site(folder, {**page(linked(count, "\n\n"), claims), "sources.yaml": chain})
    return BUILD


def evidence(folder, count):
    """Quotations, each held against a stored copy that is as long as all of them."""
    count = max(1, count)
    quotes = [f"The harbour of {word(at)} had room for ships." for at in range(count)]
    site(folder, {**page("\n\n".join(f"He said “{quote}” [@s0]." for quote in quotes)),
                  "sources.yaml": "s0: {type: report, title: Report, evidence: s0.txt}\n"})
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence/s0.txt").write_text("\n".join(quotes))
    return BUILD


# Many pages, and what they have in common.

def events(folder, count):
    """Events of one day."""
    site(folder, {f"timeline/e{at}.md": event(f"Event {word(at)}", "Text.") for at in range(max(1, count))})
    return BUILD


def groups(folder, count):
    """Groups of one event, a fifth as many: each page lists all groups."""
    site(folder, page("Text.", f"groups: [{', '.join(f'g{at}' for at in range(max(1, count // 5)))}]\n"))
    return BUILD


def groups_each(folder, count):
    """Groups that have an event each, a fifth as many."""
    site(folder, {f"timeline/e{at}.md": event(f"Event {word(at)}", "Text.", f"groups: [g{at}]\n") for at in range(max(1, count // 5))})
    return BUILD


def listed_groups(folder, count):
    """Groups that site.yaml lists, of which an event is in each."""
    count = max(1, count)
    listed = "groups:\n" + "".join(f"  g{at}: Group {at}\n" for at in range(count))
    site(folder, page("Text.", f"groups: [{', '.join(f'g{at}' for at in range(count))}]\n"), SETTINGS + listed)
    return CHECK


def navigation(folder, count):
    """Pages, all in the navigation of one."""
    count = max(1, count)
    files = {f"pages/p{at}.md": f"---\ntitle: Page {at}\n---\nText.\n" for at in range(count)}
    site(folder, files, SETTINGS + "navigation:\n" + "".join(f"  - {{title: Page {at}, file: pages/p{at}.md}}\n" for at in range(count)))
    return CHECK


@built
def aliases(count):
    """Aliases of one page."""
    return "Text.", f"aliases: [{', '.join(f'old/{at}.html' for at in range(count))}]\n"


@built
def corrections(count):
    """Corrections of one page."""
    return "Text.", "corrections:\n" + "".join(f"  - {{date: 2001-03-04, kind: update, note: Note {at}.}}\n" for at in range(count))


@built
def extra(count):
    """Fields of the editor's own."""
    return "Text.", "extra:\n" + "".join(f"  f{at}: {{a: [1, 2], b: x}}\n" for at in range(count))


# Mistakes.

@mistaken
def unknown(count):
    """Links to claims that are not there, beside as many that are."""
    return "\n\n".join(f"There were [{at + 2} ships](claim:x{word(at)})." for at in range(count)), told(count)


@mistaken
def unknown_anchors(count):
    """Links to headings that are not there, beside as many that are."""
    return "".join(f"## Head {word(at)}\n\nText [there](#{word(at + 7)}-{at}).\n\n" for at in range(count))


@mistaken
def unknown_files(count):
    """Links to files that are not there."""
    return "\n\n".join(f"Text [there](../pages/{word(at)}.md)." for at in range(count))


@mistaken
def unknown_pictures(count):
    """Pictures that are not there."""
    return "\n\n".join(f"![Ship](../media/{word(at)}.png)" for at in range(count))


def unknown_in_many(folder, count):
    """Pages that each link to one that is not there."""
    site(folder, {f"timeline/e{at}.md": event(f"Event {word(at)}", f"See [it]({word(at + 7)}.md).") for at in range(max(1, count))})
    return CHECK


@mistaken
def twice(count):
    """Claims of one id."""
    return "Text.", "claims:\n" + "".join(CLAIM.format("", at + 2, "") for at in range(count))


@mistaken
def fields(count):
    """Fields that the format does not have."""
    return "Text.", "".join(f"{word(at)}: 1\n" for at in range(count))


@mistaken
def dates(count):
    """Corrections on days that are none."""
    return "Text.", "corrections:\n" + "".join(f"  - {{date: 2001-13-{at}, note: Note {at}.}}\n" for at in range(count))


@mistaken
def keys(count):
    """A key that is written again and again."""
    return "Text.", "extra:\n" + "  same: 1\n" * count


@mistaken
def marks(count):
    """Footnotes that are not there."""
    return " ".join(f"Words.[^{at}]" for at in range(count))


def unlisted(folder, count):
    """Groups that are not in the list of site.yaml, which is as long."""
    count = max(1, count)
    listed = "groups:\n" + "".join(f"  g{at}: Group {at}\n" for at in range(count))
    site(folder, page("Text.", f"groups: [{', '.join(word(at) for at in range(count))}]\n"), SETTINGS + listed)
    return CHECK


# Files of other programs.

def csl(folder, count):
    """Items in CSL-JSON."""
    site(folder, {})
    items = [{"id": f"item-{at}", "type": "article-journal", "title": f"On ships, part {at}", "DOI": f"10.1000/{at}",
              "author": [{"family": f"Writer{at}", "given": "Ann"}], "issued": {"date-parts": [[1990 + at % 30, 3]]}} for at in range(max(1, count))]
    (folder / "in.json").write_text(json.dumps(items))
    return ["import", "csl", "in.json", "--quiet"]


def csl_again(folder, count):
    """Items in CSL-JSON that sources.yaml has, in other words."""
    command = csl(folder, count)
    (folder / "content/sources.yaml").write_text(listed(max(1, count), "item-{}: {{type: report, title: Report {}}}\n"))
    return command


def csl_alike(folder, count):
    """Items in CSL-JSON of one name."""
    site(folder, {})
    items = [{"type": "article-journal", "title": "On ships", "author": [{"family": "Writer", "given": "Ann"}],
              "issued": {"date-parts": [[1990]]}} for _ in range(max(1, count))]
    (folder / "in.json").write_text(json.dumps(items))
    return ["import", "csl", "in.json", "--quiet"]


def bibtex(folder, count):
    """Entries in BibTeX."""
    site(folder, {})
    (folder / "in.bib").write_text("".join(
        f"@article{{key{at},\n  title = {{On {{Ships}}, part {at}}},\n  author = {{Writer{at}, Ann and Other, Bob}},\n  year = {1990 + at % 30},\n  journal = {{Review}}\n}}\n\n"
        for at in range(max(1, count))))
    return ["import", "bibtex", "in.bib", "--quiet"]


def timelinejs(folder, count):
    """Slides of a timeline."""
    site(folder, {})
    slides = [{"start_date": {"year": 1990 + at % 30, "month": at % 12 + 1}, "group": f"g{at % 9}",
               "text": {"headline": f"Ship {at}", "text": f"<p>It <b>sailed</b> from <a href='https://example.org/{at}'>port {at}</a>.</p>"}}
              for at in range(max(1, count))]
    (folder / "in.json").write_text(json.dumps({"events": slides}))
    return ["import", "timelinejs", "in.json", "--quiet"]


def timelinejs_alike(folder, count):
    """Slides of one name and day."""
    site(folder, {})
    slides = [{"start_date": {"year": 1990}, "text": {"headline": "Ship", "text": "It sailed."}} for _ in range(max(1, count))]
    (folder / "in.json").write_text(json.dumps({"events": slides}))
    return ["import", "timelinejs", "in.json", "--quiet"]


def timelinejs_csv(folder, count):
    """Slides of a timeline, as rows."""
    site(folder, {})
    rows = "".join(f"{1990 + at % 30},{at % 12 + 1},,,,,,,,Ship {at},It sailed from port {at}.,,,,,,\n" for at in range(max(1, count)))
    (folder / "in.csv").write_text("Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group\n" + rows)
    return ["import", "timelinejs", "in.csv", "--quiet"]


def html(folder, kilobytes):
    """Kilobytes of HTML in one slide."""
    site(folder, {})
    part = "<p>It <b>sailed</b> from <a href='https://example.org/'>the port</a>.</p><ul><li>one<li>two</ul>"
    slide = {"start_date": {"year": 1990}, "text": {"headline": "Ship", "text": part * max(1, kilobytes * 1000 // len(part))}}
    (folder / "in.json").write_text(json.dumps({"events": [slide]}))
    return ["import", "timelinejs", "in.json", "--quiet"]


def open_html(folder, kilobytes):
    """Kilobytes of tags in one slide that are opened and never closed."""
    site(folder, {})
    slide = {"start_date": {"year": 1990}, "text": {"headline": "Ship", "text": "<img <iframe src=" * max(1, kilobytes * 1000 // 17)}}
    (folder / "in.json").write_text(json.dumps({"events": [slide]}))
    return ["import", "timelinejs", "in.json", "--quiet"]


def saved(folder, count):
    """Tags in the head of a saved web page, of which a source is made."""
    site(folder, {})
    tags = "".join(f'<meta name="citation_author" content="Writer {at}"><meta property="og:x{at}" content="y">\n' for at in range(max(1, count)))
    (folder / "page.html").write_text(f"<!doctype html><title>A page</title>{tags}<meta name='date' content='2001-02-03'><p>Text.")
    return ["new", "source", "https://example.org/a", "--from", "page.html", "--quiet"]


# Editions.

def edition(kind):
    def make(folder, count):
        files = {f"timeline/e{at}.md": event(f"Event {at}", f"Text of event {at}, with [another](e{max(at - 1, 0)}.md) beside it.") for at in range(max(1, count))}
        site(folder, files)
        return ["export", kind, f"out.{kind}", "--quiet"]
    make.__doc__ = f"Events in an edition ({kind})."
    return make


def page_of(kind):
    def make(folder, kilobytes):
        markdown(folder, kilobytes)
        return ["export", kind, f"out.{kind}", "--quiet"]
    make.__doc__ = f"Kilobytes of one page in an edition ({kind})."
    return make


BUILDS = {
    "markdown": markdown, "line": one_line, "figures": figures_in_a_line, "tags": tags, "open-tags": open_tags, "lists": lists, "quotations": quotations, "footnotes": footnotes, "table": table,
    "headings": headings, "anchors": anchors, "pictures": pictures,
    "claims": claims, "claims-line": claims_in_a_line, "answers": answers, "units": units, "disputed": disputed,
    "disputes": disputes, "unsourced": unsourced, "unsourced-line": unsourced_in_a_line, "unsourced-events": unsourced_events,
    "questions": questions,
    "cited": cited, "one-source": one_source, "sources": sources, "origins": origins, "chains": chains, "evidence": evidence,
    "events": events, "groups": groups, "groups-each": groups_each, "aliases": aliases, "corrections": corrections, "extra": extra,
}
# What must be said in linear time as well. These end with 1.
MISTAKES = {
    "brackets": brackets, "open-brackets": open_brackets, "deep-tags": deep_tags, "dropped": dropped, "unknown": unknown, "unknown-anchors": unknown_anchors, "unknown-files": unknown_files,
    "unknown-pictures": unknown_pictures, "unknown-in-many": unknown_in_many, "twice": twice, "fields": fields, "dates": dates,
    "keys": keys, "marks": marks, "unlisted": unlisted,
}
# Imports and editions. What is left alone, because it is there, ends an import with 1 as well.
OTHERS = {
    "csl": csl, "csl-again": csl_again, "csl-alike": csl_alike, "bibtex": bibtex, "timelinejs": timelinejs,
    "timelinejs-alike": timelinejs_alike, "timelinejs-csv": timelinejs_csv, "html": html, "open-html": open_html, "saved": saved,
    "single": edition("single"), "zip": edition("zip"), "epub": edition("epub"),
    "single-page": page_of("single"), "epub-page": page_of("epub"),
}
MISTAKEN = {*MISTAKES, "csl-again", "csl-alike"}
# Each of so many pages lists all groups, so that what is written grows with the square of their number.
SQUARE = {"groups", "groups-each"}
ALL = {**BUILDS, **MISTAKES, **OTHERS}
