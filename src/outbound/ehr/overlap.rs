//! Slots that lie across each other in one schedule: a doctor is in one place at a time, whatever the EHR calls free.

use crate::clock::Moment;
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::directory::doctor_of;
use crate::outbound::ehr::rest::Rest;
use crate::wire::fhir::code::SlotStatus;
use crate::wire::fhir::instant;
use crate::wire::fhir::slot::{self, SlotView};
use chrono::Duration;

/// A slot that began longer ago is not seen: R4 has no search by the end of a slot.
const LONGEST: Duration = Duration::hours(24);
/// Taken slots of some schedules within a page's span at most.
const TAKEN: usize = 500;

impl Rest {
    /// True where a slot of the same schedule that is not free takes some of this one's time. Where no doctor is in
    /// the schedule, slots of the very same time are places beside each other: a vaccination room has several.
    pub(super) async fn is_overlapped(&self, wanted: &SlotView) -> Result<bool, Problem> {
        let Some(schedule) = &wanted.schedule else { return Ok(false) };
        let taken = self.taken(schedule, wanted.start, wanted.end).await?;
        let across: Vec<&SlotView> =
            taken.iter().filter(|other| other.id != wanted.id && other.overlaps(wanted)).collect();
        let beside = across.iter().all(|other| other.is_beside(wanted));
        let overlapped = !across.is_empty() && (!beside || self.has_a_doctor(schedule).await?);
        if overlapped {
            self.learnt.overlap(schedule);
        }
        Ok(overlapped)
    }

    async fn has_a_doctor(&self, schedule: &str) -> Result<bool, Problem> {
        let actors = self.directory.actors(&self.client, schedule, self.clock.now()).await?;
        Ok(doctor_of(actors.iter().map(String::as_str)).is_some())
    }

    /// Of free slots, nearest first, those that can be offered side by side: one of each time, none across an earlier
    /// one, and in schedules where this was seen before, none across one that is taken.
    pub(super) async fn side_by_side(&self, free: Vec<SlotView>) -> Result<Vec<SlotView>, Problem> {
        let mut kept: Vec<SlotView> = vec![];
        for slot in free {
            let mut earlier = kept.iter().filter(|other| other.schedule == slot.schedule);
            match earlier.find(|other| other.overlaps(&slot)) {
                None => kept.push(slot),
                Some(other) if other.is_beside(&slot) => {}
                Some(_) => slot.schedule.iter().for_each(|schedule| self.learnt.overlap(schedule)),
            }
        }
        let mut schedules: Vec<&str> = kept.iter().filter_map(|slot| slot.schedule.as_deref()).collect();
        schedules.sort_unstable();
        schedules.dedup();
        schedules.retain(|schedule| self.learnt.overlaps(schedule));
        let span = (kept.first().map(|slot| slot.start), kept.iter().map(|slot| slot.end).max());
        let (false, (Some(from), Some(until))) = (schedules.is_empty(), span) else { return Ok(kept) };
        let mut doctors = vec![];
        for schedule in &schedules {
            if self.has_a_doctor(schedule).await? {
                doctors.push((*schedule).to_owned());
            }
        }
        let taken = self.taken(&schedules.join(","), from, until).await?;
        kept.retain(|slot| {
            let alone = slot.schedule.as_ref().is_some_and(|schedule| doctors.contains(schedule));
            let mut here = taken.iter().filter(|other| other.schedule == slot.schedule);
            !here.any(|other| other.overlaps(slot) && (alone || !other.is_beside(slot)))
        });
        Ok(kept)
    }

    /// Slots of these schedules that are taken or blocked and may reach into a span.
    async fn taken(&self, schedules: &str, from: Moment, until: Moment) -> Result<Vec<SlotView>, Problem> {
        let from = format!("ge{}", instant::write(from - LONGEST));
        let until = format!("lt{}", instant::write(until));
        let pairs = [
            ("schedule", schedules),
            ("status", "busy,busy-unavailable,busy-tentative"),
            ("start", from.as_str()),
            ("start", until.as_str()),
        ];
        let fits = |value: &serde_json::Value| match slot::view(value) {
            Ok(SlotView { schedule: Some(schedule), status, .. }) => {
                let belongs = schedules.split(',').any(|wanted| wanted == schedule);
                if belongs && !is_taken(&status) { Fit::Since } else { Fit::of(belongs) }
            }
            _ => Fit::Odd,
        };
        let found = self.client.look_up("Slot", &pairs, TAKEN, fits).await?;
        Ok(found.iter().filter_map(|value| slot::view(value).ok()).collect())
    }
}

fn is_taken(status: &SlotStatus) -> bool {
    matches!(status, SlotStatus::Busy | SlotStatus::BusyUnavailable | SlotStatus::BusyTentative)
}
