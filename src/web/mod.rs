//! Pages for people's own browsers, rendered on the server; they work without scripts. An address holds a sealed token,
//! opening one changes nothing, and nothing about a person stands on a page.

mod calendar;
mod identify;
mod look;
mod pace;
mod texts;

use crate::domain::clinic::Locale;
use crate::domain::page;
use crate::engine::{Doors, Engine, Visitor};
use actix_web::HttpRequest;
use actix_web::web::{Data, ServiceConfig};
use look::{Look, View};
use pace::Pace;
use std::sync::Arc;
use texts::Texts;
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

/// Everything the handlers need.
pub struct Pages {
    engine: Engine,
    doors: Doors,
    origin: String,
    attempts: u32,
    texts: Arc<Texts>,
    look: Look,
    pace: Pace,
}

/// What pages are told by the configuration and by whoever runs them.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `server.public_url`
    pub public_url: String,
    /// `identify.attempts`
    pub attempts: u32,
    /// What was begun is finished on this runtime, whether or not the browser still waits.
    pub runtime: Handle,
    /// What is waited for when the gateway stops.
    pub tasks: TaskTracker,
}

/// Why there can be no pages. A build with this fault does not pass its tests.
#[derive(Debug, thiserror::Error)]
#[error("pages: {0}")]
pub struct BadPages(String);

impl Pages {
    /// The pages of `engine`, which ask the world through `doors`.
    ///
    /// # Errors
    /// A text or a template is broken.
    pub fn new(engine: Engine, doors: Doors, setup: Setup) -> Result<Self, BadPages> {
        let texts = Arc::new(Texts::load().map_err(|error| BadPages(error.to_string()))?);
        let look = Look::load(Arc::clone(&texts)).map_err(|error| BadPages(error.to_string()))?;
        let Setup { public_url, attempts, runtime, tasks } = setup;
        let pace = Pace::new(engine.clock.clone(), runtime, tasks);
        Ok(Self { engine, doors, origin: origin(&public_url), attempts, texts, look, pace })
    }

    /// How a page for `visitor` begins; in the language of the address, else in theirs.
    fn view(&self, visitor: &Visitor, request: &HttpRequest) -> Option<View> {
        let clinic = self.engine.clinic(visitor.token.clinic)?;
        let locale = asked_for(request).or(visitor.contact.locale).unwrap_or(clinic.default_locale());
        let other = locale.other();
        let offered = clinic.locales.contains(&other);
        Some(View { locale, other: offered.then_some(other), house: clinic.name.get(locale).to_owned() })
    }

    /// How a page for nobody in particular begins: whatever is wrong with an address, its page is the same.
    fn nobodys_view(&self, request: &HttpRequest) -> View {
        let clinic = self.engine.clinics.first();
        let locale = asked_for(request).or_else(|| preferred(request));
        let locale = locale.unwrap_or(clinic.map_or(Locale::Ar, |clinic| clinic.default_locale()));
        View { locale, other: Some(locale.other()), house: String::new() }
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> String {
    let after = url.find("://").map_or(0, |at| at + 3);
    let end = url[after..].find('/').map_or(url.len(), |at| after + at);
    url[..end].to_owned()
}

/// Mounts the pages.
pub fn routes(pages: &Data<Pages>, config: &mut ServiceConfig) {
    config.app_data(pages.clone());
    identify::routes(config);
    calendar::routes(config);
}

/// The language in the address.
fn asked_for(request: &HttpRequest) -> Option<Locale> {
    request.query_string().split('&').find_map(|pair| Locale::parse(pair.strip_prefix("lang=")?))
}

/// The language the browser prefers.
fn preferred(request: &HttpRequest) -> Option<Locale> {
    let header = request.headers().get("accept-language")?.to_str().ok()?;
    let codes = header.split(',').map(|part| part.trim().chars().take_while(char::is_ascii_alphabetic));
    codes.map(Iterator::collect::<String>).find_map(|code| Locale::parse(&code.to_lowercase()))
}

/// The sealed part of a page's address.
fn token(request: &HttpRequest) -> &str {
    request.match_info().query("token")
}

/// The path of a page.
fn path(page: &str) -> String {
    format!("/{page}/{{token}}")
}

const IDENTIFY: &str = page::IDENTIFY;
const CALENDAR: &str = page::CALENDAR;
