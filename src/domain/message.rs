//! A message, all but its texts: its parts, what its labels do when tapped, the values its texts may need.

use crate::clock::Moment;
use crate::domain::calendar;
use crate::domain::clinic::{Disclosure, Identify, Locale, Pin};
use crate::domain::context::Context;
use crate::domain::decision::Say;
use crate::domain::fact::{Doctor, Fact, Person, Question};
use crate::domain::speech::{Content, Kind, Label, LinkTo, Slot};
use crate::domain::tap::{Coords, Gender, Step, Tap};
use crate::phi::Phi;
use crate::seal::Digest4;
use chrono::{Datelike, Duration, NaiveDate, Timelike};

/// How long a button works: no longer than the service window it was sent in, after which a tap is asked again.
pub const TAP_LIFE: Duration = Duration::hours(24);

/// True of a button that was made before `at`, to the minute, which is all a button knows.
pub fn made_before(tap: &Tap, at: Moment) -> bool {
    let minute = at - Duration::seconds(at.timestamp().rem_euclid(60));
    tap.expires - TAP_LIFE < minute - Duration::milliseconds(i64::from(at.timestamp_subsec_millis()))
}

/// A message, all but its texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// What is said, after the truth was looked at: content, step and coordinates.
    pub say: Say,
    /// Which of its variants.
    pub disclosure: Disclosure,
    /// The values of its slots.
    pub values: Phi<Vec<(Slot, String)>>,
    /// What can be tapped.
    pub shape: Shape,
    /// What the quick replies of its template twin do.
    pub replies: Vec<Tap>,
    /// `Patient/…`, when the message concerns one.
    pub patient: Option<Phi<String>>,
}

/// What can be tapped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Nothing.
    Text,
    /// Up to three buttons.
    Buttons(Vec<Choice>),
    /// A list behind one button.
    List(Label, Vec<Part>),
    /// One link.
    Link(Label, LinkTo),
    /// A pin on the map.
    Location(Spot),
    /// WhatsApp's own button for sharing one's number.
    ContactRequest,
}

/// A place for a pin. Names come from the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Where.
    pub pin: Pin,
    /// Its street address, if there is one.
    pub address: Option<String>,
}

/// A section of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its title, where there are several.
    pub title: Option<Words>,
    /// Its rows.
    pub rows: Vec<Choice>,
}

/// One button or row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What it reads.
    pub words: Words,
    /// What it does.
    pub tap: Tap,
}

/// The words on a button, a row or a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Words {
    /// Approved ones.
    Label(Label),
    /// Approved ones around values.
    Filled(Label, Phi<Vec<(Slot, String)>>),
}

/// What composing comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Composed {
    /// First these questions need an answer.
    Ask(Vec<Question>),
    /// The truth has changed: say this in its place.
    Instead(Say),
    /// The message.
    Turn(Box<Turn>),
}

/// How much may be said about a service; of one that is not ours, no more than day and time.
pub(super) fn level(service: Digest4, context: &Context<'_>) -> Disclosure {
    if proved_by_page_alone(context) {
        return Disclosure::Neutral;
    }
    if service == Digest4::default() {
        return context.clinic.disclosure;
    }
    context
        .service(service)
        .map_or(context.clinic.disclosure.max(Disclosure::Time), |service| service.disclosure)
}

/// Whoever proved who they are on the secure page, from a number that is not on the record, is told no more than that
/// there is something, until the hospital has put the number there.
fn proved_by_page_alone(context: &Context<'_>) -> bool {
    let alone = |person: &Person| person.proved && !person.own && person.proxy.is_none();
    context.contact.proved
        && match context.facts.get(Question::Who) {
            Some(Fact::Who(people)) => people.iter().any(alone),
            _ => true,
        }
}

