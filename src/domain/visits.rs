//! My appointments: see, move, cancel; and what a feed says of them.

use crate::domain::booking;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, Say, TaskKind, Told, Write, WriteKind};
use crate::domain::fact::{Fact, Question, Visit, VisitState};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap};
use crate::seal::Digest8;
use std::ops::ControlFlow;

/// Shows the only appointment, or the list to pick from.
pub fn mine(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Mine, about)?;
    let about = Coords { patient: person.digest, ..Coords::default() };
    match context.visits(person.digest, Step::Mine, about)? {
        [] => say(plain(Content::MineNone)),
        [only] => shown(only, context),
        _ => say(Say { step: Step::Show, about, ..plain(Content::MineList) }),
    }
}

/// Earlier appointments, to book with the same service again.
pub fn past(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Past, about)?;
    let about = Coords { patient: person.digest, ..Coords::default() };
    match context.ask(Question::Past(person.digest), Step::Past, about)? {
        Fact::Visits(visits) if visits.is_empty() => say(plain(Content::PastNone)),
        _ => say(Say { step: Step::Past, about, ..plain(Content::Past) }),
    }
}

/// Shows one appointment.
pub fn show(about: Coords, context: &Context<'_>) -> Found<Decision> {
    shown(current(Step::Show, about, context)?, context)
}

/// Shown as it is now; what the clinic changed since we last spoke of it is said, and told from then on.
fn shown(visit: &Visit, context: &Context<'_>) -> Found<Decision> {
    context.ask(Question::Told(visit.patient, visit.digest), Step::Show, visit.coords())?;
    let act = Act { told: vec![Told::of(visit)], ..Act::default() };
    let say = Say { step: Step::Show, about: visit.coords(), ..plain(Content::Mine) };
    ControlFlow::Continue(act.saying(say).into())
}

/// The patient will come: noted in the EHR, and nobody is asked again.
pub fn attend(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    let visit = chosen(Step::Attend, tap.at, context)?;
    let about = visit.coords();
    if visit.start <= context.now {
        return say(plain(Content::ApptPast));
    }
    if visit.attending {
        return say(Say { step: Step::Attend, about, ..plain(Content::AttendAlready) });
    }
    let about = Coords { intent: context.fresh, ..about };
    let write = Write { kind: WriteKind::Attend, about, from_reminder: tap.from_reminder };
    ControlFlow::Continue(Act::default().with(Effect::Ehr(write)).into())
}

/// The patient will be late: people are told, and the patient that they were.
pub fn running_late(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let visit = chosen(Step::RunningLate, about, context)?;
    let about = visit.coords();
    ControlFlow::Continue(Act::default().with(Effect::Task(TaskKind::Late, about)).into())
}

/// A calendar file of an appointment, behind a link.
pub fn calendar(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let visit = chosen(Step::Calendar, about, context)?;
    say(Say { step: Step::Calendar, about: visit.coords(), ..plain(Content::CalendarLink) })
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
    say(Say { step: Step::Cancel, about, ..plain(Content::CancelConfirm) })
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
    let thanks = Say { step: tap.step, ..plain(Content::CancelReason) };
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
    ControlFlow::Continue(act.saying(Say { step: Step::Show, about, ..plain(content) }).into())
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
        _ => ControlFlow::Break(Decision::say(Say { step, about, ..plain(Content::Which) })),
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
        let say = Say { step: Step::Show, about: visit.coords(), ..plain(Content::ApptTooLate) };
        return ControlFlow::Break(Decision::say(say));
    }
    ControlFlow::Continue(())
}
