//! Clients that nobody here wrote, against the sandbox's "Meta".

use crate::real;
use crate::world::{Setting, World};
use std::process::Command;

#[test]
fn pywa_finds_nothing_to_complain_of() {
    let Some(python) = real::pywa() else { return };
    let world = World::with(Setting { unjudged: true, ..Setting::default() });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/pywa/peer.py");
    let output = Command::new(python).args([script, world.base()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let ran = String::from_utf8_lossy(&output.stdout);
    assert!(ran.contains("18 checks, 0 failed"), "{ran}");
}
