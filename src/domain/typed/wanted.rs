//! Days, hours, services and doctors, in words: the search that tapping would have led to, narrowed as was said, or one
//! question.

use crate::clock::Moment;
use crate::domain::calendar;
use crate::domain::clinic::Disclosure;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Decision, Effect, Say};
use crate::domain::doubt;
use crate::domain::event::{Meant, Said};
use crate::domain::fact::{Fact, FreeSlot, Question};
use crate::domain::message::{browse, level};
use crate::domain::rows::wide_search;
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Hours, Step, day_number, day_of};
use crate::domain::when::{Resolved, Setting, Time, When, Window, resolve};
use crate::domain::words::Word;
use crate::domain::{booking, visits};
use crate::ids::Id;
use crate::seal::{Digest4, Digest8};
use chrono::NaiveDate;
use std::ops::ControlFlow;

/// Words beside which a day, a name or a row is what was meant. Beside any other word nothing of them is even kept.
pub const fn leaves_room(word: Option<Word>) -> bool {
    matches!(word, None | Some(Word::Book | Word::Move | Word::Yes | Word::No | Word::Hello | Word::Thanks))
}

/// The search that was meant; `None` where nothing of one was said, or nobody asked for one.
pub(super) fn wanted(said: &Said, context: &Context<'_>) -> Option<Found<Decision>> {
    if !says_anything(said) || is_courtesy(said) {
        return None;
    }
    let last = context.contact.last;
    match last.and_then(search_of) {
        Some(about) if said.word != Some(Word::Move) || about.moving() => {
            Some(narrowed(said, about, context))
        }
        _ if said.word == Some(Word::Move) => Some(moved(said, context)),
        _ if begins(said, context) => Some(narrowed(said, Coords::default(), context)),
        _ => None,
    }
}

fn says_anything(said: &Said) -> bool {
    said.when.is_some() || said.gender.is_some() || !said.services.is_empty() || !said.doctors.is_empty()
}

/// "Thank you, Dr Sara", "hello doctor": nobody asks for them.
fn is_courtesy(said: &Said) -> bool {
    match said.word {
        Some(Word::Thanks) => said.when.is_none(),
        Some(Word::Hello) => said.when.is_none() && said.services.is_empty(),
        _ => false,
    }
}

/// Whether a search begins here: it was asked for, or something was named that can only be booked. A bare day begins
/// one only where nothing else was asked.
fn begins(said: &Said, context: &Context<'_>) -> bool {
    use Content as C;
    let named = !said.services.is_empty() || !said.doctors.is_empty() || said.gender.is_some();
    let open = context.contact.last.is_none_or(|last| {
        matches!(
            last.content,
            C::Welcome
                | C::WelcomeBack
                | C::Menu
                | C::Help
                | C::UnknownFirst
                | C::UnknownSecond
                | C::MineNone
        )
    });
    let ahead = said.when.is_some_and(|when| {
        !matches!(
            resolve(&when, context.now, &Setting::of(context.clinic)),
            Resolved::Past | Resolved::Unclear
        )
    });
    let thanks = said.word == Some(Word::Thanks);
    !thanks && (named || said.word == Some(Word::Book) || (open && ahead))
}

/// The search that the last message belongs to; the day is kept where one was chosen.
fn search_of(last: Say) -> Option<Coords> {
    use Content as C;
    let about = Coords { doctor: last.about.doctor, ..browse(last.about) };
    let dated = Coords { day: last.about.day, days: last.about.days, hours: last.about.hours, ..about };
    Some(match last.content {
        C::BookService if last.step == Step::ServicesMore => about,
        C::BookService | C::BookServiceUnsure => dated,
        C::BookSlots | C::BookSlotsDay | C::BookSlotsDoctor | C::MoveSlots => dated,
        C::BookTaken | C::MoveTaken | C::BookDays | C::BookDoctors | C::BookPlaces => about,
        C::BookNoneDay | C::BookClosedDay | C::BookNone | C::MoveNone | C::BookTooSoon => about,
        C::BookConfirm | C::MoveConfirm => about,
        C::DateWhich | C::DateAmPm | C::DateNight | C::DateHijri | C::DatePast | C::DateFar => about,
        // It names the appointment there is; the search is for another.
        C::BookHave => Coords { appointment: Digest8::default(), told: Digest4::default(), ..about },
        _ => return None,
    })
}

/// "Move it to tomorrow": which appointment first; where that is clear, its new time.
fn moved(said: &Said, context: &Context<'_>) -> Found<Decision> {
    let decision = visits::begin_move(Coords::default(), context)?;
    match only_say(&decision) {
        Some(Say { content: Content::MoveSlots, about, .. }) => narrowed(said, about, context),
        _ => ControlFlow::Continue(decision),
    }
}

fn only_say(decision: &Decision) -> Option<Say> {
    let Decision::Act(act) = decision else { return None };
    match act.effects.as_slice() {
        [Effect::Say(say)] => Some(*say),
        _ => None,
    }
}

