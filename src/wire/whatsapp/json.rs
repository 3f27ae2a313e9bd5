//! Lenient reading of Meta's JSON: every member may be missing or of another type, and none of that is an error.

use crate::clock::Moment;
use crate::phi::Phi;
use crate::wire::whatsapp::limits;
use chrono::DateTime;
use serde_json::Value;

/// The last second of the year 9999: no later moment is believed.
const LAST_SECOND: i64 = 253_402_300_799;

/// Names that Meta gives to fields, events and templates are no longer than this (template names: 512).
const NAME_MAX: usize = 512;

/// Meta's example of an identity key hash has twelve characters; a SHA-512 in hex has 128.
const IDENTITY_MAX: usize = 128;

/// The non-empty text at `pointer`; a number counts as its digits, since Meta's examples show ids both ways.
pub(super) fn text(value: &Value, pointer: &str) -> Option<String> {
    match value.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => number.as_u64().map(|id| id.to_string()),
        _ => None,
    }
}

/// [`text`], wrapped where it enters.
pub(super) fn phi(value: &Value, pointer: &str) -> Option<Phi<String>> {
    text(value, pointer).map(Phi::new)
}

/// The text at `pointer` for comparison with Meta's own words.
pub(super) fn word<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str()
}

/// A name Meta gave (field, event, template): letters, digits, `_` and `-` only, so that it may be logged.
pub(super) fn name(value: &Value, pointer: &str) -> Option<String> {
    let plain = |name: &&str| {
        (1..=NAME_MAX).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    word(value, pointer).filter(plain).map(str::to_owned)
}

/// The array at `pointer`; empty if there is none.
pub(super) fn items<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether the member at `pointer` is `true`.
pub(super) fn flag(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer).and_then(Value::as_bool).unwrap_or(false)
}

/// Unix seconds, as text (messages, statuses) or as a number (`user_preferences`).
pub(super) fn moment(value: &Value, pointer: &str) -> Option<Moment> {
    let seconds: i64 = text(value, pointer)?.parse().ok()?;
    DateTime::from_timestamp(Some(seconds).filter(|s| (0..=LAST_SECOND).contains(s))?, 0)
}

/// The digits of a phone number, without `+`; `None` for a BSUID, a group id or anything else.
pub(super) fn phone(value: &Value, pointer: &str) -> Option<Phi<String>> {
    let text = text(value, pointer)?;
    let digits = text.strip_prefix('+').unwrap_or(&text);
    limits::is_phone(digits).then(|| Phi::new(digits.to_owned()))
}

/// A phone number as people write it: with a `+`, and blanks, dots, dashes or brackets in between.
pub(super) fn written_phone(value: &Value, pointer: &str) -> Option<Phi<String>> {
    let bare: String = text(value, pointer)?
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{A0}' | '-' | '.' | '(' | ')'))
        .collect();
    let digits = bare.strip_prefix('+')?;
    limits::is_phone(digits).then(|| Phi::new(digits.to_owned()))
}

/// The hash of somebody's identity key: opaque, printable, and short enough to be sent back.
pub(super) fn identity(value: &Value, pointer: &str) -> Option<Phi<String>> {
    let fits = |hash: &String| hash.len() <= IDENTITY_MAX && hash.bytes().all(|b| b.is_ascii_graphic());
    text(value, pointer).filter(fits).map(Phi::new)
}

/// A business-scoped user id, untouched: a phone normaliser would make a wrong number of it.
pub(super) fn bsuid(value: &Value, pointer: &str) -> Option<Phi<String>> {
    text(value, pointer).filter(|text| limits::is_bsuid(text)).map(Phi::new)
}

/// The numbers in an `errors` array; titles and details are dropped, since they may quote people.
pub(super) fn codes(value: &Value, pointer: &str) -> Vec<u32> {
    items(value, pointer).iter().filter_map(|error| code(error, "/code")).collect()
}

/// An error code, as a number or as text.
pub(super) fn code(value: &Value, pointer: &str) -> Option<u32> {
    text(value, pointer)?.parse().ok()
}
