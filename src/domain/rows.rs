//! Lists made from data: services, free times, days, doctors, appointments. Ten rows at most in all (Cloud API).

use crate::clock::Moment;
use crate::domain::booking::{PAGE, page, search};
use crate::domain::calendar::{self, Counted};
use crate::domain::clinic::Disclosure;
use crate::domain::context::Context;
use crate::domain::decision::Say;
use crate::domain::fact::{Doctor, Fact, FreeSlot, Person, Question, Search, Trouble, Visit};
use crate::domain::message::{
    Choice, Composed, OTHER_SERVICE, Part, Shape, Turn, Words, body_day, browse, choice, day_at, day_text,
    doctor_value, level, name, plain, row_values, tap, time_text,
};
use crate::domain::speech::{Content, Label, Slot};
use crate::domain::tap::{Coords, Gender, Step, day_number, day_of};
use crate::domain::who;
use crate::phi::Phi;
use chrono::{NaiveDate, NaiveTime};

/// Services on a page, with rows for "more" and "a person".
const SERVICES: usize = 8;
/// Days on a page, likewise.
const DAYS: usize = 8;
/// Doctors on a page, with rows for "any", "a woman", "a man", "more" and "a person".
const DOCTORS: usize = 5;
/// Places on a page, with rows for "any" and "a person".
const PLACES: usize = 8;
/// Appointments on a page, with rows for booking, earlier ones and "a person".
const VISITS: usize = 7;
/// Free times looked at to find days and doctors.
const WIDE: u16 = 500;

/// Which service?
pub(super) fn services(say: Say, context: &Context<'_>) -> Composed {
    let shown = if say.step == Step::ServicesMore { usize::from(say.about.day) } else { 0 };
    let locale = context.locale();
    let mut rows: Vec<Choice> = context
        .clinic
        .services
        .iter()
        .skip(shown)
        .take(SERVICES)
        .map(|service| {
            let at = Coords { service: service.digest(), day: shown_day(say), ..say.about };
            made(
                Label::RowService,
                vec![(Slot::Service, service.shown(locale).to_owned())],
                Step::Service,
                at,
                context,
            )
        })
        .collect();
    if context.clinic.services.len() > shown + SERVICES {
        let day = u16::try_from(shown + SERVICES).unwrap_or(0);
        let at = Coords { day, ..say.about };
        rows.push(Choice {
            words: Words::Label(Label::RServicesMore),
            tap: tap(Step::ServicesMore, at, context),
        });
    }
    rows.push(choice(Label::RPerson, say, context));
    list(say, Label::LServices, vec![Part { title: None, rows }], vec![], context)
}

/// A day that was asked for before the service is kept; a count of services is not one.
const fn shown_day(say: Say) -> u16 {
    if matches!(say.step, Step::ServicesMore) { 0 } else { say.about.day }
}

/// Which time? Nearest first, a section per day, the ways on at the end.
pub(super) fn slots(say: Say, context: &Context<'_>) -> Composed {
    let after_race = matches!(say.content, Content::BookTaken | Content::MoveTaken);
    let step = if after_race { Step::Service } else { say.step };
    let search = page(step, say.about, context);
    let found = match context.facts.get(Question::Slots(search)) {
        None => return Composed::Ask(vec![Question::Slots(search)]),
        Some(Fact::Slots(found)) => found,
        Some(Fact::Trouble(trouble)) => return trouble_instead(*trouble, say),
        Some(_) => &vec![],
    };
    let fresh: Vec<&FreeSlot> =
        found.iter().filter(|slot| step != Step::More || beyond(slot, say.about)).collect();
    if fresh.is_empty() {
        return nothing_free(say, step, context);
    }
    let shown = &fresh[..fresh.len().min(page_size(context))];
    let mut parts = by_day(shown, say, context);
    parts.push(Part {
        title: Some(Words::Label(Label::SecOptions)),
        rows: ways_on(say, shown, fresh.len(), context),
    });
    let mut values = vec![];
    if let Some(first) = shown.first() {
        values.push((Slot::Day, body_day(first.key.start, context)));
        values.extend(doctor_value(first.doctor.as_ref(), context));
    }
    list(say, Label::LTimes, parts, values, context)
}

