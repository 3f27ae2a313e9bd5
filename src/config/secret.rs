//! Secrets: in the file, in the environment, or in a file of their own (`*_file`).

use super::fault::{Wrong, wrong};
use super::reader::Section;
use secrecy::SecretString;

/// A secret at `key`, or in the file that `key_file` names; `None` where there is neither.
pub(super) fn optional(
    s: &mut Section<'_>,
    key: &'static str,
    key_file: &'static str,
) -> Option<SecretString> {
    refuse_both(s, key, key_file);
    let inline = s.given(key, one);
    s.given(key_file, |path| one(&content(path)?)).or(inline)
}

/// Like [`optional`], but it must be there.
pub(super) fn needed(s: &mut Section<'_>, key: &'static str, key_file: &'static str) -> SecretString {
    refuse_neither(s, key, key_file);
    optional(s, key, key_file).unwrap_or_default()
}

/// Several secrets: a list, or a file with one to a line.
pub(super) fn list(s: &mut Section<'_>, key: &'static str, key_file: &'static str) -> Vec<SecretString> {
    refuse_neither(s, key, key_file);
    refuse_both(s, key, key_file);
    let inline = s.texts(key);
    let lines = s.given(key_file, |path| Ok(content(path)?.lines().map(str::to_owned).collect::<Vec<_>>()));
    let from = if lines.is_some() { key_file } else { key };
    let Some(given) = lines.or(inline) else { return Vec::new() };
    let secrets: Vec<SecretString> = given.iter().filter_map(|text| one(text).ok()).collect();
    if secrets.is_empty() || (from == key && secrets.len() < given.len()) {
        s.fault(from, empty());
    }
    secrets
}

fn one(text: &str) -> Result<SecretString, Wrong> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.into()).ok_or_else(empty)
}

fn empty() -> Wrong {
    wrong("holds an empty secret", "put the secret there")
}

fn content(path: &str) -> Result<String, Wrong> {
    std::fs::read_to_string(path).map_err(|error| {
        wrong(
            format!("{path} cannot be read ({error})"),
            "give the path of a text file that this user may read",
        )
    })
}

fn refuse_both(s: &mut Section<'_>, key: &str, key_file: &str) {
    if s.has(key) && s.has(key_file) {
        s.fault(key, wrong(format!("is given beside {key_file}"), "keep one of the two"));
    }
}

fn refuse_neither(s: &mut Section<'_>, key: &str, key_file: &str) {
    if !s.has(key) && !s.has(key_file) {
        s.fault(key, wrong("is missing", format!("set it, or name a file that holds it with {key_file}")));
    }
}
