"""Timelines that TimelineJS brings as its own examples: each is imported and built, or it is said exactly why not.

They are read from its packages, of 2016 and of today, and no part of this repository: their licence is the MPL 2.0.
"""

import csv
import html
import io
import json
import re
import shutil
import subprocess
import tarfile
import unittest

import sites

PACKAGES = sites.ROOT / "target" / "tools" / "examples"
WANTED = re.compile(r"package/(compiled/examples/[^/]+\.json|src/template/[^/]+\.(json|csv)|src/js/core/__tests__/women_in_computing\.csv)")

# Why an event of theirs is no event of ours: they are told with their places, and kept as drafts.
REASONS = {
    "a year of the cosmological scale would say more than anybody knows",
    "there is no year 0: 1 BC is `-1`",
    "it has no date",
}


def examples():
    for package in sorted(PACKAGES.glob("*.tgz")):
        with tarfile.open(package) as archive:
            for member in archive:
                if WANTED.fullmatch(member.name):
                    yield f"{package.name}: {member.name}", archive.extractfile(member).read().decode("utf-8-sig")


def letters(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())


def leaves(value):
    """Returns all texts but the numbers of dates, which become others."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() if key not in ("start_date", "end_date") for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [value] if isinstance(value, str) else []


def events(text, kind):
    """Returns the events of a timeline, and all its texts."""
    if kind == "json":
        timeline = json.loads(text)
        return timeline["events"], leaves(timeline)
    rows = [row for row in csv.DictReader(io.StringIO(text, newline="")) if any(row.values())]
    # TimelineJS takes the title slide and the ages from the same table.
    return [row for row in rows if row.get("Type", "") == ""], leaves([{key: row[key] for key in ["Headline", "Text"]} for row in rows])


class Examples(unittest.TestCase):
    def test_every_example_is_imported_and_built_or_it_is_said_why_not(self):
        count, left = 0, set()
        for name, text in examples():
            with self.subTest(name):
                left |= self.comes_in(text, name.rsplit(".", 1)[1])
                count += 1
        self.assertGreater(count, 20, "the packages have no examples any more")
        self.assertEqual(left, REASONS, "each reason has its example")

    def comes_in(self, text, kind):
        site = sites.WORK / "example"
        shutil.rmtree(site, ignore_errors=True)
        sites.put(site / "content/site.yaml", dict(title="Example"))
        sites.page(site / "content/index.md", dict(title="Example"), "An example.")
        file = site / f"example.{kind}"
        file.write_text(text)
        run = self.dateline(site, "import", "timelinejs", file)
        wanted, texts = events(text, kind)
        told = re.findall(r"^error\[bad-import\]: the date of (event \d+) cannot be read: (.*)\n *--> .*:\d+:\d+$", run.stderr, re.M)
        drafts, reasons = {event for event, _ in told}, {reason for _, reason in told}
        self.assertEqual(run.stderr.count("error["), len(told), run.stderr)
        self.assertLessEqual(reasons, REASONS)
        self.assertEqual(run.returncode, int(bool(told)), run.stderr)
        made = len(list((site / "content/timeline").glob("*.md")))
        self.assertEqual(made + len(drafts), len(wanted), run.stdout)
        # Names of groups are not written into the settings, but told.
        whole = letters("".join(path.read_text() for path in (site / "content").rglob("*.*")).replace("\\", "") + run.stdout)
        for leaf in texts:
            # What of HTML becomes Markdown, the tests beside the reader hold.
            if not re.search(r"[<&]", leaf) and leaf != "human":
                self.assertIn(letters(html.unescape(leaf)), whole, leaf)
        built = self.dateline(site, "build")
        self.assertEqual(built.returncode, 0, built.stderr)
        return reasons

    def dateline(self, site, *arguments):
        return subprocess.run([sites.DATELINE, "--root", site, *arguments], capture_output=True, text=True)
