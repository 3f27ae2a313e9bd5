//! Carries out an act inside a transaction: changes, outbox rows, what was told, audit entries.

use crate::audit::Entry;
use crate::clock::Moment;
use crate::domain::decision::{Act, AuditFact, Effect, TaskKind};
use crate::engine::Settings;
use crate::ids::Id;
use crate::seal::Keys;
use crate::store::conn::Conn;
use crate::store::crypt::Errand;
use crate::store::outbox::{self, New, Priority, Row};
use crate::store::{StoreError, audit_log, contacts, watch};
use serde_json::{Value, json};

/// Where effects go.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Into the lane, begun at once by the worker that holds it.
    Lane,
    /// Free rows.
    Free {
        /// Who comes first.
        priority: Priority,
    },
}

/// What carrying out needs.
#[derive(Clone, Copy, Debug)]
pub struct Carry<'a> {
    /// Keys and chance.
    pub keys: &'a Keys,
    /// Retentions and limits.
    pub settings: &'a Settings,
    /// The present.
    pub now: Moment,
    /// Where effects go.
    pub place: Place,
}

/// Carries out `act` for `contact` at `clinic`. Answers the rows that the caller begins at once.
pub fn out(
    conn: &mut Conn,
    carry: &Carry<'_>,
    contact: Id,
    clinic: u16,
    act: &Act,
) -> Result<Vec<Row>, StoreError> {
    let contact = contacts::current(conn, contact)?;
    contacts::apply(conn, contact, clinic, &act.changes, carry.now)?;
    for told in &act.told {
        watch::tell(conn, carry.keys, contact, told, carry.now)?;
    }
    for fact in &act.audit {
        let about = json!({ "contact": contact.to_string(), "clinic": clinic });
        audit_log::append(conn, carry.keys, &entry(carry.keys, *fact, carry.now, about))?;
    }
    let mut begun = Vec::new();
    for effect in &act.effects {
        begun.extend(add(conn, carry, contact, clinic, effect)?);
    }
    Ok(begun)
}

fn add(
    conn: &mut Conn,
    carry: &Carry<'_>,
    contact: Id,
    clinic: u16,
    effect: &Effect,
) -> Result<Option<Row>, StoreError> {
    let errand = Errand { clinic, since: Some(carry.now), effect: effect.clone() };
    let in_turn = matches!(effect, Effect::Say(_) | Effect::Ehr(_));
    let ordered = in_turn && matches!(carry.place, Place::Lane);
    let id = carry.keys.chance().id();
    let new = New {
        id,
        lane: contact,
        ordered,
        due: due(effect, carry),
        priority: priority(effect, carry.place),
        begun: ordered,
        errand: &errand,
    };
    outbox::add(conn, carry.keys, &new)?;
    Ok(ordered.then_some(Row { id, lane: contact, attempts: 1, ordered, error: None, errand: Some(errand) }))
}

/// A late write is a write: the truth is looked for once the first request can no longer take effect.
fn due(effect: &Effect, carry: &Carry<'_>) -> Moment {
    match effect {
        Effect::Reconcile(_) => carry.now + carry.settings.ehr_settles_within,
        _ => carry.now,
    }
}

fn priority(effect: &Effect, place: Place) -> Priority {
    match (effect, place) {
        (Effect::WriteBack(_), _) => Priority::Background,
        (Effect::Task(TaskKind::Person | TaskKind::Alert | TaskKind::Late, _), _) => Priority::People,
        (Effect::Task(TaskKind::Callback | TaskKind::CallbackOff | TaskKind::WrongNumber, _), _) => {
            Priority::Answer
        }
        (Effect::Task(..), _) => Priority::Background,
        (_, Place::Free { priority }) => priority,
        (_, Place::Lane) => Priority::Answer,
    }
}

/// An audit entry of now.
pub fn entry(keys: &Keys, fact: AuditFact, now: Moment, about: Value) -> Entry {
    Entry { id: keys.chance().id(), at: now, word: fact.word(), shown: fact.shown(), about }
}
