//! What happened, as decisions see it.

use crate::clock::Moment;
use crate::domain::clinic::Locale;
use crate::domain::decision::{News, Outcome, Write};
use crate::domain::tap::{Gender, Tap};
use crate::domain::when::When;
use crate::domain::words::{Mood, Ordinal, Word};
use crate::ids::Id;
use crate::seal::{Digest4, Digest8};

/// One event of one contact (or of one appointment, for feeds).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Names the event; a decision's fresh intents derive from it.
    pub id: Id,
    /// The clinic it happened at.
    pub clinic: u16,
    /// When the world says it happened.
    pub said_at: Moment,
    /// When we heard of it.
    pub heard_at: Moment,
    /// What it was.
    pub what: What,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A button of ours, opened.
    Tapped(Tap),
    /// A button that is damaged, of another chat, or under a retired key.
    BadTap,
    /// Meta marks the message as forwarded: whose consent it is cannot be known.
    Forwarded,
    /// Typed text, reduced to what it means before anything was stored.
    Said(Said),
    /// Something that cannot be read here.
    Odd(Odd),
    /// The person shared their own telephone number with WhatsApp's button; it is part of the contact now.
    NumberShared,
    /// WhatsApp says that the number or the account changed: whoever writes may be somebody else.
    IdentityChanged,
    /// The person called; the call was turned away.
    Called,
    /// More messages at once than anyone can mean; only the first of them is answered.
    Flood,
    /// The person proved on the secure page who they are, or used up all tries.
    Identified(bool),
    /// An EHR write ended.
    Outcome(Write, Outcome),
    /// A feed says that an appointment of this contact is new or different.
    AppointmentChanged(News),
}

/// The meaning of typed text. No text inside.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The word it amounts to, if any.
    pub word: Option<Word>,
    /// How whoever wrote it feels.
    pub mood: Option<Mood>,
    /// The language of its letters, if clear.
    pub script: Option<Locale>,
    /// Which row of a list it names.
    pub ordinal: Option<Ordinal>,
    /// The day and time it says, as they were said: "tomorrow" stays tomorrow.
    pub when: Option<When>,
    /// The doctor's gender it wishes for.
    pub gender: Option<Gender>,
    /// The services it may name; of several, at most three.
    pub services: Vec<Digest4>,
    /// The doctors it may name, likewise.
    pub doctors: Vec<Meant>,
}

/// A doctor that a text names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meant {
    /// As buttons name them.
    pub doctor: Digest8,
    /// What can be booked with them.
    pub services: Vec<Digest4>,
}

/// What the assistant does not read. Never downloaded, never kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Odd {
    /// A voice note or other sound.
    Voice,
    /// An image, video or document.
    File,
    /// A location.
    Location,
    /// Sticker, contact card, poll, order, unknown type.
    Other,
    /// A reaction, an edit, a deletion: silence is the answer.
    Silent,
    /// Meta withheld what it held (Cloud API error 131060).
    Withheld,
}
