"""Makes vectors.json: what other readers of EDTF make of many texts, and what we do where they differ.

    npm install --ignore-scripts --prefix target/tools/edtf edtf@4.11.1
    target/tools/formats/bin/python tests/edtf/make.py target/tools/edtf

Where both take a text for level 0 or 1, it is read; where neither does, it is not. Everything else stands below, with the clause
of the specification (https://www.loc.gov/standards/datetime/, Library of Congress, February 2019) that decides.
"""

import calendar
import json
import pathlib
import re
import subprocess
import sys

from edtf_validate import valid_edtf

import shapes

FOLDER = pathlib.Path(__file__).resolve().parent
DATE = re.compile(r"(-?\d{4}|Y-?[1-9]\d{4,})(?:-(\d\d))?(?:-(\d\d))?[?~%]?")
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def dated(side):
    """Returns the first and the last day of an end, as year, month and day; nothing where it is no date of level 1."""
    found = DATE.fullmatch(side)
    if not found or found[1] == "-0000" or found[1][0] == "Y" and found[2]:
        return None
    year, month, day = (part and int(part.lstrip("Y")) for part in found.groups())
    if month in SEASONS and not day:
        start, end = SEASONS[month]
        return [(year, start, 1), (year + (end < start), end, 28)]
    if month is not None and not 1 <= month <= 12 or day is not None and not 1 <= day <= days(year, month):
        return None
    return [(year, month or 1, day or 1), (year, month or 12, day or 31)]


def days(year, month):
    return 29 if month == 2 and calendar.isleap(year) else calendar.mdays[month]


def ends(text):
    """Returns the two ends of an interval of level 1, of which one at least is a date; else nothing."""
    sides = text.split("/")
    found = [dated(side) for side in sides]
    whole = len(sides) == 2 and any(found) and all(end or side in ("", "..") for end, side in zip(found, sides))
    return found if whole else [None, None]


def backwards(text):
    start, end = ends(text)
    return bool(start and end) and start[0] > end[1]


def within(text):
    start, end = ends(text)
    return bool(start and end) and end[0] < start[0] <= end[1]


def no_leap_day(text):
    days = [re.fullmatch(r"(-?\d{4})-02-29[?~%]?", side) for side in text.split("/")]
    return any(day and not calendar.isleap(int(day[1])) for day in days)


def shape(pattern):
    return lambda text: re.fullmatch(pattern, text) is not None


def interval_with(pattern):
    return lambda text: any(ends(text)) and not backwards(text) and any(re.fullmatch(pattern, side) for side in text.split("/"))


TIME = r"T\d\d:\d\d:\d\d"

