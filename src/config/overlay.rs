//! `WASL__TABLE__KEY` from the environment, laid over the file.

use super::fault::{Fault, Wrong, wrong};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// What every variable that we read begins with.
const PREFIX: &str = "WASL__";

/// The raw text of each value that came from the environment, by its key (`clinic.0.timezone`).
pub(super) type FromEnv = BTreeMap<String, String>;

/// Lays the variables over `file`. Entries of lists are named by their place from 0
/// (`WASL__CLINIC__0__TIMEZONE`); a value that reads as TOML is taken as such, any other as a string.
pub(super) fn lay(
    file: &mut Value,
    env: impl Iterator<Item = (String, String)>,
    faults: &mut Vec<Fault>,
) -> FromEnv {
    let mut variables: Vec<(Vec<String>, String)> = env.filter_map(named).collect();
    variables.sort_by_key(|(path, _)| {
        path.iter().map(|part| (part.parse::<usize>().ok(), part.clone())).collect::<Vec<_>>()
    });
    let mut from = FromEnv::new();
    for (path, raw) in variables {
        match set(file, &path, &raw, &from) {
            Ok(()) => {
                from.insert(path.join("."), raw);
            }
            Err(wrong) => faults.push(wrong.at(variable(&path.join(".")))),
        }
    }
    from
}

/// The variable that sets `key`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn named((name, raw): (String, String)) -> Option<(Vec<String>, String)> {
    let path = name.strip_prefix(PREFIX)?;
    Some((path.split("__").map(str::to_lowercase).collect(), raw))
}

fn set(file: &mut Value, path: &[String], raw: &str, from: &FromEnv) -> Result<(), Wrong> {
    if raw.contains(char::REPLACEMENT_CHARACTER) {
        return Err(wrong("its value is not UTF-8", "set it in UTF-8, or put the secret into a file"));
    }
    let Some((last, parents)) = path.split_last() else { return Ok(()) };
    let mut place = file;
    for (at, part) in parents.iter().enumerate() {
        place = step(place, part, path.get(at + 1))?;
    }
    drop_other_source(place, last, parents, from);
    *step(place, last, None)? = raw.parse().unwrap_or_else(|_| Value::String(raw.to_owned()));
    Ok(())
}

/// The place of `part` below `at`, made where there is none: a list if what comes `after` is a number.
fn step<'v>(at: &'v mut Value, part: &str, after: Option<&String>) -> Result<&'v mut Value, Wrong> {
    let listed = after.is_some_and(|part| part.parse::<usize>().is_ok());
    let fresh = || if listed { Value::Array(Vec::new()) } else { Value::Table(Table::new()) };
    match at {
        Value::Table(table) => Ok(table.entry(part).or_insert_with(fresh)),
        Value::Array(list) => entry(list, part, fresh),
        _ => Err(wrong(format!("{part:?} stands below a key that is no table"), "name a key of config.toml")),
    }
}

fn entry<'v>(
    list: &'v mut Vec<Value>,
    part: &str,
    fresh: impl Fn() -> Value,
) -> Result<&'v mut Value, Wrong> {
    let length = list.len();
    let place = part.parse::<usize>().ok().filter(|&place| place <= length);
    let gap = || wrong(format!("{part:?} is no place in a list of {length}"), format!("use 0 to {length}"));
    let place = place.ok_or_else(gap)?;
    if place == length {
        list.push(fresh());
    }
    list.get_mut(place).ok_or_else(gap)
}

/// A secret from the environment takes the place of the file's, whichever of `key` and `key_file` either used.
fn drop_other_source(place: &mut Value, key: &str, parents: &[String], from: &FromEnv) {
    let other = key.strip_suffix("_file").map_or_else(|| format!("{key}_file"), str::to_owned);
    let theirs = parents.iter().map(String::as_str).chain([other.as_str()]).collect::<Vec<_>>().join(".");
    if let (Value::Table(table), false) = (place, from.contains_key(&theirs)) {
        table.remove(&other);
    }
}
