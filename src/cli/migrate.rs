//! `wasl migrate`.

use crate::app;
use crate::cli::{self, DONE, FAILED, REFUSED};
use crate::config::Config;
use crate::store::migrate;
use std::process::ExitCode;

/// Brings the database up to date, or only says whether it is.
pub fn run(config: &Config, check: bool) -> ExitCode {
    let target = match app::target(config) {
        Ok(target) => target,
        Err(error) => return cli::fail(REFUSED, &error),
    };
    if let crate::store::conn::Target::Sqlite(path) = &target
        && let Some(folder) = path.parent()
        && let Err(error) = std::fs::create_dir_all(folder)
    {
        return cli::fail(REFUSED, &format!("database.url: {}: {error}", folder.display()));
    }
    if check {
        return match migrate::pending(&target) {
            Ok(missing) if missing.is_empty() => told("the database is up to date", DONE),
            Ok(missing) => {
                told(&format!("{} migration(s) to run: {}", missing.len(), missing.join(", ")), FAILED)
            }
            Err(error) => cli::fail(REFUSED, &error),
        };
    }
    match migrate::up(&target) {
        Ok(done) if done.is_empty() => told("the database was up to date", DONE),
        Ok(done) => told(&format!("applied: {}", done.join(", ")), DONE),
        Err(error) => cli::fail(FAILED, &error),
    }
}

fn told(text: &str, code: u8) -> ExitCode {
    cli::say(text);
    ExitCode::from(code)
}
