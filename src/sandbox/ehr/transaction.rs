//! Transactions: all or nothing, in the order of FHIR R4 §3.1.0.11.2.

use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::ehr::book::{Refused, Writing, Written};
use crate::sandbox::ehr::magic;
use crate::sandbox::ehr::moods::{Mood, Now};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Runs a transaction Bundle.
pub fn run(twin: &EhrTwin, bundle: &Value) -> Result<Value, Refused> {
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let moods = twin.inner.moods.now();
    let mut state = twin.state();
    for entry in &entries {
        if entry["request"]["method"] == "PUT" {
            magic::meddle(&mut state, &twin.inner.chance, twin.inner.clock.now(), &entry["resource"])?;
        }
    }
    state.commit().map_err(disk)?;
    let result = {
        let mut writing =
            Writing { state: &mut state, now: twin.inner.clock.now(), chance: &twin.inner.chance, moods };
        all(&mut writing, entries)
    };
    if result.is_ok() && moods.has(Mood::Lies) || result.is_err() && !moods.has(Mood::NotAtomic) {
        state.roll_back();
    }
    state.commit().map_err(disk)?;
    result.map_err(|refused| worded(refused, moods))
}

/// Helios wraps what a step said into a plain 400.
fn worded(refused: Refused, moods: Now) -> Refused {
    match refused {
        Refused(412, _) if moods.has(Mood::StaleAs400) => {
            Refused(400, "Transaction failed at entry 0: Entry failed with status 412".to_owned())
        }
        other => other,
    }
}

pub fn disk(error: std::io::Error) -> Refused {
    Refused(500, format!("journal: {error}"))
}

fn all(writing: &mut Writing<'_>, entries: Vec<Value>) -> Result<Value, Refused> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let verb = |entry: &Value| entry["request"]["method"].as_str().unwrap_or_default().to_owned();
    order.sort_by_key(|index| ["DELETE", "POST", "PUT"].iter().position(|it| *it == verb(&entries[*index])));
    let mut assigned: HashMap<String, String> = HashMap::new();
    let mut answers = vec![Value::Null; entries.len()];
    for index in order {
        let entry = resolved(&entries[index], &assigned);
        let request = &entry["request"];
        let written = match verb(&entry).as_str() {
            "POST" => writing.create(entry["resource"].clone(), request["ifNoneExist"].as_str())?,
            "PUT" => writing.update(entry["resource"].clone(), request["ifMatch"].as_str())?,
            "DELETE" => {
                let url = request["url"].as_str().unwrap_or_default();
                let (kind, id) = url.split_once('/').ok_or(Refused(400, "DELETE url".to_owned()))?;
                writing.delete(kind, id, request["ifMatch"].as_str())?;
                answers[index] = json!({ "response": { "status": "204 No Content" } });
                continue;
            }
            other => return Err(Refused(400, format!("{other} in a transaction is not supported"))),
        };
        if let Some(url) = entry["fullUrl"].as_str() {
            assigned.insert(url.to_owned(), format!("{}/{}", written.kind, written.id));
        }
        answers[index] = answer(&written, writing.moods);
    }
    Ok(json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": answers }))
}

fn answer(written: &Written, moods: Now) -> Value {
    let version = moods.version(written.version);
    json!({ "response": {
        "status": if written.created { "201 Created" } else { "200 OK" },
        "location": format!("{}/{}/_history/{version}", written.kind, written.id),
        "etag": format!("W/\"{version}\""),
    }})
}

/// References to what an earlier entry created (`urn:uuid:`) become what it is called now.
fn resolved(entry: &Value, assigned: &HashMap<String, String>) -> Value {
    let mut text = entry.to_string();
    for (from, to) in assigned.iter().filter(|(from, _)| from.starts_with("urn:uuid:")) {
        text = text.replace(&format!("\"reference\":\"{from}\""), &format!("\"reference\":\"{to}\""));
    }
    serde_json::from_str(&text).unwrap_or_else(|_| entry.clone())
}
