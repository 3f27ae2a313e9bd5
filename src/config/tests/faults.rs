//! Each kind of fault has one message, which names the key and the fix.

use super::{LEAST, load, with};
use crate::config::Config;
use rstest::rstest;

fn faults(text: &str) -> Vec<String> {
    load(text).map(|_| ()).unwrap_err()
}

#[rstest]
#[case("server.pubic_url", "'x'", "server.pubic_url: unknown key; did you mean public_url?")]
#[case("whatsap", "{}", "whatsap: unknown key; did you mean whatsapp?")]
#[case("clinic.0.booking.horizont", "'3d'", "clinic.0.booking.horizont: unknown key; did you mean horizon?")]
#[case("keys.colour", "'red'", "keys.colour: unknown key; remove it, or use one of master_key_file")]
#[case(
    "server.public_url",
    "'http://wasl.example.org'",
    "server.public_url: is http: anyone on the way could read it; use https (http is for loopback only)"
)]
#[case(
    "server.public_url",
    "'wasl.example.org'",
    "server.public_url: is not an http or https address; write it as in \"https://wasl.example.org\""
)]
#[case(
    "server.public_url",
    "7",
    "server.public_url: must be a string, found an integer; see docs/CONFIGURATION.md for its form"
)]
#[case(
    "server.listen",
    "'localhost:8080'",
    "server.listen: \"localhost:8080\" is not an address to listen on; write an IP address and a port, as in \"127.0.0.1:8080\""
)]
#[case(
    "server.internal_listen",
    "'127.0.0.1:8080'",
    "server.internal_listen: 127.0.0.1:8080 is also server.listen; give it a port of its own"
)]
#[case("server", "3", "server: must be a table, found an integer; see docs/CONFIGURATION.md for its form")]
#[case(
    "database.url",
    "'mysql://h/d'",
    "database.url: is not the address of a database we know; write sqlite://FILE or postgres://USER@HOST/DATABASE"
)]
#[case(
    "database.url",
    "'sqlite://:memory:'",
    "database.url: is in memory: nothing would survive a restart; write sqlite://FILE"
)]
#[case(
    "database.max_connections",
    "0",
    "database.max_connections: 0 is out of range; use a whole number from 1 to 1000"
)]
#[case(
    "database.max_connections",
    "'many'",
    "database.max_connections: must be a whole number, found a string; see docs/CONFIGURATION.md for its form"
)]
#[case(
    "whatsapp.api_version",
    "'26'",
    "whatsapp.api_version: \"26\" is not a Graph API version; write it as in \"v26.0\""
)]
#[case("whatsapp.app_secrets", "[]", "whatsapp.app_secrets: holds an empty secret; put the secret there")]
#[case(
    "whatsapp.app_secrets",
    "'s1'",
    "whatsapp.app_secrets: must be a list of strings, found a string; see docs/CONFIGURATION.md for its form"
)]
#[case("whatsapp.access_token", "''", "whatsapp.access_token: holds an empty secret; put the secret there")]
#[case(
    "whatsapp.graph_url",
    "'http://graph.example.org'",
    "whatsapp.graph_url: is http: anyone on the way could read it; use https (http is for loopback only)"
)]
#[case("clinic", "[]", "clinic: there is none; add a [[clinic]] table for each WhatsApp number")]
#[case(
    "clinic",
    "{ id = 'main' }",
    "clinic: must be a list of tables, found a table; write each as [[clinic]]"
)]
#[case(
    "clinic.0.id",
    "'Main clinic'",
    "clinic.0.id: \"Main clinic\" is not an id; use 1 to 64 letters, digits, - and _"
)]
#[case(
    "clinic.0.name.en",
    "'A name of a hospital that does not fit in!'",
    "clinic.0.name.en: \"A name of a hospital that does not fit in!\" has 42 characters; shorten it to 40"
)]
#[case("clinic.0.name.en", "''", "clinic.0.name.en: is empty; give it a name that patients know")]
#[case(
    "clinic.0.timezone",
    "'Asia/Riyad'",
    "clinic.0.timezone: \"Asia/Riyad\" is not an IANA time zone; did you mean \"Asia/Riyadh\", \"Asia/Aden\" or \"Asia/Dubai\"?"
)]
#[case(
    "clinic.0.timezone",
    "'Europe/Paris'",
    "clinic.0.country: is missing, and Europe/Paris does not tell it; set it to two letters, as in country = \"SA\""
)]
#[case(
    "clinic.0.country",
    "'Arabia'",
    "clinic.0.country: \"Arabia\" is not a country; write the two capital letters of ISO 3166, as in \"SA\""
)]
#[case(
    "clinic.0.locales",
    "['ar', 'fr']",
    "clinic.0.locales: \"fr\" is not spoken here; use \"ar\" and \"en\""
)]
#[case(
    "clinic.0.locales",
    "[]",
    "clinic.0.locales: must name each language once; write it as in [\"ar\", \"en\"]"
)]
#[case(
    "clinic.0.locales",
    "['ar', 'ar']",
    "clinic.0.locales: must name each language once; write it as in [\"ar\", \"en\"]"
)]
#[case(
    "clinic.0.digits",
    "'hindi'",
    "clinic.0.digits: \"hindi\" is not one of its values; use \"auto\", \"latn\" or \"arab\""
)]
#[case(
    "clinic.0.clock",
    "'13h'",
    "clinic.0.clock: \"13h\" is not one of its values; use \"auto\", \"12h\" or \"24h\""
)]
#[case(
    "clinic.0.emergency_number",
    "'+997'",
    "clinic.0.emergency_number: \"+997\" is not an emergency number; write 2 to 6 digits, as in \"997\""
)]
#[case(
    "clinic.0.phone",
    "'reception'",
    "clinic.0.phone: \"reception\" is not a telephone number; write 3 to 15 digits, as in \"+966110000000\""
)]
#[case(
    "clinic.0.quiet_hours",
    "['21:00']",
    "clinic.0.quiet_hours: must be two times of day; write it as in [\"21:00\", \"08:00\"]"
)]
#[case(
    "clinic.0.quiet_hours",
    "['9pm', '08:00']",
    "clinic.0.quiet_hours: \"9pm\" is not a time of day; write hours and minutes, as in \"21:00\""
)]
#[case(
    "clinic.0.week_start",
    "'sunday'",
    "clinic.0.week_start: \"sunday\" is not a day; use mon, tue, wed, thu, fri, sat or sun"
)]
#[case(
    "clinic.0.disclosure",
    "'all'",
    "clinic.0.disclosure: \"all\" is not one of its values; use \"time\", \"details\" or \"neutral\""
)]
#[case(
    "clinic.0.disclosure",
    "'neutral'",
    "clinic.0.service.0.alias: is missing, so a neutral service would be shown by its name; add alias = { ar = \"موعد\", en = \"Appointment\" }, or set disclosure to \"time\""
)]
#[case(
    "clinic.0.opening_hours",
    "{ sun = ['20:00-02:00'] }",
    "clinic.0.opening_hours: \"20:00-02:00\" is not a span of a day; write it as in \"08:00-20:00\"; hours past midnight belong to the next day"
)]
#[case(
    "clinic.0.holiday",
    "[{}]",
    "clinic.0.holiday.0.date: is missing; set it, as in date = \"2026-09-23\""
)]
#[case(
    "clinic.0.holiday",
    "[{ date = '23.9.' }]",
    "clinic.0.holiday.0.date: \"23.9.\" is not a date; write it as in \"2026-09-23\""
)]
#[case(
    "clinic.0.holiday",
    "[{ date = '2027-03-09', until = '2027-03-01' }]",
    "clinic.0.holiday.0.until: 2027-03-01 does not follow 2027-03-09 closely; name at most 60 days, the first one first"
)]
#[case(
    "clinic.0.holiday",
    "[{ date = '2027-03-09', until = '9999-01-01' }]",
    "clinic.0.holiday.0.until: 9999-01-01 does not follow 2027-03-09 closely; name at most 60 days, the first one first"
)]
#[case(
    "clinic.0.location",
    "[{ id = 'Location/1', name = { ar = 'ا', en = 'a' } }]",
    "clinic.0.location.0.id: \"Location/1\" is not a FHIR id; write the id alone, without Location/"
)]
#[case(
    "clinic.0.location",
    "[{ id = '1', name = { ar = 'ا', en = 'Building B, floor 2, behind the pharmacy and the lab' } }]",
    "clinic.0.location.0.name.en: \"Building B, floor 2, behind the pharmacy and the lab\" has 52 characters; shorten it to 48"
)]
#[case(
    "clinic.0.booking.min_notice",
    "'2 hours'",
    "clinic.0.booking.min_notice: \"2 hours\" is no length of time; write a number and s, m, h, d or y, as in \"2h\""
)]
#[case(
    "clinic.0.booking.horizon",
    "'1h'",
    "clinic.0.booking.horizon: is not longer than min_notice, so nothing could be booked; make it longer, as in \"30d\""
)]
#[case(
    "clinic.0.booking.max_open",
    "-1",
    "clinic.0.booking.max_open: -1 is out of range; use a whole number from 1 to 20"
)]
#[case(
    "clinic.0.booking.write_back",
    "'yes'",
    "clinic.0.booking.write_back: must be true or false, found a string; see docs/CONFIGURATION.md for its form"
)]
#[case(
    "clinic.0.service",
    "[]",
    "clinic.0.service: there is none; add a [[clinic.service]] table for each thing to book"
)]
#[case(
    "clinic.0.service.0.name.ar",
    "'عيادة الأمراض الجلدية والتناسلية'",
    "clinic.0.service.0.name.ar: \"عيادة الأمراض الجلدية والتناسلية\" has 32 characters; shorten it to 20"
)]
#[case(
    "clinic.0.service.0.service_type",
    "'394582007'",
    "clinic.0.service.0.service_type: \"394582007\" is not a system and a code; write system|code, as in \"http://snomed.info/sct|394582007\""
)]
#[case(
    "clinic.0.service.0.schedules",
    "['12']",
    "clinic.0.service.0.schedules: \"12\" is not a Schedule reference; write it as in \"Schedule/123\""
)]
#[case(
    "clinic.0.service.0.reminders",
    "['24h']",
    "clinic.0.service.0.reminders: \"24h\" is not a time before the appointment; write it as in \"-24h\""
)]
#[case(
    "ehr.booking_system",
    "'booking'",
    "ehr.booking_system: \"booking\" is not an absolute URI; write it as in \"https://wasl.example.org/fhir/booking\" or \"urn:oid:2.16.840.1\""
)]
#[case(
    "ehr.base_url",
    "'https://u:p@ehr.example.org'",
    "ehr.base_url: has a user name or password in it; take it out; secrets have keys of their own"
)]
#[case("ehr.dialect", "'best'", "ehr.dialect: \"best\" is not one of its values; use \"rest\"")]
#[case(
    "ehr.username",
    "'wasl'",
    "ehr.username: is set, but auth is not \"basic\"; set auth = \"basic\", or remove it"
)]
#[case("ehr.timeout", "'1h'", "ehr.timeout: 1h is out of range; use 1s to 2m")]
#[case(
    "ehr.requests_per_second",
    "2.5",
    "ehr.requests_per_second: must be a whole number, found a float; see docs/CONFIGURATION.md for its form"
)]
#[case("links.lifetime", "'73h'", "links.lifetime: \"73h\" is out of range; use 1m to 3d")]
#[case(
    "access.roles",
    "{ desk = 'all' }",
    "access.roles: is not a table of lists; write it as in desk = [\"handoff:work\"]"
)]
#[case("retention.dedupe", "'7d'", "retention.dedupe: \"7d\" is out of range; use 8d to 366d")]
fn a_fault_is_told_in_one_sentence_with_its_fix(
    #[case] key: &str,
    #[case] value: &str,
    #[case] message: &str,
) {
    let told = faults(&with(key, Some(value)));
    assert!(told.contains(&message.to_owned()), "{told:#?}");
    assert!(told.len() == 1 || matches!(key, "server" | "clinic"), "one cause, one fault: {told:#?}");
}

