//! Refuses EDTF level 2 by name, and says what to write at level 1 instead.
//!
//! What it suggests never says more than the text did: `156X-12-25` becomes `156X`.

use std::ops::Range;

use edtf_core::{Bound, BoundDate, DateField, Edtf, IntervalEndpoint, YearKind};

use super::day::LAST_YEAR;
use super::mistake::DateError;
use super::{Date, guess};

const QUALIFIERS: [char; 3] = ['?', '~', '%'];

/// Why an expression is not read.
#[derive(Clone, Copy)]
enum Reason {
    Set,
    Exponent,
    SignificantDigits,
    SeasonCode,
    OnePart,
    Unspecified,
    UnspecifiedInInterval,
    HalfBounded,
    YearTooLarge,
}

/// Where a date stands; some simplifications differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Alone,
    Start,
    End,
}

/// Whether a `?`, `~` or `%` stands anywhere but at the end of a date.
///
/// edtf-core takes `?2004-?06` for level 1, because it means the same as `2004-06?`; the grammar of level 1 has only
/// the latter.
pub(super) fn qualifies_one_part(text: &str) -> bool {
    text.split('/').any(|side| side.strip_suffix(QUALIFIERS).unwrap_or(side).contains(QUALIFIERS))
}

/// Explains why a well-formed expression is not read.
pub(super) fn refuse(text: &str, parsed: &Edtf) -> DateError {
    let (reason, offset) = find_reason(text, parsed);
    let message = match reason {
        Reason::YearTooLarge => format!("the year of `{text}` lies beyond {LAST_YEAR}"),
        _ => reason.message(text),
    };
    let help = simplify(parsed)
        .filter(|instead| Date::read(instead).is_some())
        .map_or_else(|| reason.advice().to_owned(), |instead| format!("write `{instead}`"));
    let help = match (reason, guess::guesses(text).as_slice()) {
        (Reason::SeasonCode, [years]) => format!("{help}, or `{}` if years are meant", years.text),
        _ => help,
    };
    DateError { offset, message, help: Some(help) }
}

/// Explains unspecified digits before the year 0, for which edtf-core has no form: it reads such a year without its minus.
pub(super) fn refuse_before_year_0(text: &str) -> Option<DateError> {
    let vague = |side: &str| {
        let parsed = side.strip_prefix('-').map(Edtf::parse);
        matches!(parsed, Some(Ok(Edtf::Date(date))) if date.year.has_unspecified())
    };
    let side = text.split('/').find(|side| vague(side))?;
    let start = text.find(side)?;
    let reason = if text.contains('/') { Reason::UnspecifiedInInterval } else { Reason::Unspecified };
    Some(DateError {
        offset: start..start + side.len(),
        message: reason.message(text),
        help: Some(
            "write what is known as a year, decade or interval, as in `-0156`, `-015X` or `-0160/-0150`".to_owned(),
        ),
    })
}

/// Explains a text that opens like a set, whether or not it is well formed.
pub(super) fn refuse_set(text: &str) -> DateError {
    DateError {
        offset: 0..text.len(),
        message: format!("`{text}` is a set of dates: this is EDTF level 2, and only levels 0 and 1 are read"),
        help: Some(Reason::Set.advice().to_owned()),
    }
}

impl Reason {
    fn message(self, text: &str) -> String {
        format!("`{text}` has {}: this is EDTF level 2, and only levels 0 and 1 are read", self.name())
    }

    fn name(self) -> &'static str {
        match self {
            Self::Set => "a set of dates",
            Self::Exponent => "an exponential year",
            Self::SignificantDigits => "a year with significant digits",
            Self::SeasonCode => "a season-like code above 24",
            Self::OnePart => "a qualification of one part of the date",
            Self::Unspecified => "an unspecified digit where level 1 has none",
            Self::UnspecifiedInInterval => "an unspecified digit within an interval",
            Self::HalfBounded => "an end that is itself open",
            Self::YearTooLarge => "a year too large",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Set => "write one event for each date, or the interval that they span, as in `1667/1670`",
            Self::HalfBounded => "write the date alone, or `..` alone for an end that is open",
            Self::Exponent | Self::YearTooLarge => "write the year in full, as in `Y170000002`",
            _ => "write what is known as a month, year, decade or interval, as in `1560-07`, `156X` or `1560/1575`",
        }
    }
}

fn find_reason(text: &str, parsed: &Edtf) -> (Reason, Range<usize>) {
    match parsed {
        Edtf::Set(_) => (Reason::Set, 0..text.len()),
        Edtf::Date(date) => (reason_of(date, text, Role::Alone), 0..text.len()),
        Edtf::DateTime(_) => (Reason::YearTooLarge, 0..text.len()),
        Edtf::Interval(interval) => {
            let slash = text.find('/').unwrap_or(text.len());
            let sides = [(&interval.start, 0..slash), (&interval.end, slash + 1..text.len())];
            sides
                .into_iter()
                .find_map(|(end, range)| reason_of_end(end, &text[range.clone()]).map(|reason| (reason, range)))
                .unwrap_or((Reason::YearTooLarge, 0..text.len()))
        }
    }
}

