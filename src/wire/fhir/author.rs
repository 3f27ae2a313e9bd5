//! What we create in the EHR, as JSON text built by the typed model of [`fhir_codec`].

use super::{Coding, instant};
use crate::clock::Moment;
use crate::phi::Phi;
use fhir_codec::{Coded, Named};

/// `Communication.medium`: FHIR R4 binds v3-ParticipationMode as an example, which knows text messages as
/// `SMSWRIT` and everything else in writing as `WRITTEN`.
const WRITTEN: Coded<'_> =
    Coded { system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode", code: "WRITTEN" };

const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/communication-category";

/// The typed model would not take what it was given. Says what, never whose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{resource} for the EHR cannot be written: {why}")]
pub struct AuthorError {
    resource: &'static str,
    why: String,
}

/// A booking, as in "What the EHR sees" of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Booking<'a> {
    /// `ehr.booking_system`.
    pub system: &'a str,
    /// The intent id.
    pub intent: &'a str,
    /// The slot, `Slot/id`.
    pub slot: &'a str,
    /// When it begins: the slot's start.
    pub start: Moment,
    /// When it ends: the slot's end.
    pub end: Moment,
    /// The service.
    pub service_type: Option<&'a Coding>,
    /// The patient, `Patient/id`.
    pub patient: &'a Phi<String>,
    /// The actors of the slot's Schedule, `Type/id`.
    pub actors: &'a [String],
}

/// What staff are asked to do. The words stand in the EHR, in English, for staff; none comes from a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A patient wants to talk to a person.
    Person,
    /// A number fits no record, several, or one that is merged or marked deceased.
    Identify,
    /// A booking, move or cancellation whose outcome the EHR did not tell.
    Check,
    /// Somebody told that the patient died.
    Death,
    /// Words of an emergency or of distress were noticed and answered with the emergency number.
    Urgent,
    /// A patient asked to be called back at a time of their choice.
    Callback,
    /// A patient will be late for an appointment.
    Late,
    /// A number does not belong to the patient any more.
    Number,
    /// A number or an account is another one, and perhaps another person's.
    Confirm,
}

impl Work {
    /// `Task.code.text`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "Call back",
            Self::Identify => "Identify caller",
            Self::Check => "Check booking",
            Self::Death => "Check record",
            Self::Urgent => "Urgent: call",
            Self::Callback => "Call back",
            Self::Late => "Patient will be late",
            Self::Number => "Correct number",
            Self::Confirm => "Confirm who has the number",
        }
    }

    /// `Task.description`.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Person => "A patient asked on WhatsApp to talk to a person. Please call them back.",
            Self::Identify => {
                "Someone wants an appointment on WhatsApp from a number that does not lead to exactly one patient \
                 record. Please find out who they are and book for them."
            }
            Self::Check => {
                "A booking, move or cancellation through WhatsApp got no answer. Please check the patient's \
                 appointments and tell them what is booked."
            }
            Self::Death => {
                "Someone told on WhatsApp that the patient of this number died. Please check the record with care."
            }
            Self::Urgent => {
                "Someone wrote urgent words on WhatsApp and was given the emergency number at once. Please call."
            }
            Self::Callback => "A patient asked on WhatsApp for a call. Please call them when it suits them.",
            Self::Late => "A patient wrote on WhatsApp that they will be late for this appointment.",
            Self::Number => {
                "Someone wrote on WhatsApp that this number is not the patient's. Messages to it are stopped. Please \
                 correct the record."
            }
            Self::Confirm => {
                "The WhatsApp account or the phone behind this number changed, and someone writes from it. Please find \
                 out whether it is still the patient and correct the numbers on the record. Then complete this item: \
                 appointments are shown to this number again. If it is not the patient, or you cannot tell, reject it."
            }
        }
    }
}

/// A work item for staff.
#[derive(Debug, Clone, Copy)]
pub struct Help<'a> {
    /// The namespace of our ids.
    pub system: &'a str,
    /// The effect id: a repeated create finds the first by it.
    pub id: &'a str,
    /// What to do.
    pub work: Work,
    /// About whom, `Patient/id`, when known.
    pub patient: Option<&'a Phi<String>>,
    /// About which appointment, `Appointment/id`, when it is about one.
    pub focus: Option<&'a Phi<String>>,
    /// When it was asked for.
    pub at: Moment,
    /// The number to call, E.164, where it may stand in the EHR.
    pub phone: Option<&'a Phi<String>>,
    /// When a call suits, in words for staff.
    pub when: Option<&'a str>,
}

