//! What was heard becomes durable: dedupe, one contact per person, guards, a place in the lane. One transaction for
//! a whole webhook, grouped with whatever else waits; no EHR, no Graph, no page is asked meanwhile.

use crate::clock::Moment;
use crate::domain::context::Address;
use crate::domain::decision::Act;
use crate::domain::event::{Odd, Said, What};
use crate::domain::flood::{Pace, Weight};
use crate::domain::guard;
use crate::domain::message::made_before;
use crate::domain::tap::Tap;
use crate::engine::carry::{self, Carry, Place};
use crate::engine::intake::Prepared;
use crate::engine::status::StatusNews;
use crate::engine::{Courtesy, Engine, Settings};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Bound, Keys};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::{self, Loaded};
use crate::store::crypt::{self, Meaning};
use crate::store::inbox::{self, Kind};
use crate::store::outbox::Priority;
use crate::store::{consent, identity, lanes, pace};
use chrono::Duration;

/// One message as an inlet understood it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The clinic it was sent to.
    pub clinic: u16,
    /// Who sent it.
    pub from: Address,
    /// The hash of the sender's identity key, where Meta tells it.
    pub identity: Option<Phi<String>>,
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
    /// The sender's own number, shared with WhatsApp's button: digits with country code.
    Shared(Phi<String>),
    /// A call that was turned away.
    Called,
    /// WhatsApp says that the sender's number or account is another one now; nobody said anything.
    Changed {
        /// What is known of the new one.
        to: Address,
    },
    /// The sender switched marketing messages of businesses off, or on again; nobody said anything.
    Marketing {
        /// Off.
        stopped: bool,
    },
}

/// What accepting came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// New messages.
    pub fresh: usize,
    /// Messages heard before.
    pub repeats: usize,
    /// Messages over the measure: taken, and without a turn.
    pub flooded: usize,
    /// Statuses of messages we do not know: normal (another sender on the number, a race).
    pub unknown_statuses: usize,
    /// Messages of ours that turn out not to have arrived.
    pub undelivered: usize,
}

impl Engine {
    /// Makes everything in a webhook durable. Once this answers, 200 may be answered.
    ///
    /// # Errors
    /// Nothing was made durable, or not all of it: the sender must keep its copy.
    pub async fn accept(&self, arrivals: Vec<Arrival>, news: Vec<StatusNews>) -> Result<Receipt, StoreError> {
        // Whoever waits longer has given up on us and repeats: what was not begun by then is not begun at all.
        tokio::time::timeout(self.settings.accept_within, self.taken_in(arrivals, news))
            .await
            .unwrap_or(Err(StoreError::Busy))
    }

    async fn taken_in(&self, arrivals: Vec<Arrival>, news: Vec<StatusNews>) -> Result<Receipt, StoreError> {
        let mut receipt = Receipt::default();
        if !arrivals.is_empty() {
            let now = self.clock.now();
            let prepared: Vec<Prepared> =
                arrivals.into_iter().map(|arrival| Prepared::new(&self.keys, now, arrival)).collect();
            let courtesies = self.courtesies(&prepared);
            let taken = self.intake.arrivals(&self.store, prepared).await?;
            receipt = taken.receipt;
            for (row, courtesy) in courtesies {
                if taken.queued.contains(&row) {
                    self.owe(row, courtesy);
                }
            }
            self.wake();
        }
        if !news.is_empty() {
            let noted = self.intake.news(&self.store, news).await?;
            receipt.unknown_statuses = noted.unknown;
            receipt.undelivered = noted.undelivered;
            if noted.undelivered > 0 {
                self.wake();
            }
        }
        Ok(receipt)
    }

    /// What Meta is to be told beside the answers, once somebody decides about them.
    fn courtesies(&self, rows: &[Prepared]) -> Vec<(Id, Courtesy)> {
        let courtesy = |arrival: &Arrival| match arrival.heard {
            Heard::Called if self.clock.now() - arrival.said_at > RINGS => None,
            Heard::Called => {
                let number = self.clinic(arrival.clinic)?.phone_number_id.clone();
                Some(Courtesy::TurnAway { number, call: arrival.key.clone() })
            }
            Heard::Changed { .. } | Heard::Marketing { .. } => None,
            _ => Some(Courtesy::Read(arrival.key.clone())),
        };
        rows.iter().filter_map(|it| Some((it.id, courtesy(&it.arrival)?))).collect()
    }
}

/// No call rings longer (Meta: calling/user-initiated-calls).
const RINGS: Duration = Duration::seconds(60);

