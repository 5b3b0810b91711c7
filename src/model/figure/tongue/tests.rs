//! Texts of links in other languages, held against claims in English words.

use super::super::{Context, Figure, Verdict, compare, parse};
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

#[test]
fn english_units_are_what_they_are_in_english() {
    for (tag, claim, text) in [
        ("ko", "88.549 JPY", "88.549 yen"),
        ("ko", "at least 40%", "최소 40 percent"),
        ("de", "88,549 JPY", "88.549 yen"),
        ("ar", "3 million USD", "3 ملايين US dollars"),
    ] {
        assert_eq!(verdict(tag, claim, text), Some(Verdict::Same), "{text}, for {claim}");
    }
}

#[test]
fn what_is_left_of_a_text_is_a_noun_only_where_a_claim_could_have_it() {
    for (tag, text) in
        [("ko", "13 vote%"), ("de", "7 billion dollars"), ("de", "7 attacks or more"), ("ar", "7 to 9 attacks")]
    {
        assert_eq!(verdict(tag, "7 attacks", text), None, "{text}");
    }
}

#[test]
fn a_first_number_that_is_too_large_to_have_lost_its_scale_keeps_its_own() {
    for (tag, claim, text) in [
        ("de", "700,000 to 1.5 million USD", "700.000 bis 1,5 Millionen Dollar"),
        ("ar", "2 to 3 million USD", "مليوني إلى 3 ملايين دولار"),
        ("ko", "7 to 31 million USD", "700~3100만 달러"),
    ] {
        assert_eq!(verdict(tag, claim, text), Some(Verdict::Same), "{text}, for {claim}");
    }
}

#[test]
fn what_is_read_is_read_back_from_what_is_written_out() {
    for (tag, text) in [("ko", "88.549 yen"), ("de", "1.500,50 Euro"), ("de", "7–31 Millionen Opfer"), ("ko", "3만 건")]
    {
        let Language::Known(tongue) = Language::of(tag) else { panic!("{tag} has no table") };
        let figure = read(tongue, text, Context::default()).expect("it is a figure");
        let figure = Figure { hedge: None, ..figure };
        assert_eq!(parse(&figure.to_string(), Context::default()), Ok(figure), "{text}");
    }
}

#[test]
fn a_text_of_nothing_but_scales_ends() {
    // One call for each of them would leave no room on the stack.
    let text = "1조".repeat(100_000);
    assert_eq!(verdict("ko", "7 attacks", &text), None);
}
