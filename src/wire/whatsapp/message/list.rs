//! Lists: text with rows to choose from, while the service window is open.

use super::freeform::{interactive, wrapped};
use crate::phi::Phi;
use crate::wire::whatsapp::limits::{self, LimitBroken};
use crate::wire::whatsapp::window::OpenWindow;
use serde_json::{Value, json};

/// One row of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    id: Phi<String>,
    title: Phi<String>,
    description: Option<Phi<String>>,
}

impl Row {
    /// An id of 1 to 200 characters without blanks around it, a title of 1 to 24, a description of 1 to 72.
    pub fn new(
        id: Phi<String>,
        title: Phi<String>,
        description: Option<Phi<String>>,
    ) -> Result<Self, LimitBroken> {
        limits::trimmed("row ids that are empty or begin or end with a blank", id.reveal())?;
        limits::fits("characters in a row id", limits::ROW_ID, id.reveal())?;
        limits::visible("empty row titles", title.reveal())?;
        limits::one_line("line breaks in a row title", title.reveal())?;
        limits::fits("characters in a row title", limits::ROW_TITLE, title.reveal())?;
        if let Some(text) = &description {
            limits::visible("empty row descriptions", text.reveal())?;
            limits::one_line("line breaks in a row description", text.reveal())?;
            limits::fits("characters in a row description", limits::ROW_DESCRIPTION, text.reveal())?;
        }
        Ok(Self { id, title, description })
    }

    fn json(&self) -> Value {
        let mut row = json!({ "id": self.id.reveal(), "title": self.title.reveal() });
        if let Some(text) = &self.description {
            row["description"] = json!(text.reveal());
        }
        row
    }
}

/// Rows under a common title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    title: Option<Phi<String>>,
    rows: Vec<Row>,
}

impl Section {
    /// A title of 1 to 24 characters, needed when the list has more than one section; at least one row.
    pub fn new(title: Option<Phi<String>>, rows: Vec<Row>) -> Result<Self, LimitBroken> {
        if let Some(title) = &title {
            limits::visible("empty section titles", title.reveal())?;
            limits::one_line("line breaks in a section title", title.reveal())?;
            limits::fits("characters in a section title", limits::SECTION_TITLE, title.reveal())?;
        }
        limits::never("sections without a row", rows.is_empty())?;
        Ok(Self { title, rows })
    }

    fn json(&self) -> Value {
        let mut section = json!({});
        if let Some(title) = &self.title {
            section["title"] = json!(title.reveal());
        }
        section["rows"] = self.rows.iter().map(Row::json).collect();
        section
    }
}

/// Text with a list that opens on a tap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct List {
    body: Phi<String>,
    footer: Option<Phi<String>>,
    button: Phi<String>,
    sections: Vec<Section>,
}

impl List {
    /// A body of 1 to 1024 characters, a footer of up to 60, the label that opens it of 1 to 20, and one to ten rows
    /// over all sections, with different ids.
    pub fn new(
        _open: &OpenWindow,
        body: Phi<String>,
        footer: Option<Phi<String>>,
        button: Phi<String>,
        sections: Vec<Section>,
    ) -> Result<Self, LimitBroken> {
        interactive(&body, footer.as_ref())?;
        limits::visible("empty list buttons", button.reveal())?;
        limits::one_line("line breaks in a list button", button.reveal())?;
        limits::fits("characters in a list button", limits::LIST_BUTTON, button.reveal())?;
        rows(&sections)?;
        Ok(Self { body, footer, button, sections })
    }

    pub(super) fn json(&self) -> Value {
        let sections: Vec<Value> = self.sections.iter().map(Section::json).collect();
        let action = json!({ "button": self.button.reveal(), "sections": sections });
        wrapped("list", &self.body, self.footer.as_ref(), action)
    }
}

fn rows(sections: &[Section]) -> Result<(), LimitBroken> {
    let rows = || sections.iter().flat_map(|section| &section.rows);
    let untitled = sections.iter().filter(|section| section.title.is_none()).count();
    limits::never("lists without a row", sections.is_empty())?;
    limits::at_most("sections", limits::SECTIONS, sections.len())?;
    limits::at_most("rows", limits::ROWS, rows().count())?;
    limits::never("sections without a title among several", sections.len() > 1 && untitled > 0)?;
    limits::distinct("repeated row ids", rows().map(|row| row.id.reveal().as_str()))
}
