//! Calls on WhatsApp (Meta: calling/user-initiated-calls). Nobody here can take one: it is turned away and answered in
//! the chat.

use super::{What, notice};
use crate::clock::Moment;
use crate::phi::Phi;
use crate::wire::whatsapp::json;
use serde_json::Value;

/// A call that rings. At least one of `phone` and `bsuid` is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Meta's id of the call, opaque. The same event may be delivered again for days.
    pub id: Phi<String>,
    /// Digits with the country code.
    pub phone: Option<Phi<String>>,
    /// The business-scoped user id.
    pub bsuid: Option<Phi<String>>,
    /// When it began to ring, by Meta's clock.
    pub at: Option<Moment>,
}

/// Reads one of `calls[]`: a ringing call, or the notice that something else happened to a call (it ended, or it was
/// ours). `None` for one without an id or a caller.
fn read(field: &str, call: &Value, value: &Value) -> Option<What> {
    let ours = json::word(call, "/direction") == Some("BUSINESS_INITIATED");
    if ours || json::word(call, "/event")? != "connect" {
        return Some(What::Field(notice::of_field(field.to_owned(), call)));
    }
    let (phone, bsuid) = caller(call, value);
    if phone.is_none() && bsuid.is_none() {
        return None;
    }
    Some(What::Call(Call { id: json::phi(call, "/id")?, phone, bsuid, at: json::moment(call, "/timestamp") }))
}

/// The number, else the id; a contact beside the call lends what is missing if it is this very caller.
fn caller(call: &Value, value: &Value) -> (Option<Phi<String>>, Option<Phi<String>>) {
    let phone = json::phone(call, "/from");
    let bsuid = json::bsuid(call, "/from_user_id").or_else(|| json::bsuid(call, "/from"));
    let contacts = json::items(value, "/contacts");
    let same = |contact: &&Value| {
        let known = |a: &Option<Phi<String>>, b: Option<Phi<String>>| a.is_some() && *a == b;
        known(&phone, json::phone(contact, "/wa_id")) || known(&bsuid, json::bsuid(contact, "/user_id"))
    };
    let nobody = Value::Null;
    let contact = contacts.iter().find(same).unwrap_or(&nobody);
    let known_as = |id: &str| json::bsuid(contact, id);
    (phone.clone().or_else(|| json::phone(contact, "/wa_id")), bsuid.clone().or_else(|| known_as("/user_id")))
}

/// Reads a change of the field `calls`.
pub(super) fn calls(field: String, value: &Value) -> Vec<What> {
    let Some(calls) = value.get("calls") else { return vec![What::Unreadable] };
    super::each(calls, |call| read(&field, call, value))
}
