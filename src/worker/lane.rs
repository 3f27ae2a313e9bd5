//! One contact's lane, strictly in order: what was left behind first, then the oldest thing heard.

use crate::domain::event::{Event, What};
use crate::engine::Facing;
use crate::store::StoreError;
use crate::store::inbox::Open;
use crate::store::lanes::{Claim, LEASE};
use crate::worker::Worker;
use crate::worker::facts::Scene;
use crate::worker::lease::{RENEW_EVERY, kept};

/// Dead-letter code of a row whose meaning does not open any more (`inbox.error`).
const UNSEALED: i16 = 31;
/// Dead-letter code of a row whose clinic left the configuration (`inbox.error`).
const NO_CLINIC: i16 = 32;
/// Dead-letter code of a row that no worker lived through (`inbox.error`).
const POISON: i16 = 34;
/// A row faced this often without being settled goes to the dead letters, so that its lane goes on.
const FACED: i16 = 5;

impl Worker {
    /// Works through a lane for a while, then gives it back.
    pub(super) async fn lane(&self, claim: Claim) -> Result<(), StoreError> {
        let renew = move || self.parts.engine.renew_lane(claim);
        kept(RENEW_EVERY, renew, Box::pin(self.lane_held(claim))).await
    }

    async fn lane_held(&self, claim: Claim) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let until = engine.clock.now() + LEASE / 3;
        loop {
            match engine.face(claim).await? {
                Facing::Effect(row) => self.left_behind(claim, *row).await?,
                Facing::Heard(open) => self.turn(claim, *open).await?,
                Facing::Nothing => break,
            }
            if engine.clock.now() > until {
                break;
            }
        }
        engine.release(claim).await
    }

    /// One turn: mark as read, decide, settle, act, answer.
    async fn turn(&self, claim: Claim, open: Open) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        if open.attempts > FACED {
            tracing::error!("a message was given up after {FACED} tries");
            return engine.bury(claim, open.id, POISON).await;
        }
        let Some(meaning) = open.meaning else { return engine.bury(claim, open.id, UNSEALED).await };
        let Some(clinic) = engine.clinic(meaning.clinic) else {
            return engine.bury(claim, open.id, NO_CLINIC).await;
        };
        let appointment = match &meaning.what {
            What::AppointmentChanged(news) => Some(news.reference.clone()),
            _ => None,
        };
        let loaded = engine.contact(claim.lane, clinic.no, appointment).await?;
        self.courtesy(open.id, clinic.phone_number_id.clone());
        let mut scene = self.scene(clinic, loaded);
        let event = Event {
            id: open.id,
            clinic: clinic.no,
            said_at: meaning.said_at,
            heard_at: open.heard_at,
            what: meaning.what,
        };
        let mut act = self.decided(&event, &mut scene).await?;
        act.changes.doubt_since = scene.loaded.doubted_at;
        let (locale, doubted) = (act.changes.locale, act.changes.doubted);
        let rows = engine.settle(claim, open.id, clinic.no, act).await?;
        scene.loaded.contact.locale = locale.or(scene.loaded.contact.locale);
        scene.loaded.contact.doubted = doubted.unwrap_or(scene.loaded.contact.doubted);
        self.perform_all(claim, rows, &mut scene).await
    }

    /// Read mark and typing sign, beside the turn and at most once.
    fn courtesy(&self, row: crate::ids::Id, number: String) {
        let Some(wamid) = self.parts.engine.take_read_mark(row) else { return };
        let worker = self.clone();
        self.load.tasks.spawn(async move { worker.parts.graph.read_and_typing(&number, &wamid).await });
    }

    pub(super) async fn perform_all(
        &self,
        claim: Claim,
        rows: Vec<crate::store::outbox::Row>,
        scene: &mut Scene<'_>,
    ) -> Result<(), StoreError> {
        // An effect may lead to more (a booking to its confirmation): first in, first done.
        let mut queue = std::collections::VecDeque::from(rows);
        while let Some(row) = queue.pop_front() {
            queue.extend(self.perform(claim, row, scene).await?);
        }
        Ok(())
    }
}
