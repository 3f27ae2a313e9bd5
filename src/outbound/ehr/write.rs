//! The writes themselves, each one transaction; on a server that does transactions by halves, the slot first.

use crate::clock::Moment;
use crate::domain::decision::{Outcome, Write, WriteKind};
use crate::domain::fact::{SlotKey, Visit, VisitState};
use crate::outbound::ehr::Asking;
use crate::outbound::ehr::client::{Problem, Raw};
use crate::outbound::ehr::directory::actors_of;
use crate::outbound::ehr::rest::Rest;
use crate::outbound::http::{Method, Response};
use crate::phi::Phi;
use crate::wire::fhir::author::{self, Booking};
use crate::wire::fhir::code::{Participation, SlotStatus};
use crate::wire::fhir::edit::{self, CancelReason, EditError};
use crate::wire::fhir::etag::ETag;
use crate::wire::fhir::outcome::Refusal;
use crate::wire::fhir::slot::{self, SlotView};
use crate::wire::fhir::transaction::{self, Step};
use crate::wire::fhir::{Coding, appointment, query, reference};
use futures_util::future;
use serde_json::Value;

/// Why a write came to nothing.
pub(super) enum Failed {
    /// The world is not as the button said.
    Outcome(Box<Outcome>),
    /// The server did not do it, or did not say.
    Problem(Problem),
}

impl From<EditError> for Failed {
    /// Only people can mend what we may not change.
    fn from(_: EditError) -> Self {
        is(Outcome::Refused)
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

pub(super) fn is(outcome: Outcome) -> Failed {
    Failed::Outcome(Box::new(outcome))
}

/// What the server said of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Heard {
    /// That it did all of it.
    Done,
    /// That it did none of it.
    Refused,
    /// Nothing that could be relied on.
    Nothing,
}

/// What an attempt leaves behind for those who look what came of it.
#[derive(Debug)]
pub(super) struct Trail {
    /// When it began.
    pub began: Moment,
    /// What the server said.
    pub heard: Heard,
    /// An earlier attempt may have been done.
    pub again: bool,
    /// After this look it is decided, so what is held in vain is given back.
    pub last: bool,
    /// A write left, and may have been done.
    pub sent: bool,
    /// The appointment: the one that was created, or the one that was to change.
    pub made: Option<Phi<String>>,
    /// Its version before.
    pub version: Option<ETag>,
    /// The slot that was to be taken.
    pub taking: Option<String>,
    /// Slots that were to become free.
    pub leaving: Vec<String>,
}

impl Trail {
    /// Before anything was done; `again`: an earlier attempt may have been.
    pub fn new(began: Moment, again: bool) -> Self {
        Self {
            began,
            heard: Heard::Nothing,
            again,
            last: true,
            sent: false,
            made: None,
            version: None,
            taking: None,
            leaving: vec![],
        }
    }
}

impl Rest {
    pub(super) async fn attempt(
        &self,
        write: Write,
        asking: Asking<'_>,
        trail: &mut Trail,
    ) -> Result<(), Failed> {
        match write.kind {
            WriteKind::Book => self.book(write, asking, trail).await,
            WriteKind::Move => self.move_to(write, asking, trail).await,
            WriteKind::Cancel => self.cancel(write, asking, trail).await,
            WriteKind::Reason => self.reason(write, asking, trail).await,
            WriteKind::Attend => self.attend(write, asking, trail).await,
            WriteKind::Register => self.register(asking, trail).await,
        }
    }

    async fn book(&self, write: Write, asking: Asking<'_>, trail: &mut Trail) -> Result<(), Failed> {
        let about = write.about;
        let patient = self.patient(about.patient, asking).await?.ok_or_else(|| is(Outcome::Refused))?;
        let (slot, view) = self.free_slot_for(write, asking).await?;
        let schedule = view.schedule.as_deref().unwrap_or_default();
        let actors = self.directory.actors(&self.client, schedule, self.clock.now()).await?;
        let intent = about.intent.to_string();
        let reference = format!("Slot/{}", view.id);
        let system = &self.client.settings.booking_system;
        let body = author::booking(&Booking {
            system,
            intent: &intent,
            slot: &reference,
            start: view.start,
            end: view.end,
            service_type: service_coding(write, asking).as_ref(),
            patient: &patient,
            actors: &actors,
        })
        .map_err(|_| is(Outcome::Refused))?;
        let busy = self.taken_body(&slot, &intent)?;
        trail.taking = Some(reference.clone());
        if self.learnt.atomic() {
            let steps = [
                Step::Put { reference: &reference, body: &busy, if_match: &slot.etag },
                Step::Create { kind: "Appointment", body: &body, system, value: &intent },
            ];
            return self.transact(&steps, trail).await;
        }
        self.sent(trail, self.client.put(&reference, busy, &slot.etag).await)?;
        let condition = query::conditions(&[("identifier", &query::token(system, &intent))]);
        let headers = vec![("if-none-exist", Phi::new(condition))];
        let created = self.client.write(Method::Post, "Appointment", headers, body.into_bytes()).await;
        trail.made = created_at(&self.sent(trail, created)?);
        Ok(())
    }

