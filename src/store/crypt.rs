//! The stored shapes of what rows mean, and the only place where columns are sealed and opened.

mod said;

use crate::clock::{Moment, from_millis};
use crate::domain::context::Address;
use crate::domain::decision::{Effect, News, Say, Sent, TaskKind, Write, WriteKind};
use crate::domain::event::{Odd, What};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{BUTTON_BYTES, Bound, Digest8, Keys, Place};
use crate::store::StoreError;
use said::{SaidShape, mood_code, mood_of};
use serde::{Deserialize, Serialize};

/// The bytes of an address that its index is made from.
pub fn index_bytes(value: &Phi<String>) -> &[u8] {
    value.reveal().as_bytes()
}

#[derive(Serialize, Deserialize)]
struct AddressShape {
    p: Option<String>,
    b: Option<String>,
}

/// Seals an address for `contact.address_s`.
pub fn seal_address(keys: &Keys, contact: Id, address: &Address) -> Vec<u8> {
    let shape = AddressShape { p: bare(address.phone.as_ref()), b: bare(address.bsuid.as_ref()) };
    keys.seal(Place { column: "contact.address_s", row: &contact.0 }, &to_bytes(&shape))
}

/// Opens `contact.address_s`.
pub fn open_address(keys: &Keys, contact: Id, sealed: &[u8]) -> Result<Address, StoreError> {
    let shape: AddressShape = open(keys, "contact.address_s", contact, sealed)?;
    Ok(Address { phone: shape.p.map(Phi::new), bsuid: shape.b.map(Phi::new) })
}

/// Seals the hash of somebody's identity key for `contact.identity_s`: sends give it back to Meta.
pub fn seal_identity(keys: &Keys, contact: Id, hash: &Phi<String>) -> Vec<u8> {
    keys.seal(Place { column: "contact.identity_s", row: &contact.0 }, hash.reveal().as_bytes())
}

/// Opens `contact.identity_s`; `None` for what does not open any more.
pub fn open_identity(keys: &Keys, contact: Id, sealed: &[u8]) -> Option<Phi<String>> {
    open_reference(keys, "contact.identity_s", &contact.0, sealed)
}

/// Seals which wishes were heeded in a flood, for `thread.heeded_s`.
pub fn seal_heeded(keys: &Keys, contact: Id, clinic: u16, wishes: u8) -> Vec<u8> {
    keys.seal(Place { column: "thread.heeded_s", row: &thread_row(contact, clinic) }, &[wishes])
}

/// Opens `thread.heeded_s`.
pub fn open_heeded(keys: &Keys, contact: Id, clinic: u16, sealed: &[u8]) -> Option<u8> {
    let place = Place { column: "thread.heeded_s", row: &thread_row(contact, clinic) };
    keys.open(place, sealed)?.first().copied()
}

/// Seals a FHIR reference for a column.
pub fn seal_reference(keys: &Keys, column: &'static str, row: &[u8], reference: &Phi<String>) -> Vec<u8> {
    keys.seal(Place { column, row }, reference.reveal().as_bytes())
}

/// What an inbox row means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// The clinic it happened at.
    pub clinic: u16,
    /// When the world says it happened.
    pub said_at: Moment,
    /// What it was.
    pub what: What,
}

#[derive(Serialize, Deserialize)]
struct MeaningShape {
    c: u16,
    t: i64,
    w: WhatShape,
}

#[derive(Serialize, Deserialize)]
enum WhatShape {
    Tap(String),
    BadTap,
    Forwarded,
    Said(SaidShape),
    Odd(u8),
    Changed { p: [u8; 8], a: [u8; 8], r: String },
    NumberShared,
    IdentityChanged,
    Called,
    Flood,
    Identified(bool),
}

