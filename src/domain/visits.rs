//! My appointments: see, move, cancel; and what a feed says of them.

use crate::domain::booking;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, Say, Told, Write, WriteKind};
use crate::domain::fact::{Fact, Question, Visit, VisitState};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap};
use crate::seal::Digest8;
use std::ops::ControlFlow;

/// Shows the only appointment, or the list to pick from.
pub fn mine(context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Mine, Coords::default())?;
    let about = Coords { patient: person.digest, ..Coords::default() };
    match context.visits(person.digest, Step::Mine, about)? {
        [] => say(plain(Content::MineNone)),
        [only] => say(Say { content: Content::Mine, step: Step::Show, about: only.coords() }),
        _ => say(Say { content: Content::MineList, step: Step::Show, about }),
    }
}

/// Shows one appointment.
pub fn show(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let visit = current(Step::Show, about, context)?;
    say(Say { content: Content::Mine, step: Step::Show, about: visit.coords() })
}

/// Begins to move: finds out which, checks that it may, then offers times.
pub fn begin_move(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let visit = chosen(Step::Move, about, context)?;
    changeable(visit, context)?;
    let Some(service) = visit.service else { return say(plain(Content::BookByTeam)) };
    let about = Coords { service, ..visit.coords() };
    booking::browse(Step::Service, about, context)
}

/// Begins to cancel: finds out which, checks that it may, then asks once.
pub fn begin_cancel(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let visit = chosen(Step::Cancel, about, context)?;
    changeable(visit, context)?;
    let about = Coords { intent: context.fresh, ..visit.coords() };
    say(Say { content: Content::CancelConfirm, step: Step::Cancel, about })
}

/// Cancels.
pub fn cancel(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    context.patient(tap.step, tap.at)?;
    if let Some(answer) = booking::seen_before(tap.at, context)? {
        return say(answer);
    }
    let write = Write { kind: WriteKind::Cancel, about: tap.at, from_reminder: tap.from_reminder };
    ControlFlow::Continue(Act::default().with(Effect::Ehr(write)).into())
}

/// Notes why; the appointment is cancelled already, so nothing waits for it.
pub fn reason(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    context.patient(tap.step, tap.at)?;
    let about = Coords { intent: context.fresh, ..tap.at };
    let write = Write { kind: WriteKind::Reason, about, from_reminder: tap.from_reminder };
    let thanks = Say { content: Content::CancelReason, step: tap.step, about: Coords::default() };
    ControlFlow::Continue(Act::default().with(Effect::Ehr(write)).saying(thanks).into())
}

/// A feed says that something changed. Our own writes come back this way: news only when what the patient
/// was told is no longer true.
pub fn changed(patient: Digest8, appointment: Digest8, context: &Context<'_>) -> Found<Decision> {
    let about = Coords { patient, appointment, ..Coords::default() };
    let question = Question::Visit(patient, appointment);
    let known = match context.facts.get(question) {
        None => return ControlFlow::Break(Decision::Ask(vec![question])),
        Some(Fact::Visit(Some(visit))) => visit,
        Some(_) => return ControlFlow::Continue(Decision::nothing()),
    };
    if context.contact.told == Some(known.told) || context.contact.told.is_none() {
        return ControlFlow::Continue(Decision::nothing());
    }
    let content = match known.state {
        VisitState::Cancelled => Content::CancelledByClinic,
        VisitState::Past => return ControlFlow::Continue(Decision::nothing()),
        VisitState::Booked => Content::ChangedTime,
    };
    let act = Act { told: vec![Told::of(known)], ..Act::default() };
    ControlFlow::Continue(act.saying(Say { content, step: Step::Show, about }).into())
}

/// The appointment a button names, or the only one, or the question which.
fn chosen<'a>(step: Step, about: Coords, context: &Context<'a>) -> Found<&'a Visit> {
    if about.moving() {
        return current(step, about, context);
    }
    let person = context.patient(step, about)?;
    let about = Coords { patient: person.digest, ..about };
    match context.visits(person.digest, step, about)? {
        [] => ControlFlow::Break(Decision::say(plain(Content::MineNone))),
        [only] => ControlFlow::Continue(only),
        _ => ControlFlow::Break(Decision::say(Say { content: Content::Which, step, about })),
    }
}

/// The appointment a button names, as long as it is what the button's message said.
fn current<'a>(step: Step, about: Coords, context: &Context<'a>) -> Found<&'a Visit> {
    let person = context.patient(step, about)?;
    let question = Question::Visit(person.digest, about.appointment);
    match context.ask(question, step, about)? {
        Fact::Visit(Some(visit)) if visit.told4() == about.told => match visit.state {
            VisitState::Booked if visit.start > context.now => ControlFlow::Continue(visit),
            VisitState::Cancelled => ControlFlow::Break(Decision::say(plain(Content::CancelAlready))),
            _ => ControlFlow::Break(Decision::say(plain(Content::ApptPast))),
        },
        Fact::Visit(Some(visit)) if visit.state == VisitState::Cancelled => {
            ControlFlow::Break(Decision::say(plain(Content::CancelAlready)))
        }
        _ => ControlFlow::Break(Decision::say(plain(Content::TapChanged))),
    }
}

fn changeable(visit: &Visit, context: &Context<'_>) -> Found<()> {
    if visit.start <= context.now {
        return ControlFlow::Break(Decision::say(plain(Content::ApptPast)));
    }
    if visit.start < context.now + context.clinic.booking.cancel_until {
        let say = Say { content: Content::ApptTooLate, step: Step::Show, about: visit.coords() };
        return ControlFlow::Break(Decision::say(say));
    }
    ControlFlow::Continue(())
}
