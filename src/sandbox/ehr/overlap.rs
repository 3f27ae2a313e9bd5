//! The mood `overlapping-slots`: across the first free slot of every schedule lies another one, also free.

use crate::clock::Moment;
use crate::sandbox::ehr::params::strings;
use crate::sandbox::ehr::state::State;
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How far into the other slot it begins.
const LATER: Duration = Duration::minutes(10);
/// What its id ends in.
const ACROSS: &str = "-across";

/// Puts the slots there, or takes those away that nobody has booked.
pub fn put(state: &mut State, on: bool, now: Moment) {
    if on {
        for slot in first_free(state, now).values().filter_map(across) {
            state.put(slot, now);
        }
        return;
    }
    let ours = |(id, slot): (&str, &Value)| {
        (id.ends_with(ACROSS) && slot["status"] == "free").then(|| id.to_owned())
    };
    let gone: Vec<String> = state.all("Slot").filter_map(ours).collect();
    for id in gone {
        state.delete("Slot", &id, now);
    }
}

/// The first free slot ahead, by schedule.
fn first_free(state: &State, now: Moment) -> BTreeMap<String, Value> {
    let mut first: BTreeMap<String, Value> = BTreeMap::new();
    for (_, slot) in state.all("Slot").filter(|(_, slot)| slot["status"] == "free") {
        let Some(schedule) = strings(slot, &["schedule", "reference"]).first().map(|it| (*it).to_owned())
        else {
            continue;
        };
        let earlier = first.get(&schedule).is_none_or(|known| start(slot) < start(known));
        if earlier && start(slot).is_some_and(|at| at > now) {
            first.insert(schedule, slot.clone());
        }
    }
    first
}

fn across(slot: &Value) -> Option<Value> {
    let mut other = slot.clone();
    other["id"] = json!(format!("{}{ACROSS}", slot["id"].as_str()?));
    for member in ["start", "end"] {
        let at = instant(slot[member].as_str()?)? + LATER;
        other[member] = json!(at.to_rfc3339_opts(SecondsFormat::Secs, true));
    }
    if let Some(other) = other.as_object_mut() {
        other.remove("identifier");
        other.remove("meta");
    }
    Some(other)
}

fn start(slot: &Value) -> Option<DateTime<Utc>> {
    instant(slot["start"].as_str()?)
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
}