/// Seals an inbox row's meaning; `None` for what is never stored.
pub fn seal_meaning(keys: &Keys, row: Id, meaning: &Meaning) -> Option<Vec<u8>> {
    let w = match &meaning.what {
        What::Tapped(tap) => WhatShape::Tap(hex(&tap.encode())),
        What::BadTap => WhatShape::BadTap,
        What::Forwarded => WhatShape::Forwarded,
        What::Said(said) => WhatShape::Said(SaidShape::of(said)),
        What::Odd(odd) => WhatShape::Odd(odd_code(*odd)),
        What::NumberShared => WhatShape::NumberShared,
        What::IdentityChanged => WhatShape::IdentityChanged,
        What::Called => WhatShape::Called,
        What::Flood => WhatShape::Flood,
        What::Identified(done) => WhatShape::Identified(*done),
        What::AppointmentChanged(news) => {
            let (p, a, r) = news_parts(news);
            WhatShape::Changed { p, a, r }
        }
        What::Outcome(..) => return None,
    };
    let shape = MeaningShape { c: meaning.clinic, t: meaning.said_at.timestamp_millis(), w };
    Some(keys.seal(Place { column: "inbox.meaning_s", row: &row.0 }, &to_bytes(&shape)))
}

/// Opens an inbox row's meaning.
pub fn open_meaning(keys: &Keys, row: Id, sealed: &[u8]) -> Result<Meaning, StoreError> {
    let shape: MeaningShape = open(keys, "inbox.meaning_s", row, sealed)?;
    let what = match shape.w {
        WhatShape::Tap(text) => What::Tapped(tap_of(&text)?),
        WhatShape::BadTap => What::BadTap,
        WhatShape::Forwarded => What::Forwarded,
        WhatShape::Said(shape) => What::Said(shape.said()),
        WhatShape::Odd(code) => What::Odd(odd_of(code)),
        WhatShape::NumberShared => What::NumberShared,
        WhatShape::IdentityChanged => What::IdentityChanged,
        WhatShape::Called => What::Called,
        WhatShape::Flood => What::Flood,
        WhatShape::Identified(done) => What::Identified(done),
        WhatShape::Changed { p, a, r } => What::AppointmentChanged(news_of(p, a, r)),
    };
    Ok(Meaning { clinic: shape.c, said_at: from_millis(shape.t), what })
}

/// What an outbox row is to do, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Errand {
    /// The clinic it belongs to.
    pub clinic: u16,
    /// When it was decided: what must not arrive late counts from here. `None` in rows of an older version.
    pub since: Option<Moment>,
    /// What to do.
    pub effect: Effect,
}

impl Errand {
    /// It would come too late now: the content's own rule.
    pub fn is_stale(&self, now: Moment) -> bool {
        let life = match &self.effect {
            Effect::Say(say) => say.content.life(),
            _ => None,
        };
        self.since.zip(life).is_some_and(|(since, life)| now - since > life)
    }
}

#[derive(Serialize, Deserialize)]
struct ErrandShape {
    c: u16,
    #[serde(default)]
    t: Option<i64>,
    e: EffectShape,
}

#[derive(Serialize, Deserialize)]
enum EffectShape {
    Say(SayShape),
    Ehr { k: u8, a: String },
    Reconcile { k: u8, a: String },
    Task { k: u8, a: String },
    WriteBack { e: String, c: u16, t: i64, p: String },
    News { p: [u8; 8], a: [u8; 8], r: String },
}

#[derive(Serialize, Deserialize)]
struct SayShape {
    c: u16,
    a: String,
    #[serde(default)]
    m: Option<u8>,
}

impl SayShape {
    fn of(say: &Say) -> Self {
        Self { c: say.content.code(), a: coords(say.step, say.about, false), m: say.mood.map(mood_code) }
    }

    fn say(&self) -> Result<Say, StoreError> {
        let tap = tap_of(&self.a)?;
        let content = Content::from_code(self.c).ok_or(StoreError::Unsealed)?;
        Ok(Say { content, step: tap.step, about: tap.at, mood: self.m.and_then(mood_of) })
    }
}

/// What was last said in a thread, for typed answers: sealed, gone with the service window.
pub fn seal_last(keys: &Keys, contact: Id, clinic: u16, say: &Say) -> Vec<u8> {
    keys.seal(
        Place { column: "thread.last_step_s", row: &thread_row(contact, clinic) },
        &to_bytes(&SayShape::of(say)),
    )
}

