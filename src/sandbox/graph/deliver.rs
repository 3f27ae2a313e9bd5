//! Webhooks: signed, sent again until they get their 200, also after a restart.

use crate::sandbox::graph::GraphTwin;
use crate::sandbox::graph::state::Waiting;
use crate::wire::whatsapp::signature;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The first wait before sending again; Meta begins "at once" and slows down over hours.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How long the gateway is waited for.
const TIMEOUT: Duration = Duration::from_secs(20);

impl GraphTwin {
    /// Sends what waits, again and again, until `stop`.
    pub async fn deliver(&self, stop: CancellationToken) {
        let mut wait = FIRST_WAIT;
        while !stop.is_cancelled() {
            let waiting = self.state().waiting();
            let mut failed = false;
            for id in waiting {
                failed |= !self.try_now(id).await;
            }
            wait = if failed { (wait * 2).min(LONGEST_WAIT) } else { FIRST_WAIT };
            tokio::select! {
                () = self.inner.wake.notified(), if !failed => {}
                () = tokio::time::sleep(wait) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Sends one webhook; `true` when it got its 200, now or before.
    pub(super) async fn try_now(&self, id: u64) -> bool {
        let Some(Waiting { number, body }) = self.state().waits(id) else { return true };
        let terms = &self.inner.terms;
        let url = self.state().account.callback(&number).cloned().unwrap_or(terms.webhook_url.clone());
        let request = self
            .inner
            .client
            .post(url)
            .timeout(TIMEOUT)
            .header("content-type", "application/json")
            .header(signature::HEADER, signature::sign(terms.app_secret.as_bytes(), body.as_bytes()))
            .body(body);
        let accepted = request.send().await.is_ok_and(|response| response.status().as_u16() == 200);
        accepted && self.state().done(id).is_ok()
    }
}