/// Takes messages in, inside a transaction.
pub(super) struct Accepting<'a> {
    pub(super) conn: &'a mut Conn,
    pub(super) keys: &'a Keys,
    pub(super) settings: &'a Settings,
    pub(super) now: Moment,
}

/// What became of one message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Taken {
    /// A worker decides about it.
    Queued,
    /// All that was to be done is done.
    Done,
    /// It was one too many.
    Flooded,
}

/// A message's contact and its place in the contact's lane.
#[derive(Clone, Copy, Debug)]
struct Seat {
    contact: Id,
    place: i64,
}

impl<'a> Accepting<'a> {
    /// Takes in one message that has more to it than its words: from an address that is new or disputed, with an
    /// identity key, or with a wish that nothing may hold up.
    pub(super) fn one(&mut self, id: Id, arrival: &Arrival) -> Result<Taken, StoreError> {
        match &arrival.heard {
            Heard::Changed { to } => self.changed(id, arrival, to),
            Heard::Marketing { stopped } => self.marketing(id, arrival, *stopped),
            _ => self.message(id, arrival),
        }
    }

    /// Takes one message in.
    fn message(&mut self, id: Id, arrival: &Arrival) -> Result<Taken, StoreError> {
        let seat = self.seated(arrival)?;
        let Seat { contact, .. } = seat;
        // The earlier of Meta's time and ours: after an outage Meta delivers messages that are days old.
        let window_end = arrival.said_at.min(self.now) + self.settings.service_window;
        contacts::heard(self.conn, contact, arrival.clinic, window_end)?;
        let loaded = contacts::load(self.conn, self.keys, contact, arrival.clinic)?;
        let what = self.meaning(arrival, &loaded)?;
        let wish = guard::wish(&what);
        let (burst, pace) = loaded.burst.next(weight(&what), self.now);
        pace::keep(self.conn, contact, arrival.clinic, loaded.burst, burst)?;
        if let Some(act) = guard::immediate(&what, &loaded.contact) {
            self.add(seat, id, arrival, None)?;
            let again = match (pace, wish) {
                (Pace::Turn, _) | (_, None) => false,
                (_, Some(wish)) => pace::heeded(self.conn, self.keys, contact, arrival.clinic, wish)?,
            };
            self.carry_out(contact, arrival.clinic, if again { guard::repeated(act) } else { act })?;
            return Ok(Taken::Done);
        }
        let what = match pace {
            Pace::Turn => what,
            Pace::TooMany => What::Flood,
            Pace::Silent => return self.add(seat, id, arrival, None).map(|()| Taken::Flooded),
        };
        let meaning = Meaning { clinic: arrival.clinic, said_at: arrival.said_at, what };
        self.add(seat, id, arrival, Some(&meaning)).map(|()| Taken::Queued)
    }

    /// Who sent it, and whether that is still who it was.
    fn seated(&mut self, arrival: &Arrival) -> Result<Seat, StoreError> {
        let from = sender(arrival);
        let known = identity::known(self.conn, self.keys, &from)?;
        let contact = contacts::resolve(self.conn, self.keys, &from, self.now)?;
        let mut shaken = known.shaken(self.conn, self.keys, &from, contact)?;
        let loser = known.had_number_before(contact);
        // A card proves less than Meta's own word: what the number led to until now is not taken over by it.
        if loser.is_some() && from != arrival.from && !shaken.contains(&contact) {
            shaken.push(contact);
        }
        let place = self.place(contact, &shaken)?;
        let wipe_at = self.now + self.settings.keep_addresses;
        contacts::keep_address(self.conn, self.keys, contact, &from, wipe_at)?;
        if let Some(loser) = loser {
            identity::lose_phone(self.conn, self.keys, loser, from.phone.as_ref())?;
        }
        if let Some(hash) = &arrival.identity
            && identity::key_seen(self.conn, self.keys, contact, hash, arrival.said_at)?
            && !shaken.contains(&contact)
        {
            shaken.push(contact);
        }
        for id in shaken {
            self.carry_out(id, arrival.clinic, guard::doubted())?;
        }
        Ok(Seat { contact, place })
    }

    /// The next place in a contact's lane. The lane comes before everything else of a contact, as it does for the worker
    /// that settles: who locks the same rows in another order waits for ever. So do the lanes of `others`, in one order.
    fn place(&mut self, contact: Id, others: &[Id]) -> Result<i64, StoreError> {
        let mut all: Vec<Id> = others.iter().copied().filter(|id| *id != contact).collect();
        all.push(contact);
        all.sort_unstable();
        let mut place = 0;
        for id in all {
            let next = lanes::next_place(self.conn, id)?;
            if id == contact {
                place = next;
            }
        }
        Ok(place)
    }

