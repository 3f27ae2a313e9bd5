//! WhatsApp Cloud API as types and pure codecs: no I/O, no clock, nothing of the domain.
//!
//! In: [`signature`] says whether Meta sent a body, [`webhook`] reads it item by item, [`answer`] reads what Graph
//! replied, [`account`] what it says of token, number and templates, [`errors`] what to do about a code. Out: [`message`] builds what [`limits`] allow; free text needs
//! an open [`window`].

pub mod account;
pub mod answer;
pub mod errors;
mod json;
pub mod limits;
pub mod message;
pub mod signature;
pub mod webhook;
pub mod window;

pub use message::{
    Body, Button, Buttons, ContactRequest, CtaUrl, List, Location, Outgoing, Recipient, Row, Section,
    Template, Text,
};
pub use window::{OpenWindow, Window};

#[cfg(test)]
mod fixtures;
