//! outbound
pub mod catalogue;
pub mod ehr;
pub mod http;
