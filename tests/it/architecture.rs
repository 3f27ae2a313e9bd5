//! The layer table of ARCHITECTURE.md, held by reading the source.

use std::path::{Path, PathBuf};

/// Who may import whom among our own modules.
const LAYERS: &[(&str, &[&str])] = &[
    ("phi", &[]),
    ("clock", &[]),
    ("ids", &[]),
    ("seal", &["ids"]),
    ("domain", &["phi", "clock", "ids", "seal"]),
    ("wire", &["phi", "clock", "ids", "seal"]),
    ("audit", &["phi", "clock", "ids", "seal"]),
    ("store", &["phi", "clock", "ids", "seal", "domain", "audit"]),
    ("engine", &["phi", "clock", "ids", "seal", "domain", "audit", "store"]),
    ("outbound", &["phi", "clock", "ids", "seal", "domain", "wire", "audit"]),
    ("inbound", &["phi", "clock", "ids", "seal", "domain", "wire", "engine"]),
    ("worker", &["phi", "clock", "ids", "seal", "domain", "engine", "outbound", "store"]),
    ("sandbox", &["phi", "clock", "ids", "seal", "wire"]),
    ("config", &["domain"]),
];

/// Crates that only these modules may name.
const CRATES: &[(&str, &[&str])] = &[
    ("aws_lc_rs", &["seal", "ids", "wire"]),
    ("jiff", &["domain"]),
    ("chrono_tz", &["domain", "config"]),
    ("fhir_codec", &["wire"]),
    ("fhir_sdk", &[]),
    ("diesel", &["store", "engine"]),
    ("diesel_migrations", &["store"]),
    ("reqwest", &["outbound", "sandbox"]),
    ("actix_web", &["inbound", "sandbox", "app", "cli"]),
    ("clap", &["cli"]),
    ("fluent_bundle", &["outbound"]),
    ("phonenumber", &["outbound", "config"]),
];

/// Where personal data may be taken out of its carrier.
const REVEAL: &[&str] = &["phi", "domain", "wire", "outbound", "inbound", "sandbox"];
/// Beside them one file of the store.
const CRYPT: &str = "src/store/crypt.rs";
/// No file is longer, but for tables and tests.
const LINES: usize = 460;
const LONG: &[&str] =
    &["tests.rs", "src/config/tests/faults.rs", "src/seal.rs", "src/sandbox/api.rs", "src/cli/sandbox.rs"];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found
}

fn module(path: &str) -> String {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// What a file names after `crate::` and of outside crates, outside its tests.
fn faults(path: &str, text: &str) -> Vec<String> {
    let module = module(path);
    let production = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut found = vec![];
    for (n, line) in production.lines().enumerate() {
        let code = line.split("//").next().unwrap();
        let mut complain = |rule: String| found.push(format!("{path}:{}: {rule}", n + 1));
        if let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) {
            for part in code.split("crate::").skip(1) {
                let other: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if LAYERS.iter().any(|(name, _)| *name == other)
                    && other != module
                    && !allowed.contains(&other.as_str())
                {
                    complain(format!("{module} may not import {other}"));
                }
            }
        }
        for (name, homes) in CRATES {
            let named = code.contains(&format!("{name}::")) && !code.contains(&format!("crate::{name}"));
            if named && !homes.contains(&module.as_str()) {
                complain(format!("{name} is confined to {homes:?}"));
            }
        }
        let reveals = code.contains(".reveal()") || code.contains(".into_revealed()");
        if reveals && !REVEAL.contains(&module.as_str()) && path != CRYPT {
            complain("personal data may not leave its carrier here".to_owned());
        }
        if code.contains("crate::sandbox") && !["cli", "sandbox"].contains(&module.as_str()) {
            complain("nothing knows the sandbox but the command line".to_owned());
        }
    }
    let lines = text.lines().count();
    if lines > LINES && !LONG.iter().any(|long| path.ends_with(long)) {
        found.push(format!("{path}: {lines} lines; split it by topic"));
    }
    found
}

#[test]
fn the_source_keeps_to_the_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    for path in sources(&root.join("src")) {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if name.ends_with("tests.rs") || name.contains("/tests/") {
            continue;
        }
        found.extend(faults(&name, &std::fs::read_to_string(&path).unwrap()));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_check_finds_what_it_looks_for() {
    for (path, text) in [
        ("src/domain/x.rs", "use crate::store::Store;"),
        ("src/wire/x.rs", "use crate::domain::fact::Fact;"),
        ("src/inbound/x.rs", "let x = crate::outbound::http::Http;"),
        ("src/domain/x.rs", "use diesel::prelude::*;"),
        ("src/engine/x.rs", "log(name.reveal());"),
        ("src/app.rs", "use crate::sandbox::api;"),
    ] {
        assert_eq!(faults(path, text).len(), 1, "{text}");
    }
    assert!(faults("src/domain/x.rs", "use crate::phi::Phi; // crate::store").is_empty());
}
