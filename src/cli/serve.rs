//! `wasl serve`.

use crate::app::{Gateway, Role, StartError};
use crate::cli::{self, DONE, REFUSED};
use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Chance;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the gateway until SIGTERM or SIGINT.
pub fn run(config: &Config, role: cli::Role) -> ExitCode {
    logs();
    cli::block_on(async {
        match serve(config, role).await {
            Ok(()) => ExitCode::from(DONE),
            Err(error) => cli::fail(REFUSED, &error),
        }
    })
}

async fn serve(config: &Config, role: cli::Role) -> Result<(), StartError> {
    let gateway = Gateway::prepare(config, Clock::system(), Chance::system()).await?;
    let role = match role {
        cli::Role::All => Role::All,
        cli::Role::Web => Role::Web,
        cli::Role::Worker => Role::Worker,
    };
    refuse_parts_on_sqlite(config, role)?;
    let running = gateway.run(role, config.server.listen, config.server.internal_listen, None)?;
    tracing::info!(public = %running.public, internal = %running.internal, "the gateway runs");
    until_told_to_stop().await;
    tracing::info!("stopping: what was begun is finished");
    running.stop().await;
    Ok(())
}

fn refuse_parts_on_sqlite(config: &Config, role: Role) -> Result<(), StartError> {
    use crate::store::conn::Target;
    if role != Role::All && matches!(crate::app::target(config)?, Target::Sqlite(_)) {
        let text = "--role: SQLite is one server; use --role all, or PostgreSQL in database.url";
        return Err(StartError(text.to_owned()));
    }
    Ok(())
}

/// Waits for SIGTERM or SIGINT.
pub async fn until_told_to_stop() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}

/// Logs to standard error: JSON for machines, unless a terminal reads them.
pub fn logs() {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("WASL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber (tests start several) changes nothing.
    let _ = if std::io::stderr().is_terminal() {
        builder.compact().try_init()
    } else {
        builder.json().try_init()
    };
}
