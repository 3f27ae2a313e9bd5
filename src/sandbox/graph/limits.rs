//! Meta's limits, enforced with code of its own so that it is a second opinion on the gateway's.

use serde_json::Value;

/// A Graph error: code and details.
pub type Refused = (u32, String);

const PARAMETER: u32 = 131_009;
const MISSING: u32 = 131_008;
const TEMPLATE_COUNT: u32 = 132_000;
const NO_TEMPLATE: u32 = 132_001;
const TEMPLATE_TEXT: u32 = 132_018;

fn refused<T>(code: u32, what: impl Into<String>) -> Result<T, Refused> {
    Err((code, what.into()))
}

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
pub fn check(body: &Value, templates: &[(String, Vec<String>, Vec<String>)]) -> Result<(), Refused> {
    let Some(members) = body.as_object() else { return refused(100, "not an object") };
    if body["messaging_product"] != "whatsapp" {
        return refused(100, "messaging_product");
    }
    let Some(kind) = body["type"].as_str() else { return refused(MISSING, "type") };
    for member in members.keys() {
        if !COMMON.contains(&member.as_str()) && member != kind {
            return refused(100, format!("unexpected member {member}"));
        }
    }
    if body["to"].is_null() && body["recipient"].is_null() {
        return refused(MISSING, "to or recipient");
    }
    if !body["recipient_type"].is_null() && body["recipient_type"] != "individual" {
        return refused(100, "recipient_type");
    }
    if let Some(callback) = body["biz_opaque_callback_data"].as_str() {
        within("biz_opaque_callback_data", callback, 0, 512)?;
    }
    match kind {
        "text" => required(&body["text"]["body"], "text.body", 4096),
        "interactive" => interactive(&body["interactive"]),
        "location" => location(&body["location"]),
        "template" => template(&body["template"], templates),
        other => refused(100, format!("type {other}")),
    }
}

/// Length in UTF-16 units, the strictest reading of "characters".
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn within(what: &str, text: &str, least: usize, most: usize) -> Result<(), Refused> {
    let n = length(text);
    if n < least || n > most {
        return refused(PARAMETER, format!("{what} has {n} characters, {least} to {most} are allowed"));
    }
    Ok(())
}

fn required(value: &Value, what: &str, most: usize) -> Result<(), Refused> {
    match value.as_str() {
        Some(text) => within(what, text, 1, most),
        None => refused(MISSING, what),
    }
}

fn optional(value: &Value, what: &str, most: usize) -> Result<(), Refused> {
    if value.is_null() { Ok(()) } else { required(value, what, most) }
}

fn interactive(it: &Value) -> Result<(), Refused> {
    let list = it["type"] == "list";
    required(&it["body"]["text"], "body", if list { 4096 } else { 1024 })?;
    optional(&it["footer"]["text"], "footer", 60)?;
    match it["type"].as_str() {
        Some("button") => buttons(&it["action"]["buttons"]),
        Some("list") => sections(&it["action"]),
        Some("cta_url") => link(&it["action"]),
        Some("request_contact_info") => contact_request(&it["action"]),
        other => refused(100, format!("interactive type {other:?}")),
    }
}

fn link(action: &Value) -> Result<(), Refused> {
    if action["name"] != "cta_url" {
        return refused(PARAMETER, "action.name");
    }
    required(&action["parameters"]["display_text"], "display_text", 20)?;
    required(&action["parameters"]["url"], "url", 2000)
}

fn contact_request(action: &Value) -> Result<(), Refused> {
    if action["name"] == "request_contact_info" { Ok(()) } else { refused(PARAMETER, "action.name") }
}

fn location(it: &Value) -> Result<(), Refused> {
    let within = |value: &Value, most: f64| value.as_f64().is_some_and(|degrees| degrees.abs() <= most);
    if !within(&it["latitude"], 90.0) || !within(&it["longitude"], 180.0) {
        return refused(PARAMETER, "latitude, longitude");
    }
    optional(&it["name"], "name", 1000)?;
    optional(&it["address"], "address", 1000)
}

fn buttons(buttons: &Value) -> Result<(), Refused> {
    let Some(buttons) = buttons.as_array() else { return refused(MISSING, "buttons") };
    if buttons.is_empty() || buttons.len() > 3 {
        return refused(PARAMETER, format!("{} buttons, 1 to 3 are allowed", buttons.len()));
    }
    let mut titles = vec![];
    for button in buttons {
        let reply = &button["reply"];
        required(&reply["title"], "button title", 20)?;
        required(&reply["id"], "button id", 256)?;
        let (id, title) = (reply["id"].as_str().unwrap_or_default(), reply["title"].as_str());
        if id.trim() != id || titles.contains(&title) {
            return refused(PARAMETER, "button ids without blanks, titles unique");
        }
        titles.push(title);
    }
    Ok(())
}

