//! What a button carries. All the dialogue there is: a step and the coordinates it needs, in one canonical
//! layout of [`BUTTON_BYTES`] bytes, sealed by `seal::Keys::seal_button`.

use crate::clock::{Moment, from_millis};
use crate::domain::numbered::numbered;
use crate::ids::Id;
use crate::seal::{BUTTON_BYTES, Digest4, Digest8};
use chrono::{Duration, NaiveDate, NaiveTime, Timelike};

/// Minutes of the Unix epoch at 2025-01-01T00:00Z, from which expiry counts (24 bits reach to 2056).
const EXPIRY_BASE: i64 = 28_928_160;

numbered! {
    /// What a tap asks for. Numbers are written into buttons for ever: add, never reuse.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub enum Step {
        /// The menu.
        Menu = 1,
        /// Begin a booking.
        Book = 2,
        /// The services after those shown; `day` is how many were shown.
        ServicesMore = 3,
        /// This service; shows its free times.
        Service = 4,
        /// Free times after `start`.
        More = 5,
        /// Days with free times; `day` is the first to look at.
        Days = 6,
        /// Free times of `day`.
        Day = 7,
        /// Doctors; `day` is how many were shown.
        Doctors = 8,
        /// Free times of the doctor in `doctor`; nil: of any.
        Doctor = 9,
        /// This free time.
        Slot = 10,
        /// Book it, or move to it.
        Confirm = 11,
        /// My appointments.
        Mine = 12,
        /// One of them.
        Show = 13,
        /// Move an appointment; nil: which one is still to be found out.
        Move = 14,
        /// Cancel an appointment, likewise.
        Cancel = 15,
        /// Yes, cancel it.
        CancelYes = 16,
        /// Leave it as it is.
        Keep = 17,
        /// Why it was cancelled; `day` is the reason's number.
        Reason = 18,
        /// A person, please.
        Person = 19,
        /// Change to Arabic.
        Arabic = 20,
        /// Change to English.
        English = 21,
        /// Messages on.
        Start = 22,
        /// Messages off.
        Stop = 23,
        /// It was no emergency.
        NotEmergency = 24,
        /// I will come to this appointment; nil: which one is still to be found out.
        Attend = 25,
        /// No, thank you: nothing is done.
        No = 26,
        /// This is my number.
        ItsMe = 27,
        /// This is not my number.
        NotMe = 28,
        /// Please call me; when is still to be asked.
        Callback = 29,
        /// Please call me then; `day` is the part's number.
        CallbackAt = 30,
        /// Do not call.
        CallbackOff = 31,
        /// Earlier appointments.
        Past = 32,
        /// The places of a service.
        Places = 33,
        /// This place, or any: shows its free times.
        Place = 34,
        /// I will be late; nil: for which appointment is still to be found out.
        RunningLate = 35,
        /// A calendar file of an appointment, likewise.
        Calendar = 36,
        /// Where is it?
        Address = 37,
    }
}

/// Where in the world of the EHR a step is. Nil members are "not needed" or "not known yet".
/// Never a FHIR id: those have no length limit in the field; each tap finds the thing again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Coords {
    /// Idempotency key of a write.
    pub intent: Id,
    /// Who it is for.
    pub patient: Digest8,
    /// Which service.
    pub service: Digest4,
    /// When, as whole minutes since the Unix epoch; 0 is nil.
    pub start: u32,
    /// Digest of the schedule's sorted actors: doctor, room, machine.
    pub actors: Digest8,
    /// A doctor to filter by.
    pub doctor: Digest8,
    /// Length in minutes, at most 1275 and a multiple of five.
    pub minutes: u16,
    /// Which appointment: while it is set, choosing a time moves this appointment.
    pub appointment: Digest8,
    /// What the patient was told of it; under a booking's confirmation, which appointments there were when it was
    /// asked (`booking::mark`).
    pub told: Digest4,
    /// A local day (days since 2025-01-01), a count or a number, as the step says.
    pub day: u16,
    /// So many days from `day` on; 0 is that day alone.
    pub days: u8,
    /// Wall time within a day to filter by.
    pub hours: Hours,
    /// A doctor's sex to filter by.
    pub gender: Option<Gender>,
    /// A place to filter by: its number in the clinic's configuration, from 1; 0 is any.
    pub place: u8,
    /// Asked before and answered with yes: another appointment beside one there is.
    pub again: bool,
}

