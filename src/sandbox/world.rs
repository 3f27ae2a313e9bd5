//! The demo world: two clinics in two zones, four services, six doctors, slots for thirty days, and people with
//! telephones. Plain data; seeding it twice changes nothing.

use crate::clock::Moment;
use crate::sandbox::ehr::EhrTwin;
use chrono::{Datelike, Duration, NaiveTime, Timelike, Weekday};
use serde_json::{Value, json};

/// Identifier system of demo resources.
const SYSTEM: &str = "urn:wasl:sandbox";
/// Identifier system of slots that make the twin refuse.
const MAGIC: &str = "urn:wasl:sandbox:magic";
/// Slots exist for so many days.
const DAYS: i64 = 30;
/// The nearest slot is so far away: the clinics' minimum notice, and a while to look around.
const FIRST_SLOT: Duration = Duration::minutes(150);
/// Plain people beside the named ones, for races.
pub const CROWD: u32 = 50;

/// A clinic of the demo.
#[derive(Clone, Debug)]
pub struct DemoClinic {
    /// Its id in the configuration.
    pub id: &'static str,
    /// Its WhatsApp number.
    pub phone_number_id: &'static str,
    /// Its names.
    pub name: (&'static str, &'static str),
    /// Its zone.
    pub zone: &'static str,
    /// Hours ahead of UTC all year: Riyadh has no summer time, Morocco has stayed at 0 since 2026-09-20.
    offset: i64,
    /// Its days off.
    closed: [Weekday; 2],
    /// What can be booked there.
    pub services: Vec<DemoService>,
}

/// A service of the demo.
#[derive(Clone, Debug)]
pub struct DemoService {
    /// Its id in the configuration.
    pub id: &'static str,
    /// Its names.
    pub name: (&'static str, &'static str),
    /// SNOMED CT code.
    pub code: &'static str,
    /// The alias of a sensitive service.
    pub alias: Option<(&'static str, &'static str)>,
    /// Its doctors: id, Arabic name, English given and family name, FHIR gender.
    pub doctors: Vec<(&'static str, &'static str, &'static str, &'static str, &'static str)>,
}

/// Somebody with a telephone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoPerson {
    /// A short id.
    pub id: String,
    /// Digits with country code.
    pub phone: Option<String>,
    /// Business-scoped user id.
    pub bsuid: Option<String>,
    /// The language they write.
    pub locale: &'static str,
    /// Records on their number.
    pub patients: u32,
    /// What is special.
    pub note: &'static str,
}

/// The clinics.
pub fn clinics() -> Vec<DemoClinic> {
    vec![
        DemoClinic {
            id: "main",
            phone_number_id: "106540000000001",
            name: ("مستشفى الواحة", "Oasis Hospital"),
            zone: "Asia/Riyadh",
            offset: 3,
            closed: [Weekday::Fri, Weekday::Sat],
            services: vec![
                DemoService {
                    id: "dermatology",
                    name: ("الجلدية", "Dermatology"),
                    code: "394582007",
                    alias: None,
                    doctors: vec![
                        ("demo-doctor-1", "سارة العتيبي", "Sara", "Alotaibi", "female"),
                        ("demo-doctor-2", "خالد الحربي", "Khalid", "Alharbi", "male"),
                    ],
                },
                DemoService {
                    id: "family",
                    name: ("طب الأسرة", "Family medicine"),
                    code: "419772000",
                    alias: None,
                    doctors: vec![("demo-doctor-3", "نورة القحطاني", "Noura", "Alqahtani", "female")],
                },
                DemoService {
                    id: "support",
                    name: ("الصحة النفسية", "Mental health"),
                    code: "394587001",
                    alias: Some(("عيادة متخصصة", "Specialist clinic")),
                    doctors: vec![("demo-doctor-4", "ريم الدوسري", "Reem", "Aldosari", "female")],
                },
            ],
        },
        DemoClinic {
            id: "casablanca",
            phone_number_id: "106540000000002",
            name: ("عيادات الواحة الدار البيضاء", "Oasis Clinics Casablanca"),
            zone: "Africa/Casablanca",
            offset: 0,
            closed: [Weekday::Sat, Weekday::Sun],
            services: vec![DemoService {
                id: "dental",
                name: ("طب الأسنان", "Dentistry"),
                code: "394812008",
                alias: None,
                doctors: vec![
                    ("demo-doctor-5", "ياسين بنعلي", "Yassine", "Benali", "male"),
                    ("demo-doctor-6", "سلمى الإدريسي", "Salma", "Elidrissi", "female"),
                ],
            }],
        },
    ]
}

