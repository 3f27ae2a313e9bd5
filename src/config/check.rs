//! What no key can know alone.

use super::Config;
use super::fault::Fault;
use crate::domain::clinic::{Clinic, Locale};
use std::collections::BTreeMap;

/// Every fault between keys.
pub(super) fn validate(config: &Config) -> Vec<Fault> {
    let mut faults = Vec::new();
    let server = &config.server;
    if server.listen == server.internal_listen && server.listen.port() != 0 {
        let problem = format!("{} is also server.listen", server.internal_listen);
        faults.push(Fault::new("server.internal_listen", problem, "give it a port of its own"));
    }
    if config.clinic.is_empty() {
        faults.push(Fault::new("clinic", "there is none", "add a [[clinic]] table for each WhatsApp number"));
    }
    let clinics: Vec<&Clinic> = config.clinic.iter().map(|entry| &entry.clinic).collect();
    twice("clinic", "id", clinics.iter().map(|clinic| clinic.id.as_str()), &mut faults);
    twice(
        "clinic",
        "phone_number_id",
        clinics.iter().map(|clinic| clinic.phone_number_id.as_str()),
        &mut faults,
    );
    for clinic in clinics {
        faults.extend(booking(clinic));
        services(clinic, &mut faults);
    }
    faults
}

fn booking(clinic: &Clinic) -> Option<Fault> {
    let rules = &clinic.booking;
    (rules.horizon <= rules.min_notice).then(|| {
        let key = format!("clinic.{}.booking.horizon", clinic.no);
        Fault::new(
            key,
            "is not longer than min_notice, so nothing could be booked",
            "make it longer, as in \"30d\"",
        )
    })
}

fn services(clinic: &Clinic, faults: &mut Vec<Fault>) {
    let at = format!("clinic.{}.service", clinic.no);
    if clinic.services.is_empty() {
        faults.push(Fault::new(
            &at,
            "there is none",
            "add a [[clinic.service]] table for each thing to book",
        ));
    }
    twice(&at, "id", clinic.services.iter().map(|service| service.id.as_str()), faults);
    // Patients could not tell two buttons apart, nor would Meta take them (Cloud API, reply buttons: unique titles).
    for locale in [Locale::Ar, Locale::En] {
        let key = format!("name.{}", locale.code());
        let shown = clinic.services.iter().map(|service| service.shown(locale));
        twice(&at, &key, shown, faults);
    }
    let places = clinic.places.iter().map(|place| place.id.as_str());
    twice(&format!("clinic.{}.location", clinic.no), "id", places, faults);
}

/// Values that must differ from entry to entry.
fn twice<'v>(table: &str, key: &str, values: impl Iterator<Item = &'v str>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (no, value) in values.enumerate().filter(|(_, value)| !value.is_empty()) {
        let first = *seen.entry(value).or_insert(no);
        if first != no {
            let problem = format!("{value:?} already belongs to {table}.{first}");
            faults.push(Fault::new(format!("{table}.{no}.{key}"), problem, "give each its own"));
        }
    }
}
