//! What is said when a write ended: the truth, once, with the same content however it was learnt.

use crate::domain::context::{Context, plain};
use crate::domain::decision::{
    Act, AuditFact, Decision, Effect, Outcome, Say, TaskKind, Told, Write, WriteKind,
};
use crate::domain::fact::{Trouble, Visit};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};

/// Turns the end of a write into words, records and, when the answer was lost, a search for the truth.
pub fn told(write: Write, outcome: &Outcome, context: &Context<'_>) -> Decision {
    if write.kind == WriteKind::Reason {
        return Decision::nothing();
    }
    match outcome {
        Outcome::Done(visit) => done(write, visit),
        Outcome::Already => Decision::say(plain(Content::CancelAlready)),
        Outcome::Both(visit) => both(visit),
        Outcome::Taken => lost(taken_text(write.about), write, context),
        Outcome::Changed => lost(Content::TapChanged, write, context),
        Outcome::Refused => lost(not_done_text(write.kind), write, context),
        Outcome::NotDone(Trouble::Down) => lost(Content::EhrDown, write, context),
        Outcome::NotDone(Trouble::Slow) => lost(Content::EhrSlow, write, context),
        Outcome::Unknown => Act::default()
            .with(Effect::Reconcile(write))
            .saying(Say { content: Content::Pending, step: write_step(write), about: write.about })
            .into(),
    }
}

fn done(write: Write, visit: &Visit) -> Decision {
    let (content, fact) = match write.kind {
        WriteKind::Book => (Content::Booked, AuditFact::Booked),
        WriteKind::Move => (Content::Moved, AuditFact::Moved),
        WriteKind::Cancel | WriteKind::Reason => (Content::Cancelled, AuditFact::Cancelled),
    };
    let about = Coords { intent: write.about.intent, ..visit.coords() };
    let act = Act { told: vec![Told::of(visit)], ..Act::default() };
    act.noting(fact).saying(Say { content, step: write_step(write), about }).into()
}

fn both(visit: &Visit) -> Decision {
    Act { told: vec![Told::of(visit)], ..Act::default() }
        .noting(AuditFact::Booked)
        .with(Effect::Task(TaskKind::Unsettled))
        .saying(plain(Content::MoveBoth))
        .into()
}

/// Nothing was done; trying again is a new intent, so that the old one can never come true twice.
fn lost(content: Content, write: Write, context: &Context<'_>) -> Decision {
    let about = Coords { intent: context.fresh, ..write.about };
    Act::default().noting(AuditFact::NotBooked).saying(Say { content, step: write_step(write), about }).into()
}

/// What [`Outcome::Refused`] is called.
pub fn not_done_text(kind: WriteKind) -> Content {
    match kind {
        WriteKind::Book => Content::BookNotDone,
        WriteKind::Move => Content::MoveNotDone,
        WriteKind::Cancel | WriteKind::Reason => Content::CancelNotDone,
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
    }
}

/// What the person who waits for it is told of a work item: whether it reached anyone.
pub fn task_told(kind: TaskKind, noted: bool) -> Option<Say> {
    match (kind, noted) {
        (TaskKind::Person, true) => Some(plain(Content::PersonNoted)),
        (TaskKind::Person, false) => Some(Say { step: Step::Person, ..plain(Content::PersonDown) }),
        _ => None,
    }
}

/// What is done when no look-up settles a write: people take over, and nothing is claimed that is not known.
pub fn unsettled(write: Write) -> Act {
    let say = Say { content: Content::IdReview, step: write_step(write), about: write.about };
    Act::default().with(Effect::Task(TaskKind::Unsettled)).saying(say)
}
