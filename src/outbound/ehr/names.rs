//! A doctor's name as patients read it: title and name, in the script of each language (`conversation.md` §1.2).

use crate::domain::clinic::Bilingual;
use serde_json::Value;

/// The name in each language the EHR has it in; the script of the letters decides which is which.
pub fn doctor(practitioner: &Value) -> Bilingual {
    let mut found = Bilingual::default();
    for name in practitioner["name"].as_array().unwrap_or(&vec![]) {
        let bare = bare(name);
        if bare.is_empty() {
            continue;
        }
        if arabic(&bare) {
            fill(&mut found.ar, format!("د. {bare}"));
        } else {
            fill(&mut found.en, format!("Dr {bare}"));
        }
    }
    found
}

fn fill(place: &mut String, name: String) {
    if place.is_empty() {
        *place = name;
    }
}

/// Given and family name without any prefix; else the text, without a title it may begin with.
fn bare(name: &Value) -> String {
    let given = name["given"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(name["family"].as_str()).collect();
    if !parts.is_empty() {
        return parts.join(" ");
    }
    let text = name["text"].as_str().unwrap_or_default().trim();
    ["Dr. ", "Dr ", "د. ", "د ", "دكتور ", "دكتورة "]
        .iter()
        .find_map(|title| text.strip_prefix(title))
        .unwrap_or(text)
        .to_owned()
}

fn arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_script_goes_to_its_language_under_one_title() {
        let practitioner = json!({ "name": [
            { "family": "Alotaibi", "given": ["Sara"], "prefix": ["Prof."] },
            { "text": "د. سارة العتيبي" },
            { "text": "Dr. Somebody Else" },
        ]});
        let name = doctor(&practitioner);
        assert_eq!((name.ar.as_str(), name.en.as_str()), ("د. سارة العتيبي", "Dr Sara Alotaibi"));
        assert_eq!(doctor(&json!({})), Bilingual::default());
    }
}
