//! wire
pub mod fhir;
pub mod icalendar;
pub mod whatsapp;
