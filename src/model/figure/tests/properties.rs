//! Properties: what is written is read back, scales change nothing, and no text panics or takes long.

use proptest::prelude::*;

use super::super::find::find_thoroughly;
use super::super::{
    Amount, Currency, Figure, Noun, Number, Scale, Unit, UnitNames, Verdict, compare, find, hedge_before, parse,
};
use super::{HOME, figure, units};

fn scale() -> impl Strategy<Value = Scale> {
    prop::sample::select(Scale::ALL.to_vec())
}

fn number() -> impl Strategy<Value = Number> {
    (-9_999_999_i128..99_999_999_999, 0_u32..6, scale())
        .prop_map(|(digits, decimals, scale)| Number::new(digits, decimals, scale).expect("small enough"))
}

fn unit() -> impl Strategy<Value = Unit> {
    let code = prop::sample::select(vec!["USD", "EUR", "CHF", "KRW", "AUD", "XOF"]);
    let noun = prop::sample::select(vec![
        "attacks",
        "member states",
        "cyber-attacks",
        "bitcoin",
        "South Korea-based exchanges",
    ]);
    prop_oneof![
        code.prop_map(|code| Unit::Currency(Currency::from_code(code).expect("a code"))),
        noun.prop_map(|noun| Unit::Noun(Noun::new(noun))),
        Just(Unit::Percent),
        Just(Unit::PercentagePoints),
    ]
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let hedges = [
        "",
        "up to ",
        "at least ",
        "more than ",
        "about ",
        "almost ",
        "~",
        "c. ",
        "an estimated total of up to ",
        "estimated at ",
    ];
    let hedge = prop::sample::select(hedges.to_vec()).prop_map(|words| figure(&format!("{words}7 attacks")).hedge);
    let amount = prop_oneof![
        number().prop_map(Amount::Number),
        (number(), number()).prop_filter_map("a range rises", |(one, other)| {
            (one.value() < other.value()).then_some(Amount::Range(one, other))
        }),
    ];
    (hedge, amount, unit()).prop_map(|(hedge, amount, unit)| Figure { hedge, amount, unit })
}

/// Whether front matter can say it as it is: `5 to 2 million attacks` would be 5 million.
fn can_be_typed(figure: &Figure) -> bool {
    let (low, high) = (figure.amount.low(), figure.amount.high());
    let noun = matches!(figure.unit, Unit::Noun(_));
    !(noun && low.scale() == Scale::One && high.scale() != Scale::One && low.value().abs() < 1000.into())
}

/// Text made of the pieces that the grammar knows, so that it goes deep.
fn near_figures() -> impl Strategy<Value = String> {
    let pieces = [
        "up to",
        "an",
        "estimated",
        "at least",
        "from",
        "between",
        "to",
        "and",
        "or",
        "more",
        "$",
        "US$",
        "USD",
        "€",
        "7",
        "2021",
        "1,234",
        "1.5",
        "007",
        "bn",
        "m",
        "million",
        "thousand",
        "hundred",
        "half",
        "a",
        "dozen",
        "seven",
        "twenty",
        "-",
        "–",
        "%",
        "per cent",
        "percentage points",
        "attacks",
        "attack",
        "cyber",
        "exchanges",
        ".",
        ",",
        "+",
        "(",
        "’s",
        "½",
        "\u{a0}",
        " ",
        "won",
        "99999999999999999999999999999",
        "dollars",
        "pounds",
        "of",
        "c.",
        "~",
    ];
    prop::collection::vec((prop::sample::select(pieces.to_vec()), any::<bool>()), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, space)| format!("{piece}{}", if space { " " } else { "" })).collect()
    })
}

fn reads_without_panic(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = parse(text, HOME) {
        prop_assert!(text.get(error.range.clone()).is_some(), "{text:?}: {error:?}");
    }
    if let Some((_, range)) = hedge_before(text) {
        prop_assert!(text.get(range).is_some());
    }
    let mut last = 0;
    for found in find(text, HOME, &units(&["attack", "exchange", "member state"])) {
        prop_assert!(found.range.start >= last && text.get(found.range.clone()).is_some(), "{text:?}: {found:?}");
        prop_assert!(
            text.get(found.number_range.clone()).is_some_and(|number| !number.is_empty()),
            "{text:?}: {found:?}"
        );
        prop_assert!(found.hedge_range.is_none_or(|range| text.get(range).is_some()));
        last = found.range.end;
        let again = parse(&found.figure.to_string(), HOME);
        prop_assert!(again.is_ok(), "{text:?}: {} {again:?}", found.figure);
    }
    Ok(())
}

