//! A browser without scripts: pages as anyone's telephone fetches them.

use crate::world::Message;
use std::time::Duration;

/// A page as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    pub status: u16,
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Page {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What a reader sees: the text without markup.
    pub fn text(&self) -> String {
        let body = self.body.split_once("</style>").map_or("", |(_, body)| body);
        let mut text = String::new();
        for part in body.split('<') {
            let visible = part.split_once('>').map_or("", |(_, text)| text).trim();
            if !visible.is_empty() {
                text.push_str(visible);
                text.push('\n');
            }
        }
        text
    }
}

/// The address behind a message's link button.
pub fn link(message: &Message) -> String {
    let url = &message.0["body"]["interactive"]["action"]["parameters"]["url"];
    url.as_str().unwrap_or_else(|| panic!("no link in {}", message.0)).to_owned()
}

/// Opens an address.
pub fn open(url: &str) -> Page {
    fetch("GET", url, &[], None)
}

/// Sends our own form as a browser does.
pub fn send(url: &str, answers: &[(&str, &str)]) -> Page {
    let headers = [("sec-fetch-site", "same-origin"), ("origin", "null")];
    fetch("POST", url, &headers, Some(encoded(answers)))
}

/// Three answers, the birth date as `YYYY-MM-DD`.
pub fn answers<'a>(name: &'a str, birth: &'a str, record: &'a str) -> Vec<(&'static str, &'a str)> {
    let parts: Vec<&str> = birth.split('-').collect();
    vec![("name", name), ("day", parts[2]), ("month", parts[1]), ("year", parts[0]), ("record", record)]
}

pub fn encoded(answers: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    answers.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

pub fn fetch(method: &str, url: &str, headers: &[(&str, &str)], form: Option<String>) -> Page {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let mut request = client.request(method, url).timeout(Duration::from_secs(60));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(form) = form {
        request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    }
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let headers = headers.filter(|(name, _)| name != "date").collect();
        let body = String::from_utf8(response.bytes().await.unwrap().to_vec()).unwrap();
        Page { status, body, headers }
    })
}
