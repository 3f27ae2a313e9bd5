//! What Meta says of the account: what can be asked is asked again, what is told once is an alarm.

use crate::engine::{Alarm, Engine};
use crate::wire::whatsapp::webhook::FieldNotice;
use metrics::counter;

/// What a notice asks of us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meaning {
    /// Meta can be asked how this stands now.
    Ask,
    /// It is wrong until Meta says otherwise, or for a week.
    Raise(Alarm),
    /// An account is whole again.
    Restored,
    /// Counted, no more.
    Count,
}

/// Takes in a notice.
pub(super) fn heard(engine: &Engine, notice: FieldNotice) {
    let now = engine.clock.now();
    let event = notice.event.as_deref().unwrap_or("unnamed");
    match meaning(&notice.field, event) {
        Meaning::Ask => {
            tracing::warn!(field = notice.field, event, template = notice.template, "Meta warns");
            engine.look_at_account_now();
        }
        Meaning::Raise(alarm) => engine.alarms().raise(alarm, event, now),
        Meaning::Restored => engine.alarms().set(Alarm::Account, &[], now),
        Meaning::Count => {}
    }
    for code in &notice.errors {
        engine.alarms().raise(Alarm::Account, &format!("error {code}"), now);
    }
    counter!("wasl_notices_total", "field" => notice.field).increment(1);
}

/// Meta: webhooks/reference/<field>.
fn meaning(field: &str, event: &str) -> Meaning {
    match field {
        "phone_number_quality_update"
        | "message_template_status_update"
        | "message_template_quality_update"
        | "template_category_update"
        | "business_capability_update" => Meaning::Ask,
        "account_update" => account(event),
        "account_review_update" if event != "APPROVED" => Meaning::Raise(Alarm::Account),
        "account_alerts" => Meaning::Raise(Alarm::Account),
        "security" => Meaning::Raise(Alarm::Security),
        _ => Meaning::Count,
    }
}

/// Events of `account_update`: those that cost the clinic its messages, and those that give them back.
fn account(event: &str) -> Meaning {
    match event {
        "ACCOUNT_VIOLATION"
        | "ACCOUNT_RESTRICTION"
        | "ACCOUNT_DELETED"
        | "ACCOUNT_OFFBOARDED"
        | "DISABLED_UPDATE"
        | "PARTNER_REMOVED" => Meaning::Raise(Alarm::Account),
        "VERIFIED_ACCOUNT" | "ACCOUNT_RECONNECTED" => Meaning::Restored,
        _ => Meaning::Count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("phone_number_quality_update", "FLAGGED", Meaning::Ask)]
    #[case("message_template_status_update", "PAUSED", Meaning::Ask)]
    #[case("template_category_update", "MARKETING", Meaning::Ask)]
    #[case("account_update", "ACCOUNT_VIOLATION", Meaning::Raise(Alarm::Account))]
    #[case("account_update", "DISABLED_UPDATE", Meaning::Raise(Alarm::Account))]
    #[case("account_update", "VOLUME_BASED_PRICING_TIER_UPDATE", Meaning::Count)]
    #[case("account_update", "ACCOUNT_RECONNECTED", Meaning::Restored)]
    #[case("account_review_update", "APPROVED", Meaning::Count)]
    #[case("account_review_update", "REJECTED", Meaning::Raise(Alarm::Account))]
    #[case("account_alerts", "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED", Meaning::Raise(Alarm::Account))]
    #[case("security", "PIN_CHANGED", Meaning::Raise(Alarm::Security))]
    #[case("standby", "unnamed", Meaning::Count)]
    fn a_notice_is_asked_about_raised_or_counted(
        #[case] field: &str,
        #[case] event: &str,
        #[case] expected: Meaning,
    ) {
        assert_eq!(meaning(field, event), expected);
    }
}