#[rstest]
#[case("ehr.dialect", "'epic'", "ehr.dialect: \"epic\" is not built yet in this version; use \"rest\"")]
#[case(
    "ehr.auth",
    "'smart'",
    "ehr.auth: \"smart\" is not built yet in this version; use \"none\" or \"basic\""
)]
#[case(
    "ehr.subscription",
    "'topic'",
    "ehr.subscription: \"topic\" is not built yet in this version; use \"auto\" or \"off\""
)]
#[case("ehr.client_id", "'wasl'", "ehr.client_id: SMART is not built yet in this version; leave it out")]
#[case(
    "ehr.proxy",
    "'http://p:3128'",
    "ehr.proxy: an outbound proxy is not built yet in this version; leave it out"
)]
#[case(
    "ehr.ca_file",
    "'ca.pem'",
    "ehr.ca_file: TLS with own certificates is not built yet in this version; leave it out"
)]
#[case("hl7.listen", "'0.0.0.0:2575'", "hl7.listen: HL7 is not built yet in this version; leave it out")]
#[case(
    "hl7.tls_cert_file",
    "'a.pem'",
    "hl7.tls_cert_file: HL7 is not built yet in this version; leave it out"
)]
#[case(
    "hl7.default_charset",
    "'iso-8859-6'",
    "hl7.default_charset: HL7 is not built yet in this version; leave it out"
)]
#[case(
    "hl7.facility",
    "[{ name = 'OASIS' }]",
    "hl7.facility: HL7 is not built yet in this version; leave it out"
)]
#[case(
    "links.style",
    "'fragment'",
    "links.style: \"fragment\" is not built yet in this version; use \"path\""
)]
#[case("links.handoff", "'jwt'", "links.handoff: \"jwt\" is not built yet in this version; use \"exchange\"")]
#[case(
    "audit.witnesses",
    "['https://w.example.org']",
    "audit.witnesses: witnessing is not built yet in this version; leave it out"
)]
#[case("audit.tiles", "'s3://bucket'", "audit.tiles: s3:// is not built yet in this version; use a path")]
#[case(
    "access.issuer",
    "'https://id.example.org'",
    "access.issuer: sign-in of staff is not built yet in this version; leave it out"
)]
#[case(
    "desk.kind",
    "'chatwoot'",
    "desk.kind: \"chatwoot\" is not built yet in this version; use \"builtin\" or \"ehr-task\""
)]
#[case(
    "desk.url",
    "'https://desk.example.org'",
    "desk.url: a desk elsewhere is not built yet in this version; leave it out"
)]
fn what_is_not_built_yet_is_refused(#[case] key: &str, #[case] value: &str, #[case] message: &str) {
    assert_eq!(faults(&with(key, Some(value))), [message]);
}

