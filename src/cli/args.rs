//! Arguments. Commands of later versions are not listed until they are built.

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::PathBuf;

/// Below every help.
const AFTER: &str = "\
Configuration comes from config.toml in the working directory (--config FILE names another). The environment lies
over it: WASL__SERVER__LISTEN=0.0.0.0:8080, WASL__CLINIC__0__TIMEZONE=Asia/Riyadh. Secrets may lie in files of their
own: access_token_file = \"/run/secrets/token\". docs/CONFIGURATION.md lists every key.

Exit codes: 0 done; 1 a check failed or the work could not be done; 2 wrong usage or configuration, and the message
names the key and the fix.";

#[cfg(feature = "sandbox")]
const EXAMPLES: &str = "\
Examples:
  wasl sandbox                         try it: a phone in the browser, nothing else needed
  wasl keys generate && wasl migrate   once
  wasl doctor                          what works, and what does not
  wasl serve                           the gateway
";
#[cfg(not(feature = "sandbox"))]
const EXAMPLES: &str = "\
Examples:
  wasl keys generate && wasl migrate   once
  wasl doctor                          what works, and what does not
  wasl serve                           the gateway
";

/// What the operator wants, with everything needed to do it.
#[derive(Clone, Debug)]
pub enum Command {
    /// Run the gateway.
    Serve {
        /// The configuration file.
        config: PathBuf,
        /// Which part of the gateway.
        role: Role,
    },
    /// Run everything on one machine, with twins of Meta and of an EHR.
    #[cfg(feature = "sandbox")]
    Sandbox {
        /// The gateway's public port on loopback.
        port: u16,
        /// Where everything is kept.
        data: PathBuf,
        /// A real FHIR server in place of the embedded one.
        ehr: Option<String>,
        /// Another database than SQLite in `data`; it may hold a password.
        database: Option<SecretString>,
    },
    /// Bring the database up to date.
    Migrate {
        /// The configuration file.
        config: PathBuf,
        /// Only say whether it is.
        check: bool,
    },
    /// Work on keys.
    Keys {
        /// The configuration file.
        config: PathBuf,
        /// What to do.
        action: KeysAction,
    },
    /// Check everything that can be checked from here.
    Doctor {
        /// The configuration file.
        config: PathBuf,
        /// For machines.
        json: bool,
        /// Try a booking on a test slot, and clean up.
        write_probe: bool,
    },
}

/// Which part of the gateway a process runs; more than one process needs PostgreSQL.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Role {
    /// Listeners and workers.
    All,
    /// Listeners only.
    Web,
    /// Workers only.
    Worker,
}

/// What to do with keys. Private parts are never printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Subcommand)]
pub enum KeysAction {
    /// Make the master key (keys.master_key_file) if there is none; an existing one is never touched.
    Generate,
    /// Begin a new key epoch; older ones still open what they sealed.
    Rotate,
    /// List epochs with their state and age.
    List,
    /// Give up an old epoch; what only it can open is lost.
    Retire {
        /// The epoch, as `wasl keys list` shows it.
        epoch: u16,
    },
}

/// Wasl: a gateway between WhatsApp and a hospital's EHR. Patients book, see, move and cancel appointments in a chat.
#[derive(Parser)]
#[command(name = "wasl", version, arg_required_else_help = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Sub,
}

#[derive(Args)]
struct Configured {
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
}

#[derive(Subcommand)]
enum Sub {
    /// Run the gateway; SIGTERM lets it finish what it began and exits 0
    #[command(
        after_help = "Example:\n  wasl serve --config /etc/wasl/config.toml\n\nIt refuses to start on a database that `wasl migrate` has not brought up to date."
    )]
    Serve {
        #[command(flatten)]
        configured: Configured,
        /// Which part to run here; other than all needs PostgreSQL
        #[arg(long, value_enum, default_value = "all")]
        role: Role,
    },
    /// Run everything on this machine: a phone in the browser books through the real gateway
    #[cfg(feature = "sandbox")]
    #[command(
        after_help = "Example:\n  wasl sandbox --port 8080 --data sandbox-data\n\nNothing outside DIR is used; DIR/config.toml serves every other command."
    )]
    Sandbox {
        /// Port of the phone page, on loopback
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Where everything is kept
        #[arg(long, value_name = "DIR", default_value = "sandbox-data")]
        data: PathBuf,
        /// A real FHIR R4 server in place of the embedded one; it is seeded with demo clinics
        #[arg(long, value_name = "URL")]
        ehr: Option<String>,
        /// postgres://USER@HOST/DATABASE in place of SQLite in DIR
        #[arg(long, value_name = "URL")]
        database: Option<SecretString>,
    },
    /// Bring the database up to date; safe to repeat
    #[command(
        after_help = "Example:\n  wasl migrate --check   (exit 1: the database is older than this program)"
    )]
    Migrate {
        #[command(flatten)]
        configured: Configured,
        /// Change nothing; exit 1 if there is something to do
        #[arg(long)]
        check: bool,
    },
    /// Make, rotate, list and retire keys; private parts are never printed
    #[command(after_help = "Example:\n  wasl keys generate", arg_required_else_help = true)]
    Keys {
        #[command(flatten)]
        configured: Configured,
        #[command(subcommand)]
        action: KeysAction,
    },
    /// Check configuration, keys, database, WhatsApp number and EHR; changes nothing
    #[command(
        after_help = "Example:\n  wasl doctor --json\n\nExit 1 when a check failed; warnings do not count."
    )]
    Doctor {
        #[command(flatten)]
        configured: Configured,
        /// Answer {checks: [{id, status: ok|warn|fail|skip, detail}]}
        #[arg(long)]
        json: bool,
        /// Also book and cancel on a test slot of the EHR, and clean up
        #[arg(long)]
        write_probe: bool,
    },
}

