//! Figures: what is read, in any language, can be written out and read back; what is found lies where it says.

use dateline::model::figure::tongue::{self, Language};
use dateline::model::figure::{Context, Figure, UnitNames, Verdict, compare, find, hedge_after, hedge_before, parse};

pub(crate) fn figures(data: &[u8]) {
    let text = super::text(data);
    let context = Context::new(Some("USD"));
    if let Ok(figure) = parse(text, context) {
        let again = parse(&figure.to_string(), context).expect("what is written out is read back");
        assert_eq!(figure, again);
        let typed = parse(&figure.as_text(context), context).expect("what an editor is told to type is a figure");
        assert_eq!(compare(&figure, &typed), Verdict::Same);
    }
    let mut units = UnitNames::new();
    for noun in ["attacks", "exchanges", "countries", "cyber incidents"] {
        units.add_name(noun);
    }
    let mut end = 0;
    for found in find(text, context, &units) {
        assert!(found.range.start >= end, "figures are found in order, apart from each other");
        assert!(text.get(found.range.clone()).is_some() && text.get(found.number_range.clone()).is_some());
        end = found.range.end;
    }
    for (_, range) in hedge_before(text).into_iter().chain(hedge_after(text)) {
        assert!(text.get(range).is_some());
    }
    for language in ["ar", "de", "ko"].map(Language::of) {
        let Language::Known(known) = language else { unreachable!("these languages are known") };
        if let Some(figure) = tongue::read(known, text, context) {
            // Its hedge is in words of its own.
            let figure = Figure { hedge: None, ..figure };
            assert_eq!(parse(&figure.to_string(), context), Ok(figure), "what is read in a language is read back");
        }
        let _ = known.hedge_around(text, text);
    }
}
