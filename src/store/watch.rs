//! What patients were told of which appointment: our own bookings come back through the feeds, and are news only
//! when this has changed.

use crate::clock::Moment;
use crate::domain::decision::Told;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::crypt;
use crate::store::schema::{appointment_watch as watch, mandate, subject};
use diesel::prelude::*;

const WEEK: i64 = 7 * 24 * 3_600;
/// `mandate.kind`: the patient's own number.
const SELF: i16 = 1;
/// A watch outlives its last telling by the booking horizon and the link retention together (weeks).
const KEEP_WEEKS: i64 = 26;

/// The week a moment lies in, the grain of `wipe_week`: the day of a visit must not be readable from it.
pub fn week(at: Moment) -> i32 {
    i32::try_from(at.timestamp().div_euclid(WEEK)).unwrap_or(i32::MAX)
}

/// Remembers what `contact` was told.
pub fn tell(conn: &mut Conn, keys: &Keys, contact: Id, told: &Told, now: Moment) -> Result<(), StoreError> {
    let subject = subject_of(conn, keys, &told.patient, now)?;
    allow(conn, subject, contact)?;
    let index = keys.index(Purpose::Appointment, crypt::index_bytes(&told.appointment));
    diesel::delete(watch::table.find((index.epoch, index.value.to_vec()))).execute(conn)?;
    diesel::insert_into(watch::table)
        .values((
            watch::ref_e.eq(index.epoch),
            watch::ref_k.eq(index.value.to_vec()),
            watch::ref_s.eq(crypt::seal_reference(
                keys,
                "appointment_watch.ref_s",
                &index.value,
                &told.appointment,
            )),
            watch::contact.eq(contact.0.to_vec()),
            watch::subject.eq(subject.0.to_vec()),
            watch::told_k.eq(told.told.to_vec()),
            watch::wipe_week.eq(week(now) + i32::try_from(KEEP_WEEKS).unwrap_or(0)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who was told what of an appointment.
pub fn told(
    conn: &mut Conn,
    keys: &Keys,
    appointment: &Phi<String>,
) -> Result<Option<(Id, [u8; 16])>, StoreError> {
    for index in keys.indexes(Purpose::Appointment, crypt::index_bytes(appointment)) {
        let row: Option<(Vec<u8>, Vec<u8>)> = watch::table
            .find((index.epoch, index.value.to_vec()))
            .select((watch::contact, watch::told_k))
            .first(conn)
            .optional()?;
        if let Some((contact, told)) = row {
            return Ok(Id::from_slice(&contact).zip(told.try_into().ok()));
        }
    }
    Ok(None)
}

/// The subject behind a patient's reference, made when there is none.
pub(super) fn subject_of(
    conn: &mut Conn,
    keys: &Keys,
    patient: &Phi<String>,
    now: Moment,
) -> Result<Id, StoreError> {
    let index = keys.index(Purpose::Subject, crypt::index_bytes(patient));
    let known: Option<Vec<u8>> = subject::table
        .filter(subject::ref_e.eq(index.epoch))
        .filter(subject::ref_k.eq(index.value.to_vec()))
        .select(subject::id)
        .first(conn)
        .optional()?;
    if let Some(id) = known.and_then(|known| Id::from_slice(&known)) {
        return Ok(id);
    }
    let id = keys.chance().id();
    diesel::insert_into(subject::table)
        .values((
            subject::id.eq(id.0.to_vec()),
            subject::ref_e.eq(index.epoch),
            subject::ref_k.eq(index.value.to_vec()),
            subject::ref_s.eq(crypt::seal_reference(keys, "subject.ref_s", &id.0, patient)),
            subject::created.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(id)
}

/// The number on the record may act for the record.
fn allow(conn: &mut Conn, subject: Id, contact: Id) -> Result<(), StoreError> {
    let known: i64 = mandate::table
        .filter(mandate::subject.eq(subject.0.to_vec()))
        .filter(mandate::contact.eq(contact.0.to_vec()))
        .count()
        .get_result(conn)?;
    if known == 0 {
        diesel::insert_into(mandate::table)
            .values((
                mandate::subject.eq(subject.0.to_vec()),
                mandate::contact.eq(contact.0.to_vec()),
                mandate::kind.eq(SELF),
            ))
            .execute(conn)?;
    }
    Ok(())
}
