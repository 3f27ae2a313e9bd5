//! What the calendar file of an appointment says: the clinic, when, and at the level of details the place. Nothing
//! about the service, the doctor or the patient: calendars are shared, synchronised and read out by watches.

use crate::clock::Moment;
use crate::domain::clinic::Disclosure;
use crate::domain::context::Context;
use crate::domain::fact::{Visit, VisitState};
use crate::domain::message::{OTHER_SERVICE, level, place_value};
use crate::phi::Phi;
use chrono::Duration;

/// An appointment for somebody's calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Names it, so that adding it twice makes one entry; tells nothing.
    pub name: String,
    /// When it begins.
    pub start: Phi<Moment>,
    /// When it ends; `None` where the EHR does not say.
    pub end: Option<Phi<Moment>>,
    /// The place by its public name.
    pub place: Option<Phi<String>>,
}

/// The invitation to an appointment that is still to be; `None` for one that was cancelled or is over.
pub fn of(visit: &Visit, context: &Context<'_>) -> Option<Invitation> {
    if visit.state != VisitState::Booked || visit.start <= context.now {
        return None;
    }
    let told = level(visit.service.unwrap_or(OTHER_SERVICE), context);
    let place = place_value(visit.place.as_ref(), context).filter(|_| told == Disclosure::Details);
    let minutes = i64::from(visit.minutes);
    Some(Invitation {
        name: data_encoding::HEXLOWER.encode(&visit.digest.0),
        start: Phi::new(visit.start),
        end: (minutes > 0).then(|| Phi::new(visit.start + Duration::minutes(minutes))),
        place: place.map(|(_, name)| Phi::new(name)),
    })
}
