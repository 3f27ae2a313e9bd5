//! Text and buttons: with lists, what may be said while the service window is open. Each takes the window as proof.

use crate::phi::Phi;
use crate::wire::whatsapp::limits::{self, LimitBroken};
use crate::wire::whatsapp::window::OpenWindow;
use serde_json::{Value, json};

/// Plain text, never with a link preview: previewers open links.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    body: Phi<String>,
}

impl Text {
    /// Text of 1 to 4096 characters.
    pub fn new(_open: &OpenWindow, body: Phi<String>) -> Result<Self, LimitBroken> {
        limits::visible("empty text bodies", body.reveal())?;
        limits::fits("characters in a text body", limits::TEXT_BODY, body.reveal())?;
        Ok(Self { body })
    }

    pub(super) fn json(&self) -> Value {
        json!({ "body": self.body.reveal(), "preview_url": false })
    }
}

/// One reply button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Button {
    id: Phi<String>,
    title: Phi<String>,
}

impl Button {
    /// An id of 1 to 256 characters without blanks around it, a title of 1 to 20.
    pub fn new(id: Phi<String>, title: Phi<String>) -> Result<Self, LimitBroken> {
        limits::trimmed("button ids that are empty or begin or end with a blank", id.reveal())?;
        limits::fits("characters in a button id", limits::BUTTON_ID, id.reveal())?;
        limits::visible("empty button titles", title.reveal())?;
        limits::one_line("line breaks in a button title", title.reveal())?;
        limits::fits("characters in a button title", limits::BUTTON_TITLE, title.reveal())?;
        Ok(Self { id, title })
    }

    fn json(&self) -> Value {
        json!({ "type": "reply", "reply": { "id": self.id.reveal(), "title": self.title.reveal() } })
    }
}

/// Text with one to three reply buttons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Buttons {
    body: Phi<String>,
    footer: Option<Phi<String>>,
    buttons: Vec<Button>,
}

impl Buttons {
    /// A body of 1 to 1024 characters, a footer of up to 60, one to three buttons with different titles and ids.
    pub fn new(
        _open: &OpenWindow,
        body: Phi<String>,
        footer: Option<Phi<String>>,
        buttons: Vec<Button>,
    ) -> Result<Self, LimitBroken> {
        interactive(&body, footer.as_ref())?;
        limits::never("button messages without a button", buttons.is_empty())?;
        limits::at_most("buttons", limits::BUTTONS, buttons.len())?;
        limits::distinct("repeated button titles", buttons.iter().map(|b| b.title.reveal().as_str()))?;
        limits::distinct("repeated button ids", buttons.iter().map(|b| b.id.reveal().as_str()))?;
        Ok(Self { body, footer, buttons })
    }

    pub(super) fn json(&self) -> Value {
        let buttons: Vec<Value> = self.buttons.iter().map(Button::json).collect();
        wrapped("button", &self.body, self.footer.as_ref(), json!({ "buttons": buttons }))
    }
}

/// Checks what buttons and lists have in common.
pub(super) fn interactive(body: &Phi<String>, footer: Option<&Phi<String>>) -> Result<(), LimitBroken> {
    limits::visible("empty bodies", body.reveal())?;
    limits::fits("characters in a body with buttons or a list", limits::INTERACTIVE_BODY, body.reveal())?;
    let Some(footer) = footer else { return Ok(()) };
    limits::visible("empty footers", footer.reveal())?;
    limits::fits("characters in a footer", limits::FOOTER, footer.reveal())
}

/// The `interactive` object.
pub(super) fn wrapped(kind: &str, body: &Phi<String>, footer: Option<&Phi<String>>, action: Value) -> Value {
    let mut message = json!({ "type": kind, "body": { "text": body.reveal() } });
    if let Some(footer) = footer {
        message["footer"] = json!({ "text": footer.reveal() });
    }
    message["action"] = action;
    message
}