/// Why a message was sent: the codes of FHIR R4 communication-category that apply to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// An answer or news.
    Notification,
    /// A reminder of an appointment.
    Reminder,
    /// What to do before or after a visit.
    Instruction,
}

impl Category {
    /// The code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notification => "notification",
            Self::Reminder => "reminder",
            Self::Instruction => "instruction",
        }
    }
}

/// The record of one message that was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The namespace of our ids.
    pub system: &'a str,
    /// The effect id.
    pub id: &'a str,
    /// The code system of our content ids.
    pub contents: &'a str,
    /// The content id: what was said, not in which words.
    pub content: &'a Phi<String>,
    /// Why.
    pub category: Category,
    /// About whom, `Patient/id`.
    pub patient: &'a Phi<String>,
    /// To whom: the same, or a `RelatedPerson/id`.
    pub recipient: &'a Phi<String>,
    /// When.
    pub at: Moment,
}

/// A new `Appointment`.
///
/// # Errors
/// [`AuthorError`]: a time that FHIR cannot write (year above 9999).
pub fn booking(said: &Booking<'_>) -> Result<String, AuthorError> {
    let actors: Vec<&str> = said.actors.iter().map(String::as_str).collect();
    let authored = fhir_codec::appointment(&fhir_codec::Appointment {
        identifier: Named { system: said.system, value: said.intent },
        slot: said.slot,
        start: &instant::write(said.start),
        end: &instant::write(said.end),
        service_type: said.service_type.map(|it| Coded { system: &it.system, code: &it.code }),
        patient: said.patient.reveal(),
        actors: &actors,
    });
    finish("an Appointment", authored)
}

/// A new `Task`.
///
/// # Errors
/// [`AuthorError`], as for [`booking`].
pub fn help(said: &Help<'_>) -> Result<String, AuthorError> {
    let phone = said.phone.map(|it| ("phone", it.reveal().as_str()));
    let inputs: Vec<(&str, &str)> = phone.into_iter().chain(said.when.map(|when| ("when", when))).collect();
    let authored = fhir_codec::task(&fhir_codec::Task {
        identifier: Named { system: said.system, value: said.id },
        code: said.work.code(),
        description: said.work.description(),
        patient: said.patient.map(|it| it.reveal().as_str()),
        focus: said.focus.map(|it| it.reveal().as_str()),
        authored_on: &instant::write(said.at),
        inputs: &inputs,
    });
    finish("a Task", authored)
}

/// A new `Patient` who is known by telephone number only.
///
/// # Errors
/// [`AuthorError`], as for [`booking`].
pub fn patient(system: &str, id: &str, phone: &Phi<String>) -> Result<String, AuthorError> {
    let identifier = Named { system, value: id };
    finish("a Patient", fhir_codec::patient(&fhir_codec::Patient { identifier, phone: phone.reveal() }))
}

/// A new `Communication`.
///
/// # Errors
/// [`AuthorError`], as for [`booking`].
pub fn sent(said: &Sent<'_>) -> Result<String, AuthorError> {
    let authored = fhir_codec::communication(&fhir_codec::Communication {
        identifier: Named { system: said.system, value: said.id },
        category: Coded { system: CATEGORIES, code: said.category.code() },
        medium: WRITTEN,
        content: Coded { system: said.contents, code: said.content.reveal() },
        patient: said.patient.reveal(),
        recipient: said.recipient.reveal(),
        sent: &instant::write(said.at),
    });
    finish("a Communication", authored)
}

fn finish(resource: &'static str, authored: Result<Vec<u8>, String>) -> Result<String, AuthorError> {
    let bytes = authored.map_err(|why| AuthorError { resource, why })?;
    String::from_utf8(bytes).map_err(|error| AuthorError { resource, why: error.utf8_error().to_string() })
}

