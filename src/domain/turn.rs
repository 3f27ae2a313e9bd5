//! From something to say to a whole message, with what the EHR says at this moment. Where that is no longer what was
//! meant, something else is said.

use crate::domain::clinic::Disclosure;
use crate::domain::context::Context;
use crate::domain::decision::Say;
use crate::domain::fact::{Fact, Question, SlotKey};
use crate::domain::message::{
    Composed, OTHER_SERVICE, day_at, doctor_value, level, place_value, plain, time_text, time_values,
};
use crate::domain::outcome::taken_text;
use crate::domain::rows;
use crate::domain::speech::{Content, Slot};
use crate::domain::tap::Coords;

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
        C::BookConfirm | C::MoveConfirm => confirmation(say, context),
        C::MineList | C::Which => rows::visits(say, context),
        C::Booked | C::Moved | C::Mine | C::CancelConfirm | C::Cancelled => of_visit(say, context),
        C::ChangedTime | C::CancelledByClinic => of_visit(say, context),
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
    let about = Coords { intent: say.about.intent, ..visit.coords() };
    let disclosure = level(visit.service.unwrap_or(OTHER_SERVICE), context);
    let patient = Some(visit.patient_reference.clone());
    plain(Say { about, ..say }, disclosure, values, patient, context)
}