# What it is about, whether it is read, which texts, and what decides. The first that fits counts.
DIFFERENCES = [
    ("leap-day", False, no_leap_day, "Level 0, Date: the dates are those of ISO 8601-1, whose calendar has no such 29 February"),
    ("hour-24", False, lambda text: "T24:" in text,
     "Level 0, Date and Time: hours end with 23 in ISO 8601-1:2019; 24:00:00 came back with its amendment of 2022, after EDTF"),
    ("vague-day-with-time", False, shape(rf"-?\d{{4}}(-\d\d)?{TIME}.*"), "Level 0, Date and Time: complete representations only"),
    ("other-times", False, lambda text: "T" in text and not re.search(rf"{TIME}(Z|[+-]\d\d(:\d\d)?)?(/|$)", text),
     "Level 0, Date and Time: hours, minutes and seconds with colons, and a shift as in the four examples"),
    ("timed-interval", False, lambda text: "T" in text and "/" in text, "Level 0, Time Interval: time of day is excluded"),
    ("no-date", False, shape(r"(\.\.)?/(\.\.)?"),
     "Level 1, Extended Interval: nothing, or `..`, stands for either the start or the end; the other one is a date"),
    ("fewer-digits", False, shape(r"-?\d{2,3}[?~%]?"), "Level 0, Date: a year has four digits"),
    ("no-digit-of-the-year", False, shape(r"XXXX(-XX)*"), "Level 1, Unspecified digit(s) from the right: one or two digits of a year"),
    ("backwards", False, backwards, "Level 0, Time Interval: from a start to an end"),
    ("ends-within", True, within, "Level 0, Time Interval: from a start to an end; that both lie in one month or year is no contradiction"),
    ("shift", True, shape(rf"-?\d{{4}}-\d\d-\d\d{TIME}(\+00(:00)?|\+14|-12:01|-1[34](:00)?)"),
     "Level 0, Date and Time: a shift is one of ISO 8601-1, which has `+00:00` for none, and no bound at 12 hours to the west"),
    ("leap-second", True, shape(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:60Z?"),
     "Level 0, Date and Time: a time is one of ISO 8601-1, which has a second 60; when there was one, a table tells and no grammar"),
    ("season-as-end", True, interval_with(r"-?\d{4}-2[1-4][?~%]?"),
     "Level 1, Seasons: a season stands in place of a month, so also at an end of an interval"),
    ("long-year-as-end", True, interval_with(r"Y-?[1-9]\d{4,}"), "Level 1, Letter-prefixed calendar year: the string is a date, so also an end"),
    ("negative-end", True, interval_with(r"-\d{4}(-\d\d)*[?~%]?|0000"), "Level 1, Negative calendar year, and Extended Interval"),
    ("qualified", True, shape(r"(-?\d{4}-2[1-4]|Y-?[1-9]\d{4,}|-?\d{3}X|-?\d\dXX|-?\d{4}-(XX|(0[1-9]|1[0-2])-XX|XX-XX))[?~%]"),
     "Level 1, Qualification of a date (complete): the character stands at the end of any date of this level"),
]


def texts():
    """Returns the texts that are made up, and those of the tests of both readers."""
    upstream = json.loads((FOLDER / "upstream.json").read_text())
    return list(dict.fromkeys(shapes.texts() + upstream["edtf-validate"] + upstream["edtf.js"]))


def validate(text):
    """Returns the level of a text by edtf-validate, or None."""
    try:
        valid = valid_edtf.is_valid(text)
    except Exception:  # it stumbles over some texts, which are then not valid
        return None
    levels = [valid_edtf.isLevel0, valid_edtf.isLevel1, valid_edtf.isLevel2]
    return next(level for level, has in enumerate(levels) if has(text)) if valid else None


def day(text):
    """Writes a day of JavaScript's as we write days."""
    year, month, day = text.rsplit("-", 2)
    return f"{'-' if int(year) < 0 else ''}{abs(int(year)):04}-{month}-{day}"


def bounds(text, judged):
    """Returns the first and last day by edtf.js. Its seasons are quarters, times depend on the zone, and it counts the digits of
    some years before 0 upwards: there it says nothing that could be compared."""
    if re.search(r"T|-2[1-9]", text) or text.startswith("-0") and "X" in text or re.match(r"-\d{4}.*XX", text):
        return {}
    return {end: day(judged[end]) for end in ["first", "last"] if judged.get(end)}


def vector(text, judged):
    levels = {"edtf-validate": validate(text), "edtf.js": judged["level"]}
    verdicts = {level in (0, 1) for level in levels.values()}
    found = {"text": text, **{name: level for name, level in levels.items() if level is not None}}
    why = next((difference for difference in DIFFERENCES if difference[2](text) and {difference[1]} != verdicts), None)
    if not why and len(verdicts) == 2:
        raise SystemExit(f"{text!r}: {levels}, and nothing decides")
    found["read"] = why[1] if why else verdicts.pop()
    if why:
        found["by"] = why[0]
    return {**found, **(bounds(text, judged) if found["read"] else {})}


def main():
    made = texts()
    run = subprocess.run(["node", FOLDER / "levels.js", sys.argv[1]], input=json.dumps(made), stdout=subprocess.PIPE, text=True, check=True)
    vectors = [vector(text, judged) for text, judged in zip(made, json.loads(run.stdout), strict=True)]
    lines = ",\n".join("    " + json.dumps(found, ensure_ascii=False) for found in vectors)
    clauses = {name: clause for name, _, _, clause in DIFFERENCES}
    head = json.dumps({"differences": clauses}, indent=2, ensure_ascii=False).removesuffix("\n}")
    (FOLDER / "vectors.json").write_text(f'{head},\n  "vectors": [\n{lines}\n  ]\n}}\n')


if __name__ == "__main__":
    main()
