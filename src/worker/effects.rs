//! Effects other than speech: writes to the EHR, the search for the truth of a lost answer, work items, records.

use crate::clock::Moment;
use crate::domain::callback;
use crate::domain::clinic::Clinic;
use crate::domain::decision::{Act, Effect, News, Outcome, Say, TaskKind, Write};
use crate::domain::event::{Event, What};
use crate::domain::fact::{Fact, Question, Visit};
use crate::domain::outcome::{task_told, unsettled};
use crate::domain::speech::{Content, Unanswered};
use crate::domain::tap::Coords;
use crate::ids::Id;
use crate::outbound::ehr::Item;
use crate::outbound::whatsapp::code;
use crate::seal::Purpose;
use crate::store::StoreError;
use crate::store::lanes::Claim;
use crate::store::outbox::Row;
use crate::worker::Worker;
use crate::worker::facts::{Scene, caller, reachable};
use crate::worker::lease::{RENEW_EVERY, kept};
use crate::worker::retry::{BACKGROUND_TRIES, RECONCILE_TRIES, STATUS_WAIT, wait};
use chrono::{Days, Duration, NaiveDate};

/// Dead-letter code of an effect that does not open any more, or whose clinic is gone (`outbox.error`).
const LOST: i16 = 33;

/// A person's word is looked for so many days back: a month is what a search can name at once.
const CONFIRM_DAYS: u64 = 31;

