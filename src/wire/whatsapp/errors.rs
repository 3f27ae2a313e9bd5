//! Meta's error codes as data (Meta: error-codes, of 19 November 2025, and clients' findings since).
//!
//! The same fault comes as an HTTP answer or as a `failed` status, and titles change, so only the code counts.

use std::time::Duration;

/// What an error asks of us.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Try again with growing, jittered waits, until the message's own deadline.
    Retry,
    /// Try again, and lower the rate of the business number.
    SlowDown,
    /// Too many messages to one person: wait [`pair_wait`] before the next to the same one.
    WaitPair,
    /// The window is closed or the template is not usable: another template.
    Retemplate,
    /// This message will never go out. Others may.
    GiveUp,
    /// The person cannot be reached here: another channel, and no storm of retries.
    Unreachable,
    /// The number has another owner, or its owner another phone: say nothing more, find out who they are.
    Reidentify,
    /// The account or number is at fault: stop its queue, call someone.
    Alarm,
    /// We built a wrong request. Sending it again changes nothing.
    Bug,
}

/// What to do about a range of codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// First code.
    pub first: u32,
    /// Last code; mostly the same.
    pub last: u32,
    /// What to do.
    pub action: Action,
    /// What it means, for staff and logs.
    pub note: &'static str,
}

const fn one(code: u32, action: Action, note: &'static str) -> Rule {
    many(code, code, action, note)
}

const fn many(first: u32, last: u32, action: Action, note: &'static str) -> Rule {
    Rule { first, last, action, note }
}