/// Where there are several places, their row takes one from the times.
fn page_size(context: &Context<'_>) -> usize {
    if context.clinic.places.len() > 1 { PAGE - 1 } else { PAGE }
}

/// Two doctors may be free at the same minute: a page ends at a slot, not at a time.
fn beyond(slot: &FreeSlot, last: Coords) -> bool {
    (slot.key.start, slot.key.actors) > (last.at(), last.actors)
        && (slot.key.start > last.at() || last.doctor.is_nil())
}

fn by_day(shown: &[&FreeSlot], say: Say, context: &Context<'_>) -> Vec<Part> {
    let mut parts: Vec<(NaiveDate, Part)> = vec![];
    for slot in shown {
        let day = calendar::local(slot.key.start, context.clinic.zone).date();
        let row = slot_row(slot, say, context);
        match parts.last_mut() {
            Some((last, part)) if *last == day => part.rows.push(row),
            _ => {
                let title =
                    Some(Words::Filled(Label::SecDay, Phi::new(vec![(Slot::Day, day_text(day, context))])));
                parts.push((day, Part { title, rows: vec![row] }));
            }
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn slot_coords(slot: &FreeSlot, say: Say) -> Coords {
    Coords {
        start: Coords::minute(slot.key.start),
        actors: slot.key.actors,
        minutes: slot.minutes,
        ..browse(say.about)
    }
}

fn slot_row(slot: &FreeSlot, say: Say, context: &Context<'_>) -> Choice {
    let at = slot_coords(slot, say);
    let mut values = row_values(slot.key.start, context);
    let details = level(say.about.service, context) == Disclosure::Details;
    let doctor = doctor_value(slot.doctor.as_ref().filter(|_| details), context);
    let label = if doctor.is_some() { Label::RowSlotDoctor } else { Label::RowSlot };
    values.extend(doctor);
    made(label, values, Step::Slot, at, context)
}

/// More times, another day, other doctors, a person: what leads on comes after what can be taken.
fn ways_on(say: Say, shown: &[&FreeSlot], found: usize, context: &Context<'_>) -> Vec<Choice> {
    let mut rows = vec![];
    if let (true, Some(last)) = (found > shown.len(), shown.last()) {
        let cursor = Coords {
            start: Coords::minute(last.key.start),
            actors: if say.about.doctor.is_nil() { last.key.actors } else { Default::default() },
            doctor: say.about.doctor,
            day: say.about.day,
            days: say.about.days,
            hours: say.about.hours,
            ..browse(say.about)
        };
        rows.push(Choice { words: Words::Label(Label::RMore), tap: tap(Step::More, cursor, context) });
    }
    rows.push(choice(Label::RDay, say, context));
    if level(say.about.service, context) == Disclosure::Details {
        rows.push(choice(Label::RDoctors, say, context));
    }
    if context.clinic.places.len() > 1 {
        rows.push(choice(Label::RPlaces, say, context));
    }
    rows.push(choice(Label::RPerson, say, context));
    rows
}

fn nothing_free(say: Say, step: Step, context: &Context<'_>) -> Composed {
    if step == Step::Day && say.content != Content::BookNoneDay {
        return nothing_that_day(say, context);
    }
    let content = if say.about.moving() { Content::MoveNone } else { Content::BookNone };
    let values = vec![(Slot::Day, body_day(context.now + context.clinic.booking.horizon, context))];
    plain(Say { content, ..say }, context.clinic.disclosure, values, None, context)
}

/// Nothing on the day that was asked for: says so, and offers the nearest time.
fn nothing_that_day(say: Say, context: &Context<'_>) -> Composed {
    let day = day_of(say.about.day);
    let date = |at: Moment| calendar::local(at, context.clinic.zone).date();
    let open = calendar::open_on(&context.clinic.hours, day);
    let content = match () {
        () if day < date(context.now) => Content::DatePast,
        () if day > date(context.now + context.clinic.booking.horizon) => Content::DateFar,
        () if !open => Content::BookClosedDay,
        () => Content::BookNoneDay,
    };
    Composed::Instead(Say { content, ..say })
}

/// The nearest time in place of a day without any.
pub(super) fn nearest(say: Say, context: &Context<'_>) -> Composed {
    let near = search(browse(say.about), 1, context);
    let found = match found(near, say, context) {
        Ok(found) => found,
        Err(composed) => return composed,
    };
    let Some(slot) = found.first() else { return nothing_free(say, Step::Service, context) };
    let about = slot_coords(slot, say);
    let noon = calendar::at(day_of(say.about.day), NOON, context.clinic.zone);
    let values = vec![
        (Slot::Day, body_day(noon, context)),
        (Slot::NearDay, body_day(slot.key.start, context)),
        (Slot::NearTime, time_text(slot.key.start, context)),
    ];
    plain(Say { about, ..say }, level(say.about.service, context), values, None, context)
}

/// Any time of a day, to name the day.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// Which day?
pub(super) fn days(say: Say, context: &Context<'_>) -> Composed {
    let rules = &context.clinic.booking;
    let earliest = context.now + rules.min_notice;
    let from = if say.about.day == 0 {
        earliest
    } else {
        calendar::day_bounds(day_of(say.about.day), context.clinic.zone).0.max(earliest)
    };
    let found = match wide(from, say, context) {
        Ok(found) => found,
        Err(composed) => return composed,
    };
    let mut days: Vec<(NaiveDate, u32)> = vec![];
    for slot in found {
        let day = calendar::local(slot.key.start, context.clinic.zone).date();
        match days.last_mut() {
            Some((last, count)) if *last == day => *count += 1,
            _ => days.push((day, 1)),
        }
    }
    if days.is_empty() {
        return nothing_free(say, Step::Service, context);
    }
    let locale = context.locale();
    let mut rows: Vec<Choice> = days
        .iter()
        .take(DAYS)
        .map(|(day, count)| {
            let at = Coords { day: day_number(*day), ..browse(say.about) };
            let times = calendar::counted(Counted::Times, *count, locale, &context.clinic.writing);
            let values = vec![(Slot::Day, day_text(*day, context)), (Slot::Times, times)];
            made(Label::RowDay, values, Step::Day, at, context)
        })
        .collect();
    if let Some((next, _)) = days.get(DAYS) {
        let at = Coords { day: day_number(*next), ..browse(say.about) };
        rows.push(Choice { words: Words::Label(Label::RDaysMore), tap: tap(Step::Days, at, context) });
    }
    rows.push(choice(Label::RPerson, say, context));
    list(say, Label::LDays, vec![Part { title: None, rows }], vec![], context)
}

/// With whom?
pub(super) fn doctors(say: Say, context: &Context<'_>) -> Composed {
    let found = match wide(context.now + context.clinic.booking.min_notice, say, context) {
        Ok(found) => found,
        Err(composed) => return composed,
    };
    let mut doctors: Vec<(&Doctor, Moment)> = vec![];
    for slot in found {
        if let Some(doctor) = &slot.doctor
            && !doctors.iter().any(|(known, _)| known.digest == doctor.digest)
        {
            doctors.push((doctor, slot.key.start));
        }
    }
    let shown = usize::from(say.about.day);
    let mut rows = vec![choice(Label::RAnyDoctor, say, context)];
    let has = |gender| doctors.iter().any(|(doctor, _)| doctor.gender == Some(gender));
    if has(Gender::Woman) && has(Gender::Man) {
        rows.push(choice(Label::RDoctorWoman, say, context));
        rows.push(choice(Label::RDoctorMan, say, context));
    }
    rows.extend(doctors.iter().skip(shown).take(DOCTORS).map(|(doctor, at)| {
        let coords = Coords { doctor: doctor.digest, ..browse(say.about) };
        let values = vec![(Slot::Doctor, name(doctor, context)), (Slot::Day, day_at(*at, context))];
        made(Label::RowDoctor, values, Step::Doctor, coords, context)
    }));
    if doctors.len() > shown + DOCTORS {
        let day = u16::try_from(shown + DOCTORS).unwrap_or(0);
        let at = Coords { day, ..browse(say.about) };
        rows.push(Choice { words: Words::Label(Label::RDoctorsMore), tap: tap(Step::Doctors, at, context) });
    }
    rows.push(choice(Label::RPerson, say, context));
    list(say, Label::LDoctors, vec![Part { title: None, rows }], vec![], context)
}

/// At which place? With the next free day of each.
pub(super) fn places(say: Say, context: &Context<'_>) -> Composed {
    let slots = match wide(context.now + context.clinic.booking.min_notice, say, context) {
        Ok(slots) => slots,
        Err(composed) => return composed,
    };
    let next = |id: &str| {
        let here = |slot: &&FreeSlot| slot.place.as_ref().is_some_and(|place| place.reveal() == id);
        slots.iter().find(here).map(|slot| slot.key.start)
    };
    let locale = context.locale();
    let mut rows = vec![choice(Label::RAnyPlace, say, context)];
    rows.extend(context.clinic.places.iter().zip(1..).take(PLACES).filter_map(|(venue, number)| {
        let start = next(&venue.id)?;
        let at = Coords { place: number, ..browse(say.about) };
        let values =
            vec![(Slot::Place, venue.name.get(locale).to_owned()), (Slot::Day, day_at(start, context))];
        Some(made(Label::RowPlace, values, Step::Place, at, context))
    }));
    rows.push(choice(Label::RPerson, say, context));
    list(say, Label::LPlaces, vec![Part { title: None, rows }], vec![], context)
}

/// For whom? Neutral labels, oldest first; whoever is chosen, the step that was meant goes on.
pub(super) fn people(say: Say, context: &Context<'_>) -> Composed {
    let people = match context.facts.get(Question::Who) {
        None => return Composed::Ask(vec![Question::Who]),
        Some(Fact::Who(people)) => people,
        Some(Fact::Trouble(trouble)) => return trouble_instead(*trouble, say),
        Some(_) => &vec![],
    };
    let known: Vec<&Person> = people.iter().filter(|person| context.may_act(person)).collect();
    let mut rows: Vec<Choice> = known
        .iter()
        .take(who::MOST)
        .zip(1..)
        .map(|(person, place)| {
            let at = Coords { patient: person.digest, ..say.about };
            made(Label::RowPerson, vec![(Slot::Person, who::ordinal(place, context))], say.step, at, context)
        })
        .collect();
    rows.push(choice(Label::RPerson, say, context));
    list(say, Label::LPeople, vec![Part { title: None, rows }], vec![], context)
}

/// Which of the earlier ones? Picking one books with the same service, and the same doctor, again.
pub(super) fn past(say: Say, context: &Context<'_>) -> Composed {
    let question = Question::Past(say.about.patient);
    let visits = match context.facts.get(question) {
        None => return Composed::Ask(vec![question]),
        Some(Fact::Visits(visits)) => visits,
        Some(Fact::Trouble(trouble)) => return trouble_instead(*trouble, say),
        Some(_) => return Composed::Instead(Say { content: Content::PastNone, ..say }),
    };
    let mut rows: Vec<Choice> =
        visits.iter().take(VISITS).zip(1..).map(|(visit, n)| past_row(visit, n, say, context)).collect();
    rows.push(choice(Label::RBook, say, context));
    rows.push(choice(Label::RPerson, say, context));
    let count = u32::try_from(visits.len()).unwrap_or(u32::MAX);
    let counted = calendar::counted(Counted::Past, count, context.locale(), &context.clinic.writing);
    list(say, Label::LAppts, vec![Part { title: None, rows }], vec![(Slot::Appointments, counted)], context)
}

fn past_row(visit: &Visit, n: u32, say: Say, context: &Context<'_>) -> Choice {
    let neutral = level(visit.service.unwrap_or(OTHER_SERVICE), context) == Disclosure::Neutral;
    let label = if neutral { Label::RowPastNeutral } else { Label::RowPast };
    let mut values = row_values(visit.start, context);
    values.push((Slot::N, calendar::digits(&n.to_string(), context.locale(), &context.clinic.writing)));
    let doctor = visit.doctor.as_ref().map(|doctor| doctor.digest).unwrap_or_default();
    let again = Coords { patient: say.about.patient, doctor, ..Coords::default() };
    match visit.service {
        Some(service) => made(label, values, Step::Doctor, Coords { service, ..again }, context),
        None => made(label, values, Step::Book, Coords { doctor: Default::default(), ..again }, context),
    }
}

/// Which appointment?
pub(super) fn visits(say: Say, context: &Context<'_>) -> Composed {
    let question = Question::Visits(say.about.patient);
    let visits = match context.facts.get(question) {
        None => return Composed::Ask(vec![question]),
        Some(Fact::Visits(visits)) => visits,
        Some(Fact::Trouble(trouble)) => return trouble_instead(*trouble, say),
        Some(_) => return Composed::Instead(Say { content: Content::MineNone, ..say }),
    };
    let mut rows: Vec<Choice> =
        visits.iter().take(VISITS).zip(1..).map(|(visit, n)| visit_row(visit, n, say, context)).collect();
    if say.content == Content::MineList {
        rows.push(choice(Label::RBook, say, context));
        rows.push(choice(Label::RPast, say, context));
    }
    rows.push(choice(Label::RPerson, say, context));
    let count = u32::try_from(visits.len()).unwrap_or(u32::MAX);
    let counted = calendar::counted(Counted::Appointments, count, context.locale(), &context.clinic.writing);
    list(say, Label::LAppts, vec![Part { title: None, rows }], vec![(Slot::Appointments, counted)], context)
}

fn visit_row(visit: &Visit, n: u32, say: Say, context: &Context<'_>) -> Choice {
    let disclosure = level(visit.service.unwrap_or(OTHER_SERVICE), context);
    let mut values = row_values(visit.start, context);
    let doctor = visit.doctor.as_ref().filter(|_| disclosure == Disclosure::Details);
    let label = match (disclosure, doctor) {
        (Disclosure::Neutral, _) => Label::RowVisit,
        (_, Some(_)) => Label::RowApptDoctor,
        (_, None) => Label::RowAppt,
    };
    let n = calendar::digits(&n.to_string(), context.locale(), &context.clinic.writing);
    values.push((Slot::N, n));
    values.extend(doctor_value(doctor, context));
    made(label, values, say.step, visit.coords(), context)
}

fn wide<'a>(from: Moment, say: Say, context: &Context<'a>) -> Result<&'a [FreeSlot], Composed> {
    found(Search { from, ..wide_search(say.about, context) }, say, context)
}

/// Free times enough to tell the doctors.
pub(super) fn wide_search(about: Coords, context: &Context<'_>) -> Search {
    search(browse(about), WIDE, context)
}

fn found<'a>(search: Search, say: Say, context: &Context<'a>) -> Result<&'a [FreeSlot], Composed> {
    match context.facts.get(Question::Slots(search)) {
        None => Err(Composed::Ask(vec![Question::Slots(search)])),
        Some(Fact::Slots(found)) => Ok(found),
        Some(Fact::Trouble(trouble)) => Err(trouble_instead(*trouble, say)),
        Some(_) => Ok(&[]),
    }
}

fn trouble_instead(trouble: Trouble, say: Say) -> Composed {
    let content = match trouble {
        Trouble::Slow => Content::EhrSlow,
        Trouble::Down => Content::EhrDown,
    };
    Composed::Instead(Say { content, ..say })
}

fn list(
    say: Say,
    button: Label,
    parts: Vec<Part>,
    values: Vec<(Slot, String)>,
    context: &Context<'_>,
) -> Composed {
    match plain(say, level(say.about.service, context), values, None, context) {
        Composed::Turn(turn) => Composed::Turn(Box::new(Turn { shape: Shape::List(button, parts), ..*turn })),
        other => other,
    }
}

fn made(label: Label, values: Vec<(Slot, String)>, step: Step, at: Coords, context: &Context<'_>) -> Choice {
    Choice { words: Words::Filled(label, Phi::new(values)), tap: tap(step, at, context) }
}
