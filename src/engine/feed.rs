//! What EHR feeds say, neutral by the time it gets here. The feeds themselves come with a later issue.

use crate::clock::Moment;
use crate::domain::decision::News;
use crate::domain::event::What;
use crate::engine::Engine;
use crate::phi::Phi;
use crate::seal::Digest8;
use crate::store::crypt::Meaning;
use crate::store::inbox::{self, Kind};
use crate::store::{StoreError, lanes, watch};

/// An appointment is new or different, says a feed.
#[derive(Clone, Debug)]
pub struct AppointmentChange {
    /// The clinic that told the patient of it.
    pub clinic: u16,
    /// What makes a repeat recognisable: the feed's own event id, or reference and version.
    pub key: Phi<String>,
    /// When the feed says it happened.
    pub said_at: Moment,
    /// `Appointment/…`
    pub reference: Phi<String>,
    /// Digest of the reference.
    pub appointment: Digest8,
    /// Digest of its patient.
    pub patient: Digest8,
}

impl Engine {
    /// Makes a change durable in the lane of whoever was told of the appointment; `false` when it was heard before, or
    /// nobody was. Whether it is news is decided later, by what was told and what the EHR says then.
    ///
    /// # Errors
    /// Nothing was made durable: the feed must keep its copy.
    pub async fn appointment_changed(&self, change: AppointmentChange) -> Result<bool, StoreError> {
        let (keys, now, id) = (self.keys.clone(), self.clock.now(), self.keys.chance().id());
        let taken = self
            .store
            .write(move |conn| {
                if inbox::heard_before(conn, &keys, &change.key)? {
                    return Ok(false);
                }
                let Some((contact, _)) = watch::told(conn, &keys, &change.reference)? else {
                    return Ok(false);
                };
                let AppointmentChange { patient, appointment, reference, .. } = change.clone();
                let what = What::AppointmentChanged(News { patient, appointment, reference });
                let meaning = Meaning { clinic: change.clinic, said_at: change.said_at, what };
                let place = lanes::next_place(conn, contact)?;
                let new = inbox::New {
                    id,
                    lane: contact,
                    place,
                    kind: Kind::Feed,
                    key: &change.key,
                    meaning: Some(&meaning),
                };
                inbox::add(conn, &keys, &new, now)?;
                Ok(true)
            })
            .await?;
        self.wake();
        Ok(taken)
    }
}
