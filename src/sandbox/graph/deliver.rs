//! Webhooks: signed, sent again until they get their 200, also after a restart.

use crate::sandbox::graph::GraphTwin;
use crate::sandbox::graph::state::Waiting;
use crate::sandbox::traffic::{self, Peer};
use crate::wire::whatsapp::signature;
use serde_json::Value;
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
        let what = format!("POST /webhooks/whatsapp {}", about(&body));
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
        let call = self.inner.traffic.begin(Peer::Webhook, &what);
        let Ok(response) = request.send().await else { return false };
        let status = response.status().as_u16();
        call.answered(status);
        status == 200 && self.state().done(id).is_ok()
    }
}

/// What a webhook tells, in a word or two: never the text of a message.
fn about(body: &str) -> String {
    let webhook: Value = serde_json::from_str(body).unwrap_or_default();
    let value = &webhook["entry"][0]["changes"][0]["value"];
    let status = value["statuses"][0]["status"].as_str();
    status.map_or_else(|| traffic::kind(&value["messages"][0]), str::to_owned)
}