/// A message whose buttons are all approved labels.
pub(super) fn plain(
    say: Say,
    disclosure: Disclosure,
    mut values: Vec<(Slot, String)>,
    patient: Option<Phi<String>>,
    context: &Context<'_>,
) -> Composed {
    values.extend(clinic_values(context));
    let choice = |label: &Label| choice(*label, say, context);
    let shape = match say.content.kind() {
        Kind::Text | Kind::Location => Shape::Text,
        Kind::Buttons(labels) => Shape::Buttons(labels.iter().map(choice).collect()),
        Kind::List { button, rows } => Shape::List(button, parts(say.content, rows, choice)),
        Kind::Link { label, to, .. } if linked(to, context) => Shape::Link(label, to),
        Kind::Link { instead, .. } => Shape::Buttons(instead.iter().map(choice).collect()),
        Kind::ContactRequest => Shape::ContactRequest,
    };
    let twin = say.content.twin().map_or(&[][..], |twin| twin.entry().replies);
    let replies = twin.iter().map(|label| choice(label).tap).collect();
    let values = Phi::new(values);
    Composed::Turn(Box::new(Turn { say, disclosure, values, shape, replies, patient }))
}

/// Whether there is a page to link to; where there is none, buttons stand in its place.
fn linked(to: LinkTo, context: &Context<'_>) -> bool {
    let identity = context.clinic.identity;
    match to {
        LinkTo::Portal => identity.portal,
        LinkTo::Identify => match identity.policy {
            Identify::Questions => true,
            Identify::Portal => identity.portal,
            Identify::Desk => false,
        },
        LinkTo::Calendar => true,
    }
}

/// The sections of a fixed list: one, but for the reasons after a cancellation.
fn parts(content: Content, rows: &[Label], choice: impl Fn(&Label) -> Choice) -> Vec<Part> {
    if content != Content::Cancelled {
        return vec![Part { title: None, rows: rows.iter().map(choice).collect() }];
    }
    let (reasons, next): (Vec<Label>, Vec<Label>) = rows.iter().partition(|label| REASONS.contains(label));
    let part = |title, rows: Vec<Label>| Part {
        title: Some(Words::Label(title)),
        rows: rows.iter().map(&choice).collect(),
    };
    vec![part(Label::SecReasons, reasons), part(Label::SecNext, next)]
}

/// An approved label and what it does here.
pub(super) fn choice(label: Label, say: Say, context: &Context<'_>) -> Choice {
    let (step, at) = meaning(label, say, context);
    // "Do you still need it?" repeats the tap that came late, and says that it was asked.
    let asked = say.content == Content::LateMessage && label == Label::BYes;
    Choice { words: Words::Label(label), tap: Tap { asked, ..tap(step, at, context) } }
}

pub(super) fn tap(step: Step, at: Coords, context: &Context<'_>) -> Tap {
    Tap { step, from_reminder: false, asked: false, expires: context.now + TAP_LIFE, at }
}

