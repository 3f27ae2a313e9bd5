//! `GET /calendar/{token}`: an appointment as a file for somebody's calendar, as the EHR has it at this moment. Opening
//! the address changes nothing, however often.

use crate::domain::fact::{Fact, Facts, Question};
use crate::domain::invitation::{self, Invitation};
use crate::engine::Visitor;
use crate::phi::Phi;
use crate::web::identify::EXPIRED;
use crate::web::look::{Answer, View};
use crate::web::{CALENDAR, Pages, path, token};
use crate::wire::icalendar::{self, Event};
use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use metrics::counter;

const DOWN: Answer =
    Answer { status: StatusCode::SERVICE_UNAVAILABLE, id: "page-cal-down", icon: "pause", tone: "" };

/// Mounts the page.
pub fn routes(config: &mut ServiceConfig) {
    config.route(&path(CALENDAR), get().to(show));
}

async fn show(pages: Data<Pages>, request: HttpRequest) -> HttpResponse {
    let nobody = || pages.nobodys_view(&request);
    match pages.engine.visitor(CALENDAR, token(&request)).await {
        Ok(Some(visitor)) if !visitor.contact.doubted => {
            let view = pages.view(&visitor, &request).unwrap_or_else(nobody);
            pages.file(visitor, &view).await.unwrap_or_else(|answer| pages.look.answer(&nobody(), answer))
        }
        Ok(_) => pages.look.answer(&nobody(), EXPIRED),
        Err(error) => {
            tracing::error!(%error, "a page could not be looked up");
            pages.look.answer(&nobody(), DOWN)
        }
    }
}

impl Pages {
    async fn file(&self, visitor: Visitor, view: &View) -> Result<HttpResponse, Answer> {
        let at = visitor.token.tap.at;
        let question = Question::Visit(at.patient, at.appointment);
        // Who it is for is asked first: how much may be said depends on it.
        let facts = (self.doors.ask)(visitor.clone(), vec![Question::Who, question]).await;
        let invitation = self.invitation(&visitor, &facts, question)?;
        counter!("wasl_calendar_files_total").increment(1);
        let text = self.written(&invitation, view);
        let headers = ("content-disposition", "attachment; filename=\"appointment.ics\"");
        Ok(self
            .look
            .guarded(StatusCode::OK)
            .content_type("text/calendar; charset=utf-8; method=PUBLISH")
            .insert_header(headers)
            .body(text.into_revealed()))
    }

    fn invitation(&self, visitor: &Visitor, facts: &Facts, question: Question) -> Result<Invitation, Answer> {
        let visit = match (facts.get(Question::Who), facts.get(question)) {
            (Some(Fact::Trouble(_)), _) | (_, Some(Fact::Trouble(_)) | None) => return Err(DOWN),
            (_, Some(Fact::Visit(Some(visit)))) => visit,
            _ => return Err(EXPIRED),
        };
        let context = visitor.context(&self.engine, facts).ok_or(EXPIRED)?;
        invitation::of(visit, &context).ok_or(EXPIRED)
    }

    fn written(&self, invitation: &Invitation, view: &View) -> Phi<String> {
        icalendar::file(&Event {
            uid: &format!("{}@wasl", invitation.name),
            stamp: self.engine.clock.now(),
            start: &invitation.start,
            end: invitation.end.as_ref(),
            summary: &self.texts.filled(view.locale, "page-cal-summary", &view.house),
            location: invitation.place.as_ref(),
            language: view.locale.code(),
        })
    }
}
