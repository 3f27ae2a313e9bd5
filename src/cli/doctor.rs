//! `wasl doctor`: what works, and what does not.

use crate::app;
use crate::cli::{self, DONE, FAILED};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::calendar;
use crate::domain::clinic::Clinic;
use crate::ids::Chance;
use crate::outbound::account::TokenTrouble;
use crate::outbound::ehr::{Caller, Ehr};
use crate::outbound::whatsapp::Graph;
use crate::seal::Keys;
use crate::store::migrate;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// How far ahead time zone rules are compared.
const ZONE_DAYS: i64 = 400;

struct Check {
    id: &'static str,
    status: &'static str,
    detail: String,
}

fn check(id: &'static str, status: &'static str, detail: impl Into<String>) -> Check {
    Check { id, status, detail: detail.into() }
}

/// Checks everything; exit 1 when something failed.
pub fn run(config: &Config, as_json: bool, write_probe: bool) -> ExitCode {
    let checks = cli::block_on(all(config, write_probe));
    let failed = checks.iter().any(|check| check.status == "fail");
    if as_json {
        let checks: Vec<Value> = checks
            .iter()
            .map(|check| json!({ "id": check.id, "status": check.status, "detail": check.detail }))
            .collect();
        cli::say(&json!({ "checks": checks }).to_string());
    } else {
        for check in &checks {
            cli::say(&format!("{:<4} {:<22} {}", check.status, check.id, check.detail));
        }
    }
    ExitCode::from(if failed { FAILED } else { DONE })
}

async fn all(config: &Config, write_probe: bool) -> Vec<Check> {
    let mut checks = vec![check("config", "ok", format!("{} clinic(s)", config.clinic.len()))];
    let clock = Clock::system();
    let keys = app::master_key(config).map(|master| Keys::new(&master, Chance::system()));
    checks.push(match &keys {
        Ok(_) => check("keys", "ok", "the master key can be read"),
        Err(error) => check("keys", "fail", error.to_string()),
    });
    checks.push(database(config));
    checks.extend(meta(config, &clock).await);
    checks.push(check("hl7", "skip", "HL7 v2 comes with a later version"));
    if let Ok(keys) = keys {
        checks.extend(ehr(config, keys, clock.clone()).await);
    }
    checks.push(zones(config, &clock));
    checks.push(check("ehr.feed", "skip", "change feeds come with a later version"));
    if write_probe {
        checks.push(check("ehr.write", "skip", "--write-probe comes with a later version"));
    }
    checks
}

fn database(config: &Config) -> Check {
    let target = match app::target(config) {
        Ok(target) => target,
        Err(error) => return check("database", "fail", error.to_string()),
    };
    match migrate::pending(&target) {
        Ok(missing) if missing.is_empty() => check("database", "ok", "reachable and up to date"),
        Ok(missing) => {
            check("database", "fail", format!("{} migration(s) missing; run `wasl migrate`", missing.len()))
        }
        Err(error) => check("database", "fail", error.to_string()),
    }
}

/// Token, numbers and templates, as Meta has them now.
async fn meta(config: &Config, clock: &Clock) -> Vec<Check> {
    let skipped = check("templates", "skip", "Meta cannot be asked");
    let graph = match app::graph(config, clock.clone()) {
        Ok(graph) => graph,
        Err(error) => return vec![check("whatsapp", "fail", error.to_string()), skipped],
    };
    let whatsapp = whatsapp(&graph, config, clock).await;
    if whatsapp.status == "fail" {
        return vec![whatsapp, skipped];
    }
    vec![whatsapp, templates(&graph, config).await]
}

async fn whatsapp(graph: &Graph, config: &Config, clock: &Clock) -> Check {
    let token = match graph.token(clock.now()).await {
        Ok(None) => None,
        Ok(Some(TokenTrouble::Ends(at))) => {
            Some(format!("the access token ends on {}: get one that does not", at.format("%Y-%m-%d")))
        }
        Ok(Some(TokenTrouble::Invalid)) => {
            return check("whatsapp", "fail", "Meta does not accept the access token: get another one");
        }
        Ok(Some(TokenTrouble::MayNotSend)) => {
            let text = "the access token lacks whatsapp_business_messaging: nothing can be sent with it";
            return check("whatsapp", "fail", text);
        }
        Err(problem) => return check("whatsapp", "fail", problem),
    };
    let (mut warn, mut said) = (token.is_some(), token.into_iter().collect::<Vec<_>>());
    for clinic in config.clinics() {
        let number = match graph.number(&clinic.phone_number_id).await {
            Ok(number) => number,
            Err(problem) => return check("whatsapp", "fail", format!("{}: {problem}", clinic.id)),
        };
        warn |= number.is_disliked() || number.is_held_back();
        let held = number.can_send.filter(|word| word != "AVAILABLE");
        let held = held.map(|word| format!(", sending {word}")).unwrap_or_default();
        said.push(format!("{}: quality {}{held}", clinic.id, number.quality));
    }
    check("whatsapp", if warn { "warn" } else { "ok" }, said.join(", "))
}

