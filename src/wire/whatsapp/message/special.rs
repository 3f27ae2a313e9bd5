//! A link button, a pin on a map, WhatsApp's own button for sharing a number: what may be said while the service window
//! is open. Each takes the window as proof.

use super::freeform::{interactive, wrapped};
use crate::phi::Phi;
use crate::wire::whatsapp::limits::{self, LimitBroken};
use crate::wire::whatsapp::window::OpenWindow;
use serde_json::{Value, json};

/// Text with one link (Meta: messages/interactive-cta-url-messages).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CtaUrl {
    body: Phi<String>,
    footer: Option<Phi<String>>,
    title: Phi<String>,
    url: Phi<String>,
}

impl CtaUrl {
    /// A body of 1 to 1024 characters, a footer of up to 60, a title of 1 to 20, an `https` address; plain `http` only
    /// to this very machine, for the sandbox.
    pub fn new(
        _open: &OpenWindow,
        body: Phi<String>,
        footer: Option<Phi<String>>,
        title: Phi<String>,
        url: Phi<String>,
    ) -> Result<Self, LimitBroken> {
        interactive(&body, footer.as_ref())?;
        limits::visible("empty link titles", title.reveal())?;
        limits::one_line("line breaks in a link title", title.reveal())?;
        limits::fits("characters in a link title", limits::BUTTON_TITLE, title.reveal())?;
        limits::fits("characters in a link", limits::URL, url.reveal())?;
        limits::never("links that are no web address", !is_web(url.reveal()))?;
        Ok(Self { body, footer, title, url })
    }

    pub(super) fn json(&self) -> Value {
        let parameters = json!({ "display_text": self.title.reveal(), "url": self.url.reveal() });
        let action = json!({ "name": "cta_url", "parameters": parameters });
        wrapped("cta_url", &self.body, self.footer.as_ref(), action)
    }
}

fn is_web(url: &str) -> bool {
    let plain = url.chars().all(|c| c.is_ascii_graphic());
    plain && (url.starts_with("https://") || url.starts_with("http://127.0.0.1"))
}

/// A pin on a map (Meta: messages/location-messages).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    latitude: i32,
    longitude: i32,
    name: Phi<String>,
    address: Option<Phi<String>>,
}

impl Location {
    /// A point in millionths of a degree, with the name of what is there.
    pub fn new(
        _open: &OpenWindow,
        (latitude, longitude): (i32, i32),
        name: Phi<String>,
        address: Option<Phi<String>>,
    ) -> Result<Self, LimitBroken> {
        const POLE: i32 = 90_000_000;
        limits::visible("empty names of places", name.reveal())?;
        limits::one_line("line breaks in the name of a place", name.reveal())?;
        let outside = !(-POLE..=POLE).contains(&latitude) || !(-2 * POLE..=2 * POLE).contains(&longitude);
        limits::never("points that are not on the earth", outside)?;
        Ok(Self { latitude, longitude, name, address })
    }

    pub(super) fn json(&self) -> Value {
        let degrees = |millionths: i32| f64::from(millionths) / 1e6;
        let mut it = json!({
            "latitude": degrees(self.latitude),
            "longitude": degrees(self.longitude),
            "name": self.name.reveal(),
        });
        if let Some(address) = &self.address {
            it["address"] = json!(address.reveal());
        }
        it
    }
}

/// Asks for the person's own telephone number with WhatsApp's own button (Meta: business-scoped-user-ids).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactRequest {
    body: Phi<String>,
}

impl ContactRequest {
    /// A body of 1 to 1024 characters.
    pub fn new(_open: &OpenWindow, body: Phi<String>) -> Result<Self, LimitBroken> {
        interactive(&body, None)?;
        Ok(Self { body })
    }

    pub(super) fn json(&self) -> Value {
        wrapped("request_contact_info", &self.body, None, json!({ "name": "request_contact_info" }))
    }
}