#[rstest]
#[case("hl7.listen", "''")]
#[case("hl7.listen", "'127.0.0.1:2575'")]
#[case("ehr.subscription", "'off'")]
#[case("ehr.poll_interval", "'0'")]
#[case("desk.kind", "'ehr-task'")]
#[case("links.portal_url", "'https://portal.example.org/login'")]
#[case("audit.origin", "'wasl.example.org/main'")]
#[case("clinic.0.service.0.reminders", "['-24h', '-2h']")]
#[case("database.url", "'postgres://wasl@127.0.0.1/wasl'")]
fn what_starts_nothing_is_taken(#[case] key: &str, #[case] value: &str) {
    load(&with(key, Some(value))).unwrap();
}

#[rstest]
#[case(
    "server.public_url",
    "server.public_url: is missing; set it, as in public_url = \"https://wasl.example.org\""
)]
#[case(
    "whatsapp.app_secrets",
    "whatsapp.app_secrets: is missing; set it, or name a file that holds it with app_secrets_file"
)]
#[case(
    "whatsapp.verify_token",
    "whatsapp.verify_token: is missing; set it, or name a file that holds it with verify_token_file"
)]
#[case(
    "whatsapp.access_token",
    "whatsapp.access_token: is missing; set it, or name a file that holds it with access_token_file"
)]
#[case(
    "whatsapp.business_portfolio",
    "whatsapp.business_portfolio: is missing; set it, as in business_portfolio = \"102290000000000\""
)]
#[case("clinic.0.id", "clinic.0.id: is missing; set it, as in id = \"main\"")]
#[case(
    "clinic.0.phone_number_id",
    "clinic.0.phone_number_id: is missing; set it, as in phone_number_id = \"106540000000001\""
)]
#[case("clinic.0.waba_id", "clinic.0.waba_id: is missing; set it, as in waba_id = \"102290000000001\"")]
#[case("clinic.0.name.en", "clinic.0.name.en: is missing; set it, as in en = \"Oasis Hospital\"")]
#[case("clinic.0.timezone", "clinic.0.timezone: is missing; set it, as in timezone = \"Asia/Riyadh\"")]
#[case(
    "clinic.0.emergency_number",
    "clinic.0.emergency_number: is missing; set it, as in emergency_number = \"997\""
)]
#[case("clinic.0.phone", "clinic.0.phone: is missing; set it, as in phone = \"+966110000000\"")]
#[case(
    "clinic.0.opening_hours",
    "clinic.0.opening_hours: is missing; set it, as in opening_hours = { sun-thu = [\"08:00-16:00\"] }"
)]
#[case("clinic.0.service.0.id", "clinic.0.service.0.id: is missing; set it, as in id = \"dermatology\"")]
#[case(
    "clinic.0.service.0.service_type",
    "clinic.0.service.0.service_type: is missing; set it, as in service_type = \"http://snomed.info/sct|394582007\""
)]
#[case(
    "ehr.booking_system",
    "ehr.booking_system: is missing; set it, as in booking_system = \"https://wasl.example.org/fhir/booking\""
)]
#[case("ehr.base_url", "ehr.base_url: is missing; set it, as in base_url = \"https://ehr.example.org/fhir\"")]
fn what_is_missing_is_named(#[case] key: &str, #[case] message: &str) {
    assert_eq!(faults(&with(key, None)), [message]);
}