/// Opens `thread.last_step_s`; what does not open any more was never said.
pub fn open_last(keys: &Keys, contact: Id, clinic: u16, sealed: &[u8]) -> Option<Say> {
    let place = Place { column: "thread.last_step_s", row: &thread_row(contact, clinic) };
    let shape: SayShape = serde_json::from_slice(&keys.open(place, sealed)?).ok()?;
    shape.say().ok()
}

fn thread_row(contact: Id, clinic: u16) -> [u8; 18] {
    let mut row = [0; 18];
    row[..16].copy_from_slice(&contact.0);
    row[16..].copy_from_slice(&clinic.to_be_bytes());
    row
}

/// Opens a FHIR reference of a column; `None` for what does not open any more.
pub fn open_reference(keys: &Keys, column: &'static str, row: &[u8], sealed: &[u8]) -> Option<Phi<String>> {
    let plain = keys.open(Place { column, row }, sealed)?;
    String::from_utf8(plain).ok().map(Phi::new)
}

/// Seals an outbox row's errand.
pub fn seal_errand(keys: &Keys, row: Id, errand: &Errand) -> Vec<u8> {
    let e = match &errand.effect {
        Effect::Say(say) => EffectShape::Say(SayShape::of(say)),
        Effect::Ehr(write) => EffectShape::Ehr { k: write_code(write.kind), a: written(write) },
        Effect::Reconcile(write) => EffectShape::Reconcile { k: write_code(write.kind), a: written(write) },
        Effect::Task(kind, about) => {
            EffectShape::Task { k: task_code(*kind), a: coords(Step::Person, *about, false) }
        }
        Effect::WriteBack(sent) => EffectShape::WriteBack {
            e: sent.effect.to_string(),
            c: sent.content.code(),
            t: sent.at.timestamp_millis(),
            p: sent.patient.reveal().clone(),
        },
        Effect::News(news) => {
            let (p, a, r) = news_parts(news);
            EffectShape::News { p, a, r }
        }
    };
    let shape = ErrandShape { c: errand.clinic, t: errand.since.map(|at| at.timestamp_millis()), e };
    keys.seal(Place { column: "outbox.what_s", row: &row.0 }, &to_bytes(&shape))
}

/// Opens an outbox row's errand.
pub fn open_errand(keys: &Keys, row: Id, sealed: &[u8]) -> Result<Errand, StoreError> {
    let shape: ErrandShape = open(keys, "outbox.what_s", row, sealed)?;
    let content = |code| Content::from_code(code).ok_or(StoreError::Unsealed);
    let effect = match shape.e {
        EffectShape::Say(shape) => Effect::Say(shape.say()?),
        EffectShape::Ehr { k, a } => Effect::Ehr(write_of(k, &a)?),
        EffectShape::Reconcile { k, a } => Effect::Reconcile(write_of(k, &a)?),
        EffectShape::Task { k, a } => Effect::Task(task_of(k).ok_or(StoreError::Unsealed)?, tap_of(&a)?.at),
        EffectShape::WriteBack { e, c, t, p } => Effect::WriteBack(Sent {
            effect: Id::parse(&e).ok_or(StoreError::Unsealed)?,
            content: content(c)?,
            at: from_millis(t),
            patient: Phi::new(p),
        }),
        EffectShape::News { p, a, r } => Effect::News(news_of(p, a, r)),
    };
    Ok(Errand { clinic: shape.c, since: shape.t.map(from_millis), effect })
}

fn news_parts(news: &News) -> ([u8; 8], [u8; 8], String) {
    (news.patient.0, news.appointment.0, news.reference.reveal().clone())
}

fn news_of(patient: [u8; 8], appointment: [u8; 8], reference: String) -> News {
    News { patient: Digest8(patient), appointment: Digest8(appointment), reference: Phi::new(reference) }
}

fn written(write: &Write) -> String {
    coords(Step::Confirm, write.about, write.from_reminder)
}

