//! `wasl keys`.

use crate::app::{self, StartError};
use crate::cli::{self, DONE, FAILED, KeysAction, REFUSED};
use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Chance;
use crate::seal::{MasterKey, Purpose};
use crate::store::conn::Conn;
use crate::store::keys::{self, State};
use crate::store::{StoreError, conn::Target};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;

/// Works on keys.
pub fn run(config: &Config, action: KeysAction) -> ExitCode {
    let result = match action {
        KeysAction::Generate => generate(&config.keys.master_key_file, &Chance::system()).map(|made| {
            let path = config.keys.master_key_file.display();
            if made {
                format!("made {path}; back it up apart from the database: without it sealed rows are lost")
            } else {
                format!("{path} is there and was not touched")
            }
        }),
        KeysAction::List => app::target(config).and_then(|target| listed(&target)),
        KeysAction::Rotate => app::target(config).and_then(|target| rotated(&target)),
        KeysAction::Retire { epoch } => app::target(config).and_then(|target| retired(&target, epoch)),
    };
    match result {
        Ok(text) => {
            cli::say(&text);
            ExitCode::from(DONE)
        }
        Err(error) => {
            cli::fail(if matches!(action, KeysAction::Retire { .. }) { FAILED } else { REFUSED }, &error)
        }
    }
}

/// Makes a master key where there is none; `false` when there was one.
pub fn generate(path: &Path, chance: &Chance) -> Result<bool, StartError> {
    let fail =
        |error: std::io::Error| StartError(format!("keys.master_key_file: {}: {error}", path.display()));
    if path.exists() {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    let text = MasterKey::generate(chance).to_text();
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(fail)?;
    file.write_all(format!("{text}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(fail)?;
    Ok(true)
}

/// Runs `work` in a short transaction beside a running server.
fn briefly<T>(
    target: &Target,
    work: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
) -> Result<T, StartError> {
    crate::store::briefly(target, work).map_err(|error| StartError(error.to_string()))
}

fn listed(target: &Target) -> Result<String, StartError> {
    let rows = briefly(target, keys::list)?;
    if rows.is_empty() {
        return Ok("no epochs yet: they begin with the first `wasl serve`".to_owned());
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let state = match row.state {
                State::Current => "current",
                State::Older => "older",
                State::Retired => "retired",
            };
            format!(
                "{:<12} epoch {:<3} {state:<8} since {}",
                row.purpose.name(),
                row.epoch,
                row.created.date_naive()
            )
        })
        .collect();
    Ok(lines.join("\n"))
}

fn rotated(target: &Target) -> Result<String, StartError> {
    let now = Clock::system().now();
    let epochs = briefly(target, |conn| {
        Purpose::rotating().map(|purpose| keys::rotate(conn, purpose, now)).collect::<Result<Vec<_>, _>>()
    })?;
    let newest = epochs.iter().max().copied().unwrap_or(1);
    Ok(format!("epoch {newest} writes from now on; older ones still read until `wasl keys retire`"))
}

fn retired(target: &Target, epoch: u16) -> Result<String, StartError> {
    let number = i16::try_from(epoch).unwrap_or(i16::MAX);
    let gone = briefly(target, |conn| {
        Purpose::ALL
            .into_iter()
            .map(|purpose| keys::retire(conn, purpose, number))
            .collect::<Result<Vec<_>, _>>()
    })?;
    if gone.iter().any(|gone| *gone) {
        return Ok(format!("epoch {epoch} is retired: what only it could open is lost"));
    }
    Err(StartError(format!(
        "epoch {epoch} is current, unknown or retired already; `wasl keys list` shows them"
    )))
}
