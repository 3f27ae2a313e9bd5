//! FHIR R4 on the wire.
//!
//! What the EHR sends stays JSON: small tolerant *views* read it ([`slot`], [`appointment`], [`patient`],
//! [`actor`]), [`bundle`] walks its pages, [`outcome`] says what a refusal means, and [`edit`] changes a resource
//! in its own text, so that whatever we do not know survives byte for byte. What we create is built by
//! [`author`] through the typed model, and [`transaction`] puts both into one Bundle.

pub mod actor;
pub mod appointment;
pub mod author;
pub mod bundle;
pub mod code;
pub mod edit;
pub mod etag;
pub mod instant;
mod json;
pub mod outcome;
pub mod patient;
pub mod query;
pub mod reference;
pub mod related_person;
pub mod slot;
pub mod transaction;

pub use json::{Coding, Identifier, Missing};

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile;