/// What tapping a label means under a message.
fn meaning(label: Label, say: Say, context: &Context<'_>) -> (Step, Coords) {
    use Label as L;
    let about = say.about;
    let none = Coords::default();
    match label {
        L::BBook | L::RBook | L::BRebook | L::BOtherService => (Step::Book, none),
        L::BMine | L::RMine => (Step::Mine, none),
        L::RMove => (Step::Move, none),
        L::RCancel => (Step::Cancel, none),
        L::BMove => (Step::Move, visit_of(about)),
        L::BCancel => (Step::Cancel, visit_of(about)),
        L::BConfirm | L::BMoveYes => (Step::Confirm, about),
        L::BCancelYes => (Step::CancelYes, about),
        L::BKeep => (Step::Keep, visit_of(about)),
        L::BOtherTime => (Step::Service, browse(about)),
        L::RMore => (Step::More, about),
        L::RDay => (Step::Days, browse(about)),
        L::RDoctors => (Step::Doctors, browse(about)),
        L::RAnyDoctor => (Step::Doctor, Coords { gender: None, ..browse(about) }),
        L::BRetry => (say.step, about),
        L::BStart => (Step::Start, none),
        L::BStopAll => (Step::Stop, none),
        L::BLangAr => (Step::Arabic, none),
        L::BLangEn => (Step::English, none),
        L::RLanguage => match context.locale() {
            Locale::Ar => (Step::English, none),
            Locale::En => (Step::Arabic, none),
        },
        L::BNotEmergency => (Step::NotEmergency, none),
        L::BYes => yes(say),
        L::BNo => (Step::No, none),
        L::BAttend => (Step::Attend, visit_of(about)),
        L::BTake => (Step::Slot, about),
        L::BDay => (Step::Days, browse(about)),
        L::RDoctorWoman => (Step::Doctor, Coords { gender: Some(Gender::Woman), ..browse(about) }),
        L::RDoctorMan => (Step::Doctor, Coords { gender: Some(Gender::Man), ..browse(about) }),
        L::RPlaces => (Step::Places, browse(about)),
        L::RAnyPlace => (Step::Place, Coords { place: 0, ..browse(about) }),
        L::RPast => (Step::Past, Coords { patient: about.patient, ..none }),
        L::BItsMe => (Step::ItsMe, none),
        L::BNotMe => (Step::NotMe, none),
        L::BAddress => (Step::Address, none),
        L::BCallback => (Step::Callback, none),
        L::BCallbackOff => (Step::CallbackOff, about),
        L::BPerson | L::RPerson => (Step::Person, none),
        other => reason(other, about).or_else(|| call(other)).unwrap_or((Step::Menu, none)),
    }
}

/// What "yes" means under a question.
fn yes(say: Say) -> (Step, Coords) {
    let about = say.about;
    match say.content {
        // Another appointment beside the one there is: the time that was picked, and the answer.
        Content::BookHave => {
            let none = Coords::default();
            let picked = Coords { appointment: none.appointment, told: none.told, again: true, ..about };
            (Step::Slot, picked)
        }
        Content::DateHijri => (Step::Day, about),
        _ => (say.step, about),
    }
}

/// The parts of a day in which people call back, by number.
pub const CALLS: [Label; 4] =
    [Label::RCallSoon, Label::RCallMorning, Label::RCallAfternoon, Label::RCallEvening];

fn call(label: Label) -> Option<(Step, Coords)> {
    let number = CALLS.iter().position(|part| *part == label)?;
    Some((Step::CallbackAt, Coords { day: u16::try_from(number).unwrap_or(0), ..Coords::default() }))
}

/// The reasons for a cancellation, by number (`outbound` maps them to FHIR codes).
pub const REASONS: [Label; 6] = [
    Label::RWhyTime,
    Label::RWhyNeedless,
    Label::RWhyElsewhere,
    Label::RWhyTravel,
    Label::RWhyCost,
    Label::RWhySkip,
];

fn reason(label: Label, about: Coords) -> Option<(Step, Coords)> {
    let number = REASONS.iter().position(|reason| *reason == label)?;
    let day = u16::try_from(number + 1).unwrap_or(0);
    Some((Step::Reason, Coords { day, ..visit_of(about) }))
}

/// The coordinates of browsing: for whom, which service, which appointment is being moved.
pub(super) fn browse(about: Coords) -> Coords {
    Coords {
        patient: about.patient,
        service: about.service,
        appointment: about.appointment,
        told: if about.moving() { about.told } else { Digest4::default() },
        gender: about.gender,
        place: about.place,
        again: about.again,
        ..Coords::default()
    }
}

/// The coordinates of an appointment.
fn visit_of(about: Coords) -> Coords {
    Coords { patient: about.patient, appointment: about.appointment, told: about.told, ..Coords::default() }
}

