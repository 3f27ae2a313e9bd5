//! wire
pub mod fhir;
pub mod whatsapp;
