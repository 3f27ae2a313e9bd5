//! Tables of later versions. Their defaults are taken, and well-formed values that start nothing by
//! themselves; what asks for something that is not built is refused, so that nobody waits for it in vain.

use super::fault::{Wrong, wrong};
use super::reader::Section;
use super::span::Span;
use super::values;
use std::collections::BTreeMap;

/// The longest life of a link (`interface.md`, `links.lifetime`).
const LINK_MAX: Span = Span::hours(72);
/// Meta delivers a webhook again for up to 7 days; what was seen must be remembered longer.
const DEDUPE_MIN: Span = Span::days(8);

/// `[hl7]`: nothing in it is used yet.
#[derive(Clone, Debug)]
pub struct Hl7 {
    /// Where the HL7 listener will be; empty is off. Not started in this version.
    pub listen: String,
}

impl Hl7 {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        for key in ["tls_cert_file", "tls_client_ca_file"] {
            s.unbuilt(key, "HL7", "");
        }
        for key in ["sending_facilities", "facility"] {
            s.unbuilt_list(key, "HL7");
        }
        s.unbuilt("default_charset", "HL7", "utf-8");
        Self { listen: s.unbuilt("listen", "HL7", "127.0.0.1:2575") }
    }
}

/// `[links]`.
#[derive(Clone, Debug)]
pub struct Links {
    /// The portal's page for signing in; empty: none.
    pub portal_url: String,
    /// How long a link is good.
    pub lifetime: Span,
    /// The portal's keys and its name at our back channel; empty: none.
    pub portal_client: PortalClient,
}

/// `links.portal_client`.
#[derive(Clone, Debug)]
pub struct PortalClient {
    /// Its public keys.
    pub jwks_url: String,
    /// Its name.
    pub client_id: String,
}

impl Links {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        s.choice("style", &[("path", ())], &["fragment"]);
        s.choice("handoff", &[("exchange", ())], &["jwt"]);
        Self {
            portal_url: s.or("portal_url", String::new(), or_empty(values::safe_web)),
            lifetime: s.or("lifetime", Span::hours(24), |text| between(text, Span::seconds(60), LINK_MAX)),
            portal_client: s.table("portal_client", |s| PortalClient {
                jwks_url: s.or("jwks_url", String::new(), or_empty(values::safe_web)),
                client_id: s.or("client_id", String::new(), or_empty(values::id)),
            }),
        }
    }
}

/// `[audit]`: entries are written from the first day; the log over them is built later.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Origin line of checkpoints; empty until it is chosen.
    pub origin: String,
    /// Time between checkpoints.
    pub checkpoint_interval: Span,
    /// Where the last signed head will lie.
    pub head: String,
    /// Where checkpoint and tiles will lie.
    pub tiles: String,
}

impl Audit {
    pub(super) fn read(s: &mut Section<'_>, data_dir: &std::path::Path) -> Self {
        s.unbuilt_list("witnesses", "witnessing");
        let inside = |name: &str| data_dir.join(name).display().to_string();
        Self {
            origin: s.or("origin", String::new(), values::any),
            checkpoint_interval: s
                .or("checkpoint_interval", Span::seconds(1), |t| between(t, Span::seconds(1), Span::days(1))),
            head: s.or("head", inside("audit-head"), local),
            tiles: s.or("tiles", inside("audit"), local),
        }
    }
}

/// `[access]`: only the sandbox's own staff, until an issuer can be set.
#[derive(Clone, Debug)]
pub struct Access {
    /// Audience of tokens.
    pub audience: String,
    /// Client of the pages' own login.
    pub client_id: String,
    /// Where the provider sends people back; empty: none.
    pub internal_url: String,
    /// Claim that holds the roles.
    pub roles_claim: String,
    /// Permissions by role.
    pub roles: BTreeMap<String, Vec<String>>,
}

