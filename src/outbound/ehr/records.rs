//! Work items and records in the EHR: both conditional on their identifier, so that a repeat changes nothing.

use crate::domain::decision::{Sent, TaskKind};
use crate::ids::Id;
use crate::outbound::ehr::Item;
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::rest::Rest;
use crate::outbound::http::Method;
use crate::phi::Phi;
use crate::wire::fhir::author::{self, Category, Help, Work};
use crate::wire::fhir::{appointment, edit, query};
use serde_json::Value;

impl Rest {
    /// Puts a work item where people look.
    pub(super) async fn task(&self, item: Item<'_>) -> Result<(), Problem> {
        let system = self.tasks();
        let id = item.id.to_string();
        let phone = item.phone.map(|phone| phone.clone().map(|digits| format!("+{digits}")));
        let body = author::help(&Help {
            system: &system,
            id: &id,
            work: work(item.kind),
            patient: item.visit.map(|visit| &visit.patient_reference),
            focus: item.visit.map(|visit| &visit.reference),
            at: self.clock.now(),
            phone: phone.as_ref(),
            when: item.when,
        })
        .map_err(|_| Problem::NotFhir)?;
        self.create_once("Task", &system, &id, body).await
    }

    /// Takes a work item back, unless somebody has taken it up meanwhile.
    pub(super) async fn withdraw(&self, id: Id) -> Result<(), Problem> {
        let identifier = query::token(&self.tasks(), &id.to_string());
        let (system, value) = (self.tasks(), id.to_string());
        let fits = |found: &Value| named(found, &system, &value);
        let found = self.client.look_up("Task", &[("identifier", &identifier)], 1, fits).await?;
        let open = found.first().filter(|task| task["status"] == "requested");
        let Some(id) = open.and_then(|task| task["id"].as_str()) else { return Ok(()) };
        let path = format!("Task/{id}");
        let task = self.client.raw(&path).await?;
        let body = edit::withdraw(task.text.reveal()).map_err(|_| Problem::NotFhir)?;
        self.client.put(&path, body, &task.etag).await
    }

    /// Whether people completed one of these work items: what it asked for was done.
    pub(super) async fn completed(&self, ids: &[Id]) -> Result<bool, Problem> {
        if ids.is_empty() {
            return Ok(false);
        }
        let system = self.tasks();
        let any: Vec<String> = ids.iter().map(|id| query::token(&system, &id.to_string())).collect();
        let ours = |found: &Value| {
            let fits = |id: &Id| named(found, &system, &id.to_string());
            ids.iter().map(fits).find(|fit| *fit == Fit::Yes).unwrap_or(Fit::No)
        };
        let any = any.join(",");
        let found = self.client.look_up("Task", &[("identifier", &any)], ids.len(), ours).await?;
        Ok(found.iter().any(|task| task["status"] == "completed"))
    }

    fn tasks(&self) -> String {
        format!("{}/task", self.client.settings.booking_system)
    }

    /// Records a message that was sent: what and when, never its text.
    pub(super) async fn communication(&self, sent: &Sent) -> Result<(), Problem> {
        let system = format!("{}/communication", self.client.settings.booking_system);
        let contents = format!("{}/content", self.client.settings.booking_system);
        let id = sent.effect.to_string();
        let body = author::sent(&author::Sent {
            system: &system,
            id: &id,
            contents: &contents,
            content: &Phi::new(sent.content.id().to_owned()),
            category: Category::Notification,
            patient: &sent.patient,
            recipient: &sent.patient,
            at: sent.at,
        })
        .map_err(|_| Problem::NotFhir)?;
        self.create_once("Communication", &system, &id, body).await
    }

    /// Looks first, since `If-None-Exist` is not safe on every server; then creates under it all the same.
    pub(super) async fn create_once(
        &self,
        kind: &str,
        system: &str,
        value: &str,
        body: String,
    ) -> Result<(), Problem> {
        let identifier = query::token(system, value);
        let fits = |found: &Value| named(found, system, value);
        let known = self.client.look_up(kind, &[("identifier", &identifier)], 1, fits).await?;
        if !known.is_empty() {
            return Ok(());
        }
        let condition = query::conditions(&[("identifier", &identifier)]);
        let headers = vec![("if-none-exist", Phi::new(condition))];
        self.client.write(Method::Post, kind, headers, body.into_bytes()).await.map(drop)
    }
}

/// Whether a resource belongs to the answer of a search for an identifier.
pub(super) fn named(found: &Value, system: &str, value: &str) -> Fit {
    match appointment::has_identifier(found, system, value) {
        true => Fit::Yes,
        // One of another search has another identifier; one with none is an oddity.
        false if found.get("identifier").is_some() => Fit::No,
        false => Fit::Odd,
    }
}

const fn work(kind: TaskKind) -> Work {
    match kind {
        TaskKind::Person => Work::Person,
        TaskKind::Register | TaskKind::Review => Work::Identify,
        TaskKind::Unsettled => Work::Check,
        TaskKind::Death => Work::Death,
        TaskKind::Alert => Work::Urgent,
        TaskKind::Callback | TaskKind::CallbackOff => Work::Callback,
        TaskKind::Late => Work::Late,
        TaskKind::WrongNumber => Work::Number,
        TaskKind::Confirm => Work::Confirm,
    }
}
