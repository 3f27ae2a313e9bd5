//! Outgoing messages: `POST /{phone_number_id}/messages` (Meta: messages/*, templates/*).
//!
//! Every part is made by a constructor that checks Meta's [`limits`]: one label too long rejects the whole
//! message (131009), and the person waits for nothing.

mod freeform;
mod list;
mod special;
mod template;

pub use freeform::{Button, Buttons, Text};
pub use list::{List, Row, Section};
pub use special::{ContactRequest, CtaUrl, Location};
pub use template::Template;

use crate::phi::Phi;
use crate::wire::whatsapp::limits::{self, LimitBroken};
use serde_json::{Value, json};

/// One message to one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    recipient: Recipient,
    callback: String,
    identity: Option<Phi<String>>,
    body: Body,
}

/// To whom. With both known take the phone: authentication aside, either reaches the same chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recipient {
    /// Digits with the country code, with or without `+`.
    Phone(Phi<String>),
    /// A business-scoped user id, for people who hide their number (Meta: business-scoped-user-ids).
    Bsuid(Phi<String>),
}

/// What it says. All but the template exist only where the service window is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// Plain text.
    Text(Text),
    /// Text with reply buttons.
    Buttons(Buttons),
    /// Text with a list to choose from.
    List(List),
    /// Text with one link.
    CtaUrl(CtaUrl),
    /// A pin on a map.
    Location(Location),
    /// WhatsApp's own button for sharing a number.
    ContactRequest(ContactRequest),
    /// A template Meta approved.
    Template(Template),
}

impl Outgoing {
    /// A message. `callback` comes back in every status as `biz_opaque_callback_data`, to every app on the account:
    /// an id of ours, 1 to 512 characters, nothing about the person.
    pub fn new(recipient: Recipient, callback: String, body: Body) -> Result<Self, LimitBroken> {
        check(&recipient)?;
        limits::visible("empty callback data", &callback)?;
        limits::fits("characters of callback data", limits::CALLBACK, &callback)?;
        Ok(Self { recipient, callback, identity: None, body })
    }

    /// For nobody but whoever has this identity key: on another phone, or with another owner of the number, Meta refuses
    /// it with 137000 (Meta: identity-change).
    #[must_use]
    pub fn only_for(self, identity: Option<Phi<String>>) -> Self {
        Self { identity, ..self }
    }
}

fn check(recipient: &Recipient) -> Result<(), LimitBroken> {
    match recipient {
        Recipient::Phone(phone) => limits::never(
            "recipients that are no phone number with country code",
            !limits::is_phone(digits(phone.reveal())),
        ),
        Recipient::Bsuid(id) => limits::never("recipients that are no BSUID", !limits::is_bsuid(id.reveal())),
    }
}

fn digits(phone: &str) -> &str {
    phone.strip_prefix('+').unwrap_or(phone)
}

/// The request body, in Meta's shape. The number goes out with `+`: without it Meta may put the business's own
/// country code before it.
pub fn to_json(message: &Outgoing) -> Value {
    let (kind, content) = match &message.body {
        Body::Text(text) => ("text", text.json()),
        Body::Buttons(buttons) => ("interactive", buttons.json()),
        Body::List(list) => ("interactive", list.json()),
        Body::CtaUrl(link) => ("interactive", link.json()),
        Body::Location(location) => ("location", location.json()),
        Body::ContactRequest(request) => ("interactive", request.json()),
        Body::Template(template) => ("template", template.json()),
    };
    let (member, recipient) = match &message.recipient {
        Recipient::Phone(phone) => ("to", format!("+{}", digits(phone.reveal()))),
        Recipient::Bsuid(id) => ("recipient", id.reveal().clone()),
    };
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        member: recipient,
        "biz_opaque_callback_data": message.callback,
        "type": kind,
        kind: content,
    });
    if let Some(identity) = &message.identity {
        body["recipient_identity_key_hash"] = json!(identity.reveal());
    }
    body
}

/// The request body that turns a call away (Meta: calling/reference, `POST /{phone_number_id}/calls`).
pub fn turn_away(call: &Phi<String>) -> Value {
    json!({ "messaging_product": "whatsapp", "call_id": call.reveal(), "action": "reject" })
}

/// The request body that marks a message (and those before it) as read and shows that we are writing, for at most
/// 25 seconds (Meta: typing-indicators). Same endpoint; send it only if an answer follows.
pub fn read_and_typing(wamid: &Phi<String>) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid.reveal(),
        "typing_indicator": { "type": "text" },
    })
}

#[cfg(test)]
mod tests;