impl Worker {
    /// An effect found again after its worker died: it may have been done.
    pub(super) async fn left_behind(&self, claim: Claim, row: Row) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let Some(errand) = row.errand.clone() else { return engine.give_up(&row, LOST).await };
        let Some(clinic) = engine.clinic(errand.clinic) else {
            return engine.give_up(&row, LOST).await;
        };
        if let Effect::Say(say) = &errand.effect
            && row.attempts > 1
        {
            return self.in_doubt(&row, say.content).await;
        }
        let loaded = engine.contact(row.lane, clinic.no, None).await?;
        let mut scene = self.scene(clinic, loaded);
        self.perform_all(claim, vec![row], &mut scene).await
    }

    /// A message that may have gone out: its status tells, or its content's own rule.
    pub(super) async fn in_doubt(&self, row: &Row, content: Content) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        match content.unanswered() {
            Unanswered::NeverTwice => engine.give_up(row, code::NEVER_TWICE).await,
            // Once more, not for ever: if Meta took it twice without a word, nobody is helped by a third.
            _ if row.error == Some(code::UNKNOWN) => self.untold(row, content, code::TOO_OFTEN).await,
            Unanswered::RepeatAtOnce => engine.postpone(row, engine.clock.now(), code::UNKNOWN).await,
            Unanswered::RepeatAfter60s => {
                let due = engine.clock.now() + STATUS_WAIT;
                engine.postpone(row, due, code::UNKNOWN).await
            }
        }
    }

    /// A message that will not go out. What it would have told of an appointment goes to people instead.
    pub(super) async fn untold(&self, row: &Row, content: Content, error: i16) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let clinic = row.errand.as_ref().map_or(0, |errand| errand.clinic);
        if !content.matters() {
            return engine.give_up(row, error).await;
        }
        let about = match row.errand.as_ref().map(|errand| &errand.effect) {
            Some(Effect::Say(say)) => say.about,
            _ => Coords::default(),
        };
        let act = Act::default().with(Effect::Task(TaskKind::Unsettled, about));
        engine.give_up_with(row, error, clinic, act).await
    }

    /// Performs an effect of a lane; answers what follows from it.
    pub(super) async fn perform(
        &self,
        claim: Claim,
        row: Row,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        match row.errand.as_ref().map(|errand| errand.effect.clone()) {
            Some(Effect::Say(say)) => self.say(row, say, scene).await.map(|()| Vec::new()),
            Some(Effect::Ehr(write)) => self.write(claim, &row, write, scene).await,
            _ => Ok(Vec::new()),
        }
    }

    async fn write(
        &self,
        claim: Claim,
        row: &Row,
        write: Write,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let doubt = row.attempts > 1;
        let ehr = &self.parts.ehr;
        let outcome = if doubt && !reachable(scene) {
            let found = ehr.reconcile(write, scene.clinic, caller(scene), &scene.facts, false).await;
            found.unwrap_or(Outcome::Unknown)
        } else {
            ehr.perform(write, scene.clinic, caller(scene), &scene.facts, doubt).await
        };
        let act = self.follows(write, outcome, scene).await?;
        self.parts.engine.conclude(claim, row, scene.clinic.no, act).await
    }

    /// What follows from an outcome; the appointment as read back serves the message about it.
    async fn follows(
        &self,
        write: Write,
        outcome: Outcome,
        scene: &mut Scene<'_>,
    ) -> Result<Act, StoreError> {
        if let Outcome::Done(visit) | Outcome::Both(visit) = &outcome {
            let question = Question::Visit(visit.patient, visit.digest);
            scene.facts.learn(question, Fact::Visit(Some(visit.clone())));
        }
        if let Outcome::Registered(person) = &outcome {
            scene.facts.learn(Question::Who, Fact::Who(vec![person.clone()]));
        }
        let now = self.parts.engine.clock.now();
        let what = What::Outcome(write, outcome);
        scene.fresh = self.parts.engine.keys.chance().id();
        let event = Event { id: scene.fresh, clinic: scene.clinic.no, said_at: now, heard_at: now, what };
        self.decided(&event, scene).await
    }

    /// A free row: claimed alone, blocks nobody.
    pub(super) async fn free(&self, row: Row) -> Result<(), StoreError> {
        let held = row.clone();
        let renew = move || self.parts.engine.renew_row(held.clone());
        kept(RENEW_EVERY, renew, Box::pin(self.free_held(row))).await
    }

    async fn free_held(&self, row: Row) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let Some(errand) = row.errand.clone() else { return engine.give_up(&row, LOST).await };
        let Some(clinic) = engine.clinic(errand.clinic) else {
            return engine.give_up(&row, LOST).await;
        };
        match errand.effect {
            // A worker died over it, and it may have gone out.
            Effect::Say(say) if row.attempts > 1 && row.error.is_none() => {
                self.in_doubt(&row, say.content).await
            }
            Effect::Say(say) => {
                let loaded = engine.contact(row.lane, clinic.no, None).await?;
                let mut scene = self.scene(clinic, loaded);
                self.say(row, say, &mut scene).await
            }
            Effect::Ehr(write) | Effect::Reconcile(write) => self.reconcile(row, write, clinic).await,
            Effect::Task(kind, about) => self.task(row, kind, about, clinic).await,
            Effect::News(news) => self.news(row, news, clinic).await,
            Effect::WriteBack(sent) => {
                let done = self.parts.desk.write_back(&sent).await;
                self.background(&row, done.is_ok(), Act::default()).await
            }
        }
    }

    /// Looks again what a feed told of.
    async fn news(&self, row: Row, news: News, clinic: &Clinic) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let loaded = engine.contact(row.lane, clinic.no, Some(news.reference.clone())).await?;
        let mut scene = self.scene(clinic, loaded);
        let now = engine.clock.now();
        let about = Coords { patient: news.patient, appointment: news.appointment, ..Coords::default() };
        let what = What::AppointmentChanged(news);
        let event = Event { id: row.id, clinic: clinic.no, said_at: now, heard_at: now, what };
        let act = self.decided(&event, &mut scene).await?;
        if !act.effects.iter().any(|effect| matches!(effect, Effect::News(_))) {
            return engine.conclude_free(&row, clinic.no, act).await;
        }
        if row.attempts >= BACKGROUND_TRIES {
            let people = Act::default().with(Effect::Task(TaskKind::Unsettled, about));
            return engine.give_up_with(&row, code::TOO_OFTEN, clinic.no, people).await;
        }
        self.background(&row, false, Act::default()).await
    }

    /// Looks for the truth of a write whose answer was lost, and tells it once.
    async fn reconcile(&self, row: Row, write: Write, clinic: &Clinic) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let loaded = engine.contact(row.lane, clinic.no, None).await?;
        let mut scene = self.scene(clinic, loaded);
        // The first look comes after the longest time a request of ours can take; a repeat only after a second look
        // has found nothing either. For a person nobody can be asked about, a repeat would be refused: that it was not
        // done must not be told of it.
        let may_repeat = row.attempts > 1 && reachable(&scene);
        let outcome = self.parts.ehr.reconcile(write, clinic, caller(&scene), &scene.facts, may_repeat).await;
        if let Some(outcome) = outcome {
            let act = self.follows(write, outcome, &mut scene).await?;
            return engine.conclude_free(&row, clinic.no, without_pending(act)).await;
        }
        if row.attempts < RECONCILE_TRIES {
            let due = engine.clock.now() + wait(row.attempts, Duration::seconds(2));
            return engine.postpone(&row, due, code::UNKNOWN).await;
        }
        let act = unsettled(write);
        engine.conclude_free(&row, clinic.no, act).await
    }

    async fn task(&self, row: Row, kind: TaskKind, about: Coords, clinic: &Clinic) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let loaded = engine.contact(row.lane, clinic.no, None).await?;
        let mut scene = self.scene(clinic, loaded);
        let noted = self.noted(&row, kind, about, &mut scene).await?;
        // Somebody waits for the answer: it is told honestly and at once, also when nobody could be reached; the work
        // item itself is tried on. Whoever died over it has told nothing.
        let told = task_told(kind, about, noted).filter(|_| noted || row.error.is_none());
        let act = told.map_or_else(Act::default, |say| Act::default().saying(say));
        self.background(&row, noted, act).await
    }

    /// Brings a work item to where people look; `false` when nobody could be reached.
    async fn noted(
        &self,
        row: &Row,
        kind: TaskKind,
        about: Coords,
        scene: &mut Scene<'_>,
    ) -> Result<bool, StoreError> {
        if kind == TaskKind::CallbackOff {
            return Ok(self.parts.desk.withdraw(about.intent).await.is_ok());
        }
        let visit = self.visit_of(about, scene).await?;
        let id = match kind {
            TaskKind::Callback => about.intent,
            _ => self.task_id(kind, row, scene),
        };
        let when = (kind == TaskKind::Callback).then(|| callback::for_staff(about));
        let phone = caller(scene).phone;
        let item = Item { kind, id, phone, visit: visit.as_ref(), when: when.as_deref() };
        Ok(self.parts.desk.note(item).await.is_ok())
    }

    /// The appointment a work item is about, if it is about one and the EHR shows it.
    async fn visit_of(&self, about: Coords, scene: &mut Scene<'_>) -> Result<Option<Visit>, StoreError> {
        if !about.moving() {
            return Ok(None);
        }
        let question = Question::Visit(about.patient, about.appointment);
        self.learn(&[question], scene).await?;
        match scene.facts.get(question) {
            Some(Fact::Visit(visit)) => Ok(visit.clone()),
            _ => Ok(None),
        }
    }

    /// One work item a day for a number that needs linking or confirming, however often it tries; every other one stands
    /// for itself.
    fn task_id(&self, kind: TaskKind, row: &Row, scene: &Scene<'_>) -> Id {
        let engine = &self.parts.engine;
        let today = engine.clock.now().date_naive();
        match (kind, scene.loaded.doubted_at) {
            (TaskKind::Confirm, Some(since)) => self.confirm_id(scene.loaded.contact.id, since, today),
            (TaskKind::Register | TaskKind::Review | TaskKind::Confirm, _) => {
                let text = format!("task|{kind:?}|{}|{today}", row.lane);
                Id(engine.keys.index(Purpose::Coordinate, text.as_bytes()).value)
            }
            _ => row.id,
        }
    }

    /// The work item of a day that asks who a contact is, in doubt since `since`. A later doubt has others: what was
    /// confirmed before says nothing about it.
    fn confirm_id(&self, contact: Id, since: Moment, day: NaiveDate) -> Id {
        let text = format!("task|confirm|{contact}|{}|{day}", since.timestamp_millis());
        Id(self.parts.engine.keys.index(Purpose::Coordinate, text.as_bytes()).value)
    }

    /// Every work item that may have asked so, of the last [`CONFIRM_DAYS`] days.
    pub(super) fn confirm_ids(&self, contact: Id, since: Moment) -> Vec<Id> {
        let today = self.parts.engine.clock.now().date_naive();
        let days = (0..CONFIRM_DAYS).map_while(|n| today.checked_sub_days(Days::new(n)));
        days.take_while(|day| *day >= since.date_naive())
            .map(|day| self.confirm_id(contact, since, day))
            .collect()
    }

    /// Ends a try of something nobody's lane waits for; `act` is said about it.
    async fn background(&self, row: &Row, done: bool, act: Act) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let clinic = row.errand.as_ref().map_or(0, |errand| errand.clinic);
        if done {
            return engine.conclude_free(row, clinic, act).await;
        }
        if row.attempts >= BACKGROUND_TRIES {
            tracing::error!("a work item or record could not be brought to the EHR");
            return engine.give_up(row, code::TOO_OFTEN).await;
        }
        let due = engine.clock.now() + wait(row.attempts, Duration::seconds(5));
        engine.postpone_with(row, due, code::NOT_SENT, clinic, act).await
    }
}

/// "Pending" was said when the answer was lost; what follows now is the truth or nothing.
fn without_pending(mut act: Act) -> Act {
    act.effects.retain(|effect| {
        !matches!(effect, Effect::Say(Say { content: Content::Pending, .. }) | Effect::Reconcile(_))
    });
    act
}
