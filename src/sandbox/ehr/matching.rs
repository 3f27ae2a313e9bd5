//! `Patient/$match`, as a server with an index of persons answers: certain when family name, birth date and a record
//! number agree that is written without its signs; probable without the number.

use crate::sandbox::ehr::book::Refused;
use crate::sandbox::ehr::params::strings;
use serde_json::{Value, json};

const GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

/// Runs a match over `patients`.
pub fn run(patients: &[Value], parameters: &Value) -> Result<Value, Refused> {
    let parameter = |name: &str| {
        let all = parameters["parameter"].as_array().into_iter().flatten();
        all.clone().find(|it| it["name"] == name)
    };
    let wanted = parameter("resource").map(|it| &it["resource"]);
    let wanted = wanted.ok_or(Refused(400, "a Patient is needed as parameter \"resource\"".to_owned()))?;
    let only_certain = parameter("onlyCertainMatches").is_some_and(|it| it["valueBoolean"] == true);
    let entries: Vec<Value> = patients
        .iter()
        .filter_map(|patient| Some((patient, grade(patient, wanted)?)))
        .filter(|(_, grade)| *grade == "certain" || !only_certain)
        .map(|(patient, grade)| {
            let extension = json!([{ "url": GRADE, "valueCode": grade }]);
            json!({ "resource": patient, "search": { "mode": "match", "extension": extension } })
        })
        .collect();
    Ok(json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries }))
}

fn grade(patient: &Value, wanted: &Value) -> Option<&'static str> {
    let born = patient["birthDate"] == wanted["birthDate"];
    let family = any(patient, wanted, &["name", "family"], str::to_lowercase);
    let bare = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let number = any(patient, wanted, &["identifier", "value"], bare);
    match (born && family, number) {
        (true, true) => Some("certain"),
        (true, false) => Some("probable"),
        (false, _) => None,
    }
}

fn any(patient: &Value, wanted: &Value, path: &[&str], plain: impl Fn(&str) -> String) -> bool {
    let wanted: Vec<String> = strings(wanted, path).into_iter().map(&plain).collect();
    strings(patient, path).into_iter().any(|text| wanted.contains(&plain(text)))
}
