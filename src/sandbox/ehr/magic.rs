//! Slots that make this EHR refuse: `taken` is given to a stranger, `gone` is deleted, just before somebody books it.

use crate::clock::Moment;
use crate::ids::Chance;
use crate::sandbox::ehr::book::{Refused, Writing};
use crate::sandbox::ehr::moods::Now;
use crate::sandbox::ehr::params::token;
use crate::sandbox::ehr::state::State;
use serde_json::{Value, json};

/// The identifier system of magic slots.
pub const SYSTEM: &str = "urn:wasl:sandbox:magic";

/// Meddles with a slot that is about to be booked.
pub fn meddle(state: &mut State, chance: &Chance, now: Moment, wanted: &Value) -> Result<(), Refused> {
    let id = wanted["id"].as_str().unwrap_or_default();
    let booking = wanted["resourceType"] == "Slot" && wanted["status"] == "busy";
    let Some(slot) = state.current("Slot", id).and_then(|version| version.resource.clone()) else {
        return Ok(());
    };
    if !booking || slot["status"] != "free" {
        return Ok(());
    }
    if token(&slot, &["identifier"], "value", &format!("{SYSTEM}|gone")) {
        state.delete("Slot", id, now);
    } else if token(&slot, &["identifier"], "value", &format!("{SYSTEM}|taken")) {
        give_away(state, chance, now, slot)?;
    }
    Ok(())
}

fn give_away(state: &mut State, chance: &Chance, now: Moment, mut slot: Value) -> Result<(), Refused> {
    slot["status"] = json!("busy");
    let stranger = json!({ "resourceType": "Patient", "id": "demo-stranger", "active": true });
    let appointment = json!({
        "resourceType": "Appointment",
        "status": "booked",
        "slot": [{ "reference": format!("Slot/{}", slot["id"].as_str().unwrap_or_default()) }],
        "start": slot["start"],
        "end": slot["end"],
        "serviceType": slot["serviceType"],
        "participant": [{ "actor": { "reference": "Patient/demo-stranger" }, "status": "accepted" }],
    });
    state.put(stranger, now);
    state.put(slot, now);
    Writing { state, now, chance, moods: Now::default() }.create(appointment, None).map(drop)
}
