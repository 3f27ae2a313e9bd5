//! Dialect `rest`: FHIR R4 with transactions, `ifMatch` and `ifNoneExist`, as HAPI and most generic servers have them.

use crate::clock::Clock;
use crate::domain::decision::{Outcome, Write, WriteKind};
use crate::domain::fact::{Fact, Question, SlotKey, Trouble, Visit, VisitState};
use crate::ids::Id;
use crate::outbound::ehr::client::{Client, Problem, Raw};
use crate::outbound::ehr::directory::{Directory, actors_of};
use crate::outbound::ehr::{Asking, Capabilities};
use crate::outbound::http::Method;
use crate::seal::Keys;
use crate::wire::fhir::author::{self, Booking};
use crate::wire::fhir::code::{Participation, SlotStatus};
use crate::wire::fhir::edit::{self, CancelReason};
use crate::wire::fhir::outcome::Refusal;
use crate::wire::fhir::slot::{self, SlotView};
use crate::wire::fhir::transaction::{self, Step};
use crate::wire::fhir::{Coding, query};

/// A generic R4 server.
#[derive(Debug)]
pub(in crate::outbound) struct Rest {
    pub client: Client,
    pub directory: Directory,
    pub keys: Keys,
    pub clock: Clock,
}

/// Why a write came to nothing.
pub(super) enum Failed {
    /// The world is not as the button said.
    Outcome(Box<Outcome>),
    /// The server did not do it, or did not say.
    Problem(Problem),
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

pub(super) fn is(outcome: Outcome) -> Failed {
    Failed::Outcome(Box::new(outcome))
}

impl Rest {
    pub fn capabilities(&self) -> Capabilities {
        Capabilities { hold: false, atomic_move: true, find_by_intent: true }
    }

    pub async fn answer(&self, question: Question, asking: Asking<'_>) -> Result<Fact, Problem> {
        match question {
            Question::Who => self.who(asking).await,
            Question::Slots(search) => self.slots(search, asking).await,
            Question::Slot(key) => Ok(Fact::Slot(self.find_slot(key, asking).await?.map(|(free, _)| free))),
            Question::Visits(patient) => self.visits(patient, asking).await,
            Question::Past(patient) => self.past(patient, asking).await,
            Question::Visit(patient, appointment) => {
                Ok(Fact::Visit(self.visit(patient, appointment, asking).await?))
            }
            // Our own rows answer these; an EHR that is asked all the same knows nothing of them.
            Question::Intent(_) | Question::Told(..) => Ok(Fact::Trouble(Trouble::Down)),
        }
    }

    /// Performs a write. What may have been done before is looked for first; what was refused is looked at again,
    /// since servers word the same conflict in ten ways; what got no answer is unknown.
    pub async fn perform(&self, write: Write, asking: Asking<'_>, doubt: bool) -> Outcome {
        if doubt {
            match self.done_before(write, asking).await {
                Ok(Some(outcome)) => return outcome,
                Ok(None) => {}
                Err(_) => return Outcome::Unknown,
            }
        }
        match self.attempt(write, asking).await {
            Ok(()) => self.read_back(write, asking).await,
            Err(Failed::Outcome(outcome)) => *outcome,
            Err(Failed::Problem(problem)) => self.after(problem, write, asking).await,
        }
    }

    /// Looks for the truth of a write whose answer was lost.
    pub async fn reconcile(&self, write: Write, asking: Asking<'_>, may_repeat: bool) -> Option<Outcome> {
        match self.done_before(write, asking).await {
            Ok(Some(outcome)) => Some(outcome),
            Ok(None) if may_repeat => match self.perform(write, asking, false).await {
                Outcome::Unknown => None,
                outcome => Some(outcome),
            },
            Ok(None) | Err(_) => None,
        }
    }

