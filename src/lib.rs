//! Wasl: a gateway between WhatsApp and a hospital's EHR. The modules below stand in the order data travels;
//! `ARCHITECTURE.md` says what each may import, and `tests/it/architecture.rs` holds it to that.

pub mod clock;
pub mod ids;
pub mod phi;
pub mod seal;

pub mod audit;
pub mod domain;
pub mod wire;

pub mod store;

pub mod engine;
pub mod outbound;

pub mod inbound;
pub mod web;
pub mod worker;

pub mod app;
pub mod cli;
pub mod config;

#[cfg(feature = "sandbox")]
pub mod sandbox;
