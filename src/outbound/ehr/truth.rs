//! What came of a write, as the EHR shows it, whatever it said of it (`docs/decisions/0006`).
//!
//! Servers differ in what a refused transaction leaves behind, so an appointment of ours proves nothing on a slot that
//! is somebody else's. It is called off, and the patient hears only that the time is taken.

use crate::domain::decision::{Outcome, Write, WriteKind};
use crate::domain::fact::VisitState;
use crate::outbound::ehr::Asking;
use crate::outbound::ehr::client::{Fit, Problem, Raw};
use crate::outbound::ehr::rest::Rest;
use crate::outbound::ehr::write::{Heard, Trail};
use crate::phi::Phi;
use crate::wire::fhir::appointment::{self, AppointmentView};
use crate::wire::fhir::code::SlotStatus;
use crate::wire::fhir::edit::{self, CancelReason};
use crate::wire::fhir::outcome::Refusal;
use crate::wire::fhir::query;
use crate::wire::fhir::slot::{self, SlotView};
use serde_json::Value;

/// Appointments on one slot, or of one intent, at most.
const FEW: usize = 50;

/// An appointment that stands on a slot.
pub(super) struct Other {
    /// It was made through us.
    ours: bool,
}

/// Whose a slot is, to an appointment of ours that refers to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// Its own.
    Ours,
    /// Somebody else's.
    Theirs,
    /// Nobody can tell: others of ours stand on it too, and the slot does not say whose it is.
    Contested,
}

/// An appointment of ours.
struct Mine {
    reference: Phi<String>,
    view: AppointmentView,
    raw: Raw,
}

impl Rest {
    /// What a write came to; `None`: not done.
    pub(super) async fn truth(
        &self,
        write: Write,
        trail: &Trail,
        asking: Asking<'_>,
    ) -> Result<Option<Outcome>, Problem> {
        match write.kind {
            WriteKind::Book | WriteKind::Move => self.secured(write, trail, asking).await,
            WriteKind::Cancel | WriteKind::Reason => self.called_off(write, trail, asking).await,
            WriteKind::Attend => self.attending(write, asking).await,
            WriteKind::Register => Ok(self.registered(asking).await?.map(Outcome::Registered)),
        }
    }

    async fn secured(
        &self,
        write: Write,
        trail: &Trail,
        asking: Asking<'_>,
    ) -> Result<Option<Outcome>, Problem> {
        let intent = write.about.intent.to_string();
        let (mut active, ended): (Vec<Mine>, Vec<Mine>) =
            self.mine(&intent, trail).await?.into_iter().partition(|mine| mine.view.is_active());
        // The lowest id stays, whoever looks: two of one intent come from a create that raced with itself.
        active.sort_by(|a, b| a.reference.reveal().cmp(b.reference.reveal()));
        let mut active = active.into_iter();
        let Some(kept) = active.next() else {
            if trail.last {
                self.give_back(write, &intent, trail).await?;
            }
            return Ok((!ended.is_empty()).then_some(ended_before(write)));
        };
        for twin in active {
            self.call_off(&twin).await?;
        }
        if trail.heard == Heard::Refused {
            self.learnt.done_by_halves();
        }
        let held = self.held(&kept, &intent, write.kind, trail).await?;
        if held != Held::Ours {
            return self.yielded(write, &kept, &intent, held).await.map(Some);
        }
        if write.kind == WriteKind::Move && trail.heard != Heard::Done {
            self.tidy(&kept, &trail.leaving, &intent).await?;
        }
        let visit = self.visit_of(&kept.raw.value, write.about.patient, asking).await;
        Ok(Some(Outcome::Done(visit.ok_or(Problem::Unsettled)?)))
    }

    async fn attending(&self, write: Write, asking: Asking<'_>) -> Result<Option<Outcome>, Problem> {
        let visit = self.visit(write.about.patient, write.about.appointment, asking).await?;
        let coming = visit.filter(|visit| visit.attending && visit.state == VisitState::Booked);
        Ok(coming.map(Outcome::Done))
    }

