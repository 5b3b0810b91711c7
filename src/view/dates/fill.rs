//! Fills the patterns of the theme's words.

/// Puts values where a pattern names them, in one pass, so that a value is never itself taken for a pattern.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let named = |(name, _): &&(&str, &str)| rest[1..].strip_prefix(*name).is_some_and(|tail| tail.starts_with('}'));
        if let Some((name, value)) = values.iter().find(named) {
            filled.push_str(value);
            rest = &rest[name.len() + 2..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_in_one_pass() {
        assert_eq!(fill("{start} to {end}", &[("start", "{end}"), ("end", "2020")]), "{end} to 2020");
        assert_eq!(fill("{dat} {", &[("date", "2019")]), "{dat} {");
    }
}
