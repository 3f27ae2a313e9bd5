//! What the EHR says, as decisions see it, and the questions that get it said. An EHR that is down is a fact.

use crate::clock::Moment;
use crate::domain::clinic::Bilingual;
use crate::domain::tap::{Coords, Gender, Hours};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Digest4, Digest8};
use chrono::NaiveDate;

/// A question a decision needs answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Question {
    /// Which patients does this contact's number belong to?
    Who,
    /// Has a person at the hospital made sure who this contact is, since it came into doubt?
    Vouched,
    /// Which free times are there?
    Slots(Search),
    /// Is this time still free?
    Slot(SlotKey),
    /// Which appointments has this patient ahead?
    Visits(Digest8),
    /// Which appointments had this patient lately?
    Past(Digest8),
    /// How does this appointment of this patient stand, whatever its state?
    Visit(Digest8, Digest8),
    /// Was this intent acted on before? (Answered from our own rows.)
    Intent(Id),
    /// What was this patient last told of this appointment? (Answered from our own rows.)
    Told(Digest8, Digest8),
}

/// Free times of a service.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Search {
    /// Which service.
    pub service: Digest4,
    /// With which doctor; nil: any.
    pub doctor: Digest8,
    /// Not before.
    pub from: Moment,
    /// Before.
    pub until: Moment,
    /// At most so many, nearest first.
    pub limit: u16,
    /// Wall time within each day.
    pub hours: Hours,
    /// With a doctor of this sex.
    pub gender: Option<Gender>,
    /// At this place of the clinic's configuration, from 1; 0: any.
    pub place: u8,
}

/// A free time by coordinates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SlotKey {
    /// Which service.
    pub service: Digest4,
    /// When it starts.
    pub start: Moment,
    /// Digest of the schedule's sorted actors.
    pub actors: Digest8,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// The patients of the number.
    Who(Vec<Person>),
    /// Somebody vouches for the contact, or nobody does yet.
    Vouched(bool),
    /// Free times, nearest first.
    Slots(Vec<FreeSlot>),
    /// The free time, or `None` when it is not free any more.
    Slot(Option<FreeSlot>),
    /// Appointments ahead, nearest first.
    Visits(Vec<Visit>),
    /// The appointment, or `None` when there is none such.
    Visit(Option<Visit>),
    /// What became of an intent.
    Intent(Seen),
    /// What a patient was last told of an appointment, if anything.
    Told(Option<[u8; 16]>),
    /// No answer.
    Trouble(Trouble),
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Trouble {
    /// It took too long, or we are asked to slow down.
    Slow,
    /// It cannot be reached or does not speak FHIR.
    Down,
}

/// What became of an intent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    /// Never acted on.
    New,
    /// Being worked on.
    Open,
    /// Ended.
    Done,
}

/// A patient of the EHR.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Keyed digest of the reference.
    pub digest: Digest8,
    /// `Patient/…`
    pub reference: Phi<String>,
    /// Whether the record may be acted on.
    pub standing: Standing,
    /// When they were born, where the record says so.
    pub birth: Phi<Option<NaiveDate>>,
    /// Their sex, where the record says so.
    pub sex: Phi<Option<Sex>>,
    /// The number stands on this very record.
    pub own: bool,
    /// The number stands on an active RelatedPerson who acts for this patient.
    pub proxy: Option<Proxy>,
    /// Somebody proved on the secure page that the record is theirs; the number is not on it (yet).
    pub proved: bool,
}

/// Who acts for a patient (FHIR R4 `RelatedPerson.relationship`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Proxy {
    /// A parent or guardian, or nobody says who: ends with the age of majority.
    Parent,
    /// Anyone else: a spouse, a grown child.
    Other,
}

/// FHIR R4 `Patient.gender`, as far as a service may be limited to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sex {
    /// `female`
    Female,
    /// `male`
    Male,
}

