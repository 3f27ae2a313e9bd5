//! Bodies from `fhir-fixtures`, for tests.

use serde_json::Value;
use std::path::{Path, PathBuf};

pub(super) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fhir-fixtures").join(name)
}

pub(super) fn text(name: &str) -> String {
    std::fs::read_to_string(folder(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(super) fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap()
}

/// Every JSON file of a folder, with its name, in order.
pub(super) fn all(name: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "json")).collect();
    files.sort();
    let read = |path: PathBuf| (path.display().to_string(), std::fs::read_to_string(&path).unwrap());
    files.into_iter().map(read).collect()
}