#[cfg(test)]
mod tests {
    use super::{Booking, Category, Help, Sent, Work, booking, help, sent};
    use crate::clock::Moment;
    use crate::phi::Phi;
    use crate::wire::fhir::etag::ETag;
    use crate::wire::fhir::transaction::{Step, bundle};
    use crate::wire::fhir::{Coding, appointment, edit, instant};
    use rstest::rstest;
    use serde_json::{Value, json};

    const SYSTEM: &str = "https://wasl.example.org/fhir/booking";

    fn at(text: &str) -> Moment {
        instant::parse(text).unwrap()
    }

    fn asha() -> Phi<String> {
        Phi::new("Patient/asha".to_owned())
    }

    /// Strictly checked, then as a value.
    fn checked(text: &str, kind: &str) -> Value {
        assert_eq!(fhir_codec::check(text.as_bytes()).as_deref(), Ok(kind));
        serde_json::from_str(text).unwrap()
    }

    fn asha_books() -> String {
        booking(&Booking {
            system: SYSTEM,
            intent: "00112233445566778899aabbccddeeff",
            slot: "Slot/7",
            start: at("2026-12-01T10:00:00+01:00"),
            end: at("2026-12-01T09:30:00Z"),
            service_type: Some(&Coding { system: "http://x.org/s".into(), code: "57".into() }),
            patient: &asha(),
            actors: &["Practitioner/1".to_owned(), "Location/1".to_owned()],
        })
        .unwrap()
    }

    #[test]
    fn a_booking_says_what_the_interface_promises() {
        let accepted = |actor: &str| json!({"actor": {"reference": actor}, "status": "accepted"});
        let expected = json!({
            "resourceType": "Appointment",
            "identifier": [{"system": SYSTEM, "value": "00112233445566778899aabbccddeeff"}],
            "status": "booked",
            "serviceType": [{"coding": [{"system": "http://x.org/s", "code": "57"}]}],
            "start": "2026-12-01T09:00:00Z",
            "end": "2026-12-01T09:30:00Z",
            "slot": [{"reference": "Slot/7"}],
            "participant": [accepted("Patient/asha"), accepted("Practitioner/1"), accepted("Location/1")],
        });
        assert_eq!(checked(&asha_books(), "Appointment"), expected);
    }

    #[test]
    fn a_booking_reads_back_as_itself() {
        let view = appointment::view(&checked(&asha_books(), "Appointment"));
        assert_eq!(view.unwrap_err().element, "id");
        let mut stored = checked(&asha_books(), "Appointment");
        stored["id"] = "5".into();
        let view = appointment::view(&stored).unwrap();
        assert_eq!(view.identifier(SYSTEM).unwrap().reveal(), "00112233445566778899aabbccddeeff");
        assert_eq!(view.actors("Patient").collect::<Vec<_>>(), [&asha()]);
        assert_eq!(view.slots, ["Slot/7"]);
    }

    #[test]
    fn a_booking_in_its_transaction_passes_too() {
        let body = asha_books();
        let step = Step::Create { kind: "Appointment", body: &body, system: SYSTEM, value: "1" };
        let text = bundle("https://h/fhir", &[step]).unwrap();
        checked(&text, "Bundle");
        assert!(text.contains(&body));
    }

    #[test]
    fn what_we_change_still_passes() {
        let moved =
            edit::reschedule(&asha_books(), "Slot/8", at("2026-12-02T09:00:00Z"), at("2026-12-02T09:30:00Z"));
        let named = edit::add_identifier(&moved.unwrap(), SYSTEM, "2").unwrap();
        let cancelled = edit::cancel(&named, edit::CancelReason::Patient).unwrap();
        let value = checked(&cancelled, "Appointment");
        assert_eq!(value.pointer("/identifier/1/value").unwrap(), "2");
        assert_eq!(value.pointer("/cancelationReason/coding/0/code").unwrap(), "pat");
    }

    #[test]
    fn a_record_for_a_number_holds_the_number_and_nothing_else() {
        let text = super::patient(SYSTEM, "1", &Phi::new("+971500000001".to_owned())).unwrap();
        let patient = checked(&text, "Patient");
        let expected = json!({
            "resourceType": "Patient",
            "identifier": [{ "system": SYSTEM, "value": "1" }],
            "active": true,
            "telecom": [{ "system": "phone", "value": "+971500000001", "use": "mobile" }],
        });
        assert_eq!(patient, expected);
    }

