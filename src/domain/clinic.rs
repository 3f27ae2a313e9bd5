//! A clinic as the hospital configured it: one per WhatsApp number. No health data, loaded at start.

use crate::domain::fact::Sex;
use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

/// The languages Wasl speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Locale {
    /// Arabic.
    Ar,
    /// English.
    En,
}

impl Locale {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }

    /// The code in configuration, Fluent and Meta's templates.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// Reads [`Locale::code`].
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Ar),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// One text in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bilingual {
    /// Arabic.
    pub ar: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in `locale`.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Ar => &self.ar,
            Locale::En => &self.en,
        }
    }
}

/// How much a message may say, from most to least (`disclosure` in the configuration).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Disclosure {
    /// Date, time, doctor, place.
    Details,
    /// Date and time only.
    Time,
    /// "You have an appointment".
    Neutral,
}

/// Which digits quantities, dates and times use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Digits {
    /// 0123456789
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    Arabic,
}

/// How the clock is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockStyle {
    /// 4:30 pm
    Twelve,
    /// 16:30
    TwentyFour,
}

/// Month names that Arabic readers of a country use (`conversation.md` §1.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Months {
    /// يناير … نوفمبر: Gulf, Egypt, Sudan, Yemen, Libya.
    Gulf,
    /// كانون الثاني … تشرين الثاني: Levant, Iraq.
    Levant,
    /// يناير … نونبر: Morocco.
    Morocco,
    /// جانفي … أوت: Tunisia, Algeria.
    Tunisia,
}

/// How dates and times are written for one clinic in Arabic; English always writes Latin digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Writing {
    /// Digits of Arabic texts.
    pub digits: Digits,
    /// 12 or 24 hours, in both languages.
    pub clock: ClockStyle,
    /// Arabic month names.
    pub months: Months,
}

/// A span of opening within one day, wall time; `until` may be 24:00 written as 23:59:59.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opening {
    /// First minute open.
    pub from: NaiveTime,
    /// First minute closed.
    pub until: NaiveTime,
}

/// When people are there to answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpeningHours {
    /// Spans per weekday, Monday first; an empty list is closed.
    pub week: [Vec<Opening>; 7],
    /// Whole days closed.
    pub holidays: Vec<NaiveDate>,
}

/// The rules of booking by chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookingRules {
    /// The nearest slot offered starts this long from now.
    pub min_notice: Duration,
    /// The farthest slot offered starts this long from now.
    pub horizon: Duration,
    /// Later than this before the start, moving and cancelling go to a person.
    pub cancel_until: Duration,
    /// Open appointments a patient may have.
    pub max_open: u32,
    /// Whether each message is written to the EHR as a Communication.
    pub write_back: bool,
    /// What becomes of a booking by a number that has no record.
    pub without_record: WithoutRecord,
}

/// What becomes of a booking by a number that has no record (`booking.without_record`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WithoutRecord {
    /// A work item; people register the patient.
    Desk,
    /// A record in the EHR that holds the number and nothing else.
    Create,
    /// No booking.
    No,
}

/// What a number that the EHR does not know is offered (`[identify] policy`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Identify {
    /// To sign in to the portal.
    Portal,
    /// Three questions on the secure page.
    Questions,
    /// A person.
    Desk,
}

/// Who may act for patients under age on a shared number (`[identify] acting_for`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActingFor {
    /// Only whom the EHR names: an active RelatedPerson with this number.
    RelatedPerson,
    /// Whoever has the number that stands on the child's record: the site's recorded policy.
    SharedNumber,
}

/// How this hospital finds out who writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Identity {
    /// What an unknown number is offered.
    pub policy: Identify,
    /// Who may act for a child.
    pub acting_for: ActingFor,
    /// The age, in years, at which nobody acts for a child any more.
    pub majority: u8,
    /// There is a portal to link to.
    pub portal: bool,
}

impl Identity {
    /// What holds where nothing was configured.
    pub const STRICT: Self =
        Self { policy: Identify::Desk, acting_for: ActingFor::RelatedPerson, majority: 18, portal: false };
}

/// Whom a service takes (`[[clinic.service]]`); everyone else books it with the team.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Completed years, at least.
    pub min_age: Option<u8>,
    /// Completed years, at most.
    pub max_age: Option<u8>,
    /// Only patients of this sex.
    pub sex: Option<Sex>,
    /// Only with a referral, which people check.
    pub referral: bool,
}

/// A point on the map (WGS 84), in millionths of a degree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pin {
    /// North of the equator.
    pub latitude: i32,
    /// East of Greenwich.
    pub longitude: i32,
}

/// A place of the clinic, by FHIR Location id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Venue {
    /// `Location` id in the EHR.
    pub id: String,
    /// Public name, at most 48 characters.
    pub name: Bilingual,
    /// Where it is on a map.
    pub pin: Option<Pin>,
    /// Street address, for the pin.
    pub address: Option<Bilingual>,
}

/// What can be booked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// Its id in the configuration; buttons carry a digest of it.
    pub id: String,
    /// Public name, at most 20 characters (a button's title).
    pub name: Bilingual,
    /// `system|code` of `Slot.serviceType`.
    pub service_type: String,
    /// Fixed Schedule references; empty: every schedule.
    pub schedules: Vec<String>,
    /// How much messages about it may say.
    pub disclosure: Disclosure,
    /// Shown in place of the name wherever the service would tell too much.
    pub alias: Option<Bilingual>,
    /// Whom it takes.
    pub limits: Limits,
}

impl Service {
    /// How buttons name it.
    pub fn digest(&self) -> crate::seal::Digest4 {
        crate::seal::name4(&self.id)
    }

    /// The name that may be shown: the alias where there is one.
    pub fn shown(&self, locale: Locale) -> &str {
        self.alias.as_ref().unwrap_or(&self.name).get(locale)
    }
}

/// One clinic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clinic {
    /// Its place in the configuration, which rows and buttons carry.
    pub no: u16,
    /// Its id in the configuration.
    pub id: String,
    /// Cloud API phone number id.
    pub phone_number_id: String,
    /// Its WhatsApp business account, which message templates belong to.
    pub waba_id: String,
    /// Public name, at most 40 characters, never one that tells a specialty.
    pub name: Bilingual,
    /// Its time zone; resolve local time through `domain::calendar` only.
    pub zone: Tz,
    /// Languages offered; the first is the default. Never empty.
    pub locales: Vec<Locale>,
    /// Digits, clock, month names.
    pub writing: Writing,
    /// The number to call in an emergency.
    pub emergency: String,
    /// Telephone of the hospital: the way out when no one can answer here.
    pub phone: String,
    /// ISO 3166 country, which a phone number without a code belongs to.
    pub country: String,
    /// The first day of the week.
    pub week_start: Weekday,
    /// When people are there.
    pub hours: OpeningHours,
    /// Rules of booking.
    pub booking: BookingRules,
    /// What can be booked, in the order of the configuration.
    pub services: Vec<Service>,
    /// Its places, in the order of the configuration.
    pub places: Vec<Venue>,
    /// How this hospital finds out who writes.
    pub identity: Identity,
    /// Bodies show the Hijri date beside the Gregorian one.
    pub hijri: bool,
    /// How much messages say where a service does not set its own.
    pub disclosure: Disclosure,
}

impl Clinic {
    /// The language for someone whose own is unknown.
    pub fn default_locale(&self) -> Locale {
        self.locales.first().copied().unwrap_or(Locale::Ar)
    }
}
