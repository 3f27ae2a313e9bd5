//! Where values come from: the file, the environment, files of secrets; and that secrets stay secret.

use super::{LEAST, load, load_with, with};
use crate::config::{Config, Keys};
use rstest::rstest;
use secrecy::ExposeSecret;
use std::io::Write;
use tempfile::NamedTempFile;

fn file(content: &str) -> (NamedTempFile, String) {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    let path = file.path().display().to_string();
    (file, path)
}

fn told(env: &[(&str, &str)]) -> Vec<String> {
    load_with(LEAST, env).map(|_| ()).unwrap_err()
}

#[test]
fn the_environment_lies_over_the_file() {
    let env = [
        ("WASL__SERVER__LISTEN", "0.0.0.0:80"),
        ("WASL__DATABASE__MAX_CONNECTIONS", "3"),
        ("WASL__CLINIC__0__TIMEZONE", "Asia/Dubai"),
        ("WASL__CLINIC__0__LOCALES", "[\"en\"]"),
        ("WASL__CLINIC__0__BOOKING__WRITE_BACK", "false"),
        ("WASL__CLINIC__0__NAME__EN", "Palm Hospital"),
        ("WASL__WHATSAPP__VERIFY_TOKEN", "0012345"),
        ("WASL__WHATSAPP__BUSINESS_PORTFOLIO", "77"),
        ("WASL__WHATSAPP__APP_SECRETS__0", "31415926"),
        ("WASL__WHATSAPP__APP_SECRETS__1", "older"),
        ("WASL_OTHER", "not ours"),
        ("PATH", "/bin"),
    ];
    let config = load_with(LEAST, &env).unwrap();
    let clinic = config.clinics().remove(0);
    assert_eq!((config.server.listen.port(), config.database.max_connections), (80, 3));
    assert_eq!((clinic.zone.name(), clinic.country.as_str()), ("Asia/Dubai", "AE"));
    assert_eq!((clinic.locales.len(), clinic.booking.write_back), (1, false));
    assert_eq!((clinic.name.en.as_str(), clinic.name.ar.as_str()), ("Palm Hospital", "مستشفى الواحة"));
    assert_eq!(config.whatsapp.verify_token.expose_secret(), "0012345");
    assert_eq!(config.whatsapp.business_portfolio, "77");
    let secrets: Vec<&str> = config.whatsapp.app_secrets.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(secrets, ["31415926", "older"]);
}

#[test]
fn the_environment_can_hold_everything() {
    let clinic = "{ id='c', phone_number_id='1', waba_id='2', name={ar='ا',en='C'}, timezone='Asia/Qatar', \
                  emergency_number='999', phone='999', opening_hours={}, \
                  service=[{ id='s', name={ar='ب',en='S'}, service_type='urn:x|1' }] }";
    let env = [
        ("WASL__SERVER__PUBLIC_URL", "http://localhost:8080"),
        ("WASL__WHATSAPP__APP_SECRETS", "['s']"),
        ("WASL__WHATSAPP__VERIFY_TOKEN", "v"),
        ("WASL__WHATSAPP__ACCESS_TOKEN", "a"),
        ("WASL__WHATSAPP__BUSINESS_PORTFOLIO", "b"),
        ("WASL__CLINIC__0", clinic),
        ("WASL__EHR__BASE_URL", "http://127.0.0.1/fhir"),
        ("WASL__EHR__BOOKING_SYSTEM", "urn:uuid:1"),
    ];
    assert_eq!(load_with("", &env).unwrap().clinics()[0].country, "QA");
}

#[rstest]
#[case(("WASL__SERVER__LISTEM", "x"), "server.listem: unknown key (set by WASL__SERVER__LISTEM); did you mean listen?")]
#[case(("WASL__CLINIC__3__ID", "x"), "WASL__CLINIC__3__ID: \"3\" is no place in a list of 1; use 0 to 1")]
#[case(("WASL__CLINIC__FIRST__ID", "x"), "WASL__CLINIC__FIRST__ID: \"first\" is no place in a list of 1; use 0 to 1")]
#[case(("WASL__SERVER__LISTEN__PORT", "1"), "server.listen: must be a string, found a table; see docs/CONFIGURATION.md for its form")]
#[case(("WASL__CLINIC__0__ID__X", "1"), "WASL__CLINIC__0__ID__X: \"x\" stands below a key that is no table; name a key of config.toml")]
#[case(("WASL__DATABASE__MAX_CONNECTIONS", "many"), "database.max_connections: must be a whole number, found a string (set by WASL__DATABASE__MAX_CONNECTIONS); see docs/CONFIGURATION.md for its form")]
#[case(("WASL__SERVER__DATA_DIR", "a\u{fffd}"), "WASL__SERVER__DATA_DIR: its value is not UTF-8; set it in UTF-8, or put the secret into a file")]
fn a_variable_that_is_wrong_is_named(#[case] variable: (&str, &str), #[case] message: &str) {
    assert_eq!(told(&[variable]), [message]);
}