    /// One transaction: the new slot busy, the old one free, the appointment on the new one, with the move's intent as
    /// a second identifier. The new slot comes first, so that where steps are done one by one, a race lost on it
    /// leaves everything as it was.
    async fn move_to(&self, write: Write, asking: Asking<'_>, trail: &mut Trail) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let (new, view) = self.free_slot_for(write, asking).await?;
        let new_reference = format!("Slot/{}", view.id);
        let old = self.only_ours(self.slots_of(&appointment).await?, &visit).await?;
        let busy = self.taken_body(&new, &write.about.intent.to_string())?;
        let freed = self.freed(&old)?;
        let body = self.moved(write, &appointment, &view, &new_reference).await?;
        trail.taking = Some(new_reference.clone());
        trail.leaving = old.iter().map(|(reference, _)| reference.clone()).collect();
        trail.made = Some(visit.reference.clone());
        trail.version = Some(appointment.etag.clone());
        let mut steps = vec![
            Step::Put { reference: &new_reference, body: &busy, if_match: &new.etag },
            Step::Put { reference: visit.reference.reveal(), body: &body, if_match: &appointment.etag },
        ];
        steps.extend(freed.iter().map(put));
        self.transact(&steps, trail).await
    }

    async fn moved(
        &self,
        write: Write,
        appointment: &Raw,
        view: &SlotView,
        slot: &str,
    ) -> Result<String, Failed> {
        let refused = |_| is(Outcome::Refused);
        let text = appointment.text.reveal();
        let text = edit::reschedule(text, slot, view.start, view.end).map_err(refused)?;
        let schedule = view.schedule.as_deref().unwrap_or_default();
        let actors = self.directory.actors(&self.client, schedule, self.clock.now()).await?;
        let old = actors_of(&appointment.value);
        let text = edit::swap_actors(&text, &old, &actors).map_err(refused)?;
        let system = &self.client.settings.booking_system;
        edit::add_identifier(&text, system, &write.about.intent.to_string()).map_err(refused)
    }

    async fn cancel(&self, write: Write, asking: Asking<'_>, trail: &mut Trail) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state == VisitState::Cancelled {
            return Err(is(Outcome::Already));
        }
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let reason = if write.from_reminder { CancelReason::Reminder } else { CancelReason::Patient };
        let body = edit::cancel(appointment.text.reveal(), reason).map_err(|_| is(Outcome::Refused))?;
        let old = self.only_ours(self.slots_of(&appointment).await?, &visit).await?;
        let freed = self.freed(&old)?;
        trail.leaving = old.iter().map(|(reference, _)| reference.clone()).collect();
        trail.made = Some(visit.reference.clone());
        let mut steps =
            vec![Step::Put { reference: visit.reference.reveal(), body: &body, if_match: &appointment.etag }];
        steps.extend(freed.iter().map(put));
        self.transact(&steps, trail).await
    }

