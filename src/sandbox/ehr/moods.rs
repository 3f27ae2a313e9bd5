//! Moods: oddities of real servers that this EHR takes on while a script wants it to. Each was measured on a server or
//! stands in a vendor's documentation.

use crate::sandbox::journal::Journal;
use serde_json::{Value, json};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// One oddity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// A stale `ifMatch` in a transaction is a 400 that names 412 in its text (Helios 0.2.7).
    StaleAs400,
    /// `If-None-Exist` decides nothing, as when every create races (WSO2 1.0.0, Helios 0.2.7).
    ConditionalCreateRaces,
    /// Versions are UUIDs (Medplum).
    UuidEtags,
    /// Versions read like `410v795030969834` (Oracle Health).
    VendorEtags,
    /// PATCH takes a stale `If-Match` (WSO2 1.0.0, Medplum).
    PatchIgnoresIfMatch,
    /// A create answers with `Location` and no body (Oracle Health).
    EmptyCreate,
    /// Searches come from a cache for 60 seconds, but for `Cache-Control: no-cache` (HAPI's default).
    CachedSearches,
    /// The same cache, which takes no notice of `Cache-Control`.
    StubbornCache,
    /// What a refused transaction did before its failing step stays (Medplum's memory repository).
    NotAtomic,
    /// Search pages carry no `total` (HAPI, WSO2).
    NoTotal,
    /// Entries carry no `search.mode` (BaRS, Oracle's examples, Medplum).
    NoSearchMode,
    /// PUT and transactions answer 200 and change nothing.
    Lies,
    /// A search is answered with what it did not ask for.
    WrongPage,
    /// A page holds, beside entries of its own, one of another search and one of another type.
    ForeignEntries,
    /// The first free slot of every schedule has another one across it.
    OverlappingSlots,
    /// Every page holds an entry with an unknown status, and one without a start.
    OddEntries,
    /// A search for free slots finds some that are taken by the time they are read: the index is searched first, and the
    /// entries are read after it (HAPI under load).
    IndexFirst,
}

/// Every mood, with its name and what it does.
pub const MOODS: [(Mood, &str, &str); 17] = [
    (Mood::StaleAs400, "stale-as-400", "a stale ifMatch in a transaction is a 400 with 412 in its text"),
    (Mood::ConditionalCreateRaces, "conditional-create-races", "If-None-Exist decides nothing"),
    (Mood::UuidEtags, "uuid-etags", "versions are UUIDs"),
    (Mood::VendorEtags, "vendor-etags", "versions read like 410v795030969834"),
    (Mood::PatchIgnoresIfMatch, "patch-ignores-if-match", "PATCH takes a stale If-Match"),
    (Mood::EmptyCreate, "empty-create", "a create answers with Location and no body"),
    (Mood::CachedSearches, "cached-searches", "searches are 60 s old unless Cache-Control: no-cache"),
    (Mood::StubbornCache, "stubborn-cache", "searches are 60 s old whatever Cache-Control says"),
    (Mood::NotAtomic, "not-atomic", "a refused transaction leaves what it did before its failing step"),
    (Mood::NoTotal, "no-total", "pages carry no total"),
    (Mood::NoSearchMode, "no-search-mode", "entries carry no search.mode"),
    (Mood::Lies, "lies", "PUT and transactions answer 200 and change nothing"),
    (Mood::WrongPage, "wrong-page", "a search is answered with what it did not ask for"),
    (
        Mood::ForeignEntries,
        "foreign-entries",
        "beside entries of its own, a page holds some of other searches",
    ),
    (
        Mood::OverlappingSlots,
        "overlapping-slots",
        "the first free slot of every schedule has another across it",
    ),
    (Mood::OddEntries, "odd-entries", "pages also hold an unknown status and a missing start"),
    (Mood::IndexFirst, "index-first", "a search for free slots also holds some taken meanwhile"),
];

