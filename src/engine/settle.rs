//! What was decided and done becomes durable.

use crate::audit::Entry;
use crate::clock::Moment;
use crate::domain::decision::{Act, AuditFact, Effect, Say, Sent};
use crate::domain::guard;
use crate::engine::Engine;
use crate::engine::carry::{self, Carry, Place};
use crate::ids::Id;
use crate::phi::Phi;
use crate::store::conn::Conn;
use crate::store::contacts::{self, Loaded};
use crate::store::crypt::Errand;
use crate::store::inbox::{self, Open};
use crate::store::lanes::{self, Claim};
use crate::store::outbox::{self, Class, New, Priority, Row};
use crate::store::{StoreError, audit_log, delivery, identity, watch};
use serde_json::json;

/// How much of each class a worker has room for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Room {
    /// Urgent answers.
    pub urgent: usize,
    /// Work items for people.
    pub people: usize,
    /// Lanes and all other free rows together.
    pub other: usize,
}

/// What a worker may begin.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    /// Urgent answers.
    pub urgent: Vec<Row>,
    /// Work items for people.
    pub people: Vec<Row>,
    /// All other free rows.
    pub free: Vec<Row>,
    /// Lanes that have something to do.
    pub lanes: Vec<Claim>,
}

impl Claimed {
    /// How much it is.
    pub fn count(&self) -> usize {
        self.urgent.len() + self.people.len() + self.free.len() + self.lanes.len()
    }
}

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

    /// Claims what is due, as far as there is room: of what is not urgent, free rows first, then lanes.
    pub async fn claim(&self, owner: Id, room: Room) -> Result<Claimed, StoreError> {
        let (keys, now) = (self.keys.clone(), self.clock.now());
        let count = |room: usize| i64::try_from(room).unwrap_or(i64::MAX);
        self.store
            .write(move |conn| {
                let mut rows = |class: Class, room: usize| match room {
                    0 => Ok(vec![]),
                    room => outbox::claim_free(conn, &keys, class, now, count(room)),
                };
                let urgent = rows(Class::Urgent, room.urgent)?;
                let people = rows(Class::People, room.people)?;
                let free = rows(Class::Other, room.other)?;
                let lanes = match room.other - free.len().min(room.other) {
                    0 => vec![],
                    left => lanes::claim(conn, owner, now, count(left))?,
                };
                Ok(Claimed { urgent, people, free, lanes })
            })
            .await
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
    pub async fn release(&self, claim: Claim) -> Result<(), StoreError> {
        self.store.write(move |conn| lanes::release(conn, claim)).await
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
                let carry = engine.carry(Place::Lane);
                inbox::close(conn, row, carry.now, None)?;
                carry::out(conn, &carry, claim.lane, clinic, &act)
            })
            .await
    }

    /// Gives up on an inbox row: a dead letter with a closed code.
    pub async fn bury(&self, claim: Claim, row: Id, error: i16) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                inbox::close(conn, row, now, Some(error))
            })
            .await
    }

    /// Concludes an effect of a lane: closes its row and carries out what follows from its outcome.
    pub async fn conclude(
        &self,
        claim: Claim,
        row: &Row,
        clinic: u16,
        act: Act,
    ) -> Result<Vec<Row>, StoreError> {
        let (engine, row) = (self.clone(), row.clone());
        self.store
            .write(move |conn| {
                lanes::hold(conn, claim)?;
                let carry = engine.carry(Place::Lane);
                if !outbox::close(conn, &row, carry.now, None)? {
                    return Err(StoreError::Fenced);
                }
                carry::out(conn, &carry, claim.lane, clinic, &act)
            })
            .await
    }

    /// Concludes a free row likewise; what follows is free too. Does nothing when the row is another's now.
    pub async fn conclude_free(&self, row: &Row, clinic: u16, act: Act) -> Result<(), StoreError> {
        let now = self.clock.now();
        let close = move |conn: &mut Conn, row: &Row| outbox::close(conn, row, now, None);
        self.ended(row, clinic, act, Priority::Answer, close).await
    }

    /// Puts an effect off; it is free from then on. Does nothing when the row is another's now.
    pub async fn postpone(&self, row: &Row, due: Moment, error: i16) -> Result<(), StoreError> {
        self.postpone_with(row, due, error, 0, Act::default()).await
    }

    /// The same, and carries out what is to be done meanwhile.
    pub async fn postpone_with(
        &self,
        row: &Row,
        due: Moment,
        error: i16,
        clinic: u16,
        act: Act,
    ) -> Result<(), StoreError> {
        let postpone = move |conn: &mut Conn, row: &Row| outbox::postpone(conn, row, due, error);
        self.ended(row, clinic, act, Priority::Urgent, postpone).await
    }

    /// Gives up on an effect: a dead letter with a closed code. Does nothing when the row is another's now.
    pub async fn give_up(&self, row: &Row, error: i16) -> Result<(), StoreError> {
        self.give_up_with(row, error, 0, Act::default()).await
    }

    /// The same, and carries out what is to be done in its place.
    pub async fn give_up_with(&self, row: &Row, error: i16, clinic: u16, act: Act) -> Result<(), StoreError> {
        let now = self.clock.now();
        let close = move |conn: &mut Conn, row: &Row| outbox::close(conn, row, now, Some(error));
        self.ended(row, clinic, act, Priority::Answer, close).await
    }

    /// Ends a try and carries out what follows, all or nothing.
    async fn ended(
        &self,
        row: &Row,
        clinic: u16,
        act: Act,
        priority: Priority,
        end: impl Fn(&mut Conn, &Row) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let (engine, row) = (self.clone(), row.clone());
        self.store
            .write(move |conn| {
                if !end(conn, &row)? {
                    return Ok(());
                }
                let carry = engine.carry(Place::Free { priority });
                carry::out(conn, &carry, row.lane, clinic, &act).map(drop)
            })
            .await?;
        self.wake();
        Ok(())
    }

    /// Prolongs a lane's lease.
    pub async fn renew_lane(&self, claim: Claim) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.write(move |conn| lanes::renew(conn, claim, now)).await
    }

    /// Prolongs a free row's lease.
    pub async fn renew_row(&self, row: Row) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.write(move |conn| outbox::renew(conn, &row, now)).await
    }

    /// Notes that Meta accepted a message.
    pub async fn sent(&self, row: Row, note: SentNote) -> Result<(), StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                let now = engine.clock.now();
                if outbox::still_held(conn, &row)? {
                    let keep = must_arrive(&row, note.say);
                    delivery::sent(conn, &engine.keys, row.id, note.wamid.as_ref(), keep, now)?;
                    audit_log::append(conn, &engine.keys, &engine.message_entry(&row, &note, now))?;
                } else if !delivery::was_sent(conn, row.id)? {
                    return Ok(());
                }
                // Meta's status may be quicker than its answer: then the row is done, and only this is left.
                let contact = contacts::current(conn, row.lane)?;
                contacts::remember_last(conn, &engine.keys, contact, note.clinic, &note.say)?;
                engine.write_back(conn, &row, &note, now)
            })
            .await
    }

    /// Puts off an effect that was not tried, because Meta takes nothing from its number: it loses no try.
    pub async fn halt(&self, row: &Row, due: Moment, error: i16) -> Result<(), StoreError> {
        let halt = move |conn: &mut Conn, row: &Row| outbox::halt(conn, row, due, error);
        self.ended(row, 0, Act::default(), Priority::Answer, halt).await
    }

    /// Meta says that a contact's identity key is another one now (error 137000): from this commit on nothing personal goes
    /// there, whatever becomes of the message that showed it.
    pub async fn somebody_else(&self, contact: Id, clinic: u16) -> Result<(), StoreError> {
        let engine = self.clone();
        self.store
            .write(move |conn| {
                lanes::next_place(conn, contact)?;
                let contact = contacts::current(conn, contact)?;
                identity::forget_key(conn, contact)?;
                let carry = engine.carry(Place::Free { priority: Priority::Answer });
                carry::out(conn, &carry, contact, clinic, &guard::doubted()).map(drop)
            })
            .await
    }

    /// Meta says that the window is closed.
    pub async fn window_closed(&self, contact: Id, clinic: u16) -> Result<(), StoreError> {
        self.store.write(move |conn| contacts::close_window(conn, contact, clinic)).await
    }

    fn carry(&self, place: Place) -> Carry<'_> {
        Carry { keys: &self.keys, settings: &self.settings, now: self.clock.now(), place }
    }

    fn message_entry(&self, row: &Row, note: &SentNote, now: Moment) -> Entry {
        let about = json!({
            "contact": row.lane.to_string(),
            "effect": row.id.to_string(),
            "content": note.say.content.id(),
            "version": note.say.content.version(),
            "clinic": note.clinic,
        });
        carry::entry(&self.keys, AuditFact::MessageSent, now, about)
    }

    fn write_back(&self, conn: &mut Conn, row: &Row, note: &SentNote, now: Moment) -> Result<(), StoreError> {
        let Some(patient) = note.write_back.clone() else { return Ok(()) };
        let sent = Sent { effect: row.id, content: note.say.content, at: now, patient };
        let errand = Errand { clinic: note.clinic, since: Some(now), effect: Effect::WriteBack(sent) };
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

/// True of what a patient must learn, also if it does not arrive the first way.
fn must_arrive(row: &Row, said: Say) -> bool {
    let meant = match row.errand.as_ref().map(|errand| &errand.effect) {
        Some(Effect::Say(say)) => say.content.matters(),
        _ => false,
    };
    meant || said.content.matters()
}
