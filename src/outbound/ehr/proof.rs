//! Whose record is it? Somebody's answers against the EHR: a search for the file number, everything verified here, and
//! `$match` where the server has it. Whatever is wrong, the same is asked, so that the time taken tells nothing.

use crate::clock::Moment;
use crate::domain::fact::{Person, Standing};
use crate::domain::proof::{Claim, Proof};
use crate::outbound::ehr::Asking;
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::rest::Rest;
use crate::outbound::http::Method;
use crate::phi::Phi;
use crate::wire::fhir::matching::{self, Wanted};
use crate::wire::fhir::outcome::Refusal;
use crate::wire::fhir::patient::{self, PatientView};
use crate::wire::fhir::{human_name, query};
use chrono::Duration;
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

/// Records with one file number at most: the same number under several identifier systems.
const MOST: usize = 20;
/// A server that refused `$match` as such is asked again after so long.
const REST: Duration = Duration::hours(1);

/// Whether the server has `$match`. HAPI without an index of persons answers 400, "not supported".
#[derive(Debug, Default)]
pub(in crate::outbound) struct Matching(Mutex<Option<Moment>>);

impl Matching {
    fn rests(&self, now: Moment) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|until| now < until)
    }

    fn rest(&self, now: Moment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now + REST);
    }
}

impl Rest {
    /// The one record that fits a claim and may be acted on; a merged record leads to the one that took its place.
    pub(super) async fn prove(&self, claim: &Claim, asking: Asking<'_>) -> Result<Option<Proof>, Problem> {
        let (by_number, matched) =
            futures_util::future::join(self.by_file_number(claim), self.by_match(claim)).await;
        let mut fitting = by_number?;
        if fitting.is_empty() {
            fitting = matched?;
        }
        let mut proved: Option<(Person, bool)> = None;
        for (value, view) in fitting {
            let on_record = asking
                .caller
                .phone
                .is_some_and(|phone| self.has_number(&view.telecoms, phone, &asking.clinic.country));
            let Some(person) = self.proved(value).await? else { continue };
            match &mut proved {
                None => proved = Some((person, on_record)),
                Some((known, on)) if known.digest == person.digest => *on |= on_record,
                // Two people with these answers: which of them it is cannot be known here.
                Some(_) => return Ok(None),
            }
        }
        Ok(proved
            .filter(|(person, _)| person.standing == Standing::Active)
            .map(|(person, on_record)| Proof { reference: person.reference, on_record }))
    }

    /// Records with the file number, under any identifier system and in any spelling, that fit the rest.
    async fn by_file_number(&self, claim: &Claim) -> Result<Vec<(Value, PatientView)>, Problem> {
        let spellings = claim.spellings();
        let any = query::any_of(spellings.iter().map(|spelling| spelling.reveal().as_str()));
        // What does not fit is no fault of the server's here: some search by weight, and nobody is to learn from it.
        let found = self.client.look_up("Patient", &[("identifier", &any)], MOST, |_| Fit::Yes).await?;
        Ok(fitting(found, claim, |view| view.identifiers.iter().any(|it| claim.is_number(&it.value))))
    }

    /// The record that the server itself is certain of. Servers weigh differently, so name and birth date are verified
    /// all the same; the number may be spelt as only the server knows.
    async fn by_match(&self, claim: &Claim) -> Result<Vec<(Value, PatientView)>, Problem> {
        let now = self.clock.now();
        if self.matching.rests(now) {
            return Ok(vec![]);
        }
        let wanted = Wanted { name: &claim.name, birth: &claim.birth, number: &claim.record };
        let body = matching::ask(wanted).map(String::into_bytes).into_revealed();
        let answer = match self.client.write(Method::Post, matching::PATH, vec![], body).await {
            Ok(answer) => serde_json::from_slice(answer.body.reveal()).ok(),
            // None that is certain (Epic 59013), or a server that says so when it has no such operation.
            Err(Problem::Refused(Refusal::NotFound)) => return Ok(vec![]),
            Err(Problem::Refused(Refusal::Invalid | Refusal::Auth)) => None,
            Err(problem) => return Err(problem),
        };
        let certain = answer.and_then(|answer: Value| matching::certain(&answer).ok());
        let Some(certain) = certain else {
            tracing::info!("the EHR has no Patient/$match for us");
            self.matching.rest(now);
            return Ok(vec![]);
        };
        let alone = certain.len() == 1;
        Ok(fitting(certain, claim, |_| alone))
    }
}

/// The records whose name and birth date are those of the claim. Each is looked at as a whole, whatever does not fit.
fn fitting(
    found: Vec<Value>,
    claim: &Claim,
    also: impl Fn(&PatientView) -> bool,
) -> Vec<(Value, PatientView)> {
    let views = found.into_iter().filter_map(|value| {
        let view = patient::view(&value).ok()?;
        let names: Vec<Phi<String>> = human_name::names(&value);
        let fits = claim.fits(view.birth_date.as_ref(), &names) & also(&view);
        fits.then_some((value, view))
    });
    views.collect()
}
