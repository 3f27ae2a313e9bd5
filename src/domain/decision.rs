//! What to do about an event: effects as data.

use crate::clock::Moment;
use crate::domain::clinic::Locale;
use crate::domain::fact::{Person, Question, Trouble, Visit};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::domain::words::Mood;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::Digest8;

/// What a decision comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// First these questions need an answer.
    Ask(Vec<Question>),
    /// This is to be done.
    Act(Box<Act>),
}

/// What is to be done, all in one transaction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Act {
    /// Changes to the contact and the thread.
    pub changes: Changes,
    /// Effects on the world, in this order.
    pub effects: Vec<Effect>,
    /// What the patient will have been told of which appointment.
    pub told: Vec<Told>,
    /// What the audit log says of it, beside the effects themselves.
    pub audit: Vec<AuditFact>,
}

/// Changes to a contact and its thread; `None` leaves things as they are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// The language from now on.
    pub locale: Option<Locale>,
    /// The welcome has been said.
    pub greeted: bool,
    /// Messages in a row that were not understood.
    pub misses: Option<u16>,
    /// Until when thanks and stickers get no answer.
    pub quiet_until: Option<Moment>,
    /// STOP (`true`) or START (`false`).
    pub stopped: Option<bool>,
    /// Whether it is in doubt that the address still belongs to the person who was known under it.
    pub doubted: Option<bool>,
    /// Which doubt `doubted: Some(false)` ends: the one that began then, and no later one.
    pub doubt_since: Option<Moment>,
}

/// One effect on the world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Say something approved.
    Say(Say),
    /// Write to the EHR.
    Ehr(Write),
    /// Find out what became of a write whose answer was lost.
    Reconcile(Write),
    /// Put a work item where people look, or take it back.
    Task(TaskKind, Coords),
    /// Tell the EHR that a message was sent.
    WriteBack(Sent),
    /// Look again what changed: the EHR gave no answer when a feed told of it.
    News(News),
}

/// An appointment that a feed says is new or different.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// The appointment's patient.
    pub patient: Digest8,
    /// The appointment.
    pub appointment: Digest8,
    /// Its reference in the EHR.
    pub reference: Phi<String>,
}

/// Something to say: what, and about what; never the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Say {
    /// Which content.
    pub content: Content,
    /// The step that led to it; "try again" repeats it.
    pub step: Step,
    /// What it is about.
    pub about: Coords,
    /// A sentence of sympathy that stands before everything else.
    pub mood: Option<Mood>,
}

impl Say {
    /// It tells something of a patient, or does something for one: nobody else may read it.
    pub fn is_personal(&self) -> bool {
        !self.about.patient.is_nil() || self.content.is_personal()
    }
}

/// A write to the EHR, by coordinates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Write {
    /// Which.
    pub kind: WriteKind,
    /// What it is about; `intent` is its idempotency key.
    pub about: Coords,
    /// It came from a reminder's button.
    pub from_reminder: bool,
}

/// The writes there are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WriteKind {
    /// A new appointment on a free slot.
    Book,
    /// The same appointment on another slot.
    Move,
    /// No appointment.
    Cancel,
    /// Why it was cancelled, after the fact.
    Reason,
    /// The patient says that they will come.
    Attend,
    /// A record for a number that has none (`booking.without_record = "create"`).
    Register,
}

/// How a write ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Done and read back.
    Done(Visit),
    /// There is a record now.
    Registered(Person),
    /// Somebody else has the slot, or it is gone. Nothing was changed.
    Taken,
    /// The appointment is not what the button said. Nothing was changed.
    Changed,
    /// It already was as asked.
    Already,
    /// The new time is booked, the old one could not be cancelled.
    Both(Visit),
    /// The EHR refuses, for a reason only people can mend. Nothing was changed.
    Refused,
    /// The EHR could not be reached, and certainly nothing was changed.
    NotDone(Trouble),
    /// The answer was lost: it may or may not have been done.
    Unknown,
}

