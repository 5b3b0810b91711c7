//! Prose: what is found, with which hedge and where, and what is not.

use super::super::{Context, UnitNames, find};
use super::{HOME, figure, units};

const NAMES: &[&str] = &["attack", "exchange", "country", "member states", "theft", "incident", "bitcoin", "day"];

/// The figures of a text, in canonical form.
fn found(text: &str) -> Vec<String> {
    find(text, HOME, &units(NAMES)).into_iter().map(|found| found.figure.to_string()).collect()
}

#[test]
fn figures_are_found_in_prose() {
    for (text, expected) in FOUND {
        assert_eq!(found(text), *expected, "{text}");
    }
}

const FOUND: &[(&str, &[&str])] = &[
    ("The panel put the sum at up to $2bn.", &["up to 2 billion USD"]),
    ("It was an estimated total of up to $2bn, the panel said.", &["an estimated total of up to 2 billion USD"]),
    (
        "Almost $400m (£295m) was taken in at least seven attacks.",
        &["almost 400 million USD", "295 million GBP", "at least 7 attacks"],
    ),
    ("Seven cyber attacks hit three cryptocurrency exchanges.", &["7 cyber attacks", "3 cryptocurrency exchanges"]),
    ("at least 35 separate incidents in 17 countries", &["at least 35 separate incidents", "17 countries"]),
    ("seven so-called state-sponsored attacks", &["7 so-called state-sponsored attacks"]),
    ("seven cyber-attacks and eight cyberattacks", &["7 cyber-attacks", "8 cyberattacks"]),
    ("eight UN member states", &["8 UN member states"]),
    ("losses of $7m to $31m each", &["7 to 31 million USD"]),
    ("losses ranging from $7m to $31m", &["7 to 31 million USD"]),
    ("losses rose from $7m to $31m", &["7 million USD", "31 million USD"]),
    ("fell from $31m to $7m", &["31 million USD", "7 million USD"]),
    ("rose from four to seven attacks", &["4 attacks", "7 attacks"]),
    ("rose from 21 to 65 per cent", &["21%", "65%"]),
    ("between 300 and 500 million dollars", &["300 to 500 million USD"]),
    ("between 2017 and 2023 there were 58 attacks", &["58 attacks"]),
    ("300–500 million dollars and $1.4–1.46bn", &["300 to 500 million USD", "1.4 to 1.46 billion USD"]),
    ("He gave $50m to 17 countries", &["50 million USD", "17 countries"]),
    ("$50m to 3 million people", &["50 million USD"]),
    ("a $2bn hack, a 400-million-dollar theft", &["2 billion USD", "400 million USD"]),
    ("two or three exchanges", &["2 to 3 exchanges"]),
    ("more than 2000 attacks and 2,021 attacks", &["more than 2,000 attacks", "2,021 attacks"]),
    ("In 2021 seven attacks took place", &["7 attacks"]),
    ("In 2021, 7 attacks took place", &["7 attacks"]),
    ("150+ countries; $455m+", &["at least 150 countries", "at least 455 million USD"]),
    ("50 or more attacks", &["at least 50 attacks"]),
    ("$50m at most, 7% at the very least.", &["at most 50 million USD", "at the very least 7%"]),
    ("$50m at least $7m of it; $50m at most banks", &["50 million USD", "at least 7 million USD", "50 million USD"]),
    ("one exchange; at least one exchange", &["1 exchange", "at least 1 exchange"]),
    ("one of 17 countries", &["17 countries"]),
    ("half of the $2bn", &["2 billion USD"]),
    ("over half a billion dollars", &["over 0.5 billion USD"]),
    ("a half-billion dollars", &["0.5 billion USD"]),
    ("$1 000 000 in 7 200 000 attacks", &["1,000,000 USD"]),
    ("half a dozen attacks", &["6 attacks"]),
    ("two days later", &["2 days"]),
    ("China trade fell 80.7% (-80.7%)", &["80.7%", "-80.7%"]),
    ("up 5 percentage points to 40 per cent", &["5 percentage points", "40%"]),
    ("20,000 bitcoin were moved", &["20,000 bitcoin"]),
    ("TOP 10 exchanges", &["10 exchanges"]),
    ("“Almost $400m”—$31m more", &["almost 400 million USD", "31 million USD"]),
    ("worth USD 50m/£37m", &["50 million USD", "37 million GBP"]),
    ("three times as much as $50m", &["50 million USD"]),
    ("the sum of\u{a0}$1.7\u{a0}billion", &["1.7 billion USD"]),
    ("17 countries' banks", &["17 countries"]),
    ("7 to 10 attacks, 7-10 attacks", &["7 to 10 attacks", "7 to 10 attacks"]),
    ("In total two thousand three hundred attacks", &["2,300 attacks"]),
    ("10 out of 12 attacks", &["12 attacks"]),
    ("Hackers Hit Seven Exchanges", &["7 Exchanges"]),
    ("SEVEN ATTACKS", &["7 ATTACKS"]),
    ("three\nexchanges", &["3 exchanges"]),
];

