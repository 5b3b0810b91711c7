//! Figures written out.

use super::super::{Context, parse};
use super::{HOME, figure};

#[test]
fn a_figure_is_typed_as_in_a_text() {
    for (claim, text) in [
        ("up to 2 billion USD", "up to $2bn"),
        ("428.8 million USD", "$428.8m"),
        ("1.6505 billion USD", "$1.6505bn"),
        ("1500 million USD", "$1.5bn"),
        ("1.50 billion USD", "$1.50bn"),
        ("1234567 USD", "$1,234,567"),
        ("123456789 USD", "$123,456,789"),
        ("about 140000 USD", "about $140,000"),
        ("50 thousand USD", "$50,000"),
        ("half a billion dollars", "$500m"),
        ("37 million GBP", "£37m"),
        ("37 million AUD", "A$37m"),
        ("37 million CHF", "CHF 37m"),
        ("7 to 31 million USD", "$7–31m"),
        ("900 thousand to 1.2 million USD", "$0.9–1.2m"),
        ("5 USD to 2 million USD", "$5–2,000,000"),
        ("-5 million USD", "\u{2212}$5m"),
        ("-80.7%", "\u{2212}80.7%"),
        ("over 65%", "over 65%"),
        ("20 to 30%", "20–30%"),
        ("5 percentage points", "5 percentage points"),
        ("at least 7 attacks", "at least 7 attacks"),
        ("2 million attacks", "2 million attacks"),
        ("~$2bn", "~ $2bn"),
        ("2 trillion KRW", "₩2tn"),
    ] {
        assert_eq!(figure(claim).as_text(HOME), text, "{claim}");
    }
}

#[test]
fn the_parts_are_set_apart_for_typography() {
    let parts = figure("up to 2 billion USD").parts(HOME);
    assert_eq!(parts.hedge.as_deref(), Some("up to"));
    assert_eq!(
        (parts.before.as_str(), parts.number.as_str(), parts.scale.as_str(), parts.after.as_str()),
        ("$", "2", "bn", "")
    );
    let parts = figure("at least 7 attacks").parts(HOME);
    assert_eq!(
        (parts.before.as_str(), parts.number.as_str(), parts.scale.as_str(), parts.after.as_str()),
        ("", "7", "", "attacks")
    );
    assert_eq!(parts.to_string(), "at least 7\u{a0}attacks");
    assert_eq!(figure("37 million CHF").parts(HOME).before, "CHF\u{a0}");
    assert_eq!(figure("2 million attacks").parts(HOME).to_string(), "2\u{a0}million\u{a0}attacks");
}

#[test]
fn a_sign_is_written_so_that_the_same_site_reads_it_back() {
    for home in [None, Some("USD"), Some("AUD"), Some("EUR"), Some("CNY"), Some("KPW"), Some("JPY")] {
        let context = Context::new(home);
        for code in ["USD", "AUD", "EUR", "GBP", "JPY", "CNY", "KRW", "KPW", "BRL", "CHF", "ZAR", "ARS"] {
            let claim = parse(&format!("5 million {code}"), context).expect("a figure");
            let text = claim.as_text(context);
            assert_eq!(parse(&text, context).as_ref().map(|read| &read.unit), Ok(&claim.unit), "{text} at {home:?}");
        }
    }
    assert_eq!(figure("5 million USD").as_text(Context::new(Some("AUD"))), "US$5m");
    assert_eq!(figure("5 million AUD").as_text(Context::new(Some("AUD"))), "$5m");
}
