//! The rounds between a decision and its questions.

use crate::clock::Moment;
use crate::domain::clinic::Clinic;
use crate::domain::context::{Contact, Context};
use crate::domain::conversation::decide;
use crate::domain::decision::{Act, Decision, Say};
use crate::domain::event::Event;
use crate::domain::fact::{Fact, Facts, Question, Trouble};
use crate::domain::message::{Composed, Turn};
use crate::domain::turn::compose;
use crate::ids::Id;
use crate::outbound::ehr::Caller;
use crate::seal::Digest8;
use crate::store::StoreError;
use crate::store::contacts::Loaded;
use crate::worker::Worker;

/// Rounds of questions at most: a decision that asks more is a fault of ours, and ends in an honest sentence.
const ROUNDS: usize = 8;

/// What one piece of work knows: who, where, and what the EHR said within it.
pub(super) struct Scene<'a> {
    pub clinic: &'a Clinic,
    pub loaded: Loaded,
    pub facts: Facts,
    pub fresh: Id,
    /// The present of this piece of work: questions hold it, so it must not move between two rounds.
    pub now: Moment,
}

impl Scene<'_> {
    /// Takes in whose address it is now; what was decided from the scene stays.
    pub(super) fn renew(&mut self, now: Loaded) {
        let contact = Contact { doubted: now.contact.doubted, ..self.loaded.contact.clone() };
        self.loaded = Loaded { contact, ..now };
    }
}

/// Who the EHR is asked about.
pub(super) fn caller<'a>(scene: &'a Scene<'_>) -> Caller<'a> {
    let phone = scene.loaded.address.as_ref().and_then(|address| address.phone.as_ref());
    Caller { phone, proved: &scene.loaded.proved, proved_only: scene.loaded.proved_only }
}

/// True while the EHR can be asked whose chat it is. Afterwards nothing that it does not show may be called undone.
pub(super) fn reachable(scene: &Scene<'_>) -> bool {
    let caller = caller(scene);
    caller.phone.is_some() || !caller.proved.is_empty()
}

impl Worker {
    pub(super) fn scene<'a>(&self, clinic: &'a Clinic, loaded: Loaded) -> Scene<'a> {
        let fresh = self.parts.engine.keys.chance().id();
        let now = self.parts.engine.clock.now();
        Scene { clinic, loaded, facts: Facts::default(), fresh, now }
    }

    /// Decides about an event, asking the world as often as the decision needs.
    pub(super) async fn decided(&self, event: &Event, scene: &mut Scene<'_>) -> Result<Act, StoreError> {
        for _ in 0..ROUNDS {
            match decide(event, &Self::context(scene)) {
                Decision::Act(act) => return Ok(*act),
                Decision::Ask(questions) => self.learn(&questions, scene).await?,
            }
        }
        tracing::error!("a decision asked without end");
        Ok(Act::default())
    }

    /// Composes what to say, asking likewise; what is said may be other than what was meant, if the truth is.
    pub(super) async fn composed(&self, say: Say, scene: &mut Scene<'_>) -> Result<Option<Turn>, StoreError> {
        let mut say = say;
        for _ in 0..ROUNDS {
            match compose(say, &Self::context(scene)) {
                Composed::Turn(turn) => return Ok(Some(*turn)),
                Composed::Instead(other) => say = other,
                Composed::Ask(questions) => self.learn(&questions, scene).await?,
            }
        }
        tracing::error!("a message asked without end");
        Ok(None)
    }

    fn context<'a>(scene: &'a Scene<'_>) -> Context<'a> {
        Context {
            now: scene.now,
            clinic: scene.clinic,
            contact: &scene.loaded.contact,
            facts: &scene.facts,
            fresh: scene.fresh,
        }
    }

    pub(super) async fn learn(
        &self,
        questions: &[Question],
        scene: &mut Scene<'_>,
    ) -> Result<(), StoreError> {
        for question in questions {
            let fact = match question {
                Question::Intent(intent) => Fact::Intent(self.parts.engine.seen(*intent).await?),
                Question::Vouched => self.vouched(scene).await,
                Question::Told(patient, appointment) => {
                    self.told(Question::Visit(*patient, *appointment), *patient, scene).await?
                }
                other => self.ask_ehr(*other, scene).await,
            };
            scene.facts.learn(*question, fact);
        }
        Ok(())
    }

    /// Whether people completed a work item that asked who a contact in doubt is.
    async fn vouched(&self, scene: &Scene<'_>) -> Fact {
        let Some(since) = scene.loaded.doubted_at else { return Fact::Vouched(false) };
        let ids = self.confirm_ids(scene.loaded.contact.id, since);
        match self.parts.desk.completed(&ids).await {
            Ok(done) => Fact::Vouched(done),
            Err(trouble) => Fact::Trouble(trouble),
        }
    }

    async fn ask_ehr(&self, question: Question, scene: &Scene<'_>) -> Fact {
        if scene.loaded.address.is_none() {
            return Fact::Trouble(Trouble::Down);
        }
        self.parts.ehr.answer(question, scene.clinic, caller(scene), &scene.facts).await
    }

    /// What was last told of an appointment that the facts so far hold.
    async fn told(&self, visit: Question, patient: Digest8, scene: &Scene<'_>) -> Result<Fact, StoreError> {
        let Question::Visit(_, appointment) = visit else { return Ok(Fact::Told(None)) };
        let listed = match (scene.facts.get(visit), scene.facts.get(Question::Visits(patient))) {
            (Some(Fact::Visit(Some(visit))), _) => Some(visit),
            (_, Some(Fact::Visits(visits))) => visits.iter().find(|visit| visit.digest == appointment),
            _ => None,
        };
        let Some(visit) = listed else { return Ok(Fact::Told(None)) };
        Ok(Fact::Told(self.parts.engine.told(visit.reference.clone()).await?))
    }
}
