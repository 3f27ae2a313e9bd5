//! Searches: which parameters each type has, filters, order, includes, pages.

use crate::sandbox::ehr::moods::{Mood, Now};
use crate::sandbox::ehr::pages;
use crate::sandbox::ehr::params::{date, refers, strings, token};
use crate::sandbox::ehr::state::State;
use serde_json::{Value, json};

/// Entries on a page where `_count` says nothing.
const PAGE: usize = 50;

/// A search that cannot be done: 400.
#[derive(Debug, PartialEq, Eq)]
pub struct BadSearch(pub String);

/// Runs a search. `base` is the twin's own address, for `next` links.
pub fn run(
    state: &State,
    kind: &str,
    pairs: &[(String, String)],
    base: &str,
    moods: Now,
) -> Result<Value, BadSearch> {
    let mut asked = pairs.to_vec();
    asked.retain(|(name, _)| !(moods.has(Mood::IndexFirst) && kind == "Slot" && name == "status"));
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for (_, resource) in state.all(kind) {
        let fits = matches(state, kind, resource, &asked)?;
        if fits { found.push(resource) } else { others.push(resource) }
    }
    if moods.has(Mood::WrongPage) && !others.is_empty() {
        std::mem::swap(&mut found, &mut others);
    }
    sort(&mut found, last(pairs, "_sort"));
    let count = number(pairs, "_count").unwrap_or(PAGE);
    if last(pairs, "_summary") == Some("count") {
        return Ok(json!({ "resourceType": "Bundle", "type": "searchset", "total": found.len() }));
    }
    let offset = number(pairs, "_offset").unwrap_or(0);
    let page: Vec<&Value> = found.iter().skip(offset).take(count).copied().collect();
    let mut entries: Vec<Value> = page.iter().map(|resource| entry(base, resource, "match")).collect();
    for extra in included(state, &page, pairs) {
        entries.push(entry(base, extra, "include"));
    }
    let mut links =
        vec![json!({ "relation": "self", "url": format!("{base}/{kind}?{}", encode(pairs, offset)) })];
    if found.len() > offset + count && count > 0 {
        links.push(
            json!({ "relation": "next", "url": format!("{base}/{kind}?{}", encode(pairs, offset + count)) }),
        );
    }
    if moods.has(Mood::ForeignEntries) && !page.is_empty() {
        let place = state.all("Location").map(|(_, place)| place).next();
        entries.extend(others.first().copied().into_iter().chain(place).map(|it| entry(base, it, "match")));
    }
    let page = json!({ "resourceType": "Bundle", "type": "searchset", "total": found.len(), "link": links, "entry": entries });
    Ok(pages::moody(page, kind, base, moods))
}

pub fn entry(base: &str, resource: &Value, mode: &str) -> Value {
    let url = format!(
        "{base}/{}/{}",
        resource["resourceType"].as_str().unwrap_or_default(),
        resource["id"].as_str().unwrap_or_default()
    );
    json!({ "fullUrl": url, "resource": resource, "search": { "mode": mode } })
}

fn encode(pairs: &[(String, String)], offset: usize) -> String {
    let mut out: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name != "_offset")
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    out.push(format!("_offset={offset}"));
    out.join("&")
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn last<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn number(pairs: &[(String, String)], name: &str) -> Option<usize> {
    last(pairs, name)?.parse().ok()
}

fn sort(found: &mut [&Value], by: Option<&str>) {
    let Some(by) = by else { return };
    let (name, down) = by.strip_prefix('-').map_or((by, false), |name| (name, true));
    let key = |resource: &Value| match name {
        "_lastUpdated" => resource["meta"]["lastUpdated"].as_str().unwrap_or_default().to_owned(),
        _ => resource["start"].as_str().unwrap_or_default().to_owned(),
    };
    found.sort_by_key(|resource| key(resource));
    if down {
        found.reverse();
    }
}

