//! Names of people and bodies, in the parts that sources.yaml has: particles stand with the part that they belong to.

use serde_json::{Map, Value, json};

/// Makes a name of the parts that CSL has. `None` where there is none of them.
pub(super) fn of_csl(name: &Value) -> Option<Value> {
    let Value::Object(parts) = name else {
        return name.as_str().filter(|name| !name.trim().is_empty()).map(|name| json!(name.trim()));
    };
    let part = |key: &str| part(parts, key);
    if let Some(literal) = part("literal") {
        return Some(json!(literal));
    }
    let given = joined([part("given"), part("dropping-particle")]);
    let family = joined([part("non-dropping-particle"), part("family"), part("suffix")]);
    person(family, given)
}

/// Makes a name; one part alone is a body, or a name that is not divided.
pub(super) fn person(family: String, given: String) -> Option<Value> {
    match (family.is_empty(), given.is_empty()) {
        (false, false) => Some(json!({ "family": family, "given": given })),
        (false, true) => Some(json!(family)),
        (true, false) => Some(json!(given)),
        (true, true) => None,
    }
}

/// Joins parts by spaces, without the empty ones; a particle that ends in an apostrophe stands close.
pub(super) fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let mut out = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !out.is_empty() && !out.ends_with(['\'', '’', '-']) {
            out.push(' ');
        }
        out.push_str(&part);
    }
    out
}

fn part(parts: &Map<String, Value>, key: &str) -> Option<String> {
    parts.get(key).and_then(Value::as_str).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of_csl;

    #[test]
    fn particles_stand_with_the_part_that_they_belong_to() {
        for (csl, name) in [
            (
                json!({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}),
                json!({"family": "van Gogh", "given": "Vincent"}),
            ),
            (
                json!({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}),
                json!({"family": "Beethoven", "given": "Ludwig van"}),
            ),
            (
                json!({"family": "Aramon", "non-dropping-particle": "d’", "given": "M."}),
                json!({"family": "d’Aramon", "given": "M."}),
            ),
            (
                json!({"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
                json!({"family": "King Jr.", "given": "Martin Luther"}),
            ),
            (json!({"literal": "UN Panel of Experts"}), json!("UN Panel of Experts")),
            (json!("A line"), json!("A line")),
        ] {
            assert_eq!(of_csl(&csl), Some(name));
        }
        assert_eq!(of_csl(&json!({"family": " "})), None);
    }
}
