"""Dates, as edtf-validate reads them: level by level, and through the whole program."""

import json
import shutil
import subprocess
import sys
import unittest

import sites

sys.path.insert(0, str(sites.ROOT / "tests" / "edtf"))
import make

RECORD = json.loads((sites.ROOT / "tests" / "edtf" / "vectors.json").read_text())


class Edtf(unittest.TestCase):
    def test_the_record_says_what_the_installed_reader_says_of_every_text(self):
        self.assertEqual([found["text"] for found in RECORD["vectors"]], make.texts())
        self.assertEqual(RECORD["differences"], {name: clause for name, _, _, clause in make.DIFFERENCES})
        for found in RECORD["vectors"]:
            self.assertEqual(make.validate(found["text"]), found.get("edtf-validate"), found["text"])

    def test_a_site_is_told_of_the_dates_that_are_none_and_of_no_other(self):
        site = sites.WORK / "edtf"
        shutil.rmtree(site, ignore_errors=True)
        sites.put(site / "content/site.yaml", dict(title="Dates"))
        sites.page(site / "content/index.md", dict(title="Dates"), "Every date has an event.")
        for at, found in enumerate(RECORD["vectors"]):
            sites.page(site / f"content/timeline/e{at}.md", dict(title=f"Event {at}", date=found["text"]), "")
        run = subprocess.run([sites.DATELINE, "--root", site, "check", "--format", "json"], capture_output=True, text=True)
        told = [found for found in json.loads(run.stdout)["diagnostics"] if found["severity"] == "error"]
        self.assertEqual({found["code"] for found in told}, {"bad-date"})
        refused = {int(found["file"].rsplit("/e", 1)[1].removesuffix(".md")) for found in told}
        self.assertEqual(len(told), len(refused), "one mistake gives one message")
        texts = [[found["text"] for at, found in enumerate(RECORD["vectors"]) if (at in refused) == no] for no in [False, True]]
        expected = [[found["text"] for found in RECORD["vectors"] if found["read"] is read] for read in [True, False]]
        self.assertEqual(texts, expected)
