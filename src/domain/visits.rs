//! My appointments: see, move, cancel; and what a feed says of them.

use crate::domain::booking;
use crate::domain::clinic::Disclosure;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, News, Say, TaskKind, Told, Write, WriteKind};
use crate::domain::fact::{Difference, Fact, Person, Question, Visit, VisitState};
use crate::domain::message::{OTHER_SERVICE, level};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap};
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
    still_changeable(tap.at, context)?;
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

/// A feed says that something changed. Our own writes come back this way: news only when what the patient was told is no
/// longer true. Nothing is said after STOP, nor of whoever is no patient any more, nor to whoever may not act for them
/// any more.
pub fn changed(news: &News, context: &Context<'_>) -> Found<Decision> {
    let nothing = ControlFlow::Continue(Decision::nothing());
    let Some(told) = context.contact.told.filter(|_| !context.contact.stopped) else { return nothing };
    let Fact::Who(people) = known(Question::Who, news, context)? else { return nothing };
    let theirs = |person: &Person| person.digest == news.patient && context.may_act(person);
    if !people.iter().any(theirs) {
        return nothing;
    }
    let question = Question::Visit(news.patient, news.appointment);
    let Fact::Visit(Some(visit)) = known(question, news, context)? else { return nothing };
    let Some(difference) = visit.difference(told).filter(|_| visit.start > context.now) else {
        return nothing;
    };
    let act = Act { told: vec![Told::of(visit)], ..Act::default() };
    let Some(content) = told_of(difference, visit, context) else {
        return ControlFlow::Continue(act.into());
    };
    ControlFlow::Continue(
        act.saying(Say { step: Step::Show, about: visit.coords(), ..plain(content) }).into(),
    )
}

/// An answer about news; an EHR in trouble is asked again later, and nobody is told of its trouble.
fn known<'a>(question: Question, news: &News, context: &Context<'a>) -> Found<&'a Fact> {
    match context.facts.get(question) {
        None => ControlFlow::Break(Decision::Ask(vec![question])),
        Some(Fact::Trouble(_)) => ControlFlow::Break(Act::default().with(Effect::News(news.clone())).into()),
        Some(fact) => ControlFlow::Continue(fact),
    }
}

/// What a change is called; `None` for one that nobody is told of: another doctor, where no doctor was named before.
fn told_of(difference: Difference, visit: &Visit, context: &Context<'_>) -> Option<Content> {
    match (visit.state, difference) {
        (VisitState::Past, _) => None,
        (VisitState::Cancelled, _) => Some(Content::CancelledByClinic),
        (VisitState::Booked, Difference::Time) => Some(Content::ChangedTime),
        (VisitState::Booked, Difference::Place) => Some(Content::ChangedPlace),
        (VisitState::Booked, Difference::Doctor) => {
            let named = level(visit.service.unwrap_or(OTHER_SERVICE), context) == Disclosure::Details;
            (named && visit.doctor.is_some()).then_some(Content::ChangedDoctor)
        }
    }
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

/// The rules hold when a change is confirmed, not only when it was offered: a button lives for a day.
pub fn still_changeable(about: Coords, context: &Context<'_>) -> Found<()> {
    changeable(current(Step::Show, about, context)?, context)
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