/// A span of wall time in half hours since midnight, `until` not included; both 0 is the whole day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Hours {
    /// First half hour, 0 to 47.
    pub from: u8,
    /// First half hour after it, up to 48.
    pub until: u8,
}

impl Hours {
    /// True where nothing is filtered.
    pub const fn is_any(self) -> bool {
        self.until == 0
    }

    /// True of a wall time within the span.
    pub fn holds(self, time: NaiveTime) -> bool {
        let half = time.hour() * 2 + time.minute() / 30;
        self.is_any() || (u32::from(self.from)..u32::from(self.until)).contains(&half)
    }
}

/// The sex of a doctor, as patients ask for it (FHIR `Practitioner.gender`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

impl Coords {
    /// The start as a moment.
    pub fn at(&self) -> Moment {
        from_millis(i64::from(self.start) * 60_000)
    }

    /// A moment as `start`.
    pub fn minute(at: Moment) -> u32 {
        u32::try_from(at.timestamp() / 60).unwrap_or(0)
    }

    /// True while an appointment is being moved.
    pub fn moving(&self) -> bool {
        !self.appointment.is_nil()
    }
}

/// A button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tap {
    /// What it asks for.
    pub step: Step,
    /// It stands under a reminder: a cancellation then says so to the EHR.
    pub from_reminder: bool,
    /// It repeats a tap that came late; whoever taps it still wants it.
    pub asked: bool,
    /// When it stops working, to the minute.
    pub expires: Moment,
    /// What it is about.
    pub at: Coords,
}

impl Tap {
    /// The one layout: step 1, flags 1, expiry 3, intent 16, patient 8, service 4, start 4, actors or doctor 8,
    /// length 1, appointment 8, told 4, day 2, hours 2, days 1, place 1, zero 2. A step filters by doctor or names
    /// actors, never both.
    pub fn encode(&self) -> [u8; BUTTON_BYTES] {
        let mut out = [0; BUTTON_BYTES];
        let minutes = self.expires.timestamp() / 60 - EXPIRY_BASE;
        let expiry = u32::try_from(minutes).unwrap_or(0).min(0xFF_FFFF).to_be_bytes();
        out[0] = self.step.code();
        out[1] = self.flags();
        out[2..5].copy_from_slice(&expiry[1..]);
        out[5..21].copy_from_slice(&self.at.intent.0);
        out[21..29].copy_from_slice(&self.at.patient.0);
        out[29..33].copy_from_slice(&self.at.service.0);
        out[33..37].copy_from_slice(&self.at.start.to_be_bytes());
        out[37..45].copy_from_slice(if self.by_doctor() { &self.at.doctor.0 } else { &self.at.actors.0 });
        out[45] = u8::try_from(self.at.minutes / 5).unwrap_or(u8::MAX);
        out[46..54].copy_from_slice(&self.at.appointment.0);
        out[54..58].copy_from_slice(&self.at.told.0);
        out[58..60].copy_from_slice(&self.at.day.to_be_bytes());
        out[60..64].copy_from_slice(&[self.at.hours.from, self.at.hours.until, self.at.days, self.at.place]);
        out
    }

