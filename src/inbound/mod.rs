//! Bytes from outside become events. What is heard is verified on the raw bytes, reduced to its meaning in memory,
//! and answered with 200 only once that meaning is durable.

mod notices;
pub mod probes;
mod reading;
pub mod whatsapp;
