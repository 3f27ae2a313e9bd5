//! What every check is made of.

use serde_json::Value;

/// A Graph error: code and details.
pub type Refused = (u32, String);

/// A value is wrong (Cloud API error 131009).
pub const PARAMETER: u32 = 131_009;
/// A value is missing (Cloud API error 131008).
pub const MISSING: u32 = 131_008;

pub(super) fn refused<T>(code: u32, what: impl Into<String>) -> Result<T, Refused> {
    Err((code, what.into()))
}

/// Length in UTF-16 units, the strictest reading of "characters".
pub(super) fn within(what: &str, text: &str, least: usize, most: usize) -> Result<(), Refused> {
    let n = text.encode_utf16().count();
    if n < least || n > most {
        return refused(PARAMETER, format!("{what} has {n} characters, {least} to {most} are allowed"));
    }
    Ok(())
}

pub(super) fn required(value: &Value, what: &str, most: usize) -> Result<(), Refused> {
    match value.as_str() {
        Some(text) => within(what, text, 1, most),
        None => refused(MISSING, what),
    }
}

pub(super) fn optional(value: &Value, what: &str, most: usize) -> Result<(), Refused> {
    if value.is_null() { Ok(()) } else { required(value, what, most) }
}

/// Refuses members that nobody knows, as Meta does ("Unexpected key").
pub(super) fn only(value: &Value, what: &str, allowed: &[&str]) -> Result<(), Refused> {
    let Some(members) = value.as_object() else { return refused(MISSING, what) };
    match members.keys().find(|member| !allowed.contains(&member.as_str())) {
        Some(odd) => refused(super::INVALID, format!("unexpected member {odd} in {what}")),
        None => Ok(()),
    }
}
