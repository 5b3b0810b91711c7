//! Figures: no text makes the grammar panic; what is read can be written out and read back as it was; what is found in
//! prose lies where it says.

#![no_main]

use dateline::model::figure::{Context, UnitNames, Verdict, compare, find, hedge_before, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
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
    if let Some((_, range)) = hedge_before(text) {
        assert!(text.get(range).is_some());
    }
});
