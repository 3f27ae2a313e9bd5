//! Booking: at most four taps from the menu, nothing called booked before the EHR has said so.

use crate::clock::Moment;
use crate::domain::clinic::{Disclosure, Service};
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, Say, Write, WriteKind};
use crate::domain::fact::{Fact, FreeSlot, Person, Question, Search, Seen, SlotKey, Visit};
use crate::domain::message::level;
use crate::domain::outcome::taken_text;
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap, day_of};
use crate::domain::visits;
use crate::seal::Digest4;
use chrono::Duration;
use std::ops::ControlFlow;

/// Free times on one page: ten rows at most (Cloud API), less "more", "day", "doctors" and "person".
pub const PAGE: usize = 6;
/// Free times asked for: a page, one to know of another page, and those that start with the last one shown.
const PAGE_SEARCH: u16 = 15;

/// The first step: who it is for, then which service. A clinic with one service goes straight to its times.
pub fn begin(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Book, about)?;
    let about = Coords { patient: person.digest, ..about };
    match context.clinic.services.as_slice() {
        [only] => browse(Step::Service, Coords { service: only.digest(), ..about }, context),
        _ => say(Say { step: Step::Book, about, ..plain(Content::BookService) }),
    }
}

/// A page of free times: nearest, of a day, with a doctor, at a place, or after those shown.
pub fn browse(step: Step, about: Coords, context: &Context<'_>) -> Found<Decision> {
    // A day was said before any service: that is asked first, and the day kept.
    if about.service == Digest4::default() && step == Step::Day {
        return begin(about, context);
    }
    let step = if step == Step::Service && about.day > 0 { Step::Day } else { step };
    let about = admitted(step, about, context)?;
    let content = match step {
        _ if about.moving() => Content::MoveSlots,
        Step::Day if about.days == 0 => Content::BookSlotsDay,
        // A doctor's name would tell the service.
        Step::Doctor if !about.doctor.is_nil() && level(about.service, context) == Disclosure::Details => {
            Content::BookSlotsDoctor
        }
        _ => Content::BookSlots,
    };
    say(Say { step, about, ..plain(content) })
}

/// For whom it is, where the service takes them here.
pub(super) fn admitted(step: Step, about: Coords, context: &Context<'_>) -> Found<Coords> {
    let Some(service) = context.service(about.service) else {
        return ControlFlow::Break(Decision::say(plain(Content::TapExpired)));
    };
    let person = context.patient(step, about)?;
    if !about.moving() && !takes(service, person, context) {
        return ControlFlow::Break(Decision::say(Say { step: Step::Person, ..plain(Content::BookByTeam) }));
    }
    ControlFlow::Continue(Coords { patient: person.digest, ..about })
}

/// Whether a service takes this patient here. A record without birth date or sex is people's business then.
fn takes(service: &Service, person: &Person, context: &Context<'_>) -> bool {
    let limits = service.limits;
    let age = context.age(person);
    let within = |limit: Option<u8>, fits: fn(i32, i32) -> bool| {
        limit.is_none_or(|limit| age.is_some_and(|age| fits(age, i32::from(limit))))
    };
    let sex = limits.sex.is_none_or(|sex| *person.sex.reveal() == Some(sex));
    !limits.referral && sex && within(limits.min_age, |a, b| a >= b) && within(limits.max_age, |a, b| a <= b)
}

/// A time was picked: read it afresh, then ask for the confirmation that carries the intent.
pub fn picked(about: Coords, context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Slot, about)?;
    let about = Coords { patient: person.digest, ..about };
    let Some(slot) = still_free(Step::Slot, about, context)? else {
        return say(Say { step: Step::Slot, about, ..plain(taken_text(about)) });
    };
    if too_soon(about.at(), context) {
        return say(Say { step: Step::Slot, about, ..plain(Content::BookTooSoon) });
    }
    if about.moving() {
        let about = Coords { intent: context.fresh, ..about };
        return say(Say { step: Step::Slot, about, ..plain(Content::MoveConfirm) });
    }
    let visits = context.visits(about.patient, Step::Slot, about)?;
    over_limit(visits, context)?;
    if let (false, Some(visit)) = (about.again, in_the_way(about, slot.minutes, visits)) {
        return say(have(visit, about));
    }
    let about = Coords { intent: context.fresh, told: mark(visits), ..about };
    say(Say { step: Step::Slot, about, ..plain(Content::BookConfirm) })
}

/// The confirmation: one write, whose intent made it known before. A second tap is the same booking; another old
/// confirmation books nothing beside what was booked meanwhile without asking.
pub fn confirmed(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    let about = tap.at;
    context.patient(Step::Confirm, about)?;
    if let Some(answer) = seen_before(about, context)? {
        return say(answer);
    }
    if too_soon(about.at(), context) {
        return say(Say { step: Step::Slot, about, ..plain(Content::BookTooSoon) });
    }
    if about.moving() {
        visits::still_changeable(about, context)?;
    } else {
        unchanged(about, context)?;
    }
    let kind = if about.moving() { WriteKind::Move } else { WriteKind::Book };
    let write = Write { kind, about, from_reminder: tap.from_reminder };
    ControlFlow::Continue(Act::default().with(Effect::Ehr(write)).into())
}

