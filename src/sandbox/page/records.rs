//! The panel beside the phone: what the EHR holds of the person, what the database holds, what went over the wire.

use crate::clock::Moment;
use crate::sandbox::api::{self, Api};
use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::graph::{Line, Way};
use crate::sandbox::hooks::Table;
use crate::sandbox::page::scene::Scene;
use crate::sandbox::page::search;
use crate::sandbox::page::texts::Lang;
use crate::sandbox::traffic::{Call, Outcome, Peer, Traffic};
use serde_json::{Value, json};

/// Rows of the EHR's table.
const RESOURCES: usize = 7;
/// Calls of the wire's list.
const CALLS: usize = 9;
/// Types the EHR's table shows.
const KINDS: [&str; 4] = ["Appointment", "Slot", "Communication", "Task"];
/// What columns hold, in the order in which it is told; sealed ones have a place of their own, key numbers go without.
const HOLDS: [&str; 6] = ["Pseudonym", "RandomId", "ClosedEnum", "Number", "OwnTime", "Public"];
/// So much of the end of an id is shown.
const ID: usize = 9;
/// A raw value is shown so long.
const VALUE: usize = 56;

/// The person's resources, the latest change first.
pub fn ehr(scene: &Scene, api: &Api, chat: &[Line]) -> Value {
    let Some(twin) = &api.ehr else { return json!({ "external": api.urls["fhir"] }) };
    let since = chat.iter().rev().find(|line| matches!(line.way, Way::Said { .. })).map(|line| line.at);
    let mut rows = about(twin, scene.sender.phone.as_deref());
    // What this turn changed comes first, appointments before what goes with them; then the rest, newest first.
    let old = |row: &Row| !changed(row, since);
    let key = |row: &Row| (old(row), if old(row) { 0 } else { order(&row.2) });
    rows.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| b.1.cmp(&a.1)));
    let rows: Vec<Value> = rows.iter().take(RESOURCES).map(|row| row_view(scene, twin, row, since)).collect();
    json!({ "rows": rows })
}

type Row = (u64, String, Value);

/// Whether a version is from after a moment.
fn changed((_, at, _): &Row, since: Option<Moment>) -> bool {
    since.zip(at.parse().ok()).is_some_and(|(since, at): (_, Moment)| at >= since)
}

fn order(resource: &Value) -> usize {
    KINDS.iter().position(|kind| resource["resourceType"] == *kind).unwrap_or(KINDS.len())
}

/// What names one of the person's records or their number; slots by way of appointments.
fn about(twin: &EhrTwin, phone: Option<&str>) -> Vec<Row> {
    let Some(phone) = phone else { return vec![] };
    let mut names: Vec<String> =
        api::patients(twin, phone).iter().map(|patient| format!("\"{}\"", api::reference(patient))).collect();
    names.push(phone.to_owned());
    let mine = |resource: &Value| {
        let text = resource.to_string();
        names.iter().any(|name| text.contains(name))
    };
    let appointments = twin.pick("Appointment", mine);
    let slots: Vec<String> = appointments
        .iter()
        .flat_map(|(_, _, appointment)| appointment["slot"].as_array().into_iter().flatten())
        .filter_map(|slot| Some(slot["reference"].as_str()?.to_owned()))
        .collect();
    let mut rows = twin.pick("Slot", |slot| slots.contains(&api::reference(slot)));
    rows.extend(appointments);
    rows.extend(["Communication", "Task"].iter().flat_map(|kind| twin.pick(kind, mine)));
    rows
}

fn row_view(scene: &Scene, twin: &EhrTwin, row: &Row, since: Option<Moment>) -> Value {
    let (version, _, resource) = row;
    let key = api::reference(resource);
    let id = resource["id"].as_str().unwrap_or_default();
    let short: String = id.chars().skip(id.chars().count().saturating_sub(ID)).collect();
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    json!({
        "key": key,
        "shown": if short.len() < id.len() { format!("{kind}/…{short}") } else { key.clone() },
        "status": resource["status"],
        "good": resource["status"] == "booked",
        "appointment": kind == "Appointment",
        "says": says(scene, twin, kind, resource),
        "version": version,
        "new": changed(row, since),
    })
}

fn says(scene: &Scene, twin: &EhrTwin, kind: &str, resource: &Value) -> String {
    let (page, lang) = (scene.page(), scene.lang);
    let moment = |member: &str| resource[member].as_str().and_then(|text| text.parse::<Moment>().ok());
    let (start, end) = (moment("start"), moment("end"));
    match (kind, start) {
        ("Appointment", Some(start)) => {
            let doctor = doctor(twin, resource, lang);
            let values = [("day", page.short_day(start)), ("time", page.time(start)), ("doctor", doctor)];
            filled(lang, "says-appointment", &values)
        }
        ("Slot", Some(start)) => {
            let to = page.time(end.unwrap_or(start));
            filled(
                lang,
                "says-slot",
                &[("day", page.short_day(start)), ("from", page.time(start)), ("to", to)],
            )
        }
        ("Communication", _) => match moment("sent") {
            Some(sent) => filled(
                lang,
                "says-communication",
                &[("day", page.short_day(sent)), ("time", page.time(sent))],
            ),
            None => String::new(),
        },
        ("Task", _) => lang.text("says-task"),
        _ => String::new(),
    }
}

