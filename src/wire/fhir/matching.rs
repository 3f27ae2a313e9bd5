//! `Patient/$match` (FHIR R4, MPI search): what is asked, and which answers count.

use super::bundle::{self, NotABundle};
use super::json;
use crate::phi::Phi;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Where the operation is, below the base URL.
pub const PATH: &str = "Patient/$match";
/// How sure the server is of an entry.
const GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

/// Whom a server is to find.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The full name.
    pub name: &'a Phi<String>,
    /// The birth date.
    pub birth: &'a Phi<NaiveDate>,
    /// The file number.
    pub number: &'a Phi<String>,
}

/// The `Parameters` to send: only certain matches, and more than one of them would be none. Of the name, the last word
/// stands for the family name as well as everything stands in its text: servers weigh either.
pub fn ask(wanted: Wanted<'_>) -> Phi<String> {
    let name = wanted.name.reveal();
    let words: Vec<&str> = name.split_whitespace().collect();
    let (family, given) = words.split_last().map_or(("", &[][..]), |(family, given)| (*family, given));
    let patient = json!({
        "resourceType": "Patient",
        "identifier": [{ "value": wanted.number.reveal() }],
        "name": [{ "text": name, "family": family, "given": given }],
        "birthDate": wanted.birth.reveal().format("%Y-%m-%d").to_string(),
    });
    let parameters = json!({
        "resourceType": "Parameters",
        "parameter": [
            { "name": "resource", "resource": patient },
            { "name": "onlyCertainMatches", "valueBoolean": true },
            { "name": "count", "valueInteger": 2 },
        ],
    });
    Phi::new(parameters.to_string())
}

/// The records of which the server says that it is certain; what it was asked is not believed to have been obeyed.
///
/// # Errors
/// [`NotABundle`].
pub fn certain(answer: &Value) -> Result<Vec<Value>, NotABundle> {
    bundle::entries(answer, "Patient")?;
    let entries = json::list(answer, "entry").iter().filter(|entry| is_certain(entry));
    Ok(entries.filter_map(|entry| entry.get("resource").cloned()).collect())
}

fn is_certain(entry: &Value) -> bool {
    let Some(search) = entry.get("search") else { return false };
    let grade = json::list(search, "extension").iter().find(|it| json::text(it, "url") == Some(GRADE));
    grade.and_then(|grade| json::text(grade, "valueCode")) == Some("certain")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(id: &str, grade: &str) -> Value {
        json!({
            "resource": { "resourceType": "Patient", "id": id },
            "search": { "mode": "match", "score": 0.9, "extension": [{ "url": GRADE, "valueCode": grade }] },
        })
    }

    #[test]
    fn only_what_the_server_is_certain_of_counts() {
        let bare =
            json!({ "resource": { "resourceType": "Patient", "id": "3" }, "search": { "mode": "match" } });
        let answer = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [
            graded("1", "certain"), graded("2", "probable"), bare,
        ]});
        let found = certain(&answer).unwrap();
        assert_eq!(found.iter().map(|it| it["id"].as_str().unwrap()).collect::<Vec<_>>(), ["1"]);
        assert!(certain(&json!({ "resourceType": "OperationOutcome" })).is_err());
    }

    #[test]
    fn the_question_is_what_a_strict_server_takes() {
        let (name, number) = (Phi::new("Sara Noor Alotaibi".to_owned()), Phi::new("123".to_owned()));
        let birth = Phi::new("1990-03-07".parse().unwrap());
        let text = ask(Wanted { name: &name, birth: &birth, number: &number }).into_revealed();
        let body: Value = serde_json::from_str(&text).unwrap();
        let patient = &body["parameter"][0]["resource"];
        assert_eq!(fhir_codec::check(patient.to_string().as_bytes()).as_deref(), Ok("Patient"));
        assert_eq!(patient["name"][0]["given"], json!(["Sara", "Noor"]));
        assert_eq!(patient["birthDate"], "1990-03-07");
    }
}
