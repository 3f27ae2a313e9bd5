//! The names of a record, as they are compared with what a person types. Nothing else reads them.

use super::json;
use crate::phi::Phi;
use serde_json::Value;

/// Every name of a record, former ones too: given and family names in one text, and the text the record has beside them
/// (FHIR R4 `HumanName`: "text" may hold another form of the name).
pub fn names(value: &Value) -> Vec<Phi<String>> {
    json::list(value, "name").iter().flat_map(spellings).map(Phi::new).collect()
}

fn spellings(name: &Value) -> Vec<String> {
    let given = name.get("given").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(json::text(name, "family")).collect();
    let whole = parts.join(" ");
    [Some(whole.as_str()), json::text(name, "text")]
        .into_iter()
        .flatten()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_and_text_are_two_spellings_and_odd_ones_cost_themselves_only() {
        let patient = json!({ "name": [
            { "use": "official", "family": "Alotaibi", "given": ["Sara", null, "Noor"], "text": "سارة العتيبي" },
            { "family": 7 },
            "Sara",
        ]});
        let found: Vec<String> = names(&patient).into_iter().map(Phi::into_revealed).collect();
        assert_eq!(found, ["Sara Noor Alotaibi", "سارة العتيبي"]);
        assert!(names(&json!({})).is_empty());
    }
}
