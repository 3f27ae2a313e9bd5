//! Changes to a resource in its own text.
//!
//! A PUT replaces, so what we do not know must go back as it came: unknown members, the order of all, `1.50`
//! that a number type would turn into `1.5`, escapes, white space. The text is therefore never parsed and
//! written again; the one member that changes is cut out and the new one set in its place.

use super::code::{Participation, SlotStatus};
use super::{instant, reference};
use crate::clock::Moment;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::fmt;
use std::ops::Range;

/// The code system of R4 cancellation reasons (FHIR R4 appointment-cancellation-reason).
pub const CANCEL_REASONS: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

/// Who called an appointment off, through us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReason {
    /// The patient, of their own accord: `pat`.
    Patient,
    /// The patient, from a reminder: `pat-crs`, "Patient: Canceled via automated reminder system".
    Reminder,
    /// Hard to get there: `pat-lt`, "Patient: Lack of Transportation".
    Transport,
    /// Cost or insurance: `oth-fin`, "Other: Financial".
    Cost,
}

impl CancelReason {
    /// The code in [`CANCEL_REASONS`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::Patient => "pat",
            Self::Reminder => "pat-crs",
            Self::Transport => "pat-lt",
            Self::Cost => "oth-fin",
        }
    }
}

/// Why a resource cannot be changed. Names members only, never values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is not one JSON object.
    #[error("the resource to change is not a JSON object: read it again")]
    NotAnObject,
    /// The member occurs twice, so servers may differ on which one counts.
    #[error("the resource to change has {0} twice: change it in the EHR")]
    Twice(&'static str),
    /// The member is not an array.
    #[error("{0} of the resource to change is not an array: change it in the EHR")]
    NotAList(&'static str),
    /// No participant has the reference asked for.
    #[error("the appointment to change does not list the participant")]
    NoSuchParticipant,
}

/// Sets `Slot.status`.
///
/// # Errors
/// [`EditError`].
pub fn slot_status(slot: &str, status: &SlotStatus) -> Result<String, EditError> {
    set(slot, "status", &status.as_str().into())
}

/// Moves an `Appointment` to another slot, `Slot/id`. A `minutesDuration` that said how long the old one was
/// says how long the new one is. Actors stay; see [`swap_actors`].
///
/// # Errors
/// [`EditError`].
pub fn reschedule(appointment: &str, slot: &str, start: Moment, end: Moment) -> Result<String, EditError> {
    let stale = states_its_length(appointment);
    let mut text = set(appointment, "slot", &json!([{ "reference": slot }]))?;
    text = set(&text, "start", &instant::write(start).into())?;
    text = set(&text, "end", &instant::write(end).into())?;
    if stale {
        text = set(&text, "minutesDuration", &(end - start).num_minutes().into())?;
    }
    Ok(text)
}

fn states_its_length(appointment: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(appointment) else { return false };
    let time = |member| value.get(member).and_then(Value::as_str).and_then(instant::parse);
    let stated = value.get("minutesDuration").and_then(Value::as_i64);
    time("start").zip(time("end")).map(|(start, end)| (end - start).num_minutes()) == stated
        && stated.is_some()
}

/// Takes a work item back: `Task.status` `cancelled`.
///
/// # Errors
/// [`EditError`].
pub fn withdraw(task: &str) -> Result<String, EditError> {
    set(task, "status", &"cancelled".into())
}

/// Cancels an `Appointment` (R4 spells it `cancelationReason`).
///
/// # Errors
/// [`EditError`].
pub fn cancel(appointment: &str, reason: CancelReason) -> Result<String, EditError> {
    let reason = json!({ "coding": [{ "system": CANCEL_REASONS, "code": reason.code() }] });
    set(&set(appointment, "status", &"cancelled".into())?, "cancelationReason", &reason)
}

/// Adds an identifier behind those that are there; one that is there already is not added again.
///
/// # Errors
/// [`EditError`].
pub fn add_identifier(resource: &str, system: &str, value: &str) -> Result<String, EditError> {
    let added = json!({ "system": system, "value": value });
    let is_same = |it: &str| {
        let it: Value = serde_json::from_str(it).unwrap_or_default();
        it.get("system") == added.get("system") && it.get("value") == added.get("value")
    };
    let Some(at) = find(resource, "identifier")? else {
        return set(resource, "identifier", &json!([added]));
    };
    let list = elements(&resource[at.clone()]).ok_or(EditError::NotAList("identifier"))?;
    let Some(last) = list.last() else { return Ok(splice(resource, at, &format!("[{added}]"))) };
    if list.iter().any(|it| is_same(it.get())) {
        return Ok(resource.to_owned());
    }
    let end = range_of(resource, last.get()).end;
    Ok(splice(resource, end..end, &format!(",{added}")))
}

/// Sets what one participant, `Type/id`, has answered: a confirmation is the patient's `accepted`.
///
/// # Errors
/// [`EditError`].
pub fn answer(appointment: &str, actor: &str, status: &Participation) -> Result<String, EditError> {
    let at = find(appointment, "participant")?.ok_or(EditError::NoSuchParticipant)?;
    let list = elements(&appointment[at]).ok_or(EditError::NotAList("participant"))?;
    let theirs = list.iter().find(|it| actor_of(it.get()).as_deref() == Some(actor));
    let theirs = theirs.ok_or(EditError::NoSuchParticipant)?.get();
    let changed = set(theirs, "status", &status.as_str().into())?;
    Ok(splice(appointment, range_of(appointment, theirs), &changed))
}

/// Replaces participants when a move leads to another schedule: those of `old` that are not in `new` go, those
/// of `new` that are not there come, `accepted`. All others, the patient above all, stay as they are.
///
/// # Errors
/// [`EditError`].
pub fn swap_actors(appointment: &str, old: &[String], new: &[String]) -> Result<String, EditError> {
    let at = find(appointment, "participant")?.ok_or(EditError::NoSuchParticipant)?;
    let list = elements(&appointment[at.clone()]).ok_or(EditError::NotAList("participant"))?;
    let there: Vec<(Option<String>, &str)> = list.iter().map(|it| (actor_of(it.get()), it.get())).collect();
    let goes = |actor: &String| old.contains(actor) && !new.contains(actor);
    let stay = there.iter().filter(|(actor, _)| !actor.as_ref().is_some_and(goes));
    let come = new.iter().filter(|actor| !there.iter().any(|(it, _)| it.as_ref() == Some(actor)));
    let come = come.map(|actor| json!({"actor": {"reference": actor}, "status": "accepted"}).to_string());
    let all: Vec<String> = stay.map(|(_, text)| (*text).to_owned()).chain(come).collect();
    Ok(splice(appointment, at, &format!("[{}]", all.join(","))))
}

fn actor_of(participant: &str) -> Option<String> {
    let value: Value = serde_json::from_str(participant).ok()?;
    reference::normal(value.get("actor")?.get("reference")?.as_str()?)
}

/// Sets one member of an object, in place or behind the last.
fn set(object: &str, member: &'static str, value: &Value) -> Result<String, EditError> {
    if let Some(at) = find(object, member)? {
        return Ok(splice(object, at, &value.to_string()));
    }
    let added = format!("{}:{value}", Value::from(member));
    match members(object)?.last() {
        Some((_, last)) => Ok(splice(object, last.end..last.end, &format!(",{added}"))),
        None => Ok(format!("{{{added}}}")),
    }
}

/// Where a member's value stands.
fn find(object: &str, member: &'static str) -> Result<Option<Range<usize>>, EditError> {
    let mut found = members(object)?.into_iter().filter(|(key, _)| key == member);
    let first = found.next().map(|(_, at)| at);
    if found.next().is_some() { Err(EditError::Twice(member)) } else { Ok(first) }
}

/// The members of an object and where their values stand, in order.
fn members(object: &str) -> Result<Vec<(String, Range<usize>)>, EditError> {
    let Members(list) = serde_json::from_str(object).map_err(|_| EditError::NotAnObject)?;
    Ok(list.into_iter().map(|(key, raw)| (key, range_of(object, raw.get()))).collect())
}

/// The elements of an array, as they stand.
fn elements(array: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(array).ok()
}

/// Where `part`, a slice of `whole`, stands in it.
fn range_of(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    start..start + part.len()
}

fn splice(text: &str, at: Range<usize>, new: &str) -> String {
    [&text[..at.start], new, &text[at.end..]].concat()
}

/// The members of an object as slices of its text, doubles included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(member) = map.next_entry()? {
                    list.push(member);
                }
                Ok(Members(list))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        CancelReason, EditError, add_identifier, answer, cancel, reschedule, slot_status, swap_actors,
    };
    use crate::wire::fhir::code::{Participation, SlotStatus};
    use crate::wire::fhir::{fixtures, instant};
    use rstest::rstest;

    /// Decimals that a float would change, escapes, odd white space, members nobody knows, and a nested `status`.
    const SLOT: &str = "{ \"resourceType\" : \"Slot\",\r\n\t\"id\":\"77\",\"vendor\":{\"status\":\"free\",\"price\":1.50,\
        \"big\":12345678901234567890.000},\n  \"extension\":[{\"url\":\"http:\\/\\/x\",\"valueDecimal\":0.10e-2}],\
        \"status\"  :  \"free\" ,\"comment\":\"caf\\u00e9 \\ud83d\\ude00 é\", \"_comment\":null,\"zero\":-0 }\n";

    #[test]
    fn nothing_but_the_status_changes() {
        let busy = slot_status(SLOT, &SlotStatus::Busy).unwrap();
        assert_eq!(busy, SLOT.replacen("\"status\"  :  \"free\"", "\"status\"  :  \"busy\"", 1));
        assert_eq!(slot_status(&busy, &SlotStatus::Free).unwrap(), SLOT);
    }

    #[test]
    fn a_cancelled_appointment_keeps_all_it_had() {
        let before = "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"fee\":1.50 }";
        let after = cancel(before, CancelReason::Reminder).unwrap();
        assert_eq!(
            after,
            "{\"resourceType\":\"Appointment\",\"status\":\"cancelled\",\"fee\":1.50,\"cancelationReason\":\
             {\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason\",\
             \"code\":\"pat-crs\"}]} }"
        );
    }

    #[rstest]
    #[case::length_followed("\"minutesDuration\":30,", "\"minutesDuration\":20,")]
    #[case::estimate_left("\"minutesDuration\":15,", "\"minutesDuration\":15,")]
    #[case::none_invented("", "")]
    fn a_moved_appointment_has_new_times_and_nothing_else(#[case] before: &str, #[case] after: &str) {
        let text = |duration: &str, slot: u8, start: &str, end: &str| {
            format!(
                "{{{duration}\"start\":\"{start}\",\"x\":1.50,\"end\":\"{end}\",\
                 \"slot\":[{{\"reference\":\"Slot/{slot}\"}}]}}"
            )
        };
        let old = text(before, 1, "2026-12-01T09:00:00Z", "2026-12-01T12:30:00+03:00");
        let (start, end) = ("2026-12-02T10:00:00Z", "2026-12-02T10:20:00Z");
        let moved = reschedule(&old, "Slot/2", instant::parse(start).unwrap(), instant::parse(end).unwrap());
        assert_eq!(moved.unwrap(), text(after, 2, start, end));
    }

    #[rstest]
    #[case::first("{\"a\":1.50}", "{\"a\":1.50,\"identifier\":[{\"system\":\"s\",\"value\":\"v\"}]}")]
    #[case::second(
        "{\"identifier\":[ {\"value\":\"1\"} ],\"a\":1}",
        "{\"identifier\":[ {\"value\":\"1\"},{\"system\":\"s\",\"value\":\"v\"} ],\"a\":1}"
    )]
    #[case::empty_list("{\"identifier\":[ ]}", "{\"identifier\":[{\"system\":\"s\",\"value\":\"v\"}]}")]
    #[case::not_twice(
        "{\"identifier\":[{\"value\":\"v\",\"system\":\"s\"}]}",
        "{\"identifier\":[{\"value\":\"v\",\"system\":\"s\"}]}"
    )]
    fn an_identifier_joins_those_that_are_there(#[case] before: &str, #[case] after: &str) {
        assert_eq!(add_identifier(before, "s", "v").unwrap(), after);
    }

    #[test]
    fn a_confirmation_changes_one_participant() {
        let before = "{\"participant\":[ {\"actor\":{\"reference\":\"Practitioner/1\"},\"status\":\"tentative\"},\
            {\"w\":1.50,\"actor\":{\"reference\":\"https://h/fhir/Patient/9\"},\"status\":\"needs-action\"} ]}";
        let after = answer(before, "Patient/9", &Participation::Accepted).unwrap();
        assert_eq!(after, before.replace("needs-action", "accepted"));
        assert_eq!(answer(before, "Patient/8", &Participation::Accepted), Err(EditError::NoSuchParticipant));
    }

    #[test]
    fn a_move_to_another_doctor_changes_the_doctor() {
        let before = "{\"participant\":[{\"actor\":{\"reference\":\"Patient/9\"},\"status\":\"accepted\",\"x\":1.50},\
            {\"actor\":{\"reference\":\"Practitioner/1\"},\"status\":\"accepted\"},\
            {\"actor\":{\"reference\":\"Location/1\"},\"status\":\"tentative\"}]}";
        let old = ["Practitioner/1".to_owned(), "Location/1".to_owned()];
        let new = ["Practitioner/2".to_owned(), "Location/1".to_owned()];
        assert_eq!(
            swap_actors(before, &old, &new).unwrap(),
            "{\"participant\":[{\"actor\":{\"reference\":\"Patient/9\"},\"status\":\"accepted\",\"x\":1.50},\
             {\"actor\":{\"reference\":\"Location/1\"},\"status\":\"tentative\"},\
             {\"actor\":{\"reference\":\"Practitioner/2\"},\"status\":\"accepted\"}]}"
        );
    }

    #[rstest]
    #[case::array("[]", EditError::NotAnObject)]
    #[case::text("\"x\"", EditError::NotAnObject)]
    #[case::cut_off("{\"status\":\"free\"", EditError::NotAnObject)]
    #[case::trailing("{\"status\":\"free\"} {}", EditError::NotAnObject)]
    #[case::twice("{\"status\":\"free\",\"status\":\"busy\"}", EditError::Twice("status"))]
    #[case::twice_escaped("{\"status\":\"free\",\"stat\\u0075s\":\"busy\"}", EditError::Twice("status"))]
    fn what_could_be_misread_is_left_alone(#[case] text: &str, #[case] error: EditError) {
        assert_eq!(slot_status(text, &SlotStatus::Busy), Err(error));
    }

    #[test]
    fn official_examples_come_through_unchanged_but_for_the_status() {
        for (name, text) in fixtures::all("hl7/read").into_iter().filter(|(name, _)| name.contains("/Slot-"))
        {
            let there = slot_status(&text, &SlotStatus::Other("probe".into())).unwrap();
            assert_ne!(there, text, "{name}");
            let old = serde_json::from_str::<serde_json::Value>(&text).unwrap()["status"]
                .as_str()
                .unwrap()
                .to_owned();
            assert_eq!(slot_status(&there, &SlotStatus::parse(&old)).unwrap(), text, "{name}");
        }
    }
}
