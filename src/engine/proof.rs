//! A try at proving who one is: counted before the EHR is asked, ended by what it says. What was typed is in memory
//! only; of the file number a keyed pseudonym counts tries.

use crate::clock::Moment;
use crate::domain::decision::AuditFact;
use crate::domain::event::What;
use crate::domain::fact::Trouble;
use crate::domain::page::PageToken;
use crate::domain::proof::{Claim, Proof};
use crate::engine::Engine;
use crate::engine::carry;
use crate::engine::doors::Visitor;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::Keys;
use crate::store::conn::Conn;
use crate::store::crypt::Meaning;
use crate::store::inbox::{self, New};
use crate::store::proof::{self as rows, Whose};
use crate::store::{StoreError, audit_log, contacts, identity, lanes};
use serde_json::json;

/// A try that was counted.
#[derive(Clone, Debug)]
pub struct Try {
    token: PageToken,
    contact: Id,
    /// The last doubt about whose number it is, as the try began.
    doubted_at: Option<Moment>,
    number: Phi<String>,
    /// Others, or the same person, failed with this file number too often: whatever the EHR says, it counts as no.
    /// The EHR is asked all the same, so that nobody learns this from how long the answer takes.
    barred: bool,
    most: i64,
}

/// What beginning a try comes to.
#[derive(Clone, Debug)]
pub enum Begun {
    /// Go on.
    Try(Try),
    /// This contact has no tries left.
    Limit,
    /// The page's address does not work any more.
    Shut,
}

/// What a try came to. Never says which answer was wrong, nor whether there is such a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// They may act for the record; the chat goes on.
    Done,
    /// No.
    Failed,
    /// No, and that was the last try; the chat says so.
    Limit,
    /// The page's address does not work any more.
    Shut,
    /// Nobody could be asked; the try does not count.
    Trouble(Trouble),
}

impl Engine {
    /// Counts a try of `visitor` with the file number of `claim`, `most` for life of either.
    ///
    /// # Errors
    /// The database cannot be asked; nothing was counted.
    pub async fn begin_try(&self, visitor: &Visitor, claim: &Claim, most: u32) -> Result<Begun, StoreError> {
        let (keys, token, number, most) = (self.keys.clone(), visitor.token, claim.number(), i64::from(most));
        self.store
            .write(move |conn| {
                let Some(contact) = contacts::living(conn, token.contact)? else { return Ok(Begun::Shut) };
                let doubted_at = identity::doubted_at(conn, contact)?;
                let outlived = doubted_at.is_some_and(|at| token.made_before(at));
                if outlived || rows::is_used(conn, token.tap.at.intent)? {
                    return Ok(Begun::Shut);
                }
                rows::count(conn, &keys, Whose::Contact(contact))?;
                if rows::tries_of(conn, &keys, contact)? > most {
                    rows::uncount(conn, &keys, Whose::Contact(contact))?;
                    return Ok(Begun::Limit);
                }
                rows::count(conn, &keys, Whose::Record(&number))?;
                let barred = rows::tries(conn, &keys, Whose::Record(&number))? > most;
                if barred {
                    rows::uncount(conn, &keys, Whose::Record(&number))?;
                }
                Ok(Begun::Try(Try { token, contact, doubted_at, number: number.clone(), barred, most }))
            })
            .await
    }

    /// Ends a try with what the EHR said. All that follows from it is one transaction.
    ///
    /// # Errors
    /// The database cannot be asked; the try stays counted.
    pub async fn end_try(
        &self,
        begun: Try,
        said: Result<Option<Proof>, Trouble>,
    ) -> Result<Ended, StoreError> {
        let (keys, now) = (self.keys.clone(), self.clock.now());
        let said = said.map(|proof| proof.filter(|_| !begun.barred));
        let ended = self
            .store
            .write(move |conn| {
                let mut ending = Ending { conn, keys: &keys, begun: &begun, now };
                match &said {
                    Ok(Some(proof)) => ending.won(proof),
                    Ok(None) => ending.lost(),
                    Err(trouble) => ending.unasked().map(|()| Ended::Trouble(*trouble)),
                }
            })
            .await?;
        self.wake();
        Ok(ended)
    }
}

