//! Decisions, pure: what happened and what is known go in, what is to be done comes out. No I/O, no clock, no
//! randomness, no serialisation; an EHR that is down is a fact like any other.

pub mod booking;
pub mod calendar;
pub mod callback;
pub mod clinic;
pub mod context;
pub mod conversation;
pub mod decision;
pub mod directory;
mod doubt;
pub mod event;
pub mod fact;
pub mod flood;
mod fold;
pub mod guard;
pub mod invitation;
pub mod message;
mod numbered;
pub mod outcome;
pub mod page;
pub mod proof;
mod rows;
pub mod speech;
pub mod tap;
pub mod turn;
pub mod typed;
pub mod visits;
pub mod when;
pub mod who;
pub mod words;
