//! Strict text: what is read, to what, and what is refused with which words.

use super::super::{Context, Currency, HedgeClass, Scale, hedge_before, parse};
use super::{HOME, figure};

/// Text, and the canonical form of the figure that it is.
const READ: &[(&str, &str)] = &[
    // Front matter of the first site.
    ("up to 2 billion USD", "up to 2 billion USD"),
    ("almost 400 million USD", "almost 400 million USD"),
    ("at least 7 attacks", "at least 7 attacks"),
    ("428.8 million USD", "428.8 million USD"),
    ("more than 50 million USD", "more than 50 million USD"),
    ("7 to 31 million USD", "7 to 31 million USD"),
    ("about 140000 USD", "about 140,000 USD"),
    ("over 65 %", "over 65%"),
    ("80.7 %", "80.7%"),
    ("3.2029 billion USD", "3.2029 billion USD"),
    ("17 countries", "17 countries"),
    ("2021 attacks", "2,021 attacks"),
    // Signs, codes and names.
    ("$2bn", "2 billion USD"),
    ("US$2 billion", "2 billion USD"),
    ("US $2bn", "2 billion USD"),
    ("$2-billion", "2 billion USD"),
    ("$ 2 bn", "2 billion USD"),
    ("2 billion dollars", "2 billion USD"),
    ("2 billion US dollars", "2 billion USD"),
    ("2 billion U.S. dollars", "2 billion USD"),
    ("2-billion-dollar", "2 billion USD"),
    ("$2 billion dollars", "2 billion USD"),
    ("USD 50m", "50 million USD"),
    ("USD50m", "50 million USD"),
    ("USD $50m", "50 million USD"),
    ("50m USD", "50 million USD"),
    ("$50m USD", "50 million USD"),
    ("$50m AUD", "50 million AUD"),
    ("50 m USD", "50 million USD"),
    ("A$50m", "50 million AUD"),
    ("C$50m", "50 million CAD"),
    ("HK$50m", "50 million HKD"),
    ("NZ$50m", "50 million NZD"),
    ("S$50m", "50 million SGD"),
    ("£37m", "37 million GBP"),
    ("37 million pounds", "37 million GBP"),
    ("37 million pounds sterling", "37 million GBP"),
    ("€1.5bn", "1.5 billion EUR"),
    ("1.5bn €", "1.5 billion EUR"),
    ("50€", "50 EUR"),
    ("¥58bn", "58 billion JPY"),
    ("58 billion yen", "58 billion JPY"),
    ("₩10bn", "10 billion KRW"),
    ("10 billion won", "10 billion KRW"),
    ("10 billion South Korean won", "10 billion KRW"),
    ("₹5k", "5 thousand INR"),
    ("₽300m", "300 million RUB"),
    ("CHF 1.2m", "1.2 million CHF"),
    ("1.2m CHF", "1.2 million CHF"),
    // Scales.
    ("$50k", "50 thousand USD"),
    ("$50K", "50 thousand USD"),
    ("$50 thousand", "50 thousand USD"),
    ("$50M", "50 million USD"),
    ("$50mn", "50 million USD"),
    ("$50mln", "50 million USD"),
    ("$2B", "2 billion USD"),
    ("2b USD", "2 billion USD"),
    ("$2tn", "2 trillion USD"),
    ("$2trn", "2 trillion USD"),
    ("$2 Trillion", "2 trillion USD"),
    ("3 million records", "3 million records"),
    // Digits.
    ("$1,234,567", "1,234,567 USD"),
    ("1\u{202f}234\u{202f}567 USD", "1,234,567 USD"),
    ("1\u{a0}234\u{a0}567 USD", "1,234,567 USD"),
    ("140 000 USD", "140,000 USD"),
    ("$1.50bn", "1.50 billion USD"),
    ("2½ million USD", "2.5 million USD"),
    ("-80.7%", "-80.7%"),
    ("\u{2212}80.7 %", "-80.7%"),
    ("-$5m", "-5 million USD"),
    ("$-5m", "-5 million USD"),
    ("up\u{a0}to\u{a0}$2\u{a0}bn", "up to 2 billion USD"),
    // Words.
    ("seven attacks", "7 attacks"),
    ("Twenty-one attacks", "21 attacks"),
    ("twenty one attacks", "21 attacks"),
    ("ninety-nine attacks", "99 attacks"),
    ("one hundred attacks", "100 attacks"),
    ("a hundred attacks", "100 attacks"),
    ("a hundred and twenty attacks", "120 attacks"),
    ("a dozen attacks", "12 attacks"),
    ("two dozen attacks", "24 attacks"),
    ("half a dozen attacks", "6 attacks"),
    ("half a billion USD", "0.5 billion USD"),
    ("half a billion dollars", "0.5 billion USD"),
    ("half-a-billion dollars", "0.5 billion USD"),
    ("a half billion dollars", "0.5 billion USD"),
    ("one and a half million dollars", "1.5 million USD"),
    ("a quarter of a million dollars", "0.25 million USD"),
    ("three quarters of a million dollars", "0.75 million USD"),
    ("a million dollars", "1 million USD"),
    ("two hundred million dollars", "200 million USD"),
    ("two thousand three hundred attacks", "2,300 attacks"),
    ("two thousand and five attacks", "2,005 attacks"),
    ("one million two hundred thousand dollars", "1,200,000 USD"),
    ("zero attacks", "0 attacks"),
    ("half a per cent", "0.5%"),
    // Per cent.
    ("40%", "40%"),
    ("40 per cent", "40%"),
    ("forty percent", "40%"),
    ("40-percent", "40%"),
    ("5 percentage points", "5 percentage points"),
    ("5pp", "5 percentage points"),
    ("1 percentage point", "1 percentage points"),
    // Ranges.
    ("300 to 500 million dollars", "300 to 500 million USD"),
    ("300–500 million USD", "300 to 500 million USD"),
    ("7-31 million USD", "7 to 31 million USD"),
    ("$7m to $31m", "7 to 31 million USD"),
    ("$7m–$31m", "7 to 31 million USD"),
    ("$7–31m", "7 to 31 million USD"),
    ("$7 to 31 million", "7 to 31 million USD"),
    ("$1.4–1.46bn", "1.4 to 1.46 billion USD"),
    ("$1.4bn to $1.46bn", "1.4 to 1.46 billion USD"),
    ("between 300 and 500 million dollars", "300 to 500 million USD"),
    ("between $300m and $500m", "300 to 500 million USD"),
    ("from 300 to 500 million dollars", "300 to 500 million USD"),
    ("$900k to $1.2m", "900 thousand to 1.2 million USD"),
    ("$700,000 to $1.5m", "700,000 to 1.5 million USD"),
    ("5 USD to 2 million USD", "5 USD to 2 million USD"),
    ("20–30%", "20 to 30%"),
    ("20% to 30%", "20 to 30%"),
    ("20 to 30 per cent", "20 to 30%"),
    ("two or three exchanges", "2 to 3 exchanges"),
    ("seven to ten attacks", "7 to 10 attacks"),
    // Nouns.
    ("7 cyber attacks", "7 cyber attacks"),
    ("10 UN member states", "10 UN member states"),
    ("3 South Korea-based exchanges", "3 South Korea-based exchanges"),
    ("seven-attack", "7 attack"),
    ("20,000 bitcoin", "20,000 bitcoin"),
    // Hedges after the number.
    ("150+ countries", "at least 150 countries"),
    ("$455m+", "at least 455 million USD"),
    ("50 or more attacks", "at least 50 attacks"),
    ("$50m or so", "about 50 million USD"),
    ("$50m-plus", "at least 50 million USD"),
];