#[test]
fn an_empty_file_tells_everything_at_once() {
    let told = faults("");
    let missing =
        ["server.public_url", "whatsapp.app_secrets", "clinic:", "ehr.base_url", "ehr.booking_system"];
    for key in missing {
        assert_eq!(told.iter().filter(|fault| fault.starts_with(key)).count(), 1, "{key} in {told:#?}");
    }
}

#[test]
fn twins_are_told_apart_by_their_places() {
    let (head, rest) = LEAST.split_once("[[clinic]]").unwrap();
    let (clinic, ehr) = rest.split_once("[ehr]").unwrap();
    let (_, service) = clinic.split_once("[[clinic.service]]").unwrap();
    let text = format!("{head}[[clinic]]{clinic}[[clinic]]{clinic}[[clinic.service]]{service}[ehr]{ehr}");
    assert_eq!(
        faults(&text),
        [
            "clinic.1.id: \"main\" already belongs to clinic.0; give each its own",
            "clinic.1.phone_number_id: \"106540000000001\" already belongs to clinic.0; give each its own",
            "clinic.1.service.1.id: \"dental\" already belongs to clinic.1.service.0; give each its own",
            "clinic.1.service.1.name.ar: \"الأسنان\" already belongs to clinic.1.service.0; give each its own",
            "clinic.1.service.1.name.en: \"Dental\" already belongs to clinic.1.service.0; give each its own",
        ]
    );
}

#[test]
fn a_file_that_is_not_there_and_one_that_is_not_toml() {
    let path = std::path::Path::new("no/such/config.toml");
    let fault = Config::load(path, std::iter::empty()).unwrap_err().remove(0);
    assert_eq!(
        fault.to_string(),
        "no/such/config.toml: cannot be read (No such file or directory (os error 2)); copy the config.toml that \
         comes with Wasl, or name yours with --config"
    );
    let told = faults("[whatsapp]\naccess_token = \"EAAG-secret\nverify_token = 3");
    assert!(told[0].starts_with("line 2: is not TOML; mend it: "), "{told:?}");
    assert!(!told[0].contains("EAAG"), "{told:?}");
}

#[test]
#[cfg(feature = "bundled-libpq")]
fn tls_to_a_database_needs_a_libpq_that_has_it() {
    let told = faults(&with("database.url", Some("'postgres://wasl:hunter2@db/wasl?sslmode=require'")));
    assert_eq!(
        told,
        [
            "database.url: asks for TLS, which the libpq compiled into this build has not; use a build with the system's \
          libpq (cargo build --no-default-features), or a tunnel"
        ]
    );
}
