//! Codes of required bindings, with room for what vendors write instead.

/// Defines a code enum: the codes of FHIR R4, and `Other` for the rest.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// Whatever else was found; empty where the element is absent or masked.
            Other(String),
        }

        impl $name {
            /// Reads a code exactly as FHIR spells it: codes are case-sensitive, and `Booked` may mean anything.
            pub fn parse(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }

            /// The code on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(other) => other,
                }
            }
        }
    };
}

codes! {
    /// `Slot.status` (FHIR R4 slotstatus).
    SlotStatus {
        /// Can be booked.
        Free = "free",
        /// Booked.
        Busy = "busy",
        /// Blocked: leave, a buffer.
        BusyUnavailable = "busy-unavailable",
        /// Held for someone.
        BusyTentative = "busy-tentative",
        /// Never was.
        EnteredInError = "entered-in-error",
    }
}

codes! {
    /// `Patient.gender`, `Practitioner.gender` (FHIR R4 administrative-gender).
    AdministrativeGender {
        /// A man.
        Male = "male",
        /// A woman.
        Female = "female",
        /// Neither.
        OtherGender = "other",
        /// Not known.
        Unknown = "unknown",
    }
}

codes! {
    /// `Appointment.status` (FHIR R4 appointmentstatus).
    AppointmentStatus {
        /// Offered, as `$find` answers.
        Proposed = "proposed",
        /// Waits for participants; a hold in Argonaut and IHE.
        Pending = "pending",
        /// Going ahead.
        Booked = "booked",
        /// The patient is there.
        Arrived = "arrived",
        /// Over.
        Fulfilled = "fulfilled",
        /// Called off.
        Cancelled = "cancelled",
        /// The patient did not come.
        NoShow = "noshow",
        /// Never was.
        EnteredInError = "entered-in-error",
        /// The patient is there and registered.
        CheckedIn = "checked-in",
        /// Waits for a slot.
        Waitlist = "waitlist",
    }
}

codes! {
    /// `Appointment.participant.status` (FHIR R4 participationstatus).
    Participation {
        /// Will come.
        Accepted = "accepted",
        /// Will not.
        Declined = "declined",
        /// Perhaps.
        Tentative = "tentative",
        /// Has not answered.
        NeedsAction = "needs-action",
    }
}

codes! {
    /// `ContactPoint.system` (FHIR R4 contact-point-system).
    TelecomSystem {
        /// A telephone, also without text messages.
        Phone = "phone",
        /// A fax machine.
        Fax = "fax",
        /// A mailbox.
        Email = "email",
        /// A pager.
        Pager = "pager",
        /// An address on the web.
        Url = "url",
        /// A phone for text messages.
        Sms = "sms",
    }
}

codes! {
    /// `ContactPoint.use` (FHIR R4 contact-point-use).
    TelecomUse {
        /// At home.
        Home = "home",
        /// At work.
        Work = "work",
        /// For a while.
        Temp = "temp",
        /// No longer in use: never to be matched or written to.
        Old = "old",
        /// Carried about.
        Mobile = "mobile",
    }
}

#[cfg(test)]
mod tests {
    use super::{AppointmentStatus, SlotStatus};
    use rstest::rstest;

    #[rstest]
    #[case("free", SlotStatus::Free)]
    #[case("held", SlotStatus::Other("held".into()))]
    #[case("Free", SlotStatus::Other("Free".into()))]
    #[case("", SlotStatus::Other(String::new()))]
    fn a_vendor_code_is_kept_and_never_taken_for_free(#[case] code: &str, #[case] meant: SlotStatus) {
        assert_eq!(SlotStatus::parse(code), meant);
        assert_eq!(meant.as_str(), code);
    }

    #[test]
    fn noshow_has_no_hyphen() {
        assert_eq!(AppointmentStatus::parse("noshow"), AppointmentStatus::NoShow);
        assert!(matches!(AppointmentStatus::parse("no-show"), AppointmentStatus::Other(_)));
    }
}
