//! The account at Meta, looked at once a day and after every warning: alarms before they stop the clinic.

use crate::domain::clinic::Clinic;
use crate::engine::Alarm;
use crate::outbound::account::TokenTrouble;
use crate::worker::Worker;
use std::collections::BTreeMap;

/// What an alarm about the whole account is about.
const ACCOUNT: &str = "meta";

impl Worker {
    /// Asks Meta how token, numbers and templates stand, and sets the alarms by it.
    pub(super) async fn look_at_account(&self) {
        self.parts.engine.alarms().lapse(self.parts.engine.clock.now());
        if let Err(problem) = self.looked().await {
            tracing::warn!(problem, "Meta cannot be asked how the account stands");
            self.parts.engine.alarms().raise(Alarm::Unknown, ACCOUNT, self.parts.engine.clock.now());
            self.parts.engine.retry_account_look();
            return;
        }
        self.parts.engine.alarms().clear(Alarm::Unknown, ACCOUNT);
    }

    async fn looked(&self) -> Result<(), String> {
        let (engine, graph) = (&self.parts.engine, &self.parts.graph);
        let now = engine.clock.now();
        let token = graph.token(now).await?;
        engine.alarms().set(Alarm::Token, &token.map(in_words).into_iter().collect::<Vec<_>>(), now);
        if token == Some(TokenTrouble::Invalid) {
            // Nothing else can be asked with it.
            return Ok(());
        }
        let (mut disliked, mut held) = (vec![], vec![]);
        for clinic in engine.clinics.iter() {
            let number = graph.number(&clinic.phone_number_id).await?;
            let shown = number.display.clone().unwrap_or_else(|| clinic.phone_number_id.clone());
            disliked.extend(number.is_disliked().then(|| shown.clone()));
            held.extend(number.is_held_back().then_some(shown));
        }
        engine.alarms().set(Alarm::Quality, &disliked, now);
        engine.alarms().set(Alarm::Health, &held, now);
        let mut unfit = vec![];
        for (waba, clinics) in accounts(&engine.clinics) {
            unfit.extend(graph.unfit(waba, &clinics).await?.into_iter().map(|it| it.template));
        }
        engine.alarms().set(Alarm::Template, &unfit, now);
        Ok(())
    }
}

/// The clinics of each business account.
fn accounts(clinics: &[Clinic]) -> BTreeMap<&str, Vec<&Clinic>> {
    let mut all: BTreeMap<&str, Vec<&Clinic>> = BTreeMap::new();
    for clinic in clinics {
        all.entry(&clinic.waba_id).or_default().push(clinic);
    }
    all
}

fn in_words(trouble: TokenTrouble) -> String {
    match trouble {
        TokenTrouble::Invalid => "not accepted".to_owned(),
        TokenTrouble::MayNotSend => "may not send messages".to_owned(),
        TokenTrouble::Ends(at) => format!("ends {}", at.format("%Y-%m-%d")),
    }
}
