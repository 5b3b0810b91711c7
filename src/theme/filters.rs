//! What templates can do beyond Tera's own: counting in words, naming a style or script by its hash, and fitting texts on
//! social cards.

use std::sync::Arc;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::Y;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::cards::{Fonts, Slot};
use crate::export::csp_hash;

/// Registers the filters.
pub(super) fn register(tera: &mut Tera, language: &str) {
    let locale: Locale = language.parse().unwrap_or_else(|_| "en".parse().expect("`en` is a locale"));
    let rules = PluralRules::try_new_cardinal((&locale).into()).ok();
    let zero = zero_digit(&locale);
    tera.register_filter("count", move |number: i64, arguments: Kwargs, _: &State<'_>| {
        count(number, &arguments, rules.as_ref(), zero)
    });
    tera.register_filter("csp_hash", |text: &str, _: Kwargs, _: &State<'_>| csp_hash(text));
}

/// Writes a number with its noun: `{{ 2 | count(words=t.events) }}` with `t.events` as `{one: "{n} event", other: "{n} events"}`.
fn count(number: i64, arguments: &Kwargs, rules: Option<&PluralRules>, zero: char) -> TeraResult<String> {
    let words: Value = arguments.must_get("words")?;
    let category = rules.map_or(PluralCategory::Other, |rules| rules.category_for(number));
    let pattern = words.get_from_path(name(category)).or_else(|| words.get_from_path("other")).and_then(Value::as_str);
    let pattern = pattern
        .ok_or_else(|| tera::Error::message("`words` must have `other`, and `one` where the language has it"))?;
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from(zero) + digit)).unwrap_or(c);
    Ok(pattern.replace("{n}", &number.to_string().chars().map(digit).collect::<String>()))
}

/// Returns the digit for 0 of a language, which ICU4X's years show.
fn zero_digit(locale: &Locale) -> char {
    let year = FixedCalendarDateTimeFormatter::<Gregorian, Y>::try_new(locale.into(), Y::long());
    let written =
        year.ok().zip(Date::try_new_gregorian(2000, 1, 1).ok()).map(|(year, date)| year.format(&date).to_string());
    written.and_then(|year| year.chars().rfind(|c| c.is_numeric())).unwrap_or('0')
}

/// Returns CLDR's name of a plural category.
fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// Registers `{{ title | fit(font="Newsreader Display", width=1056, height=260, leading=1.05, from=104, to=48) }}`: the largest
/// size in which a text has room on a card, and its lines, as `{size, lines}`. Without `height` it has one line.
pub(super) fn register_fit(tera: &mut Tera, fonts: Arc<Fonts>) {
    tera.register_filter("fit", move |text: &str, arguments: Kwargs, _: &State<'_>| fit(text, &arguments, &fonts));
}

fn fit(text: &str, arguments: &Kwargs, fonts: &Fonts) -> TeraResult<Value> {
    let from: f32 = arguments.must_get("from")?;
    let to: f32 = arguments.get("to")?.unwrap_or(from);
    let slot = Slot {
        font: arguments.must_get("font")?,
        weight: arguments.get("weight")?.unwrap_or(400),
        width: arguments.must_get("width")?,
        from,
        to,
        height: arguments.get("height")?.unwrap_or(0.0),
        leading: arguments.get("leading")?.unwrap_or(1.1),
    };
    if !(slot.to > 0.0 && slot.from >= slot.to && slot.width > 0.0 && slot.leading > 0.0) {
        return Err(tera::Error::message(
            "`from`, `to`, `width` and `leading` are above 0, and `from` is not below `to`",
        ));
    }
    let fitted = fonts.fit(text, &slot).map_err(|fault| tera::Error::message(fault.to_string()))?;
    Ok(Value::from_serializable(&serde_json::json!({ "size": fitted.size, "lines": fitted.lines })))
}
