//! Strings by level, after the examples of the EDTF specification (Library of Congress, 2019; ISO 8601-2:2019).

use super::Date;

const LEVELS_0_AND_1: &[&str] = &[
    // 0: date, date and time
    "1985-04-12",
    "1985-04",
    "1985",
    "0000",
    "2000-02-29",
    "1985-04-12T23:20:30",
    "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04",
    "1985-04-12T23:20:30+04:30",
    // 0: interval
    "1964/2008",
    "2004-06/2006-08",
    "2004-02-01/2005-02-08",
    "2004-02-01/2005-02",
    "2004-02-01/2005",
    "2005/2006-02",
    // 1: years beyond four digits, negative years
    "Y170000002",
    "Y-170000002",
    "-1985",
    "-0001",
    "-1985-04-12T23:20:30",
    // 1: seasons
    "2001-21",
    "2001-22",
    "2001-23",
    "2001-24",
    "2001-21~",
    // 1: qualification of a whole date
    "1984?",
    "2004-06~",
    "2004-06-11%",
    "1984~",
    "2004-06-11?",
    // 1: unspecified digits from the right
    "201X",
    "20XX",
    "2004-XX",
    "1985-04-XX",
    "1985-XX-XX",
    "201X?",
    "-201X",
    "-20XX",
    "-2004-XX",
    // 1: extended intervals
    "1985-04-12/..",
    "1985-04/..",
    "1985/..",
    "../1985-04-12",
    "../1985-04",
    "../1985",
    "1985-04-12/",
    "1985-04/",
    "1985/",
    "/1985-04-12",
    "/1985-04",
    "/1985",
    "1984~/2004-06",
    "1984/2004-06~",
    "1984~/2004~",
    "1984-06?/2004-08?",
    "1984-06-02?/2004-08-08~",
    "1984?/2004%",
    "2001-21/2003-23",
    "-0044/-0031",
];

/// With what to write instead, where something less precise can be said at level 1.
const LEVEL_2: &[(&str, &str, Option<&str>)] = &[
    ("Y-17E7", "an exponential year", Some("Y-170000000")),
    ("Y17E8", "an exponential year", Some("Y1700000000")),
    ("Y17E20", "an exponential year", None),
    ("1950S2", "significant digits", Some("19XX")),
    ("1953S3", "significant digits", Some("195X")),
    ("Y171010000S3", "significant digits", Some("Y171010000")),
    ("2001-25", "code above 24", Some("2001-21")),
    ("2001-29", "code above 24", Some("2001-09/2001-11")),
    ("2001-34", "code above 24", Some("2001-04/2001-06")),
    ("2001-41~", "code above 24", Some("2001-07~/2001-12~")),
    ("2001-33/2001-34", "code above 24", Some("2001-01/2001-06")),
    ("[1667,1668,1670..1672]", "a set of dates", None),
    ("[..1760-12-03]", "a set of dates", None),
    ("[1760-12..]", "a set of dates", None),
    ("{1960,1961-12}", "a set of dates", None),
    ("{1960, 1961}", "a set of dates", None),
    ("2004-06~-11", "one part", Some("2004-06-11~")),
    ("2004?-06-11", "one part", Some("2004-06-11?")),
    ("?2004-06-~11", "one part", Some("2004-06-11%")),
    ("2004-%06-11", "one part", Some("2004-06-11%")),
    ("?2004-?06", "one part", Some("2004-06?")),
    ("2004-06-~01/2004-06-~20", "one part", Some("2004-06-01~/2004-06-20~")),
    ("156X-12-25", "an unspecified digit", Some("156X")),
    ("15XX-12-XX", "an unspecified digit", Some("15XX")),
    ("XXXX-12-XX", "an unspecified digit", None),
    ("1XXX", "an unspecified digit", Some("1000/1999")),
    ("1XX3", "an unspecified digit", Some("1003/1993")),
    ("1560-X2", "an unspecified digit", Some("1560-XX")),
    ("1985-04-3X", "an unspecified digit", Some("1985-04-XX")),
    ("1985-XX-12", "an unspecified digit", Some("1985-XX-XX")),
    ("2004-06-XX/2004-07-03", "digit within an interval", Some("2004-06/2004-07-03")),
    ("199X/200X", "digit within an interval", Some("1990/2009")),
    ("../199X?", "digit within an interval", Some("../1999?")),
    ("-2XXX", "an unspecified digit", None),
    ("-201X-04-12", "an unspecified digit", None),
    ("-198X/2004", "digit within an interval", None),
    ("-0044/-000X", "digit within an interval", None),
    ("..2004-06-01/2004-06-20", "itself open", None),
    ("2004-06-01/2004-06-20..", "itself open", None),
];

const NO_EDTF: &[&str] = &[
    "",
    "hello",
    "198",
    "19",
    "85-04-12",
    "19850412",
    "1985-4-12",
    "1985-102",
    "1985-W15",
    "1985-13",
    "1985-00",
    "2004-20",
    "1985-02-30",
    "1900-02-29",
    "1985-04-31",
    "1985-04-00",
    "1985-04-12T23:20",
    "1985-04-12T24:00:00",
    "1985-04-12T23:60:00",
    "1985-04T10:00:00",
    "1985-04-12T23:20:30+15:00",
    "1985-04-12T23:20:30?",
    "2001-21-05",
    "-0000",
    "-0000-01-01T00:00:00",
    "--201X",
    "Y1985",
    "Y20000-04",
    "1985~~",
    "1985-04-12/1985-04-11",
    "2018-01-15/02-20",
    "1985/1986/1987",
    "../..",
    "/",
    "../",
    "..1984",
    "P1Y2M",
    "1985-04-12T10:00:00/..",
    "1985x",
    "２０１９",
];

#[test]
fn levels_0_and_1_are_read() {
    for text in LEVELS_0_AND_1 {
        assert!(Date::parse(text).is_ok(), "{text}: {:?}", Date::parse(text));
    }
}

#[test]
fn level_2_is_refused_by_name_with_what_to_write_instead() {
    for (text, name, instead) in LEVEL_2 {
        let error = Date::parse(text).expect_err(text);
        assert!(error.message.contains(name) && error.message.contains("level 2"), "{text}: {}", error.message);
        let help = error.help.expect("level 2 always gets a help");
        if let Some(instead) = instead {
            assert!(help.starts_with(&format!("write `{instead}`")), "{text}: {help}");
        }
        assert_eq!(help.starts_with("write `") && !help.contains(" for an "), instead.is_some(), "{text}: {help}");
    }
}

#[test]
fn what_is_not_edtf_is_refused() {
    for text in NO_EDTF {
        assert!(Date::parse(text).is_err(), "{text}");
    }
}
