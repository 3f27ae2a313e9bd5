//! The EHR: find, hold, book, change, reconcile, on coordinates. A dialect is one file with these verbs; the domain
//! reads what they answer, never which dialect answered.

mod client;
mod directory;
mod learnt;
mod listing;
mod names;
mod overlap;
mod people;
mod phones;
mod proof;
mod records;
mod rest;
mod truth;
mod visits;
mod write;

pub use client::{Auth, EhrSettings};

use crate::clock::Clock;
use crate::domain::clinic::Clinic;
use crate::domain::decision::{Outcome, Sent, TaskKind, Write};
use crate::domain::directory::Listed;
use crate::domain::fact::{Fact, Facts, Question, Trouble, Visit};
use crate::domain::proof::{Claim, Proof};
use crate::ids::Id;
use crate::outbound::http::Http;
use crate::phi::Phi;
use crate::seal::Keys;
use client::Client;
use directory::Directory;
use learnt::Learnt;
use proof::Matching;
use rest::Rest;
use std::sync::Arc;

/// What a server can do; what it cannot is done another way or by a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capabilities {
    /// A slot can be held before it is booked.
    pub hold: bool,
    /// Transactions are done as a whole or not at all. Believed until one was seen that was not; then slots are taken
    /// first, and say for which intent (`docs/decisions/0006`).
    pub atomic: bool,
    /// Our identifier can be looked up.
    pub find_by_intent: bool,
}

/// An EHR. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ehr {
    rest: Arc<Rest>,
}

/// Who asks, and what was answered before.
#[derive(Clone, Copy, Debug)]
pub(in crate::outbound::ehr) struct Asking<'a> {
    pub clinic: &'a Clinic,
    pub caller: Caller<'a>,
    pub facts: &'a Facts,
}

/// Who writes, as far as the EHR can be asked about them.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// Their number: digits with country code.
    pub phone: Option<&'a Phi<String>>,
    /// `Patient/…` of the records they proved to be theirs on the secure page.
    pub proved: &'a [Phi<String>],
    /// Their number was doubted: only those records count, until the number stands on one of them.
    pub proved_only: bool,
}

/// A work item for people.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What it is.
    pub kind: TaskKind,
    /// Names it: repeating it changes nothing.
    pub id: Id,
    /// The number to call.
    pub phone: Option<&'a Phi<String>>,
    /// The appointment it is about.
    pub visit: Option<&'a Visit>,
    /// When a call suits, in words for staff.
    pub when: Option<&'a str>,
}

impl Ehr {
    /// An EHR over `http`.
    pub fn new(http: Http, settings: EhrSettings, keys: Keys, clock: Clock) -> Self {
        let client = Client::new(http, settings, clock.clone());
        Self {
            rest: Arc::new(Rest {
                client,
                directory: Directory::default(),
                learnt: Learnt::default(),
                matching: Matching::default(),
                keys,
                clock,
            }),
        }
    }

    /// What this server can do.
    pub fn capabilities(&self) -> Capabilities {
        self.rest.capabilities()
    }

    /// Whether it answers at all; the text says why not.
    pub async fn reachable(&self) -> Result<(), String> {
        self.rest.client.metadata().await.map(drop).map_err(|problem| problem.to_string())
    }

    /// What it says of itself.
    pub async fn metadata(&self) -> Result<serde_json::Value, String> {
        self.rest.client.metadata().await.map_err(|problem| problem.to_string())
    }

    /// Answers a question; trouble is an answer too.
    pub async fn answer(
        &self,
        question: Question,
        clinic: &Clinic,
        caller: Caller<'_>,
        facts: &Facts,
    ) -> Fact {
        let asking = Asking { clinic, caller, facts };
        match self.rest.answer(question, asking).await {
            Ok(fact) => fact,
            Err(problem) => {
                tracing::warn!(%problem, "the EHR gave no answer");
                Fact::Trouble(problem.trouble())
            }
        }
    }

    /// Every doctor there is.
    ///
    /// # Errors
    /// The EHR gives no answer.
    pub async fn doctors(&self) -> Result<Vec<Listed>, Trouble> {
        self.rest.doctors().await.map_err(|problem| problem.trouble())
    }

    /// Performs a write. `doubt`: it was begun before and may have been done, so it is looked for first.
    pub async fn perform(
        &self,
        write: Write,
        clinic: &Clinic,
        caller: Caller<'_>,
        facts: &Facts,
        doubt: bool,
    ) -> Outcome {
        let asking = Asking { clinic, caller, facts };
        self.rest.perform(write, asking, doubt).await
    }

    /// Looks for the truth of a write whose answer was lost; `None` when it is still not known. With `may_repeat`, a
    /// write that was certainly not done is done now.
    pub async fn reconcile(
        &self,
        write: Write,
        clinic: &Clinic,
        caller: Caller<'_>,
        facts: &Facts,
        may_repeat: bool,
    ) -> Option<Outcome> {
        let asking = Asking { clinic, caller, facts };
        self.rest.reconcile(write, asking, may_repeat).await
    }

    /// Whose record a claim fits; `None`: nobody's, several people's, or that of somebody who cannot be acted for.
    ///
    /// # Errors
    /// The EHR could not be asked.
    pub async fn prove(
        &self,
        claim: &Claim,
        clinic: &Clinic,
        caller: Caller<'_>,
    ) -> Result<Option<Proof>, Trouble> {
        let facts = Facts::default();
        let asking = Asking { clinic, caller, facts: &facts };
        self.rest.prove(claim, asking).await.map_err(|problem| {
            tracing::warn!(%problem, "the EHR could not be asked whose record it is");
            problem.trouble()
        })
    }

    /// Puts a work item where people look; repeating it with the same id changes nothing.
    pub async fn task(&self, item: Item<'_>) -> Result<(), Trouble> {
        self.rest.task(item).await.map_err(|problem| problem.trouble())
    }

    /// Whether people completed one of these work items.
    pub async fn completed(&self, ids: &[Id]) -> Result<bool, Trouble> {
        self.rest.completed(ids).await.map_err(|problem| problem.trouble())
    }

    /// Takes a work item back; one that is not there, or is done with, is left alone.
    pub async fn withdraw(&self, id: Id) -> Result<(), Trouble> {
        self.rest.withdraw(id).await.map_err(|problem| problem.trouble())
    }

    /// Records a message that was sent; repeating it changes nothing.
    pub async fn communication(&self, sent: &Sent) -> Result<(), Trouble> {
        self.rest.communication(sent).await.map_err(|problem| problem.trouble())
    }
}
