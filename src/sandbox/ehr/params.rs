//! Query strings and the values of resources that searches look at.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// Decodes a query string: `+` is a blank, as in every real server.
pub fn decode(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name), unescape(value))
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let hex: Vec<u8> = bytes.by_ref().take(2).collect();
                let code = std::str::from_utf8(&hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                out.push(code.unwrap_or(b'?'));
            }
            other => out.push(other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The strings at a path; arrays on the way are looked into.
pub fn strings<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a str> {
    match (value, path) {
        (Value::Array(items), _) => items.iter().flat_map(|item| strings(item, path)).collect(),
        (Value::String(text), []) => vec![text],
        (Value::Object(object), [first, rest @ ..]) => {
            object.get(*first).map_or(vec![], |inner| strings(inner, rest))
        }
        _ => vec![],
    }
}

/// The objects at a path; arrays on the way are looked into.
pub fn objects<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a Value> {
    match (value, path) {
        (Value::Array(items), _) => items.iter().flat_map(|item| objects(item, path)).collect(),
        (found, []) => vec![found],
        (Value::Object(object), [first, rest @ ..]) => {
            object.get(*first).map_or(vec![], |inner| objects(inner, rest))
        }
        _ => vec![],
    }
}

/// True when a token (`system|value`, `|value`, `value`) fits what stands at `path`.
pub fn token(value: &Value, path: &[&str], code: &str, wanted: &str) -> bool {
    objects(value, path).iter().any(|found| {
        let (system, text) = (found["system"].as_str().unwrap_or_default(), found[code].as_str());
        match wanted.split_once('|') {
            Some((wanted_system, wanted)) => system == wanted_system && text == Some(wanted),
            None => text == Some(wanted),
        }
    })
}

/// True when a reference at `path` is `wanted` (`Type/id` or `id`), or absolute and ends in it.
pub fn refers(value: &Value, path: &[&str], kind: &str, wanted: &str) -> bool {
    let wanted = if wanted.contains('/') { wanted.to_owned() } else { format!("{kind}/{wanted}") };
    strings(value, path).iter().any(|found| *found == wanted || found.ends_with(&format!("/{wanted}")))
}

/// Compares an instant with a search value that may have a prefix (FHIR R4 §3.1.1.5.5).
pub fn date(found: Option<&str>, wanted: &str) -> bool {
    let (prefix, text) = match wanted.get(..2) {
        Some(prefix @ ("ge" | "gt" | "le" | "lt" | "eq" | "ne" | "sa" | "eb")) => (prefix, &wanted[2..]),
        _ => ("eq", wanted),
    };
    let (Some(found), Some((from, until))) = (found.and_then(instant), span(text)) else { return false };
    match prefix {
        "ge" => found >= from,
        "gt" | "sa" => found >= until,
        "le" => found < until,
        "lt" | "eb" => found < from,
        "ne" => found < from || found >= until,
        _ => found >= from && found < until,
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
}

/// The span a date or an instant stands for.
fn span(text: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    if let Some(at) = instant(text) {
        return Some((at, at + chrono::Duration::seconds(1)));
    }
    let day: chrono::NaiveDate = text.parse().ok()?;
    let from = day.and_hms_opt(0, 0, 0)?.and_utc();
    Some((from, from + chrono::Duration::days(1)))
}
