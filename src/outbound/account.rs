//! How the account stands at Meta: asked once a day, after every warning, and by `doctor`.

use crate::clock::Moment;
use crate::domain::clinic::Clinic;
use crate::domain::clinic::Disclosure;
use crate::domain::speech::TemplateId;
use crate::outbound::catalogue;
use crate::outbound::whatsapp::Graph;
use crate::wire::whatsapp::account::{Listed, NUMBER_FIELDS, TEMPLATE_FIELDS, Templates, Token};
pub use crate::wire::whatsapp::account::{Number, TOKEN_NOTICE, TokenTrouble};
use std::collections::BTreeSet;

/// Meta lists so many templates on a page.
const PAGE: &str = "100";
/// Pages read at most: more templates than a verified business may have (6,000).
const PAGES: usize = 60;

/// A message template that patients cannot get, or get as something else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfit {
    /// Name and language.
    pub template: String,
    /// What is wrong, for an operator.
    pub why: &'static str,
}

impl Graph {
    /// What is wrong with the access token, if anything.
    ///
    /// # Errors
    /// Meta cannot be asked; a sentence for an operator.
    pub async fn token(&self, now: Moment) -> Result<Option<TokenTrouble>, String> {
        let token = self.token_text();
        let body = self.get("debug_token", &[("input_token", token)]).await?;
        Token::read(body.reveal()).map(|token| token.trouble(now)).ok_or_else(unreadable)
    }

    /// How a number stands.
    ///
    /// # Errors
    /// As [`Graph::token`].
    pub async fn number(&self, number: &str) -> Result<Number, String> {
        let body = self.get(number, &[("fields", NUMBER_FIELDS)]).await?;
        Number::read(body.reveal()).ok_or_else(unreadable)
    }

    /// The templates that `clinics` need of an account, and which Meta would not send as they are.
    ///
    /// # Errors
    /// As [`Graph::token`].
    pub async fn unfit(&self, waba: &str, clinics: &[&Clinic]) -> Result<Vec<Unfit>, String> {
        let listed = self.listed(waba).await?;
        Ok(needed(clinics)
            .into_iter()
            .filter_map(|(name, language)| unfit(&name, language, &listed))
            .collect())
    }

    async fn listed(&self, waba: &str) -> Result<Vec<Listed>, String> {
        let (mut all, mut after) = (vec![], None::<String>);
        for _ in 0..PAGES {
            let mut query = vec![("fields", TEMPLATE_FIELDS), ("limit", PAGE)];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let body = self.get(&format!("{waba}/message_templates"), &query).await?;
            let page = Templates::read(body.reveal()).ok_or_else(unreadable)?;
            all.extend(page.listed);
            after = page.after;
            if after.is_none() {
                break;
            }
        }
        Ok(all)
    }
}

fn unreadable() -> String {
    "Meta's answer cannot be read".to_owned()
}

/// Every template in every language and at every level of disclosure that these clinics use. Neutral is always used:
/// for whoever proved who they are from a number that is not on their record.
fn needed(clinics: &[&Clinic]) -> BTreeSet<(String, &'static str)> {
    let mut all = BTreeSet::new();
    for clinic in clinics {
        let services = clinic.services.iter().map(|service| service.disclosure);
        let levels: Vec<Disclosure> = services.chain([clinic.disclosure, Disclosure::Neutral]).collect();
        for entry in TemplateId::all() {
            for level in &levels {
                let name = catalogue::name(entry, *level);
                all.extend(clinic.locales.iter().map(|locale| (name.clone(), locale.code())));
            }
        }
    }
    all
}

fn unfit(name: &str, language: &str, listed: &[Listed]) -> Option<Unfit> {
    let found = listed.iter().find(|it| it.name == name && it.language == language);
    let why = match found {
        None => "Meta does not have it",
        Some(it) if !it.approved => "Meta does not send it (rejected, paused, disabled or in review)",
        Some(it) if !it.utility => "Meta made another category of it",
        Some(_) => return None,
    };
    Some(Unfit { template: format!("{name}/{language}"), why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(approved: bool, utility: bool) -> Vec<Listed> {
        vec![Listed { name: "a_v1".to_owned(), language: "ar".to_owned(), approved, utility }]
    }

    #[test]
    fn a_template_is_fit_only_as_it_was_approved() {
        assert_eq!(unfit("a_v1", "ar", &listed(true, true)), None);
        for (list, language) in
            [(listed(true, true), "en"), (listed(false, true), "ar"), (listed(true, false), "ar")]
        {
            let found = unfit("a_v1", language, &list).unwrap();
            assert_eq!(found.template, format!("a_v1/{language}"));
        }
    }
}
