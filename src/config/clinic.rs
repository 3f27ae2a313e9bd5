//! `[[clinic]]` and what is nested in it.

use super::fault::wrong;
use super::reader::Section;
use super::span::Span;
use super::{hours, service, values, zone};
use crate::domain::clinic::{
    self, Bilingual, BookingRules, ClockStyle, Digits, Disclosure, Identity, Locale, Venue, WithoutRecord,
    Writing,
};
use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;

/// Longest public name of a clinic (`conversation.md` §1.3).
const NAME_MAX: usize = 40;
/// Longest public name of a place (`conversation.md` §1.3).
const PLACE_MAX: usize = 48;
/// Longest street address of a place: a line under a pin.
const ADDRESS_MAX: usize = 100;
/// Most open appointments that one patient may be allowed.
const MAX_OPEN: u32 = 20;

/// `[[clinic]]`: one WhatsApp number.
#[derive(Clone, Debug)]
pub struct Clinic {
    /// What conversations need to know.
    pub clinic: clinic::Clinic,
    /// From when until when nothing the hospital starts is sent, wall time; used by reminders, which come
    /// in a later version.
    pub quiet_hours: (NaiveTime, NaiveTime),
    /// When each service reminds before an appointment, by its id; sent from a later version on.
    pub reminders: Vec<(String, Vec<Span>)>,
}

impl Clinic {
    pub(super) fn read(no: u16, s: &mut Section<'_>) -> Self {
        let disclosure = s.choice("disclosure", &service::DISCLOSURES, &[]).unwrap_or(Disclosure::Time);
        let services = s.tables("service", |_, s| service::read(s, disclosure));
        let reminders =
            services.iter().map(|(service, before)| (service.id.clone(), before.clone())).collect();
        let services = services.into_iter().map(|(service, _)| service).collect();
        let waba_id = s.need("waba_id", "\"102290000000001\"", values::id);
        let quiet_hours = quiet(s);
        let clinic = clinic::Clinic { waba_id, ..shown(no, s, disclosure, services) };
        Self { quiet_hours, reminders, clinic }
    }
}

fn shown(
    no: u16,
    s: &mut Section<'_>,
    disclosure: Disclosure,
    services: Vec<clinic::Service>,
) -> clinic::Clinic {
    let (zone, country) = place(s);
    clinic::Clinic {
        no,
        id: s.need("id", "\"main\"", values::id),
        waba_id: String::new(),
        phone_number_id: s.need("phone_number_id", "\"106540000000001\"", values::id),
        name: s.table("name", |s| bilingual(s, NAME_MAX)),
        zone,
        locales: locales(s),
        writing: writing(s, &country),
        emergency: s.need("emergency_number", "\"997\"", values::emergency),
        phone: s.need("phone", "\"+966110000000\"", values::phone),
        country,
        week_start: s.or("week_start", Weekday::Sun, hours::weekday),
        hours: hours::read(s),
        booking: s.table("booking", booking),
        services,
        places: s.tables("location", |_, s| location(s)),
        identity: Identity::STRICT,
        hijri: s.flag("hijri", false),
        disclosure,
    }
}

/// A text in both languages, each within `max` characters.
pub(super) fn bilingual(s: &mut Section<'_>, max: usize) -> Bilingual {
    Bilingual {
        ar: s.need("ar", "\"مستشفى الواحة\"", |text| values::shown(text, max)),
        en: s.need("en", "\"Oasis Hospital\"", |text| values::shown(text, max)),
    }
}

/// The zone, and the country: its own key, or the one the zone lies in.
fn place(s: &mut Section<'_>) -> (Tz, String) {
    if !s.has("timezone") {
        s.missing("timezone", "\"Asia/Riyadh\"");
    }
    let zone = s.given("timezone", zone::zone);
    let told = s.has("country");
    let country = s.given("country", zone::country);
    let country = country.or_else(|| zone.and_then(zone::country_of).map(str::to_owned));
    if let (None, Some(zone), false) = (&country, zone, told) {
        let problem = format!("is missing, and {zone} does not tell it");
        s.fault("country", wrong(problem, "set it to two letters, as in country = \"SA\""));
    }
    (zone.unwrap_or(Tz::UTC), country.unwrap_or_default())
}

fn locales(s: &mut Section<'_>) -> Vec<Locale> {
    let parse = |code: &str| {
        Locale::parse(code)
            .ok_or_else(|| wrong(format!("{code:?} is not spoken here"), "use \"ar\" and \"en\""))
    };
    let Some(locales) = s.each("locales", parse) else { return vec![Locale::Ar, Locale::En] };
    let twice = matches!(locales.as_slice(), [first, rest @ ..] if rest.contains(first)) || locales.len() > 2;
    if locales.is_empty() || twice {
        s.fault("locales", wrong("must name each language once", "write it as in [\"ar\", \"en\"]"));
    }
    locales
}

fn writing(s: &mut Section<'_>, country: &str) -> Writing {
    let digits = [("auto", None), ("latn", Some(Digits::Latin)), ("arab", Some(Digits::Arabic))];
    let clock = [("auto", None), ("12h", Some(ClockStyle::Twelve)), ("24h", Some(ClockStyle::TwentyFour))];
    let usual = zone::writing(country);
    Writing {
        digits: s.choice("digits", &digits, &[]).flatten().unwrap_or(usual.digits),
        clock: s.choice("clock", &clock, &[]).flatten().unwrap_or(usual.clock),
        months: usual.months,
    }
}

fn quiet(s: &mut Section<'_>) -> (NaiveTime, NaiveTime) {
    let usual = (
        NaiveTime::from_hms_opt(21, 0, 0).unwrap_or_default(),
        NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default(),
    );
    match s.each("quiet_hours", hours::time).as_deref() {
        None => usual,
        Some([from, until]) => (*from, *until),
        Some(_) => {
            s.fault(
                "quiet_hours",
                wrong("must be two times of day", "write it as in [\"21:00\", \"08:00\"]"),
            );
            usual
        }
    }
}

fn booking(s: &mut Section<'_>) -> BookingRules {
    let without =
        [("desk", WithoutRecord::Desk), ("create", WithoutRecord::Create), ("no", WithoutRecord::No)];
    BookingRules {
        without_record: s.choice("without_record", &without, &[]).unwrap_or(WithoutRecord::Desk),
        min_notice: s.or("min_notice", Span::hours(2), Span::parse).duration(),
        horizon: s.or("horizon", Span::days(30), Span::parse).duration(),
        cancel_until: s.or("cancel_until", Span::hours(2), Span::parse).duration(),
        max_open: s.whole("max_open", 3, 1..=MAX_OPEN),
        write_back: s.flag("write_back", true),
    }
}

fn location(s: &mut Section<'_>) -> Venue {
    Venue {
        id: s.need("id", "\"building-b\"", values::location),
        name: s.table("name", |s| bilingual(s, PLACE_MAX)),
        pin: s.given("pin", values::pin),
        address: s.table_if("address", |s| bilingual(s, ADDRESS_MAX)),
    }
}