/// The people.
pub fn people() -> Vec<DemoPerson> {
    let person = |id: &str, phone: Option<&str>, bsuid: &str, locale, patients, note| DemoPerson {
        id: id.to_owned(),
        phone: phone.map(str::to_owned),
        bsuid: Some(bsuid.to_owned()),
        locale,
        patients,
        note,
    };
    let mut people = vec![
        person("amal", Some("966500000001"), "SA.1000000000000001", "ar", 1, "one record, writes Arabic"),
        person("parent", Some("966500000002"), "SA.1000000000000002", "ar", 3, "a parent with three records"),
        person(
            "unknown",
            Some("966500000003"),
            "SA.1000000000000003",
            "ar",
            0,
            "a number the EHR does not know",
        ),
        person("james", Some("966500000004"), "SA.1000000000000004", "en", 1, "one record, writes English"),
        person("username", None, "SA.1000000000000005", "ar", 0, "a username, no phone number"),
        person("deceased", Some("966500000006"), "SA.1000000000000006", "ar", 1, "the record says deceased"),
        person("merged", Some("966500000007"), "SA.1000000000000007", "ar", 1, "the record was merged"),
        person("casablanca", Some("212600000001"), "MA.1000000000000008", "ar", 1, "a patient in Casablanca"),
    ];
    people.extend((1..=CROWD).map(|n| DemoPerson {
        id: format!("crowd-{n:02}"),
        phone: Some(format!("9665010000{n:02}")),
        bsuid: Some(format!("SA.2{n:015}")),
        locale: if n % 2 == 0 { "en" } else { "ar" },
        patients: 1,
        note: "one of the crowd",
    }));
    people
}

/// Every resource of the demo EHR as it stands at `start`.
pub fn resources(start: Moment) -> Vec<Value> {
    let mut all = patients();
    all.extend(guardians());
    for clinic in clinics() {
        let place = format!("demo-place-{}", clinic.id);
        all.push(json!({
            "resourceType": "Location", "id": place, "status": "active", "name": clinic.name.1,
        }));
        for service in &clinic.services {
            all.extend(schedule(&clinic, service, &place, start));
        }
    }
    all
}

/// Whether a twin was seeded before.
pub fn seeded(twin: &EhrTwin) -> bool {
    !twin.all("Schedule").is_empty()
}

fn identifier(value: &str) -> Value {
    json!([{ "system": SYSTEM, "value": value }])
}

/// Phones in the spellings found in the field, one each.
fn patients() -> Vec<Value> {
    let patient = |id: &str, phone: &str, birth: &str, family: &str| {
        json!({
            "resourceType": "Patient", "id": id, "active": true, "identifier": identifier(id),
            "name": [{ "family": family, "given": ["Demo"] }],
            "telecom": [{ "system": "phone", "value": phone, "use": "mobile" }],
            "birthDate": birth,
        })
    };
    let mut all = vec![
        patient("demo-1", "+966500000001", "1984-03-12", "Alzahrani"),
        patient("demo-2a", "0500000002", "1979-07-01", "Alghamdi"),
        patient("demo-2b", "+966 50 000 0002", "2012-01-20", "Alghamdi"),
        patient("demo-2c", "966500000002", "2019-11-05", "Alghamdi"),
        patient("demo-4", "00966500000004", "1990-05-30", "Whitfield"),
        patient("demo-8", "+212600000001", "1988-02-14", "Tazi"),
    ];
    let mut deceased = patient("demo-6", "+966500000006", "1941-09-09", "Alshehri");
    deceased["deceasedBoolean"] = json!(true);
    let mut merged = patient("demo-7", "+966500000007", "1965-12-24", "Almutairi");
    merged["active"] = json!(false);
    merged["link"] = json!([{ "other": { "reference": "Patient/demo-1" }, "type": "replaced-by" }]);
    all.extend([deceased, merged]);
    all.extend((1..=CROWD).map(|n| {
        patient(&format!("demo-crowd-{n:02}"), &format!("+9665010000{n:02}"), "1995-01-01", "Crowd")
    }));
    all
}

