//! Webhook bodies (Meta: webhooks/overview, webhooks/reference): one [`Update`] per message, status or notice.
//!
//! One odd item never spoils its batch: what cannot be read becomes [`What::Unreadable`] and its neighbours stay.
//! A message whose sender and id can be read but whose content cannot is [`Content::Unknown`], so that the person
//! gets an answer.

mod call;
mod inbound;
mod notice;
mod repair;
mod status;

pub use call::Call;
pub use inbound::{Content, Inbound, MediaKind, TapKind};
pub use notice::{FieldNotice, Preference, SystemChange, SystemKind};
pub use status::{Status, StatusKind};

use crate::wire::whatsapp::json;
use serde_json::Value;

/// The longest body that is read, in bytes. Meta sends up to 3 MB (Meta: webhooks/overview).
pub const MAX_BODY: usize = 4 * 1024 * 1024;

/// One item of a webhook body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// The business number it concerns (`metadata.phone_number_id`); account-wide notices have none.
    pub phone_number_id: Option<String>,
    /// The WhatsApp Business Account (`entry[].id`).
    pub waba_id: Option<String>,
    /// What happened.
    pub what: What,
}

/// What a webhook item tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A person wrote, tapped or sent something.
    Message(Inbound),
    /// What became of a message of ours.
    Status(Status),
    /// A person's number or id changed: whoever writes from it now may be someone else.
    System(SystemChange),
    /// A person calls the number, right now.
    Call(Call),
    /// A person switched marketing messages off or on.
    Preference(Preference),
    /// Meta tells something about the account, a template or a preference.
    Field(FieldNotice),
    /// No sense could be made of it: count it, and answer 200 all the same.
    Unreadable,
}

/// A body of which no item can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unparsable {
    /// Longer than [`MAX_BODY`].
    #[error("the webhook body is longer than {MAX_BODY} bytes")]
    TooLong,
    /// Not JSON, or nested deeper than 128 levels.
    #[error("the webhook body is not JSON (line {line}, column {column})")]
    NotJson {
        /// Where reading stopped.
        line: usize,
        /// Where reading stopped.
        column: usize,
    },
    /// JSON, but no webhook.
    #[error("the webhook body has no entry array")]
    NoEntries,
}

/// Reads a body whose signature was verified. Any number of entries, changes and items, in the order received
/// (Meta batches up to 1,000, and promises no order).
pub fn parse(body: &[u8]) -> Result<Vec<Update>, Unparsable> {
    if body.len() > MAX_BODY {
        return Err(Unparsable::TooLong);
    }
    let root = read(body)?;
    let entries = root.get("entry").and_then(Value::as_array).ok_or(Unparsable::NoEntries)?;
    Ok(entries.iter().flat_map(entry).collect())
}

/// JSON as it is, else as [`repair::repaired`].
fn read(body: &[u8]) -> Result<Value, Unparsable> {
    serde_json::from_slice(body)
        .or_else(|error| serde_json::from_slice(&repair::repaired(body)).map_err(|_| error))
        .map_err(|error| Unparsable::NotJson { line: error.line(), column: error.column() })
}

fn entry(entry: &Value) -> Vec<Update> {
    let waba_id = json::text(entry, "/id");
    let whats = match entry.get("changes").and_then(Value::as_array) {
        Some(changes) => changes.iter().flat_map(change).collect(),
        None => vec![(None, What::Unreadable)],
    };
    let update = |(phone_number_id, what)| Update { phone_number_id, waba_id: waba_id.clone(), what };
    whats.into_iter().map(update).collect()
}

fn change(change: &Value) -> Vec<(Option<String>, What)> {
    let number = json::text(change, "/value/metadata/phone_number_id");
    let whats = match (json::name(change, "/field"), change.get("value")) {
        (Some(field), Some(value)) if value.is_object() => of_field(field, value),
        _ => vec![What::Unreadable],
    };
    whats.into_iter().map(|what| (number.clone(), what)).collect()
}

/// Reads one change by its `field`. Other fields than `messages` never carry a message for us: `standby`,
/// `smb_message_echoes` and `history` hold threads that another handler answers.
fn of_field(field: String, value: &Value) -> Vec<What> {
    match field.as_str() {
        "messages" => messages(field, value),
        "user_id_update" => notice::id_updates(value),
        "user_preferences" => notice::preferences(field, value),
        "calls" if value.get("calls").is_some() => call::calls(field, value),
        _ => vec![What::Field(notice::of_field(field, value))],
    }
}

fn messages(field: String, value: &Value) -> Vec<What> {
    let said = value.get("messages").map(|messages| each(messages, |message| inbound::read(message, value)));
    let told = value.get("statuses").map(|statuses| each(statuses, status::read));
    match (said, told) {
        (None, None) if value.get("errors").is_some_and(Value::is_array) => {
            vec![What::Field(notice::of_field(field, value))]
        }
        (None, None) => vec![What::Unreadable],
        (said, told) => said.into_iter().chain(told).flatten().collect(),
    }
}

fn each(items: &Value, read: impl Fn(&Value) -> Option<What>) -> Vec<What> {
    let Some(items) = items.as_array() else { return vec![What::Unreadable] };
    items.iter().map(|item| read(item).unwrap_or(What::Unreadable)).collect()
}

#[cfg(test)]
mod tests;
