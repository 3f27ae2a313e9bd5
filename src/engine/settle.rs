//! What was decided and done becomes durable.

use crate::audit::{Entry, Kind};
use crate::clock::Moment;
use crate::domain::decision::{Act, Effect, Say, Sent};
use crate::engine::Engine;
use crate::engine::carry::{self, Carry, Place};
use crate::ids::Id;
use crate::phi::Phi;
use crate::store::contacts::{self, Loaded};
use crate::store::crypt::Errand;
use crate::store::inbox::{self, Open};
use crate::store::lanes::{self, Claim};
use crate::store::outbox::{self, New, Priority, Row};
use crate::store::{StoreError, audit_log, watch};
use serde_json::json;

/// Free rows claimed at once.
const FREE_BATCH: i64 = 16;

/// What a lane has to do next.
#[derive(Debug)]
pub enum Facing {
    /// An effect that was begun before and may have been done.
    Effect(Box<Row>),
    /// Something heard.
    Heard(Box<Open>),
    /// Nothing.
    Nothing,
}

/// What is recorded of a message that Meta accepted.
#[derive(Clone, Debug)]
pub struct SentNote {
    /// What was said.
    pub say: Say,
    /// Meta's id of it.
    pub wamid: Option<Phi<String>>,
    /// At which clinic.
    pub clinic: u16,
    /// `Patient/…`, when the message concerns one and the EHR is to be told.
    pub write_back: Option<Phi<String>>,
}

impl Engine {
    /// Claims lanes that have something to do.
    pub async fn claim_lanes(&self, owner: Id, limit: i64) -> Result<Vec<Claim>, StoreError> {
        let now = self.clock.now();
        self.store.write(move |conn| lanes::claim(conn, owner, now, limit)).await
    }

    /// Claims free rows that are due.
    pub async fn claim_free(&self) -> Result<Vec<Row>, StoreError> {
        let (keys, now) = (self.keys.clone(), self.clock.now());
        self.store.write(move |conn| outbox::claim_free(conn, &keys, now, FREE_BATCH)).await
    }