    async fn attempt(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
        match write.kind {
            WriteKind::Book => self.book(write, asking).await,
            WriteKind::Move => self.move_to(write, asking).await,
            WriteKind::Cancel => self.cancel(write, asking).await,
            WriteKind::Reason => self.reason(write, asking).await,
            WriteKind::Attend => self.attend(write, asking).await,
            WriteKind::Register => self.register(asking).await,
        }
    }

    async fn book(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
        let about = write.about;
        let patient = self.patient(about.patient, asking).await?.ok_or_else(|| is(Outcome::Refused))?;
        let (slot, view) = self.free_slot_for(write, asking).await?;
        let schedule = view.schedule.as_deref().unwrap_or_default();
        let actors = self.directory.actors(&self.client, schedule, self.clock.now()).await?;
        let intent = about.intent.to_string();
        let reference = format!("Slot/{}", view.id);
        let body = author::booking(&Booking {
            system: &self.client.settings.booking_system,
            intent: &intent,
            slot: &reference,
            start: view.start,
            end: view.end,
            service_type: service_coding(write, asking).as_ref(),
            patient: &patient,
            actors: &actors,
        })
        .map_err(|_| is(Outcome::Refused))?;
        let busy = status(&slot, SlotStatus::Busy)?;
        let system = &self.client.settings.booking_system;
        self.transact(&[
            Step::Put { reference: &reference, body: &busy, if_match: &slot.etag },
            Step::Create { kind: "Appointment", body: &body, system, value: &intent },
        ])
        .await
    }

