//! Texts of links in other languages, held against claims in English words.

use super::super::{Context, Verdict, compare, parse};
use super::{Language, read};

fn verdict(tag: &str, claim: &str, text: &str) -> Option<Verdict> {
    let Language::Known(tongue) = Language::of(tag) else { panic!("{tag} has no table") };
    let claim = parse(claim, Context::default()).expect("the claim can be read");
    read(tongue, text, Context::default()).map(|figure| compare(&claim, &figure))
}

#[test]
fn what_says_the_same_in_another_language_is_the_same() {
    for (tag, claim, text) in [
        ("ko", "up to 2 billion USD", "최대 20억 달러"),
        ("ko", "up to 2 billion USD", "20억달러까지"),
        ("ko", "428.8 million USD", "4억 2880만 달러"),
        ("ko", "308.4 million USD", "3억840만 달러"),
        ("ko", "more than 50 million USD", "5천만 달러 초과"),
        ("ko", "428.8 million USD", "4억2천880만 달러"),
        ("ko", "at least 35 건", "최소 35건"),
        ("ko", "7 to 31 million USD", "700만~3100만 달러"),
        ("ko", "an estimated 1.65 billion USD", "약 16억 5000만 달러 추산"),
        ("ko", "over 65%", "65% 초과"),
        ("ar", "up to 2 billion USD", "ما يصل إلى 2 مليار دولار"),
        ("ar", "up to 2 billion USD", "ما يصل إلى ملياري دولار"),
        ("ar", "428.8 million USD", "٤٢٨٫٨ مليون دولار"),
        ("ar", "at least 35 حادثة", "ما لا يقل عن 35 حادثة"),
        ("ar", "an estimated 3 billion USD", "ما يُقدَّر بنحو 3 مليارات دولار"),
        ("de", "up to 2 billion USD", "bis zu zwei Milliarden Dollar"),
        ("de", "almost 428.8 million USD", "knapp 428,8 Mio. US-Dollar"),
        ("de", "1500 Angriffe", "1.500 Angriffe"),
        ("de", "7 to 31 million USD", "7–31 Millionen US-Dollar"),
        ("de", "an estimated up to 2 billion USD", "schätzungsweise bis zu 2 Milliarden US-Dollar"),
    ] {
        assert_eq!(verdict(tag, claim, text), Some(Verdict::Same), "{text}, for {claim}");
    }
}

#[test]
fn a_hedge_a_number_or_a_unit_that_is_lost_is_seen_in_any_of_the_languages() {
    for (tag, claim, text, found) in [
        ("ko", "up to 2 billion USD", "20억 달러", Verdict::DroppedHedge),
        ("ko", "up to 2 billion USD", "최대 30억 달러", Verdict::FigureMismatch),
        ("ko", "up to 2 billion USD", "최대 20억 원", Verdict::UnitMismatch),
        ("ar", "up to 2 billion USD", "2 مليار دولار", Verdict::DroppedHedge),
        ("ar", "at least 35 حادثة", "ما لا يقل عن 20 حادثة", Verdict::FigureMismatch),
        ("de", "almost 400 million USD", "400 Millionen Dollar", Verdict::DroppedHedge),
        ("de", "428.8 million USD", "428,8 Millionen Euro", Verdict::UnitMismatch),
        ("de", "2 billion USD", "2 Billionen Dollar", Verdict::FigureMismatch),
    ] {
        assert_eq!(verdict(tag, claim, text), Some(found), "{text}, for {claim}");
    }
}

#[test]
fn what_is_no_figure_as_a_whole_is_not_judged() {
    for (tag, text) in [
        ("ko", "보고서"),
        ("ko", "수십억 달러"),
        ("ar", "ملفقة"),
        ("de", "eine halbe Milliarde Dollar"),
        ("de", "der Bericht von 2019"),
        ("de", "1.50 Euro"),
        ("de", ""),
    ] {
        assert_eq!(verdict(tag, "up to 2 billion USD", text).filter(|v| *v == Verdict::Same), None, "{text}");
    }
    assert_eq!(verdict("ko", "up to 2 billion USD", "보고서"), None);
    assert_eq!(verdict("de", "up to 2 billion USD", "1.50 Euro"), None);
}
