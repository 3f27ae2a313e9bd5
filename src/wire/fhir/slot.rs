//! `Slot` as we read it.

use super::code::SlotStatus;
use super::json::{self, Coding, Identifier, Missing};
use crate::clock::Moment;
use serde_json::Value;

const SLOT: &str = "Slot";

/// A FHIR R4 `Slot`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotView {
    /// The id; `Slot/id` is the reference.
    pub id: String,
    /// Only [`SlotStatus::Free`] may be offered.
    pub status: SlotStatus,
    /// When it begins.
    pub start: Moment,
    /// When it ends, after `start`.
    pub end: Moment,
    /// The Schedule, `Type/id`; R4 demands it, some servers leave it out.
    pub schedule: Option<String>,
    /// Services that fit.
    pub service_types: Vec<Coding>,
    /// Business identifiers; on servers whose transactions are not atomic, one of ours says who holds it.
    pub identifiers: Vec<Identifier>,
    /// `meta.versionId`, opaque; see [`super::etag::ETag`].
    pub version: Option<String>,
}

impl SlotView {
    /// True where both take some of the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True where both take the very same time.
    pub fn is_beside(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

/// Reads a `Slot`.
///
/// # Errors
/// No id, no readable start or end, or an end that is not after the start.
pub fn view(value: &Value) -> Result<SlotView, Missing> {
    json::expect(value, SLOT)?;
    let (start, end) = (time(value, "start")?, time(value, "end")?);
    if end <= start {
        return Err(Missing { resource: SLOT, element: "end" });
    }
    Ok(SlotView {
        id: json::id(value, SLOT)?,
        status: SlotStatus::parse(json::text(value, "status").unwrap_or_default()),
        start,
        end,
        schedule: value.get("schedule").and_then(json::reference),
        service_types: json::codings(value, "serviceType"),
        identifiers: json::identifiers(value),
        version: json::version(value),
    })
}

fn time(value: &Value, element: &'static str) -> Result<Moment, Missing> {
    json::moment(value, SLOT, element)?.ok_or(Missing { resource: SLOT, element })
}

#[cfg(test)]
mod tests {
    use super::view;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case::before("08:00", "08:30", false)]
    #[case::touching("08:30", "09:00", false)]
    #[case::into_its_beginning("08:45", "09:15", true)]
    #[case::the_very_same("09:00", "09:30", true)]
    #[case::within("09:10", "09:20", true)]
    #[case::around("08:00", "12:00", true)]
    #[case::after("09:30", "10:00", false)]
    fn slots_across_each_other(#[case] start: &str, #[case] end: &str, #[case] across: bool) {
        let slot = |start: &str, end: &str| {
            let time = |time: &str| format!("2026-12-01T{time}:00Z");
            let slot = json!({"resourceType": "Slot", "id": "1", "start": time(start), "end": time(end)});
            view(&slot).unwrap()
        };
        let (one, other) = (slot("09:00", "09:30"), slot(start, end));
        assert_eq!((one.overlaps(&other), other.overlaps(&one)), (across, across));
        assert_eq!(one.is_beside(&other), start == "09:00");
    }
}
