//! From something to say to a whole message, with what the EHR says at this moment. Where that is no longer what was
//! meant, something else is said.

use crate::domain::clinic::Disclosure;
use crate::domain::context::Context;
use crate::domain::decision::Say;
use crate::domain::fact::{Fact, Question, SlotKey, Visit};
use crate::domain::message::{
    Composed, OTHER_SERVICE, Shape, Spot, Turn, body_day, day_at, doctor_value, level, place_value, plain,
    time_text, time_values,
};
use crate::domain::outcome::taken_text;
use crate::domain::speech::{Content, Slot};
use crate::domain::tap::Coords;
use crate::domain::{callback, doubt, rows};

/// Composes what `say` amounts to now.
pub fn compose(say: Say, context: &Context<'_>) -> Composed {
    use Content as C;
    match say.content {
        C::BookService => rows::services(say, context),
        C::BookSlots | C::BookSlotsDay | C::BookSlotsDoctor | C::BookTaken | C::MoveSlots | C::MoveTaken => {
            rows::slots(say, context)
        }
        C::BookDays => rows::days(say, context),
        C::BookDoctors => rows::doctors(say, context),
        C::BookPlaces => rows::places(say, context),
        C::BookNoneDay | C::BookClosedDay => rows::nearest(say, context),
        C::Who => rows::people(say, context),
        C::Past => rows::past(say, context),
        C::CallbackWhen => callback::parts(say, context),
        C::CallbackSaved => callback::saved(say, context),
        C::DateFar => until_horizon(say, context),
        C::DateWhich | C::DateNight => doubt::days(say, context),
        C::DateAmPm => doubt::times(say, context),
        C::DateHijri => doubt::hijri(say, context),
        C::BookServiceUnsure => doubt::names(say, context),
        C::InfoPlace => place(say, context),
        C::BookConfirm | C::MoveConfirm => confirmation(say, context),
        C::MineList | C::Which => rows::visits(say, context),
        C::Booked | C::Moved | C::Mine | C::CancelConfirm | C::Cancelled => of_visit(say, context),
        C::Attend | C::BookHave => of_visit(say, context),
        C::ChangedTime | C::ChangedDoctor | C::ChangedPlace => of_visit(say, context),
        C::CancelledByClinic => of_visit(say, context),
        _ => plain(say, level(say.about.service, context), vec![], None, context),
    }
}

/// The confirmation of a free time, read afresh.
fn confirmation(say: Say, context: &Context<'_>) -> Composed {
    let about = say.about;
    let key = SlotKey { service: about.service, start: about.at(), actors: about.actors };
    let mut ask = vec![];
    let slot = answer(Question::Slot(key), context, &mut ask);
    let moving = Question::Visit(about.patient, about.appointment);
    let old = if about.moving() { answer(moving, context, &mut ask) } else { None };
    if !ask.is_empty() {
        return Composed::Ask(ask);
    }
    let Some(Fact::Slot(Some(slot))) = slot else {
        let content = taken_text(about);
        return Composed::Instead(Say { content, ..say });
    };
    let mut values = time_values(slot.key.start, context);
    values.extend(doctor_value(slot.doctor.as_ref(), context));
    values.extend(place_value(slot.place.as_ref(), context));
    values.extend(context.label(about.patient).map(|label| (Slot::Person, label)));
    if let Some(Fact::Visit(Some(old))) = old {
        values.push((Slot::OldDay, day_at(old.start, context)));
        values.push((Slot::OldTime, time_text(old.start, context)));
    }
    plain(say, level(about.service, context), values, None, context)
}

fn answer<'a>(question: Question, context: &Context<'a>, ask: &mut Vec<Question>) -> Option<&'a Fact> {
    let known = context.facts.get(question);
    if known.is_none() {
        ask.push(question);
    }
    known
}

fn until_horizon(say: Say, context: &Context<'_>) -> Composed {
    let values = vec![(Slot::Day, body_day(context.now + context.clinic.booking.horizon, context))];
    plain(say, context.clinic.disclosure, values, None, context)
}

/// The clinic on a map: its first place that has a pin; without one, the hospital's telephone.
fn place(say: Say, context: &Context<'_>) -> Composed {
    let venue = context.clinic.places.iter().find(|venue| venue.pin.is_some());
    let Some((venue, pin)) = venue.and_then(|venue| Some((venue, venue.pin?))) else {
        return Composed::Instead(Say { content: Content::CallUs, ..say });
    };
    let locale = context.locale();
    let values = vec![(Slot::Place, venue.name.get(locale).to_owned())];
    let address = venue.address.as_ref().map(|address| address.get(locale).to_owned());
    match plain(say, context.clinic.disclosure, values, None, context) {
        Composed::Turn(turn) => {
            let shape = Shape::Location(Spot { pin, address });
            Composed::Turn(Box::new(Turn { shape, ..*turn }))
        }
        other => other,
    }
}

/// Whether the clinic changed an appointment since the patient was last told of it.
fn changed_value(visit: &Visit, content: Content, context: &Context<'_>) -> Option<(Slot, String)> {
    let question = Question::Told(visit.patient, visit.digest);
    let Some(Fact::Told(Some(told))) = context.facts.get(question) else { return None };
    (content == Content::Mine && *told != visit.told).then(|| (Slot::Changed, "yes".to_owned()))
}

/// A message about an appointment as it stands now.
fn of_visit(say: Say, context: &Context<'_>) -> Composed {
    let question = Question::Visit(say.about.patient, say.about.appointment);
    let Some(fact) = context.facts.get(question) else { return Composed::Ask(vec![question]) };
    let visit = match fact {
        Fact::Visit(Some(visit)) => visit,
        // The write was read back before, so the message is true; only its details are out of reach now.
        Fact::Trouble(_) => return plain(say, Disclosure::Neutral, vec![], None, context),
        _ => return Composed::Instead(Say { content: Content::TapChanged, ..say }),
    };
    let mut values = time_values(visit.start, context);
    values.extend(doctor_value(visit.doctor.as_ref(), context));
    values.extend(place_value(visit.place.as_ref(), context));
    values.extend(changed_value(visit, say.content, context));
    values.extend(context.label(visit.patient).map(|label| (Slot::Person, label)));
    // "Shall we book another one?" keeps the time that was picked; everything else is about the appointment.
    let about = if say.content == Content::BookHave {
        say.about
    } else {
        Coords { intent: say.about.intent, ..visit.coords() }
    };
    let mut disclosure = level(visit.service.unwrap_or(OTHER_SERVICE), context);
    let placed = values.iter().any(|(slot, _)| *slot == Slot::Place);
    // A new place that the configuration has no name for is looked up in the portal.
    if say.content == Content::ChangedPlace && disclosure == Disclosure::Details && !placed {
        disclosure = Disclosure::Time;
    }
    let patient = Some(visit.patient_reference.clone());
    plain(Say { about, ..say }, disclosure, values, patient, context)
}
