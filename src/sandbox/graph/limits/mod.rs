//! Meta's limits, enforced with code of its own so that it is a second opinion on the gateway's.

mod check;
mod interactive;
mod template;
#[cfg(test)]
mod tests;

use check::{only, optional, refused, required};
use serde_json::Value;

pub use check::{MISSING, PARAMETER, Refused};
pub use template::Approved;

/// The request as a whole is wrong (Cloud API error 100).
pub const INVALID: u32 = 100;

/// Members a body of each type may have.
const COMMON: [&str; 8] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
];

/// Checks a message; `templates` as Meta has approved them.
pub fn check(body: &Value, templates: &[Approved]) -> Result<(), Refused> {
    let Some(members) = body.as_object() else { return refused(INVALID, "not an object") };
    if body["messaging_product"] != "whatsapp" {
        return refused(INVALID, "messaging_product");
    }
    let Some(kind) = body["type"].as_str() else { return refused(MISSING, "type") };
    for member in members.keys() {
        if !COMMON.contains(&member.as_str()) && member != kind {
            return refused(INVALID, format!("unexpected member {member}"));
        }
    }
    addressed(body)?;
    match kind {
        "text" => text(&body["text"]),
        "location" => location(&body["location"]),
        "interactive" => interactive::check(&body["interactive"]),
        "template" => template::check(&body["template"], templates),
        other => refused(INVALID, format!("type {other}")),
    }
}

fn addressed(body: &Value) -> Result<(), Refused> {
    match (body["to"].as_str(), body["recipient"].as_str()) {
        (None, None) => return refused(MISSING, "to or recipient"),
        (Some(to), _) if !(5..=15).contains(&to.chars().filter(char::is_ascii_digit).count()) => {
            return refused(PARAMETER, "to is no phone number");
        }
        _ => {}
    }
    if !body["recipient_type"].is_null() && body["recipient_type"] != "individual" {
        return refused(INVALID, "recipient_type");
    }
    if !body["context"].is_null() && body["context"]["message_id"].as_str().is_none_or(str::is_empty) {
        return refused(MISSING, "context.message_id");
    }
    optional(&body["biz_opaque_callback_data"], "biz_opaque_callback_data", 512)
}

fn text(it: &Value) -> Result<(), Refused> {
    only(it, "text", &["body", "preview_url"])?;
    required(&it["body"], "text.body", 4096)
}

/// Numbers, or numbers in quotes as in Meta's own examples.
fn location(it: &Value) -> Result<(), Refused> {
    only(it, "location", &["latitude", "longitude", "name", "address"])?;
    for (name, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        let degrees = it[name].as_f64().or_else(|| it[name].as_str()?.parse().ok());
        match degrees {
            None => return refused(MISSING, name),
            Some(degrees) if !(-most..=most).contains(&degrees) => return refused(PARAMETER, name),
            Some(_) => {}
        }
    }
    // Meta states no limit for these two; they stand under the map like a caption, which has 1024.
    optional(&it["name"], "location.name", 1024)?;
    optional(&it["address"], "location.address", 1024)
}
