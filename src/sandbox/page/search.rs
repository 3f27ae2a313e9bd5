//! Whether anything of a person can be read in the gateway's database: every row is searched for what the two sides
//! know of them, as text and in hex.

use crate::sandbox::api::{self, NATIONAL};
use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::graph::{Line, Sender, Way};
use crate::sandbox::hooks::Table;
use serde_json::Value;

/// Texts are searched for if they have so many characters.
const SHORTEST: usize = 4;
/// At most so many things are searched for.
const MOST: usize = 24;

/// What is searched for: numbers, names, birth dates and references of the person, times and doctors of their visits,
/// and what they wrote.
pub fn needles(ehr: Option<&EhrTwin>, sender: &Sender, appointments: &[Value], chat: &[Line]) -> Vec<String> {
    let mut all: Vec<String> = sender.addresses();
    if let Some(phone) = &sender.phone {
        all.push(phone[phone.len().saturating_sub(NATIONAL)..].to_owned());
    }
    for patient in
        ehr.zip(sender.phone.as_deref()).map(|(ehr, phone)| api::patients(ehr, phone)).unwrap_or_default()
    {
        all.push(api::reference(&patient));
        all.extend([&patient["name"][0]["family"], &patient["birthDate"]].into_iter().filter_map(text));
    }
    for appointment in appointments {
        all.extend([&appointment["start"], &appointment["practitioner"]].into_iter().filter_map(text));
    }
    all.extend(
        chat.iter()
            .rev()
            .filter(|line| matches!(line.way, Way::Said { .. }))
            .filter_map(|line| text(&line.body["text"]["body"]).filter(|words| telling(words))),
    );
    let mut seen = std::collections::HashSet::new();
    all.retain(|it| it.chars().count() >= SHORTEST && seen.insert(it.clone()));
    all.truncate(MOST);
    all
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A single English word may be a word of ours too; two words, or one in another script, are the person's.
fn telling(words: &str) -> bool {
    !words.is_ascii() || words.trim().contains(' ')
}

/// The needles that are found.
pub fn found(tables: &[Table], needles: &[String]) -> Vec<String> {
    let cells = tables.iter().flat_map(|table| table.rows.iter().flatten());
    let haystack: String = cells.map(|cell| cell.to_lowercase() + "\n").collect();
    let is_there = |needle: &&String| {
        let low = needle.to_lowercase();
        let hex = |text: &str| data_encoding::HEXLOWER.encode(text.as_bytes());
        [hex(needle), hex(&low), low].iter().any(|form| haystack.contains(form.as_str()))
    };
    needles.iter().filter(is_there).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn table(cell: &str) -> Vec<Table> {
        vec![Table {
            name: "x".to_owned(),
            columns: vec![],
            rows: vec![vec!["7".to_owned(), cell.to_owned()]],
        }]
    }

    #[test]
    fn a_name_is_found_as_text_and_in_hex_whatever_its_case() {
        let needles = vec!["Alzahrani".to_owned(), "966500000001".to_owned()];
        for cell in ["'x alZahrani y'", "X'FF416C7A616872616E6900'", "\\xff616c7a616872616e69"] {
            assert_eq!(found(&table(cell), &needles), ["Alzahrani"], "{cell}");
        }
        assert!(found(&table("X'DEADBEEF'"), &needles).is_empty());
    }

    #[test]
    fn what_is_known_of_a_person_is_searched_for() {
        let line = |text: &str| Line {
            seq: 1,
            change: 1,
            number: String::new(),
            person: String::new(),
            at: chrono::DateTime::UNIX_EPOCH,
            wamid: String::new(),
            body: json!({ "type": "text", "text": { "body": text } }),
            way: Way::Said { taken: true, read: true },
        };
        let sender = Sender { phone: Some("966500000001".to_owned()), bsuid: Some("SA.1000".to_owned()) };
        let visit = json!({ "start": "2026-11-25T06:00:00Z", "practitioner": "Alotaibi" });
        let chat = [line("booking"), line("my skin itches"), line("حكة"), line("حكة شديدة")];
        let needles = needles(None, &sender, &[visit], &chat);
        for word in [
            "966500000001",
            "500000001",
            "SA.1000",
            "2026-11-25T06:00:00Z",
            "Alotaibi",
            "my skin itches",
            "حكة شديدة",
        ] {
            assert!(needles.iter().any(|it| it == word), "{word} of {needles:?}");
        }
        assert!(!needles.iter().any(|it| it == "booking" || it == "حكة"), "{needles:?}");
    }
}
