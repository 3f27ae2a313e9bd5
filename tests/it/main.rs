//! Stories from outside, one binary. Plain `cargo test` runs them on SQLite and the embedded EHR; `tests/run` also on
//! PostgreSQL, on a real HAPI FHIR server, and in Chromium.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod architecture;
mod browser;
mod engine;
mod migrations;
mod operation;
mod privacy;
mod real;
mod stories;
mod twin;
mod world;
mod writer;