/// Every code known, in ascending order, each once.
pub static RULES: &[Rule] = {
    use Action::{Alarm, Bug, GiveUp, Reidentify, Retemplate, Retry, SlowDown, Unreachable, WaitPair};
    &[
        one(0, Alarm, "cannot authenticate: renew the token"),
        one(1, Retry, "unknown or invalid request: once more, then it is our bug"),
        one(2, Retry, "Meta is down for a moment"),
        one(3, Alarm, "capability or permission missing"),
        one(4, SlowDown, "the app's call limit: wait minutes"),
        one(10, Alarm, "permission missing"),
        one(17, SlowDown, "the token's call limit: wait minutes"),
        one(33, Alarm, "the phone number id is deleted or wrong"),
        one(100, Bug, "a parameter is wrong: length, name or id"),
        one(104, Alarm, "the call carries no valid token"),
        one(190, Alarm, "the token expired or is invalid: use a system user's token that does not expire"),
        many(200, 299, Alarm, "permission missing"),
        one(368, Alarm, "blocked for a breach of policy"),
        one(613, SlowDown, "call limit of this endpoint"),
        one(803, Alarm, "an object id, such as the phone number id, does not exist"),
        one(80007, SlowDown, "the business account's call limit: wait minutes"),
        one(130429, SlowDown, "the number's throughput is reached"),
        one(130472, GiveUp, "the person is part of Meta's marketing experiment"),
        one(130497, GiveUp, "the account may not write to this country"),
        one(131000, Retry, "unknown fault at Meta: up to three times"),
        one(131005, Alarm, "access denied"),
        one(131008, Bug, "a parameter is missing"),
        one(131009, Bug, "a parameter's value is invalid"),
        one(131016, Retry, "a service at Meta is unavailable"),
        one(131021, GiveUp, "recipient and sender are the same number"),
        one(131026, Unreachable, "not on WhatsApp, terms not accepted, or an old app"),
        one(131030, Bug, "a test number writes only to its five listed recipients"),
        one(131031, Alarm, "the account is locked, or its PIN is wrong"),
        one(131037, Alarm, "the number's display name is not approved"),
        one(131042, Alarm, "a problem with payment"),
        one(131044, Alarm, "a problem with payment for calls"),
        one(131045, Alarm, "the number's registration is faulty: register it again"),
        one(131047, Retemplate, "the 24-hour window is closed"),
        one(131048, Alarm, "the number is limited as a source of spam: check its quality"),
        one(131049, GiveUp, "Meta holds marketing back; on a utility template: its category was changed"),
        one(131050, GiveUp, "the person stopped marketing messages: record it"),
        one(131051, Bug, "message type not supported"),
        one(131052, GiveUp, "the person's media could not be fetched: ask another way"),
        one(131053, Bug, "our media could not be uploaded"),
        one(131055, Bug, "this message may not be sent through this API"),
        one(131056, WaitPair, "too many messages to one person"),
        one(131057, Retry, "the number is being upgraded: about a minute"),
        one(131059, Bug, "a paging cursor is wrong"),
        one(131060, GiveUp, "Meta withholds the content: ask the person to send it again"),
        one(131062, Unreachable, "this message cannot go to a BSUID: a phone number is needed"),
        one(131063, Bug, "marketing is switched off for this account"),
        one(131064, Alarm, "limited for templates in the wrong category"),
        one(132000, Bug, "the number of template parameters is wrong"),
        one(132001, Retemplate, "no approved template of this name and language"),
        one(132005, Retemplate, "the rendered text is too long"),
        one(132007, Retemplate, "the template's content breaks a policy"),
        one(132008, Bug, "a template parameter's value is invalid"),
        one(132012, Bug, "a template parameter's format is wrong"),
        one(132015, Retemplate, "the template is paused for its quality, three hours or more"),
        one(132016, Retemplate, "the template is disabled for good"),
        one(132018, Bug, "a template parameter holds a line break or tab"),
        one(132068, Alarm, "the Flow is blocked"),
        one(132069, Alarm, "the Flow is throttled to ten messages an hour"),
        one(133000, Retry, "an earlier deregistration is not complete"),
        one(133004, Retry, "the registration server is down"),
        many(133005, 133006, Alarm, "the number's PIN is wrong, or it must be verified again"),
        many(133008, 133009, Alarm, "too many guesses of the number's PIN, or too fast"),
        one(133010, Alarm, "the number is not registered"),
        one(133015, Alarm, "the number was deregistered just now: wait five minutes"),
        one(133016, Alarm, "too many registrations of the number in 72 hours"),
        one(134011, Alarm, "the terms of payment are not accepted"),
        many(134100, 134102, GiveUp, "marketing messages only"),
        one(135000, Retry, "mostly bad parameters: once more, then it is our bug"),
        one(137000, Reidentify, "another person may have the number now: stop, identify them again"),
        many(138000, 138023, GiveUp, "calling"),
        many(139000, 139004, Bug, "managing Flows"),
        many(139100, 139103, Bug, "blocking people"),
        many(147001, 147005, Bug, "business usernames"),
        one(2_388_019, Bug, "creating a template: too many of them"),
        one(2_388_040, Bug, "creating a template: a field is too long"),
        one(2_388_047, Bug, "creating a template: the header"),
        one(2_388_072, Bug, "creating a template: the body"),
        one(2_388_073, Bug, "creating a template: the footer"),
        one(2_388_293, Bug, "creating a template: too many variables for its words"),
        one(2_388_299, Bug, "creating a template: a variable at an edge of the text"),
    ]
};

/// The rule of a code.
pub fn find(code: u32) -> Option<&'static Rule> {
    RULES.iter().find(|rule| (rule.first..=rule.last).contains(&code))
}

/// What to do about an error: by its code, else by the HTTP status it came with (a `failed` status has none).
pub fn rule(code: Option<u32>, http_status: Option<u16>) -> Action {
    match code.and_then(find) {
        Some(rule) => rule.action,
        None => by_http(http_status),
    }
}

fn by_http(status: Option<u16>) -> Action {
    match status {
        None => Action::GiveUp,
        Some(401 | 403 | 404) => Action::Alarm,
        Some(429) => Action::SlowDown,
        Some(408 | 500..) => Action::Retry,
        Some(_) => Action::Bug,
    }
}

