//! What templates can do beyond Tera's own: counting in words.

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Registers the filters.
pub(super) fn register(tera: &mut Tera, language: &str) {
    let locale: Locale = language.parse().unwrap_or_else(|_| "en".parse().expect("`en` is a locale"));
    let rules = PluralRules::try_new_cardinal(locale.into()).ok();
    tera.register_filter("count", move |number: i64, arguments: Kwargs, _: &State<'_>| {
        count(number, &arguments, rules.as_ref())
    });
}

/// Writes a number with its noun: `{{ 2 | count(words=t.events) }}` with `t.events` as `{one: "{n} event", other: "{n} events"}`.
fn count(number: i64, arguments: &Kwargs, rules: Option<&PluralRules>) -> TeraResult<String> {
    let words: Value = arguments.must_get("words")?;
    let category = rules.map_or(PluralCategory::Other, |rules| rules.category_for(number));
    let pattern = words.get_from_path(name(category)).or_else(|| words.get_from_path("other")).and_then(Value::as_str);
    let pattern = pattern
        .ok_or_else(|| tera::Error::message("`words` must have `other`, and `one` where the language has it"))?;
    Ok(pattern.replace("{n}", &number.to_string()))
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