/// The parent of the family, who acts for both children.
fn guardians() -> Vec<Value> {
    let guardian = |id: &str, child: &str| {
        json!({
            "resourceType": "RelatedPerson", "id": id, "active": true, "identifier": identifier(id),
            "patient": { "reference": format!("Patient/{child}") },
            "relationship": [{ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "PRN",
            }] }],
            "telecom": [{ "system": "phone", "value": "+966500000002", "use": "mobile" }],
        })
    };
    vec![guardian("demo-guardian-2b", "demo-2b"), guardian("demo-guardian-2c", "demo-2c")]
}

fn schedule(clinic: &DemoClinic, service: &DemoService, place: &str, start: Moment) -> Vec<Value> {
    let kind = json!([{ "coding": [{
        "system": "http://snomed.info/sct", "code": service.code, "display": service.name.1,
    }] }]);
    let mut all = vec![];
    let mut slots = vec![];
    for (nth, (id, arabic, given, family, gender)) in service.doctors.iter().enumerate() {
        all.push(json!({
            "resourceType": "Practitioner", "id": id, "active": true, "identifier": identifier(id),
            "name": [{ "family": family, "given": [given] }, { "text": arabic }], "gender": gender,
        }));
        let schedule = format!("demo-schedule-{}", id.trim_start_matches("demo-doctor-"));
        all.push(json!({
            "resourceType": "Schedule", "id": schedule, "active": true, "identifier": identifier(&schedule),
            "serviceType": kind,
            "actor": [{ "reference": format!("Practitioner/{id}") }, { "reference": format!("Location/{place}") }],
        }));
        slots.extend(times(clinic, start, nth, service.doctors.len()).map(|at| (at, schedule.clone())));
    }
    slots.sort();
    all.extend(slots.into_iter().enumerate().map(|(n, (at, schedule))| slot(&schedule, &kind, at, n)));
    all
}

/// Half-hours of the working day; two doctors of a service take turns, so that a page's order is plain.
fn times(clinic: &DemoClinic, start: Moment, nth: usize, doctors: usize) -> impl Iterator<Item = Moment> {
    let (offset, closed) = (Duration::hours(clinic.offset), clinic.closed);
    let today = (start + offset).date_naive();
    let first = start + FIRST_SLOT;
    (0..DAYS)
        .map(move |day| today + Duration::days(day))
        .filter(move |day| !closed.contains(&day.weekday()))
        .flat_map(move |day| (0..14).map(move |half| (day, half)))
        .filter(move |(_, half)| half % doctors == nth)
        .map(move |(day, half)| {
            let minutes = u32::try_from(9 * 60 + half * 30).unwrap_or(0);
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or_default();
            day.and_time(time).and_utc() - offset
        })
        .filter(move |at| *at >= first)
}

/// The fifth slot of a service is `taken`, the sixth `gone`.
fn slot(schedule: &str, kind: &Value, at: Moment, n: usize) -> Value {
    let id = format!("demo-slot-{}-{}", schedule.trim_start_matches("demo-schedule-"), stamp(at));
    let mut identifiers = vec![json!({ "system": SYSTEM, "value": id })];
    match n {
        4 => identifiers.push(json!({ "system": MAGIC, "value": "taken" })),
        5 => identifiers.push(json!({ "system": MAGIC, "value": "gone" })),
        _ => {}
    }
    json!({
        "resourceType": "Slot", "id": id, "identifier": identifiers,
        "serviceType": kind, "schedule": { "reference": format!("Schedule/{schedule}") }, "status": "free",
        "start": text(at), "end": text(at + Duration::minutes(30)),
    })
}

fn text(at: Moment) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn stamp(at: Moment) -> String {
    format!("{}{:02}{:02}-{:02}{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_four_plain_slots_then_taken_then_gone_and_the_same_world_twice() {
        let start: Moment = "2026-11-24T12:00:00Z".parse().unwrap();
        let all = resources(start);
        assert_eq!(all, resources(start));
        for clinic in clinics() {
            for service in clinic.services {
                let mut slots: Vec<&Value> = all
                    .iter()
                    .filter(|it| it["resourceType"] == "Slot")
                    .filter(|it| it["serviceType"][0]["coding"][0]["code"] == service.code)
                    .collect();
                slots.sort_by_key(|slot| slot["start"].as_str().unwrap().to_owned());
                let magic: Vec<_> =
                    slots[..6].iter().map(|it| it["identifier"][1]["value"].as_str()).collect();
                assert_eq!(magic, [None, None, None, None, Some("taken"), Some("gone")], "{}", service.id);
                assert!(slots[0]["start"].as_str().unwrap() >= text(start + FIRST_SLOT).as_str());
            }
        }
    }
}