/// Compare and swap: the appointments must be those that the confirmation was asked about.
fn unchanged(about: Coords, context: &Context<'_>) -> Found<()> {
    let visits = context.visits(about.patient, Step::Confirm, about)?;
    over_limit(visits, context)?;
    if mark(visits) == about.told {
        return ControlFlow::Continue(());
    }
    let again = Coords { again: false, told: Digest4::default(), ..about };
    match in_the_way(again, about.minutes, visits) {
        Some(visit) => ControlFlow::Break(Decision::say(have(visit, again))),
        None => ControlFlow::Continue(()),
    }
}

/// Which appointments there are, as one coordinate; never nil, so that a confirmation without it is told apart.
pub fn mark(visits: &[Visit]) -> Digest4 {
    let mut mark = [0xA5, 0, 0, 0];
    for visit in visits {
        for (n, byte) in visit.digest.0.iter().chain(&visit.told).enumerate() {
            mark[n % 4] ^= byte;
        }
    }
    Digest4(mark)
}

/// An appointment that should be spoken of first: at the same time, or for the same service.
fn in_the_way(about: Coords, minutes: u16, visits: &[Visit]) -> Option<&Visit> {
    let (start, end) = (about.at(), about.at() + Duration::minutes(i64::from(minutes)));
    let overlaps = |visit: &&Visit| {
        visit.start < end && start < visit.start + Duration::minutes(i64::from(visit.minutes.max(1)))
    };
    let same = |visit: &&Visit| visit.service == Some(about.service);
    visits.iter().find(overlaps).or_else(|| visits.iter().find(same))
}

/// "You already have an appointment. Shall we book another one?" Yes goes on with the time that was picked.
fn have(visit: &Visit, about: Coords) -> Say {
    let about = Coords { appointment: visit.digest, told: visit.told4(), ..about };
    Say { step: Step::Slot, about, ..plain(Content::BookHave) }
}

/// What to say to a tap whose intent was acted on before.
pub fn seen_before(about: Coords, context: &Context<'_>) -> Found<Option<Say>> {
    let Fact::Intent(seen) = context.ask(Question::Intent(about.intent), Step::Confirm, about)? else {
        return ControlFlow::Continue(None);
    };
    ControlFlow::Continue(match seen {
        Seen::New => None,
        Seen::Open => Some(Say { step: Step::Confirm, about, ..plain(Content::Pending) }),
        Seen::Done => Some(plain(Content::TapDone)),
    })
}

/// The free times a page shows, with more to know whether there is another page.
pub fn page(step: Step, about: Coords, context: &Context<'_>) -> Search {
    let rules = &context.clinic.booking;
    let earliest = context.now + rules.min_notice;
    let horizon = context.now + rules.horizon;
    let (from, until) = match step {
        Step::More if about.start > 0 => (earliest.max(about.at()), day_end(about, context).min(horizon)),
        _ if about.day > 0 => (day_start(about, context).max(earliest), day_end(about, context).min(horizon)),
        _ => (earliest, horizon),
    };
    Search { from, until, ..search(about, PAGE_SEARCH, context) }
}

/// Every free time of the coordinates' filters within the horizon, without their day.
pub fn search(about: Coords, limit: u16, context: &Context<'_>) -> Search {
    let rules = &context.clinic.booking;
    Search {
        service: about.service,
        doctor: about.doctor,
        from: context.now + rules.min_notice,
        until: context.now + rules.horizon,
        limit,
        hours: about.hours,
        gender: about.gender,
        place: about.place,
    }
}

fn day_start(about: Coords, context: &Context<'_>) -> Moment {
    crate::domain::calendar::day_bounds(day_of(about.day), context.clinic.zone).0
}

fn day_end(about: Coords, context: &Context<'_>) -> Moment {
    if about.day == 0 {
        return context.now + context.clinic.booking.horizon;
    }
    let last = day_of(about.day) + Duration::days(i64::from(about.days));
    crate::domain::calendar::day_bounds(last, context.clinic.zone).1
}

/// The slot behind `about`, if it is still free.
fn still_free<'a>(step: Step, about: Coords, context: &Context<'a>) -> Found<Option<&'a FreeSlot>> {
    let key = SlotKey { service: about.service, start: about.at(), actors: about.actors };
    match context.ask(Question::Slot(key), step, about)? {
        Fact::Slot(slot) => ControlFlow::Continue(slot.as_ref()),
        _ => ControlFlow::Continue(None),
    }
}

fn too_soon(start: Moment, context: &Context<'_>) -> bool {
    start < context.now + context.clinic.booking.min_notice
}

fn over_limit(visits: &[Visit], context: &Context<'_>) -> Found<()> {
    if visits.len() < context.clinic.booking.max_open as usize {
        return ControlFlow::Continue(());
    }
    ControlFlow::Break(Decision::say(plain(Content::BookLimit)))
}
