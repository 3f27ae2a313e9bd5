//! What is said when a write ended: the truth, once, with the same content however it was learnt.

use crate::domain::context::{Contact, Context, plain};
use crate::domain::decision::{
    Act, AuditFact, Decision, Effect, Outcome, Say, TaskKind, Told, Write, WriteKind,
};
use crate::domain::fact::{Trouble, Visit};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::domain::{guard, who};

/// Turns the end of a write into words, records and, when the answer was lost, a search for the truth.
pub fn told(write: Write, outcome: &Outcome, context: &Context<'_>) -> Decision {
    if write.kind == WriteKind::Reason {
        return Decision::nothing();
    }
    match outcome {
        Outcome::Done(visit) => done(write, visit),
        Outcome::Registered(person) => who::registered(person, context),
        Outcome::Already => Decision::say(plain(Content::CancelAlready)),
        Outcome::Both(visit) => both(visit),
        Outcome::Taken => lost(taken_text(write.about), write, context),
        Outcome::Changed => lost(Content::TapChanged, write, context),
        Outcome::Refused => lost(not_done_text(write.kind), write, context),
        Outcome::NotDone(Trouble::Down) => lost(Content::EhrDown, write, context),
        Outcome::NotDone(Trouble::Slow) => lost(Content::EhrSlow, write, context),
        Outcome::Unknown => Act::default()
            .with(Effect::Reconcile(write))
            .saying(Say { step: write_step(write), about: write.about, ..plain(Content::Pending) })
            .into(),
    }
}

fn done(write: Write, visit: &Visit) -> Decision {
    let (content, fact) = match write.kind {
        WriteKind::Book => (Content::Booked, AuditFact::Booked),
        WriteKind::Move => (Content::Moved, AuditFact::Moved),
        WriteKind::Attend => (Content::Attend, AuditFact::Attending),
        WriteKind::Cancel | WriteKind::Reason | WriteKind::Register => {
            (Content::Cancelled, AuditFact::Cancelled)
        }
    };
    let about = Coords { intent: write.about.intent, ..visit.coords() };
    let act = Act { told: vec![Told::of(visit)], ..Act::default() };
    act.noting(fact).saying(Say { step: write_step(write), about, ..plain(content) }).into()
}

fn both(visit: &Visit) -> Decision {
    Act { told: vec![Told::of(visit)], ..Act::default() }
        .noting(AuditFact::Booked)
        .with(Effect::Task(TaskKind::Unsettled, visit.coords()))
        .saying(plain(Content::MoveBoth))
        .into()
}

/// Nothing was done; trying again is a new intent, so that the old one can never come true twice.
fn lost(content: Content, write: Write, context: &Context<'_>) -> Decision {
    let about = Coords { intent: context.fresh, ..write.about };
    let say = Say { step: write_step(write), about, ..plain(content) };
    Act::default().noting(AuditFact::NotBooked).saying(say).into()
}

/// What [`Outcome::Refused`] is called.
pub fn not_done_text(kind: WriteKind) -> Content {
    match kind {
        WriteKind::Book => Content::BookNotDone,
        WriteKind::Move => Content::MoveNotDone,
        WriteKind::Cancel | WriteKind::Reason => Content::CancelNotDone,
        WriteKind::Attend => Content::AttendNotDone,
        WriteKind::Register => Content::IdUnknownTeam,
    }
}

/// What a lost race is called.
pub fn taken_text(about: Coords) -> Content {
    if about.moving() { Content::MoveTaken } else { Content::BookTaken }
}

/// The tap that asks for a write.
pub fn write_step(write: Write) -> Step {
    match write.kind {
        WriteKind::Book | WriteKind::Move => Step::Confirm,
        WriteKind::Cancel => Step::CancelYes,
        WriteKind::Reason => Step::Reason,
        WriteKind::Attend => Step::Attend,
        WriteKind::Register => Step::Book,
    }
}

/// What the person who waits for it is told of a work item: whether it reached anyone.
pub fn task_told(kind: TaskKind, about: Coords, noted: bool) -> Option<Say> {
    let (content, step) = match kind {
        TaskKind::Person => (Content::PersonNoted, Step::Person),
        TaskKind::Callback => (Content::CallbackSaved, Step::Callback),
        TaskKind::CallbackOff => (Content::CallbackOff, Step::CallbackOff),
        TaskKind::Late => (Content::RunningLate, Step::RunningLate),
        _ => return None,
    };
    let content = if noted { content } else { Content::PersonDown };
    Some(Say { step, about, ..plain(content) })
}

/// Why a message that Meta took did not arrive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Undelivered {
    /// The service window was closed after all.
    WindowClosed,
    /// The number has another owner, or its owner another phone.
    SomebodyElse,
    /// Anything else.
    Other,
}

/// What follows: what a patient must learn goes out as a template where a template helps, else people tell them. `say`
/// is what was said, where it mattered.
pub fn undelivered(say: Option<Say>, why: Undelivered) -> Act {
    let act = match why {
        Undelivered::SomebodyElse => guard::doubted(),
        Undelivered::WindowClosed | Undelivered::Other => Act::default(),
    };
    match say.filter(|say| say.content.matters()) {
        None => act,
        Some(say) if why == Undelivered::WindowClosed && say.content.twin().is_some() => act.saying(say),
        Some(say) => act.with(Effect::Task(TaskKind::Unsettled, say.about)),
    }
}

/// What follows when a message about a patient would be read by somebody else, perhaps: they are told once that they must
/// prove who they are, and what the patient must learn goes to people.
pub fn withheld(say: Say, reader: &Contact) -> Act {
    let told = reader.last.is_some_and(|last| last.content == Content::IdChanged);
    let act = if told { Act::default() } else { Act::default().saying(plain(Content::IdChanged)) };
    if say.content.matters() { act.with(Effect::Task(TaskKind::Unsettled, say.about)) } else { act }
}

/// What is done when no look-up settles a write: people take over, and nothing is claimed that is not known.
pub fn unsettled(write: Write) -> Act {
    let say = Say { step: write_step(write), about: write.about, ..plain(Content::Unsettled) };
    Act::default().with(Effect::Task(TaskKind::Unsettled, write.about)).saying(say)
}
