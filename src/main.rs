//! The program: arguments in, exit code out.

use std::process::ExitCode;
use wasl::cli;

fn main() -> ExitCode {
    cli::main_entry(cli::run)
}