    async fn called_off(
        &self,
        write: Write,
        trail: &Trail,
        asking: Asking<'_>,
    ) -> Result<Option<Outcome>, Problem> {
        let (patient, appointment) = (write.about.patient, write.about.appointment);
        let reference = match &trail.made {
            Some(known) => known.clone(),
            None => match self.visit(patient, appointment, asking).await? {
                Some(visit) => visit.reference,
                None => return Ok(None),
            },
        };
        let raw = self.client.raw(reference.reveal()).await?;
        let visit = self.visit_of(&raw.value, patient, asking).await.ok_or(Problem::Unsettled)?;
        if visit.state != VisitState::Cancelled {
            return Ok(None);
        }
        if write.kind == WriteKind::Cancel && trail.heard != Heard::Done {
            let mine = Mine { reference, view: viewed(&raw)?, raw };
            self.tidy(&mine, &mine.view.slots, "").await?;
        }
        Ok(Some(Outcome::Done(visit)))
    }

    /// The appointments of an intent: the one that the server named, else all that carry it as identifier.
    async fn mine(&self, intent: &str, trail: &Trail) -> Result<Vec<Mine>, Problem> {
        let system = &self.client.settings.booking_system;
        if let (Heard::Done, false, Some(named)) = (trail.heard, trail.again, &trail.made)
            && let Ok(raw) = self.client.raw(named.reveal()).await
            && appointment::has_identifier(&raw.value, system, intent)
        {
            return Ok(vec![Mine { reference: named.clone(), view: viewed(&raw)?, raw }]);
        }
        let identifier = query::token(system, intent);
        let fits = |value: &Value| match appointment::view(value) {
            _ if appointment::has_identifier(value, system, intent) => Fit::Yes,
            Ok(view) if view.is_whole() => Fit::No,
            _ => Fit::Odd,
        };
        let found = self.client.look_up("Appointment", &[("identifier", &identifier)], FEW, fits).await?;
        let mut mine = vec![];
        for value in found {
            let id = value.get("id").and_then(Value::as_str).ok_or(Problem::NotFhir)?;
            let reference = Phi::new(format!("Appointment/{id}"));
            let raw = self.client.raw(reference.reveal()).await?;
            mine.push(Mine { reference, view: viewed(&raw)?, raw });
        }
        Ok(mine)
    }

    /// Whose the slots are that an appointment refers to.
    async fn held(&self, mine: &Mine, intent: &str, kind: WriteKind, trail: &Trail) -> Result<Held, Problem> {
        for slot in &mine.view.slots {
            let Some((raw, view)) = self.slot(slot).await? else { return Ok(Held::Theirs) };
            let others = self.others_on(slot, Some(&mine.reference)).await?;
            // An appointment that is moved was there before; whoever else the clinic put on its new slot, it stays.
            if kind == WriteKind::Book && others.iter().any(|other| !other.ours) {
                return Ok(Held::Theirs);
            }
            let held = match (self.holder(&view), &view.status, trail.heard) {
                (Some(holder), ..) if holder == intent => Held::Ours,
                // A move takes the slot before it changes the appointment.
                (None, SlotStatus::Busy, _) if kind == WriteKind::Move => Held::Ours,
                (Some(_), ..) | (None, SlotStatus::Busy, Heard::Refused) => Held::Theirs,
                (None, SlotStatus::Free, _) => self.take(slot, &raw, intent).await?,
                (None, _, Heard::Nothing) if !others.is_empty() => Held::Contested,
                (None, SlotStatus::Busy, _) => Held::Ours,
                // Blocked or deleted by the clinic.
                _ => Held::Theirs,
            };
            if held != Held::Ours {
                return Ok(held);
            }
        }
        Ok(Held::Ours)
    }

