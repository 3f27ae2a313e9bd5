//! Whose number is this? The records that hold it, the patients somebody with it acts for, and those a contact proved
//! to be; merged records are followed, families come oldest first.

use crate::clock::Moment;
use crate::domain::decision::Outcome;
use crate::domain::fact::{Fact, Person, Proxy, Question, Sex, Standing};
use crate::outbound::ehr::client::Problem;
use crate::outbound::ehr::rest::{Failed, Rest, is};
use crate::outbound::ehr::{Asking, phones};
use crate::phi::Phi;
use crate::seal::Purpose;
use crate::wire::fhir::code::{AdministrativeGender, TelecomSystem};
use crate::wire::fhir::outcome::Refusal;
use crate::wire::fhir::patient::{self, PatientView, Telecom};
use crate::wire::fhir::{author, query, related_person};
use serde_json::Value;

/// Patients on one number at most: a family, not a call centre.
const MOST: usize = 50;
/// A merged record leads to the next at most so many times (`fhir.md` §5).
const HOPS: usize = 5;

impl Rest {
    /// The patients a contact may be or act for, verified here: servers compare literally, and some answer too much.
    pub(super) async fn who(&self, asking: Asking<'_>) -> Result<Fact, Problem> {
        let (own, related) =
            futures_util::future::join(self.by_number(asking), self.by_relation(asking)).await;
        let (mut people, related) = (own?, related?);
        for (reference, proxy) in related {
            self.add(&mut people, &reference, Basis::Proxy(proxy)).await?;
        }
        for reference in asking.caller.proved {
            self.add(&mut people, reference, Basis::Proved).await?;
        }
        // Oldest first; a record without a birth date comes last. The digest keeps twins in one order.
        people
            .sort_by_key(|person| (person.birth.reveal().is_none(), *person.birth.reveal(), person.digest.0));
        Ok(Fact::Who(people))
    }

    async fn by_number(&self, asking: Asking<'_>) -> Result<Vec<Person>, Problem> {
        let mut people = vec![];
        let Some(phone) = asking.caller.phone else { return Ok(people) };
        for value in self.search_number("Patient", phone).await? {
            let Ok(view) = patient::view(&value) else { continue };
            if self.has_number(&view.telecoms, phone, &asking.clinic.country) {
                let person = self.followed(value, Basis::Own).await?;
                join(&mut people, person);
            }
        }
        Ok(people)
    }

    /// The patients whom somebody with this number acts for, each with the role.
    async fn by_relation(&self, asking: Asking<'_>) -> Result<Vec<(Phi<String>, Proxy)>, Problem> {
        let Some(phone) = asking.caller.phone else { return Ok(vec![]) };
        let found = match self.search_number("RelatedPerson", phone).await {
            // A server without RelatedPerson names nobody.
            Err(Problem::Refused(Refusal::NotFound | Refusal::Invalid | Refusal::Auth)) => return Ok(vec![]),
            other => other?,
        };
        let now = self.clock.now();
        let views = found.iter().filter_map(|value| related_person::view(value).ok());
        let current = views.filter(|view| {
            view.is_current(now) && self.has_number(&view.telecoms, phone, &asking.clinic.country)
        });
        Ok(current
            .map(|view| (view.patient, if view.parent { Proxy::Parent } else { Proxy::Other }))
            .collect())
    }

    async fn search_number(&self, kind: &str, phone: &Phi<String>) -> Result<Vec<Value>, Problem> {
        let spellings = phones::spellings(phone);
        let any = query::any_of(spellings.iter().map(|spelling| spelling.reveal().as_str()));
        self.client.search(kind, &[("phone", &any), ("_count", "50")], MOST).await
    }

