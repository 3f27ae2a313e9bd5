//! Messages that people send (Meta: webhooks/reference/messages).

use super::What;
use super::notice::SystemChange;
use crate::clock::Moment;
use crate::phi::Phi;
use crate::wire::whatsapp::json;
use serde_json::Value;

/// A message from a person. At least one of `phone` and `bsuid` is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inbound {
    /// Meta's message id, opaque. The same message may be delivered again for seven days.
    pub wamid: Phi<String>,
    /// Digits with the country code, without `+`. Absent for people who write under a username
    /// (Meta: business-scoped-user-ids).
    pub phone: Option<Phi<String>>,
    /// The business-scoped user id, as Meta wrote it.
    pub bsuid: Option<Phi<String>>,
    /// When it was said, by Meta's clock. May lie days back; never take it for later than our own clock.
    pub at: Option<Moment>,
    /// It was forwarded: whose words it holds, and whose consent, is unknown.
    pub forwarded: bool,
    /// The message it answers (`context.id`).
    pub context: Option<Phi<String>>,
    /// It was written in a group, where nobody's appointments are spoken of.
    pub group: bool,
    /// An advertisement or a post led here; the text may be the advertisement's, not the person's.
    pub referred: bool,
    /// Changes with the phone, the installation, or the owner of the number (Meta: identity-change); only where the
    /// hospital switched the check on.
    pub identity: Option<Phi<String>>,
    /// What it holds.
    pub content: Content,
}

/// What a message holds, as far as Wasl needs it. Media, cards and places are not looked into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// Free text, of any length.
    Text(Phi<String>),
    /// A tap on something we offered. The id is the person's input: clients can be modified, and old messages
    /// stay tappable for ever.
    Tap {
        /// Where the tap was.
        kind: TapKind,
        /// The id or payload we gave it.
        id: Phi<String>,
    },
    /// A picture, a recording, a file.
    Media(MediaKind),
    /// A place.
    Location,
    /// Contact cards.
    Contacts {
        /// The sender's own number, where they answer our request for it (`origin` `contact_request`). A card sent
        /// freely proves nothing.
        shared: Option<Phi<String>>,
    },
    /// The chat was opened, and nothing said yet (`request_welcome`).
    Opening,
    /// An emoji put on a message, or taken off.
    Reaction,
    /// A shopping cart.
    Order,
    /// A WhatsApp Flow filled in (`nfm_reply`).
    FlowReply,
    /// The answer to a request for permission to call.
    CallPermission,
    /// An earlier message was edited. No action is run again for it.
    Edit,
    /// An earlier message was deleted by its sender.
    Revoke,
    /// Meta could not or would not pass the content on.
    Unsupported {
        /// Why, such as 131051 (unknown type) or 131060 (content withheld).
        code: Option<u32>,
    },
    /// A type that is not known here, or a known one without its content.
    Unknown,
}

/// What was tapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TapKind {
    /// A reply button (`interactive.button_reply`).
    Button,
    /// A list row (`interactive.list_reply`).
    Row,
    /// The quick reply of a template (`button.payload`).
    Template,
}

/// Kinds of media.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound file.
    Audio,
    /// A voice note (`audio.voice`).
    Voice,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
}

/// Reads one of `messages[]`; `value` holds the contacts beside it. `None` without an id or a sender.
pub(super) fn read(message: &Value, value: &Value) -> Option<What> {
    if json::word(message, "/type") == Some("system") {
        return SystemChange::read(message).map(What::System);
    }
    let (phone, bsuid) = sender(message, value);
    if phone.is_none() && bsuid.is_none() {
        return None;
    }
    Some(What::Message(Inbound {
        wamid: json::phi(message, "/id")?,
        phone,
        bsuid,
        at: json::moment(message, "/timestamp"),
        forwarded: forwarded(message),
        context: json::phi(message, "/context/id"),
        group: message.get("group_id").is_some(),
        referred: message.get("referral").is_some_and(Value::is_object),
        identity: contact(message, value).and_then(|contact| json::identity(contact, "/identity_key_hash")),
        content: content(message),
    }))
}

