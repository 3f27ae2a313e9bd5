//! What a person can send beside text and taps, as the Cloud API delivers it (Meta: webhooks/reference/messages).

use crate::sandbox::graph::Sender;
use crate::sandbox::page::texts::Lang;
use serde_json::{Value, json};

/// Kinds the attach sheet offers, in its order, with their icons.
pub const KINDS: [(&str, &str); 5] =
    [("photo", "photo"), ("voice", "mic"), ("location", "pin"), ("contact", "one"), ("sticker", "smile")];
/// What a person without a visible number shares when asked for it.
const HIDDEN_PHONE: &str = "966500000005";

/// A message object for `/sandbox/api/say` as `raw`; `None` for a kind that is not known.
/// `share` answers a `request_contact_info`.
pub fn message(kind: &str, from: &Sender, lang: Lang) -> Option<Value> {
    Some(match kind {
        "photo" => json!({ "type": "image", "image": {
            "caption": lang.text("picked-photo"),
            "mime_type": "image/jpeg",
            "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
            "id": "1003383421387256",
        } }),
        "voice" => json!({ "type": "audio", "audio": {
            "mime_type": "audio/ogg; codecs=opus",
            "sha256": "1k+FAD0FZHvzwfpvO0zX0GUISfInY0gGKTsJlUWbwxC=",
            "id": "1003383421387257",
            "voice": true,
        } }),
        "location" => json!({ "type": "location", "location": {
            "name": lang.text("picked-place"),
            "address": lang.text("picked-address"),
            "latitude": 24.7136,
            "longitude": 46.6753,
        } }),
        "sticker" => json!({ "type": "sticker", "sticker": {
            "mime_type": "image/webp",
            "sha256": "FAD0FZHvzwfpvO0zX0GUISfInY0gGKTsJlUWbwxC1k8=",
            "id": "1003383421387258",
            "animated": false,
        } }),
        "contact" => card(&lang.text("picked-contact"), "966500000099", "other"),
        "share" => card("Demo", from.phone.as_deref().unwrap_or(HIDDEN_PHONE), "contact_request"),
        _ => return None,
    })
}

fn card(name: &str, phone: &str, origin: &str) -> Value {
    json!({ "type": "contacts", "contacts": [{
        "name": { "formatted_name": name, "first_name": name },
        "phones": [{ "phone": format!("+{phone}"), "wa_id": phone, "type": "CELL" }],
        "origin": origin,
    }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Members of Meta's own example of a type, from a fixture.
    fn metas(name: &str) -> Value {
        let path = format!("{}/tests/data/whatsapp/webhooks/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let webhook: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        webhook["entry"][0]["changes"][0]["value"]["messages"][0].clone()
    }

    #[test]
    fn messages_have_the_members_of_metas_examples() {
        let me = Sender { phone: Some("966500000001".to_owned()), bsuid: None };
        for (kind, example) in [("photo", "Image_Message"), ("contact", "Contact_Sharing_Message")] {
            let (ours, theirs) = (message(kind, &me, Lang::En).unwrap(), metas(example));
            let kind = theirs["type"].as_str().unwrap();
            assert_eq!(ours["type"], kind);
            let members = |value: &Value| -> Vec<String> {
                let value = if value.is_array() { &value[0] } else { value };
                let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
                names.retain(|name| name != "org" && name != "origin");
                names.sort();
                names
            };
            assert_eq!(members(&ours[kind]), members(&theirs[kind]), "{kind}");
        }
        let place = message("location", &me, Lang::Ar).unwrap();
        assert!(
            metas("Location_Message")["location"]["latitude"].is_f64()
                && place["location"]["latitude"].is_f64()
        );
        assert!(KINDS.iter().all(|(kind, _)| message(kind, &me, Lang::Ar).is_some()));
        assert!(message("poll", &me, Lang::En).is_none());
    }

    #[test]
    fn a_number_is_shared_as_the_answer_to_the_request() {
        let hidden = Sender { phone: None, bsuid: Some("SA.1".to_owned()) };
        let shared = message("share", &hidden, Lang::En).unwrap();
        assert_eq!(shared["contacts"][0]["origin"], "contact_request");
        assert_eq!(shared["contacts"][0]["phones"][0]["wa_id"], HIDDEN_PHONE);
        let known = Sender { phone: Some("966500000001".to_owned()), bsuid: None };
        assert_eq!(
            message("share", &known, Lang::En).unwrap()["contacts"][0]["phones"][0]["phone"],
            "+966500000001"
        );
    }
}