    /// One transaction: the new slot busy, the old one free, the appointment on the new one, with the move's intent as
    /// a second identifier.
    async fn move_to(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let (new, view) = self.free_slot_for(write, asking).await?;
        let new_reference = format!("Slot/{}", view.id);
        let old = self.slots_of(&appointment).await?;
        let busy = status(&new, SlotStatus::Busy)?;
        let freed = freed(&old)?;
        let body = self.moved(write, &appointment, &view, &new_reference).await?;
        let mut steps = vec![
            Step::Put { reference: &new_reference, body: &busy, if_match: &new.etag },
            Step::Put { reference: visit.reference.reveal(), body: &body, if_match: &appointment.etag },
        ];
        steps.extend(freed.iter().map(|(reference, body, slot)| Step::Put {
            reference,
            body,
            if_match: &slot.etag,
        }));
        self.transact(&steps).await
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

    async fn cancel(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state == VisitState::Cancelled {
            return Err(is(Outcome::Already));
        }
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let reason = if write.from_reminder { CancelReason::Reminder } else { CancelReason::Patient };
        let body = edit::cancel(appointment.text.reveal(), reason).map_err(|_| is(Outcome::Refused))?;
        let old = self.slots_of(&appointment).await?;
        let old = self.only_ours(old, &visit).await?;
        let freed = freed(&old)?;
        let mut steps =
            vec![Step::Put { reference: visit.reference.reveal(), body: &body, if_match: &appointment.etag }];
        steps.extend(freed.iter().map(|(reference, body, slot)| Step::Put {
            reference,
            body,
            if_match: &slot.etag,
        }));
        self.transact(&steps).await
    }

    /// The patient's own reason, on an appointment that is cancelled already.
    async fn reason(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
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
        let reference = visit.reference.reveal();
        self.transact(&[Step::Put { reference, body: &body, if_match: &appointment.etag }]).await
    }

    /// The patient's own answer: they will come.
    async fn attend(&self, write: Write, asking: Asking<'_>) -> Result<(), Failed> {
        let (visit, appointment) = self.appointment(write, asking).await?;
        if visit.state != VisitState::Booked || visit.told4() != write.about.told {
            return Err(is(Outcome::Changed));
        }
        let patient = visit.patient_reference.reveal();
        let body = edit::answer(appointment.text.reveal(), patient, &Participation::Accepted)
            .map_err(|_| is(Outcome::Refused))?;
        let reference = visit.reference.reveal();
        self.transact(&[Step::Put { reference, body: &body, if_match: &appointment.etag }]).await
    }

    async fn transact(&self, steps: &[Step<'_>]) -> Result<(), Failed> {
        let bundle =
            transaction::bundle(&self.client.settings.base, steps).map_err(|_| is(Outcome::Refused))?;
        self.client.write(Method::Post, "", vec![], bundle.into_bytes()).await?;
        Ok(())
    }

    /// The slot of a write, read afresh by its id: search results may be cached.
    async fn free_slot_for(&self, write: Write, asking: Asking<'_>) -> Result<(Raw, SlotView), Failed> {
        let about = write.about;
        let key = SlotKey { service: about.service, start: about.at(), actors: about.actors };
        let Some((_, view)) = self.find_slot(key, asking).await? else { return Err(is(Outcome::Taken)) };
        let raw = match self.client.raw(&format!("Slot/{}", view.id)).await {
            Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => return Err(is(Outcome::Taken)),
            other => other?,
        };
        let fresh = slot::view(&raw.value).map_err(|_| Problem::NotFhir)?;
        if fresh.status != SlotStatus::Free || fresh.start != about.at() {
            return Err(is(Outcome::Taken));
        }
        Ok((raw, fresh))
    }

    /// The appointment of a write, found by its coordinates and read afresh.
    async fn appointment(&self, write: Write, asking: Asking<'_>) -> Result<(Visit, Raw), Failed> {
        let found = self.visit(write.about.patient, write.about.appointment, asking).await?;
        let found = found.ok_or_else(|| is(Outcome::Changed))?;
        let raw = self.client.raw(found.reference.reveal()).await?;
        let visit = self.visit_of(&raw.value, asking).await.ok_or(Problem::NotFhir)?;
        Ok((visit, raw))
    }

    async fn slots_of(&self, appointment: &Raw) -> Result<Vec<(String, Raw)>, Failed> {
        let view = crate::wire::fhir::appointment::view(&appointment.value).map_err(|_| Problem::NotFhir)?;
        let mut slots = vec![];
        for reference in view.slots {
            match self.client.raw(&reference).await {
                Ok(raw) => slots.push((reference, raw)),
                // A slot that was deleted needs no freeing.
                Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => {}
                Err(problem) => return Err(problem.into()),
            }
        }
        Ok(slots)
    }

    /// Slots that no other appointment stands on.
    async fn only_ours(
        &self,
        slots: Vec<(String, Raw)>,
        visit: &Visit,
    ) -> Result<Vec<(String, Raw)>, Failed> {
        let mut ours = vec![];
        for (reference, raw) in slots {
            let pairs = [("slot", reference.as_str()), ("status", "booked")];
            let on_it = self.client.search("Appointment", &pairs, 10).await?;
            let others = on_it.iter().any(|other| {
                other["id"].as_str().map(|id| format!("Appointment/{id}")).as_ref()
                    != Some(visit.reference.reveal())
            });
            if !others {
                ours.push((reference, raw));
            }
        }
        Ok(ours)
    }

    /// Nothing is called booked until it has been read back.
    async fn read_back(&self, write: Write, asking: Asking<'_>) -> Outcome {
        match self.done_before(write, asking).await {
            Ok(Some(outcome)) => outcome,
            Ok(None) | Err(_) => Outcome::Unknown,
        }
    }

    /// What a write came to, as far as the EHR shows it; `None`: not done.
    async fn done_before(&self, write: Write, asking: Asking<'_>) -> Result<Option<Outcome>, Problem> {
        match write.kind {
            WriteKind::Book | WriteKind::Move => {
                let visit = self.by_intent(write.about.intent, asking).await?;
                Ok(visit.filter(|visit| visit.state != VisitState::Cancelled).map(Outcome::Done))
            }
            WriteKind::Attend => {
                let visit = self.visit(write.about.patient, write.about.appointment, asking).await?;
                let coming = |visit: &Visit| visit.attending && visit.state == VisitState::Booked;
                Ok(visit.filter(coming).map(Outcome::Done))
            }
            WriteKind::Register => Ok(self.registered(asking).await?.map(Outcome::Registered)),
            WriteKind::Cancel | WriteKind::Reason => {
                let visit = self.visit(write.about.patient, write.about.appointment, asking).await?;
                Ok(visit.filter(|visit| visit.state == VisitState::Cancelled).map(Outcome::Done))
            }
        }
    }

    async fn by_intent(&self, intent: Id, asking: Asking<'_>) -> Result<Option<Visit>, Problem> {
        let identifier = query::token(&self.client.settings.booking_system, &intent.to_string());
        let found = self.client.search("Appointment", &[("identifier", &identifier)], 5).await?;
        match found.first() {
            Some(value) => Ok(self.visit_of(value, asking).await),
            None => Ok(None),
        }
    }

    /// Servers word a lost race in ten ways, a plain 400 among them: whether the slot is still free says more.
    async fn slot_is_lost(&self, write: Write, asking: Asking<'_>) -> bool {
        let choosing = matches!(write.kind, WriteKind::Book | WriteKind::Move);
        choosing
            && matches!(self.free_slot_for(write, asking).await, Err(Failed::Outcome(it)) if *it == Outcome::Taken)
    }

    /// After a problem: certain ones are told, all others are looked at first.
    async fn after(&self, problem: Problem, write: Write, asking: Asking<'_>) -> Outcome {
        if matches!(problem, Problem::Unreachable | Problem::OverBudget) {
            return Outcome::NotDone(problem.trouble());
        }
        if problem == Problem::NoAnswer {
            return Outcome::Unknown;
        }
        match self.done_before(write, asking).await {
            Ok(Some(outcome)) => outcome,
            Ok(None) if self.slot_is_lost(write, asking).await => Outcome::Taken,
            Ok(None) => not_done(problem, write),
            Err(_) => Outcome::Unknown,
        }
    }
}

/// What a refusal means once it is known that nothing was done.
fn not_done(problem: Problem, write: Write) -> Outcome {
    let lost = match write.kind {
        WriteKind::Book | WriteKind::Move => Outcome::Taken,
        WriteKind::Cancel | WriteKind::Reason | WriteKind::Attend => Outcome::Changed,
        WriteKind::Register => Outcome::Refused,
    };
    match problem {
        Problem::Refused(
            Refusal::Taken
            | Refusal::Conflict
            | Refusal::OurTwin
            | Refusal::Duplicate
            | Refusal::NotFound
            | Refusal::Gone,
        ) => lost,
        Problem::Refused(Refusal::Auth | Refusal::Invalid) => Outcome::Refused,
        Problem::Refused(Refusal::Throttled { .. } | Refusal::Locked) => Outcome::NotDone(Trouble::Slow),
        // The server answered, and the look-up after it found nothing: it was not done.
        Problem::Refused(Refusal::Transient | Refusal::Unknown) => Outcome::NotDone(Trouble::Down),
        _ => Outcome::Unknown,
    }
}

fn status(slot: &Raw, status: SlotStatus) -> Result<String, Failed> {
    edit::slot_status(slot.text.reveal(), &status).map_err(|_| is(Outcome::Refused))
}

/// The old slots, free again; one that is blocked for another reason is left alone.
fn freed(old: &[(String, Raw)]) -> Result<Vec<(&str, String, &Raw)>, Failed> {
    old.iter()
        .filter(|(_, raw)| slot::view(&raw.value).is_ok_and(|view| view.status == SlotStatus::Busy))
        .map(|(reference, raw)| Ok((reference.as_str(), status(raw, SlotStatus::Free)?, raw)))
        .collect()
}

fn service_coding(write: Write, asking: Asking<'_>) -> Option<Coding> {
    let service = asking.clinic.services.iter().find(|it| it.digest() == write.about.service)?;
    let (system, code) = service.service_type.split_once('|')?;
    Some(Coding { system: system.to_owned(), code: code.to_owned() })
}