fn reason_of_end(end: &IntervalEndpoint, side: &str) -> Option<Reason> {
    match end {
        IntervalEndpoint::Date(date) => {
            let fine = Date::read(side).is_some() && !date.has_unspecified();
            (!fine).then(|| reason_of(date, side, Role::Start))
        }
        IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => Some(Reason::HalfBounded),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn reason_of(date: &edtf_core::Date, side: &str, role: Role) -> Reason {
    if matches!(date.year.kind, YearKind::Exponential { .. }) {
        Reason::Exponent
    } else if date.year.significant_digits.is_some() {
        Reason::SignificantDigits
    } else if season_code(date).is_some_and(|code| code > 24) {
        Reason::SeasonCode
    } else if date.has_unspecified() && role != Role::Alone {
        Reason::UnspecifiedInInterval
    } else if qualifies_one_part(side) {
        Reason::OnePart
    } else if date.has_unspecified() {
        Reason::Unspecified
    } else {
        Reason::YearTooLarge
    }
}

fn simplify(parsed: &Edtf) -> Option<String> {
    match parsed {
        Edtf::Date(date) => simplify_date(date, Role::Alone),
        Edtf::Interval(interval) => {
            let start = simplify_end(&interval.start, Role::Start)?;
            let end = simplify_end(&interval.end, Role::End)?;
            Some(format!("{start}/{end}"))
        }
        Edtf::DateTime(_) | Edtf::Set(_) => None,
    }
}

fn simplify_end(end: &IntervalEndpoint, role: Role) -> Option<String> {
    match end {
        IntervalEndpoint::Date(date) => simplify_date(date, role),
        IntervalEndpoint::Open => Some("..".to_owned()),
        IntervalEndpoint::Unknown => Some(String::new()),
        IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => None,
    }
}

fn simplify_date(date: &edtf_core::Date, role: Role) -> Option<String> {
    let mark = qualifier(date);
    match date.year.kind {
        YearKind::Standard { .. } => {}
        YearKind::Big { .. } | YearKind::Exponential { .. } => return Some(format!("Y{}{mark}", date.year.value()?)),
    }
    if date.year.has_unspecified() || date.year.significant_digits.is_some() {
        return simplify_vague_year(date, role);
    }
    let year = year_text(date.year.value()?);
    match (date.month, date.day) {
        (None, _) => Some(format!("{year}{mark}")),
        (Some(month), _) if month.value().is_some_and(|code| code > 24) => simplify_season(date, role),
        (Some(month), day) => Some(format!("{year}{}{mark}", month_and_day(month, day, role))),
    }
}

/// Keeps a decade or a century; a vaguer year becomes the interval that it covers.
fn simplify_vague_year(date: &edtf_core::Date, role: Role) -> Option<String> {
    let mark = qualifier(date);
    let (first, last) = bounds(date)?;
    let (first, last) = (first.year, last.year);
    match role {
        Role::Start => Some(format!("{}{mark}", year_text(first))),
        Role::End => Some(format!("{}{mark}", year_text(last))),
        Role::Alone if first == last => Some(format!("{}{mark}", year_text(first))),
        Role::Alone if last - first == 9 && first >= 0 => Some(format!("{:03}X{mark}", first / 10)),
        Role::Alone if last - first == 99 && first >= 0 => Some(format!("{:02}XX{mark}", first / 100)),
        Role::Alone if (first, last) == (0, 9999) => None,
        Role::Alone => Some(format!("{}{mark}/{}{mark}", year_text(first), year_text(last))),
    }
}

/// Turns codes 25 to 28, northern seasons, to 21 to 24, and everything else to its months.
fn simplify_season(date: &edtf_core::Date, role: Role) -> Option<String> {
    let mark = qualifier(date);
    let code = season_code(date)?;
    let (first, last) = bounds(date)?;
    let month = |day: BoundDate| format!("{}-{:02}{mark}", year_text(day.year), day.month);
    match role {
        Role::Alone if (25..=28).contains(&code) => Some(format!("{}-{}{mark}", year_text(first.year), code - 4)),
        Role::Alone => Some(format!("{}/{}", month(first), month(last))),
        Role::Start => Some(month(first)),
        Role::End => Some(month(last)),
    }
}

fn month_and_day(month: DateField, day: Option<DateField>, role: Role) -> String {
    let unspecified = |text: &str| match role {
        Role::Alone => text.to_owned(),
        Role::Start | Role::End => String::new(),
    };
    match (month.value(), day.map(DateField::value)) {
        (Some(month), None) => format!("-{month:02}"),
        (Some(month), Some(Some(day))) => format!("-{month:02}-{day:02}"),
        (Some(month), Some(None)) => format!("-{month:02}{}", unspecified("-XX")),
        (None, None) => unspecified("-XX"),
        (None, Some(_)) => unspecified("-XX-XX"),
    }
}

fn season_code(date: &edtf_core::Date) -> Option<u8> {
    date.month.and_then(DateField::value)
}

fn bounds(date: &edtf_core::Date) -> Option<(BoundDate, BoundDate)> {
    let bounds = Edtf::Date(*date).bounds();
    match (bounds.earliest, bounds.latest) {
        (Bound::Date(first), Bound::Date(last)) => Some((first, last)),
        _ => None,
    }
}

fn year_text(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.abs())
}

fn qualifier(date: &edtf_core::Date) -> &'static str {
    match (date.is_uncertain(), date.is_approximate()) {
        (false, false) => "",
        (true, false) => "?",
        (false, true) => "~",
        (true, true) => "%",
    }
}
