//! What a decision may look at, and the questions it can end with.

use crate::clock::Moment;
use crate::domain::clinic::{Clinic, Locale, Service};
use crate::domain::decision::{Decision, Say};
use crate::domain::fact::{Fact, Facts, Question, Trouble, Visit};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Digest4, Digest8};
use std::ops::ControlFlow;

/// A value, or the decision that makes it unnecessary.
pub type Found<T> = ControlFlow<Decision, T>;

/// A contact as a decision sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Its random id.
    pub id: Id,
    /// The language it uses, once known.
    pub locale: Option<Locale>,
    /// It has a phone number that the EHR can be asked about.
    pub has_phone: bool,
    /// When the welcome was last said.
    pub greeted_at: Option<Moment>,
    /// STOP is in force.
    pub stopped: bool,
    /// Messages in a row that were not understood.
    pub misses: u16,
    /// Until when thanks and stickers get no answer.
    pub quiet_until: Option<Moment>,
    /// It is in doubt that the address still belongs to whom it belonged to.
    pub doubted: bool,
    /// Somebody proved on the secure page whose record this contact may act for.
    pub proved: bool,
    /// What was last said, while the service window is open.
    pub last: Option<Say>,
    /// What was last told of the appointment an event is about.
    pub told: Option<[u8; 16]>,
}

/// Where a contact can be reached.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// Digits with country code, no `+`.
    pub phone: Option<Phi<String>>,
    /// Business-scoped user id.
    pub bsuid: Option<Phi<String>>,
}

/// Everything a decision may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present.
    pub now: Moment,
    /// The clinic the event belongs to.
    pub clinic: &'a Clinic,
    /// Whose event it is.
    pub contact: &'a Contact,
    /// Answers so far.
    pub facts: &'a Facts,
    /// An id nobody has used: the intent of what is decided now.
    pub fresh: Id,
}

impl<'a> Context<'a> {
    /// The answer to `question`, or asking it. Trouble ends in an honest sentence with a way to repeat `step`.
    pub fn ask(&self, question: Question, step: Step, about: Coords) -> Found<&'a Fact> {
        match self.facts.get(question) {
            None => ControlFlow::Break(Decision::Ask(vec![question])),
            Some(Fact::Trouble(trouble)) => {
                ControlFlow::Break(Decision::say(Say { step, about, ..plain(trouble_text(*trouble)) }))
            }
            Some(fact) => ControlFlow::Continue(fact),
        }
    }

    /// The contact is in doubt, and somebody at the hospital vouches for it now.
    pub fn is_vouched_for(&self) -> bool {
        self.contact.doubted && self.facts.get(Question::Vouched) == Some(&Fact::Vouched(true))
    }

    /// This patient's appointments ahead.
    pub fn visits(&self, patient: Digest8, step: Step, about: Coords) -> Found<&'a [Visit]> {
        match self.ask(Question::Visits(patient), step, about)? {
            Fact::Visits(visits) => ControlFlow::Continue(visits),
            _ => ControlFlow::Break(Decision::nothing()),
        }
    }

    /// The configured service behind a coordinate.
    pub fn service(&self, digest: Digest4) -> Option<&'a Service> {
        self.clinic.services.iter().find(|service| service.digest() == digest)
    }

    /// The language to speak.
    pub fn locale(&self) -> Locale {
        self.contact.locale.unwrap_or(self.clinic.default_locale())
    }
}

fn trouble_text(trouble: Trouble) -> Content {
    match trouble {
        Trouble::Slow => Content::EhrSlow,
        Trouble::Down => Content::EhrDown,
    }
}

/// Says one thing about nothing in particular.
pub(super) fn plain(content: Content) -> Say {
    Say { content, step: Step::Menu, about: Coords::default(), mood: None }
}

/// Found: say this and nothing else.
pub(super) fn say(say: Say) -> Found<Decision> {
    ControlFlow::Continue(Decision::say(say))
}

/// Ends a chain of questions.
pub(super) fn settled(found: Found<Decision>) -> Decision {
    match found {
        ControlFlow::Continue(decision) | ControlFlow::Break(decision) => decision,
    }
}
