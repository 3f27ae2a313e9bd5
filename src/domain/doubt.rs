//! One question with buttons, where what was typed can mean two things (`conversation.md` §5.4). The two travel in the
//! place that the key of a write has: a question writes nothing.

use crate::domain::calendar::{self, day20};
use crate::domain::context::{Context, plain as bare};
use crate::domain::decision::Say;
use crate::domain::fact::{Fact, FreeSlot, Question};
use crate::domain::message::{
    Choice, Composed, Shape, Turn, Words, body_day, browse, level, name, plain, tap,
};
use crate::domain::rows::wide_search;
use crate::domain::speech::{Content, Label, Slot};
use crate::domain::tap::{Coords, Hours, Step, day_number, day_of};
use crate::domain::when::{self, Window};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Digest4, Digest8};
use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

/// Minutes of a day, and half hours of it.
const DAY: u16 = 1440;
const HALVES: u16 = 48;

/// Which of two days, nights or times?
pub(super) fn of_windows(content: Content, windows: [Window; 2], about: Coords) -> Say {
    let [first, second] = windows.map(window_bytes);
    let mut key = [0; 16];
    key[..8].copy_from_slice(&first);
    key[8..].copy_from_slice(&second);
    Say { step: Step::Day, about: Coords { intent: Id(key), ..about }, ..bare(content) }
}

/// Which of two services?
pub(super) fn of_services(services: [Digest4; 2], about: Coords) -> Say {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&services[0].0);
    key[4..8].copy_from_slice(&services[1].0);
    Say {
        step: Step::Service,
        about: Coords { intent: Id(key), ..about },
        ..bare(Content::BookServiceUnsure)
    }
}

/// Which of two doctors?
pub(super) fn of_doctors(doctors: [Digest8; 2], about: Coords) -> Say {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&doctors[0].0);
    key[8..].copy_from_slice(&doctors[1].0);
    Say { step: Step::Doctor, about: Coords { intent: Id(key), ..about }, ..bare(Content::BookServiceUnsure) }
}

/// The coordinates of days and hours. Hours that are wholly after midnight are of the next day; those that only reach
/// beyond it end with the day.
pub(super) fn within(window: Window, about: Coords) -> Coords {
    let night = window.hours.is_some_and(|hours| hours.from >= DAY);
    let from = window.from + Duration::days(i64::from(night));
    let length = (window.until - window.from).num_days();
    Coords {
        day: day_number(from),
        days: u8::try_from(length).unwrap_or(u8::MAX),
        hours: window.hours.map_or_else(Hours::default, halves),
        ..about
    }
}

/// The half hours that hold a span of minutes.
pub(super) fn halves(hours: when::Hours) -> Hours {
    let shift = if hours.from >= DAY { DAY } else { 0 };
    let (from, until) = (hours.from - shift, hours.until.max(hours.from + 1) - shift);
    let half = |minutes: u16| u8::try_from((minutes / 30).min(HALVES)).unwrap_or(0);
    Hours { from: half(from), until: half(until + 29) }
}

/// "Which of these two days do you mean?", and the evening of which.
pub(super) fn days(say: Say, context: &Context<'_>) -> Composed {
    let choices = windows_of(say).map(|window| {
        let day = window.map_or_else(|| day_of(0), |window| window.from);
        let values = vec![(Slot::Day, short(day, context))];
        button(Label::BtnDay, values, Step::Day, chosen(window, say), context)
    });
    asked(say, choices.into(), vec![], context)
}

/// "Which of these two times do you mean?"
pub(super) fn times(say: Say, context: &Context<'_>) -> Composed {
    let choices = windows_of(say).map(|window| {
        let start = window.and_then(|window| window.hours).map_or(NaiveTime::MIN, |hours| hours.start());
        let values = vec![(Slot::Time, calendar::time(start, context.locale(), &context.clinic.writing))];
        button(Label::BtnTime, values, Step::Day, chosen(window, say), context)
    });
    asked(say, choices.into(), vec![], context)
}

/// "Do you mean 10 Ramadan, that is Wednesday 17 February?"
pub(super) fn hijri(say: Say, context: &Context<'_>) -> Composed {
    let day = day_of(say.about.day);
    let noon = calendar::at(day, NOON, context.clinic.zone);
    let named = calendar::hijri(day, context.locale(), &context.clinic.writing);
    let day = if context.clinic.hijri { day_text(day, context) } else { body_day(noon, context) };
    asked(say, vec![], vec![(Slot::Hijri, named), (Slot::Day, day)], context)
}

/// "Did you mean one of these?"
pub(super) fn names(say: Say, context: &Context<'_>) -> Composed {
    if say.step != Step::Doctor {
        return services(say, context);
    }
    let question = Question::Slots(wide_search(say.about, context));
    match context.facts.get(question) {
        None => Composed::Ask(vec![question]),
        Some(Fact::Slots(slots)) => doctors(say, slots, context),
        Some(_) => by_list(say),
    }
}

fn services(say: Say, context: &Context<'_>) -> Composed {
    let key = say.about.intent.0;
    let named = [Digest4([key[0], key[1], key[2], key[3]]), Digest4([key[4], key[5], key[6], key[7]])];
    let choices = named.into_iter().filter_map(|digest| {
        let shown = context.service(digest)?.shown(context.locale()).to_owned();
        Some((shown, Coords { service: digest, ..answered(say) }))
    });
    told_apart(choices.collect(), Step::Service, say, context).unwrap_or_else(|| {
        Composed::Instead(Say {
            content: Content::BookService,
            step: Step::Book,
            about: answered(say),
            ..say
        })
    })
}

