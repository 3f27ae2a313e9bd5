//! domain
pub mod calendar;
pub mod words;
