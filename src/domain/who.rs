//! Who is this for? Phone to patient, families on one number, children and who acts for them, numbers without a record.

use crate::domain::clinic::{ActingFor, Identify, Identity, Locale, WithoutRecord};
use crate::domain::context::{Context, Found, plain};
use crate::domain::decision::{Act, AuditFact, Decision, Effect, Say, TaskKind, Write, WriteKind};
use crate::domain::fact::{Fact, Person, Proxy, Question, Standing};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step};
use crate::domain::{booking, calendar};
use chrono::{Datelike, NaiveDate};
use std::ops::ControlFlow;

/// People on a list at most, with a row for "a person" (Cloud API: ten rows). A larger family goes to a person.
pub const MOST: usize = 8;

impl<'a> Context<'a> {
    /// The patient that `step` is for: the only one of this contact, the one that `about` names, or the question who.
    pub fn patient(&self, step: Step, about: Coords) -> Found<&'a Person> {
        let people = self.people(step, about)?;
        let known: Vec<&Person> = people.iter().filter(|person| self.may_act(person)).collect();
        match known.as_slice() {
            [] if people.is_empty() => ControlFlow::Break(unknown(step, about, self)),
            [] => ControlFlow::Break(review()),
            // A tap made for one patient never acts for another who has the number now.
            _ if !about.patient.is_nil() => known
                .into_iter()
                .find(|person| person.digest == about.patient)
                .map_or_else(|| ControlFlow::Break(review()), ControlFlow::Continue),
            [one] => ControlFlow::Continue(one),
            many if many.len() > MOST => ControlFlow::Break(review()),
            _ => ControlFlow::Break(Decision::say(Say { step, about, ..plain(Content::Who) })),
        }
    }

    /// Everyone this contact may be, or act for.
    fn people(&self, step: Step, about: Coords) -> Found<&'a [Person]> {
        if self.contact.doubted {
            self.ask(Question::Vouched, step, about)?;
            if !self.is_vouched_for() {
                return ControlFlow::Break(doubted(self));
            }
        }
        if !self.contact.has_phone && !self.contact.proved {
            return ControlFlow::Break(Decision::say(Say { step, about, ..plain(Content::IdNumber) }));
        }
        match self.ask(Question::Who, step, about)? {
            Fact::Who(people) => ControlFlow::Continue(people),
            _ => ControlFlow::Break(Decision::nothing()),
        }
    }

    /// Whether this contact may act for a patient: their own record, or one they have a mandate for.
    pub fn may_act(&self, person: &Person) -> bool {
        let minor = self.age(person).is_some_and(|age| age < i32::from(self.clinic.identity.majority));
        person.standing == Standing::Active && mandated(person, minor, self.clinic.identity)
    }

    /// Completed years, where the record has a birth date.
    pub fn age(&self, person: &Person) -> Option<i32> {
        let birth = (*person.birth.reveal())?;
        Some(years(birth, calendar::local(self.now, self.clinic.zone).date()))
    }

    /// The neutral label of a patient on a number with several: their place from oldest to youngest.
    pub fn label(&self, patient: crate::seal::Digest8) -> Option<String> {
        let Some(Fact::Who(people)) = self.facts.get(Question::Who) else { return None };
        let known: Vec<&Person> = people.iter().filter(|person| self.may_act(person)).collect();
        let place = known.iter().position(|person| person.digest == patient)?;
        (known.len() > 1).then(|| ordinal(place + 1, self))
    }
}

/// `w-ordinal` (`conversation.md` §2.1): everyone can work out who is who, nothing is disclosed, and a new baby changes
/// no number.
pub fn ordinal(place: usize, context: &Context<'_>) -> String {
    let text = match context.locale() {
        Locale::Ar => format!("الشخص {place}"),
        Locale::En => format!("Person {place}"),
    };
    calendar::digits(&text, context.locale(), &context.clinic.writing)
}

/// Children: only whom the EHR or the site's policy names may act, and coming of age ends it.
const fn mandated(person: &Person, minor: bool, identity: Identity) -> bool {
    let shared = matches!(identity.acting_for, ActingFor::SharedNumber);
    match (minor, person.proxy) {
        _ if person.proved => true,
        (true, Some(_)) => true,
        (true, None) => person.own && shared,
        // The number is a parent's, and the child has come of age: it is for people to find out whose it is now.
        (false, Some(Proxy::Parent)) => false,
        (false, Some(Proxy::Other)) => true,
        (false, None) => person.own,
    }
}