/// Meta asks for 4^x seconds after the x-th 131056 (Meta: error-codes).
const PAIR_BASE: u64 = 4;
/// The longest wait: by then the pair limit of ten messages a minute has long refilled.
const PAIR_CAP: Duration = Duration::from_secs(300);

/// How long to leave one person alone after `times` refusals in a row (0 for the first): 1, 4, 16, 64, 256 seconds,
/// then five minutes.
pub fn pair_wait(times: u32) -> Duration {
    PAIR_BASE.checked_pow(times).map_or(PAIR_CAP, |seconds| Duration::from_secs(seconds).min(PAIR_CAP))
}

#[cfg(test)]
mod tests {
    use super::{Action, RULES, find, pair_wait, rule};
    use rstest::rstest;
    use std::collections::HashSet;
    use std::time::Duration;

    #[test]
    fn each_code_stands_once_and_in_order() {
        assert!(RULES.iter().all(|rule| rule.first <= rule.last));
        for pair in RULES.windows(2) {
            assert!(pair[0].last < pair[1].first, "{} and {}", pair[0].last, pair[1].first);
        }
    }

    #[test]
    fn every_action_is_asked_for_and_every_rule_explained() {
        let actions: HashSet<Action> = RULES.iter().map(|rule| rule.action).collect();
        assert_eq!(actions.len(), 9);
        assert!(RULES.iter().all(|rule| !rule.note.is_empty()));
    }

    #[rstest]
    #[case::retry(&[1, 2, 131000, 131016, 131057, 133000, 133004, 135000], Action::Retry)]
    #[case::slow_down(&[4, 80007, 130429, 613], Action::SlowDown)]
    #[case::pair(&[131056], Action::WaitPair)]
    #[case::retemplate(&[131047, 132001, 132005, 132007, 132015, 132016], Action::Retemplate)]
    #[case::give_up(&[130472, 131021, 131049, 131050, 134100, 134102, 138006, 138012], Action::GiveUp)]
    #[case::unreachable(&[131026, 131062], Action::Unreachable)]
    #[case::somebody_else(&[137000], Action::Reidentify)]
    #[case::alarm(&[0, 3, 10, 33, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131045, 131048, 133010, 133016, 134011], Action::Alarm)]
    #[case::bug(&[100, 131008, 131009, 131053, 132000, 132008, 132012, 132018, 139000, 147005, 2388299], Action::Bug)]
    fn the_classes_of_metas_table_hold(#[case] codes: &[u32], #[case] action: Action) {
        for code in codes {
            assert_eq!(rule(Some(*code), Some(200)), action, "{code}");
            assert_eq!(rule(Some(*code), None), action, "{code} in a failed status");
        }
    }

    #[rstest]
    #[case(Some(401), Action::Alarm)]
    #[case(Some(403), Action::Alarm)]
    #[case(Some(404), Action::Alarm)]
    #[case(Some(408), Action::Retry)]
    #[case(Some(429), Action::SlowDown)]
    #[case(Some(400), Action::Bug)]
    #[case(Some(500), Action::Retry)]
    #[case(Some(503), Action::Retry)]
    #[case(None, Action::GiveUp)]
    fn an_unknown_code_falls_back_to_the_http_status(#[case] status: Option<u16>, #[case] action: Action) {
        assert_eq!(rule(Some(424_242), status), action);
        assert_eq!(rule(None, status), action);
    }

    #[rstest]
    #[case(199)]
    #[case(300)]
    #[case(138_024)]
    #[case(133_007)]
    fn gaps_between_ranges_are_unknown(#[case] code: u32) {
        assert_eq!(find(code), None);
    }

    #[test]
    fn a_person_is_left_alone_ever_longer() {
        let waits: Vec<u64> = (0..7).map(|times| pair_wait(times).as_secs()).collect();
        assert_eq!(waits, [1, 4, 16, 64, 256, 300, 300]);
        assert_eq!(pair_wait(u32::MAX), Duration::from_secs(300));
    }
}