/// A search, narrowed: service, then doctor, then day and hours. At most one question is asked.
fn narrowed(said: &Said, about: Coords, context: &Context<'_>) -> Found<Decision> {
    let timed = said.when.map(|when| placed(when, about, context));
    let about = match &timed {
        Some(Placed::There(there, _)) => *there,
        _ => about,
    };
    let about = serving(said, about)?;
    let about = with_doctor(said, about, context)?;
    match timed {
        None => search(about, None, context),
        Some(Placed::There(_, exact)) => search(about, exact, context),
        Some(Placed::Asked(content, windows)) => say(doubt::of_windows(content, windows, about)),
        Some(Placed::Said(content, day)) => told(content, day, about, context),
    }
}

/// What the days and hours of a text come to.
enum Placed {
    /// These coordinates, and the very minute where one was said.
    There(Coords, Option<Moment>),
    /// One of two.
    Asked(Content, [Window; 2]),
    /// A fair sentence, perhaps about a day.
    Said(Content, Option<Window>),
}

fn placed(when: When, about: Coords, context: &Context<'_>) -> Placed {
    let setting = setting(last_about(context).unwrap_or(about), context);
    match resolve(&when, context.now, &setting) {
        Resolved::Window(window) => there(when, window, about, &setting, context),
        Resolved::WhichDay(windows) => Placed::Asked(Content::DateWhich, windows),
        Resolved::WhichNight(windows) => Placed::Asked(Content::DateNight, windows),
        Resolved::WhichTime(window, both) => {
            Placed::Asked(Content::DateAmPm, both.map(|hours| Window { hours: Some(hours), ..window }))
        }
        Resolved::Hijri(_, window) => Placed::Said(Content::DateHijri, Some(window)),
        Resolved::Past => Placed::Said(Content::DatePast, None),
        Resolved::Far(_) => Placed::Said(Content::DateFar, None),
        Resolved::Closed(day) => Placed::Said(Content::BookClosedDay, Some(Window::day(day))),
        Resolved::Nearest => {
            Placed::There(Coords { day: 0, days: 0, hours: Hours::default(), ..about }, None)
        }
        Resolved::Unclear => Placed::Said(Content::BookDays, None),
    }
}

/// Hours without a day are of the days that were chosen before, or of any.
fn there(when: When, window: Window, about: Coords, setting: &Setting<'_>, context: &Context<'_>) -> Placed {
    let any_day = when.day.is_none() && setting.day.is_none() && !matches!(when.time, Some(Time::InHours(_)));
    if let (true, Some(hours)) = (any_day, window.hours) {
        return Placed::There(Coords { hours: doubt::halves(hours), ..about }, None);
    }
    let exact = window.hours.is_some_and(|hours| hours.is_point()) && window.is_one_day();
    let minute = exact.then(|| window.moments(window.from, context.clinic.zone).0);
    Placed::There(doubt::within(window, about), minute)
}

fn last_about(context: &Context<'_>) -> Option<Coords> {
    let last = context.contact.last?;
    search_of(last).map(|about| Coords { start: last.about.start, day: about.day, days: about.days, ..about })
}

/// The clinic, on the day that was chosen before: by its list, or by the time that is to be confirmed.
fn setting<'a>(about: Coords, context: &Context<'a>) -> Setting<'a> {
    let setting = Setting::of(context.clinic);
    match chosen_day(about, context) {
        Some(day) => setting.on(day),
        None => setting,
    }
}

fn chosen_day(about: Coords, context: &Context<'_>) -> Option<NaiveDate> {
    if about.day > 0 {
        return (about.days == 0).then(|| day_of(about.day));
    }
    (about.start > 0).then(|| calendar::local(about.at(), context.clinic.zone).date())
}

/// The service that was named; one is asked about where two may be meant. A move stays with its own.
fn serving(said: &Said, about: Coords) -> Found<Coords> {
    match said.services.as_slice() {
        _ if about.moving() => ControlFlow::Continue(about),
        [] => ControlFlow::Continue(about),
        [one] if *one == about.service => ControlFlow::Continue(about),
        // Another service has other doctors and places.
        [one] => {
            ControlFlow::Continue(Coords { service: *one, doctor: Digest8::default(), place: 0, ..about })
        }
        [first, second, ..] => {
            ControlFlow::Break(Decision::say(doubt::of_services([*first, *second], about)))
        }
    }
}

/// The doctor that was named, or the wish for a woman or a man; a name says more than its title.
fn with_doctor(said: &Said, about: Coords, context: &Context<'_>) -> Found<Coords> {
    if said.doctors.is_empty() {
        let gender = said.gender.or(about.gender);
        let doctor = if said.gender.is_some() { Digest8::default() } else { about.doctor };
        return ControlFlow::Continue(Coords { gender, doctor, ..about });
    }
    let about = Coords { gender: None, ..about };
    let here: Vec<&Meant> = said.doctors.iter().filter(|it| it.services.contains(&about.service)).collect();
    match here.as_slice() {
        [one] => ControlFlow::Continue(Coords { doctor: one.doctor, ..about }),
        [] => elsewhere(&said.doctors, about),
        // A question with their names would tell the service.
        _ if level(about.service, context) != Disclosure::Details => ControlFlow::Continue(about),
        many => one_of(many, about, context),
    }
}