    /// Adds a patient by reference, or what is known of one that is there.
    async fn add(
        &self,
        people: &mut Vec<Person>,
        reference: &Phi<String>,
        basis: Basis,
    ) -> Result<(), Problem> {
        let digest = self.digest(reference);
        if let Some(known) = people.iter_mut().find(|person| person.digest == digest) {
            basis.note(known);
            return Ok(());
        }
        match self.client.read(reference.reveal()).await {
            Ok(value) => {
                let person = self.followed(value, basis).await?;
                join(people, person);
                Ok(())
            }
            Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// The person behind a record; a merged record leads on to the one that took its place.
    async fn followed(&self, value: Value, basis: Basis) -> Result<Option<Person>, Problem> {
        let mut value = value;
        let mut seen: Vec<String> = vec![];
        loop {
            let Ok(view) = patient::view(&value) else { return Ok(None) };
            let next = view.replaced_by.as_ref().map(|next| next.reveal().clone());
            let Some(next) = next.filter(|next| seen.len() < HOPS && !seen.contains(next)) else {
                return Ok(Some(self.person(&view, basis)));
            };
            value = match self.client.read(&next).await {
                Ok(value) => value,
                Err(Problem::Refused(Refusal::NotFound | Refusal::Gone)) => {
                    return Ok(Some(self.person(&view, basis)));
                }
                Err(problem) => return Err(problem),
            };
            seen.push(next);
        }
    }

    fn person(&self, view: &PatientView, basis: Basis) -> Person {
        let reference = view.id.clone().map(|id| format!("Patient/{id}"));
        let gone = *view.deceased.reveal() || view.replaced_by.is_some() || !view.active;
        let mut person = Person {
            digest: self.digest(&reference),
            reference,
            standing: if gone { Standing::Review } else { Standing::Active },
            birth: Phi::new(view.birth_date.as_ref().map(|birth| *birth.reveal())),
            sex: view.gender.clone().map(|gender| sex(&gender)),
            own: false,
            proxy: None,
            proved: false,
        };
        basis.note(&mut person);
        person
    }

    fn has_number(&self, telecoms: &[Telecom], phone: &Phi<String>, home: &str) -> bool {
        let now: Moment = self.clock.now();
        telecoms.iter().any(|telecom| {
            matches!(telecom.system, TelecomSystem::Phone | TelecomSystem::Sms)
                && telecom.is_current(now)
                && phones::same(phone, &telecom.value, home)
        })
    }

    /// A record for a number that has none. Conditional on an identifier made from the number, so that a repeat, and
    /// another contact with the same number, find the first.
    pub(super) async fn register(&self, asking: Asking<'_>) -> Result<(), Failed> {
        let phone = asking.caller.phone.ok_or_else(|| is(Outcome::Refused))?;
        let (system, value) = self.record_name(phone);
        let number = phone.clone().map(|digits| format!("+{digits}"));
        let body = author::patient(&system, &value, &number).map_err(|_| is(Outcome::Refused))?;
        Ok(self.create_once("Patient", &system, &value, body).await?)
    }

    /// The record that [`Rest::register`] made, if it did.
    pub(super) async fn registered(&self, asking: Asking<'_>) -> Result<Option<Person>, Problem> {
        let Some(phone) = asking.caller.phone else { return Ok(None) };
        let (system, value) = self.record_name(phone);
        let identifier = query::token(&system, &value);
        let found = self.client.search("Patient", &[("identifier", &identifier)], 1).await?;
        match found.into_iter().next() {
            Some(value) => self.followed(value, Basis::Own).await,
            None => Ok(None),
        }
    }

    fn record_name(&self, phone: &Phi<String>) -> (String, String) {
        let system = format!("{}/patient", self.client.settings.booking_system);
        let index = self.keys.index(Purpose::Phone, phone.reveal().as_bytes());
        (system, data_encoding::HEXLOWER.encode(&index.value))
    }

    /// The reference of the patient behind a digest, from what was answered before or asked again.
    pub(super) async fn patient(
        &self,
        digest: crate::seal::Digest8,
        asking: Asking<'_>,
    ) -> Result<Option<Phi<String>>, Problem> {
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

/// Why a patient belongs to a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Basis {
    /// The number is on the record.
    Own,
    /// Somebody with the number acts for them.
    Proxy(Proxy),
    /// Proved on the secure page.
    Proved,
}

impl Basis {
    const fn note(self, person: &mut Person) {
        match self {
            Self::Own => person.own = true,
            Self::Proxy(proxy) => person.proxy = Some(proxy),
            Self::Proved => person.proved = true,
        }
    }
}

/// Two records that were merged into one are one person.
fn join(people: &mut Vec<Person>, person: Option<Person>) {
    let Some(person) = person else { return };
    match people.iter_mut().find(|known| known.digest == person.digest) {
        None => people.push(person),
        Some(known) => {
            known.own |= person.own;
            known.proved |= person.proved;
            known.proxy = known.proxy.or(person.proxy);
        }
    }
}

const fn sex(gender: &AdministrativeGender) -> Option<Sex> {
    match gender {
        AdministrativeGender::Female => Some(Sex::Female),
        AdministrativeGender::Male => Some(Sex::Male),
        _ => None,
    }
}
