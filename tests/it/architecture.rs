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
    ("web", &["phi", "clock", "ids", "seal", "domain", "wire", "engine"]),
    ("worker", &["phi", "clock", "ids", "seal", "domain", "engine", "outbound", "store"]),
    ("sandbox", &["phi", "clock", "ids", "seal", "wire"]),
    ("config", &["domain", "outbound"]),
];

/// Crates that only these modules may name.
const CRATES: &[(&str, &[&str])] = &[
    ("aws_lc_rs", &["seal", "ids", "wire"]),
    ("jiff", &["domain"]),
    ("icu_calendar", &["domain"]),
    ("chrono_tz", &["domain", "config"]),
    ("fhir_codec", &["wire"]),
    ("fhir_sdk", &[]),
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("reqwest", &["outbound", "sandbox"]),
    ("actix_web", &["inbound", "web", "sandbox", "app", "cli"]),
    ("clap", &["cli"]),
    ("fluent_bundle", &["outbound", "web"]),
    ("flate2", &["sandbox"]),
    ("minijinja", &["web", "sandbox"]),
    ("phonenumber", &["outbound", "config"]),
];

/// Where personal data may be taken out of its carrier.
const REVEAL: &[&str] = &["phi", "domain", "wire", "outbound", "inbound", "web", "sandbox"];
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

/// The modules that stand first in a group after `crate::`, like `a` and `b` in `crate::{a::X, b}`, with the line each
/// group begins in.
fn grouped(text: &str) -> Vec<(usize, String)> {
    let mut found = vec![];
    for (at, _) in text.match_indices("crate::{") {
        let line = text[..at].lines().count().max(1);
        let (mut depth, mut name) = (0, Some(String::new()));
        for c in text[at + "crate::{".len()..].chars() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.extend(name.replace(String::new()).map(|name| (line, name)));
                    if c == '}' {
                        break;
                    }
                }
                _ if depth > 0 || c.is_whitespace() => {}
                _ if c.is_alphanumeric() || c == '_' => {
                    if let Some(name) = &mut name {
                        name.push(c);
                    }
                }
                // The rest of a path after its first name.
                _ => {
                    found.extend(name.take().map(|name| (line, name)));
                }
            }
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

/// What a line names after `crate::`.
fn named(code: &str) -> impl Iterator<Item = String> {
    let word =
        |part: &str| -> String { part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    code.split("crate::").skip(1).map(word)
}

/// True of code that uses a crate, under its own name or another.
fn uses(code: &str, name: &str) -> bool {
    let code = code.trim_start();
    let renamed = [format!("use {name};"), format!("use {name} as "), format!("extern crate {name}")];
    let path = code.contains(&format!("{name}::")) && !code.contains(&format!("crate::{name}"));
    path || renamed.iter().any(|renamed| code.contains(renamed.as_str()))
}

/// What a file names after `crate::` and of outside crates, outside its tests.
fn faults(path: &str, text: &str) -> Vec<String> {
    let module = module(path);
    let production = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code: String =
        production.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
    let mut found = vec![];
    let mut complain = |line: usize, rule: String| found.push(format!("{path}:{line}: {rule}"));
    let single = code.lines().enumerate().flat_map(|(n, line)| named(line).map(move |name| (n + 1, name)));
    for (line, other) in single.chain(grouped(&code)) {
        let allowed = LAYERS.iter().find(|(name, _)| *name == module);
        let ours = LAYERS.iter().any(|(name, _)| *name == other) && other != module;
        if ours && allowed.is_some_and(|(_, allowed)| !allowed.contains(&other.as_str())) {
            complain(line, format!("{module} may not import {other}"));
        }
        if other == "sandbox" && !["cli", "sandbox"].contains(&module.as_str()) {
            complain(line, "nothing knows the sandbox but the command line".to_owned());
        }
    }
    for (n, code) in code.lines().enumerate() {
        for (name, homes) in CRATES {
            if uses(code, name) && !homes.contains(&module.as_str()) {
                complain(n + 1, format!("{name} is confined to {homes:?}"));
            }
        }
        let reveals = code.contains(".reveal()") || code.contains(".into_revealed()");
        if reveals && !REVEAL.contains(&module.as_str()) && path != CRYPT {
            complain(n + 1, "personal data may not leave its carrier here".to_owned());
        }
        if code.contains("use crate as ") || code.contains("use crate;") {
            complain(n + 1, "the crate under another name hides what is imported".to_owned());
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
        ("src/app.rs", "use crate::{clock::Clock, sandbox};"),
        ("src/domain/x.rs", "use crate::{\n    phi::{Phi, Other},\n    store::Store,\n};"),
        ("src/wire/x.rs", "use crate::{phi::Phi, domain};"),
        ("src/domain/x.rs", "use crate::{seal::{Keys, Keyed}, wire::fhir};"),
        ("src/engine/x.rs", "use diesel::{prelude::*, dsl};"),
        ("src/engine/x.rs", "use diesel as sql;"),
        ("src/domain/x.rs", "use crate as wasl;"),
    ] {
        assert_eq!(faults(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("src/domain/x.rs", "use crate::phi::Phi; // crate::store"),
        ("src/domain/x.rs", "use crate::{phi::{self, Phi}, seal::Keys,};\nuse crate::ids::Id;"),
        ("src/store/x.rs", "use crate::{domain::{event::What, fact}, audit::{self}};"),
    ] {
        assert_eq!(faults(path, text), Vec::<String>::new(), "{text}");
    }
}