/// Values every message may use.
fn clinic_values(context: &Context<'_>) -> Vec<(Slot, String)> {
    let (clinic, locale) = (context.clinic, context.locale());
    vec![
        (Slot::Clinic, clinic.name.get(locale).to_owned()),
        (Slot::Emergency, clinic.emergency.clone()),
        (Slot::Phone, clinic.phone.clone()),
        (Slot::Hours, calendar::hours_text(&clinic.hours, context.now, clinic.zone, locale, &clinic.writing)),
    ]
}

/// Stands for a service that is not in the configuration.
pub(super) const OTHER_SERVICE: Digest4 = Digest4([0xFF; 4]);

/// Day and time of a moment, for a body.
pub(super) fn time_values(at: Moment, context: &Context<'_>) -> Vec<(Slot, String)> {
    let (day, time) = (body_day(at, context), time_text(at, context));
    let comma = match context.locale() {
        Locale::Ar => "، ",
        Locale::En => ", ",
    };
    let when = format!("{day}{comma}{time}");
    let mut values = vec![(Slot::Day, day), (Slot::Time, time), (Slot::When, when)];
    values.extend(night_values(at, context));
    values
}

/// Day and time of a moment, for a row: short.
pub(super) fn row_values(at: Moment, context: &Context<'_>) -> Vec<(Slot, String)> {
    vec![(Slot::Day, day_at(at, context)), (Slot::Time, time_text(at, context))]
}

/// People count the hours after midnight as the evening before: both days are named (`line-night`).
fn night_values(at: Moment, context: &Context<'_>) -> Vec<(Slot, String)> {
    /// `line-night` is for 00:00 to 04:59.
    const NIGHT_ENDS: u32 = 5;
    let local = calendar::local(at, context.clinic.zone);
    if local.hour() >= NIGHT_ENDS {
        return vec![];
    }
    let eve = day_text(local.date() - Duration::days(1), context);
    vec![(Slot::Night, "yes".to_owned()), (Slot::NearDay, eve)]
}

/// The day of a moment in words, with the Hijri date where the clinic wants it.
pub(super) fn body_day(at: Moment, context: &Context<'_>) -> String {
    let day = calendar::local(at, context.clinic.zone).date();
    let text = day_text(day, context);
    if !context.clinic.hijri {
        return text;
    }
    let hijri = calendar::hijri(day, context.locale(), &context.clinic.writing);
    format!("{text} ({hijri})")
}

/// The day of a moment in the clinic's zone, in words.
pub(super) fn day_at(at: Moment, context: &Context<'_>) -> String {
    day_text(calendar::local(at, context.clinic.zone).date(), context)
}

/// A day in words.
pub(super) fn day_text(day: NaiveDate, context: &Context<'_>) -> String {
    let this_year = calendar::local(context.now, context.clinic.zone).date().year();
    calendar::day(day, context.locale(), &context.clinic.writing, this_year)
}

/// The wall time of a moment at the clinic.
pub(super) fn time_text(at: Moment, context: &Context<'_>) -> String {
    let time = calendar::local(at, context.clinic.zone).time();
    calendar::time(time, context.locale(), &context.clinic.writing)
}

/// A doctor's name in the reader's language, else in the other.
pub(super) fn name(doctor: &Doctor, context: &Context<'_>) -> String {
    let name = doctor.name.reveal();
    let own = name.get(context.locale());
    if own.is_empty() { name.get(context.locale().other()).to_owned() } else { own.to_owned() }
}

pub(super) fn doctor_value(doctor: Option<&Doctor>, context: &Context<'_>) -> Option<(Slot, String)> {
    doctor.map(|doctor| (Slot::Doctor, name(doctor, context)))
}

/// A place by its name in the configuration, never by the EHR's free text.
pub(super) fn place_value(place: Option<&Phi<String>>, context: &Context<'_>) -> Option<(Slot, String)> {
    let id = place?.reveal();
    let venue = context.clinic.places.iter().find(|venue| venue.id == *id)?;
    Some((Slot::Place, venue.name.get(context.locale()).to_owned()))
}
