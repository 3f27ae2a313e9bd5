//! What was heard becomes durable: dedupe, one contact per person, guards, a place in the lane. One transaction for
//! all webhooks that wait; no EHR, no Graph, no page is asked meanwhile.

use crate::clock::{Clock, Moment};
use crate::domain::context::Address;
use crate::domain::event::{Odd, Said, What};
use crate::domain::guard;
use crate::domain::tap::Tap;
use crate::engine::carry::{self, Carry, Place};
use crate::engine::gather::{Gather, Weighed};
use crate::engine::status::{self, StatusNews};
use crate::engine::{Engine, Settings};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Bound, Keyed, Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts;
use crate::store::crypt::{Meaning, index_bytes, open_button, seal_meaning};
use crate::store::inbox::{self, Placed};
use crate::store::lanes::{self, Places};
use crate::store::outbox::Priority;
use crate::store::visitors::{self, Resolving, Visitor};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One message as an inlet understood it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The clinic it was sent to.
    pub clinic: u16,
    /// Who sent it.
    pub from: Address,
    /// When it was sent.
    pub said_at: Moment,
    /// What makes a repeat recognisable: Meta's message id.
    pub key: Phi<String>,
    /// What it was.
    pub heard: Heard,
}

/// What a message was, before it is known who sent it.
#[derive(Clone, Debug)]
pub enum Heard {
    /// A button's id: it opens only for the contact it was sent to.
    Token(Phi<String>),
    /// A forwarded message.
    Forwarded,
    /// Typed text, reduced to its meaning.
    Said(Said),
    /// Something that is not read here.
    Odd(Odd),
}

/// What accepting came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// New messages.
    pub fresh: usize,
    /// Messages heard before.
    pub repeats: usize,
    /// Statuses of messages we do not know: normal (another sender on the number, a race).
    pub unknown_statuses: usize,
}

impl Engine {
    /// Makes everything in a webhook durable. Once this answers, 200 may be answered.
    ///
    /// # Errors
    /// Nothing was made durable, or not all of it: the sender must keep its copy.
    pub async fn accept(&self, arrivals: Vec<Arrival>, news: Vec<StatusNews>) -> Result<Receipt, StoreError> {
        let mut receipt = Receipt::default();
        if !arrivals.is_empty() {
            let now = self.clock.now();
            let prepared: Vec<Prepared> =
                arrivals.into_iter().map(|arrival| Prepared::new(&self.keys, now, arrival)).collect();
            let marks: Vec<_> = prepared.iter().map(|it| (it.id, it.arrival.key.clone())).collect();
            let taken = self.intake.arrivals.ask(&self.store, prepared).await?;
            receipt = taken.receipt;
            for (id, wamid) in marks {
                if taken.open.contains(&id) {
                    self.keep_read_mark(id, wamid);
                }
            }
            self.wake();
        }
        if !news.is_empty() {
            receipt.unknown_statuses = self.intake.news.ask(&self.store, news).await?;
        }
        Ok(receipt)
    }
}

/// Where webhooks meet on their way into the database.
#[derive(Clone)]
pub(super) struct Intake {
    arrivals: Gather<Vec<Prepared>, Taken>,
    news: Gather<Vec<StatusNews>, usize>,
}

impl Intake {
    pub(super) fn new(keys: &Keys, clock: &Clock, settings: &Settings) -> Self {
        let (keys, clock, settings) = (keys.clone(), clock.clone(), settings.clone());
        let (their_keys, their_clock) = (keys.clone(), clock.clone());
        Self {
            arrivals: Gather::new(move |conn, webhooks: &[&Vec<Prepared>]| {
                Accepting { conn, keys: &keys, settings: &settings, now: clock.now() }.all(webhooks)
            }),
            news: Gather::new(move |conn, webhooks: &[&Vec<StatusNews>]| {
                status::note_all(conn, &their_keys, webhooks, their_clock.now())
            }),
        }
    }
}

