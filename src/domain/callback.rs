//! A call back: when it suits, noted where people look, and taken back again.

use crate::domain::calendar;
use crate::domain::clinic::{Locale, OpeningHours};
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::decision::{Act, Decision, Effect, Say, TaskKind};
use crate::domain::message::{
    CALLS, Choice, Composed, Part, Shape, Turn, body_day, choice, plain as message,
};
use crate::domain::speech::{Content, Label, Slot};
use crate::domain::tap::{Coords, Step, day_number, day_of};
use chrono::{Duration, NaiveDate, NaiveTime};
use std::ops::ControlFlow;

/// The parts of a day by number (`conversation.md` §2.1): as soon as possible, morning, afternoon, evening, in hours.
const PARTS: [(u32, u32); 4] = [(0, 24), (8, 12), (12, 17), (17, 21)];
/// Team hours are looked for so many days ahead.
const DAYS: i64 = 14;

/// When may we call? Someone whose number we cannot see is asked to share it first.
pub fn ask(context: &Context<'_>) -> Found<Decision> {
    let content = if context.contact.has_phone { Content::CallbackWhen } else { Content::CallbackNumber };
    say(Say { step: Step::Callback, ..plain(content) })
}

/// Noted where people look; the answer follows the note.
pub fn note(part: u16, context: &Context<'_>) -> Found<Decision> {
    if !context.contact.has_phone {
        return ask(context);
    }
    let number = usize::from(part).min(PARTS.len() - 1);
    let day = next_day(number, context).map_or(0, day_number);
    // The number of the part lies in `minutes`, which a call has no other use for.
    let about = Coords { intent: context.fresh, day, minutes: part_code(number), ..Coords::default() };
    ControlFlow::Continue(Act::default().with(Effect::Task(TaskKind::Callback, about)).into())
}

/// Taken back; the answer follows.
pub fn withdraw(about: Coords) -> Found<Decision> {
    ControlFlow::Continue(Act::default().with(Effect::Task(TaskKind::CallbackOff, about)).into())
}

/// Which parts of a day can be chosen: those within team hours of the next days.
pub(super) fn parts(say: Say, context: &Context<'_>) -> Composed {
    let mut rows: Vec<Choice> = CALLS
        .iter()
        .enumerate()
        .filter(|(number, _)| next_day(*number, context).is_some() || *number == 0)
        .map(|(_, label)| choice(*label, say, context))
        .collect();
    rows.push(choice(Label::RPerson, say, context));
    match message(say, context.clinic.disclosure, vec![], None, context) {
        Composed::Turn(turn) => {
            let shape = Shape::List(Label::LCall, vec![Part { title: None, rows }]);
            Composed::Turn(Box::new(Turn { shape, ..*turn }))
        }
        other => other,
    }
}

/// What was noted: the day and the part of it.
pub(super) fn saved(say: Say, context: &Context<'_>) -> Composed {
    let number = usize::from(say.about.minutes / 5).min(PARTS.len() - 1);
    let mut values = vec![(Slot::Part, part_text(number, context.locale()).to_owned())];
    if say.about.day > 0 {
        let noon = calendar::at(day_of(say.about.day), NaiveTime::MIN, context.clinic.zone);
        values.push((Slot::Day, body_day(noon, context)));
    }
    message(say, context.clinic.disclosure, values, None, context)
}

/// When a call suits, in words for staff, who read English in the EHR.
pub fn for_staff(about: Coords) -> String {
    let number = usize::from(about.minutes / 5).min(PARTS.len() - 1);
    let part = part_text(number, Locale::En);
    if about.day == 0 { part.to_owned() } else { format!("{}, {part}", day_of(about.day)) }
}

/// Lengths in buttons are multiples of five.
const fn part_code(number: usize) -> u16 {
    match number {
        0 => 0,
        1 => 5,
        2 => 10,
        _ => 15,
    }
}

/// The first day on which people are there in this part of it.
fn next_day(number: usize, context: &Context<'_>) -> Option<NaiveDate> {
    let now = calendar::local(context.now, context.clinic.zone);
    let (from, until) = PARTS[number];
    (0..DAYS).map(|n| now.date() + Duration::days(n)).find(|day| {
        let earliest = if *day == now.date() { Some(now.time()) } else { None };
        there(&context.clinic.hours, *day, (hour(from), hour(until)), earliest)
    })
}

fn there(
    hours: &OpeningHours,
    day: NaiveDate,
    part: (NaiveTime, NaiveTime),
    earliest: Option<NaiveTime>,
) -> bool {
    calendar::spans(hours, day).iter().any(|span| {
        let from = span.from.max(part.0).max(earliest.unwrap_or(NaiveTime::MIN));
        from < span.until.min(part.1)
    })
}

fn hour(hour: u32) -> NaiveTime {
    const LAST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
        Some(last) => last,
        None => NaiveTime::MIN,
    };
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(LAST)
}

/// The words of `r-call-*` inside a sentence.
const fn part_text(number: usize, locale: Locale) -> &'static str {
    match (locale, number) {
        (Locale::Ar, 0) => "في أقرب وقت ممكن",
        (Locale::Ar, 1) => "صباحا",
        (Locale::Ar, 2) => "بعد الظهر",
        (Locale::Ar, _) => "مساء",
        (Locale::En, 0) => "as soon as possible",
        (Locale::En, 1) => "morning",
        (Locale::En, 2) => "afternoon",
        (Locale::En, _) => "evening",
    }
}