#[test]
fn strict_text_is_read() {
    for (text, canonical) in READ {
        assert_eq!(figure(text).to_string(), *canonical, "{text}");
    }
}

/// Hedge, class, strict, estimated.
const HEDGES: &[(&str, HedgeClass, bool, bool)] = {
    use HedgeClass::{Approximate, Lower, SlightlyUnder, Upper};
    &[
        ("at least", Lower, false, false),
        ("more than", Lower, true, false),
        ("over", Lower, true, false),
        ("no fewer than", Lower, false, false),
        ("no less than", Lower, false, false),
        ("upwards of", Lower, true, false),
        ("in excess of", Lower, true, false),
        ("well over", Lower, true, false),
        (">", Lower, true, false),
        ("at least a total of", Lower, false, false),
        ("at least another", Lower, false, false),
        ("up to", Upper, false, false),
        ("as much as", Upper, false, false),
        ("as many as", Upper, false, false),
        ("at most", Upper, false, false),
        ("no more than", Upper, false, false),
        ("less than", Upper, true, false),
        ("under", Upper, true, false),
        ("fewer than", Upper, true, false),
        ("up to about", Upper, false, false),
        ("an estimated up to", Upper, false, true),
        ("estimated at up to", Upper, false, true),
        ("an estimated total of up to", Upper, false, true),
        ("up to an estimated", Upper, false, true),
        ("at least an estimated", Lower, false, true),
        ("about", Approximate, false, false),
        ("around", Approximate, false, false),
        ("roughly", Approximate, false, false),
        ("some", Approximate, false, false),
        ("approximately", Approximate, false, false),
        ("approx.", Approximate, false, false),
        ("an estimated", Approximate, false, true),
        ("estimated", Approximate, false, true),
        ("estimated at", Approximate, false, true),
        ("an estimated total of", Approximate, false, true),
        ("c.", Approximate, false, false),
        ("ca.", Approximate, false, false),
        ("circa", Approximate, false, false),
        ("~", Approximate, false, false),
        ("almost", SlightlyUnder, false, false),
        ("nearly", SlightlyUnder, false, false),
        ("just under", SlightlyUnder, false, false),
        ("close to", SlightlyUnder, false, false),
        ("an estimated almost", SlightlyUnder, false, true),
    ]
};