    /// True of an appointment whose booking is in doubt and whose slot has others on it: a server that does
    /// transactions by halves may have left it behind, and nobody is told of it before that is settled.
    pub(super) async fn may_be_an_orphan(&self, value: &Value) -> Result<bool, Problem> {
        let Ok(view) = appointment::view(value) else { return Ok(false) };
        let system = &self.client.settings.booking_system;
        if view.is_active() && view.values(system).any(|intent| self.learnt.doubts(intent)) {
            let itself = view.id.clone().map(|id| format!("Appointment/{id}"));
            for slot in &view.slots {
                if !self.others_on(slot, Some(&itself)).await?.is_empty() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Takes a slot that an appointment of ours stands on and that is free all the same: a server did half of what it
    /// was told.
    async fn take(&self, reference: &str, slot: &Raw, intent: &str) -> Result<Held, Problem> {
        self.learnt.done_by_halves();
        let body = self.taken_body(slot, intent).map_err(|_| Problem::Unsettled)?;
        match self.client.put(reference, body, &slot.etag).await {
            Ok(()) => {}
            Err(Problem::Refused(refusal))
                if !matches!(refusal, Refusal::Transient | Refusal::Unavailable) =>
            {
                return Ok(Held::Theirs);
            }
            Err(problem) => return Err(problem),
        }
        match self.slot(reference).await? {
            Some((_, view)) if self.holder(&view) == Some(intent) => Ok(Held::Ours),
            Some((_, view)) if view.status == SlotStatus::Free => Err(Problem::Unsettled),
            _ => Ok(Held::Theirs),
        }
    }

    /// The slot is not ours: what stands on it for us is called off, unless it stood elsewhere before.
    async fn yielded(&self, write: Write, mine: &Mine, intent: &str, held: Held) -> Result<Outcome, Problem> {
        if write.kind == WriteKind::Move {
            return Err(Problem::Unsettled);
        }
        self.call_off(mine).await?;
        for slot in &mine.view.slots {
            // Where all gave way to each other, the last to look frees what none of them has.
            let unmarked = held == Held::Contested;
            self.let_go(slot, Some(&mine.reference), Holders { intents: &[intent], unmarked }).await?;
        }
        Ok(Outcome::Taken)
    }

    /// Cancels an appointment of ours that never should have been, and makes sure of it.
    async fn call_off(&self, mine: &Mine) -> Result<(), Problem> {
        let body = edit::cancel(mine.raw.text.reveal(), CancelReason::Mistake);
        let body = body.map_err(|_| Problem::Unsettled)?;
        self.client.put(mine.reference.reveal(), body, &mine.raw.etag).await?;
        let raw = self.client.raw(mine.reference.reveal()).await?;
        if viewed(&raw)?.is_active() { Err(Problem::Unsettled) } else { Ok(()) }
    }

    /// What an attempt that came to nothing may have taken is given back.
    async fn give_back(&self, write: Write, intent: &str, trail: &Trail) -> Result<(), Problem> {
        if trail.again || !self.learnt.atomic() {
            for slot in self.slots_held_for(intent).await? {
                self.let_go(&slot, None, Holders { intents: &[intent], unmarked: false }).await?;
            }
        }
        match (write.kind, trail.heard, &trail.taking, &trail.made, &trail.version) {
            (WriteKind::Move, Heard::Refused, Some(slot), Some(appointment), Some(before)) => {
                let changed = self.client.raw(appointment.reveal()).await?.etag != *before;
                self.half_a_move(slot, changed).await
            }
            _ => Ok(()),
        }
    }

    /// Slots, `Slot/…`, that say they are held for an intent.
    async fn slots_held_for(&self, intent: &str) -> Result<Vec<String>, Problem> {
        let identifier = query::token(&self.client.settings.booking_system, intent);
        let fits = |value: &Value| match slot::view(value) {
            Ok(view) => Fit::of(self.holder(&view) == Some(intent)),
            Err(_) => Fit::Odd,
        };
        let found = self.client.look_up("Slot", &[("identifier", &identifier)], FEW, fits).await?;
        Ok(found
            .iter()
            .filter_map(|it| slot::view(it).ok())
            .map(|view| format!("Slot/{}", view.id))
            .collect())
    }

    /// A move that was refused because the appointment had changed leaves no slot taken, on a server that does
    /// transactions as a whole. One that is taken, with nobody on it, was taken by us.
    async fn half_a_move(&self, slot: &str, appointment_changed: bool) -> Result<(), Problem> {
        let Some((_, view)) = self.slot(slot).await? else { return Ok(()) };
        let vain = view.status == SlotStatus::Busy && self.others_on(slot, None).await?.is_empty();
        if !appointment_changed || !vain {
            return Ok(());
        }
        self.learnt.done_by_halves();
        self.let_go(slot, None, Holders { intents: &[], unmarked: true }).await
    }

    /// After a move or a cancellation that was done by halves: slots that are left are free.
    async fn tidy(&self, mine: &Mine, left: &[String], intent: &str) -> Result<(), Problem> {
        let system = &self.client.settings.booking_system;
        let earlier: Vec<&str> = mine.view.values(system).filter(|value| *value != intent).collect();
        let mut slots = left.to_vec();
        if !intent.is_empty() && !self.learnt.atomic() {
            for value in &earlier {
                slots.extend(self.slots_held_for(value).await?);
            }
        }
        slots.sort();
        slots.dedup();
        for slot in slots {
            let holders = Holders { intents: &earlier, unmarked: true };
            self.let_go(&slot, Some(&mine.reference), holders).await?;
        }
        Ok(())
    }

    /// Frees a slot that is taken with nobody on it but `except`, if one of `holders` has it. Where somebody else is
    /// on it, only our mark goes.
    async fn let_go(
        &self,
        slot: &str,
        except: Option<&Phi<String>>,
        holders: Holders<'_>,
    ) -> Result<(), Problem> {
        let Some((raw, view)) = self.slot(slot).await? else { return Ok(()) };
        let holder = self.holder(&view);
        if view.status != SlotStatus::Busy || !holders.include(holder) {
            return Ok(());
        }
        let body = match (self.others_on(slot, except).await?.is_empty(), holder) {
            (true, _) => self.freed_body(&raw),
            (false, None) => return Ok(()),
            (false, Some(_)) => self.unmarked_body(&raw),
        };
        match self.client.put(slot, body.map_err(|_| Problem::Unsettled)?, &raw.etag).await {
            // Somebody was quicker, and it is theirs to settle.
            Err(Problem::Refused(Refusal::Conflict | Refusal::Taken | Refusal::NotFound | Refusal::Gone)) => {
                Ok(())
            }
            other => other,
        }
    }

    /// Appointments on a slot that are not called off, but for one.
    pub(super) async fn others_on(
        &self,
        slot: &str,
        except: Option<&Phi<String>>,
    ) -> Result<Vec<Other>, Problem> {
        let fits = |value: &Value| match appointment::view(value) {
            Ok(view) if view.slots.iter().any(|it| it == slot) => Fit::Yes,
            Ok(view) if view.is_whole() => Fit::No,
            _ => Fit::Odd,
        };
        let found = self.client.look_up("Appointment", &[("slot", slot)], FEW, fits).await?;
        let system = &self.client.settings.booking_system;
        let views = found.iter().filter_map(|value| appointment::view(value).ok());
        let here = views.filter(|view| {
            let reference = view.id.clone().map(|id| format!("Appointment/{id}"));
            view.is_active() && Some(&reference) != except
        });
        Ok(here.map(|view| Other { ours: view.identifier(system).is_some() }).collect())
    }

    /// A slot as it is now; `None`: it was deleted.
    async fn slot(&self, reference: &str) -> Result<Option<(Raw, SlotView)>, Problem> {
        match self.client.raw(reference).await {
            Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => Ok(None),
            Err(problem) => Err(problem),
            Ok(raw) => {
                let view = slot::view(&raw.value).map_err(|_| Problem::NotFhir)?;
                Ok(Some((raw, view)))
            }
        }
    }

    /// The intent that a slot says it is held for, where one of ours is.
    fn holder<'a>(&self, view: &'a SlotView) -> Option<&'a str> {
        let system = &self.client.settings.booking_system;
        view.identifiers.iter().find(|it| it.system == *system).map(|it| it.value.reveal().as_str())
    }
}

/// For whom a slot may be held that is let go.
#[derive(Clone, Copy)]
struct Holders<'a> {
    /// One of these intents.
    intents: &'a [&'a str],
    /// Or it does not say.
    unmarked: bool,
}

impl Holders<'_> {
    fn include(&self, holder: Option<&str>) -> bool {
        holder.map_or(self.unmarked, |holder| self.intents.contains(&holder))
    }
}

fn viewed(raw: &Raw) -> Result<AppointmentView, Problem> {
    appointment::view(&raw.value).map_err(|_| Problem::NotFhir)
}

/// An appointment of this intent was there and is called off: by us, because its slot was another's, or by the clinic.
const fn ended_before(write: Write) -> Outcome {
    match write.kind {
        WriteKind::Book => Outcome::Taken,
        _ => Outcome::Changed,
    }
}
