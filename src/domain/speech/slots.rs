//! What a text may hold beside its words: name, Fluent name, longest value in characters (`conversation.md` §1.3).

macro_rules! slots {
    ($($name:ident = $id:literal, $limit:literal;)*) => {
        /// What a text may hold beside its words.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Slot {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        /// One entry per slot, in their order.
        pub(super) const SLOTS: &[(Slot, &str, usize)] = &[$((Slot::$name, $id, $limit)),*];
    };
}

slots! {
    Appointments = "appointments", 24;
    Clinic = "clinic", 40;
    Day = "day", 60;
    Doctor = "doctor", 40;
    Emergency = "emergency", 20;
    Helpline = "helpline", 20;
    Horizon = "horizon", 24;
    Hours = "hours", 60;
    N = "n", 8;
    OldDay = "old-day", 60;
    OldTime = "old-time", 24;
    OldWhen = "old-when", 90;
    Person = "person", 24;
    Phone = "phone", 20;
    Place = "place", 48;
    Service = "service", 20;
    Time = "time", 24;
    Times = "times", 24;
    When = "when", 90;
    NearDay = "near-day", 60;
    NearTime = "near-time", 24;
    Hijri = "hijri", 60;
    Part = "part", 32;
    Night = "night", 8;
    Changed = "changed", 8;
}
