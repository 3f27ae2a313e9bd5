//! What threatens the clinic's messages before it stops them: raised and cleared, counted in `wasl_alarms`, a line in
//! the log when it begins. In memory: a restart looks at the account afresh. Nothing here is about a patient.

use crate::clock::Moment;
use chrono::Duration;
use metrics::{counter, gauge};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Alarm {
    /// The access token is not accepted, may not send, or ends within a week.
    Token,
    /// People complain about a number: its quality is YELLOW or RED.
    Quality,
    /// Meta lets a number send less, or nothing.
    Health,
    /// A template is missing, paused, disabled, or has another category.
    Template,
    /// Meta warns or restricts the account.
    Account,
    /// Somebody works on the account's two-step PIN.
    Security,
    /// Meta refuses what a number sends: its queue stands still.
    Sending,
    /// Meta cannot be asked how the account stands.
    Unknown,
}

impl Alarm {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Token,
        Self::Quality,
        Self::Health,
        Self::Template,
        Self::Account,
        Self::Security,
        Self::Sending,
        Self::Unknown,
    ];

    /// The label in metrics and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Quality => "quality",
            Self::Health => "health",
            Self::Template => "template",
            Self::Account => "account",
            Self::Security => "security",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
        }
    }

    /// Meta tells it once and cannot be asked whether it is over.
    const fn is_told_once(self) -> bool {
        matches!(self, Self::Account | Self::Security)
    }
}

/// What was told once stands for so long; whoever reads logs and figures weekly has seen it.
const STANDS: Duration = Duration::days(7);

/// What is wrong now. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Alarms(Arc<Mutex<BTreeMap<(Alarm, String), Moment>>>);

impl Alarms {
    /// None yet; the gauges are there from the start, so that their absence is noticed.
    pub fn new() -> Self {
        let alarms = Self::default();
        alarms.show();
        alarms
    }

    /// Raises one. `about` names a number, a template or Meta's word for what happened; never a person.
    pub fn raise(&self, alarm: Alarm, about: &str, now: Moment) {
        let before = self.lock().insert((alarm, about.to_owned()), now);
        if before.is_none() {
            tracing::error!(alarm = alarm.name(), about, "the clinic's WhatsApp account needs somebody");
            counter!("wasl_alarms_total", "what" => alarm.name()).increment(1);
        }
        self.show();
    }

    /// Clears one.
    pub fn clear(&self, alarm: Alarm, about: &str) {
        if self.lock().remove(&(alarm, about.to_owned())).is_some() {
            tracing::info!(alarm = alarm.name(), about, "over");
            self.show();
        }
    }

    /// What is now known of an alarm, all of it: raised where it is, cleared where it is not.
    pub fn set(&self, alarm: Alarm, about: &[String], now: Moment) {
        let over: Vec<String> = self
            .lock()
            .keys()
            .filter(|(known, name)| *known == alarm && !about.contains(name))
            .map(|(_, name)| name.clone())
            .collect();
        over.iter().for_each(|name| self.clear(alarm, name));
        about.iter().for_each(|name| self.raise(alarm, name, now));
    }

    /// Lets go of what was told once, long ago.
    pub fn lapse(&self, now: Moment) {
        self.lock().retain(|(alarm, _), at| !alarm.is_told_once() || now - *at < STANDS);
        self.show();
    }

    /// What is raised, and about what.
    pub fn raised(&self) -> Vec<(Alarm, String)> {
        self.lock().keys().cloned().collect()
    }

    fn show(&self) {
        let raised = self.lock();
        for alarm in Alarm::ALL {
            let count = raised.keys().filter(|(known, _)| *known == alarm).count();
            #[expect(clippy::cast_precision_loss, reason = "gauges are floats; a few alarms fit")]
            gauge!("wasl_alarms", "what" => alarm.name()).set(count as f64);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Alarm, String), Moment>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const START: Moment = DateTime::UNIX_EPOCH;

    #[test]
    fn alarms_are_raised_set_and_cleared_by_what_they_are_about() {
        let alarms = Alarms::default();
        alarms.raise(Alarm::Template, "a/en", START);
        alarms.raise(Alarm::Template, "a/en", START);
        alarms.raise(Alarm::Quality, "15550001111", START);
        assert_eq!(alarms.raised().len(), 2);
        alarms.set(Alarm::Template, &["b/ar".to_owned()], START);
        assert!(alarms.raised().contains(&(Alarm::Template, "b/ar".to_owned())));
        assert_eq!(alarms.raised().len(), 2, "a is over, the number's quality is another matter");
        alarms.clear(Alarm::Quality, "15550001111");
        alarms.set(Alarm::Template, &[], START);
        assert!(alarms.raised().is_empty());
    }

    #[test]
    fn what_meta_tells_once_stands_for_a_week() {
        let alarms = Alarms::default();
        alarms.raise(Alarm::Account, "ACCOUNT_VIOLATION", START);
        alarms.raise(Alarm::Sending, "106540000000001", START);
        alarms.lapse(START + STANDS - Duration::seconds(1));
        assert_eq!(alarms.raised().len(), 2);
        alarms.lapse(START + STANDS);
        assert_eq!(alarms.raised(), [(Alarm::Sending, "106540000000001".to_owned())]);
    }
}