fn years(birth: NaiveDate, today: NaiveDate) -> i32 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    today.year() - birth.year() - i32::from(!had_birthday)
}

/// A number that the EHR does not know.
fn unknown(step: Step, about: Coords, context: &Context<'_>) -> Decision {
    let booking = matches!(step, Step::Book | Step::Service);
    match (context.clinic.booking.without_record, context.clinic.identity.policy) {
        (WithoutRecord::Create, _) if booking => register(about),
        (WithoutRecord::No, Identify::Desk) if booking => refused(Content::BookNotHere),
        (_, Identify::Desk) => desk(Content::IdUnknownTeam, TaskKind::Register),
        (_, Identify::Portal | Identify::Questions) => refused(Content::IdUnknown),
    }
}

/// A record that holds the number and nothing else; people complete it.
fn register(about: Coords) -> Decision {
    let write = Write { kind: WriteKind::Register, about, from_reminder: false };
    Act::default().with(Effect::Ehr(write)).with(Effect::Task(TaskKind::Register, Coords::default())).into()
}

/// What follows once there is a record: the booking that was meant.
pub fn registered(person: &Person, context: &Context<'_>) -> Decision {
    let about = Coords { patient: person.digest, ..Coords::default() };
    let decision = crate::domain::context::settled(booking::begin(about, context));
    match decision {
        Decision::Act(act) => act.noting(AuditFact::Registered).into(),
        asking @ Decision::Ask(_) => asking,
    }
}

/// Merged beyond following, doubtful, deceased, or nobody's to act for: a person finds out; never says which.
fn review() -> Decision {
    desk(Content::IdReview, TaskKind::Review)
}

/// The number or the account changed: nothing is shown until they have proved again who they are; where they cannot do
/// that themselves, a person finds out.
fn doubted(context: &Context<'_>) -> Decision {
    match context.clinic.identity.policy {
        Identify::Questions => refused(Content::IdChanged),
        Identify::Desk | Identify::Portal => desk(Content::IdChanged, TaskKind::Confirm),
    }
}

fn refused(content: Content) -> Decision {
    Act::default().noting(AuditFact::AccessRefused).saying(plain(content)).into()
}

fn desk(content: Content, task: TaskKind) -> Decision {
    Act::default()
        .with(Effect::Task(task, Coords::default()))
        .noting(AuditFact::AccessRefused)
        .saying(Say { step: Step::Person, ..plain(content) })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Phi;
    use crate::seal::Digest8;
    use rstest::rstest;

    fn person(own: bool, proxy: Option<Proxy>) -> Person {
        Person {
            digest: Digest8([1; 8]),
            reference: Phi::new("Patient/1".to_owned()),
            standing: Standing::Active,
            birth: Phi::new(None),
            sex: Phi::new(None),
            own,
            proxy,
            proved: false,
        }
    }

    #[rstest]
    #[case::adult_on_their_own_number(false, true, None, true, true)]
    #[case::child_on_a_parents_number(true, true, None, false, true)]
    #[case::child_whose_parent_the_ehr_names(true, true, Some(Proxy::Parent), true, true)]
    #[case::child_found_through_the_parent_alone(true, false, Some(Proxy::Parent), true, true)]
    #[case::grown_up_child_on_the_parents_number(false, true, Some(Proxy::Parent), false, false)]
    #[case::grown_up_child_found_through_the_parent(false, false, Some(Proxy::Parent), false, false)]
    #[case::old_mother_with_her_daughter_named(false, false, Some(Proxy::Other), true, true)]
    fn who_may_act(
        #[case] minor: bool,
        #[case] own: bool,
        #[case] proxy: Option<Proxy>,
        #[case] by_the_ehr: bool,
        #[case] by_shared_number: bool,
    ) {
        let shared = Identity { acting_for: ActingFor::SharedNumber, ..Identity::STRICT };
        assert_eq!(mandated(&person(own, proxy), minor, Identity::STRICT), by_the_ehr);
        assert_eq!(mandated(&person(own, proxy), minor, shared), by_shared_number);
    }

    #[test]
    fn a_year_is_complete_on_the_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(years(day("2008-11-25"), day("2026-11-24")), 17);
        assert_eq!(years(day("2008-11-25"), day("2026-11-25")), 18);
        assert_eq!(years(day("2008-02-29"), day("2026-02-28")), 17);
        assert_eq!(years(day("2008-02-29"), day("2026-03-01")), 18);
    }
}
