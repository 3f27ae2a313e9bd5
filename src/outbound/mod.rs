//! outbound
pub mod ehr;
pub mod http;
