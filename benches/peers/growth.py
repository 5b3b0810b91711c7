#!/usr/bin/env python3
"""Draws how time and memory grow with the number of events, from what run.py measured.

    benches/peers/run.py --events 10,100,1000,10000,100000 --runs 3 --json docs/growth.json
    benches/peers/growth.py docs/growth.json > docs/growth.svg

The drawing is a function of the figures alone. Both scales are logarithmic: a level line is growth in step with the events.
"""
import json
import math
import sys
from pathlib import Path

WIDTH, HEIGHT, TOP, BOTTOM = 960, 470, 84, 56
PANELS = [("Time for each event, in milliseconds", 60, 420, lambda row: row["wall"] / row["events"] * 1000),
          ("Peak of memory for each event, in kB", 536, 420, lambda row: row["memory"] / row["events"] * 1000)]
NAMES = {"dateline": "Dateline", "floor": "floor", "hugo": "Hugo", "zola": "Zola", "eleventy": "Eleventy", "jekyll": "Jekyll"}
LABEL = 72   # how wide a label may be, and the room to the right of a panel's last point
STYLE = """
.paper{fill:#fff}text{font:13px system-ui,sans-serif;fill:#333}.head{font-size:14px;font-weight:600}.tick{font-size:12px;fill:#555}
.grid{stroke:#e3e3e3}.line{fill:none;stroke-width:1.5}
.dateline{--c:#b3261e}.floor{--c:#555}.hugo{--c:#a0478f}.zola{--c:#8a5a00}.eleventy{--c:#2f6b2f}.jekyll{--c:#2a5ca8}
.line{stroke:var(--c)}.dot{fill:var(--c)}.name{fill:var(--c);stroke:#fff;stroke-width:4px;paint-order:stroke}.line.dateline{stroke-width:3}.name.dateline{font-weight:700}.line.floor{stroke-dasharray:5 4}
@media(prefers-color-scheme:dark){.paper{fill:#16181b}.name{stroke:#16181b}text{fill:#ddd}.tick{fill:#aaa}.grid{stroke:#33373c}
.dateline{--c:#ff8a7a}.floor{--c:#b5b5b5}.hugo{--c:#e79bd8}.zola{--c:#e0b050}.eleventy{--c:#8fce8f}.jekyll{--c:#8db8f5}}
"""


def number(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


class Panel:
    """One drawing: its scales, and what it has drawn."""

    def __init__(self, title, left, width, rows, measure):
        self.title, self.left, self.width = title, left, width
        self.lines = {peer: sorted((row["events"], measure(row)) for row in rows if row["peer"] == peer) for peer in NAMES}
        self.lines = {peer: points for peer, points in self.lines.items() if points}
        values = [value for points in self.lines.values() for _, value in points]
        self.events = sorted({events for points in self.lines.values() for events, _ in points})
        self.low, self.high = math.floor(math.log10(min(values)) * 2) / 2, math.ceil(math.log10(max(values)) * 2) / 2

    def x(self, events):
        first, last = math.log10(self.events[0]), math.log10(self.events[-1])
        return self.left + (self.width - LABEL) * (math.log10(events) - first) / ((last - first) or 1)

    def y(self, value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(value) - self.low) / ((self.high - self.low) or 1)

    def axes(self):
        yield f'<text class="head" x="{self.left - 44}" y="{TOP - 24}">{self.title}</text>'
        for power in range(math.ceil(self.low), math.floor(self.high) + 1):
            y = self.y(10 ** power)
            yield f'<path class="grid" d="M{self.left} {y:.1f}H{self.left + self.width - LABEL}"/>'
            yield f'<text class="tick" text-anchor="end" x="{self.left - 8}" y="{y + 4:.1f}">{number(10.0 ** power)}</text>'
        for events in self.events:
            yield f'<text class="tick" text-anchor="middle" x="{self.x(events):.1f}" y="{HEIGHT - BOTTOM + 20}">{events:,}</text>'
        middle = self.left + (self.width - LABEL) / 2
        yield f'<text class="tick" text-anchor="middle" x="{middle:.1f}" y="{HEIGHT - 14}">number of events</text>'

    def names(self):
        """Places each name beside the end of its line, and moves names that would cover one another apart."""
        placed = []
        for peer, points in sorted(self.lines.items(), key=lambda item: self.y(item[1][-1][1])):
            x, y = self.x(points[-1][0]) + 8, self.y(points[-1][1]) + 4
            for other_x, other_y in placed:
                if abs(other_x - x) < LABEL and y - other_y < 15:
                    y = other_y + 15
            placed.append((x, y))
            yield f'<text class="name {peer}" x="{x:.1f}" y="{y:.1f}">{NAMES[peer]}</text>'

    def draw(self):
        yield from self.axes()
        for peer, points in reversed(self.lines.items()):
            at = [f"{self.x(events):.1f} {self.y(value):.1f}" for events, value in points]
            yield f'<path class="line {peer}" d="M{" ".join(at)}"/>'
            for place in at:
                x, y = place.split()
                yield f'<circle class="dot {peer}" cx="{x}" cy="{y}" r="{4 if peer == "dateline" else 2.5}"/>'
        yield from self.names()


def drawing(rows):
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
             '<title id="t">Time and memory for each event, by the number of events</title>',
             '<desc id="d">Two charts with logarithmic scales. The figures stand in the tables of performance.md.</desc>',
             f"<style>{STYLE}</style>", f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
             '<text x="16" y="27">A cold build, whole process. A level line grows in step with the events.</text>']
    for title, left, width, measure in PANELS:
        parts += Panel(title, left, width, rows, measure).draw()
    return "\n".join([*parts, "</svg>", ""])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = [row for row in json.loads(Path(sys.argv[1]).read_text())["rows"] if row["peer"] in NAMES]
    if not rows:
        sys.exit(f"error: {sys.argv[1]} holds no figures: run benches/peers/run.py with --json first")
    sys.stdout.write(drawing(rows))


if __name__ == "__main__":
    main()
