//! The panel's first sentence, and the way from the phone to the EHR: true in every state, or it says what is unknown.

use crate::clock::Moment;
use crate::sandbox::page::records::well;
use crate::sandbox::page::switches;
use crate::sandbox::page::texts::Lang;
use crate::sandbox::traffic::{Outcome, Peer, Traffic};
use serde_json::{Value, json};

/// What the sentence is made from.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The person's appointments, as `/sandbox/api/panel` lists them.
    pub appointments: &'a [Value],
    /// Whether the EHR has a record with this number.
    pub known: bool,
    /// Whether they have written.
    pub chat: bool,
    /// Whether something of them was found in the database.
    pub found: bool,
    /// Another EHR than the embedded one.
    pub external: bool,
    /// Switches that are on.
    pub on: &'a [&'static str],
    /// By the world's clock.
    pub now: Moment,
}

/// The sentence's key (`lead-…`, and in short `strip-…`), its tone and its icon.
pub fn sentence(facts: &Facts<'_>) -> (&'static str, &'static str, &'static str) {
    if facts.found {
        return ("hit", "bad", "warn");
    }
    match switches::lasting(facts.on, "ehr") {
        Some("ehr-slow") => return ("ehr-slow", "warn", "clock"),
        Some(_) => return ("ehr-down", "warn", "warn"),
        None => {}
    }
    if switches::lasting(facts.on, "graph") == Some("graph-down") {
        return ("graph-down", "warn", "warn");
    }
    if facts.external {
        return ("external", "info", "ehr");
    }
    let ahead = |one: &&Value| {
        one["end"].as_str().and_then(|end| end.parse().ok()).is_some_and(|end: Moment| end > facts.now)
    };
    let mut coming = facts.appointments.iter().filter(ahead);
    if coming.clone().any(|one| one["status"] == "booked") {
        return ("booked", "ok", "tick");
    }
    if coming.any(|one| one["status"] == "cancelled") {
        return ("cancelled", "ok", "tick");
    }
    if facts.chat && !facts.known { ("unknown", "info", "what") } else { ("none", "info", "clock") }
}

/// Phone, Wasl, EHR, each with how the stroke to it stands.
pub fn way(lang: Lang, traffic: &Traffic, on: &[&'static str]) -> Value {
    let (meta, meta_words) = stroke(lang, traffic, &[Peer::Meta, Peer::Webhook], on, "graph");
    let (ehr, ehr_words) = stroke(lang, traffic, &[Peer::Ehr], on, "ehr");
    json!([
        { "name": "phone", "state": meta, "words": meta_words },
        { "name": "wasl", "state": "self" },
        { "name": "ehr", "state": ehr, "words": ehr_words },
    ])
}

/// Solid: the last call was answered. Dotted: none yet, or slow. Broken: refused, lost, or switched off.
fn stroke(
    lang: Lang,
    traffic: &Traffic,
    peers: &[Peer],
    on: &[&'static str],
    side: &str,
) -> (&'static str, String) {
    match switches::lasting(on, side) {
        Some(id) if id.ends_with("slow") => return ("slow", lang.text("way-slow")),
        Some(id) if id.ends_with("down") => return ("broken", lang.text("way-off")),
        Some(id) => return ("broken", lang.text(&format!("fault-{id}"))),
        None => {}
    }
    match traffic.newest(peers).map(|call| call.outcome) {
        Some(Outcome::Status(status)) if well(status) => ("done", lang.text("way-ok")),
        Some(Outcome::Status(status)) => {
            ("broken", lang.filled("way-refused", &[("status", &status.to_string())]))
        }
        Some(Outcome::Lost) => ("broken", lang.text("way-lost")),
        _ => ("none", lang.text("way-none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn facts<'a>(appointments: &'a [Value], on: &'a [&'static str]) -> Facts<'a> {
        let now = "2026-11-24T07:00:00Z".parse().unwrap();
        Facts { appointments, known: true, chat: true, found: false, external: false, on, now }
    }

    fn visit(status: &str, end: &str) -> Value {
        json!({ "status": status, "end": end })
    }

    #[test]
    fn the_sentence_changes_with_what_carries_it() {
        let coming = [visit("cancelled", "2026-11-25T07:00:00Z"), visit("booked", "2026-11-26T07:00:00Z")];
        assert_eq!(sentence(&facts(&coming, &[])).0, "booked");
        assert_eq!(sentence(&facts(&coming[..1], &[])).0, "cancelled");
        assert_eq!(sentence(&facts(&[visit("booked", "2026-11-24T06:00:00Z")], &[])).0, "none", "it is over");
        assert_eq!(sentence(&facts(&[], &[])).0, "none");
        assert_eq!(sentence(&Facts { known: false, ..facts(&[], &[]) }).0, "unknown");
        assert_eq!(sentence(&Facts { known: false, chat: false, ..facts(&[], &[]) }).0, "none");
        assert_eq!(sentence(&facts(&coming, &["ehr-down"])).0, "ehr-down");
        assert_eq!(sentence(&facts(&coming, &["graph-down"])).0, "graph-down");
        assert_eq!(
            sentence(&facts(&coming, &["graph-lost"])).0,
            "booked",
            "what happens once is not a state"
        );
        let leak = Facts { found: true, ..facts(&coming, &["ehr-down"]) };
        assert_eq!(sentence(&leak), ("hit", "bad", "warn"), "a trace comes before everything");
    }

    #[test]
    fn every_sentence_has_its_words_in_long_and_in_short() {
        for key in [
            "hit",
            "ehr-slow",
            "ehr-down",
            "graph-down",
            "external",
            "booked",
            "cancelled",
            "unknown",
            "none",
        ] {
            for form in ["lead", "strip"] {
                let key = format!("{form}-{key}");
                assert_ne!(Lang::En.text(&key), key);
            }
        }
    }

    #[test]
    fn the_way_is_as_whole_as_the_last_call() {
        let (clock, _) = Clock::manual("2026-11-24T07:00:00Z".parse().unwrap());
        let traffic = Traffic::new(clock.clone(), clock);
        let states = |on: &[&'static str]| -> Vec<String> {
            let way = way(Lang::En, &traffic, on);
            [0, 2].map(|n| way[n]["state"].as_str().unwrap().to_owned()).to_vec()
        };
        assert_eq!(states(&[]), ["none", "none"]);
        traffic.begin(Peer::Webhook, "x").answered(200);
        traffic.begin(Peer::Ehr, "x").answered(412);
        assert_eq!(states(&[]), ["done", "done"]);
        traffic.begin(Peer::Ehr, "x").answered(503);
        traffic.begin(Peer::Meta, "x").lost();
        assert_eq!(states(&[]), ["broken", "broken"]);
        assert_eq!(states(&["graph-slow", "ehr-silent"]), ["slow", "broken"]);
    }
}