    /// Reads [`Tap::encode`]; `None` for anything that it would not have written.
    pub fn decode(bytes: &[u8; BUTTON_BYTES]) -> Option<Self> {
        let flags = bytes[1];
        let by_doctor = flags & BY_DOCTOR != 0;
        let digest = |from: usize| Digest8(array(bytes, from));
        let expires = u32::from_be_bytes([0, bytes[2], bytes[3], bytes[4]]);
        let named = digest(37);
        let at = Coords {
            intent: Id(array(bytes, 5)),
            patient: digest(21),
            service: Digest4(array(bytes, 29)),
            start: u32::from_be_bytes(array(bytes, 33)),
            actors: if by_doctor { Digest8::default() } else { named },
            doctor: if by_doctor { named } else { Digest8::default() },
            minutes: u16::from(bytes[45]) * 5,
            appointment: digest(46),
            told: Digest4(array(bytes, 54)),
            day: u16::from_be_bytes(array(bytes, 58)),
            hours: Hours { from: bytes[60], until: bytes[61] },
            days: bytes[62],
            place: bytes[63],
            gender: gender_of(flags),
            again: flags & AGAIN != 0,
        };
        let expires = from_millis((i64::from(expires) + EXPIRY_BASE) * 60_000);
        let step = Step::from_code(bytes[0])?;
        let tap = Self { step, from_reminder: flags & REMINDER != 0, asked: flags & ASKED != 0, expires, at };
        (tap.encode() == *bytes).then_some(tap)
    }

    fn flags(&self) -> u8 {
        let gender = match self.at.gender {
            None => 0,
            Some(Gender::Woman) => WOMAN,
            Some(Gender::Man) => MAN,
        };
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        flag(self.from_reminder, REMINDER)
            | flag(self.by_doctor(), BY_DOCTOR)
            | flag(self.asked, ASKED)
            | flag(self.at.again, AGAIN)
            | gender
    }

    fn by_doctor(&self) -> bool {
        !self.at.doctor.is_nil()
    }
}

/// Bits of the flags byte.
const REMINDER: u8 = 1;
const BY_DOCTOR: u8 = 2;
const ASKED: u8 = 4;
const WOMAN: u8 = 8;
const MAN: u8 = 16;
const AGAIN: u8 = 32;

const fn gender_of(flags: u8) -> Option<Gender> {
    match flags & (WOMAN | MAN) {
        WOMAN => Some(Gender::Woman),
        MAN => Some(Gender::Man),
        _ => None,
    }
}

fn array<const N: usize>(bytes: &[u8], from: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[from..from + N]);
    out
}

const DAY_ZERO: NaiveDate = match NaiveDate::from_ymd_opt(2025, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A day from a button.
pub fn day_of(number: u16) -> NaiveDate {
    DAY_ZERO + Duration::days(i64::from(number))
}

/// A day for a button.
pub fn day_number(day: NaiveDate) -> u16 {
    u16::try_from((day - DAY_ZERO).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn expiry_counts_from_2025() {
        let base = from_millis(EXPIRY_BASE * 60_000);
        assert_eq!(base.to_rfc3339(), "2025-01-01T00:00:00+00:00");
    }

    proptest! {
        #[test]
        fn what_decodes_is_what_was_encoded_and_nothing_else_decodes(bytes in proptest::collection::vec(any::<u8>(), BUTTON_BYTES)) {
            let bytes: [u8; BUTTON_BYTES] = bytes.try_into().unwrap();
            if let Some(tap) = Tap::decode(&bytes) {
                prop_assert_eq!(tap.encode(), bytes);
            }
        }

        #[test]
        fn every_tap_survives(step in 1u8..=37, flag: bool, asked: bool, again: bool, hours: (u8, u8), days: u8, place: u8, woman: Option<bool>, expiry in 0i64..10_000_000, start: u32, actors: [u8; 8], minutes in 0u16..=255, day: u16, moving: bool) {
            let appointment = if moving { Digest8([1; 8]) } else { Digest8::default() };
            let at = Coords { start, actors: Digest8(actors), minutes: minutes * 5, day, appointment, hours: Hours { from: hours.0, until: hours.1 }, days, place, again, gender: woman.map(|it| if it { Gender::Woman } else { Gender::Man }), ..Coords::default() };
            let tap = Tap {
                step: Step::from_code(step).unwrap(),
                from_reminder: flag,
                asked,
                expires: from_millis((EXPIRY_BASE + expiry) * 60_000),
                at,
            };
            prop_assert_eq!(Tap::decode(&tap.encode()), Some(tap));
        }
    }
}