impl Access {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        s.unbuilt("issuer", "sign-in of staff", "");
        s.unbuilt_list("mfa_acr", "sign-in of staff");
        Self {
            audience: s.or("audience", "wasl".to_owned(), values::filled),
            client_id: s.or("client_id", "wasl-pages".to_owned(), values::filled),
            internal_url: s.or("internal_url", String::new(), or_empty(values::safe_web)),
            roles_claim: s.or("roles_claim", "roles".to_owned(), values::filled),
            roles: roles(s),
        }
    }
}

/// The roles that `interface.md` begins with.
const ROLES: [(&str, &[&str]); 4] = [
    ("auditor", &["audit:read", "audit:export", "stats:read"]),
    ("desk", &["handoff:work"]),
    ("operator", &["stats:read", "campaign:run", "flow:pause", "dead-letter:work"]),
    ("integrator", &["notification:create", "link:issue"]),
];

fn roles(s: &mut Section<'_>) -> BTreeMap<String, Vec<String>> {
    let owned = |list: &[&str]| list.iter().map(|permission| (*permission).to_owned()).collect();
    match s.take("roles") {
        None => ROLES.into_iter().map(|(role, list)| (role.to_owned(), owned(list))).collect(),
        Some(value) => value.try_into().unwrap_or_else(|_| {
            s.fault("roles", wrong("is not a table of lists", "write it as in desk = [\"handoff:work\"]"));
            BTreeMap::new()
        }),
    }
}

/// `[desk]`: who talks to a person is a Task in the EHR in this version, under either name.
#[derive(Clone, Debug)]
pub struct Desk;

impl Desk {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        s.choice("kind", &[("builtin", ()), ("ehr-task", ())], &["chatwoot", "webhook"]);
        s.unbuilt("url", "a desk elsewhere", "");
        Self
    }
}

/// `[retention]`: how long rows live; the purge job obeys it.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Links, after they expired.
    pub links: Span,
    /// Keyed hashes of webhooks already seen.
    pub dedupe: Span,
    /// Sealed addresses, after the last thing to send to that person.
    pub addresses: Span,
    /// Audit entries.
    pub audit: Span,
}

impl Retention {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        Self {
            links: s.or("links", Span::days(90), Span::parse),
            dedupe: s.or("dedupe", Span::days(30), |text| between(text, DEDUPE_MIN, Span::days(366))),
            addresses: s
                .or("addresses", Span::hours(72), |text| between(text, Span::hours(24), Span::days(366))),
            audit: s
                .or("audit", Span::days(6 * 366), |text| between(text, Span::days(1), Span::days(36_600))),
        }
    }
}

fn between(text: &str, least: Span, most: Span) -> Result<Span, Wrong> {
    let span = Span::parse(text)?;
    let fits = (least..=most).contains(&span);
    fits.then_some(span)
        .ok_or_else(|| wrong(format!("{text:?} is out of range"), format!("use {least} to {most}")))
}

fn or_empty(form: fn(&str) -> Result<String, Wrong>) -> impl Fn(&str) -> Result<String, Wrong> {
    move |text| if text.is_empty() { Ok(String::new()) } else { form(text) }
}

/// A path on this machine: other places come later.
fn local(text: &str) -> Result<String, Wrong> {
    match text.split_once("://") {
        Some((scheme, _)) => {
            Err(wrong(format!("{scheme}:// is not built yet in this version"), "use a path"))
        }
        None => values::filled(text),
    }
}

impl Section<'_> {
    /// A string that asks for `what`, which is not built, unless it is empty or the `usual` one.
    pub(super) fn unbuilt(&mut self, key: &'static str, what: &str, usual: &str) -> String {
        let text = self.text(key).unwrap_or_else(|| usual.to_owned());
        if !text.is_empty() && text != usual {
            self.fault(key, not_built(what));
        }
        text
    }

    /// A list that asks for `what`, which is not built, unless it is empty.
    pub(super) fn unbuilt_list(&mut self, key: &'static str, what: &str) {
        if self.take(key).is_some_and(|value| value.as_array().is_none_or(|list| !list.is_empty())) {
            self.fault(key, not_built(what));
        }
    }
}

fn not_built(what: &str) -> Wrong {
    wrong(format!("{what} is not built yet in this version"), "leave it out")
}
