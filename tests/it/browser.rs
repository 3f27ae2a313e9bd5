//! The phone page in Chromium.

use crate::real;
use crate::world::World;
use std::process::Command;

#[test]
fn a_newcomer_books_in_the_browser_in_both_languages() {
    let Some((chromium, packages)) = real::browser() else { return };
    for language in ["ar", "en"] {
        let world = World::start();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/phone.mjs");
        let mut command = Command::new("node");
        command.args([script, world.base(), language]);
        command.args(std::env::var("WASL_SHOTS").ok());
        command.env("WASL_TEST_CHROMIUM", &chromium).env("WASL_TEST_BROWSER", &packages);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{language}: {said}");
    }
}
