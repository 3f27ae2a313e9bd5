//! A message as a view: what its bubble shows, whatever kind it is. Kinds that are not known are named politely.

use crate::sandbox::graph::{Line, Way};
use crate::sandbox::hooks::Lookup;
use crate::sandbox::page::markup;
use crate::sandbox::page::texts::Lang;
use crate::sandbox::page::when::Writing;
use serde_json::{Value, json};

/// Longest piece of a quoted message, in characters.
const QUOTE: usize = 60;
/// A voice note of the sandbox lasts so long, in seconds.
const VOICE: u32 = 7;

/// What bubbles need to know of the phone they are on.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// How it writes.
    pub writing: Writing<'a>,
    /// Templates with their texts.
    pub template: &'a Lookup,
    /// The message of an id, for quotes.
    pub quoted: &'a dyn Fn(&str) -> Option<Line>,
}

impl Screen<'_> {
    fn lang(&self) -> Lang {
        self.writing.lang
    }

    /// Everything `line.html` shows.
    pub fn view(&self, line: &Line) -> Value {
        let body = &line.body;
        let mut view = match &line.way {
            Way::Said { .. } => self.said(body),
            Way::Sent(_) => self.sent(body),
        };
        let words = text_of(body, &line.way);
        let lang = language(&words).unwrap_or(self.lang());
        view["id"] = json!(format!("m{}", line.seq));
        view["way"] = json!(if matches!(line.way, Way::Sent(_)) { "in" } else { "out" });
        view["lang"] = json!(lang.code());
        view["dir"] = json!(lang.dir());
        view["time"] = json!(self.writing.time(line.at));
        view["quote"] = self.quote(body);
        let (tick, note) = state(&line.way);
        view["tick"] = json!(tick);
        view["note"] = json!(note);
        view["unread"] = json!(unread(line).then_some(&line.wamid));
        view
    }

    /// What the person sent.
    fn said(&self, body: &Value) -> Value {
        let kind = text(body, "/type");
        match kind {
            "text" => json!({ "html": markup::html(text(body, "/text/body")) }),
            "interactive" => {
                let reply = &body["interactive"][text(body, "/interactive/type")];
                match reply["title"].as_str() {
                    Some(title) => json!({ "html": markup::html(title), "foot": reply["description"] }),
                    None => self.unknown(text(body, "/interactive/type")),
                }
            }
            "button" => json!({ "html": markup::html(text(body, "/button/text")) }),
            _ => self.either(kind, body),
        }
    }

    /// What the gateway sent.
    fn sent(&self, body: &Value) -> Value {
        match text(body, "/type") {
            "text" => json!({ "html": markup::html(text(body, "/text/body")) }),
            "interactive" => self.interactive(&body["interactive"]),
            "template" => self.template(&body["template"]),
            kind => self.either(kind, body),
        }
    }

    /// Kinds that both sides send alike.
    fn either(&self, kind: &str, body: &Value) -> Value {
        let it = &body[kind];
        match kind {
            "image" | "video" | "audio" | "document" | "sticker" => json!({
                "media": kind,
                "name": it["filename"],
                "lasts": self.lang().filled("seconds", &[("n", &self.lang().number(VOICE))]),
                "short": crate::sandbox::page::texts::digits(&format!("0:{VOICE:02}"), self.writing.arabic),
                "html": it["caption"].as_str().map(markup::html),
            }),
            "location" => json!({ "place": {
                "name": it["name"],
                "address": it["address"],
                "at": format!("{:.4}, {:.4}", it["latitude"].as_f64().unwrap_or(0.0), it["longitude"].as_f64().unwrap_or(0.0)),
            } }),
            "contacts" => json!({ "cards": cards(it) }),
            "reaction" => self.reaction(it["emoji"].as_str().unwrap_or_default()),
            _ => self.unknown(kind),
        }
    }

    fn reaction(&self, emoji: &str) -> Value {
        let words = match emoji {
            "" => self.lang().text("unreacted"),
            emoji => self.lang().filled("reacted", &[("emoji", emoji)]),
        };
        json!({ "odd": words })
    }

    fn unknown(&self, kind: &str) -> Value {
        let kind = if kind.is_empty() { "?" } else { kind };
        json!({ "odd": self.lang().filled("unknown-kind", &[("kind", kind)]) })
    }

    fn interactive(&self, it: &Value) -> Value {
        let action = &it["action"];
        let parameters = &action["parameters"];
        let acts = match text(it, "/type") {
            "button" => items(&action["buttons"]).map(|one| tap(&one["reply"])).collect(),
            "list" => vec![list(action)],
            "cta_url" => vec![link(text(parameters, "/display_text"), text(parameters, "/url"))],
            "request_contact_info" => {
                vec![json!({ "do": "kind", "kind": "share", "title": self.lang().text("share") })]
            }
            "location_request_message" => {
                vec![json!({ "do": "kind", "kind": "location", "title": self.lang().text("send-location") })]
            }
            "flow" => vec![inert(text(parameters, "/flow_cta"))],
            "voice_call" => vec![inert(text(parameters, "/display_text"))],
            other => {
                let words = text(it, "/body/text");
                let mut view = self.unknown(other);
                view["html"] = json!(markup::html(words));
                return view;
            }
        };
        let header = &it["header"];
        json!({
            "head": header["text"],
            "media": header["type"].as_str().filter(|kind| *kind != "text"),
            "html": markup::html(text(it, "/body/text")),
            "foot": it["footer"]["text"],
            "acts": acts,
        })
    }

    /// A template as Meta would show it; without its text, its parameters by name.
    fn template(&self, it: &Value) -> Value {
        let components = &it["components"];
        let approved = (self.template)(text(it, "/name"), text(it, "/language/code"));
        let parameters: Vec<(String, String)> = items(components)
            .filter(|one| one["type"] == "body")
            .flat_map(|one| items(&one["parameters"]).enumerate())
            .map(|(n, one)| {
                let name = one["parameter_name"].as_str().map_or_else(|| (n + 1).to_string(), str::to_owned);
                (name, text(one, "/text").to_owned())
            })
            .collect();
        let html = match &approved {
            Some(approved) => {
                markup::html(&parameters.iter().fold(approved.text.clone(), |text, (name, value)| {
                    text.replace(&format!("{{{{{name}}}}}"), value)
                }))
            }
            None => parameters
                .iter()
                .map(|(name, value)| {
                    format!("<p><small>{}</small> {}</p>", markup::escaped(name), markup::escaped(value))
                })
                .collect(),
        };
        let replies = approved.as_ref().map_or(&[][..], |approved| &approved.replies);
        let acts: Vec<Value> = items(components)
            .filter(|one| one["type"] == "button")
            .map(|one| self.reply(one, replies))
            .collect();
        json!({
            "head": approved.is_none().then(|| self.lang().filled("template", &[("name", text(it, "/name"))])),
            "html": html,
            "foot": approved.as_ref().map(|approved| approved.footer.clone()).filter(|footer| !footer.is_empty()),
            "acts": acts,
        })
    }

    fn reply(&self, button: &Value, replies: &[String]) -> Value {
        let nth = index(button);
        let parameter = &button["parameters"][0];
        if button["sub_type"] == "url" {
            return inert(&self.lang().filled("link-suffix", &[("suffix", text(parameter, "/text"))]));
        }
        let title = replies.get(nth).cloned();
        let title =
            title.unwrap_or_else(|| self.lang().filled("reply-n", &[("n", &self.lang().number(nth + 1))]));
        json!({ "do": "tap", "id": parameter["payload"], "title": title })
    }

    fn quote(&self, body: &Value) -> Value {
        let of = body["context"]["id"].as_str().or(body["context"]["message_id"].as_str());
        let Some(line) = of.and_then(|id| (self.quoted)(id)) else { return Value::Null };
        // Without marks, and without isolates: one that was cut off would take the rest of the line with it.
        let plain = |c: char| !matches!(c, '*' | '\u{2066}'..='\u{2069}');
        let words: String = text_of(&line.body, &line.way).chars().filter(|c| plain(*c)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let ours = matches!(line.way, Way::Sent(_));
        let names = self.writing.clinic.name;
        let name = if self.lang() == Lang::Ar { names.0 } else { names.1 };
        json!({ "who": ours.then_some(name), "text": cut(&words) })
    }
}

