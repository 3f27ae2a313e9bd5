//! Ahead of all other logic: STOP and START, emergencies, distress, a death told, the wish for a person, a wrong
//! number, and the doubt whose number or account it is.
//! `engine::accept` carries these out in its own transaction; nothing queues before them and nothing holds them up.

use crate::domain::context::{Contact, plain};
use crate::domain::decision::{Act, AuditFact, Changes, Effect, TaskKind};
use crate::domain::event::What;
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::domain::words::Word;

/// What takes effect at once, if anything does.
pub fn immediate(what: &What, contact: &Contact) -> Option<Act> {
    if *what == What::IdentityChanged {
        return Some(doubted());
    }
    let mut act = act(wish(what)?, contact);
    if let What::Said(said) = what
        && contact.locale.is_none()
    {
        act.changes.locale = said.script;
    }
    Some(act)
}

/// What nobody may miss.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// No more messages.
    Stop = 0,
    /// Messages again.
    Start = 1,
    /// A person, please.
    Person = 2,
    /// Signs of an emergency.
    Emergency = 3,
    /// Signs of distress.
    Distress = 4,
    /// The patient died.
    Death = 5,
    /// The number is not the patient's.
    WrongNumber = 6,
}

impl Wish {
    /// Its place in a set of them.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The wish that must not be missed, if it is one.
pub fn wish(what: &What) -> Option<Wish> {
    match what {
        What::Said(said) => wish_of_word(said.word?),
        What::Tapped(tap) => wish_of_tap(tap.step),
        _ => None,
    }
}

/// A wish that was heeded a moment ago, repeated in a flood: it holds, and is answered no second time.
pub fn repeated(act: Act) -> Act {
    Act { effects: vec![], audit: vec![], ..act }
}

/// It is not certain any more whose number or account it is: nothing about a patient is said or done until they have
/// proved who they are, or a person at the hospital has.
pub fn doubted() -> Act {
    let changes = Changes { doubted: Some(true), ..Changes::default() };
    Act { changes, ..Act::default() }.noting(AuditFact::Doubted)
}

fn wish_of_word(word: Word) -> Option<Wish> {
    Some(match word {
        Word::Stop => Wish::Stop,
        Word::Start => Wish::Start,
        Word::Person => Wish::Person,
        Word::Emergency => Wish::Emergency,
        Word::Distress => Wish::Distress,
        Word::DeathTold => Wish::Death,
        Word::WrongNumber => Wish::WrongNumber,
        _ => return None,
    })
}

fn wish_of_tap(step: Step) -> Option<Wish> {
    match step {
        Step::Stop => Some(Wish::Stop),
        Step::Start => Some(Wish::Start),
        Step::Person => Some(Wish::Person),
        Step::NotMe => Some(Wish::WrongNumber),
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
        Wish::WrongNumber => wrong_number(contact),
    }
}

/// Whoever answers is not the patient, or says so: no more messages, nothing about the patient, and people correct the
/// record.
fn wrong_number(contact: &Contact) -> Act {
    if contact.stopped && contact.doubted {
        return Act::default().saying(plain(Content::NumberWrong));
    }
    let mut act = switched(true, Content::NumberWrong, AuditFact::Stopped).noting(AuditFact::Doubted);
    act.changes.doubted = Some(true);
    act.with(Effect::Task(TaskKind::WrongNumber, Coords::default()))
}

fn switched(stopped: bool, content: Content, fact: AuditFact) -> Act {
    let changes = Changes { stopped: Some(stopped), ..Changes::default() };
    Act { changes, ..Act::default() }.noting(fact).saying(plain(content))
}
