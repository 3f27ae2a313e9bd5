//! Stories from outside, one binary. Plain `cargo test` runs them on SQLite and the embedded EHR; `tests/run` also on
//! PostgreSQL, on two real FHIR servers (HAPI; Medplum's, whose transactions are not atomic), and in Chromium.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod addresses;
mod architecture;
mod audit;
mod between;
mod browser;
mod contract;
mod dialogues;
mod engine;
mod meta;
mod migrations;
mod operation;
mod peers;
mod privacy;
mod proof;
mod real;
mod retention;
mod stories;
mod twin;
mod web;
mod world;
mod writer;
