"""The sites that the formats are checked on: the first site with and without an address, and one that is hostile."""

import json
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "formats"
URL = "https://example.org/a/b"

# What must come out as it went in, and do nothing on the way. (Control characters are refused before, as escapes too.)
PAYLOADS = [
    '"quotes" \'and\' `ticks`',
    "]]></content></entry><entry>",
    "</script><script>alert(1)</script>",
    "<img src=https://example.org/x onerror=alert(1)>",
    "=cmd|' /C calc'!A1",
    "+1+1; -2+3; @SUM(A1:A9)",
    "-2+3+cmd|' /C calc'!A1",
    "\uff1d1+1 in full width",
    "tab\there",
    "\u202eright to left\u202c \u200fmarks \u2066stay\u2069",
    "a & b &amp; c &#0; &lt;d&gt;",
    "x\u2028line\u2029paragraph separators",
    "100% of $1 ~ ^ \\ # _ } and } and { of LaTeX",
    "Smith, Sons and Daughters and Co",
    "‘curly’ “quotes” – and — dashes…",
    "\U0001f9ea 북한 العربية größe",
]


def first(name, url):
    site = WORK / name
    for folder in ["content", "themes", "evidence"]:
        if (ROOT / folder).exists():
            shutil.copytree(ROOT / folder, site / folder)
    if url:
        file = site / "content" / "site.yaml"
        file.write_text(f"url: {URL}/\n" + file.read_text())
    return site


def hostile(name):
    site = WORK / name
    put(site / "content/site.yaml", dict(
        title=PAYLOADS[2], description=" ".join(PAYLOADS), url=URL, authors=PAYLOADS, publisher=PAYLOADS[1], licence=PAYLOADS[10],
        groups={f"g{n}": text for n, text in enumerate(PAYLOADS)},
        rules={code: "off" for code in ["unsourced-figure", "figure-mismatch", "unused-claim", "speaker-spelling", "quote-not-found"]}))
    put(site / "content/sources.yaml", {
        f"s{n}": {
            "type": "report", "title": text, "author": [text, {"family": text, "given": text}], "container-title": text,
            "publisher": text, "number": text, "issued": "2019~", "note": text, "URL": "https://example.org/?q=%7B'\"<>&{}\\",
        } for n, text in enumerate(PAYLOADS)})
    put(site / "content/questions.yaml", {f"q{n}": {"title": text, "note": text} for n, text in enumerate(PAYLOADS)})
    page(site / "content/index.md", dict(title=PAYLOADS[3], summary=PAYLOADS[3]), PAYLOADS[3])
    (site / "content/media").mkdir()
    (site / "content/media/a b#c'.png").write_bytes((ROOT / "tests/projects/everything/content/media/flood.png").read_bytes())
    for n, text in enumerate(PAYLOADS):
        claims = [
            dict(id=f"c{n}", question=f"q{n}", statement=text, note=text, sources=[dict(id=f"s{n}", locator=text)], **{"said-by": text}),
            dict(id=f"f{n}", question=f"q{n}", figure="up to 2 billion USD", note=text, sources=[f"s{n}"], **{"said-by": text}),
        ]
        page(site / f"content/timeline/e{n}.md", dict(
            title=text, date=f"20{n + 10}-0{n % 9 + 1}~", summary=text, published="2020-01-02", groups=[f"g{n}"], claims=claims,
            sources=[f"s{n}"], media=dict(file="media/a b#c'.png", alt=text, caption=text, credit=text, licence=text),
            corrections=[dict(date="2020-02-03", note=text)]), text)
    return site


def put(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False))


def page(path, front, body):
    put(path, front)
    body = "".join(letter for letter in body if letter >= " " or letter == "\t").replace("[", "\\[")
    path.write_text(f"---\n{path.read_text()}\n---\n{body}\n")


def build(dateline):
    """Builds every site anew, and returns the folder of each by its name."""
    shutil.rmtree(WORK, ignore_errors=True)
    outs = {}
    for site in [first("whole", url=True), first("plain", url=False), hostile("hostile")]:
        run = subprocess.run([dateline, "--root", site, "build", "--out", site / "out"], capture_output=True, text=True)
        assert run.returncode == 0, f"{site.name} was not built:\n{run.stderr}"
        outs[site.name] = site / "out"
    return outs
