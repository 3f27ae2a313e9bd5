//! Taps as Meta words them: a template's quick reply is another type than the reply to an interactive message.

use crate::sandbox::graph::{GraphTwin, Sender, Sent, display_number};
use serde_json::{Value, json};

impl GraphTwin {
    /// The message that tells of a tap on a button or row with this id, in the newest message that has it.
    pub fn tapped(&self, from: &Sender, tap: &str) -> Value {
        let addresses: Vec<String> = from.addresses().cloned().collect();
        let sent = self.messages(&addresses, 0);
        let Some(message) = sent.iter().rev().find(|sent| sent.body.to_string().contains(tap)) else {
            return reply("button_reply", tap, None);
        };
        let mut answer = match message.body["type"].as_str() {
            Some("template") => json!({ "type": "button", "button": { "payload": tap, "text": "" } }),
            _ => interactive(message, tap),
        };
        answer["context"] = json!({ "from": display_number(&message.number), "id": message.wamid });
        answer
    }
}

fn interactive(message: &Sent, tap: &str) -> Value {
    let list = message.body["interactive"]["type"] == "list";
    reply(if list { "list_reply" } else { "button_reply" }, tap, item(&message.body, tap))
}

/// A reply names what was tapped as it was written: its title, and a row's description.
fn reply(kind: &str, tap: &str, item: Option<&Value>) -> Value {
    let mut reply = json!({ "id": tap, "title": item.map_or(json!(""), |item| item["title"].clone()) });
    if let Some(description) = item.and_then(|item| item.get("description")) {
        reply["description"] = description.clone();
    }
    json!({ "type": "interactive", "interactive": { "type": kind, kind: reply } })
}

fn item<'a>(body: &'a Value, tap: &str) -> Option<&'a Value> {
    let action = &body["interactive"]["action"];
    let buttons = action["buttons"].as_array().into_iter().flatten().map(|button| &button["reply"]);
    let sections = action["sections"].as_array().into_iter().flatten();
    let rows = sections.flat_map(|section| section["rows"].as_array().into_iter().flatten());
    buttons.chain(rows).find(|item| item["id"] == tap)
}
