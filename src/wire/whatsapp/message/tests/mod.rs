//! Meta's shapes, Meta's limits.

mod limits;
mod shape;

use super::to_json;
use super::{Body, Button, Buttons, List, Outgoing, Recipient, Row, Section, Template, Text};
use crate::clock::from_millis;
use crate::phi::Phi;
use crate::wire::whatsapp::limits::LimitBroken;
use crate::wire::whatsapp::window::{OpenWindow, SERVICE_WINDOW, Window};
use serde_json::Value;

fn open() -> OpenWindow {
    let now = from_millis(1_790_000_000_000);
    match Window::at(Some(now + SERVICE_WINDOW), now) {
        Window::Open(open) => open,
        Window::Closed => panic!("the window is open"),
    }
}

fn phi(text: impl Into<String>) -> Phi<String> {
    Phi::new(text.into())
}

fn letters(count: usize) -> Phi<String> {
    phi("س".repeat(count))
}

fn send(body: Body) -> Value {
    to_json(&Outgoing::new(Recipient::Phone(phi("15552223333")), "ob_1".into(), body).unwrap())
}

fn text(body: &str) -> Body {
    Body::Text(Text::new(&open(), phi(body)).unwrap())
}

fn button(n: usize) -> Button {
    Button::new(phi(format!("id{n}")), phi(format!("title{n}"))).unwrap()
}

fn buttons(count: usize) -> Result<Buttons, LimitBroken> {
    Buttons::new(&open(), phi("body"), None, (0..count).map(button).collect())
}

fn section(title: Option<&str>, rows: std::ops::Range<usize>) -> Section {
    let row = |n| Row::new(phi(format!("row{n}")), phi("title"), Some(phi("description"))).unwrap();
    Section::new(title.map(phi), rows.map(row).collect()).unwrap()
}

fn list(sections: Vec<Section>) -> Result<List, LimitBroken> {
    List::new(&open(), phi("body"), Some(phi("footer")), phi("open"), sections)
}

fn template(parameters: &[(&str, &str)], payloads: &[&str]) -> Result<Template, LimitBroken> {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), phi(*value))).collect();
    let payloads = payloads.iter().map(|payload| phi(*payload)).collect();
    Template::new("appt_reminder_v3".into(), "en".into(), parameters, payloads)
}
