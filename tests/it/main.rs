//! Stories from outside, one binary. Plain `cargo test` runs them on SQLite and the embedded EHR; `tests/run` also on
//! PostgreSQL and on a real HAPI FHIR server.

mod stories;
mod world;
