//! What a page may ask the world for. `app` fills it in, so that pages never know the EHR.

use crate::clock::Moment;
use crate::domain::context::{Contact, Context};
use crate::domain::fact::{Facts, Question, Trouble};
use crate::domain::page::PageToken;
use crate::domain::proof::{Claim, Proof};
use crate::engine::Engine;
use crate::ids::Id;
use crate::phi::Phi;
use crate::store::contacts::Loaded;
use crate::store::{StoreError, contacts, proof};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// What a page may ask the world for.
#[derive(Clone)]
pub struct Doors {
    /// Whose record somebody's answers fit, if they fit exactly one that may be acted on.
    pub prove: Arc<Prove>,
    /// What the EHR says, question by question.
    pub ask: Arc<Ask>,
}

/// Asks whose record answers fit.
pub type Prove = dyn Fn(Visitor, Claim) -> BoxFuture<'static, Result<Option<Proof>, Trouble>> + Send + Sync;
/// Asks the EHR.
pub type Ask = dyn Fn(Visitor, Vec<Question>) -> BoxFuture<'static, Facts> + Send + Sync;

/// Whoever opened a page: the contact its address was sent to. Whose hand holds the telephone, nobody knows.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// What the address says.
    pub token: PageToken,
    /// The contact as it is now.
    pub contact: Contact,
    /// Their number.
    pub phone: Option<Phi<String>>,
    /// `Patient/…` of the records they proved they may act for.
    pub proved: Vec<Phi<String>>,
    /// Only those count.
    pub proved_only: bool,
    /// Tries at proving who they are that failed or are under way.
    pub tries: i64,
}

impl Visitor {
    fn new(token: PageToken, tries: i64, loaded: Loaded) -> Self {
        let Loaded { contact, address, proved, proved_only, .. } = loaded;
        let phone = address.and_then(|address| address.phone);
        Self { token, contact, phone, proved, proved_only, tries }
    }

    /// What decisions may look at; `None` when the clinic left the configuration.
    pub fn context<'a>(&'a self, engine: &'a Engine, facts: &'a Facts) -> Option<Context<'a>> {
        let clinic = engine.clinic(self.token.clinic)?;
        let now = engine.clock.now();
        Some(Context { now, clinic, contact: &self.contact, facts, fresh: Id::default() })
    }
}

impl Engine {
    /// Whoever a page's address was sent to, as long as it works; `None` for one that is damaged, expired, used, or of a
    /// contact or clinic that is gone. Changes nothing, however often.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn visitor(&self, page: &str, address: &str) -> Result<Option<Visitor>, StoreError> {
        let token = self.keys.open_page(page, address).and_then(|bytes| PageToken::decode(&bytes));
        let Some(token) = token.filter(|token| self.works(token, self.clock.now())) else { return Ok(None) };
        let keys = self.keys.clone();
        self.store
            .read(move |conn| {
                let Some(id) = contacts::living(conn, token.contact)? else { return Ok(None) };
                if proof::is_used(conn, token.tap.at.intent)? {
                    return Ok(None);
                }
                let tries = proof::tries_of(conn, &keys, id)?;
                let loaded = contacts::load(conn, &keys, id, token.clinic)?;
                if loaded.doubted_at.is_some_and(|at| token.made_before(at)) {
                    return Ok(None);
                }
                Ok(Some(Visitor::new(token, tries, loaded)))
            })
            .await
    }

    fn works(&self, token: &PageToken, now: Moment) -> bool {
        token.tap.expires >= now && self.clinic(token.clinic).is_some()
    }
}
