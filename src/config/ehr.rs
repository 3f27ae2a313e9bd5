//! `[ehr]`: the hospital's record.

use super::fault::wrong;
use super::reader::Section;
use super::span::Span;
use super::{secret, values};
pub use crate::outbound::ehr::Auth;

/// Longest wait for one answer of the EHR.
const TIMEOUT_MAX: Span = Span::seconds(120);
/// Most requests a second that an EHR may be asked for.
const RATE_MAX: u32 = 1_000;
/// What is asked for at the SMART token endpoint (SMART App Launch 2.0, v2 scopes).
const SCOPES: [&str; 9] = [
    "system/Patient.rs",
    "system/Practitioner.rs",
    "system/Location.rs",
    "system/Schedule.rs",
    "system/Slot.rus",
    "system/Appointment.crus",
    "system/RelatedPerson.rs",
    "system/Task.crus",
    "system/Communication.cs",
];

/// `[ehr]`.
#[derive(Clone, Debug)]
pub struct Ehr {
    /// Identifier system of our bookings; frozen at the first migrate.
    pub booking_system: String,
    /// FHIR base; no final slash.
    pub base_url: String,
    /// How it knows us.
    pub auth: Auth,
    /// The budget of all replicas together.
    pub requests_per_second: u32,
    /// How long one answer may take.
    pub timeout: Span,
    /// How often the change feed will be asked; later versions.
    pub poll_interval: Span,
    /// Whether a subscription may be used; later versions.
    pub subscription: bool,
    /// The key of SMART assertions; later versions.
    pub signing_key: String,
    /// Scopes of SMART tokens; later versions.
    pub scopes: Vec<String>,
}

impl Ehr {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        s.choice("dialect", &[("rest", ())], &["ihe", "argonaut", "medplum", "epic", "oracle", "siu"]);
        for key in ["client_id", "token_url"] {
            s.unbuilt(key, "SMART", "");
        }
        s.unbuilt("proxy", "an outbound proxy", "");
        for key in ["ca_file", "client_cert_file"] {
            s.unbuilt(key, "TLS with own certificates", "");
        }
        Self {
            booking_system: s.need(
                "booking_system",
                "\"https://wasl.example.org/fhir/booking\"",
                values::absolute_uri,
            ),
            base_url: s.need("base_url", "\"https://ehr.example.org/fhir\"", values::web),
            auth: auth(s),
            requests_per_second: s.whole("requests_per_second", 20, 1..=RATE_MAX),
            timeout: timeout(s),
            poll_interval: s.or("poll_interval", Span::seconds(60), Span::parse),
            subscription: s
                .choice("subscription", &[("auto", true), ("off", false)], &["rest-hook", "topic"])
                .unwrap_or(true),
            signing_key: s.or("signing_key", "ehr".to_owned(), values::id),
            scopes: s.each("scopes", values::filled).unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec()),
        }
    }
}

fn auth(s: &mut Section<'_>) -> Auth {
    let basic = s.choice("auth", &[("none", false), ("basic", true)], &["smart"]).unwrap_or(false);
    let given = ["username", "password", "password_file"].into_iter().find(|key| s.has(key));
    if let (false, Some(key)) = (basic, given) {
        s.fault(key, wrong("is set, but auth is not \"basic\"", "set auth = \"basic\", or remove it"));
    }
    let username = s.given("username", user);
    if basic && username.is_none() {
        s.missing("username", "\"wasl\"");
    }
    let password = if basic {
        Some(secret::needed(s, "password", "password_file"))
    } else {
        secret::optional(s, "password", "password_file")
    };
    match (basic, username, password) {
        (true, Some(username), Some(password)) => Auth::Basic { username, password },
        _ => Auth::None,
    }
}

/// A user name of HTTP Basic: no colon, which ends it (RFC 7617 §2).
fn user(text: &str) -> Result<String, super::fault::Wrong> {
    let fits = !text.is_empty() && !text.contains(':') && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
        .ok_or_else(|| wrong("is not a user name of HTTP Basic", "write it without a colon"))
}

fn timeout(s: &mut Section<'_>) -> Span {
    s.or("timeout", Span::seconds(10), |text| {
        let span = Span::parse(text)?;
        let fits = span >= Span::seconds(1) && span <= TIMEOUT_MAX;
        fits.then_some(span)
            .ok_or_else(|| wrong(format!("{span} is out of range"), format!("use 1s to {TIMEOUT_MAX}")))
    })
}
