"""The files of data/, as spreadsheets, TimelineJS and reference managers read them."""

import csv
import datetime
import io
import json
import re
import unittest

import bibtexparser
import jsonschema
import openpyxl
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

import sites

CONTROL = {number: None for number in [*range(9), 11, 12, *range(14, 32), *range(127, 160)]}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What a spreadsheet parts cells at, by its country and by what was chosen last.
DELIMITERS = ",;\t|"

DATE_PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
NAME = {"anyOf": [{"required": ["family"]}, {"required": ["literal"]}]}
# The types and names of CSL 1.0.2, as far as we write them.
CSL_DATE = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["date-parts"]}, {"required": ["literal"]}],
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": DATE_PARTS},
        "season": {"enum": [1, 2, 3, 4]}, "circa": {"type": "boolean"}, "literal": {"type": "string"},
    },
}
CSL = {"type": "array", "items": {
    "type": "object",
    "required": ["id", "type", "title"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"}, "title": {"type": "string"}, "container-title": {"type": "string"},
        "type": {"enum": ["article", "article-journal", "article-magazine", "article-newspaper", "book", "broadcast", "dataset", "document",
                          "interview", "legislation", "post", "post-weblog", "report", "speech", "thesis", "treaty", "webpage"]},
        "author": {"type": "array", "items": NAME}, "publisher": {"type": "string"}, "number": {"type": "string"},
        "URL": {"type": "string"}, "note": {"type": "string"}, "issued": CSL_DATE, "accessed": CSL_DATE, "custom": {"type": "object"},
    },
}}

MOMENT = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"}, "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31}, "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59}, "second": {"type": "integer", "minimum": 0, "maximum": 60},
    },
    "dependentRequired": {"day": ["month"], "hour": ["day"], "minute": ["hour"]},
}
SLIDE_TEXT = {"type": "object", "required": ["headline", "text"], "additionalProperties": False,
              "properties": {"headline": {"type": "string", "minLength": 1}, "text": {"type": "string"}}}
TIMELINE = {
    "type": "object",
    "required": ["title", "events"],
    "properties": {
        "title": {"type": "object", "required": ["text"], "properties": {"text": SLIDE_TEXT}},
        "scale": {"enum": ["human", "cosmological"]},
        "events": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["unique_id", "start_date", "text"],
            "properties": {
                "start_date": MOMENT, "end_date": MOMENT, "text": SLIDE_TEXT, "display_date": {"type": "string", "minLength": 1},
                "group": {"type": "string"}, "media": {"type": "object", "required": ["url"]},
            },
        }},
    },
}


class Data(unittest.TestCase):
    def each(self, path):
        return [(name, out, out / "data" / path) for name, out in sites.OUTS.items()]

    def rows(self, path):
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True))

    def test_csv_says_what_json_says(self):
        for _, out, path in self.each("claims.csv"):
            rows, objects = self.rows(path), json.loads(path.with_suffix(".json").read_text())
            self.assertEqual(len(rows), len(objects))
            for row, claim in zip(rows, objects):
                self.assertEqual(list(row), list(claim))
                for key, value in claim.items():
                    text = (value or "").translate(CONTROL)
                    if any(sign in text for sign in FORMULA):
                        self.assertEqual(row[key].replace("'", ""), text.replace("'", ""))
                    else:
                        self.assertEqual(row[key], text)

    def test_a_spreadsheet_finds_no_formula(self):
        for _, out, _ in self.each(""):
            for path in out.glob("data/**/*.csv"):
                sheet = openpyxl.Workbook().active
                for row in self.rows(path):
                    sheet.append(list(row.values()))
                    for key, value in row.items():
                        self.assertFalse(value.startswith(FORMULA) and not is_number(value), f"{path}: {key}: {value}")
                kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
                self.assertNotIn("f", kinds, path)

    def test_no_spreadsheet_finds_a_formula_at_whatever_sign_it_parts_cells(self):
        parted = 0
        for _, out, _ in self.each(""):
            for path in out.glob("data/**/*.csv"):
                text = path.read_bytes().decode()
                widths = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)}
                self.assertEqual(len(widths), 1, f"{path}: a row has more cells than another")
                for delimiter in DELIMITERS:
                    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                        parted += delimiter != "," and len(row) > 1
                        for cell in row:
                            bare = cell.lstrip("\ufeff \u00a0\u3000\t\r\n\"")
                            self.assertFalse(bare.startswith(FORMULA) and not is_number(cell), f"{path}, parted at {delimiter!r}: {cell}")
        self.assertGreater(parted, 0, "no cell is parted by another sign than a comma: this shows nothing")

    def test_the_timeline_is_one_for_timelinejs(self):
        for name, out, path in self.each("timeline.json"):
            timeline = json.loads(path.read_text())
            jsonschema.validate(timeline, TIMELINE)
            for event in timeline["events"]:
                for key in ["start_date", "end_date"]:
                    date = event.get(key)
                    if date and date["year"] > 0:
                        datetime.date(date["year"], date.get("month", 1), date.get("day", 1))
                exact = re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", event["edtf"])
                self.assertEqual("display_date" in event, exact is None, event["edtf"])
                # Put into an attribute, not into the page's HTML.
                event.get("media", {}).pop("alt", None)
                self.assertNotRegex(json.dumps(event), r"<(script|iframe)|<img[^>]* (src|on)")

    def test_headlines_are_html_and_not_text(self):
        timeline = json.loads((sites.OUTS["hostile"] / "data/timeline.json").read_text())
        headlines = [event["text"]["headline"] for event in timeline["events"]]
        self.assertTrue(any("&lt;/script&gt;" in text for text in headlines))
        self.assertFalse(any("<" in text for text in headlines), headlines)

    def test_csl_json_is_what_csl_says(self):
        for _, _, path in self.each("sources.json"):
            jsonschema.validate(json.loads(path.read_text()), CSL)

    def test_a_processor_of_csl_writes_every_source(self):
        for name, _, path in self.each("sources.json"):
            if name == "hostile":
                continue
            items = json.loads(path.read_text())
            # citeproc-py knows no `custom`, which CSL 1.0.2 has for such things, and no literal dates.
            for item in items:
                item.pop("custom", None)
                if "literal" in item.get("issued", {}):
                    item.pop("issued")
            library = CiteProcJSON(items)
            bibliography = CitationStylesBibliography(CitationStylesStyle("harvard-cite-them-right", validate=False), library, formatter.plain)
            for item in items:
                bibliography.register(Citation([CitationItem(item["id"])]))
            written = [str(text) for text in bibliography.bibliography()]
            self.assertEqual(len(written), len(items))

    def test_bibtex_is_read_whole_with_its_keys(self):
        for _, _, path in self.each("sources.bib"):
            library = bibtexparser.parse_file(str(path))
            self.assertEqual(library.failed_blocks, [])
            ids = [item["id"] for item in json.loads(path.with_suffix(".json").with_stem("sources").read_text())]
            self.assertEqual([entry.key for entry in library.entries], ids)
            for entry in library.entries:
                self.assertIn("title", entry.fields_dict)
                for field in entry.fields:
                    depth = 0
                    for letter in field.value:
                        depth += {"{": 1, "}": -1}.get(letter, 0)
                        self.assertGreaterEqual(depth, 0, f"{entry.key}: {field.key}")
                    self.assertEqual(depth, 0, f"{entry.key}: {field.key}")


def is_number(text):
    try:
        return float(text) is not None
    except ValueError:
        return False