/// Whether a record may be acted on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Yes.
    Active,
    /// No: merged into another, deceased, or inactive. The patient is never told which.
    Review,
}

/// A doctor, by the name the EHR shows to patients.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doctor {
    /// Keyed digest of the reference.
    pub digest: Digest8,
    /// Name with title in each language the EHR has; an empty one falls back to the other.
    pub name: Phi<Bilingual>,
    /// Their sex, where the EHR says so.
    pub gender: Option<Gender>,
}

/// A free time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreeSlot {
    /// Its coordinates.
    pub key: SlotKey,
    /// Its length in minutes.
    pub minutes: u16,
    /// With whom.
    pub doctor: Option<Doctor>,
    /// `Location` id, to be named by the configuration only.
    pub place: Option<Phi<String>>,
}

/// An appointment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Keyed digest of the reference.
    pub digest: Digest8,
    /// `Appointment/…`
    pub reference: Phi<String>,
    /// Whose.
    pub patient: Digest8,
    /// `Patient/…`
    pub patient_reference: Phi<String>,
    /// When it starts.
    pub start: Moment,
    /// Its length in minutes.
    pub minutes: u16,
    /// Which of the clinic's services, if any.
    pub service: Option<Digest4>,
    /// Digest of its actors other than the patient, sorted.
    pub actors: Digest8,
    /// With whom.
    pub doctor: Option<Doctor>,
    /// `Location` id, to be named by the configuration only.
    pub place: Option<Phi<String>>,
    /// How it stands.
    pub state: VisitState,
    /// The patient has said that they will come (`participant.status` `accepted`).
    pub attending: bool,
    /// Keyed digests of what a patient is told of it, four bytes each: everything, state and start, doctor, place.
    pub told: [u8; 16],
}

/// What is not as the patient was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Difference {
    /// It was cancelled, or it is at another time.
    Time,
    /// Only with another doctor.
    Doctor,
    /// Only at another place, or at another place and with another doctor: nobody must look for it where it is not.
    Place,
}

impl Visit {
    /// The part of [`Visit::told`] that buttons carry.
    pub fn told4(&self) -> Digest4 {
        Digest4([self.told[0], self.told[1], self.told[2], self.told[3]])
    }

    /// How it differs from what was told.
    pub fn difference(&self, told: [u8; 16]) -> Option<Difference> {
        let differs = |part: usize| self.told[part * 4..][..4] != told[part * 4..][..4];
        if !differs(0) {
            return None;
        }
        Some(if !differs(1) && differs(3) {
            Difference::Place
        } else if !differs(1) && differs(2) {
            Difference::Doctor
        } else {
            Difference::Time
        })
    }

    /// Its coordinates, as buttons carry them.
    pub fn coords(&self) -> Coords {
        Coords {
            patient: self.patient,
            appointment: self.digest,
            told: self.told4(),
            service: self.service.unwrap_or_default(),
            ..Coords::default()
        }
    }
}

/// How an appointment stands (FHIR R4 `Appointment.status`, narrowed).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VisitState {
    /// `booked`, `pending`, `proposed`, `waitlist`: ahead.
    Booked,
    /// `cancelled`, `entered-in-error`.
    Cancelled,
    /// `arrived`, `checked-in`, `fulfilled`, `noshow`.
    Past,
}

/// Answers so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts(Vec<(Question, Fact)>);

impl Facts {
    /// Adds an answer, in place of an earlier one to the same question.
    pub fn learn(&mut self, question: Question, fact: Fact) {
        self.0.retain(|(known, _)| *known != question);
        self.0.push((question, fact));
    }

    /// Forgets an answer that is not true any more.
    pub fn forget(&mut self, question: Question) {
        self.0.retain(|(known, _)| *known != question);
    }

    /// The answer to `question`.
    pub fn get(&self, question: Question) -> Option<&Fact> {
        self.0.iter().find(|(known, _)| *known == question).map(|(_, fact)| fact)
    }
}
