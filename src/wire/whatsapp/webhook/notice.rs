//! Everything that is neither a message nor a status: changes of a person's number or id, and Meta's notices about
//! account, templates and preferences (Meta: webhooks/reference).

use super::What;
use crate::clock::Moment;
use crate::phi::Phi;
use crate::wire::whatsapp::json;
use serde_json::Value;

/// A person's number or id changed. **Health rule:** it may be another person now, so the verified state is dropped
/// and nothing is merged. Meta's sentence about it is never read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SystemChange {
    /// The system message's id; the separate `user_id_update` field has none.
    pub wamid: Option<Phi<String>>,
    /// What changed.
    pub kind: SystemKind,
    /// When, by Meta's clock.
    pub at: Option<Moment>,
    /// The number before, in digits.
    pub old_phone: Option<Phi<String>>,
    /// The number after, in digits, if Meta discloses it.
    pub new_phone: Option<Phi<String>>,
    /// The BSUID before; a payload may name only the one after.
    pub old_bsuid: Option<Phi<String>>,
    /// The BSUID after.
    pub new_bsuid: Option<Phi<String>>,
}

/// What changed about a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SystemKind {
    /// `user_changed_number`: moved to another number.
    Number,
    /// `user_changed_user_id`, or the field `user_id_update`: the BSUID was made anew.
    Id,
    /// `customer_identity_changed`: the same number on a new device or installation.
    Identity,
    /// A kind that is not known here.
    Other,
}

impl SystemKind {
    fn read(word: &str) -> Self {
        match word {
            "user_changed_number" | "customer_changed_number" => Self::Number,
            "user_changed_user_id" => Self::Id,
            "customer_identity_changed" | "user_identity_changed" => Self::Identity,
            _ => Self::Other,
        }
    }
}

impl SystemChange {
    /// Reads a message of type `system`; `None` without an id or kind.
    pub(super) fn read(message: &Value) -> Option<Self> {
        Some(Self {
            wamid: Some(json::phi(message, "/id")?),
            kind: SystemKind::read(json::word(message, "/system/type")?),
            at: json::moment(message, "/timestamp"),
            old_phone: json::phone(message, "/from").or_else(|| json::phone(message, "/system/customer")),
            new_phone: json::phone(message, "/system/wa_id")
                .or_else(|| json::phone(message, "/system/new_wa_id")),
            old_bsuid: json::bsuid(message, "/system/previous_user_id")
                .or_else(|| json::bsuid(message, "/from_user_id")),
            new_bsuid: json::bsuid(message, "/system/user_id"),
        })
    }

    /// Reads one of `user_id_update[]`; `None` unless it names the new id.
    fn of_update(update: &Value) -> Option<Self> {
        Some(Self {
            wamid: None,
            kind: SystemKind::Id,
            at: json::moment(update, "/timestamp"),
            old_phone: None,
            new_phone: json::phone(update, "/wa_id"),
            old_bsuid: json::bsuid(update, "/user_id/previous"),
            new_bsuid: Some(json::bsuid(update, "/user_id/current")?),
        })
    }
}

/// The field `user_id_update`, described by Meta in June 2026 and withdrawn in August; sources still conflict.
pub(super) fn id_updates(value: &Value) -> Vec<What> {
    let Some(updates) = value.get("user_id_update") else { return vec![What::Unreadable] };
    super::each(updates, |update| SystemChange::of_update(update).map(What::System))
}

/// A person's switch for marketing messages of businesses, which WhatsApp keeps for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preference {
    /// Digits with the country code.
    pub phone: Option<Phi<String>>,
    /// The business-scoped user id.
    pub bsuid: Option<Phi<String>>,
    /// No marketing messages any more (`stop`), or again (`resume`).
    pub stopped: bool,
    /// When, by Meta's clock.
    pub at: Option<Moment>,
}

impl Preference {
    /// Reads one of `user_preferences[]`; `None` for other categories and values, and without a person.
    fn read(item: &Value) -> Option<Self> {
        let stopped = match (json::word(item, "/category")?, json::word(item, "/value")?) {
            ("marketing_messages", "stop") => true,
            ("marketing_messages", "resume") => false,
            _ => return None,
        };
        let (phone, bsuid) = (json::phone(item, "/wa_id"), json::bsuid(item, "/user_id"));
        (phone.is_some() || bsuid.is_some()).then(|| Self {
            phone,
            bsuid,
            stopped,
            at: json::moment(item, "/timestamp"),
        })
    }
}

/// The field `user_preferences` (Meta: webhooks/reference/user_preferences).
pub(super) fn preferences(field: String, value: &Value) -> Vec<What> {
    let Some(items) = value.get("user_preferences") else { return vec![What::Unreadable] };
    super::each(items, |item| match Preference::read(item) {
        Some(preference) => Some(What::Preference(preference)),
        None => item.is_object().then(|| What::Field(of_field(field.clone(), value))),
    })
}

/// A notice about the account, a number, a template or a preference: its field and what happened, without persons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldNotice {
    /// The subscribed field, such as `message_template_status_update` or `account_update`.
    pub field: String,
    /// What happened, in Meta's word: `PAUSED`, `ACCOUNT_VIOLATION`, a quality, a category, `stop`.
    pub event: Option<String>,
    /// The template it is about.
    pub template: Option<String>,
    /// The template's language.
    pub language: Option<String>,
    /// The business number it is about, in digits.
    pub number: Option<String>,
    /// Account-level errors (`value.errors[]` of the field `messages`).
    pub errors: Vec<u32>,
}

/// Where the fields keep the word for what happened (Meta: webhooks/reference/<field>).
const EVENTS: [&str; 8] = [
    "/event",
    "/new_quality_score",
    "/new_category",
    "/decision",
    "/alert_type",
    "/alert_info/alert_type",
    "/user_preferences/0/value",
    "/groups/0/type",
];

/// Reads any change that is known by its field only.
pub(super) fn of_field(field: String, value: &Value) -> FieldNotice {
    FieldNotice {
        field,
        event: EVENTS.iter().find_map(|pointer| json::name(value, pointer)),
        template: json::name(value, "/message_template_name"),
        language: json::name(value, "/message_template_language"),
        number: json::name(value, "/display_phone_number"),
        errors: json::codes(value, "/errors"),
    }
}
