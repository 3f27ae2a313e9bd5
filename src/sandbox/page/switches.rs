//! The faults that a person can switch on from the page.

use crate::sandbox::faults::Faults;
use serde_json::{Value, json};

/// How often a fault happens that stays on until it is switched off.
const ALWAYS: u32 = 1_000_000;

/// One switch: id, side, what it matches, the fault, how often, and whether read marks are spared.
type Switch = (&'static str, &'static str, &'static str, &'static str, u32, bool);

const SWITCHES: [Switch; 9] = [
    ("graph-down", "graph", "", "status:503", ALWAYS, false),
    ("graph-slow", "graph", "", "slow", ALWAYS, false),
    ("graph-throttle", "graph", "POST /", "throttle", 1, true),
    ("graph-lost", "graph", "POST /", "lost-answer", 1, true),
    ("ehr-down", "ehr", "", "status:503", ALWAYS, false),
    ("ehr-slow", "ehr", "", "slow", ALWAYS, false),
    ("ehr-silent", "ehr", "", "hang", ALWAYS, false),
    ("ehr-lost", "ehr", "POST /", "lost-answer", 1, false),
    ("ehr-html", "ehr", "", "html", ALWAYS, false),
];

/// Switches one; `false` for an id that is not known.
pub fn turn(faults: &Faults, id: &str, on: bool) -> bool {
    let Some((_, side, matching, fault, times, only)) = SWITCHES.iter().find(|one| one.0 == id) else {
        return false;
    };
    faults.remove(side, matching, fault);
    if !on {
        return true;
    }
    let mut script = json!({ "side": side, "match": matching, "fault": fault, "times": times });
    if *only {
        script["only"] = json!("messages");
    }
    faults.add(&script).is_ok()
}

/// The ids that are on.
pub fn on(faults: &Faults) -> Vec<&'static str> {
    let listed = faults.list();
    let scripts = listed["faults"].as_array().cloned().unwrap_or_default();
    let is = |script: &Value, one: &Switch| {
        script["side"] == one.1 && script["match"] == one.2 && script["fault"] == one.3
    };
    SWITCHES.iter().filter(|one| scripts.iter().any(|script| is(script, one))).map(|one| one.0).collect()
}

/// The one that keeps a side from working until it is switched off, if any.
pub fn lasting(on: &[&'static str], side: &str) -> Option<&'static str> {
    let lasts = |id: &&str| SWITCHES.iter().any(|one| one.0 == *id && one.1 == side && one.4 == ALWAYS);
    on.iter().copied().find(lasts)
}

/// Both groups for the template.
pub fn groups(on: &[&'static str]) -> Value {
    let group = |side: &str| {
        let ours = SWITCHES.iter().filter(|one| one.1 == side);
        let switches: Vec<Value> =
            ours.map(|one| json!({ "id": one.0, "on": on.contains(&one.0) })).collect();
        json!({ "side": side, "switches": switches })
    };
    json!([group("graph"), group("ehr")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::faults::{Fault, Side};

    #[test]
    fn a_switch_shows_what_is_scripted_and_takes_back_its_own_only() {
        let faults = Faults::default();
        faults.add(&json!({ "side": "ehr", "match": "GET /Slot", "fault": "hang" })).unwrap();
        assert!(turn(&faults, "ehr-down", true) && turn(&faults, "graph-lost", true));
        assert_eq!(on(&faults), ["graph-lost", "ehr-down"]);
        assert_eq!(lasting(&on(&faults), "ehr"), Some("ehr-down"));
        assert_eq!(lasting(&on(&faults), "graph"), None, "what happens once does not last");
        assert!(turn(&faults, "ehr-down", true), "on twice is on once");
        assert!(turn(&faults, "ehr-down", false));
        assert_eq!(on(&faults), ["graph-lost"]);
        assert_eq!(faults.list()["faults"].as_array().unwrap().len(), 2);
        assert!(!turn(&faults, "nothing", true));
    }

    #[test]
    fn a_lost_answer_waits_for_a_message_and_happens_once() {
        let faults = Faults::default();
        turn(&faults, "graph-lost", true);
        assert_eq!(faults.take_for(Side::Graph, "POST", "/v26.0/1/messages", false), None, "a read mark");
        let message = || faults.take_for(Side::Graph, "POST", "/v26.0/1/messages", true);
        assert_eq!((message(), message()), (Some(Fault::LostAnswer), None));
        assert!(on(&faults).is_empty());
    }
}