#[test]
fn every_hedge_is_read_before_a_number_and_at_the_end_of_a_text() {
    for (words, class, strict, estimated) in HEDGES {
        let read = figure(&format!("{words} 35 incidents")).hedge.expect("a hedge");
        assert_eq!((read.class, read.strict, read.estimated), (*class, *strict, *estimated), "{words}");
        assert_eq!(read.words, *words);
        assert_eq!(figure(&format!("{words} $35m")).hedge.as_ref(), Some(&read), "{words}");
        let capital = words.replacen(|_| true, &words[..1].to_uppercase(), 1);
        let text = format!("Élan: The panel counted, {capital}\u{a0}");
        let (ending, range) = hedge_before(&text).expect("a hedge");
        assert_eq!(ending.words, *words);
        assert_eq!(text[range].to_lowercase(), *words);
    }
}

#[test]
fn a_hedge_is_read_only_directly_before_the_number() {
    for text in ["", "up to the", "up to.", "up to,", "the", "a report that", "pay-as-you-go over-", "voice-over"] {
        assert_eq!(hedge_before(text), None, "{text}");
    }
    let (hedge, range) = hedge_before("no more than ").expect("a hedge");
    assert_eq!((hedge.class, range), (HedgeClass::Upper, 0..12));
    assert_eq!(hedge_before("three times as many as"), None);
    let long = format!("{} up to ", "word ".repeat(100));
    assert_eq!(hedge_before(&long).map(|(_, range)| &long[range]), Some("up to"));
}

#[test]
fn a_bare_dollar_is_the_currency_of_the_site() {
    let read = |text: &str, home: &str| {
        parse(text, Context::new(Some(home))).map(|figure| figure.unit.to_string()).unwrap_or_default()
    };
    for (text, home, code) in [
        ("$5m", "USD", "USD"),
        ("$5m", "AUD", "AUD"),
        ("5 million dollars", "CAD", "CAD"),
        ("US$5m", "AUD", "USD"),
        ("$5m", "EUR", "USD"),
        ("$5m", "XYZ", "USD"),
        ("¥5m", "CNY", "CNY"),
        ("¥5m", "USD", "JPY"),
        ("₩5m", "KPW", "KPW"),
    ] {
        assert_eq!(read(text, home), code, "{text} at home in {home}");
    }
    assert_eq!(parse("$5m", Context::default()).map(|figure| figure.unit.to_string()), Ok("USD".to_owned()));
}

/// Text, the part that is wrong, and the start of the message after it.
const REFUSED: &[(&str, &str, &str)] = &[
    ("", "", "the figure is empty"),
    ("  ", "", "the figure is empty"),
    ("dozens of attacks", "dozens of attacks", "has no number"),
    ("7", "7", "has no unit"),
    ("about 7", "7", "has no unit"),
    ("mainly 7 attacks", "mainly", "is not a hedge"),
    ("the at least 7 attacks", "the", "is not a hedge"),
    ("1,5 billion USD", "1,5", "is not a number"),
    ("1.234.567 USD", "1.234.567", "is not a number"),
    ("7th attack", "7th", "is not a number"),
    ("10:30 attacks", "10:30", "is not a number"),
    ("007 attacks", "007", "is not a number"),
    ("50mUSD", "50mUSD", "is not a number"),
    ("12345678901234567890123456789 USD", "12345678901234567890123456789", "has too many digits"),
    ("99999999999999999999999999 million USD", "99999999999999999999999999 million", "has too many digits"),
    ("31 to 7 million USD", "31 to 7 million USD", "is a range that does not rise"),
    ("7 to 7 attacks", "7 to 7", "is a range that does not rise"),
    ("2 billion usd", "usd", "is not a currency"),
    ("$2bn in 2019", "in 2019", "is not part of a figure"),
    ("$2bn.", ".", "is not part of a figure"),
    ("$50m to 17 countries", "to 17 countries", "is not part of a figure"),
    ("$2bn £3bn", "£3bn", "is not part of a figure"),
    ("7 attacks on exchanges", "on exchanges", "is not part of a figure"),
    ("3 in total", "in total", "is not part of a figure"),
    ("7 attacks, 3 exchanges", ", 3 exchanges", "is not part of a figure"),
];