/// Work items for people.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TaskKind {
    /// The patient asks for a person.
    Person,
    /// The number belongs to no record.
    Register,
    /// The number's record is merged, deceased, inactive, or one of several.
    Review,
    /// A write could not be settled by any means.
    Unsettled,
    /// A relative says that the patient died.
    Death,
    /// An emergency or distress was noticed and answered.
    Alert,
    /// The patient wants to be called; the coordinates hold when, and the item's own id as intent.
    Callback,
    /// The patient does not want to be called any more; the intent names the item.
    CallbackOff,
    /// The patient will be late for the appointment of the coordinates.
    Late,
    /// The number does not belong to the patient any more.
    WrongNumber,
    /// The number or the account changed: is it still the same patient's? Completing the item says yes.
    Confirm,
}

/// A message that was sent, for the EHR's record: never its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// The effect that said it.
    pub effect: Id,
    /// What was said.
    pub content: Content,
    /// When.
    pub at: Moment,
    /// `Patient/…`
    pub patient: Phi<String>,
}

/// What a patient was told of an appointment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// `Appointment/…`
    pub appointment: Phi<String>,
    /// `Patient/…`
    pub patient: Phi<String>,
    /// The patient's digest.
    pub digest: Digest8,
    /// [`Visit::told`]
    pub told: [u8; 16],
}

impl Told {
    /// What telling `visit` amounts to.
    pub fn of(visit: &Visit) -> Self {
        Self {
            appointment: visit.reference.clone(),
            patient: visit.patient_reference.clone(),
            digest: visit.patient,
            told: visit.told,
        }
    }
}

/// What the audit log records.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AuditFact {
    /// A message was accepted by Meta.
    MessageSent,
    /// An appointment was booked by the patient.
    Booked,
    /// Moved by the patient.
    Moved,
    /// Cancelled by the patient.
    Cancelled,
    /// A write was refused or lost a race.
    NotBooked,
    /// A damaged, expired or foreign button did nothing.
    TapRefused,
    /// A number without exactly one usable record was sent to a person.
    AccessRefused,
    /// STOP took effect.
    Stopped,
    /// START took effect.
    Started,
    /// An emergency answer was given.
    EmergencyAnswered,
    /// A person was asked for.
    PersonAsked,
    /// The patient said that they will come.
    Attending,
    /// A record was made for a number that had none.
    Registered,
    /// It became doubtful whose number or account it is.
    Doubted,
    /// A person at the hospital vouched for who it is.
    Vouched,
    /// Somebody proved on the secure page whose record they may act for.
    Identified,
    /// Somebody tried to, and did not.
    NotIdentified,
}

impl AuditFact {
    /// The word in the private part of an entry. Never changes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MessageSent => "message-sent",
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::NotBooked => "not-booked",
            Self::TapRefused => "tap-refused",
            Self::AccessRefused => "access-refused",
            Self::Stopped => "stopped",
            Self::Started => "started",
            Self::EmergencyAnswered => "emergency-answered",
            Self::PersonAsked => "person-asked",
            Self::Attending => "attending",
            Self::Registered => "registered",
            Self::Doubted => "doubted",
            Self::Vouched => "vouched",
            Self::Identified => "identified",
            Self::NotIdentified => "not-identified",
        }
    }

    /// The word that anyone may read: emergencies, distress and the wish for a person read alike.
    pub const fn shown(self) -> &'static str {
        match self {
            Self::EmergencyAnswered | Self::PersonAsked => "guard",
            other => other.word(),
        }
    }
}

impl Decision {
    /// To say one thing and nothing else.
    pub fn say(say: Say) -> Self {
        Act::default().with(Effect::Say(say)).into()
    }

    /// To do nothing: silence is an answer.
    pub fn nothing() -> Self {
        Act::default().into()
    }
}

impl Act {
    /// Adds an effect.
    #[must_use]
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// Adds something to say.
    #[must_use]
    pub fn saying(self, say: Say) -> Self {
        self.with(Effect::Say(say))
    }

    /// Adds an audit fact.
    #[must_use]
    pub fn noting(mut self, fact: AuditFact) -> Self {
        self.audit.push(fact);
        self
    }
}

impl From<Act> for Decision {
    fn from(act: Act) -> Self {
        Self::Act(Box::new(act))
    }
}
