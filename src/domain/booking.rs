//! Booking: at most four taps from the menu, nothing called booked before the EHR has said so.

use crate::clock::Moment;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, Say, Write, WriteKind};
use crate::domain::fact::{Fact, FreeSlot, Question, Search, Seen, SlotKey};
use crate::domain::outcome::taken_text;
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap, day_of};
use std::ops::ControlFlow;

/// Free times on one page: ten rows at most (Cloud API), less "more", "day", "doctors" and "person".
pub const PAGE: usize = 6;
/// Free times asked for: a page, one to know of another page, and those that start with the last one shown.
const PAGE_SEARCH: u16 = 15;

/// The first step: who it is for, then which service. A clinic with one service goes straight to its times.
pub fn begin(context: &Context<'_>) -> Found<Decision> {
    let person = context.patient(Step::Book, Coords::default())?;
    let about = Coords { patient: person.digest, ..Coords::default() };
    match context.clinic.services.as_slice() {
        [only] => browse(Step::Service, Coords { service: only.digest(), ..about }, context),
        _ => say(Say { content: Content::BookService, step: Step::Book, about }),
    }
}

/// A page of free times: nearest, of a day, with a doctor, or after those shown.
pub fn browse(step: Step, about: Coords, context: &Context<'_>) -> Found<Decision> {
    if context.service(about.service).is_none() {
        return say(plain(Content::TapExpired));
    }
    context.patient(step, about)?;
    let content = match step {
        _ if about.moving() => Content::MoveSlots,
        Step::Day => Content::BookSlotsDay,
        Step::Doctor if !about.doctor.is_nil() => Content::BookSlotsDoctor,
        _ => Content::BookSlots,
    };
    say(Say { content, step, about })
}

/// A time was picked: read it afresh, then ask for the confirmation that carries the intent.
pub fn picked(about: Coords, context: &Context<'_>) -> Found<Decision> {
    context.patient(Step::Slot, about)?;
    let Some(_) = still_free(Step::Slot, about, context)? else {
        return say(Say { content: taken_text(about), step: Step::Slot, about });
    };
    if too_soon(about.at(), context) {
        return say(Say { content: Content::BookTooSoon, step: Step::Slot, about });
    }
    over_limit(about, context)?;
    let content = if about.moving() { Content::MoveConfirm } else { Content::BookConfirm };
    let about = Coords { intent: context.fresh, ..about };
    say(Say { content, step: Step::Slot, about })
}

/// The confirmation: one write, whose intent made it known before. A second tap is the same booking.
pub fn confirmed(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    let about = tap.at;
    context.patient(Step::Confirm, about)?;
    if let Some(answer) = seen_before(about, context)? {
        return say(answer);
    }
    if too_soon(about.at(), context) {
        return say(Say { content: Content::BookTooSoon, step: Step::Slot, about });
    }
    let kind = if about.moving() { WriteKind::Move } else { WriteKind::Book };
    let write = Write { kind, about, from_reminder: tap.from_reminder };
    ControlFlow::Continue(Act::default().with(Effect::Ehr(write)).into())
}

/// What to say to a tap whose intent was acted on before.
pub fn seen_before(about: Coords, context: &Context<'_>) -> Found<Option<Say>> {
    let Fact::Intent(seen) = context.ask(Question::Intent(about.intent), Step::Confirm, about)? else {
        return ControlFlow::Continue(None);
    };
    ControlFlow::Continue(match seen {
        Seen::New => None,
        Seen::Open => Some(Say { content: Content::Pending, step: Step::Confirm, about }),
        Seen::Done => Some(plain(Content::TapDone)),
    })
}

/// The free times a page shows, with one more to know whether there is another page.
pub fn page(step: Step, about: Coords, context: &Context<'_>) -> Search {
    let rules = &context.clinic.booking;
    let earliest = context.now + rules.min_notice;
    let horizon = context.now + rules.horizon;
    let (from, until) = match step {
        Step::Day => day_span(about.day, context, earliest, horizon),
        Step::More if about.start > 0 => (earliest.max(about.at()), horizon),
        _ => (earliest, horizon),
    };
    Search { service: about.service, doctor: about.doctor, from, until, limit: PAGE_SEARCH }
}

fn day_span(day: u16, context: &Context<'_>, earliest: Moment, horizon: Moment) -> (Moment, Moment) {
    let (begin, end) = crate::domain::calendar::day_bounds(day_of(day), context.clinic.zone);
    (begin.max(earliest), end.min(horizon))
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

fn over_limit(about: Coords, context: &Context<'_>) -> Found<()> {
    if about.moving() {
        return ControlFlow::Continue(());
    }
    let open = context.visits(about.patient, Step::Slot, about)?.len();
    if open < context.clinic.booking.max_open as usize {
        return ControlFlow::Continue(());
    }
    ControlFlow::Break(Decision::say(plain(Content::BookLimit)))
}
