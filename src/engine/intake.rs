//! Where webhooks meet on their way into the database: whatever waits is taken in as one set, in a handful of
//! statements. Whoever has more to them than their words goes one by one, in the same transaction
//! ([`Accepting::one`]); with them goes everything of theirs that came at once, in its order.

use crate::clock::{Clock, Moment};
use crate::domain::event::What;
use crate::domain::flood::Pace;
use crate::domain::guard;
use crate::engine::Settings;
use crate::engine::accept::{self, Accepting, Arrival, Heard, Receipt};
use crate::engine::carry::{Carry, Place};
use crate::engine::gather::{Gather, Weighed};
use crate::engine::status::{self, Count, StatusNews};
use crate::ids::Id;
use crate::seal::{Keyed, Keys, Purpose};
use crate::store::crypt::{Meaning, index_bytes, seal_meaning};
use crate::store::inbox::{self, Placed};
use crate::store::lanes::{self, Places};
use crate::store::outbox::Priority;
use crate::store::visitors::{self, Person, Resolving, Visitor, Written};
use crate::store::{Store, StoreError, contacts, hour, pace};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The sets that are on their way. Cheap to clone.
#[derive(Clone)]
pub(super) struct Intake {
    arrivals: Gather<Vec<Prepared>, Taken>,
    news: Gather<Vec<StatusNews>, Count>,
}

impl Intake {
    pub(super) fn new(keys: &Keys, clock: &Clock, settings: &Settings) -> Self {
        let (keys, clock, settings) = (keys.clone(), clock.clone(), settings.clone());
        let theirs = (keys.clone(), clock.clone(), settings.clone());
        Self {
            arrivals: Gather::new(move |conn, webhooks: &[&Vec<Prepared>]| {
                Accepting { conn, keys: &keys, settings: &settings, now: clock.now() }.all(webhooks)
            }),
            news: Gather::new(move |conn, webhooks: &[&Vec<StatusNews>]| {
                let (keys, clock, settings) = &theirs;
                let place = Place::Free { priority: Priority::Answer };
                status::note_all(conn, &Carry { keys, settings, now: clock.now(), place }, webhooks)
            }),
        }
    }

    /// Makes the messages of a webhook durable, with whatever else waits.
    pub(super) async fn arrivals(&self, store: &Store, all: Vec<Prepared>) -> Result<Taken, StoreError> {
        self.arrivals.ask(store, all).await
    }

    /// Makes the statuses of a webhook durable, with whatever else waits.
    pub(super) async fn news(&self, store: &Store, all: Vec<StatusNews>) -> Result<Count, StoreError> {
        self.news.ask(store, all).await
    }
}

impl<T> Weighed for Vec<T> {
    fn weight(&self) -> usize {
        self.len()
    }
}

/// What taking a webhook in came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    pub(super) receipt: Receipt,
    /// Rows that a worker is to decide about.
    pub(super) queued: Vec<Id>,
}

/// A message with everything that can be worked out before the transaction.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) id: Id,
    pub(super) arrival: Arrival,
    visitor: Visitor,
    /// Another address that it is about.
    also: Option<Visitor>,
    /// What makes a repeat recognisable, under the current key and under older ones.
    key: Keyed,
    older: Vec<Keyed>,
    /// What it means, unless that depends on who sent it.
    what: Option<What>,
    /// The same, sealed.
    sealed: Option<Vec<u8>>,
}

impl Prepared {
    pub(super) fn new(keys: &Keys, now: Moment, arrival: Arrival) -> Self {
        // The hour is all that a row tells of its time once it is over; so much keeps new rows side by side.
        let id = keys.chance().id_at(hour(now));
        let what = match &arrival.heard {
            Heard::Said(said) => Some(What::Said(said.clone())),
            Heard::Odd(odd) => Some(What::Odd(*odd)),
            Heard::Forwarded => Some(What::Forwarded),
            _ => None,
        };
        let also = match &arrival.heard {
            Heard::Shared(_) => Some(accept::sender(&arrival)),
            Heard::Changed { to } => Some(to.clone()),
            _ => None,
        };
        let later = what.clone().filter(|what| guard::wish(what).is_none());
        Self {
            id,
            visitor: Visitor::new(keys, arrival.from.clone()),
            also: also.map(|also| Visitor::new(keys, also)),
            key: keys.index(Purpose::Wamid, index_bytes(&arrival.key)),
            older: keys.older_indexes(Purpose::Wamid, index_bytes(&arrival.key)),
            sealed: later.and_then(|what| sealed(keys, id, &arrival, what)),
            what,
            arrival,
        }
    }