fn write_of(code: u8, text: &str) -> Result<Write, StoreError> {
    let tap = tap_of(text)?;
    let kind = WRITES.into_iter().find(|kind| write_code(*kind) == code).ok_or(StoreError::Unsealed)?;
    Ok(Write { kind, about: tap.at, from_reminder: tap.from_reminder })
}

/// Coordinates in the one layout they have anywhere: a button's.
fn coords(step: Step, at: Coords, from_reminder: bool) -> String {
    hex(&Tap { step, from_reminder, asked: false, expires: EPOCH_2025, at }.encode())
}

/// The earliest expiry a button can hold: rows have none.
const EPOCH_2025: Moment = match chrono::DateTime::from_timestamp(1_735_689_600, 0) {
    Some(at) => at,
    None => chrono::DateTime::UNIX_EPOCH,
};

fn tap_of(text: &str) -> Result<Tap, StoreError> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(|_| StoreError::Unsealed)?;
    let bytes: [u8; BUTTON_BYTES] = bytes.try_into().map_err(|_| StoreError::Unsealed)?;
    Tap::decode(&bytes).ok_or(StoreError::Unsealed)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

const WRITES: [WriteKind; 6] = [
    WriteKind::Book,
    WriteKind::Move,
    WriteKind::Cancel,
    WriteKind::Reason,
    WriteKind::Attend,
    WriteKind::Register,
];

const fn write_code(kind: WriteKind) -> u8 {
    match kind {
        WriteKind::Book => 1,
        WriteKind::Move => 2,
        WriteKind::Cancel => 3,
        WriteKind::Reason => 4,
        WriteKind::Attend => 5,
        WriteKind::Register => 6,
    }
}

const TASKS: [TaskKind; 11] = [
    TaskKind::Person,
    TaskKind::Register,
    TaskKind::Review,
    TaskKind::Unsettled,
    TaskKind::Death,
    TaskKind::Alert,
    TaskKind::Callback,
    TaskKind::CallbackOff,
    TaskKind::Late,
    TaskKind::WrongNumber,
    TaskKind::Confirm,
];

const fn task_code(kind: TaskKind) -> u8 {
    match kind {
        TaskKind::Person => 1,
        TaskKind::Register => 2,
        TaskKind::Review => 3,
        TaskKind::Unsettled => 4,
        TaskKind::Death => 5,
        TaskKind::Alert => 6,
        TaskKind::Callback => 7,
        TaskKind::CallbackOff => 8,
        TaskKind::Late => 9,
        TaskKind::WrongNumber => 10,
        TaskKind::Confirm => 11,
    }
}

fn task_of(code: u8) -> Option<TaskKind> {
    TASKS.into_iter().find(|kind| task_code(*kind) == code)
}

const fn odd_code(odd: Odd) -> u8 {
    match odd {
        Odd::Voice => 1,
        Odd::File => 2,
        Odd::Location => 3,
        Odd::Other => 4,
        Odd::Silent => 5,
        Odd::Withheld => 6,
    }
}

const fn odd_of(code: u8) -> Odd {
    match code {
        1 => Odd::Voice,
        2 => Odd::File,
        3 => Odd::Location,
        5 => Odd::Silent,
        6 => Odd::Withheld,
        _ => Odd::Other,
    }
}

fn bare(value: Option<&Phi<String>>) -> Option<String> {
    value.map(|value| value.reveal().clone())
}

/// Shapes hold strings and numbers only, which always serialise.
fn to_bytes(shape: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(shape).unwrap_or_default()
}

fn open<T: for<'a> Deserialize<'a>>(
    keys: &Keys,
    column: &'static str,
    row: Id,
    sealed: &[u8],
) -> Result<T, StoreError> {
    let plain = keys.open(Place { column, row: &row.0 }, sealed).ok_or(StoreError::Unsealed)?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Unsealed)
}

/// Opens a button's id; see [`Keys::open_button`].
pub fn open_button(keys: &Keys, bounds: &[Bound], token: &Phi<String>) -> Option<[u8; BUTTON_BYTES]> {
    keys.open_button(bounds, token.reveal())
}
