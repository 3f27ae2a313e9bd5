//! The other side of the wire, for demo and tests: twins of Meta and of an EHR, a clock, a phone, and a script
//! interface. Production code never knows: the sandbox is reached because base URLs in the configuration point at it.

pub mod api;
pub mod clock;
pub mod ehr;
pub mod faults;
pub mod graph;
pub mod hooks;
pub mod journal;
pub mod page;
pub mod seed;
pub mod traffic;
pub mod world;
