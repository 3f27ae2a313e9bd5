//! domain
pub mod calendar;
pub mod clinic;
pub mod speech;
pub mod words;