/// True when a resource fits every parameter; commas are "or", repeats are "and".
pub fn matches(
    state: &State,
    kind: &str,
    resource: &Value,
    pairs: &[(String, String)],
) -> Result<bool, BadSearch> {
    for (name, wanted) in pairs {
        if matches!(
            name.as_str(),
            "_count" | "_sort" | "_offset" | "_total" | "_summary" | "_include" | "_elements" | "_format"
        ) || name.starts_with("_include")
        {
            continue;
        }
        let mut fits = false;
        for wanted in wanted.split(',') {
            fits |= fits_one(state, kind, resource, name, wanted)?;
        }
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

fn fits_one(state: &State, kind: &str, it: &Value, name: &str, wanted: &str) -> Result<bool, BadSearch> {
    let actor = ["participant", "actor", "reference"];
    Ok(match (kind, name) {
        (_, "_id") => it["id"] == wanted,
        (_, "_lastUpdated") => date(it["meta"]["lastUpdated"].as_str(), wanted),
        (_, "identifier") => token(it, &["identifier"], "value", wanted),
        (_, "status") => it["status"] == wanted,
        (_, "active") => it["active"].as_bool().unwrap_or(true).to_string() == wanted,
        ("Slot", "schedule") => refers(it, &["schedule", "reference"], "Schedule", wanted),
        ("Slot", "start") => date(it["start"].as_str(), wanted),
        ("Slot" | "Schedule" | "Appointment", "service-type") => {
            token(it, &["serviceType", "coding"], "code", wanted)
        }
        ("Slot", "schedule.actor") => schedule_of(state, it)
            .is_some_and(|schedule| refers(schedule, &["actor", "reference"], "Practitioner", wanted)),
        ("Schedule", "actor") => refers(it, &["actor", "reference"], "Practitioner", wanted),
        ("Appointment", "patient") => refers(it, &actor, "Patient", wanted),
        ("Appointment", "practitioner") => refers(it, &actor, "Practitioner", wanted),
        ("Appointment", "location") => refers(it, &actor, "Location", wanted),
        ("Appointment", "actor") => refers(it, &actor, "Patient", wanted),
        ("Appointment", "slot") => refers(it, &["slot", "reference"], "Slot", wanted),
        ("Appointment", "date") => date(it["start"].as_str(), wanted),
        ("Patient" | "RelatedPerson", "phone" | "telecom") => {
            strings(it, &["telecom", "value"]).contains(&wanted)
        }
        ("Patient", "birthdate") => it["birthDate"] == wanted,
        ("Patient", "link") => refers(it, &["link", "other", "reference"], "Patient", wanted),
        ("Patient" | "Practitioner" | "Location", "name") => named(it, wanted),
        ("RelatedPerson" | "DiagnosticReport", "patient") => {
            let path = if kind == "RelatedPerson" { "patient" } else { "subject" };
            refers(it, &[path, "reference"], "Patient", wanted)
        }
        ("Task", "patient" | "subject") => refers(it, &["for", "reference"], "Patient", wanted),
        ("Task", "code") => token(it, &["code", "coding"], "code", wanted),
        ("Communication", "patient" | "subject") => refers(it, &["subject", "reference"], "Patient", wanted),
        _ => {
            return Err(BadSearch(format!(
                "Unknown search parameter \"{name}\" for resource type \"{kind}\""
            )));
        }
    })
}

fn named(it: &Value, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let mut names = strings(it, &["name", "text"]);
    names.extend(strings(it, &["name", "family"]));
    names.extend(strings(it, &["name", "given"]));
    names.extend(strings(it, &["name"]));
    names.iter().any(|name| name.to_lowercase().starts_with(&wanted))
}

fn schedule_of<'a>(state: &'a State, slot: &Value) -> Option<&'a Value> {
    let id = slot["schedule"]["reference"].as_str()?.strip_prefix("Schedule/")?;
    state.current("Schedule", id)?.resource.as_ref()
}

/// `_include=Slot:schedule` and `_include:iterate=Schedule:actor`, which is all that anyone asks of this twin.
fn included<'a>(state: &'a State, page: &[&Value], pairs: &[(String, String)]) -> Vec<&'a Value> {
    let wants = |value: &str| pairs.iter().any(|(name, it)| name.starts_with("_include") && it == value);
    let mut found: Vec<&Value> = Vec::new();
    let mut add = |value: Option<&'a Value>| {
        if let Some(value) = value
            && !found.contains(&value)
        {
            found.push(value);
        }
    };
    if wants("Slot:schedule") {
        page.iter().for_each(|slot| add(schedule_of(state, slot)));
    }
    if wants("Schedule:actor") {
        let schedules: Vec<&Value> = page.iter().filter_map(|slot| schedule_of(state, slot)).collect();
        for actor in schedules.iter().flat_map(|schedule| strings(schedule, &["actor", "reference"])) {
            if let Some((kind, id)) = actor.split_once('/') {
                add(state.current(kind, id).and_then(|version| version.resource.as_ref()));
            }
        }
    }
    found
}