/// Doctors who have free times; the others can be offered nothing.
fn doctors(say: Say, slots: &[FreeSlot], context: &Context<'_>) -> Composed {
    let key = say.about.intent.0;
    let choices = key.chunks(8).filter_map(|part| {
        let found = slots.iter().filter_map(|slot| slot.doctor.as_ref()).find(|it| it.digest.0 == *part)?;
        Some((name(found, context), Coords { doctor: found.digest, ..answered(say) }))
    });
    told_apart(choices.collect(), Step::Doctor, say, context).unwrap_or_else(|| by_list(say))
}

fn by_list(say: Say) -> Composed {
    Composed::Instead(Say {
        content: Content::BookDoctors,
        step: Step::Doctors,
        about: browse(say.about),
        ..say
    })
}

/// A button for each, if what fits on them tells them apart.
fn told_apart(named: Vec<(String, Coords)>, step: Step, say: Say, context: &Context<'_>) -> Option<Composed> {
    let mut titles: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    titles.sort_unstable();
    titles.dedup();
    let fits = titles.iter().all(|title| title.encode_utf16().count() <= Label::BtnService.limit());
    if titles.len() < 2 || !fits {
        return None;
    }
    let step = if say.about.day > 0 { Step::Day } else { step };
    let button = |(name, at): (String, Coords)| {
        button(Label::BtnService, vec![(Slot::Service, name)], step, at, context)
    };
    Some(asked(say, named.into_iter().map(button).collect(), vec![], context))
}

/// The buttons that answer, before those that every question of its kind has.
fn asked(say: Say, mut first: Vec<Choice>, values: Vec<(Slot, String)>, context: &Context<'_>) -> Composed {
    match plain(say, level(say.about.service, context), values, None, context) {
        Composed::Turn(turn) => match turn.shape {
            Shape::Buttons(rest) => {
                first.extend(rest);
                Composed::Turn(Box::new(Turn { shape: Shape::Buttons(first), ..*turn }))
            }
            _ => Composed::Turn(turn),
        },
        other => other,
    }
}

fn button(
    label: Label,
    values: Vec<(Slot, String)>,
    step: Step,
    at: Coords,
    context: &Context<'_>,
) -> Choice {
    Choice { words: Words::Filled(label, Phi::new(values)), tap: tap(step, at, context) }
}

/// The coordinates of the answer: the question's, without the two.
fn answered(say: Say) -> Coords {
    Coords { intent: Id::default(), ..say.about }
}

fn chosen(window: Option<Window>, say: Say) -> Coords {
    window.map_or_else(|| answered(say), |window| within(window, answered(say)))
}

/// A day for a button, its month in words: "12/7" is what the question is about.
fn short(day: NaiveDate, context: &Context<'_>) -> String {
    let (locale, writing) = (context.locale(), &context.clinic.writing);
    let fits = |text: &String| text.encode_utf16().count() <= Label::BtnDay.limit();
    let mut worded =
        [this_year(context), day.year()].map(|year| calendar::day(day, locale, writing, year)).into_iter();
    worded.find(fits).unwrap_or_else(|| day20(day, locale, writing, this_year(context)))
}

fn day_text(day: NaiveDate, context: &Context<'_>) -> String {
    calendar::day(day, context.locale(), &context.clinic.writing, this_year(context))
}

fn this_year(context: &Context<'_>) -> i32 {
    calendar::local(context.now, context.clinic.zone).date().year()
}

/// Day, further days, from, until: 2, 1, 2 and 2 bytes, and one that tells whether there are hours.
fn window_bytes(window: Window) -> [u8; 8] {
    let [a, b] = day_number(window.from).to_be_bytes();
    let days = u8::try_from((window.until - window.from).num_days()).unwrap_or(u8::MAX);
    let hours = window.hours.unwrap_or(when::Hours { from: 0, until: 0 });
    let ([c, d], [e, f]) = (hours.from.to_be_bytes(), hours.until.to_be_bytes());
    [a, b, days, c, d, e, f, u8::from(window.hours.is_some())]
}

fn windows_of(say: Say) -> [Option<Window>; 2] {
    let (first, second) = say.about.intent.0.split_at(8);
    [first, second].map(window_of)
}

fn window_of(bytes: &[u8]) -> Option<Window> {
    let &[a, b, days, c, d, e, f, timed] = bytes else { return None };
    let from = day_of(u16::from_be_bytes([a, b]));
    let hours = when::Hours { from: u16::from_be_bytes([c, d]), until: u16::from_be_bytes([e, f]) };
    let until = from + Duration::days(i64::from(days));
    Some(Window { from, until, hours: (timed == 1).then_some(hours) })
}

/// Any time of a day, to name the day.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(from: u16, until: u16) -> Hours {
        halves(when::Hours { from, until })
    }

    #[test]
    fn half_hours_hold_the_minutes() {
        assert_eq!(span(900, 1080), Hours { from: 30, until: 36 });
        assert_eq!(span(900, 900), Hours { from: 30, until: 31 });
        assert_eq!(span(915, 915), Hours { from: 30, until: 31 });
        assert_eq!(span(1020, 1620), Hours { from: 34, until: 48 });
        assert_eq!(span(1440, 1440), Hours { from: 0, until: 1 });
    }

    proptest! {
        #[test]
        fn both_windows_come_back(a in 1u16..9000, b in 1u16..9000, days: u8, from in 0u16..1620, length in 0u16..600, timed: bool) {
            let hours = timed.then_some(when::Hours { from, until: from + length });
            let first = Window { from: day_of(a), until: day_of(a) + Duration::days(days.into()), hours };
            let second = Window::day(day_of(b));
            let say = of_windows(Content::DateWhich, [first, second], Coords::default());
            prop_assert_eq!(windows_of(say), [Some(first), Some(second)]);
        }
    }
}