#[test]
fn secrets_lie_in_files_of_their_own() {
    let (_app, app) = file("new\n\nold\n");
    let (_access, access) = file("token\n");
    let (_database, database) = file("postgres://wasl:hunter2@db/wasl\n");
    let env = [
        ("WASL__WHATSAPP__APP_SECRETS_FILE", app.as_str()),
        ("WASL__WHATSAPP__ACCESS_TOKEN_FILE", &access),
        ("WASL__DATABASE__URL_FILE", &database),
    ];
    let config = load_with(LEAST, &env).unwrap();
    let secrets: Vec<&str> = config.whatsapp.app_secrets.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(
        secrets,
        ["new", "old"],
        "the file named by the environment wins over the secret in config.toml"
    );
    assert_eq!(config.whatsapp.access_token.expose_secret(), "token");
    assert_eq!(config.database.url.expose_secret(), "postgres://wasl:hunter2@db/wasl");
}

#[test]
fn a_secret_in_the_environment_wins_over_a_file_named_in_the_config() {
    let text = LEAST.replace("verify_token = \"v\"", "verify_token_file = \"/no/such/file\"");
    let config = load_with(&text, &[("WASL__WHATSAPP__VERIFY_TOKEN", "fresh")]).unwrap();
    assert_eq!(config.whatsapp.verify_token.expose_secret(), "fresh");
}

#[test]
fn a_file_of_secrets_that_is_not_there_empty_or_one_too_many_is_refused() {
    let (_empty, empty) = file(" \n");
    let missing = "/no/such/file";
    assert_eq!(
        told(&[("WASL__WHATSAPP__ACCESS_TOKEN_FILE", missing), ("WASL__WHATSAPP__APP_SECRETS_FILE", &empty)]),
        [
            "whatsapp.app_secrets_file: holds an empty secret (set by WASL__WHATSAPP__APP_SECRETS_FILE); put the secret there",
            "whatsapp.access_token_file: /no/such/file cannot be read (No such file or directory (os error 2)) (set by \
             WASL__WHATSAPP__ACCESS_TOKEN_FILE); give the path of a text file that this user may read",
        ]
    );
    let both = load(&with("whatsapp.verify_token_file", Some("'/no/such/file'"))).map(|_| ()).unwrap_err();
    assert_eq!(both[0], "whatsapp.verify_token: is given beside verify_token_file; keep one of the two");
}

#[test]
fn debug_prints_no_secret() {
    let env = [
        ("WASL__WHATSAPP__APP_SECRETS", "['canary-app']"),
        ("WASL__WHATSAPP__VERIFY_TOKEN", "canary-verify"),
        ("WASL__WHATSAPP__ACCESS_TOKEN", "canary-access"),
        ("WASL__DATABASE__URL", "postgres://wasl:canary-db@db/wasl"),
        ("WASL__EHR__AUTH", "basic"),
        ("WASL__EHR__USERNAME", "wasl"),
        ("WASL__EHR__PASSWORD", "canary-ehr"),
    ];
    let config = load_with(LEAST, &env).unwrap();
    assert!(!format!("{config:?} {config:#?}").contains("canary"));
    assert!(format!("{config:?}").contains("wasl.example.org"), "the rest is there");
}

#[test]
fn faults_print_no_secret() {
    let env = [
        ("WASL__WHATSAPP__APP_SECRETS", "[['canary-app']]"),
        ("WASL__WHATSAPP__VERIFY_TOKEN", "{ a = 'canary-verify' }"),
        ("WASL__WHATSAPP__ACCESS_TOKN", "canary-access"),
        ("WASL__DATABASE__URL", "mysql://wasl:canary-db@db/wasl"),
        ("WASL__EHR__PASSWORD", "canary-ehr"),
        ("WASL__EHR__BASE_URL", "https://wasl:canary-ehr@ehr.example.org"),
        ("WASL__SERVER__PUBLIC_URL", "canary-url"),
    ];
    let told = told(&env);
    assert!(told.len() >= 6, "{told:#?}");
    assert!(!told.join("\n").contains("canary"), "{told:#?}");
}

#[test]
fn the_master_key_is_checked_without_being_shown() {
    let check = |path: &str| Keys { master_key_file: path.into() }.check().map_err(|fault| fault.to_string());
    let (_good, good) = file("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
    let (_short, short) = file("AAECAwQF\n");
    assert_eq!(check(&good), Ok(()));
    assert_eq!(
        check(&short).unwrap_err(),
        format!("keys.master_key_file: {short} does not hold 32 bytes in base64; restore it from its backup")
    );
    assert_eq!(
        check("/no/such/key").unwrap_err(),
        "keys.master_key_file: /no/such/key cannot be read (No such file or directory (os error 2)); make it with \
         `wasl keys generate`, or give its path"
    );
}

#[test]
fn a_config_is_loaded_from_its_file() {
    let (file, _) = file(LEAST);
    assert_eq!(Config::load(file.path(), std::iter::empty()).unwrap().clinics()[0].id, "main");
}