/// Phone and BSUID of who wrote. Some senders put the BSUID into `from`.
fn sender(message: &Value, value: &Value) -> (Option<Phi<String>>, Option<Phi<String>>) {
    let nobody = Value::Null;
    let contact = contact(message, value).unwrap_or(&nobody);
    let phone = json::phone(message, "/from").or_else(|| json::phone(contact, "/wa_id"));
    let bsuid = json::bsuid(message, "/from_user_id")
        .or_else(|| json::bsuid(message, "/from"))
        .or_else(|| json::bsuid(contact, "/user_id"));
    (phone, bsuid)
}

/// The contact that belongs to a message: by BSUID, else by number; the only contact of the only message if the
/// message itself names nobody. A wrong guess would mix two people, so there is no other.
fn contact<'a>(message: &Value, value: &'a Value) -> Option<&'a Value> {
    let contacts = json::items(value, "/contacts");
    let same = |theirs: &str, ours: &str| {
        let ours = json::text(message, ours)?;
        contacts.iter().find(|contact| json::text(contact, theirs).is_some_and(|id| id == ours))
    };
    let by_id = same("/user_id", "/from_user_id").or_else(|| same("/wa_id", "/from"));
    let anonymous = message.get("from").is_none() && message.get("from_user_id").is_none();
    let alone = contacts.len() == 1 && json::items(value, "/messages").len() == 1;
    by_id.or_else(|| contacts.first().filter(|_| anonymous && alone))
}

fn forwarded(message: &Value) -> bool {
    json::flag(message, "/context/forwarded") || json::flag(message, "/context/frequently_forwarded")
}

fn content(message: &Value) -> Content {
    known(message).unwrap_or_else(|| match json::codes(message, "/errors").first() {
        Some(code) => Content::Unsupported { code: Some(*code) },
        None if json::word(message, "/type") == Some("unsupported") => Content::Unsupported { code: None },
        None => Content::Unknown,
    })
}

fn known(message: &Value) -> Option<Content> {
    Some(match json::word(message, "/type")? {
        "text" => Content::Text(json::phi(message, "/text/body")?),
        "button" => tap(TapKind::Template, message, "/button/payload")?,
        "interactive" => interactive(message)?,
        "location" => Content::Location,
        "contacts" => Content::Contacts { shared: shared(message) },
        "request_welcome" => Content::Opening,
        "reaction" => Content::Reaction,
        "order" => Content::Order,
        "edit" => Content::Edit,
        "revoke" => Content::Revoke,
        kind => Content::Media(media(kind, message)?),
    })
}

fn interactive(message: &Value) -> Option<Content> {
    match json::word(message, "/interactive/type")? {
        "button_reply" => tap(TapKind::Button, message, "/interactive/button_reply/id"),
        "list_reply" => tap(TapKind::Row, message, "/interactive/list_reply/id"),
        "nfm_reply" => Some(Content::FlowReply),
        "call_permission_reply" => Some(Content::CallPermission),
        _ => None,
    }
}

/// The number that answers our request for it. Cards that name several are no answer.
fn shared(message: &Value) -> Option<Phi<String>> {
    let [card] = json::items(message, "/contacts") else { return None };
    if json::word(card, "/origin") != Some("contact_request") {
        return None;
    }
    let mut numbers = json::items(card, "/phones")
        .iter()
        .map(|phone| json::phone(phone, "/wa_id").or_else(|| json::written_phone(phone, "/phone")));
    let first = numbers.next()??;
    numbers.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn tap(kind: TapKind, message: &Value, pointer: &str) -> Option<Content> {
    json::phi(message, pointer).map(|id| Content::Tap { kind, id })
}

fn media(kind: &str, message: &Value) -> Option<MediaKind> {
    Some(match kind {
        "image" => MediaKind::Image,
        "video" => MediaKind::Video,
        "audio" if json::flag(message, "/audio/voice") => MediaKind::Voice,
        "audio" => MediaKind::Audio,
        "document" => MediaKind::Document,
        "sticker" => MediaKind::Sticker,
        _ => return None,
    })
}
