//! Takes over what edtf-core has parsed into our own [`Form`], as far as levels 0 and 1 go.
//!
//! It refuses without a word (`None`); `level` finds the words. Two combinations that level 1 allows are made here, because
//! edtf-core has no form for them: before the year 0, a day with a time, and a decade or a century.

use edtf_core::{Bound, DateField, Edtf, IntervalEndpoint, TimeShift, YearKind};

use super::day::{Day, LAST_YEAR};
use super::form::{End, Extent, Form, Qualification, Season, Simple, TimeOfDay, Zone};

impl Form {
    /// Reads EDTF at level 0 or 1.
    pub(super) fn read(text: &str) -> Option<Self> {
        match Edtf::parse(text) {
            Ok(parsed) => Self::from_edtf(&parsed),
            Err(_) => Self::from_edtf(&Edtf::parse(text.strip_prefix('-')?).ok()?)?.before_year_0(),
        }
    }

    /// Takes over what edtf-core has parsed; `None` for level 2 and for years beyond those of [`Day`].
    fn from_edtf(parsed: &Edtf) -> Option<Self> {
        if parsed.level() > 1 {
            return None;
        }
        match parsed {
            Edtf::Date(date) => Simple::from_edtf(date).map(Self::Date),
            Edtf::DateTime(moment) => {
                let day = Simple::from_edtf(&moment.date)?.earliest;
                let time = TimeOfDay::from_edtf(moment.time);
                Some(Self::DateTime { day, time })
            }
            Edtf::Interval(interval) => {
                Some(Self::Interval { start: End::from_edtf(&interval.start)?, end: End::from_edtf(&interval.end)? })
            }
            Edtf::Set(_) => None,
        }
    }

    /// Gives its year a minus, where edtf-core cannot read that. The calendar has the same leap years there.
    fn before_year_0(self) -> Option<Self> {
        match self {
            Self::Date(date) => date.before_year_0().map(Self::Date),
            Self::DateTime { day, time } => {
                let (year, month, day) = day.civil();
                let day = Day::new(-year, month, day).filter(|_| year > 0)?;
                Some(Self::DateTime { day, time })
            }
            Self::Interval { .. } => None,
        }
    }
}

impl End {
    fn from_edtf(end: &IntervalEndpoint) -> Option<Self> {
        match end {
            IntervalEndpoint::Date(date) => Simple::from_edtf(date).map(Self::Date),
            IntervalEndpoint::Open => Some(Self::Open),
            IntervalEndpoint::Unknown => Some(Self::Unknown),
            IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => None,
        }
    }
}

impl Simple {
    fn from_edtf(date: &edtf_core::Date) -> Option<Self> {
        let bounds = Edtf::Date(*date).bounds();
        Some(Self {
            extent: Extent::from_edtf(date)?,
            qualification: Qualification { uncertain: date.is_uncertain(), approximate: date.is_approximate() },
            earliest: day_of(bounds.earliest)?,
            latest: day_of(bounds.latest)?,
        })
    }

    /// Gives a decade or a century a minus. `-000X` runs up to the year 0, which is the tenth of its years.
    fn before_year_0(self) -> Option<Self> {
        let (extent, first, last) = match self.extent {
            Extent::Decade(year) => (Extent::Decade(-year - 9), -year - 9, -year),
            Extent::Century(year) => (Extent::Century(-year - 99), -year - 99, -year),
            _ => return None,
        };
        let (earliest, latest) = (Day::new(first, 1, 1)?, Day::new(last, 12, 31)?);
        Some(Self { extent, earliest, latest, ..self })
    }
}

impl Extent {
    fn from_edtf(date: &edtf_core::Date) -> Option<Self> {
        let Some(year) = date.year.value() else {
            return Self::of_unspecified_year(date.year.kind);
        };
        if year.abs() > LAST_YEAR {
            return None;
        }
        match (date.month, date.day) {
            (None, _) => Some(Self::Year(year)),
            (Some(month), None) => Self::of_month(year, month),
            (Some(month), Some(day)) => match (month.value(), day.value()) {
                (Some(month), Some(day)) => Day::new(year, month, day).map(Self::Day),
                (Some(month), None) => Some(Self::UnspecifiedDay { year, month }),
                (None, None) => Some(Self::UnspecifiedMonthAndDay(year)),
                (None, Some(_)) => None,
            },
        }
    }

    fn of_month(year: i64, month: DateField) -> Option<Self> {
        let season = |season| Some(Self::Season { year, season });
        match month.value() {
            None => Some(Self::UnspecifiedMonth(year)),
            Some(month @ 1..=12) => Some(Self::Month { year, month }),
            Some(21) => season(Season::Spring),
            Some(22) => season(Season::Summer),
            Some(23) => season(Season::Autumn),
            Some(24) => season(Season::Winter),
            Some(_) => None,
        }
    }

    fn of_unspecified_year(kind: YearKind) -> Option<Self> {
        let YearKind::Standard { negative: false, digits } = kind else {
            return None;
        };
        let hundred = i64::from(digits[0]?) * 1000 + i64::from(digits[1]?) * 100;
        match (digits[2], digits[3]) {
            (Some(ten), None) => Some(Self::Decade(hundred + i64::from(ten) * 10)),
            (None, None) => Some(Self::Century(hundred)),
            _ => None,
        }
    }
}

impl TimeOfDay {
    fn from_edtf(time: edtf_core::Time) -> Self {
        Self {
            hour: time.hour,
            minute: time.minute,
            second: time.second,
            zone: time.shift.map(|shift| match shift {
                TimeShift::Utc => Zone::Utc,
                TimeShift::Offset { minutes, .. } => Zone::Offset(minutes),
            }),
        }
    }
}

fn day_of(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(date) => Day::new(date.year, date.month, date.day),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}
