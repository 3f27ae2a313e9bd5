//! Meta's own example payloads, read from `tests/data/whatsapp` (see the README there).

use serde_json::Value;
use std::path::{Path, PathBuf};

/// Every file of one folder: name and bytes, sorted by name.
pub fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into(), read(path))).collect()
}

/// One file.
pub fn bytes(path: &str) -> Vec<u8> {
    read(&root().join(path))
}

/// One file as JSON.
pub fn value(path: &str) -> Value {
    serde_json::from_slice(&bytes(path)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/whatsapp")
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
