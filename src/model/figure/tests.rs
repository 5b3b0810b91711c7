//! The grammar, by tables: what is read, what is found, what is compared.

mod compare;
mod display;
mod find;
mod parse;
mod properties;
mod prose;

use super::{Context, Currency, Figure, UnitNames, parse as parse_text};

/// A site in US dollars.
const HOME: Context = Context { currency: Some(Currency::USD) };

fn figure(text: &str) -> Figure {
    parse_text(text, HOME).unwrap_or_else(|error| panic!("{text}: {error} at {:?}", error.range))
}

fn units(names: &[&str]) -> UnitNames {
    let mut units = UnitNames::new();
    names.iter().for_each(|name| units.add_name(name));
    units
}