    /// Under which keys it may have been heard before.
    fn repeats(&self) -> impl Iterator<Item = Keyed> + '_ {
        std::iter::once(self.key).chain(self.older.iter().copied())
    }

    /// It is about who its sender is, beside its words.
    fn is_about_its_sender(&self) -> bool {
        self.arrival.identity.is_some()
            || matches!(
                self.arrival.heard,
                Heard::Shared(_) | Heard::Called | Heard::Changed { .. } | Heard::Marketing { .. }
            )
    }

    fn visitors(&self) -> impl Iterator<Item = &Visitor> {
        std::iter::once(&self.visitor).chain(&self.also)
    }
}

fn sealed(keys: &Keys, id: Id, arrival: &Arrival, what: What) -> Option<Vec<u8>> {
    seal_meaning(keys, id, &Meaning { clinic: arrival.clinic, said_at: arrival.said_at, what })
}

/// A new message, and the webhook it came in.
#[derive(Clone, Copy)]
struct Fresh<'a> {
    webhook: usize,
    it: &'a Prepared,
}

/// A message of somebody who is known for certain, or certainly new.
struct Coming<'a> {
    fresh: Fresh<'a>,
    contact: Id,
    what: What,
}

impl Coming<'_> {
    fn thread(&self) -> (Id, u16) {
        (self.contact, self.fresh.it.arrival.clinic)
    }
}

/// What goes together and what goes one by one.
#[derive(Default)]
struct Sorted<'a> {
    together: Vec<Coming<'a>>,
    singly: Vec<Fresh<'a>>,
    /// Known contacts whose messages go one by one.
    concerned: HashSet<Id>,
}

