//! Work items and records in the EHR: both conditional on their identifier, so that a repeat changes nothing.

use crate::domain::decision::{Sent, TaskKind};
use crate::ids::Id;
use crate::outbound::ehr::client::Problem;
use crate::outbound::ehr::rest::Rest;
use crate::outbound::http::Method;
use crate::phi::Phi;
use crate::wire::fhir::{instant, query};

/// Where the codes of this file are defined: our own, under the booking system of the site.
const MEDIUM: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/communication-category";

impl Rest {
    /// Puts a work item where people look.
    pub(super) async fn task(
        &self,
        kind: TaskKind,
        id: Id,
        phone: Option<&Phi<String>>,
    ) -> Result<(), Problem> {
        let system = format!("{}/task", self.client.settings.booking_system);
        let value = id.to_string();
        let authored = instant::write(self.clock.now());
        let phone = phone.map(|phone| format!("+{}", phone.reveal()));
        let (code, description) = words(kind);
        let body = fhir_codec::task(&fhir_codec::Task {
            identifier: fhir_codec::Named { system: &system, value: &value },
            code,
            description,
            patient: None,
            authored_on: &authored,
            phone: phone.as_deref(),
        })
        .map_err(|_| Problem::NotFhir)?;
        self.create_once("Task", &system, &value, body).await
    }

    /// Records a message that was sent: what and when, never its text.
    pub(super) async fn communication(&self, sent: &Sent) -> Result<(), Problem> {
        let system = format!("{}/communication", self.client.settings.booking_system);
        let content_system = format!("{}/content", self.client.settings.booking_system);
        let value = sent.effect.to_string();
        let at = instant::write(sent.at);
        let body = fhir_codec::communication(&fhir_codec::Communication {
            identifier: fhir_codec::Named { system: &system, value: &value },
            category: fhir_codec::Coded { system: CATEGORY, code: "notification" },
            medium: fhir_codec::Coded { system: MEDIUM, code: "SMSWRIT" },
            content: fhir_codec::Coded { system: &content_system, code: sent.content.id() },
            patient: sent.patient.reveal(),
            recipient: sent.patient.reveal(),
            sent: &at,
        })
        .map_err(|_| Problem::NotFhir)?;
        self.create_once("Communication", &system, &value, body).await
    }

    /// Looks first, since `If-None-Exist` is not safe on every server; then creates under it all the same.
    async fn create_once(
        &self,
        kind: &str,
        system: &str,
        value: &str,
        body: Vec<u8>,
    ) -> Result<(), Problem> {
        let identifier = query::token(system, value);
        let known =
            self.client.search(&query::search(kind, &[("identifier", &identifier)]), 1).await?;
        if !known.matches.is_empty() {
            return Ok(());
        }
        let condition = query::conditions(&[("identifier", &identifier)]);
        let headers = vec![("if-none-exist", Phi::new(condition))];
        self.client.write(Method::Post, kind, headers, body).await.map(drop)
    }
}

/// What the front desk reads. Nothing clinical, nothing that was typed.
const fn words(kind: TaskKind) -> (&'static str, &'static str) {
    match kind {
        TaskKind::Person => ("talk-to-person", "WhatsApp: asks to talk to a person. Please call back."),
        TaskKind::Register => ("register", "WhatsApp: this number is on no record. Please link or register."),
        TaskKind::Review => {
            ("review-record", "WhatsApp: this number needs a check before appointments are shown.")
        }
        TaskKind::Unsettled => {
            ("unsettled", "WhatsApp: a request could not be settled. Please check the appointments.")
        }
        TaskKind::Death => ("death-told", "WhatsApp: somebody told that the patient died. Please check."),
        TaskKind::Alert => {
            ("urgent", "WhatsApp: urgent words were noticed and the emergency number was given. Please call.")
        }
    }
}
