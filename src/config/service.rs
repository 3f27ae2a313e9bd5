//! `[[clinic.service]]`: what can be booked.

use super::clinic::bilingual;
use super::fault::wrong;
use super::reader::Section;
use super::span::Span;
use super::values;
use crate::domain::clinic::{Disclosure, Limits, Service};
use crate::domain::fact::Sex;

/// Longest public name of a service: a button's title (Cloud API, reply buttons; `conversation.md` §1.3).
const NAME_MAX: usize = 20;
/// Nobody is older.
const AGE_MAX: u32 = 150;

/// The levels, the usual one first.
pub(super) const DISCLOSURES: [(&str, Disclosure); 3] =
    [("time", Disclosure::Time), ("details", Disclosure::Details), ("neutral", Disclosure::Neutral)];

/// Reads one, with when it reminds; `usual` is the clinic's disclosure.
pub(super) fn read(s: &mut Section<'_>, usual: Disclosure) -> (Service, Vec<Span>) {
    let named = s.has("disclosure");
    let level = s.choice("disclosure", &DISCLOSURES, &[]).filter(|_| named);
    let service = Service {
        id: s.need("id", "\"dermatology\"", values::id),
        name: s.table("name", |s| bilingual(s, NAME_MAX)),
        service_type: s.need("service_type", "\"http://snomed.info/sct|394582007\"", values::token),
        schedules: s.each("schedules", values::schedule).unwrap_or_default(),
        disclosure: level.unwrap_or(usual),
        alias: s.table_if("alias", |s| bilingual(s, NAME_MAX)),
        limits: limits(s),
    };
    if service.disclosure == Disclosure::Neutral && service.alias.is_none() {
        let fix = "add alias = { ar = \"موعد\", en = \"Appointment\" }, or set disclosure to \"time\"";
        s.fault("alias", wrong("is missing, so a neutral service would be shown by its name", fix));
    }
    (service, reminders(s))
}

/// Whom it takes; an age that is left out is no limit.
fn limits(s: &mut Section<'_>) -> Limits {
    let age = |s: &mut Section<'_>, key| s.whole_if(key, 0..=AGE_MAX).and_then(|it| u8::try_from(it).ok());
    let sexes = [("any", None), ("female", Some(Sex::Female)), ("male", Some(Sex::Male))];
    let limits = Limits {
        min_age: age(s, "min_age"),
        max_age: age(s, "max_age"),
        sex: s.choice("sex", &sexes, &[]).flatten(),
        referral: s.flag("referral", false),
    };
    if let (Some(least), Some(most)) = (limits.min_age, limits.max_age)
        && least > most
    {
        s.fault("max_age", wrong(format!("{most} is below min_age"), "make it the larger of the two"));
    }
    limits
}

fn reminders(s: &mut Section<'_>) -> Vec<Span> {
    s.each("reminders", Span::parse_before)
        .unwrap_or_else(|| vec![Span::days(7), Span::hours(24), Span::hours(2)])
}
