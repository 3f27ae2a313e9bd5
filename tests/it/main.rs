//! Stories from outside, one binary. Plain `cargo test` runs them on SQLite and the embedded EHR; `tests/run` also on
//! PostgreSQL, on a real HAPI FHIR server, and in Chromium.

mod architecture;
mod migrations;
mod operation;
mod privacy;
mod real;
mod stories;
mod world;
