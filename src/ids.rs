//! The only reads of chance, and the ids made from it.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Sixteen bytes that name a row, an intent, an effect: random, without time or meaning
/// (a UUIDv7 would tell when a patient wrote), but for [`Chance::id_at`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Id(pub [u8; 16]);

impl Id {
    /// An id from stored bytes; `None` unless there are sixteen.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads the form that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_slice(&data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?)
    }

    /// True for the id that stands for "none" in fixed layouts.
    pub fn is_nil(&self) -> bool {
        self.0 == [0; 16]
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The source of random bytes.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Chance {
    /// The operating system's generator.
    pub fn system() -> Self {
        let source = SystemRandom::new();
        Self(Arc::new(move |out| {
            // AWS-LC's generator does not fail once seeded; if it ever did, going on with
            // predictable ids would be worse than stopping.
            if source.fill(out).is_err() {
                std::process::abort();
            }
        }))
    }

    /// A repeatable sequence, for replays and tests.
    pub fn seeded(seed: u64) -> Self {
        let state = Mutex::new(seed);
        Self(Arc::new(move |out| {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            for byte in out {
                *byte = split_mix(&mut state);
            }
        }))
    }

    /// Fills `out`.
    pub fn fill(&self, out: &mut [u8]) {
        (self.0)(out);
    }

    /// A fresh id that sorts by the millisecond it was made in (the layout of RFC 9562's version 7), so that rows made
    /// one after the other lie side by side in their index. Only for rows that say in another column when they were
    /// made, and whose ids stay in the database.
    pub fn id_at(&self, millis: i64) -> Id {
        let mut id = self.id();
        id.0[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        id
    }

    /// A fresh id.
    pub fn id(&self) -> Id {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        Id(bytes)
    }
}

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chance")
    }
}

/// One byte of SplitMix64 (Steele, Lea, Flood 2014).
fn split_mix(state: &mut u64) -> u8 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)).to_le_bytes()[0]
}