/// Of several with that name, those who have free times; where that leaves two, which.
fn one_of(named: &[&Meant], about: Coords, context: &Context<'_>) -> Found<Coords> {
    let search = wide_search(Coords { doctor: Digest8::default(), ..about }, context);
    let Fact::Slots(slots) = context.ask(Question::Slots(search), Step::Doctors, about)? else {
        return ControlFlow::Continue(about);
    };
    let is_free = |digest: Digest8| {
        slots.iter().any(|slot| slot.doctor.as_ref().is_some_and(|doctor| doctor.digest == digest))
    };
    let free: Vec<Digest8> = named.iter().map(|it| it.doctor).filter(|digest| is_free(*digest)).collect();
    match free.as_slice() {
        [one] => ControlFlow::Continue(Coords { doctor: *one, ..about }),
        [first, second, ..] => ControlFlow::Break(Decision::say(doubt::of_doctors([*first, *second], about))),
        [] => ControlFlow::Break(Decision::say(doctors(about))),
    }
}

fn doctors(about: Coords) -> Say {
    Say { step: Step::Doctors, about: browse(about), ..plain(Content::BookDoctors) }
}

/// A doctor of another service, or named before any: the service is theirs, where they have only one.
fn elsewhere(named: &[Meant], about: Coords) -> Found<Coords> {
    let mut services: Vec<Digest4> = named.iter().flat_map(|it| it.services.iter().copied()).collect();
    services.sort_unstable();
    services.dedup();
    if about.moving() {
        return ControlFlow::Break(Decision::say(doctors(about)));
    }
    let doctor = if let [one] = named { one.doctor } else { Digest8::default() };
    let about = Coords { doctor, place: 0, ..about };
    match services.as_slice() {
        [only] => ControlFlow::Continue(Coords { service: *only, ..about }),
        [first, second] => ControlFlow::Break(Decision::say(doubt::of_services([*first, *second], about))),
        _ => ControlFlow::Continue(Coords { service: Digest4::default(), ..about }),
    }
}

/// A sentence about a day that cannot be booked, or is to be confirmed.
fn told(content: Content, day: Option<Window>, about: Coords, context: &Context<'_>) -> Found<Decision> {
    let about = Coords { intent: Id::default(), days: 0, hours: Hours::default(), day: 0, ..about };
    let about = match day {
        Some(window) if content == Content::DateHijri => doubt::within(window, about),
        Some(window) => Coords { day: day_number(window.from), ..about },
        None => about,
    };
    // The nearest time in its place, and the days there are, belong to a service.
    let of_service = matches!(content, Content::BookClosedDay | Content::BookDays);
    if of_service && context.service(about.service).is_none() {
        return booking::begin(about, context);
    }
    let step = if content == Content::BookDays { Step::Days } else { Step::Day };
    say(Say { step, about, ..plain(content) })
}

/// The free times; the very minute, where it was said and is free, goes to its confirmation.
fn search(about: Coords, exact: Option<Moment>, context: &Context<'_>) -> Found<Decision> {
    if context.service(about.service).is_none() {
        return booking::begin(about, context);
    }
    let step = step_of(about);
    let about = booking::admitted(step, about, context)?;
    if let Some(minute) = exact {
        let slots = free(about, context)?;
        let mut at = slots.iter().filter(|slot| slot.key.start == minute);
        if let (Some(slot), None) = (at.next(), at.next()) {
            return booking::picked(of_slot(slot, about), context);
        }
    }
    let about = loosened(about, context)?;
    booking::browse(step_of(about), about, context)
}

fn step_of(about: Coords) -> Step {
    let by_doctor = !about.doctor.is_nil() || about.gender.is_some();
    match about.day {
        0 if by_doctor => Step::Doctor,
        0 => Step::Service,
        _ => Step::Day,
    }
}

fn of_slot(slot: &FreeSlot, about: Coords) -> Coords {
    let (start, actors) = (Coords::minute(slot.key.start), slot.key.actors);
    Coords { start, actors, minutes: slot.minutes, ..browse(about) }
}

fn free<'a>(about: Coords, context: &Context<'a>) -> Found<&'a [FreeSlot]> {
    let search = booking::page(step_of(about), about, context);
    match context.ask(Question::Slots(search), step_of(about), about)? {
        Fact::Slots(slots) => ControlFlow::Continue(slots),
        _ => ControlFlow::Continue(&[]),
    }
}

/// What is free nearest to what was said: those hours, else that day, else that doctor on any day, else nothing there.
fn loosened(about: Coords, context: &Context<'_>) -> Found<Coords> {
    let any_time = Coords { hours: Hours::default(), ..about };
    let any_day = Coords { day: 0, days: 0, ..any_time };
    let with_doctor = !about.doctor.is_nil() || about.gender.is_some();
    let mut tries = vec![about];
    if !about.hours.is_any() {
        tries.push(any_time);
    }
    if with_doctor && about.day > 0 {
        tries.push(any_day);
    }
    for coords in tries {
        if !free(coords, context)?.is_empty() {
            return ControlFlow::Continue(coords);
        }
    }
    ControlFlow::Continue(any_time)
}
