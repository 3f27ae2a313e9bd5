//! The reference `config.toml` and `docs/CONFIGURATION.md` against what is really read.

use super::super::{read, reader::documented};
use super::load;
use std::collections::BTreeSet;
use toml::{Table, Value};

const REFERENCE: &str = include_str!("../../../config.toml");
const PAGE: &str = include_str!("../../../docs/CONFIGURATION.md");

/// The reference with the keys that are off (`#key = …`) switched on.
fn everything_on() -> String {
    let on = |line: &str| {
        line.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(line).to_owned()
    };
    REFERENCE.lines().map(on).collect::<Vec<_>>().join("\n")
}

/// Every key that the code asks for.
fn asked() -> BTreeSet<String> {
    read(&everything_on(), std::iter::empty()).map(|(_, book)| book.keys).unwrap()
}

/// Every key of `value`, as the places of its leaves; `leaf` says where to stop.
fn leaves(value: &Value, at: &str, known: &BTreeSet<String>, found: &mut Vec<String>) {
    let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    match value {
        _ if known.contains(&documented(at)) => found.push(at.to_owned()),
        Value::Table(table) => table.iter().for_each(|(key, value)| leaves(value, &below(key), known, found)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(no, value)| leaves(value, &below(&no.to_string()), known, found)),
        _ => found.push(at.to_owned()),
    }
}

fn keys_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    leaves(&Value::Table(toml::from_str(text).unwrap()), "", &asked(), &mut found);
    found
}

#[test]
fn the_reference_loads_as_it_is() {
    let config = load(REFERENCE).unwrap();
    assert_eq!(config.clinics()[0].places[0].name.en, "Building B, floor 2");
}

#[test]
fn the_reference_has_every_key_and_no_other() {
    let written: BTreeSet<String> = keys_of(&everything_on()).iter().map(|key| documented(key)).collect();
    assert_eq!(written, asked());
}

#[test]
fn the_reference_shows_the_defaults() {
    let whole = format!("{:?}", load(REFERENCE).unwrap());
    let mut optional = 0;
    for key in keys_of(REFERENCE) {
        let mut file = Value::Table(toml::from_str::<Table>(REFERENCE).unwrap());
        super::put(&mut file, &key, None);
        if let Ok(config) = load(&toml::to_string(&file).unwrap()) {
            assert_eq!(format!("{config:?}"), whole, "{key} is not shown with its default");
            optional += 1;
        }
    }
    assert!(optional > 50, "{optional} keys have a default");
}

#[test]
fn the_page_lists_every_key_and_no_other() {
    let row = |line: &str| {
        line.strip_prefix("| `").and_then(|rest| rest.split_once('`')).map(|(key, _)| key.to_owned())
    };
    let rows: Vec<String> = PAGE.lines().filter_map(row).collect();
    let listed: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(listed.len(), rows.len(), "each key once");
    assert_eq!(listed, asked());
}
