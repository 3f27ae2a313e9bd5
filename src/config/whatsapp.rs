//! `[whatsapp]`: the app at Meta.

use super::reader::Section;
use super::{secret, values};
use secrecy::SecretString;

/// `[whatsapp]`.
#[derive(Clone, Debug)]
pub struct Whatsapp {
    /// The Graph API, without version; no final slash.
    pub graph_url: String,
    /// Its version, `v26.0`.
    pub api_version: String,
    /// App secrets, the current one first; any of them may have signed a webhook. Never empty.
    pub app_secrets: Vec<SecretString>,
    /// What Meta shows us when it verifies the webhook.
    pub verify_token: SecretString,
    /// The system user's token for sending.
    pub access_token: SecretString,
    /// The business portfolio, within which a BSUID means one person.
    pub business_portfolio: String,
}

impl Whatsapp {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        Self {
            graph_url: s.or("graph_url", "https://graph.facebook.com".to_owned(), values::safe_web),
            api_version: s.or("api_version", "v26.0".to_owned(), values::api_version),
            app_secrets: secret::list(s, "app_secrets", "app_secrets_file"),
            verify_token: secret::needed(s, "verify_token", "verify_token_file"),
            access_token: secret::needed(s, "access_token", "access_token_file"),
            business_portfolio: s.need("business_portfolio", "\"102290000000000\"", values::id),
        }
    }
}
