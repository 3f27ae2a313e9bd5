//! The addresses of pages that messages link to.

use crate::clock::Moment;
use crate::domain::clinic::{Clinic, Identify};
use crate::domain::decision::Say;
use crate::domain::message::TAP_LIFE;
use crate::domain::page::{self, PageToken};
use crate::domain::speech::LinkTo;
use crate::domain::tap::{Coords, Tap};
use crate::phi::Phi;
use crate::seal::{Bound, Keys};

/// Where pages are.
#[derive(Clone, Debug)]
pub struct Pages {
    /// `server.public_url`, without a slash at the end.
    pub public_url: String,
    /// `links.portal_url`; empty: none.
    pub portal_url: String,
}

impl Pages {
    /// The address of a page for one contact; `None` where there is no such page.
    pub fn address(
        &self,
        to: LinkTo,
        say: &Say,
        bound: Bound,
        clinic: &Clinic,
        keys: &Keys,
        now: Moment,
    ) -> Option<Phi<String>> {
        let own = |name: &str, at: Coords| {
            let tap = Tap { step: say.step, from_reminder: false, asked: false, expires: now + TAP_LIFE, at };
            let token = PageToken { contact: bound.contact, clinic: bound.clinic, tap };
            let sealed = keys.seal_page(name, &token.encode());
            Phi::new(format!("{}/{name}/{sealed}", self.public_url))
        };
        match (to, clinic.identity.policy) {
            (LinkTo::Calendar, _) => Some(own(page::CALENDAR, say.about)),
            (LinkTo::Identify, Identify::Questions) => {
                Some(own(page::IDENTIFY, Coords { intent: keys.chance().id(), ..say.about }))
            }
            (LinkTo::Portal, _) | (LinkTo::Identify, _) => {
                (!self.portal_url.is_empty()).then(|| Phi::new(self.portal_url.clone()))
            }
        }
    }
}