async fn templates(graph: &Graph, config: &Config) -> Check {
    let clinics = config.clinics();
    let accounts: BTreeSet<&str> = clinics.iter().map(|clinic| clinic.waba_id.as_str()).collect();
    let mut unfit = vec![];
    for waba in accounts {
        let of_it: Vec<&Clinic> = clinics.iter().filter(|clinic| clinic.waba_id == waba).collect();
        match graph.unfit(waba, &of_it).await {
            Ok(found) => unfit.extend(found.into_iter().map(|it| format!("{}: {}", it.template, it.why))),
            Err(problem) => return check("templates", "fail", problem),
        }
    }
    if unfit.is_empty() {
        return check("templates", "ok", "Meta has every template, approved and as utility");
    }
    check("templates", "warn", unfit.join("; "))
}

async fn ehr(config: &Config, keys: Keys, clock: Clock) -> Vec<Check> {
    let ehr = match app::ehr(config, keys, clock) {
        Ok(ehr) => ehr,
        Err(error) => return vec![check("ehr.reach", "fail", error.to_string())],
    };
    let said = match ehr.metadata().await {
        Ok(said) => said,
        Err(problem) => {
            return vec![check("ehr.reach", "fail", format!("{}: {problem}", config.ehr.base_url))];
        }
    };
    let software = said.pointer("/software/name").and_then(Value::as_str).unwrap_or("unnamed");
    let version = said["fhirVersion"].as_str().unwrap_or("unknown");
    let mut checks = vec![
        check("ehr.reach", "ok", format!("{software}, FHIR {version}, dialect rest")),
        check("ehr.smart", "skip", "SMART comes with a later version"),
    ];
    checks.extend(claims(&said));
    checks.push(paging(&ehr, config).await);
    checks
}

/// What the server says of itself; only a write could prove it.
fn claims(said: &Value) -> Vec<Check> {
    let rest = &said["rest"][0];
    let has = |list: &Value, code: &str| {
        list.as_array().is_some_and(|list| list.iter().any(|it| it["code"] == code))
    };
    let of = |kind: &str| {
        rest["resource"].as_array().and_then(|list| list.iter().find(|it| it["type"] == kind)).cloned()
    };
    let (slot, appointment) = (of("Slot").unwrap_or_default(), of("Appointment").unwrap_or_default());
    let told = |id, fine: bool, what: &str| {
        let status = if fine { "ok" } else { "warn" };
        let detail = if fine {
            format!("{what}, by its CapabilityStatement")
        } else {
            format!("no {what}, says its CapabilityStatement")
        };
        check(id, status, detail)
    };
    vec![
        told(
            "ehr.if_match",
            slot["versioning"].as_str().is_some_and(|it| it.starts_with("versioned")),
            "versions on Slot",
        ),
        told("ehr.transaction", has(&rest["interaction"], "transaction"), "transactions"),
        told(
            "ehr.conditional_create",
            appointment["conditionalCreate"] == true,
            "conditional create of Appointment",
        ),
    ]
}

/// Finds a free time of the first service, as a patient would.
async fn paging(ehr: &Ehr, config: &Config) -> Check {
    use crate::domain::fact::{Fact, Facts, Question, Search};
    let clinics = config.clinics();
    let Some((clinic, service)) = clinics.first().and_then(|clinic| Some((clinic, clinic.services.first()?)))
    else {
        return check("ehr.paging", "skip", "no service is configured");
    };
    let now = Clock::system().now();
    let search = Search {
        service: service.digest(),
        doctor: crate::seal::Digest8::default(),
        from: now,
        until: now + clinic.booking.horizon,
        limit: 100,
        hours: Default::default(),
        gender: None,
        place: 0,
    };
    let nobody = Caller { phone: None, proved: &[], proved_only: false };
    match ehr.answer(Question::Slots(search), clinic, nobody, &Facts::default()).await {
        Fact::Slots(found) if found.is_empty() => {
            check("ehr.paging", "warn", format!("no free time of {} up to the horizon", service.id))
        }
        Fact::Slots(found) => check(
            "ehr.paging",
            "ok",
            format!("{} free times of {} (at most 100 are read)", found.len(), service.id),
        ),
        _ => check("ehr.paging", "fail", "free times cannot be read"),
    }
}

fn zones(config: &Config, clock: &Clock) -> Check {
    let zones: Vec<_> = config.clinics().iter().map(|clinic| clinic.zone).collect();
    let stale = calendar::stale_zones(&zones, clock.now(), ZONE_DAYS);
    let source = calendar::tzdb_source();
    if stale.is_empty() {
        return check("ehr.timezone", "ok", format!("rules from {source}"));
    }
    let names: Vec<&str> = stale.iter().map(|(zone, _)| zone.name()).collect();
    check(
        "ehr.timezone",
        "ok",
        format!("rules from {source}; chrono-tz would be wrong for {}", names.join(", ")),
    )
}