impl Mood {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The moods of one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Now(u32);

impl Now {
    /// Whether this one is on.
    pub fn has(self, mood: Mood) -> bool {
        self.0 & mood.bit() != 0
    }

    /// How version `number` is called.
    pub fn version(self, number: u64) -> String {
        if self.has(Mood::UuidEtags) {
            return format!("{:08x}-5a1e-4c0d-9b0b-{:012x}", number.wrapping_mul(0x9e37_79b1) as u32, number);
        }
        if self.has(Mood::VendorEtags) {
            return format!("410v{}", 795_030_969_834 + number);
        }
        number.to_string()
    }
}

/// Which moods are on; kept in a journal, so that they survive SIGKILL.
#[derive(Debug)]
pub struct Moods(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    now: Now,
    journal: Journal,
}

impl Moods {
    /// Opens the journal that lies in `dir`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let (journal, lines) = Journal::open(dir, "moods")?;
        let names = lines.last().and_then(|line| line["on"].as_array().cloned()).unwrap_or_default();
        let on = names.iter().filter_map(|name| named(name.as_str()?));
        let now = Now(on.fold(0, |bits, mood| bits | mood.bit()));
        Ok(Self(Mutex::new(Kept { now, journal })))
    }

    /// The moods that are on.
    pub fn now(&self) -> Now {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).now
    }

    /// Switches one.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn switch(&self, mood: Mood, on: bool) -> io::Result<()> {
        let now = self.now().0;
        self.set(if on { now | mood.bit() } else { now & !mood.bit() })
    }

    /// Switches all off.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn clear(&self) -> io::Result<()> {
        self.set(0)
    }

    fn set(&self, bits: u32) -> io::Result<()> {
        let now = Now(bits);
        let names: Vec<&str> =
            MOODS.iter().filter(|(mood, ..)| now.has(*mood)).map(|(_, name, _)| *name).collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.journal.append(&json!({ "on": names }))?;
        kept.now = now;
        Ok(())
    }

    /// All moods and whether they are on.
    pub fn list(&self) -> Value {
        let now = self.now();
        let all = MOODS
            .iter()
            .map(|(mood, name, what)| json!({ "mood": name, "on": now.has(*mood), "what": what }));
        json!({ "moods": all.collect::<Vec<_>>() })
    }
}

/// The mood of a name.
pub fn named(name: &str) -> Option<Mood> {
    MOODS.iter().find(|(_, known, _)| *known == name).map(|(mood, ..)| *mood)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn moods_survive_sigkill_and_each_is_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let moods = Moods::open(dir.path()).unwrap();
        moods.switch(Mood::Lies, true).unwrap();
        moods.switch(Mood::NotAtomic, true).unwrap();
        moods.switch(Mood::Lies, false).unwrap();
        drop(moods);
        let moods = Moods::open(dir.path()).unwrap();
        let on: Vec<&str> =
            MOODS.iter().filter(|(mood, ..)| moods.now().has(*mood)).map(|(_, name, _)| *name).collect();
        assert_eq!(on, ["not-atomic"]);
        moods.clear().unwrap();
        assert_eq!(moods.now(), Now::default());
        let names: HashSet<&str> = MOODS.iter().map(|(_, name, _)| *name).collect();
        let bits: HashSet<u32> = MOODS.iter().map(|(mood, ..)| mood.bit()).collect();
        assert_eq!((names.len(), bits.len()), (MOODS.len(), MOODS.len()));
        assert!(named("not-atomic") == Some(Mood::NotAtomic) && named("sunny").is_none());
    }

    #[test]
    fn versions_are_opaque_and_never_two_alike() {
        for bits in [0, Mood::UuidEtags.bit(), Mood::VendorEtags.bit()] {
            let called: HashSet<String> = (1..500).map(|n| Now(bits).version(n)).collect();
            assert_eq!(called.len(), 499);
        }
        assert_eq!(Now(Mood::VendorEtags.bit()).version(0), "410v795030969834");
    }
}
