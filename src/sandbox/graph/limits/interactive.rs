//! Interactive messages: reply buttons, lists, a link, a request for a place or for a number.

use super::INVALID;
use super::check::{MISSING, PARAMETER, Refused, only, optional, refused, required};
use serde_json::Value;

pub(super) fn check(it: &Value) -> Result<(), Refused> {
    only(it, "interactive", &["type", "header", "body", "footer", "action"])?;
    let Some(kind) = it["type"].as_str() else { return refused(MISSING, "interactive.type") };
    required(&it["body"]["text"], "body", if kind == "list" { 4096 } else { 1024 })?;
    optional(&it["footer"]["text"], "footer", 60)?;
    header(kind, &it["header"])?;
    let action = &it["action"];
    match kind {
        "button" => buttons(action),
        "list" => sections(action),
        "cta_url" => link(action),
        "location_request_message" => request(it, "send_location"),
        "request_contact_info" => request(it, "request_contact_info"),
        other => refused(INVALID, format!("interactive type {other}")),
    }
}

/// Text of up to 60 characters; media above everything but a list.
fn header(kind: &str, it: &Value) -> Result<(), Refused> {
    match it["type"].as_str() {
        None if it.is_null() => Ok(()),
        Some("text") => required(&it["text"], "header", 60),
        Some("image" | "video" | "document") if kind != "list" => Ok(()),
        other => refused(PARAMETER, format!("header type {other:?}")),
    }
}

fn buttons(action: &Value) -> Result<(), Refused> {
    only(action, "action", &["buttons"])?;
    let Some(buttons) = action["buttons"].as_array() else { return refused(MISSING, "buttons") };
    if buttons.is_empty() || buttons.len() > 3 {
        return refused(PARAMETER, format!("{} buttons, 1 to 3 are allowed", buttons.len()));
    }
    let mut titles = vec![];
    for button in buttons {
        only(button, "button", &["type", "reply"])?;
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
    only(action, "action", &["button", "sections"])?;
    required(&action["button"], "list button", 20)?;
    let Some(sections) = action["sections"].as_array() else { return refused(MISSING, "sections") };
    if sections.is_empty() || sections.len() > 10 {
        return refused(PARAMETER, "1 to 10 sections");
    }
    let mut ids = vec![];
    for section in sections {
        if sections.len() > 1 {
            required(&section["title"], "section title", 24)?;
        }
        optional(&section["title"], "section title", 24)?;
        for row in section["rows"].as_array().into_iter().flatten() {
            self::row(row)?;
            if ids.contains(&&row["id"]) {
                return refused(PARAMETER, "row ids are unique");
            }
            ids.push(&row["id"]);
        }
    }
    if ids.is_empty() || ids.len() > 10 {
        return refused(PARAMETER, format!("{} rows, 1 to 10 are allowed in all", ids.len()));
    }
    Ok(())
}

fn row(row: &Value) -> Result<(), Refused> {
    only(row, "row", &["id", "title", "description"])?;
    required(&row["id"], "row id", 200)?;
    required(&row["title"], "row title", 24)?;
    optional(&row["description"], "row description", 72)
}

/// Meta: messages/interactive-cta-url-messages.
fn link(action: &Value) -> Result<(), Refused> {
    only(action, "action", &["name", "parameters"])?;
    named(action, "cta_url")?;
    let parameters = &action["parameters"];
    only(parameters, "parameters", &["display_text", "url"])?;
    required(&parameters["display_text"], "display_text", 20)?;
    required(&parameters["url"], "url", 2000)?;
    let url = parameters["url"].as_str().unwrap_or_default();
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return refused(PARAMETER, "url is neither https nor http");
    }
    Ok(())
}

/// A body and a button whose words are WhatsApp's own (Meta: messages/location-request-messages,
/// business-scoped-user-ids).
fn request(it: &Value, name: &str) -> Result<(), Refused> {
    only(it, "interactive", &["type", "body", "action"])?;
    only(&it["action"], "action", &["name"])?;
    named(&it["action"], name)
}

fn named(action: &Value, name: &str) -> Result<(), Refused> {
    if action["name"] == name { Ok(()) } else { refused(PARAMETER, format!("action.name is not {name}")) }
}
