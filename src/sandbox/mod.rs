//! sandbox
pub mod ehr;
pub mod graph;
pub mod journal;
pub mod page;
pub mod faults;
