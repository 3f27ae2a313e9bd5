//! The command line: arguments into a [`Command`], and what all commands share in talking to the operator.

mod args;
pub mod doctor;
pub mod keys;
pub mod migrate;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod serve;

pub use args::{Command, KeysAction, Role, parse};

use crate::config::{self, Config, Fault};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Done.
pub const DONE: u8 = 0;
/// A check failed, or the work could not be done.
pub const FAILED: u8 = 1;
/// Wrong usage or configuration; the message names the key and the fix.
pub const REFUSED: u8 = 2;

/// Reads the process's arguments and hands the command to `dispatch`. Help exits 0, wrong usage 2.
pub fn main_entry(dispatch: impl FnOnce(Command) -> ExitCode) -> ExitCode {
    entry(std::env::args_os(), clap::Error::print, dispatch)
}

fn entry(
    args: impl IntoIterator<Item = OsString>,
    print: impl FnOnce(&clap::Error) -> io::Result<()>,
    dispatch: impl FnOnce(Command) -> ExitCode,
) -> ExitCode {
    match parse(args) {
        Ok(command) => dispatch(command),
        Err(told) => match print(&told) {
            Ok(()) => ExitCode::from(if told.use_stderr() { REFUSED } else { DONE }),
            Err(_) => ExitCode::from(FAILED),
        },
    }
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    match command {
        Command::Serve { config, role } => with(&config, |config| serve::run(config, role)),
        Command::Migrate { config, check } => with(&config, |config| migrate::run(config, check)),
        Command::Keys { config, action } => with(&config, |config| keys::run(config, action)),
        Command::Doctor { config, json, write_probe } => {
            with(&config, |config| doctor::run(config, json, write_probe))
        }
        #[cfg(feature = "sandbox")]
        Command::Sandbox { port, data, ehr, database } => {
            sandbox::run(&sandbox::Options { port, data, ehr, database })
        }
    }
}

fn with(path: &Path, work: impl FnOnce(&Config) -> ExitCode) -> ExitCode {
    load(path).map_or_else(|code| code, |config| work(&config))
}

/// Writes a line to standard output.
pub fn say(text: &str) {
    // Nobody is left to tell when standard output is closed.
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Tells an error on standard error and answers with an exit code.
pub fn fail(code: u8, error: &impl std::fmt::Display) -> ExitCode {
    let _ = writeln!(io::stderr().lock(), "wasl: {error}");
    ExitCode::from(code)
}

/// Runs a future to its end on a runtime of its own.
#[tokio::main]
pub async fn block_on<T>(work: impl Future<Output = T>) -> T {
    work.await
}

/// Loads the configuration at `path` under the process's environment, or tells what is wrong with it.
///
/// # Errors
/// Exit code 2, after every fault was written to standard error.
pub fn load(path: &Path) -> Result<Config, ExitCode> {
    Config::load(path, config::environment()).map_err(|faults| refuse(&faults))
}

/// Tells every fault on standard error and answers with exit code 2.
pub fn refuse(faults: &[Fault]) -> ExitCode {
    // Nobody is left to tell when standard error is closed; the exit code still says it.
    let _ = tell(&mut io::stderr().lock(), faults);
    ExitCode::from(REFUSED)
}

fn tell(out: &mut impl Write, faults: &[Fault]) -> io::Result<()> {
    faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(args: &[&str]) -> (String, Option<Command>) {
        let mut seen = None;
        let args = args.iter().map(OsString::from);
        let code = entry(
            args,
            |_| Ok(()),
            |command| {
                seen = Some(command);
                ExitCode::from(DONE)
            },
        );
        (format!("{code:?}"), seen)
    }

    #[test]
    fn help_is_no_failure_and_wrong_usage_is() {
        let code = |code: u8| format!("{:?}", ExitCode::from(code));
        assert_eq!(run(&["wasl", "--help"]).0, code(DONE));
        assert_eq!(run(&["wasl", "--version"]).0, code(DONE));
        assert_eq!(run(&["wasl", "serve", "--help"]).0, code(DONE));
        for wrong in
            [&["wasl"][..], &["wasl", "sing"], &["wasl", "serve", "--role", "king"], &["wasl", "keys"]]
        {
            let (exit, seen) = run(wrong);
            assert_eq!((exit, seen.is_none()), (code(REFUSED), true), "{wrong:?}");
        }
        assert!(run(&["wasl", "migrate"]).1.is_some());
    }

    #[test]
    fn every_fault_has_its_line() {
        let faults = [Fault::new("a.b", "is missing", "set it"), Fault::new("c.d", "is wrong", "mend it")];
        let mut out = Vec::new();
        tell(&mut out, &faults).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a.b: is missing; set it\nc.d: is wrong; mend it\n");
    }
}
