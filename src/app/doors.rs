//! What pages may ask the world for: the EHR behind closures.

use crate::domain::fact::{Facts, Trouble};
use crate::engine::{Doors, Engine, Visitor};
use crate::outbound::ehr::{Caller, Ehr};
use std::sync::Arc;

/// The doors of pages to `ehr`.
pub fn doors(engine: &Engine, ehr: &Ehr) -> Doors {
    let (proving, asking) = ((engine.clone(), ehr.clone()), (engine.clone(), ehr.clone()));
    Doors {
        prove: Arc::new(move |visitor, claim| {
            let (engine, ehr) = proving.clone();
            Box::pin(async move {
                let clinic = engine.clinic(visitor.token.clinic).ok_or(Trouble::Down)?;
                ehr.prove(&claim, clinic, caller(&visitor)).await
            })
        }),
        ask: Arc::new(move |visitor, questions| {
            let (engine, ehr) = asking.clone();
            Box::pin(async move {
                let mut facts = Facts::default();
                let Some(clinic) = engine.clinic(visitor.token.clinic) else { return facts };
                for question in questions {
                    let fact = ehr.answer(question, clinic, caller(&visitor), &facts).await;
                    facts.learn(question, fact);
                }
                facts
            })
        }),
    }
}

fn caller(visitor: &Visitor) -> Caller<'_> {
    Caller { phone: visitor.phone.as_ref(), proved: &visitor.proved, proved_only: visitor.proved_only }
}