fn sections(action: &Value) -> Result<(), Refused> {
    required(&action["button"], "list button", 20)?;
    let Some(sections) = action["sections"].as_array() else { return refused(MISSING, "sections") };
    if sections.is_empty() || sections.len() > 10 {
        return refused(PARAMETER, "1 to 10 sections");
    }
    let mut rows = 0;
    let mut ids = vec![];
    for section in sections {
        if sections.len() > 1 {
            required(&section["title"], "section title", 24)?;
        }
        optional(&section["title"], "section title", 24)?;
        for row in section["rows"].as_array().into_iter().flatten() {
            rows += 1;
            required(&row["id"], "row id", 200)?;
            required(&row["title"], "row title", 24)?;
            optional(&row["description"], "row description", 72)?;
            if ids.contains(&&row["id"]) {
                return refused(PARAMETER, "row ids are unique");
            }
            ids.push(&row["id"]);
        }
    }
    if rows == 0 || rows > 10 {
        return refused(PARAMETER, format!("{rows} rows, 1 to 10 are allowed in all"));
    }
    Ok(())
}

fn template(it: &Value, templates: &[(String, Vec<String>, Vec<String>)]) -> Result<(), Refused> {
    let name = it["name"].as_str().unwrap_or_default();
    let language = it["language"]["code"].as_str().unwrap_or_default().to_owned();
    let Some((_, languages, parameters)) = templates.iter().find(|(known, _, _)| known == name) else {
        return refused(NO_TEMPLATE, "no such template");
    };
    if !languages.contains(&language) {
        return refused(NO_TEMPLATE, "no such language");
    }
    let components = it["components"].as_array().cloned().unwrap_or_default();
    let body = components.iter().find(|component| component["type"] == "body");
    let given = body.map_or(vec![], |body| body["parameters"].as_array().cloned().unwrap_or_default());
    let mut names: Vec<&str> = given.iter().filter_map(|it| it["parameter_name"].as_str()).collect();
    let mut wanted: Vec<&str> = parameters.iter().map(String::as_str).collect();
    names.sort_unstable();
    wanted.sort_unstable();
    if names != wanted {
        return refused(TEMPLATE_COUNT, format!("parameters {names:?}, expected {wanted:?}"));
    }
    for parameter in &given {
        let text = parameter["text"].as_str().unwrap_or_default();
        if text.is_empty() || text.contains(['\n', '\t']) || text.contains("     ") {
            return refused(TEMPLATE_TEXT, "a parameter is empty, or has a line break, a tab or five blanks");
        }
    }
    for component in components.iter().filter(|component| component["type"] == "button") {
        required(&component["parameters"][0]["payload"], "quick reply payload", 128)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    fn button(title: &str, id: &str) -> Value {
        json!({ "type": "reply", "reply": { "id": id, "title": title } })
    }

    fn message(kind: &str, it: Value) -> Value {
        let mut body = json!({ "messaging_product": "whatsapp", "to": "+966500000001", "type": kind });
        body[kind] = it;
        body
    }

    fn with_buttons(buttons: Vec<Value>) -> Value {
        message(
            "interactive",
            json!({ "type": "button", "body": { "text": "x" }, "action": { "buttons": buttons } }),
        )
    }

    fn with_rows(n: usize, title: &str) -> Value {
        let rows: Vec<Value> = (0..n).map(|id| json!({ "id": id.to_string(), "title": title })).collect();
        message(
            "interactive",
            json!({ "type": "list", "body": { "text": "x" },
            "action": { "button": "See", "sections": [{ "rows": rows }] } }),
        )
    }

    #[rstest]
    #[case(message("text", json!({ "body": "x".repeat(4096) })))]
    #[case(with_buttons(vec![button(&"x".repeat(20), "a"), button("b", "b"), button("c", "c")]))]
    #[case(with_rows(10, &"x".repeat(24)))]
    fn what_meta_takes(#[case] body: Value) {
        assert_eq!(check(&body, &[]), Ok(()));
    }

    #[rstest]
    #[case(message("text", json!({ "body": "x".repeat(4097) })), PARAMETER)]
    #[case(message("text", json!({ "body": "" })), PARAMETER)]
    #[case(message("text", json!({})), MISSING)]
    #[case(with_buttons(vec![]), PARAMETER)]
    #[case(with_buttons(vec![button("a", "a"), button("b", "b"), button("c", "c"), button("d", "d")]), PARAMETER)]
    #[case(with_buttons(vec![button(&"x".repeat(21), "a")]), PARAMETER)]
    #[case(with_buttons(vec![button("a", "a"), button("a", "b")]), PARAMETER)]
    #[case(with_buttons(vec![button("a", " a")]), PARAMETER)]
    #[case(with_rows(11, "x"), PARAMETER)]
    #[case(with_rows(1, &"x".repeat(25)), PARAMETER)]
    #[case(message("template", json!({ "name": "nope", "language": { "code": "ar" } })), NO_TEMPLATE)]
    fn what_meta_refuses(#[case] body: Value, #[case] code: u32) {
        assert_eq!(check(&body, &[]).unwrap_err().0, code);
    }

    #[test]
    fn a_member_nobody_knows_is_refused() {
        let mut body = message("text", json!({ "body": "x" }));
        body["surprise"] = json!(1);
        assert_eq!(check(&body, &[]).unwrap_err().0, 100);
    }
}
