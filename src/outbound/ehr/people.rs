//! Whose number is this?

use crate::domain::fact::{Fact, Person, Standing};
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::rest::Rest;
use crate::outbound::ehr::{Asking, phones};
use crate::phi::Phi;
use crate::wire::fhir::code::TelecomSystem;
use crate::wire::fhir::patient::{self, PatientView, Telecom};
use crate::wire::fhir::query;
use serde_json::Value;

/// Patients on one number at most: a family, not a call centre.
const MOST: usize = 50;

impl Rest {
    /// The patients a number belongs to, verified here: servers compare literally, and some answer too much.
    pub(super) async fn who(&self, asking: Asking<'_>) -> Result<Fact, Problem> {
        let Some(phone) = asking.phone else { return Ok(Fact::Who(vec![])) };
        let spellings = phones::spellings(phone);
        let any = query::any_of(spellings.iter().map(|spelling| spelling.reveal().as_str()));
        let home = &asking.clinic.country;
        let asked_for = |telecom: &Telecom| {
            spellings.contains(&telecom.value) || phones::same(phone, &telecom.value, home)
        };
        let fits = |value: &Value| match patient::view(value) {
            Ok(view) if view.telecoms.is_empty() => Fit::Odd,
            Ok(view) => Fit::of(view.telecoms.iter().any(asked_for)),
            Err(_) => Fit::Odd,
        };
        let found = self.client.look_up("Patient", &[("phone", &any)], MOST, fits).await?;
        let people = found.iter().filter_map(|value| self.person(value, phone, asking)).collect();
        Ok(Fact::Who(people))
    }

    fn person(&self, value: &Value, phone: &Phi<String>, asking: Asking<'_>) -> Option<Person> {
        let view = patient::view(value).ok()?;
        if !self.has_number(&view, phone, &asking.clinic.country) {
            return None;
        }
        let reference = view.id.clone().map(|id| format!("Patient/{id}"));
        let gone = *view.deceased.reveal() || view.replaced_by.is_some() || !view.active;
        let standing = if gone { Standing::Review } else { Standing::Active };
        Some(Person { digest: self.digest(&reference), reference, standing })
    }

    fn has_number(&self, view: &PatientView, phone: &Phi<String>, home: &str) -> bool {
        let now = self.clock.now();
        view.telecoms.iter().any(|telecom| {
            matches!(telecom.system, TelecomSystem::Phone | TelecomSystem::Sms)
                && telecom.is_current(now)
                && phones::same(phone, &telecom.value, home)
        })
    }

    /// The reference of the patient behind a digest, from what was answered before or asked again.
    pub(super) async fn patient(
        &self,
        digest: crate::seal::Digest8,
        asking: Asking<'_>,
    ) -> Result<Option<Phi<String>>, Problem> {
        use crate::domain::fact::Question;
        let asked;
        let fact = match asking.facts.get(Question::Who) {
            Some(known) => known,
            None => {
                asked = self.who(asking).await?;
                &asked
            }
        };
        let Fact::Who(people) = fact else { return Ok(None) };
        let person =
            people.iter().find(|person| person.digest == digest && person.standing == Standing::Active);
        Ok(person.map(|person| person.reference.clone()))
    }
}
