//! sandbox
pub mod ehr;
pub mod graph;
