//! A message: compose from what the EHR says now, render, send, record.

use crate::domain::decision::Say;
use crate::domain::outcome::withheld;
use crate::engine::{Alarm, SentNote};
use crate::outbound::say::{Addressee, Unsayable};
use crate::outbound::whatsapp::{Sending, code};
use crate::store::StoreError;
use crate::store::outbox::Row;
use crate::worker::Worker;
use crate::worker::facts::Scene;
use crate::worker::retry::{SAY_TRIES, wait};
use chrono::Duration;
use metrics::counter;

impl Worker {
    /// Says one thing, now. What cannot go out now is put off and is free from then on.
    pub(super) async fn say(&self, row: Row, say: Say, scene: &mut Scene<'_>) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        if row.attempts > SAY_TRIES {
            return self.untold(&row, say.content, code::TOO_OFTEN).await;
        }
        if row.errand.as_ref().is_some_and(|errand| errand.is_stale(engine.clock.now())) {
            counter!("wasl_messages_too_late_total").increment(1);
            return engine.give_up(&row, code::TOO_LATE).await;
        }
        let Some(turn) = self.composed(say, scene).await? else {
            return engine.give_up(&row, code::BUG).await;
        };
        // The EHR may have taken its time: whose address it is, and whether it is theirs, is asked last.
        scene.renew(engine.contact(row.lane, scene.clinic.no, None).await?);
        if scene.loaded.contact.doubted && say.is_personal() {
            return self.withheld(&row, say, scene).await;
        }
        let Some(address) = scene.loaded.address.clone() else {
            return self.untold(&row, say.content, code::NO_ADDRESS).await;
        };
        let now = engine.clock.now();
        let to = Addressee {
            contact: &scene.loaded.contact,
            address: &address,
            window_end: scene.loaded.window_end,
            identity: scene.loaded.identity.as_ref(),
        };
        let rendered = self.parts.speaker.render(&turn, scene.clinic, to, row.id, now);
        let message = match rendered {
            Ok(message) => message,
            Err(Unsayable::NoTemplate) => {
                return self.untold(&row, turn.say.content, code::NO_TEMPLATE).await;
            }
            Err(Unsayable::NoPage) => {
                tracing::error!("a message would link to a page that is not configured");
                return engine.give_up(&row, code::BUG).await;
            }
            Err(Unsayable::Limit(broken)) => {
                // Which content it was stays unsaid: beside the time and the row it would tell about a person.
                tracing::error!(%broken, "a message breaks a limit of Meta's");
                return engine.give_up(&row, code::BUG).await;
            }
        };
        let number = &scene.clinic.phone_number_id;
        let sending = self.parts.graph.send(number, row.lane.0, &message).await;
        let patient = turn.patient.clone().filter(|_| scene.clinic.booking.write_back);
        let note = SentNote { say: turn.say, wamid: None, clinic: scene.clinic.no, write_back: patient };
        if sending == Sending::SomebodyElse {
            engine.somebody_else(row.lane, scene.clinic.no).await?;
            scene.loaded.contact.doubted = true;
            return self.withheld(&row, say, scene).await;
        }
        self.traffic(&scene.clinic.phone_number_id, &sending);
        self.ended(row, note, sending).await
    }

    /// A message about a patient that somebody else might read does not go out.
    async fn withheld(&self, row: &Row, say: Say, scene: &Scene<'_>) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        let act = withheld(say, &scene.loaded.contact);
        engine.give_up_with(row, code::SOMEBODY_ELSE, scene.clinic.no, act).await
    }

    /// Whether a number's messages are taken.
    fn traffic(&self, number: &str, sending: &Sending) {
        let engine = &self.parts.engine;
        match sending {
            Sending::Accepted(_) => engine.alarms().clear(Alarm::Sending, number),
            Sending::Halted(_) => engine.alarms().raise(Alarm::Sending, number, engine.clock.now()),
            _ => {}
        }
    }

    async fn ended(&self, row: Row, note: SentNote, sending: Sending) -> Result<(), StoreError> {
        let engine = &self.parts.engine;
        match sending {
            Sending::Accepted(wamid) => {
                counter!("wasl_messages_sent_total").increment(1);
                engine.sent(row, SentNote { wamid: Some(wamid), ..note }).await
            }
            Sending::Later(floor) => {
                let due = engine.clock.now() + wait(row.attempts, floor);
                engine.postpone(&row, due, code::NOT_SENT).await
            }
            Sending::Halted(rest) => engine.halt(&row, engine.clock.now() + rest, code::HALTED).await,
            Sending::Unknown => self.in_doubt(&row, note.say.content).await,
            Sending::Retemplate => {
                engine.window_closed(row.lane, note.clinic).await?;
                let due = engine.clock.now() + wait(row.attempts, Duration::zero());
                engine.postpone(&row, due, code::NOT_SENT).await
            }
            Sending::SomebodyElse => self.untold(&row, note.say.content, code::SOMEBODY_ELSE).await,
            Sending::Never(error) => {
                tracing::warn!(error, "a message will never go out");
                self.untold(&row, note.say.content, error).await
            }
        }
    }
}