    /// WhatsApp says that a number or an account is another one now. Old and new are doubted, nothing is merged, and
    /// whoever writes from the new one first is doubted already.
    fn changed(&mut self, id: Id, arrival: &Arrival, to: &Address) -> Result<Taken, StoreError> {
        let shaken = identity::concerned(self.conn, self.keys, &arrival.from, to, self.now)?;
        let Some(contact) = shaken.first().copied() else { return Ok(Taken::Done) };
        let place = self.place(contact, &shaken)?;
        self.add(Seat { contact, place }, id, arrival, None)?;
        for contact in shaken {
            self.carry_out(contact, arrival.clinic, guard::doubted())?;
        }
        Ok(Taken::Done)
    }

    fn marketing(&mut self, id: Id, arrival: &Arrival, stopped: bool) -> Result<Taken, StoreError> {
        let contact = contacts::resolve(self.conn, self.keys, &arrival.from, self.now)?;
        let place = self.place(contact, &[])?;
        consent::set_marketing(self.conn, contact, stopped, arrival.said_at)?;
        self.add(Seat { contact, place }, id, arrival, None).map(|()| Taken::Done)
    }

    fn carry(&self, priority: Priority) -> Carry<'a> {
        let place = Place::Free { priority };
        Carry { keys: self.keys, settings: self.settings, now: self.now, place }
    }

    fn carry_out(&mut self, contact: Id, clinic: u16, act: Act) -> Result<(), StoreError> {
        let carry = self.carry(Priority::Urgent);
        carry::out(self.conn, &carry, contact, clinic, &act).map(drop)
    }

    fn add(
        &mut self,
        Seat { contact, place }: Seat,
        id: Id,
        arrival: &Arrival,
        meaning: Option<&Meaning>,
    ) -> Result<(), StoreError> {
        let key = &arrival.key;
        let new = inbox::New { id, lane: contact, place, kind: Kind::Message, key, meaning };
        inbox::add(self.conn, self.keys, &new, self.now)
    }

    fn meaning(&mut self, arrival: &Arrival, sender: &Loaded) -> Result<What, StoreError> {
        Ok(match &arrival.heard {
            Heard::Said(said) => What::Said(said.clone()),
            Heard::Odd(odd) => What::Odd(*odd),
            Heard::Forwarded => What::Forwarded,
            Heard::Called => What::Called,
            Heard::Shared(phone) if arrival.from.phone.as_ref().is_none_or(|known| known == phone) => {
                What::NumberShared
            }
            Heard::Shared(_) => What::Odd(Odd::Other),
            Heard::Changed { .. } | Heard::Marketing { .. } => What::Odd(Odd::Silent),
            Heard::Token(token) => self.opened(token, arrival.clinic, sender)?,
        })
    }

    /// A button opens only here, where it is known who sent it. One from before a doubt may lie in somebody else's hands
    /// by now: it does nothing, but for what nobody may miss.
    fn opened(&mut self, token: &Phi<String>, clinic: u16, sender: &Loaded) -> Result<What, StoreError> {
        let senders = contacts::ids_of(self.conn, sender.contact.id)?;
        Ok(outlived(tapped(self.keys, &senders, clinic, token), sender.doubted_at))
    }
}

/// What the button says, if it was sent to one of `senders`: a contact, and those that turned out to be the same.
pub(super) fn tapped(keys: &Keys, senders: &[Id], clinic: u16, token: &Phi<String>) -> What {
    let bounds: Vec<Bound> = senders.iter().map(|contact| Bound { contact: *contact, clinic }).collect();
    let opened = crypt::open_button(keys, &bounds, token);
    opened.as_ref().and_then(Tap::decode).map_or(What::BadTap, What::Tapped)
}

/// What a tap comes to after a doubt about who has the button.
pub(super) fn outlived(what: What, doubted_at: Option<Moment>) -> What {
    match (&what, doubted_at) {
        (What::Tapped(tap), Some(at)) if made_before(tap, at) && guard::wish(&what).is_none() => What::BadTap,
        _ => what,
    }
}

/// The address a message came from; a number that its sender shares is part of it from here on.
pub(super) fn sender(arrival: &Arrival) -> Address {
    match &arrival.heard {
        Heard::Shared(phone) if arrival.from.phone.is_none() => {
            Address { phone: Some(phone.clone()), ..arrival.from.clone() }
        }
        _ => arrival.from.clone(),
    }
}

pub(super) fn weight(what: &What) -> Weight {
    match what {
        what if guard::wish(what).is_some() => Weight::Wish,
        What::Tapped(_) => Weight::Tap,
        _ => Weight::Other,
    }
}
