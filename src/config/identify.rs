//! `[identify]`: how this hospital finds out who writes.

use super::reader::Section;
use crate::domain::clinic::{ActingFor, Identify as Policy, Identity};

/// Most attempts at proving who one is, for life.
const ATTEMPTS_MAX: u32 = 10;
/// Ages of majority in the world lie between.
const MAJORITY: std::ops::RangeInclusive<u32> = 15..=21;

/// `[identify]`
#[derive(Clone, Copy, Debug)]
pub struct Identify {
    /// What a number that the EHR does not know is offered.
    pub policy: Policy,
    /// Attempts for life, per contact and per record.
    pub attempts: u32,
    /// Who may act for a child.
    pub acting_for: ActingFor,
    /// The age, in years, at which nobody acts for a child any more.
    pub majority: u8,
}

impl Identify {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        let policies = [("desk", Policy::Desk), ("portal", Policy::Portal), ("questions", Policy::Questions)];
        let acting =
            [("related-person", ActingFor::RelatedPerson), ("shared-number", ActingFor::SharedNumber)];
        Self {
            policy: s.choice("policy", &policies, &[]).unwrap_or(Policy::Desk),
            attempts: s.whole("attempts", 3, 1..=ATTEMPTS_MAX),
            acting_for: s.choice("acting_for", &acting, &[]).unwrap_or(ActingFor::RelatedPerson),
            majority: u8::try_from(s.whole("age_of_majority", 18, MAJORITY)).unwrap_or(18),
        }
    }

    /// What conversations need to know of it.
    pub(super) const fn identity(&self, portal: bool) -> Identity {
        Identity { policy: self.policy, acting_for: self.acting_for, majority: self.majority, portal }
    }
}