proptest! {
    /// What is passed over without a close look holds nothing.
    #[test]
    fn nothing_is_overlooked_in_haste(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..12)) {
        let text = words.concat();
        let names = units(&["attack", "exchange"]);
        prop_assert_eq!(find(&text, HOME, &names), find_thoroughly(&text, HOME, &names));
    }
}

/// The pieces that figures are made of, and what stands around them.
const WORDS: [&str; 40] = [
    "a ",
    "an ",
    "A ",
    "half ",
    "quarter of a ",
    "three ",
    "Twenty",
    "-",
    "hundred ",
    "dozen ",
    "million",
    " ",
    "billion ",
    "attacks",
    "exchange",
    " per cent",
    "%",
    "$",
    "US$",
    "€",
    "USD ",
    "7",
    "1.5",
    ",",
    "from ",
    "to ",
    "between ",
    "and ",
    "the ",
    "of ",
    "won ",
    "dollars ",
    "US ",
    "“",
    "’s ",
    "é",
    "(",
    "~",
    "bn ",
    "seventeen ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_out_is_read_back(figure in any_figure().prop_filter("can be typed", can_be_typed)) {
        prop_assert_eq!(parse(&figure.to_string(), HOME), Ok(figure.clone()), "{}", figure);
    }

    #[test]
    fn the_words_to_type_say_the_same(figure in any_figure()) {
        let text = figure.as_text(HOME);
        let read = parse(&text, HOME);
        prop_assert!(read.is_ok(), "{}: {:?}", text, read);
        prop_assert_eq!(read.map(|read| compare(&figure, &read)), Ok(Verdict::Same), "{}", text);
    }

    #[test]
    fn the_words_to_type_are_found_in_prose(figure in any_figure()) {
        let text = format!("The panel said {}, and more.", figure.as_text(HOME));
        let names: UnitNames = [&figure].into_iter().collect();
        let found = find(&text, HOME, &names);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!(compare(&figure, &found[0].figure), Verdict::Same, "{}", text);
    }

    #[test]
    fn a_scale_never_changes_a_value(digits in 1_i128..1_000_000, one in scale(), other in scale()) {
        let (fine, coarse) = if one < other { (one, other) } else { (other, one) };
        let zeros = coarse.exponent() - fine.exponent();
        let exact = Number::new(digits, 0, fine).expect("small enough");
        let scaled = Number::new(digits, zeros, coarse).expect("small enough");
        prop_assert_eq!(exact.value(), scaled.value());
        let decimal = format!("{digits:0>width$}", width = zeros as usize + 1);
        let (whole, fraction) = decimal.split_at(decimal.len() - zeros as usize);
        let point = if fraction.is_empty() { "" } else { "." };
        let read = parse(&format!("{whole}{point}{fraction} {} USD", coarse.word()), HOME);
        prop_assert_eq!(read.map(|read| read.amount.low().value()), Ok(exact.value()));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        reads_without_panic(&text)?;
    }

    #[test]
    fn no_text_near_to_figures_panics(text in near_figures()) {
        reads_without_panic(&text)?;
    }
}

#[test]
fn a_scale_in_words_is_the_number_in_digits() {
    for (one, other) in
        [("0.5 billion USD", "500 million USD"), ("$1.7bn", "$1,700,000,000"), ("$50k", "$0.05m"), ("$2tn", "$2,000bn")]
    {
        assert_eq!(figure(one).amount.low().value(), figure(other).amount.low().value());
        assert_eq!(compare(&figure(one), &figure(other)), Verdict::Same);
    }
}

#[test]
fn long_texts_are_read_in_linear_time() {
    let pieces = [
        "7",
        "7,",
        "1,234,",
        "1.",
        "7 ",
        "7-",
        "seven-",
        "seven ",
        "one million ",
        "a-",
        "a ",
        "up to ",
        "an estimated total of ",
        "$",
        "$7 ",
        "7 to ",
        "from 7 to ",
        "between ",
        "between 7 and ",
        "USD ",
        "TOP 1",
        "cyber-",
        "7 cyber-",
        "7 good ",
        "’",
        "½",
        "７",
        "\u{a0}1",
        "1\u{202f}234",
    ];
    let names = units(&["attack", "exchange", "member state"]);
    for piece in pieces {
        let text = piece.repeat(50_000 / piece.len());
        // No time is measured: a quadratic reading of these would take minutes, and nobody would wait for it.
        assert!(parse(&text, HOME).is_err(), "`{piece}` is not a figure");
        let found = find(&text, HOME, &names);
        assert!(found.iter().all(|found| text.get(found.range.clone()).is_some()), "`{piece}`");
        assert!(hedge_before(&text).is_none_or(|(_, range)| text.get(range).is_some()), "`{piece}`");
    }
}