/// The beginning of a text, to the end of a word and with a sign if there is more.
fn cut(text: &str) -> String {
    let mut kept = String::new();
    for word in text.split(' ') {
        if !kept.is_empty() && kept.chars().count() + word.chars().count() >= QUOTE {
            break;
        }
        kept.push_str(if kept.is_empty() { "" } else { " " });
        kept.push_str(word);
    }
    if kept.len() < text.len() {
        kept.truncate(kept.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
        kept.push('…');
    }
    kept
}

/// Which quick reply of a template a button component is.
pub fn index(button: &Value) -> usize {
    let written = button["index"].as_str().and_then(|it| it.parse().ok());
    written.or(button["index"].as_u64().and_then(|it| usize::try_from(it).ok())).unwrap_or(0)
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn tap(reply: &Value) -> Value {
    json!({ "do": "tap", "id": reply["id"], "title": reply["title"] })
}

fn inert(title: &str) -> Value {
    json!({ "do": "inert", "title": title })
}

/// A link opens in a new tab, if it is one of the web's.
fn link(title: &str, url: &str) -> Value {
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web { json!({ "do": "link", "title": title, "url": url }) } else { inert(title) }
}

fn list(action: &Value) -> Value {
    let sections: Vec<Value> = items(&action["sections"])
        .map(|section| {
            let rows: Vec<Value> = items(&section["rows"])
                .map(|row| json!({ "id": row["id"], "title": row["title"], "about": row["description"] }))
                .collect();
            json!({ "title": section["title"], "rows": rows })
        })
        .collect();
    json!({ "do": "list", "title": action["button"], "sections": sections })
}

fn cards(contacts: &Value) -> Vec<Value> {
    items(contacts)
        .map(|card| {
            let phones: Vec<&str> = items(&card["phones"])
                .map(|phone| text(phone, "/phone"))
                .filter(|it| !it.is_empty())
                .collect();
            json!({ "name": text(card, "/name/formatted_name"), "phones": phones })
        })
        .collect()
}

/// What a message says, for its language and for quotes of it.
fn text_of(body: &Value, way: &Way) -> String {
    let kind = text(body, "/type");
    let reply = text(body, "/interactive/type");
    let found = match (kind, way) {
        ("text", _) => text(body, "/text/body"),
        ("interactive", Way::Said { .. }) => body["interactive"][reply]["title"].as_str().unwrap_or_default(),
        ("interactive", Way::Sent(_)) => text(body, "/interactive/body/text"),
        ("button", _) => text(body, "/button/text"),
        ("template", _) => return template_words(&body["template"]),
        ("location", _) => text(body, "/location/name"),
        _ => body[kind]["caption"].as_str().unwrap_or_default(),
    };
    found.to_owned()
}

/// A template's language stands in it.
fn template_words(template: &Value) -> String {
    if template["language"]["code"] == "ar" {
        "قالب".to_owned()
    } else {
        text(template, "/name").replace('_', " ")
    }
}

/// Arabic if there is an Arabic letter, English if there is a Latin one.
fn language(words: &str) -> Option<Lang> {
    let arabic = words.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c) && c.is_alphabetic());
    let latin = words.chars().any(|c| c.is_ascii_alphabetic());
    arabic.then_some(Lang::Ar).or(latin.then_some(Lang::En))
}

/// The tick of what the person said; the trouble of what they were sent.
fn state(way: &Way) -> (Option<&'static str>, Option<&'static str>) {
    match way {
        Way::Said { read: true, .. } => (Some("read"), None),
        Way::Said { taken: true, .. } => (Some("taken"), None),
        Way::Said { .. } => (Some("waiting"), None),
        Way::Sent(statuses) if statuses.iter().any(|it| it == "failed") => (None, Some("failed")),
        Way::Sent(statuses) if statuses.iter().any(|it| it == "delivered" || it == "read") => (None, None),
        Way::Sent(_) => (None, Some("on-the-way")),
    }
}

/// Delivered, and not yet reported as read.
fn unread(line: &Line) -> bool {
    let Way::Sent(statuses) = &line.way else { return false };
    let has = |status: &str| statuses.iter().any(|it| it == status);
    has("delivered") && !has("read") && !has("failed")
}

#[cfg(test)]
mod tests;
