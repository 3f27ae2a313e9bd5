//! What an operator meets: good files, every fault in its words, the environment, secrets, the reference.

mod documented;
mod faults;
mod sources;

use super::Config;
use crate::domain::clinic::{ClockStyle, Digits, Disclosure, Locale};
use chrono::Duration;
use toml::{Table, Value};

/// The least a hospital must say.
const LEAST: &str = r#"
[server]
public_url = "https://wasl.example.org"
[whatsapp]
app_secrets = ["s1"]
verify_token = "v"
access_token = "a"
business_portfolio = "1"
[[clinic]]
id = "main"
phone_number_id = "106540000000001"
waba_id = "2"
name = { ar = "مستشفى الواحة", en = "Oasis Hospital" }
timezone = "Asia/Riyadh"
emergency_number = "997"
phone = "+966110000000"
opening_hours = {}
[[clinic.service]]
id = "dental"
name = { ar = "الأسنان", en = "Dental" }
service_type = "urn:oid:1.2|D"
[ehr]
booking_system = "https://wasl.example.org/fhir/booking"
base_url = "https://ehr.example.org/fhir/"
"#;

fn load(text: &str) -> Result<Config, Vec<String>> {
    load_with(text, &[])
}

fn load_with(text: &str, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::parse(text, env).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// [`LEAST`] with `key` (dotted, places of lists as numbers) set to what `toml` says, or taken out.
fn with(key: &str, toml: Option<&str>) -> String {
    let mut file = Value::Table(toml::from_str::<Table>(LEAST).unwrap());
    put(&mut file, key, toml.map(|text| text.parse().unwrap()));
    toml::to_string(&file).unwrap()
}

fn put(file: &mut Value, key: &str, value: Option<Value>) {
    let (parents, last) = key
        .rsplit_once('.')
        .map_or((Vec::new(), key), |(parents, last)| (parents.split('.').collect(), last));
    let table = parents.into_iter().fold(file, |at, part| match at {
        Value::Array(list) => &mut list[part.parse::<usize>().unwrap()],
        Value::Table(table) => table.entry(part).or_insert_with(|| Value::Table(Table::new())),
        other => panic!("{part} below {other:?}"),
    });
    let table = table.as_table_mut().unwrap();
    match value {
        Some(value) => drop(table.insert(last.to_owned(), value)),
        None => drop(table.remove(last).unwrap()),
    }
}

#[test]
fn a_hospital_need_not_say_much() {
    let config = load(LEAST).unwrap();
    assert_eq!(config.ehr.base_url, "https://ehr.example.org/fhir");
    assert_eq!(config.keys.master_key_file.to_str(), Some("data/master.key"));
    assert_eq!(config.ehr.timeout.std().as_secs(), 10);
    let [clinic] = config.clinics().try_into().unwrap();
    assert_eq!(clinic.zone.name(), "Asia/Riyadh");
    assert_eq!((clinic.country.as_str(), clinic.writing.digits), ("SA", Digits::Arabic));
    assert_eq!(clinic.locales, [Locale::Ar, Locale::En]);
    assert_eq!(clinic.booking.horizon, Duration::days(30));
    assert_eq!((clinic.booking.max_open, clinic.booking.write_back), (3, true));
    assert_eq!(clinic.services[0].disclosure, Disclosure::Time);
}

#[test]
fn files_lie_where_data_dir_says() {
    let config = load(&with("server.data_dir", Some("'/var/lib/wasl'"))).unwrap();
    assert_eq!(config.keys.master_key_file.to_str(), Some("/var/lib/wasl/master.key"));
    assert_eq!(secrecy::ExposeSecret::expose_secret(&config.database.url), "sqlite:///var/lib/wasl/wasl.db");
}

#[test]
fn a_clinic_in_morocco_writes_its_own_way_unless_told() {
    let casablanca = with("clinic.0.timezone", Some("'Africa/Casablanca'"));
    let clinic = load(&casablanca).unwrap().clinics().remove(0);
    assert_eq!((clinic.writing.digits, clinic.writing.clock), (Digits::Latin, ClockStyle::TwentyFour));
    let env = [("WASL__CLINIC__0__CLOCK", "12h"), ("WASL__CLINIC__0__DIGITS", "arab")];
    let clinic = load_with(&casablanca, &env).unwrap().clinics().remove(0);
    assert_eq!((clinic.writing.digits, clinic.writing.clock), (Digits::Arabic, ClockStyle::Twelve));
}

#[test]
fn a_service_tells_as_much_as_its_clinic_unless_it_says_so() {
    let details = with("clinic.0.disclosure", Some("'details'"));
    assert_eq!(load(&details).unwrap().clinics()[0].services[0].disclosure, Disclosure::Details);
    let env = [
        ("WASL__CLINIC__0__SERVICE__0__DISCLOSURE", "neutral"),
        ("WASL__CLINIC__0__SERVICE__0__ALIAS", "{ ar = 'موعد', en = 'Appointment' }"),
    ];
    let clinic = load_with(&details, &env).unwrap().clinics().remove(0);
    assert_eq!(clinic.services[0].disclosure, Disclosure::Neutral);
    assert_eq!(clinic.services[0].shown(Locale::En), "Appointment");
}

#[test]
fn holidays_are_days_or_spans_of_days() {
    let holidays = "[{ date = 2027-09-23 }, { date = '2027-03-09', until = '2027-03-12' }]";
    let clinic = load(&with("clinic.0.holiday", Some(holidays))).unwrap().clinics().remove(0);
    let days: Vec<String> = clinic.hours.holidays.iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2027-09-23", "2027-03-09", "2027-03-10", "2027-03-11", "2027-03-12"]);
}

#[test]
fn a_far_country_has_to_be_named() {
    let paris = with("clinic.0.timezone", Some("'Europe/Paris'"));
    assert!(load(&paris).is_err());
    let clinic = load_with(&paris, &[("WASL__CLINIC__0__COUNTRY", "FR")]).unwrap().clinics().remove(0);
    assert_eq!((clinic.country.as_str(), clinic.writing.digits), ("FR", Digits::Latin));
}

#[test]
fn basic_auth_takes_a_name_and_a_password() {
    let env =
        [("WASL__EHR__AUTH", "basic"), ("WASL__EHR__USERNAME", "wasl"), ("WASL__EHR__PASSWORD", "12345")];
    let config = load_with(LEAST, &env).unwrap();
    let super::Auth::Basic { username, password } = config.ehr.auth else { panic!("no basic auth") };
    assert_eq!((username.as_str(), secrecy::ExposeSecret::expose_secret(&password)), ("wasl", "12345"));
}
