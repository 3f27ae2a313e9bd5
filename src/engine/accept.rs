//! What was heard becomes durable: dedupe, one contact per person, guards, a place in the lane. One transaction for
//! a whole webhook, grouped with whatever else waits; no EHR, no Graph, no page is asked meanwhile.

use crate::clock::Moment;
use crate::domain::context::Address;
use crate::domain::event::{Odd, Said, What};
use crate::domain::guard;
use crate::domain::tap::Tap;
use crate::engine::carry::{self, Carry, Place};
use crate::engine::status::{self, StatusNews};
use crate::engine::{Engine, Settings};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Bound, Keys};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts;
use crate::store::crypt::Meaning;
use crate::store::inbox::{self, Kind};
use crate::store::lanes;
use crate::store::outbox::Priority;

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
    /// Nothing was made durable: the sender must keep its copy.
    pub async fn accept(
        &self,
        mut arrivals: Vec<Arrival>,
        mut news: Vec<StatusNews>,
    ) -> Result<Receipt, StoreError> {
        // One order for everyone: two replicas that accept the same people at once cannot deadlock.
        arrivals.sort_by_key(|arrival| order_of(&self.keys, arrival));
        news.sort_by_key(|news| status::order_of(&self.keys, news));
        let rows: Vec<(Id, Arrival)> =
            arrivals.into_iter().map(|arrival| (self.keys.chance().id(), arrival)).collect();
        let rank = rows.first().map_or(0, |(_, first)| u64::from_be_bytes(order_of(&self.keys, first)));
        let marks: Vec<_> = rows.iter().map(|(id, arrival)| (*id, arrival.key.clone())).collect();
        let (keys, settings, now) = (self.keys.clone(), self.settings.clone(), self.clock.now());
        let made_durable = self.store.write_ranked(rank, move |conn| {
            let mut accepting = Accepting { conn, keys: &keys, settings: &settings, now };
            accepting.all(&rows, &news)
        });
        // Whoever waits longer has given up on us and repeats: what was not begun by then is not begun at all.
        let (fresh, receipt) = tokio::time::timeout(self.settings.accept_within, made_durable)
            .await
            .unwrap_or(Err(StoreError::Busy))?;
        for (id, wamid) in marks {
            if fresh.contains(&id) {
                self.keep_read_mark(id, wamid);
            }
        }
        self.wake();
        Ok(receipt)
    }
}

fn order_of(keys: &Keys, arrival: &Arrival) -> [u8; 8] {
    let bytes = arrival.from.phone.as_ref().or(arrival.from.bsuid.as_ref());
    bytes.map_or([0; 8], |value| keys.digest8(crate::store::crypt::index_bytes(value)).0)
}

struct Accepting<'a> {
    conn: &'a mut Conn,
    keys: &'a Keys,
    settings: &'a Settings,
    now: Moment,
}

impl Accepting<'_> {
    fn all(&mut self, rows: &[(Id, Arrival)], news: &[StatusNews]) -> Result<(Vec<Id>, Receipt), StoreError> {
        let mut fresh = Vec::new();
        let mut receipt = Receipt::default();
        for (id, arrival) in rows {
            if inbox::heard_before(self.conn, self.keys, &arrival.key)? {
                receipt.repeats += 1;
                continue;
            }
            receipt.fresh += 1;
            if self.one(*id, arrival)? {
                fresh.push(*id);
            }
        }
        for status in news {
            let known = status::note(self.conn, self.keys, status, self.now)?;
            receipt.unknown_statuses += usize::from(!known);
        }
        Ok((fresh, receipt))
    }

    /// Takes one message in; `true` when a worker is to decide about it.
    fn one(&mut self, id: Id, arrival: &Arrival) -> Result<bool, StoreError> {
        let contact = contacts::resolve(self.conn, self.keys, &arrival.from, self.now)?;
        // The lane comes before everything else of a contact, as it does for the worker that settles: who locks the
        // same rows in another order waits for ever.
        let place = lanes::next_place(self.conn, contact)?;
        let wipe_at = self.now + self.settings.keep_addresses;
        contacts::keep_address(self.conn, self.keys, contact, &arrival.from, wipe_at)?;
        // The earlier of Meta's time and ours: after an outage Meta delivers messages that are days old.
        let window_end = arrival.said_at.min(self.now) + self.settings.service_window;
        contacts::heard(self.conn, contact, arrival.clinic, window_end)?;
        let what = self.meaning(contact, arrival)?;
        let loaded = contacts::load(self.conn, self.keys, contact, arrival.clinic)?;
        let meaning = Meaning { clinic: arrival.clinic, said_at: arrival.said_at, what };
        let Some(act) = guard::immediate(&meaning.what, &loaded.contact) else {
            return self.add(contact, place, id, arrival, Some(&meaning)).map(|()| true);
        };
        self.add(contact, place, id, arrival, None)?;
        let free = Place::Free { priority: Priority::Urgent };
        let carry = Carry { keys: self.keys, settings: self.settings, now: self.now, place: free };
        carry::out(self.conn, &carry, contact, arrival.clinic, &act)?;
        Ok(false)
    }

    fn add(
        &mut self,
        contact: Id,
        place: i64,
        id: Id,
        arrival: &Arrival,
        meaning: Option<&Meaning>,
    ) -> Result<(), StoreError> {
        let key = &arrival.key;
        let new = inbox::New { id, lane: contact, place, kind: Kind::Message, key, meaning };
        inbox::add(self.conn, self.keys, &new, self.now)
    }

    /// A button opens only here, where it is known who sent it.
    fn meaning(&mut self, contact: Id, arrival: &Arrival) -> Result<What, StoreError> {
        Ok(match &arrival.heard {
            Heard::Said(said) => What::Said(said.clone()),
            Heard::Odd(odd) => What::Odd(*odd),
            Heard::Forwarded => What::Forwarded,
            Heard::Token(token) => {
                let clinic = arrival.clinic;
                let bounds: Vec<Bound> = contacts::ids_of(self.conn, contact)?
                    .into_iter()
                    .map(|contact| Bound { contact, clinic })
                    .collect();
                let opened = crate::store::crypt::open_button(self.keys, &bounds, token);
                opened.as_ref().and_then(Tap::decode).map_or(What::BadTap, What::Tapped)
            }
        })
    }
}