impl<T> Weighed for Vec<T> {
    fn weight(&self) -> usize {
        self.len()
    }
}

/// A message with everything that can be worked out before the transaction.
#[derive(Clone, Debug)]
struct Prepared {
    id: Id,
    arrival: Arrival,
    visitor: Visitor,
    /// What makes a repeat recognisable, under the current key.
    key: Keyed,
    /// The same under older keys.
    older: Vec<Keyed>,
    /// What it means, unless that depends on who sent it.
    what: Option<What>,
    /// The same, sealed, unless it is carried out at once.
    sealed: Option<Vec<u8>>,
}

impl Prepared {
    fn new(keys: &Keys, now: Moment, arrival: Arrival) -> Self {
        let id = keys.chance().id_at(now.timestamp_millis());
        let what = match &arrival.heard {
            Heard::Said(said) => Some(What::Said(*said)),
            Heard::Odd(odd) => Some(What::Odd(*odd)),
            Heard::Forwarded => Some(What::Forwarded),
            Heard::Token(_) => None,
        };
        let later = what.clone().filter(|what| !guard::concerns(what));
        let sealed = later.and_then(|what| sealed(keys, id, &arrival, what));
        Self {
            id,
            visitor: Visitor::new(keys, arrival.from.clone()),
            key: keys.index(Purpose::Wamid, index_bytes(&arrival.key)),
            older: keys.older_indexes(Purpose::Wamid, index_bytes(&arrival.key)),
            what,
            sealed,
            arrival,
        }
    }
}

impl Prepared {
    /// Under which keys it may have been heard before.
    fn repeats(&self) -> impl Iterator<Item = Keyed> + '_ {
        std::iter::once(self.key).chain(self.older.iter().copied())
    }
}

fn sealed(keys: &Keys, id: Id, arrival: &Arrival, what: What) -> Option<Vec<u8>> {
    let meaning = Meaning { clinic: arrival.clinic, said_at: arrival.said_at, what };
    seal_meaning(keys, id, &meaning)
}

/// What taking a webhook in came to.
#[derive(Clone, Debug, Default)]
struct Taken {
    receipt: Receipt,
    /// Rows that a worker is to decide about.
    open: Vec<Id>,
}

struct Accepting<'a> {
    conn: &'a mut Conn,
    keys: &'a Keys,
    settings: &'a Settings,
    now: Moment,
}

/// A message on its way to its place.
struct Coming<'a> {
    it: &'a Prepared,
    contact: Id,
    what: What,
    at_once: bool,
}