fn filled(lang: Lang, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    lang.filled(key, &values)
}

/// The doctor of an appointment, by their name in the page's language.
fn doctor(twin: &EhrTwin, appointment: &Value, lang: Lang) -> String {
    let actors: Vec<&str> = appointment["participant"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|participant| participant["actor"]["reference"].as_str())
        .collect();
    let found = twin.pick("Practitioner", |one| actors.contains(&api::reference(one).as_str()));
    let Some((_, _, doctor)) = found.first() else { return String::new() };
    match (lang, doctor["name"][1]["text"].as_str(), doctor["name"][0]["family"].as_str()) {
        (Lang::Ar, Some(name), _) => format!("د. {name}"),
        (_, _, Some(family)) => format!("Dr {family}"),
        _ => String::new(),
    }
}

/// The tables with something in them that can be about somebody (the others have settings and key numbers only), what
/// their columns hold, and what was searched for in all of them.
pub fn database(scene: &Scene, tables: &[Table], needles: &[String]) -> Value {
    let filled = || tables.iter().filter(|table| !table.rows.is_empty());
    let total: usize = filled().map(|table| table.rows.len()).sum();
    let people = filled().filter(|table| table.columns.iter().any(|(_, holds)| holds == "RandomId"));
    let shown: Vec<Value> = people.map(|table| table_view(scene.lang, table)).collect();
    json!({
        "tables": shown,
        "total": total,
        "found": !search::found(tables, needles).is_empty(),
        "needles": needles,
    })
}

fn table_view(lang: Lang, table: &Table) -> Value {
    let kinds = HOLDS.iter().filter(|kind| table.columns.iter().any(|(_, holds)| holds == *kind));
    let words: Vec<String> = kinds.map(|kind| lang.text(&format!("holds-{kind}"))).collect();
    let sealed: Vec<&str> = table
        .columns
        .iter()
        .filter(|(_, holds)| holds == "Sealed")
        .map(|(name, _)| name.trim_end_matches("_s"))
        .collect();
    let newest = table.rows.last().map(Vec::as_slice).unwrap_or_default();
    let cells: Vec<Value> = table
        .columns
        .iter()
        .zip(newest)
        .map(|((column, holds), value)| json!({ "column": column, "holds": holds, "value": cut(value) }))
        .collect();
    json!({ "name": table.name, "rows": table.rows.len(), "holds": words.join(&lang.text("and")), "sealed": sealed, "last": cells })
}

fn cut(value: &str) -> String {
    let short: String = value.chars().take(VALUE).collect();
    if short.len() < value.len() { format!("{short}…") } else { short }
}

/// The last calls, newest first.
pub fn wire(scene: &Scene, traffic: &Traffic) -> Value {
    let zone = &scene.clinic;
    let view = |call: &Call| {
        let status = match call.outcome {
            Outcome::Status(status) => Some(status),
            _ => None,
        };
        json!({
            "n": call.n,
            "at": zone.local(call.at).format("%H:%M:%S%.3f").to_string(),
            "incoming": call.peer == Peer::Webhook,
            "peer": if call.peer == Peer::Ehr { "EHR" } else { "Meta" },
            "what": call.what,
            "status": status,
            "good": status.is_some_and(well),
            "lost": call.outcome == Outcome::Lost,
            "ms": call.took_ms,
        })
    };
    let calls: Vec<Value> = traffic.last(CALLS).iter().map(view).collect();
    json!({ "calls": calls })
}

/// A server that says no to a question works; one that lets nobody in, or fails, does not.
pub fn well(status: u16) -> bool {
    status < 500 && ![401, 403, 429].contains(&status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::page::scene::Ask;

    #[test]
    fn the_database_is_told_by_what_its_columns_hold() {
        let scene = Scene::of(&Ask { lang: "en".to_owned(), ..Ask::default() }, "");
        let column = |name: &str, holds: &str| (name.to_owned(), holds.to_owned());
        let tables = [
            Table {
                name: "contact".to_owned(),
                columns: vec![
                    column("id", "RandomId"),
                    column("address_s", "Sealed"),
                    column("created", "OwnTime"),
                ],
                rows: vec![vec!["X'01'".to_owned(), format!("X'{}'", "AB".repeat(200)), "17".to_owned()]],
            },
            Table { name: "pause".to_owned(), columns: vec![column("scope", "Public")], rows: vec![] },
        ];
        let view = database(&scene, &tables, &["Whitfield".to_owned()]);
        assert_eq!(view["tables"].as_array().unwrap().len(), 1, "empty tables are left out");
        let contact = &view["tables"][0];
        assert_eq!(contact["holds"], "random ids, own times");
        assert_eq!(contact["sealed"], json!(["address"]));
        assert_eq!(contact["last"][1]["value"].as_str().unwrap().chars().count(), VALUE + 1);
        assert_eq!((&view["found"], &view["total"]), (&json!(false), &json!(1)));
        let leak = [Table { rows: vec![vec!["Whitfield".to_owned()]], ..tables[1].clone() }];
        assert_eq!(database(&scene, &leak, &["Whitfield".to_owned()])["found"], true);
    }

    #[test]
    fn a_refusal_is_not_a_breakdown() {
        assert!(well(200) && well(404) && well(412) && !well(503) && !well(429) && !well(401));
    }
}
