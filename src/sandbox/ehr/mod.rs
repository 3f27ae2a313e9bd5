//! A small EHR on the far side of the wire: FHIR R4 with true transactions, `If-Match`, conditional create, paging and
//! history. It knows nothing of the gateway. Moods make it as odd as real servers are.

mod book;
mod http;
mod magic;
mod matching;
mod moods;
mod overlap;
mod pages;
mod params;
mod patch;
mod search;
mod state;
mod transaction;

use crate::clock::Clock;
use crate::ids::Chance;
use crate::sandbox::faults::Faults;
use crate::sandbox::journal::Journal;
use actix_web::web::{Data, ServiceConfig};
use moods::{Mood, Moods};
use pages::Cache;
use serde_json::Value;
use state::State;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The twin. Cheap to clone.
#[derive(Clone)]
pub struct EhrTwin {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    clock: Clock,
    chance: Chance,
    faults: Faults,
    moods: Moods,
    cache: Mutex<Cache>,
}

impl EhrTwin {
    /// Opens the twin whose journal lies in `dir`.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn open(dir: &Path, clock: Clock, chance: Chance, faults: Faults) -> io::Result<Self> {
        let (journal, lines) = Journal::open(dir, "ehr")?;
        let mut state = State::new(journal);
        for line in &lines {
            state.replay(line);
        }
        let (state, moods) = (Mutex::new(state), Moods::open(dir)?);
        let inner = Inner { state, clock, chance, faults, moods, cache: Mutex::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Mounts the twin below the scope it is given.
    pub fn routes(&self, config: &mut ServiceConfig) {
        config.app_data(Data::new(self.clone()));
        http::routes(config);
    }

    /// Puts resources as they are, those that differ from what is there; one write for all.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn seed(&self, resources: Vec<Value>) -> io::Result<()> {
        let now = self.inner.clock.now();
        let mut state = self.state();
        for resource in resources {
            state.put(resource, now);
        }
        state.commit()
    }

    /// Everything of one type that was not deleted.
    pub fn all(&self, kind: &str) -> Vec<Value> {
        self.state().all(kind).map(|(_, resource)| resource.clone()).collect()
    }

    /// How many resources of each type there are.
    pub fn census(&self) -> Vec<(String, usize)> {
        self.state().census()
    }

    /// Switches a mood by its name.
    ///
    /// # Errors
    /// `InvalidInput` where there is none of that name; else the journal cannot be written.
    pub fn switch(&self, mood: &str, on: bool) -> io::Result<()> {
        let mood = moods::named(mood).ok_or(io::ErrorKind::InvalidInput)?;
        if mood == Mood::OverlappingSlots {
            let mut state = self.state();
            overlap::put(&mut state, on, self.inner.clock.now());
            state.commit()?;
        }
        self.inner.moods.switch(mood, on)
    }

    /// Switches all moods off.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn calm(&self) -> io::Result<()> {
        if self.inner.moods.now().has(Mood::OverlappingSlots) {
            self.switch("overlapping-slots", false)?;
        }
        self.inner.moods.clear()
    }

    /// All moods and whether they are on.
    pub fn moods(&self) -> Value {
        self.inner.moods.list()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
