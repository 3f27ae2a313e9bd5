//! Effects reach the world here, and facts come back. This is where personal data leaves.

pub mod account;
pub mod budget;
pub mod catalogue;
mod circuit;
pub mod desk;
pub mod ehr;
pub mod http;
pub mod pages;
pub mod say;
pub mod whatsapp;
