//! Epochs of keys. The keys themselves are never stored: they derive from the master key.

use crate::clock::{Moment, from_millis};
use crate::seal::{Epochs, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::schema::key_state;
use diesel::prelude::*;
use std::collections::HashMap;

/// How an epoch stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Writes and reads.
    Current,
    /// Reads only.
    Older,
    /// Neither: what it sealed is lost, what it indexed is unknown.
    Retired,
}

impl State {
    const fn code(self) -> i16 {
        match self {
            Self::Current => 1,
            Self::Older => 2,
            Self::Retired => 3,
        }
    }

    const fn of(code: i16) -> Self {
        match code {
            1 => Self::Current,
            2 => Self::Older,
            _ => Self::Retired,
        }
    }
}

/// One epoch of one purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// What the key is for.
    pub purpose: Purpose,
    /// Its epoch.
    pub epoch: i16,
    /// How it stands.
    pub state: State,
    /// Since when it exists.
    pub created: Moment,
}

/// Every epoch there is; purposes without a row are in epoch 1.
pub fn list(conn: &mut Conn) -> Result<Vec<Listed>, StoreError> {
    let rows: Vec<(String, i16, i16, i64)> = key_state::table
        .order((key_state::purpose, key_state::epoch))
        .select((key_state::purpose, key_state::epoch, key_state::state, key_state::created))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(purpose, epoch, state, created)| {
            let purpose = Purpose::parse(&purpose)?;
            Some(Listed { purpose, epoch, state: State::of(state), created: from_millis(created) })
        })
        .collect())
}

/// What `seal::Keys` needs of it.
pub fn epochs(conn: &mut Conn) -> Result<HashMap<Purpose, Epochs>, StoreError> {
    let mut all: HashMap<Purpose, Epochs> = HashMap::new();
    for row in list(conn)? {
        let epochs = all.entry(row.purpose).or_default();
        match row.state {
            State::Current => epochs.current = row.epoch,
            State::Older => epochs.older.push(row.epoch),
            State::Retired => {}
        }
    }
    Ok(all)
}

/// Writes epoch 1 of every purpose that has none.
pub fn begin(conn: &mut Conn, now: Moment) -> Result<(), StoreError> {
    let known = list(conn)?;
    for purpose in Purpose::ALL {
        if !known.iter().any(|row| row.purpose == purpose) {
            insert(conn, purpose, 1, now)?;
        }
    }
    Ok(())
}

/// Begins a new epoch; the one before goes on reading. Answers the new epoch.
pub fn rotate(conn: &mut Conn, purpose: Purpose, now: Moment) -> Result<i16, StoreError> {
    begin(conn, now)?;
    let last: Option<i16> = key_state::table
        .filter(key_state::purpose.eq(purpose.name()))
        .select(diesel::dsl::max(key_state::epoch))
        .first(conn)?;
    let next = last.unwrap_or(0).saturating_add(1);
    diesel::update(key_state::table.filter(key_state::purpose.eq(purpose.name())))
        .filter(key_state::state.eq(State::Current.code()))
        .set(key_state::state.eq(State::Older.code()))
        .execute(conn)?;
    insert(conn, purpose, next, now)?;
    Ok(next)
}

/// Retires an older epoch; `false` when it is current, unknown or retired already.
pub fn retire(conn: &mut Conn, purpose: Purpose, epoch: i16) -> Result<bool, StoreError> {
    let changed = diesel::update(key_state::table.find((purpose.name(), epoch)))
        .filter(key_state::state.eq(State::Older.code()))
        .set(key_state::state.eq(State::Retired.code()))
        .execute(conn)?;
    Ok(changed == 1)
}

fn insert(conn: &mut Conn, purpose: Purpose, epoch: i16, now: Moment) -> Result<(), StoreError> {
    diesel::insert_into(key_state::table)
        .values((
            key_state::purpose.eq(purpose.name()),
            key_state::epoch.eq(epoch),
            key_state::state.eq(State::Current.code()),
            key_state::created.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(())
}