struct Ending<'a> {
    conn: &'a mut Conn,
    keys: &'a Keys,
    begun: &'a Try,
    now: Moment,
}

impl Ending<'_> {
    fn won(&mut self, proof: &Proof) -> Result<Ended, StoreError> {
        let Try { token, doubted_at, .. } = *self.begun;
        let (contact, place) = self.seat()?;
        // A doubt that arose while the EHR was asked is not ended by what was answered before it.
        let outlived = identity::doubted_at(self.conn, contact)? > doubted_at;
        if outlived || !rows::use_up(self.conn, token.tap.at.intent, token.tap.expires)? {
            self.unasked()?;
            return Ok(Ended::Shut);
        }
        self.unasked()?;
        let (patient, on_record) = (&proof.reference, proof.on_record);
        let subject = rows::grant(self.conn, self.keys, contact, patient, on_record, self.now)?;
        self.note(AuditFact::Identified, Some(subject))?;
        self.tell(true, contact, place)?;
        Ok(Ended::Done)
    }

    fn lost(&mut self) -> Result<Ended, StoreError> {
        self.note(AuditFact::NotIdentified, None)?;
        if rows::tries_of(self.conn, self.keys, self.begun.contact)? < self.begun.most {
            return Ok(Ended::Failed);
        }
        self.note(AuditFact::AccessRefused, None)?;
        let (contact, place) = self.seat()?;
        self.tell(false, contact, place)?;
        Ok(Ended::Limit)
    }

    /// Who it is by now, and the next place in their lane. The lane is locked before anything else of the contact's, as
    /// where messages are accepted; one that was merged meanwhile is the one it was merged into.
    fn seat(&mut self) -> Result<(Id, i64), StoreError> {
        let contact = contacts::current(self.conn, self.begun.contact)?;
        let place = lanes::next_place(self.conn, contact)?;
        match contacts::current(self.conn, contact)? {
            same if same == contact => Ok((contact, place)),
            now => Ok((now, lanes::next_place(self.conn, now)?)),
        }
    }

    /// Takes the try back. A barred one never counted for its file number.
    fn unasked(&mut self) -> Result<(), StoreError> {
        rows::uncount(self.conn, self.keys, Whose::Contact(self.begun.contact))?;
        if self.begun.barred {
            return Ok(());
        }
        rows::uncount(self.conn, self.keys, Whose::Record(&self.begun.number))
    }

    fn note(&mut self, fact: AuditFact, subject: Option<Id>) -> Result<(), StoreError> {
        let about = json!({
            "contact": self.begun.contact.to_string(),
            "clinic": self.begun.token.clinic,
            "subject": subject.map(|subject| subject.to_string()),
        });
        audit_log::append(self.conn, self.keys, &carry::entry(self.keys, fact, self.now, about))
    }

    /// Puts the outcome into the contact's lane, once: the chat goes on.
    fn tell(&mut self, done: bool, contact: Id, place: i64) -> Result<(), StoreError> {
        let name = format!("identify/{}/{done}", self.begun.token.tap.at.intent);
        let key = Phi::new(name);
        if inbox::heard_before(self.conn, self.keys, &key)? {
            return Ok(());
        }
        let clinic = self.begun.token.clinic;
        let meaning = Meaning { clinic, said_at: self.now, what: What::Identified(done) };
        let new = New {
            id: self.keys.chance().id(),
            lane: contact,
            place,
            kind: inbox::Kind::Page,
            key: &key,
            meaning: Some(&meaning),
        };
        inbox::add(self.conn, self.keys, &new, self.now)
    }
}