/// Reads arguments, the program's name first.
///
/// # Errors
/// Help, version or wrong usage, ready to be printed.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let matches = Cli::command().after_help(format!("{EXAMPLES}\n{AFTER}")).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches).map(|cli| command(cli.command))
}

fn command(sub: Sub) -> Command {
    match sub {
        Sub::Serve { configured, role } => Command::Serve { config: configured.config, role },
        #[cfg(feature = "sandbox")]
        Sub::Sandbox { port, data, ehr, database } => Command::Sandbox { port, data, ehr, database },
        Sub::Migrate { configured, check } => Command::Migrate { config: configured.config, check },
        Sub::Keys { configured, action } => Command::Keys { config: configured.config, action },
        Sub::Doctor { configured, json, write_probe } => {
            Command::Doctor { config: configured.config, json, write_probe }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    fn read(line: &str) -> Result<Command, ErrorKind> {
        parse(line.split(' ').map(OsString::from)).map_err(|error| error.kind())
    }

    fn help(line: &str) -> String {
        parse(line.split(' ').map(OsString::from)).unwrap_err().to_string()
    }

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serve_runs_everything_unless_told() {
        let Ok(Command::Serve { config, role }) = read("wasl serve") else { panic!("no serve") };
        assert_eq!((config.to_str(), role), (Some("config.toml"), Role::All));
        let Ok(Command::Serve { config, role }) = read("wasl serve --role worker --config a/b.toml") else {
            panic!("no serve")
        };
        assert_eq!((config.to_str(), role), (Some("a/b.toml"), Role::Worker));
    }

    #[test]
    fn keys_take_the_configuration_on_either_side() {
        for line in ["wasl keys --config k.toml retire 3", "wasl keys retire 3 --config k.toml"] {
            let Ok(Command::Keys { config, action }) = read(line) else { panic!("{line}") };
            assert_eq!((config.to_str(), action), (Some("k.toml"), KeysAction::Retire { epoch: 3 }));
        }
        assert!(matches!(read("wasl keys rotate"), Ok(Command::Keys { action: KeysAction::Rotate, .. })));
    }

    #[test]
    fn doctor_and_migrate_change_nothing_unless_asked() {
        let doctor = read("wasl doctor --json");
        assert!(matches!(doctor, Ok(Command::Doctor { json: true, write_probe: false, .. })));
        let doctor = read("wasl doctor --write-probe");
        assert!(matches!(doctor, Ok(Command::Doctor { json: false, write_probe: true, .. })));
        assert!(matches!(read("wasl migrate --check"), Ok(Command::Migrate { check: true, .. })));
        assert!(matches!(read("wasl migrate"), Ok(Command::Migrate { check: false, .. })));
    }

    #[cfg(feature = "sandbox")]
    #[test]
    fn the_sandbox_has_its_places_and_keeps_a_password() {
        let line = "wasl sandbox --port 1234 --data D --ehr http://e --database postgres://u:canary@h/d";
        let command = read(line).unwrap();
        assert!(!format!("{command:?}").contains("canary"));
        let Command::Sandbox { port, data, ehr, database } = command else { panic!("no sandbox") };
        assert_eq!((port, data.to_str(), ehr.as_deref()), (1234, Some("D"), Some("http://e")));
        assert!(database.is_some());
        assert!(matches!(
            read("wasl sandbox"),
            Ok(Command::Sandbox { port: 8080, ehr: None, database: None, .. })
        ));
    }

    #[test]
    fn what_is_not_a_command_is_wrong_usage() {
        for line in [
            "wasl sing",
            "wasl audit",
            "wasl backup x",
            "wasl serve --role king",
            "wasl keys retire",
            "wasl serve x",
        ] {
            assert_ne!(read(line).unwrap_err(), ErrorKind::DisplayHelp, "{line}");
        }
        assert_eq!(read("wasl").unwrap_err(), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    }

    #[test]
    fn help_teaches() {
        let top = help("wasl --help");
        for word in
            ["Examples:", "wasl doctor", "Exit codes: 0 done; 1", "config.toml", "WASL__SERVER__LISTEN"]
        {
            assert!(top.contains(word), "{word} in {top}");
        }
        for command in Cli::command().get_subcommands() {
            let text = help(&format!("wasl {} --help", command.get_name()));
            assert!(text.contains(&format!("Example:\n  wasl {}", command.get_name())), "{text}");
        }
        for later in ["audit", "templates", "pause", "dead-letters", "backup", "canary"] {
            assert!(!top.lines().any(|line| line.trim().starts_with(later)), "{later} in {top}");
        }
    }
}