#[test]
fn what_is_no_figure_is_not_found() {
    for text in NOT_FOUND {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

const NOT_FOUND: &[&str] = &[
    "",
    "5 August 2019",
    "On 5 August attacks began; on August 5 attacks went on; the September 11 attacks; the Sept. 11 attacks",
    "2019; in 2021; the 2020s; 2021 attacks; the 2021 thefts; the 2020–2021 attacks; the 2017–18 attacks; 2020 to 2021 attacks",
    "the third attack, the 7th attack, the twenty-first attack, two-thirds of attacks, one third of exchanges",
    "at 10:30 attacks began; at 5pm exchanges closed; 9/11 attacks; the 24/7 exchanges",
    "version 2.1.3 attacks; Windows 7 attacks; Web 3 exchanges; web3 exchanges",
    "1. Attacks rose. 2) Exchanges fell. (3) Countries",
    "S/2019/691 countries, CVE-2021-1234 attacks, APT38 attacks, resolution 1718 countries, 1718 Committee",
    "COVID-19 attacks, the G7 countries, the G-20 countries, mid-2021 attacks, F-16 attacks",
    "+82 2 1234 5678, 020 7946 0018, 978-3-16-148410-0 exchanges",
    "one of the exchanges; no one exchange; every one exchange; one another; one large exchange; one country's envoy",
    "half of the attacks; half the exchanges; dozens of attacks; hundreds of exchanges; millions of dollars; several million dollars",
    "two weeks later; for five years exchanges had grown; seven of the exchanges; two people said attacks",
    "seven attack vectors; a 13-1 vote; a seven-nation attack; a million-dollar question",
    "the Big Four exchanges; the Five Eyes countries; World War Two attacks; the number one exchange; No. 3 exchanges",
    "in 2021 dollars; 8 won by a landslide; 20 pounds of explosives",
    "ALL 17 STATES; TRY 3; CVE 2021; 50%20off",
    "twenty nineteen attacks; unit 180 attacks; page 7 attacks; para. 3 countries",
    "$PATH, $, $-, %, £, USD, US$",
];

#[test]
fn hedge_number_and_unit_know_their_places() {
    let text =
        "Mr Kim’s men took an estimated up to US$2\u{a0}bn from at least seven large exchanges, or 150+ countries.";
    let all = find(text, HOME, &units(NAMES));
    let parts: Vec<_> = all
        .iter()
        .map(|found| {
            (
                &text[found.range.clone()],
                found.hedge_range.clone().map(|range| &text[range]),
                &text[found.number_range.clone()],
            )
        })
        .collect();
    assert_eq!(
        parts,
        [
            ("an estimated up to US$2\u{a0}bn", Some("an estimated up to"), "US$2\u{a0}bn"),
            ("at least seven large exchanges", Some("at least"), "seven"),
            ("150+ countries", Some("+"), "150"),
        ]
    );
}

#[test]
fn a_text_over_a_link_reads_as_one() {
    // What a caller passes for `up to [$2bn](claim:x)` and `[at least seven](claim:y) attacks`: the text as it is read.
    assert_eq!(found("worth up to $2bn in at least seven attacks"), ["up to 2 billion USD", "at least 7 attacks"]);
}

#[test]
fn only_the_nouns_of_claims_are_counted() {
    let claims = [figure("at least 7 attacks"), figure("1 country"), figure("13 staff"), figure("2 billion USD")];
    let names: UnitNames = claims.iter().collect();
    let text = "seven attacks in 17 countries on three exchanges by 200 staff";
    let found: Vec<_> = find(text, HOME, &names).into_iter().map(|found| found.figure.to_string()).collect();
    assert_eq!(found, ["7 attacks", "17 countries", "200 staff"]);
    assert!(find("seven attacks", HOME, &UnitNames::new()).is_empty());
}

#[test]
fn a_bare_dollar_in_prose_is_the_currency_of_the_site() {
    let found = find("$5m, US$5m", Context::new(Some("AUD")), &UnitNames::new());
    let codes: Vec<_> = found.iter().map(|found| found.figure.to_string()).collect();
    assert_eq!(codes, ["5 million AUD", "5 million USD"]);
}

#[test]
fn a_date_before_to_is_no_end_of_a_range() {
    assert_eq!(found("from 8.5% in June 2023 to 50%"), ["8.5%", "50%"]);
    assert_eq!(found("It spread in 2017 to 150 countries"), ["150 countries"]);
    assert_eq!(found("rose on June 5 to 40%"), ["40%"]);
}
