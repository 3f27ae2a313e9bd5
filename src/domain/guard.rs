//! Ahead of all other logic: STOP and START, emergencies, distress, a death told, the wish for a person.
//! `engine::accept` carries these out in its own transaction; nothing queues before them and nothing holds them up.

use crate::domain::context::{Contact, plain};
use crate::domain::decision::{Act, AuditFact, Changes, Effect, TaskKind};
use crate::domain::event::What;
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::domain::words::Word;

/// True of what takes effect at once, whoever says it: then [`immediate`] answers what that is.
pub fn concerns(what: &What) -> bool {
    match what {
        What::Said(said) => said.word.and_then(wish_of_word).is_some(),
        What::Tapped(tap) => wish_of_tap(tap.step).is_some(),
        _ => false,
    }
}

/// What takes effect at once, if anything does.
pub fn immediate(what: &What, contact: &Contact) -> Option<Act> {
    let wish = match what {
        What::Said(said) => wish_of_word(said.word?)?,
        What::Tapped(tap) => wish_of_tap(tap.step)?,
        _ => return None,
    };
    let mut act = act(wish, contact);
    if let What::Said(said) = what
        && contact.locale.is_none()
    {
        act.changes.locale = said.script;
    }
    Some(act)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wish {
    Stop,
    Start,
    Person,
    Emergency,
    Distress,
    Death,
}

fn wish_of_word(word: Word) -> Option<Wish> {
    Some(match word {
        Word::Stop => Wish::Stop,
        Word::Start => Wish::Start,
        Word::Person => Wish::Person,
        Word::Emergency => Wish::Emergency,
        Word::Distress => Wish::Distress,
        Word::DeathTold => Wish::Death,
        _ => return None,
    })
}

fn wish_of_tap(step: Step) -> Option<Wish> {
    match step {
        Step::Stop => Some(Wish::Stop),
        Step::Start => Some(Wish::Start),
        Step::Person => Some(Wish::Person),
        _ => None,
    }
}

fn act(wish: Wish, contact: &Contact) -> Act {
    match wish {
        Wish::Stop if contact.stopped => Act::default().saying(plain(Content::StopAlready)),
        Wish::Stop => switched(true, Content::StopDone, AuditFact::Stopped),
        Wish::Start if !contact.stopped => Act::default().saying(plain(Content::StartAlready)),
        Wish::Start => switched(false, Content::StartDone, AuditFact::Started),
        // The answer follows the work item: it is told honestly whether the request reached anyone.
        Wish::Person => Act::default()
            .noting(AuditFact::PersonAsked)
            .with(Effect::Task(TaskKind::Person, Coords::default())),
        Wish::Emergency => Act::default()
            .noting(AuditFact::EmergencyAnswered)
            .saying(plain(Content::Emergency))
            .with(Effect::Task(TaskKind::Alert, Coords::default())),
        Wish::Distress => Act::default()
            .noting(AuditFact::EmergencyAnswered)
            .saying(plain(Content::Distress))
            .with(Effect::Task(TaskKind::Alert, Coords::default())),
        Wish::Death => switched(true, Content::DeathTold, AuditFact::Stopped)
            .with(Effect::Task(TaskKind::Death, Coords::default())),
    }
}

fn switched(stopped: bool, content: Content, fact: AuditFact) -> Act {
    let changes = Changes { stopped: Some(stopped), ..Changes::default() };
    Act { changes, ..Act::default() }.noting(fact).saying(plain(content))
}