#[test]
fn what_is_no_figure_is_refused_with_its_place_and_a_help() {
    for (text, wrong, message) in REFUSED {
        let error = parse(text, HOME).expect_err(text);
        assert_eq!(&text[error.range.clone()], *wrong, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
        assert!(!error.help.is_empty() && !error.message.ends_with('.'), "{text}");
    }
}

#[test]
fn a_number_knows_its_value_and_how_much_of_it_was_shown() {
    for (text, value, last_digit) in [
        ("$1.7bn", "1700000000", 8),
        ("$400m", "400000000", 6),
        ("$0.5bn", "500000000", 8),
        ("$1.50bn", "1500000000", 7),
        ("140,000 USD", "140000", 0),
        ("0.25%", "0.25", -2),
        ("1.6505 billion USD", "1650500000", 5),
        ("a quarter of a million dollars", "250000", 4),
    ] {
        let number = figure(text).amount.low();
        assert_eq!((number.value().to_string().as_str(), number.last_digit()), (value, last_digit), "{text}");
    }
    assert_eq!(figure("$1.7bn").amount.low().scale(), Scale::Billion);
}

#[test]
fn nouns_are_the_same_in_singular_and_plural_and_with_adjectives() {
    for (one, other) in [
        ("7 attacks", "1 attack"),
        ("7 attacks", "7 Attacks"),
        ("7 attacks", "seven cyber attacks"),
        ("7 attacks", "seven cyberattacks"),
        ("7 cyber-attacks", "seven cyberattacks"),
        ("17 countries", "1 country"),
        ("3 exchanges", "1 exchange"),
        ("3 companies", "1 company"),
        ("5 thefts", "1 theft"),
        ("5 processes", "1 process"),
        ("5 viruses", "1 virus"),
        ("5 losses", "1 loss"),
        ("5 analyses", "1 analysis"),
        ("5 people", "1 person"),
        ("5 thieves", "1 thief"),
        ("5 caches", "1 cache"),
        ("5 watches", "1 watch"),
        ("35 incidents", "35 separate incidents"),
    ] {
        assert!(figure(one).unit.same(&figure(other).unit), "{one}, {other}");
        assert!(figure(other).unit.same(&figure(one).unit), "{other}, {one}");
    }
    for (one, other) in [
        ("7 attacks", "7 incidents"),
        ("3 crypto exchanges", "3 stock exchanges"),
        ("7 attacks", "$7"),
        ("7%", "7 percentage points"),
        ("7 USD", "7 GBP"),
        ("5 cases", "5 casts"),
    ] {
        assert!(!figure(one).unit.same(&figure(other).unit), "{one}, {other}");
    }
}

#[test]
fn the_tables_are_in_order() {
    assert!(Currency::from_code("USD") == Some(Currency::USD) && Currency::from_code("usd").is_none());
    for code in ["AED", "CHF", "EUR", "KRW", "XOF", "ZWG"] {
        assert_eq!(Currency::from_code(code).map(Currency::code), Some(code));
    }
}

#[test]
fn a_compound_with_hyphens_may_hold_any_word() {
    for text in ["3 by-elections", "5 in-depth reports", "7 state-of-the-art attacks", "2 lines-of-credit"] {
        let figure = parse(text, Context::default()).expect(text);
        assert_eq!(figure.to_string(), text);
    }
    for text in ["3 by elections", "7 state of the art attacks", "7 of-", "7 attacks -of"] {
        assert!(parse(text, Context::default()).is_err(), "{text}");
    }
}

#[test]
fn a_noun_holds_no_currency_and_no_scale() {
    for text in ["2+ WST-I NSL", "3 mil USD", "2 billion XYZ", "5 USD-ish things"] {
        assert!(parse(text, Context::new(Some("USD"))).is_err(), "{text}");
    }
    assert!(parse("5 USB-sticks", Context::default()).is_ok());
    let twice = parse("2k billion people", Context::default()).expect_err("it has two scales");
    assert_eq!(twice.message, "`2k billion people` can be read in more than one way");
}

#[test]
fn a_number_that_would_be_too_long_without_its_scale_is_refused() {
    assert!(parse("9,999,999,999,999 trillion USD", Context::default()).is_ok());
    let long = parse("55555555555555555555555555k USD", Context::default()).expect_err("it has 29 digits");
    assert_eq!(long.help, "write a number of at most 28 digits");
}