    #[rstest]
    #[case(Work::Person)]
    #[case(Work::Identify)]
    #[case(Work::Late)]
    #[case(Work::Check)]
    fn staff_are_told_what_to_do(#[case] work: Work) {
        let (patient, phone) = (asha(), Phi::new("+971500000001".to_owned()));
        let at = at("2026-12-01T09:00:00Z");
        let ask = Help {
            system: SYSTEM,
            id: "1",
            work,
            patient: Some(&patient),
            focus: None,
            at,
            phone: Some(&phone),
            when: Some("in the morning"),
        };
        let task = checked(&help(&ask).unwrap(), "Task");
        assert_eq!(task["status"], "requested");
        assert_eq!(task["intent"], "order");
        assert_eq!(task["description"], work.description());
        assert_eq!(task["for"]["reference"], "Patient/asha");
        assert_eq!(task["input"][0]["valueString"], "+971500000001");
        assert_eq!(task["input"][1]["valueString"], "in the morning");
    }

    #[test]
    fn no_phone_and_no_patient_unless_given() {
        let at = at("2026-12-01T09:00:00Z");
        let ask = Help {
            system: SYSTEM,
            id: "1",
            work: Work::Identify,
            patient: None,
            focus: None,
            at,
            phone: None,
            when: None,
        };
        let task = checked(&help(&ask).unwrap(), "Task");
        assert!(task.get("input").is_none() && task.get("for").is_none());
    }

    #[test]
    fn a_message_leaves_its_kind_and_not_its_text() {
        let content = Phi::new("remind-24h".to_owned());
        let said = Sent {
            system: SYSTEM,
            id: "1",
            contents: "https://wasl.example.org/fhir/content",
            content: &content,
            category: Category::Reminder,
            patient: &asha(),
            recipient: &Phi::new("RelatedPerson/m".to_owned()),
            at: at("2026-12-01T09:00:00.250Z"),
        };
        let communication = checked(&sent(&said).unwrap(), "Communication");
        assert_eq!(communication["status"], "completed");
        assert_eq!(communication["sent"], "2026-12-01T09:00:00.25Z");
        assert_eq!(communication["topic"]["coding"][0]["code"], "remind-24h");
        assert!(communication.get("payload").is_none());
    }

    #[rstest]
    #[case::code(
        "{\"resourceType\":\"Slot\",\"schedule\":{},\"status\":\"held\",\"start\":\"2026-12-01T09:00:00Z\",\"end\":\"2026-12-01T09:30:00Z\"}"
    )]
    #[case::missing("{\"resourceType\":\"Appointment\",\"status\":\"booked\"}")]
    #[case::time(
        "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"participant\":[],\"start\":\"tomorrow\"}"
    )]
    #[case::kind("{\"resourceType\":\"VendorThing\"}")]
    #[case::cut_off("{\"resourceType\":")]
    fn the_oracle_is_strict(#[case] text: &str) {
        assert!(fhir_codec::check(text.as_bytes()).is_err());
    }

    #[test]
    fn a_year_that_fhir_cannot_write_is_an_error() {
        let patient = asha();
        let far = Booking {
            system: SYSTEM,
            intent: "1",
            slot: "Slot/7",
            start: Moment::MAX_UTC,
            end: Moment::MAX_UTC,
            service_type: None,
            patient: &patient,
            actors: &[],
        };
        let error = booking(&far).unwrap_err().to_string();
        assert!(error.contains("an Appointment for the EHR cannot be written"), "{error}");
        assert!(!format!("{far:?}").contains("asha"));
    }

    #[test]
    fn a_put_of_what_was_read_passes_the_oracle() {
        let slot = crate::wire::fhir::fixtures::text("hl7/read/Slot-example.json");
        let free = edit::slot_status(&slot, &crate::wire::fhir::code::SlotStatus::Free).unwrap();
        let tag = ETag::of_version("1").unwrap();
        let step = Step::Put { reference: "Slot/example", body: &free, if_match: &tag };
        checked(&bundle("https://h/fhir", &[step]).unwrap(), "Bundle");
    }
}
