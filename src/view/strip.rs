//! The overview strip: the whole period on one axis, computed here, drawn by the theme.
//!
//! It is computed twice, for wide screens and for narrow ones, because text in a drawing that shrinks shrinks with it.

use crate::model::Page;
use crate::model::date::{Date, Day};

use super::Views;
use super::scale::{Scale, tenth};
use super::timeline::mark_view;
use super::types::{StripLabel, StripMark, StripView, Strips, Tick};
use super::whole::direction;

/// The measures of one drawing, in units of its view box.
struct Sheet {
    width: f64,
    /// The space at both ends of the axis.
    margin: f64,
    /// The baselines of labels above the axis, from the lowest row up.
    rows: &'static [f64],
    axis: f64,
    height: f64,
    /// The mean width of a letter in a label.
    letter: f64,
    /// The least distance between the labels of two years.
    year: f64,
    /// The room that a mark takes, where the drawing is at its narrowest.
    mark: f64,
}

/// The distance between two lanes of marks.
const LANE: f64 = 13.0;

/// The most lanes; what finds no room in them overlaps in the last one.
const LANES: usize = 5;

const WIDE: Sheet = Sheet {
    width: 1180.0,
    margin: 10.0,
    rows: &[52.0, 34.0, 16.0],
    axis: 82.0,
    height: 112.0,
    letter: 7.4,
    year: 42.0,
    mark: 17.0,
};
const NARROW: Sheet = Sheet {
    width: 340.0,
    margin: 8.0,
    rows: &[58.0, 38.0, 18.0],
    axis: 88.0,
    height: 118.0,
    letter: 6.9,
    year: 38.0,
    mark: 15.0,
};

impl Views<'_> {
    /// Makes the overview; `None` with fewer than two events.
    pub(super) fn strips(&self) -> Option<Strips> {
        let events: Vec<(&Page, &Date)> = self.site.dated_events().collect();
        if events.len() < 2 {
            return None;
        }
        let first = events.iter().filter_map(|(_, date)| date.earliest().or(date.latest())).min()?;
        let last = events.iter().filter_map(|(_, date)| date.latest().or(date.earliest())).max()?;
        let period = (first, last);
        Some(Strips {
            wide: self.strip(&events, period, &WIDE),
            narrow: self.strip(&events, period, &NARROW),
            period: format!("{}–{}", self.dates.write_year(first.year()), self.dates.write_year(last.year())),
        })
    }

    fn strip(&self, events: &[(&Page, &Date)], (first, last): (Day, Day), sheet: &Sheet) -> StripView {
        let start = Day::new(first.year(), 1, 1).unwrap_or(first);
        let scale = Scale {
            from: days(start),
            to: days(last).max(days(start) + 1.0),
            start: sheet.margin,
            end: sheet.width - sheet.margin,
            logarithmic: false,
        };
        let mut marks: Vec<StripMark> = events.iter().map(|(page, date)| self.strip_mark(page, date, &scale)).collect();
        let mut labels = Labels { sheet, ends: vec![f64::NEG_INFINITY; sheet.rows.len()] };
        for (mark, (page, _)) in marks.iter_mut().zip(events).filter(|(mark, _)| mark.key) {
            let text = page.title_short.as_ref().unwrap_or(&page.title.value);
            mark.label = labels.place(text, mark.x + mark.width / 2.0);
        }
        let lifted = lanes(&mut marks, sheet);
        let strip = StripView {
            width: sheet.width,
            height: sheet.height + lifted,
            axis: sheet.axis + lifted,
            ticks: self.years(first.year(), last.year(), &scale, sheet.year),
            marks,
        };
        // Time runs as the reader reads, so that the strip and the links to earlier and later events point the same way.
        if direction(&self.site.config.language) == "rtl" { mirrored(strip) } else { strip }
    }

    fn strip_mark(&self, page: &Page, date: &Date, scale: &Scale) -> StripMark {
        let start = date.earliest().map_or(scale.start, |day| scale.place(days(day)));
        let end = date.latest().map_or(scale.end, |day| scale.place(days(day)));
        let mark = mark_view(date.mark());
        StripMark {
            title: page.title.value.clone(),
            date: self.date(date).text,
            path: page.path.clone(),
            x: start,
            width: if mark.shape == "dot" { 0.0 } else { tenth((end - start).max(4.0)) },
            y: 0.0,
            mark,
            key: page.key,
            label: None,
        }
    }

    /// Makes a line for each year, or for every fifth, tenth, … where they are many; labels stand where there is room.
    fn years(&self, first: i64, last: i64, scale: &Scale, room: f64) -> Vec<Tick> {
        let per_year = (scale.end - scale.start) / ((scale.to - scale.from) / 365.25);
        // 1, 2, 5, 10, 20, … years: as many as it takes, because EDTF has years of any length.
        let step = |least: f64| {
            let mut steps = (0..17).flat_map(|power| [1, 2, 5].map(|first| first * 10_i64.pow(power)));
            #[expect(clippy::cast_precision_loss, reason = "steps are round numbers, compared with a width")]
            steps.find(|years| *years as f64 * per_year >= least).unwrap_or(i64::MAX)
        };
        let (line, label) = (step(8.0), step(room));
        let multiples = first.div_euclid(line)..=last.div_euclid(line);
        let years = multiples.map(|at| at * line).filter(|year| (first..=last).contains(year));
        let ticks = years.filter_map(|year| {
            let day = Day::new(year, 1, 1)?;
            let named = year.rem_euclid(label) == 0 && days(day) >= scale.from;
            let x = scale.place(days(day));
            let fits = x <= scale.end - room / 2.0;
            Some(Tick { x, label: if named && fits { self.dates.write_year(year) } else { String::new() } })
        });
        ticks.collect()
    }
}

