//! What the token in a page's address says: for whom it was made, about what, until when. Sealed by
//! `seal::Keys::seal_page`, so that an address tells nothing and cannot be made up.

use crate::clock::Moment;
use crate::domain::message::made_before;
use crate::domain::tap::Tap;
use crate::ids::Id;
use crate::seal::BUTTON_BYTES;

/// Bytes of a token before it is sealed.
const BYTES: usize = 16 + 2 + BUTTON_BYTES;

/// A page's token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageToken {
    /// The contact whose message it stood in.
    pub contact: Id,
    /// The clinic that wrote.
    pub clinic: u16,
    /// What the page is about, and until when it works. Its intent names this one token.
    pub tap: Tap,
}

impl PageToken {
    /// It was made before `at`, and whoever holds the number now may be somebody else.
    pub fn made_before(&self, at: Moment) -> bool {
        made_before(&self.tap, at)
    }

    /// The one layout: contact 16, clinic 2, the tap's own.
    pub fn encode(&self) -> Vec<u8> {
        [&self.contact.0[..], &self.clinic.to_be_bytes(), &self.tap.encode()].concat()
    }

    /// Reads [`PageToken::encode`].
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; BYTES] = bytes.try_into().ok()?;
        let (contact, rest) = bytes.split_at(16);
        let (clinic, tap) = rest.split_at(2);
        Some(Self {
            contact: Id::from_slice(contact)?,
            clinic: u16::from_be_bytes(clinic.try_into().ok()?),
            tap: Tap::decode(tap.try_into().ok()?)?,
        })
    }
}

/// The page behind "add to calendar", as sealing names it.
pub const CALENDAR: &str = "calendar";
/// The page where a number proves who they are, likewise.
pub const IDENTIFY: &str = "identify";