impl Accepting<'_> {
    fn all(&mut self, webhooks: &[&Vec<Prepared>]) -> Result<Vec<Taken>, StoreError> {
        let all = webhooks.iter().flat_map(|webhook| webhook.iter());
        let mut known = inbox::known(self.conn, all.flat_map(Prepared::repeats))?;
        let mut taken = vec![Taken::default(); webhooks.len()];
        let mut fresh = Vec::new();
        for (webhook, taken) in webhooks.iter().zip(&mut taken) {
            for it in *webhook {
                if it.repeats().any(|key| known.contains(&key)) {
                    taken.receipt.repeats += 1;
                    continue;
                }
                // The same message may come twice at once, too.
                known.insert(it.key);
                taken.receipt.fresh += 1;
                fresh.push(it);
            }
        }
        let open = self.fresh(&fresh)?;
        for (webhook, taken) in webhooks.iter().zip(&mut taken) {
            taken.open = webhook.iter().map(|it| it.id).filter(|id| open.contains(id)).collect();
        }
        Ok(taken)
    }

    /// Takes new messages in; answers those that a worker is to decide about. Lanes are locked before anything else
    /// of a contact is changed, which is the order of workers too.
    fn fresh(&mut self, fresh: &[&Prepared]) -> Result<HashSet<Id>, StoreError> {
        let mut resolving = Resolving::new(self.keys, self.now, self.settings.keep_addresses);
        let visitors: Vec<&Visitor> = fresh.iter().map(|it| &it.visitor).collect();
        let contacts = resolving.all(self.conn, &visitors)?;
        let coming = self.coming(fresh, &contacts)?;
        let mut places: BTreeMap<Id, Places> = BTreeMap::new();
        for it in &coming {
            let place = places.entry(it.contact).or_default();
            place.count += 1;
            place.open |= !it.at_once;
        }
        let mut next = lanes::take_places(self.conn, &places, self.now)?;
        resolving.keep(self.conn)?;
        let heard: Vec<_> = coming.iter().map(|it| self.window(it)).collect();
        visitors::heard(self.conn, &heard)?;
        let placed = coming.iter().map(|it| self.placed(it, &mut next)).collect();
        inbox::add_all(self.conn, placed, self.now)?;
        for it in coming.iter().filter(|it| it.at_once) {
            self.at_once(it)?;
        }
        Ok(coming.iter().filter(|it| !it.at_once).map(|it| it.it.id).collect())
    }

    fn coming<'b>(&mut self, fresh: &[&'b Prepared], contacts: &[Id]) -> Result<Vec<Coming<'b>>, StoreError> {
        let tokens = fresh.iter().zip(contacts).filter(|(it, _)| it.what.is_none());
        let merged = contacts::merged_into(self.conn, tokens.map(|(_, contact)| *contact))?;
        let one = |(it, contact): (&&'b Prepared, &Id)| {
            let before = merged.get(contact).map_or(&[][..], Vec::as_slice);
            let what = it.what.clone().unwrap_or_else(|| self.opened(*contact, before, &it.arrival));
            Coming { it, contact: *contact, at_once: guard::concerns(&what), what }
        };
        Ok(fresh.iter().zip(contacts).map(one).collect())
    }

    fn window(&self, coming: &Coming<'_>) -> (Id, u16, Moment) {
        let arrival = &coming.it.arrival;
        (coming.contact, arrival.clinic, arrival.said_at.min(self.now))
    }

    fn placed(&self, coming: &Coming<'_>, next: &mut HashMap<Id, i64>) -> Placed {
        let Coming { it, contact, what, at_once } = coming;
        let next = next.entry(*contact).or_insert(1);
        let seq = *next;
        *next += 1;
        let sealed = match (&it.sealed, at_once) {
            (_, true) => None,
            (Some(sealed), false) => Some(sealed.clone()),
            (None, false) => sealed(self.keys, it.id, &it.arrival, what.clone()),
        };
        Placed { id: it.id, lane: *contact, seq, key: it.key, sealed }
    }

    /// What nothing may hold up takes effect here.
    fn at_once(&mut self, coming: &Coming<'_>) -> Result<(), StoreError> {
        let (contact, clinic) = (coming.contact, coming.it.arrival.clinic);
        let loaded = contacts::load(self.conn, self.keys, contact, clinic)?;
        let Some(act) = guard::immediate(&coming.what, &loaded.contact) else { return Ok(()) };
        let place = Place::Free { priority: Priority::Urgent };
        let carry = Carry { keys: self.keys, settings: self.settings, now: self.now, place };
        carry::out(self.conn, &carry, contact, clinic, &act).map(drop)
    }

    /// A button opens only here, where it is known who sent it: for the contact it was made for, or for one that was
    /// merged into them.
    fn opened(&self, contact: Id, before: &[Id], arrival: &Arrival) -> What {
        let Heard::Token(token) = &arrival.heard else { return What::BadTap };
        let clinic = arrival.clinic;
        let bounds: Vec<Bound> =
            std::iter::once(&contact).chain(before).map(|id| Bound { contact: *id, clinic }).collect();
        let opened = open_button(self.keys, &bounds, token);
        opened.as_ref().and_then(Tap::decode).map_or(What::BadTap, What::Tapped)
    }
}