/// Lays marks into lanes so that none covers another: key events first, on the axis where they can, the others in the
/// lowest lane with room. Returns by how much the axis sinks to make room for the lanes above it.
fn lanes(marks: &mut [StripMark], sheet: &Sheet) -> f64 {
    // The last lane takes what has room nowhere else, so that nobody asks what it holds.
    let mut taken: Vec<Vec<(f64, f64)>> = vec![Vec::new(); LANES - 1];
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|at| !marks[*at].key);
    let mut found = vec![0_u8; marks.len()];
    for at in order {
        let mark = &marks[at];
        // A short mark is drawn as wide as a dot, about its middle; a long one ends where it ends.
        let middle = mark.x + mark.width / 2.0;
        let half = (mark.width / 2.0 + 2.0).max(sheet.mark / 2.0);
        let (from, to) = (middle - half, middle + half);
        let free = |lane: &[(f64, f64)]| lane.iter().all(|(start, end)| to <= *start || *end <= from);
        let lane = taken.iter().position(|lane| free(lane)).unwrap_or(taken.len());
        if let Some(taken) = taken.get_mut(lane) {
            taken.push((from, to));
        }
        found[at] = u8::try_from(lane).expect("there are few lanes");
    }
    let lifted = LANE * f64::from(found.iter().copied().max().unwrap_or(0));
    for (mark, lane) in marks.iter_mut().zip(found) {
        mark.y = sheet.axis + lifted - LANE * f64::from(lane);
    }
    lifted
}

/// Turns a drawing around: what was at the left stands at the right, and the ends of marks with it.
fn mirrored(mut strip: StripView) -> StripView {
    let width = strip.width;
    let turn = |x: f64| tenth(width - x);
    for tick in &mut strip.ticks {
        tick.x = turn(tick.x);
    }
    for mark in &mut strip.marks {
        mark.x = turn(mark.x + mark.width);
        std::mem::swap(&mut mark.mark.fade_start, &mut mark.mark.fade_end);
        std::mem::swap(&mut mark.mark.open_start, &mut mark.mark.open_end);
        if let Some(label) = &mut mark.label {
            (label.x, label.from) = (turn(label.x), turn(label.from));
            label.align = match label.align {
                "start" => "end",
                "end" => "start",
                align => align,
            };
        }
    }
    strip
}

/// Finds room for labels, from left to right.
struct Labels<'a> {
    sheet: &'a Sheet,
    /// Where the last label of each row ends.
    ends: Vec<f64>,
}

impl Labels<'_> {
    /// Places a label over a mark, in the lowest row with room; `None` where there is none.
    fn place(&mut self, text: &str, over: f64) -> Option<StripLabel> {
        let letters = f64::from(u16::try_from(text.chars().count()).ok()?);
        let width = letters * self.sheet.letter;
        if width > self.sheet.width {
            return None;
        }
        let left = (over - width / 2.0).clamp(0.0, self.sheet.width - width);
        let row = self.ends.iter().position(|end| *end + 12.0 <= left)?;
        // What stands above a taken row would be crossed by the leader of the next label: rows below stay closed to it.
        self.ends[row] = left + width;
        let (align, x) = if left == 0.0 {
            ("start", 0.0)
        } else if left + width >= self.sheet.width {
            ("end", self.sheet.width)
        } else {
            ("middle", tenth(over))
        };
        Some(StripLabel { text: text.to_owned(), x, y: self.sheet.rows[row], align, from: tenth(over) })
    }
}

/// Days since 1970, as a number on the axis.
fn days(day: Day) -> f64 {
    // Years that a timeline can show are far inside of what a double holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "days of any drawable year are exact in a double")]
    let number = day.number() as f64;
    number
}

#[cfg(test)]
mod tests {
    use super::{LANE, LANES, NARROW, lanes};
    use crate::view::{MarkView, StripMark};

    fn mark(x: f64, width: f64, key: bool) -> StripMark {
        let mark = MarkView { shape: "dot", fade_start: false, fade_end: false, open_start: false, open_end: false };
        let (title, date, path) = Default::default();
        StripMark { title, date, path, x, width, y: 0.0, mark, key, label: None }
    }

    /// Lays marks out and returns the lane of each, counted from the axis.
    fn laid(mut marks: Vec<StripMark>) -> Vec<i32> {
        let lifted = lanes(&mut marks, &NARROW);
        let lane = |y: f64| ((NARROW.axis + lifted - y) / LANE).round();
        let numbers = 0..=i32::try_from(LANES).expect("there are few");
        marks
            .iter()
            .map(|mark| numbers.clone().find(|number| f64::from(*number) == lane(mark.y)).expect("a lane"))
            .collect()
    }

    #[test]
    fn marks_that_would_cover_each_other_are_stacked_and_key_events_stay_on_the_axis() {
        assert_eq!(laid(vec![mark(10.0, 0.0, false), mark(40.0, 0.0, false)]), [0, 0]);
        assert_eq!(laid(vec![mark(10.0, 0.0, false), mark(14.0, 0.0, true), mark(18.0, 0.0, false)]), [1, 0, 2]);
        assert_eq!(laid(vec![mark(10.0, 60.0, true), mark(30.0, 0.0, false), mark(60.0, 0.0, false)]), [0, 1, 1]);
    }

    #[test]
    fn a_crowd_overlaps_in_the_last_lane_and_the_drawing_stays_low() {
        let found = laid(vec![mark(10.0, 0.0, false); 40]);
        assert_eq!(found.iter().max(), Some(&4));
    }
}