    /// The patient's own reason, on an appointment that is cancelled already.
    async fn reason(&self, write: Write, asking: Asking<'_>, trail: &mut Trail) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state != VisitState::Cancelled {
            return Err(is(Outcome::Changed));
        }
        let reason = match write.about.day {
            4 => CancelReason::Transport,
            5 => CancelReason::Cost,
            _ => CancelReason::Patient,
        };
        let body = edit::cancel(appointment.text.reveal(), reason).map_err(|_| is(Outcome::Refused))?;
        trail.made = Some(visit.reference.clone());
        let reference = visit.reference.reveal();
        self.transact(&[Step::Put { reference, body: &body, if_match: &appointment.etag }], trail).await
    }

    /// The patient's own answer: they will come.
    async fn attend(&self, write: Write, asking: Asking<'_>, trail: &mut Trail) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let patient = visit.patient_reference.reveal();
        let body = edit::answer(appointment.text.reveal(), patient, &Participation::Accepted)?;
        trail.made = Some(visit.reference.clone());
        let reference = visit.reference.reveal();
        self.transact(&[Step::Put { reference, body: &body, if_match: &appointment.etag }], trail).await
    }

    async fn transact(&self, steps: &[Step<'_>], trail: &mut Trail) -> Result<(), Failed> {
        let bundle =
            transaction::bundle(&self.client.settings.base, steps).map_err(|_| is(Outcome::Refused))?;
        let answer = self.client.write(Method::Post, "", vec![], bundle.into_bytes()).await;
        let answer = self.sent(trail, answer)?;
        let made = created_in(&answer);
        trail.made = made.or(trail.made.take());
        Ok(())
    }

    /// Notes whether a write left.
    #[expect(clippy::unused_self, reason = "it reads as what happens to a write")]
    pub(super) fn sent<T>(&self, trail: &mut Trail, answer: Result<T, Problem>) -> Result<T, Problem> {
        trail.sent |= !matches!(answer, Err(Problem::Unreachable | Problem::OverBudget));
        answer
    }

    /// The slot of a write, read afresh by its id, with nobody on it: search results may be old, and not every front
    /// desk marks the slot that it fills.
    pub(super) async fn free_slot_for(
        &self,
        write: Write,
        asking: Asking<'_>,
    ) -> Result<(Raw, SlotView), Failed> {
        let about = write.about;
        let key = SlotKey { service: about.service, start: about.at(), actors: about.actors };
        let Some((_, view)) = self.find_slot(key, asking).await? else { return Err(is(Outcome::Taken)) };
        let reference = format!("Slot/{}", view.id);
        let (raw, others) = future::join(self.client.raw(&reference), self.others_on(&reference, None)).await;
        let raw = match raw {
            Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => return Err(is(Outcome::Taken)),
            other => other?,
        };
        let fresh = slot::view(&raw.value).map_err(|_| Problem::NotFhir)?;
        if fresh.status != SlotStatus::Free || fresh.start != about.at() || !others?.is_empty() {
            return Err(is(Outcome::Taken));
        }
        Ok((raw, fresh))
    }

    /// The appointment of a write, found by its coordinates and read afresh.
    async fn appointment(&self, write: Write, asking: Asking<'_>) -> Result<(Visit, Raw), Failed> {
        let about = write.about;
        let found = self.visit(about.patient, about.appointment, asking).await?;
        let found = found.ok_or_else(|| is(Outcome::Changed))?;
        let raw = self.client.raw(found.reference.reveal()).await?;
        let visit = self.visit_of(&raw.value, about.patient, asking).await.ok_or(Problem::NotFhir)?;
        Ok((visit, raw))
    }

    pub(super) async fn slots_of(&self, appointment: &Raw) -> Result<Vec<(String, Raw)>, Problem> {
        let view = appointment::view(&appointment.value).map_err(|_| Problem::NotFhir)?;
        let mut slots = vec![];
        for reference in view.slots {
            match self.client.raw(&reference).await {
                Ok(raw) => slots.push((reference, raw)),
                // A slot that was deleted needs no freeing.
                Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(slots)
    }

    /// Slots that no other appointment stands on.
    async fn only_ours(
        &self,
        slots: Vec<(String, Raw)>,
        visit: &Visit,
    ) -> Result<Vec<(String, Raw)>, Problem> {
        let mut ours = vec![];
        for (reference, raw) in slots {
            if self.others_on(&reference, Some(&visit.reference)).await?.is_empty() {
                ours.push((reference, raw));
            }
        }
        Ok(ours)
    }

    /// A slot, taken. Where a transaction may be done by halves, it says for which intent: then it alone decides whose
    /// it is. It was free: a mark of ours that is still there is from before the clinic freed it, and counts no more.
    pub(super) fn taken_body(&self, slot: &Raw, intent: &str) -> Result<String, EditError> {
        let free = self.unmarked_body(slot)?;
        let busy = edit::slot_status(&free, &SlotStatus::Busy)?;
        if self.learnt.atomic() {
            return Ok(busy);
        }
        edit::add_identifier(&busy, &self.client.settings.booking_system, intent)
    }

    /// A slot, free again and nobody's.
    pub(super) fn freed_body(&self, slot: &Raw) -> Result<String, EditError> {
        let free = edit::slot_status(slot.text.reveal(), &SlotStatus::Free)?;
        edit::remove_identifiers(&free, &self.client.settings.booking_system)
    }

    /// A slot that stays as it is, but is no longer ours.
    pub(super) fn unmarked_body(&self, slot: &Raw) -> Result<String, EditError> {
        edit::remove_identifiers(slot.text.reveal(), &self.client.settings.booking_system)
    }

    /// The old slots, free again; one that is blocked for another reason is left alone.
    fn freed<'a>(&self, old: &'a [(String, Raw)]) -> Result<Vec<Freed<'a>>, Failed> {
        old.iter()
            .filter(|(_, raw)| slot::view(&raw.value).is_ok_and(|view| view.status == SlotStatus::Busy))
            .map(|(reference, raw)| Ok((reference.as_str(), self.freed_body(raw)?, raw)))
            .collect()
    }
}

/// A slot's reference, its new text, and what it was.
type Freed<'a> = (&'a str, String, &'a Raw);

fn put<'a>((reference, body, slot): &'a Freed<'_>) -> Step<'a> {
    Step::Put { reference, body, if_match: &slot.etag }
}

/// The appointment that a transaction says it created or found.
fn created_in(answer: &Response) -> Option<Phi<String>> {
    let value: Value = serde_json::from_slice(answer.body.reveal()).ok()?;
    let named = transaction::results(&value)?.into_iter().filter_map(|done| done.reference);
    named.into_iter().find(|it| reference::kind(it.reveal()) == "Appointment")
}

/// The appointment that a create names: in `Location`, for its body may be empty.
fn created_at(answer: &Response) -> Option<Phi<String>> {
    answer.location.as_ref().and_then(|location| reference::normal(location.reveal())).map(Phi::new)
}

fn service_coding(write: Write, asking: Asking<'_>) -> Option<Coding> {
    let service = asking.clinic.services.iter().find(|it| it.digest() == write.about.service)?;
    let (system, code) = service.service_type.split_once('|')?;
    Some(Coding { system: system.to_owned(), code: code.to_owned() })
}
