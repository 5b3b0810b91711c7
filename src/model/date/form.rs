//! What a date means: the stretch of calendar it names, its qualification, its ends.
//!
//! This is our own view of what edtf-core has parsed (`convert` makes it), cut down to levels 0 and 1, so that the floors
//! above can match on every case and no other crate's types leak into them. It decides nothing about drawing or wording.

use super::day::Day;

/// The meaning of a [`Date`](super::Date).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A day, month, season, year or longer, perhaps qualified.
    Date(Simple),
    /// An exact day with a time of day; EDTF has no qualified one.
    DateTime {
        /// The day as written, in its own zone.
        day: Day,
        /// The time as written.
        time: TimeOfDay,
    },
    /// From a start to an end, both included; at least one of them is a date.
    Interval {
        /// Where it begins.
        start: End,
        /// Where it ends.
        end: End,
    },
}

/// One side of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A date, perhaps qualified; never one with unspecified digits.
    Date(Simple),
    /// `..`: the interval goes on.
    Open,
    /// Nothing written: there is an end, and it is not known.
    Unknown,
}

/// A date without a time of day, with its qualification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Simple {
    pub(super) extent: Extent,
    pub(super) qualification: Qualification,
    pub(super) earliest: Day,
    pub(super) latest: Day,
}

/// The stretch of calendar that a date names. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// `2019-08-05`
    Day(Day),
    /// `2019-08`
    Month {
        /// The year.
        year: i64,
        /// From 1 to 12.
        month: u8,
    },
    /// `2019-21` to `2019-24`
    Season {
        /// The year as written; winter runs into the next.
        year: i64,
        /// Which season.
        season: Season,
    },
    /// `2019`
    Year(i64),
    /// `199X`: a year of the decade that begins with this one; before the year 0, `-199X` begins with −1999.
    Decade(i64),
    /// `19XX`: a year of the hundred that begins with this one (1900 to 1999, which is not quite the 20th century).
    Century(i64),
    /// `2019-08-XX`: a day of the month, not given.
    UnspecifiedDay {
        /// The year.
        year: i64,
        /// From 1 to 12.
        month: u8,
    },
    /// `2019-XX`: a month of the year, not given.
    UnspecifiedMonth(i64),
    /// `2019-XX-XX`: a day of the year, not given.
    UnspecifiedMonthAndDay(i64),
}

/// A season, as typed: EDTF does not say of which hemisphere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// 21
    Spring,
    /// 22
    Summer,
    /// 23
    Autumn,
    /// 24
    Winter,
}

/// How sure a date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualification {
    /// `?` or `%`: its source is in doubt.
    pub uncertain: bool,
    /// `~` or `%`: it is an estimate.
    pub approximate: bool,
}

/// A time of day, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeOfDay {
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
    /// From 0 to 60; 60 is a leap second.
    pub second: u8,
    /// The zone as written; `None` is local time at the place of the event.
    pub zone: Option<Zone>,
}

/// How far local time is from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// `Z`
    Utc,
    /// Minutes east of UTC, from −840 to 840.
    Offset(i16),
}

impl End {
    /// The date, where the end is one.
    pub fn date(&self) -> Option<&Simple> {
        match self {
            Self::Date(date) => Some(date),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Simple {
    /// The stretch of calendar.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// How sure it is.
    pub fn qualification(&self) -> Qualification {
        self.qualification
    }

    /// The first day that it can touch.
    pub fn earliest(&self) -> Day {
        self.earliest
    }

    /// The last day that it can touch.
    pub fn latest(&self) -> Day {
        self.latest
    }
}

impl Qualification {
    /// Whether there is any.
    pub fn is_some(self) -> bool {
        self.uncertain || self.approximate
    }
}

impl TimeOfDay {
    /// Seconds since midnight UTC of the day as written; below 0 or above 86,400 where the zone crosses midnight.
    ///
    /// Local time without a zone counts as UTC, so that the order stays total.
    pub(super) fn utc_second(self) -> i32 {
        let local = i32::from(self.hour) * 3600 + i32::from(self.minute) * 60 + i32::from(self.second);
        match self.zone {
            Some(Zone::Offset(minutes)) => local - i32::from(minutes) * 60,
            Some(Zone::Utc) | None => local,
        }
    }

    /// The time as HTML writes it, with minutes in its offset; `None` for a leap second, which HTML has not.
    pub(super) fn html(self) -> Option<String> {
        if self.second > 59 {
            return None;
        }
        let zone = match self.zone {
            None => String::new(),
            Some(Zone::Utc) => "Z".to_owned(),
            Some(Zone::Offset(minutes)) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        Some(format!("{:02}:{:02}:{:02}{zone}", self.hour, self.minute, self.second))
    }
}