    /// What a lane has to do next: an effect left behind first, then the oldest thing heard.
    pub async fn face(&self, claim: Claim) -> Result<Facing, StoreError> {
        let (keys, now) = (self.keys.clone(), self.clock.now());
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                if let Some(row) = outbox::begin_oldest(conn, &keys, claim.lane, now)? {
                    return Ok(Facing::Effect(Box::new(row)));
                }
                Ok(inbox::oldest(conn, &keys, claim.lane)?
                    .map_or(Facing::Nothing, |open| Facing::Heard(Box::new(open))))
            })
            .await
    }

    /// Gives a lane back.
    pub async fn release(&self, claim: Claim, not_before: Option<Moment>) -> Result<(), StoreError> {
        self.store.write(move |conn| lanes::release(conn, claim, not_before)).await
    }

    /// A contact as it is now, with what it was told of `appointment`.
    pub async fn contact(
        &self,
        id: Id,
        clinic: u16,
        appointment: Option<Phi<String>>,
    ) -> Result<Loaded, StoreError> {
        let keys = self.keys.clone();
        self.store
            .read(move |conn| {
                let mut loaded = contacts::load(conn, &keys, id, clinic)?;
                if let Some(appointment) = appointment {
                    let told = watch::told(conn, &keys, &appointment)?;
                    loaded.contact.told = told.map(|(_, told)| told);
                }
                Ok(loaded)
            })
            .await
    }

    /// What became of an intent.
    pub async fn seen(&self, intent: Id) -> Result<crate::domain::fact::Seen, StoreError> {
        let keys = self.keys.clone();
        self.store.read(move |conn| outbox::seen(conn, &keys, intent)).await
    }

    /// What was last told of an appointment, to whomever.
    pub async fn told(&self, appointment: Phi<String>) -> Result<Option<[u8; 16]>, StoreError> {
        let keys = self.keys.clone();
        self.store.read(move |conn| Ok(watch::told(conn, &keys, &appointment)?.map(|(_, told)| told))).await
    }

    /// Settles an inbox row: closes it and carries out what was decided, all or nothing.
    pub async fn settle(&self, claim: Claim, row: Id, clinic: u16, act: Act) -> Result<Vec<Row>, StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                inbox::close(conn, row, None)?;
                carry::out(conn, &engine.carry(Place::Lane), claim.lane, clinic, &act)
            })
            .await
    }

    /// Gives up on an inbox row: a dead letter with a closed code.
    pub async fn bury(&self, claim: Claim, row: Id, error: i16) -> Result<(), StoreError> {
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                inbox::close(conn, row, Some(error))
            })
            .await
    }

    /// Concludes an effect of a lane: closes its row and carries out what follows from its outcome.
    pub async fn conclude(
        &self,
        claim: Claim,
        row: Id,
        clinic: u16,
        act: Act,
    ) -> Result<Vec<Row>, StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                let carry = engine.carry(Place::Lane);
                outbox::close(conn, row, carry.now, None)?;
                carry::out(conn, &carry, claim.lane, clinic, &act)
            })
            .await
    }

    /// Concludes a free row likewise; what follows is free too. Does nothing when the row is another's now.
    pub async fn conclude_free(&self, row: Row, clinic: u16, act: Act) -> Result<(), StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                if !outbox::still_held(conn, &row)? {
                    return Ok(());
                }
                let carry = engine.carry(Place::Free { priority: Priority::Answer });
                outbox::close(conn, row.id, carry.now, None)?;
                carry::out(conn, &carry, row.lane, clinic, &act).map(drop)
            })
            .await?;
        self.wake();
        Ok(())
    }

    /// Carries out what follows from a free row that stays open.
    pub async fn also(&self, row: &Row, clinic: u16, act: Act) -> Result<(), StoreError> {
        let (engine, row) = (self.clone(), row.clone());
        self.store
            .write(move |conn| {
                let carry = engine.carry(Place::Free { priority: Priority::Urgent });
                carry::out(conn, &carry, row.lane, clinic, &act).map(drop)
            })
            .await?;
        self.wake();
        Ok(())
    }

    /// Notes that Meta accepted a message.
    pub async fn sent(&self, row: Row, note: SentNote) -> Result<(), StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                let now = engine.clock.now();
                if outbox::still_held(conn, &row)? {
                    outbox::sent(conn, &engine.keys, row.id, note.wamid.as_ref(), now)?;
                    audit_log::append(conn, &engine.keys, &engine.message_entry(&row, &note, now))?;
                    contacts::remember_last(conn, &engine.keys, row.lane, note.clinic, &note.say)?;
                } else if !outbox::was_sent(conn, row.id)? {
                    return Ok(());
                }
                // Meta's status may be quicker than its answer: then the row is done, and only this is left.
                engine.write_back(conn, &row, &note, now)
            })
            .await
    }

    /// Puts an effect off; it is free from then on.
    pub async fn postpone(&self, row: Id, due: Moment, error: i16) -> Result<(), StoreError> {
        self.store.write(move |conn| outbox::postpone(conn, row, due, error)).await
    }

    /// Gives up on an effect: a dead letter with a closed code.
    pub async fn give_up(&self, row: Id, error: i16) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.write(move |conn| outbox::close(conn, row, now, Some(error))).await
    }

    /// Meta says that the window is closed.
    pub async fn window_closed(&self, contact: Id, clinic: u16) -> Result<(), StoreError> {
        self.store.write(move |conn| contacts::close_window(conn, contact, clinic)).await
    }

    fn carry(&self, place: Place) -> Carry<'_> {
        Carry { keys: &self.keys, settings: &self.settings, now: self.clock.now(), place }
    }

    fn message_entry(&self, row: &Row, note: &SentNote, now: Moment) -> Entry {
        let private = json!({
            "contact": row.lane.to_string(),
            "effect": row.id.to_string(),
            "content": note.say.content.id(),
            "version": note.say.content.version(),
            "clinic": note.clinic,
        });
        Entry { id: self.keys.chance().id(), at: now, kind: Kind::MessageSent, private }
    }

    fn write_back(
        &self,
        conn: &mut crate::store::conn::Conn,
        row: &Row,
        note: &SentNote,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(patient) = note.write_back.clone() else { return Ok(()) };
        let sent = Sent { effect: row.id, content: note.say.content, at: now, patient };
        let errand = Errand { clinic: note.clinic, effect: Effect::WriteBack(sent) };
        let new = New {
            id: self.keys.chance().id(),
            lane: row.lane,
            ordered: false,
            due: now,
            priority: Priority::Background,
            begun: false,
            errand: &errand,
        };
        outbox::add(conn, &self.keys, &new)
    }
}