impl Accepting<'_> {
    fn all(&mut self, webhooks: &[&Vec<Prepared>]) -> Result<Vec<Taken>, StoreError> {
        let all = webhooks.iter().flat_map(|webhook| webhook.iter());
        let mut known = inbox::known(self.conn, all.flat_map(Prepared::repeats))?;
        let mut taken = vec![Taken::default(); webhooks.len()];
        let mut fresh = Vec::new();
        for (webhook, (messages, taken)) in webhooks.iter().zip(&mut taken).enumerate() {
            for it in *messages {
                if it.repeats().any(|key| known.contains(&key)) {
                    taken.receipt.repeats += 1;
                    continue;
                }
                // The same message may come twice at once, too.
                known.insert(it.key);
                taken.receipt.fresh += 1;
                fresh.push(Fresh { webhook, it });
            }
        }
        self.fresh(&fresh, &mut taken)?;
        Ok(taken)
    }

    fn fresh(&mut self, fresh: &[Fresh<'_>], taken: &mut [Taken]) -> Result<(), StoreError> {
        let mut resolving = Resolving::new(self.keys, self.now, self.settings.keep_addresses);
        resolving.look_up(self.conn, fresh.iter().flat_map(|fresh| fresh.it.visitors()))?;
        let sorted = self.sorted(fresh, &mut resolving)?;
        let everyone = sorted.together.iter().map(|coming| (coming.contact, &coming.fresh.it.visitor));
        resolving.create(self.conn, everyone)?;
        self.together(sorted.together, &sorted.concerned, &resolving, taken)?;
        for Fresh { webhook, it } in sorted.singly {
            let came_to = self.one(it.id, &it.arrival)?;
            note(taken, webhook, it.id, came_to);
        }
        Ok(())
    }

    /// Tells those apart that have more to them than their words.
    fn sorted<'b>(
        &mut self,
        fresh: &[Fresh<'b>],
        resolving: &mut Resolving<'_>,
    ) -> Result<Sorted<'b>, StoreError> {
        let whose: Vec<Option<Id>> = fresh.iter().map(|fresh| resolving.whose(&fresh.it.visitor)).collect();
        let tokens =
            fresh.iter().zip(&whose).filter(|(fresh, _)| matches!(fresh.it.arrival.heard, Heard::Token(_)));
        let merged = contacts::merged_into(self.conn, tokens.filter_map(|(_, whose)| *whose))?;
        let plain = |(fresh, whose): (&Fresh<'b>, &Option<Id>)| {
            let contact = (*whose).filter(|_| !fresh.it.is_about_its_sender())?;
            let before = merged.get(&contact).map_or(&[][..], Vec::as_slice);
            let what = self.meant(fresh.it, contact, before);
            guard::wish(&what).is_none().then_some(Coming { fresh: *fresh, contact, what })
        };
        let plain: Vec<Option<Coming<'b>>> = fresh.iter().zip(&whose).map(plain).collect();
        let singly = fresh.iter().zip(&plain).filter(|(_, plain)| plain.is_none()).map(|(fresh, _)| fresh.it);
        let concerned = resolving
            .concerned(singly.flat_map(Prepared::visitors), fresh.iter().map(|fresh| &fresh.it.visitor));
        let mut sorted = Sorted { concerned: concerned.known.clone(), ..Sorted::default() };
        for (fresh, plain) in fresh.iter().zip(plain) {
            match plain.filter(|coming| !concerned.has(&fresh.it.visitor, coming.contact)) {
                Some(coming) => sorted.together.push(coming),
                None => sorted.singly.push(*fresh),
            }
        }
        Ok(sorted)
    }

    fn meant(&self, it: &Prepared, contact: Id, before: &[Id]) -> What {
        match (&it.what, &it.arrival.heard) {
            (None, Heard::Token(token)) => {
                let senders: Vec<Id> = std::iter::once(contact).chain(before.iter().copied()).collect();
                accept::tapped(self.keys, &senders, it.arrival.clinic, token)
            }
            (what, _) => what.clone().unwrap_or(What::BadTap),
        }
    }

    /// Lanes are locked before anything else of a contact is read or changed, which is the order of workers too; all
    /// of them at once, in one order for everyone: also those of the contacts whose messages follow one by one.
    fn together(
        &mut self,
        coming: Vec<Coming<'_>>,
        concerned: &HashSet<Id>,
        resolving: &Resolving<'_>,
        taken: &mut [Taken],
    ) -> Result<(), StoreError> {
        let mut places: BTreeMap<Id, Places> =
            concerned.iter().map(|contact| (*contact, Places::default())).collect();
        for it in &coming {
            let place = places.entry(it.contact).or_default();
            place.count += 1;
            place.open = true;
        }
        let mut next = lanes::take_places(self.conn, &places, self.now)?;
        resolving.keep(self.conn, coming.iter().map(|it| (it.contact, &it.fresh.it.visitor)))?;
        let mut people = visitors::people(self.conn, coming.iter().map(Coming::thread))?;
        let mut written: BTreeMap<(Id, u16), Written> = BTreeMap::new();
        let mut placed = Vec::with_capacity(coming.len());
        for it in coming {
            let person = people.entry(it.thread()).or_default();
            let window = it.fresh.it.arrival.said_at.min(self.now) + self.settings.service_window;
            let (row, came_to) = self.placed(&it, person, &mut next);
            let thread = written.entry(it.thread()).or_default();
            *thread = Written { window_end: thread.window_end.max(Some(window)), burst: person.burst };
            placed.push(row);
            note(taken, it.fresh.webhook, it.fresh.it.id, came_to);
        }
        visitors::write(self.conn, &written)?;
        for ((contact, clinic), _) in people.iter().filter(|(_, person)| person.flood_ended) {
            pace::forget_heeded(self.conn, *contact, *clinic)?;
        }
        inbox::add_all(self.conn, placed, self.now)
    }

    /// A message's row, and what became of it; counts it.
    fn placed(
        &self,
        coming: &Coming<'_>,
        person: &mut Person,
        next: &mut HashMap<Id, i64>,
    ) -> (Placed, accept::Taken) {
        let it = coming.fresh.it;
        let what = accept::outlived(coming.what.clone(), person.doubted_at);
        let (burst, pace) = person.burst.next(accept::weight(&what), self.now);
        person.flood_ended |= pace::ended(person.burst, burst);
        person.burst = burst;
        let sealed = match pace {
            Pace::Turn if it.sealed.is_some() => it.sealed.clone(),
            Pace::Turn => sealed(self.keys, it.id, &it.arrival, what),
            Pace::TooMany => sealed(self.keys, it.id, &it.arrival, What::Flood),
            Pace::Silent => None,
        };
        let place = next.entry(coming.contact).or_insert(1);
        let row = Placed { id: it.id, lane: coming.contact, seq: *place, key: it.key, sealed };
        *place += 1;
        let silent = pace == Pace::Silent;
        (row, if silent { accept::Taken::Flooded } else { accept::Taken::Queued })
    }
}

fn note(taken: &mut [Taken], webhook: usize, id: Id, came_to: accept::Taken) {
    let Some(taken) = taken.get_mut(webhook) else { return };
    match came_to {
        accept::Taken::Queued => taken.queued.push(id),
        accept::Taken::Flooded => taken.receipt.flooded += 1,
        accept::Taken::Done => {}
    }
}
