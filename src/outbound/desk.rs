//! Where people look: until the desk is built, work items are Tasks in the EHR.

use crate::domain::decision::Sent;
use crate::domain::fact::Trouble;
use crate::ids::Id;
use crate::outbound::ehr::{Ehr, Item};

/// The way to people.
#[derive(Debug)]
pub struct Desk {
    ehr: Ehr,
}

impl Desk {
    /// Work items go to `ehr`.
    pub fn new(ehr: Ehr) -> Self {
        Self { ehr }
    }

    /// Notes a work item; repeating it with the same id changes nothing.
    pub async fn note(&self, item: Item<'_>) -> Result<(), Trouble> {
        self.ehr.task(item).await
    }

    /// Whether people completed one of these work items.
    pub async fn completed(&self, ids: &[Id]) -> Result<bool, Trouble> {
        self.ehr.completed(ids).await
    }

    /// Takes a work item back.
    pub async fn withdraw(&self, id: Id) -> Result<(), Trouble> {
        self.ehr.withdraw(id).await
    }

    /// Records a message that was sent; repeating it changes nothing.
    pub async fn write_back(&self, sent: &Sent) -> Result<(), Trouble> {
        self.ehr.communication(sent).await
    }
}
