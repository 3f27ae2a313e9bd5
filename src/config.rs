//! The configuration: one struct per table of `config.toml`, read at start, with every fault told at once.
//!
//! A file is read, the environment laid over it (`WASL__TABLE__KEY`), secrets fetched from their `*_file`s;
//! unknown keys are faults. `docs/CONFIGURATION.md` lists every key, and a test holds it to that.

mod check;
mod clinic;
mod ehr;
mod fault;
mod hours;
mod identify;
mod later;
mod overlay;
mod reader;
mod secret;
mod server;
mod service;
mod span;
#[cfg(test)]
mod tests;
mod values;
mod whatsapp;
mod zone;

pub use clinic::Clinic;
pub use ehr::{Auth, Ehr};
pub use fault::Fault;
pub use identify::Identify;
pub use later::{Access, Audit, Desk, Hl7, Links, PortalClient, Retention};
pub use server::{Database, Keys, Server};
pub use span::Span;
pub use whatsapp::Whatsapp;

use crate::domain;
use reader::{Book, Section};
use std::path::Path;
use toml::{Table, Value};

/// Everything an operator decides. `Debug` prints no secret.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[server]`.
    pub server: Server,
    /// `[database]`.
    pub database: Database,
    /// `[keys]`.
    pub keys: Keys,
    /// `[whatsapp]`.
    pub whatsapp: Whatsapp,
    /// `[[clinic]]`, never empty.
    pub clinic: Vec<Clinic>,
    /// `[ehr]`.
    pub ehr: Ehr,
    /// `[hl7]`.
    pub hl7: Hl7,
    /// `[identify]`.
    pub identify: Identify,
    /// `[links]`.
    pub links: Links,
    /// `[audit]`.
    pub audit: Audit,
    /// `[access]`.
    pub access: Access,
    /// `[desk]`.
    pub desk: Desk,
    /// `[retention]`.
    pub retention: Retention,
}

impl Config {
    /// Reads the file at `path` under the variables `env` (see [`environment`]).
    ///
    /// # Errors
    /// Every fault at once: of the file, of each key, between keys.
    pub fn load(path: &Path, env: impl Iterator<Item = (String, String)>) -> Result<Self, Vec<Fault>> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let fix = "copy the config.toml that comes with Wasl, or name yours with --config";
            vec![Fault::new(path.display().to_string(), format!("cannot be read ({error})"), fix)]
        })?;
        Self::parse(&text, env)
    }

    /// [`Config::load`] for a text in hand. Paths in it are relative to the working directory.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, env: impl Iterator<Item = (String, String)>) -> Result<Self, Vec<Fault>> {
        let (config, book) = read(text, env)?;
        let mut faults = book.faults;
        faults.extend(check::validate(&config));
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    /// The clinics as conversations know them, in the order of the file.
    pub fn clinics(&self) -> Vec<domain::clinic::Clinic> {
        let identity = self.identify.identity(!self.links.portal_url.is_empty());
        let clinic = |entry: &Clinic| domain::clinic::Clinic { identity, ..entry.clinic.clone() };
        self.clinic.iter().map(clinic).collect()
    }
}

/// The process's environment. What is not UTF-8 keeps a replacement character, which [`Config::load`] refuses.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
}

fn read(text: &str, env: impl Iterator<Item = (String, String)>) -> Result<(Config, Book), Vec<Fault>> {
    let mut file = Value::Table(syntax(text)?);
    let mut book = Book::default();
    book.from_env = overlay::lay(&mut file, env, &mut book.faults);
    let table = if let Value::Table(table) = file { table } else { Table::new() };
    let config = Section::read(String::new(), table, &mut book, tables);
    Ok((config, book))
}

/// The text as TOML. The parser's own rendering of an error repeats the line, which may hold a secret.
fn syntax(text: &str) -> Result<Table, Vec<Fault>> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = format!("line {}", before.matches('\n').count() + 1);
        vec![Fault::new(line, "is not TOML", format!("mend it: {}", error.message().replace('\n', ", ")))]
    })
}

fn tables(s: &mut Section<'_>) -> Config {
    let server = s.table("server", Server::read);
    let data_dir = server.data_dir.clone();
    Config {
        database: s.table("database", |s| Database::read(s, &server)),
        keys: s.table("keys", |s| Keys::read(s, &server)),
        whatsapp: s.table("whatsapp", Whatsapp::read),
        clinic: s.tables("clinic", |no, s| Clinic::read(u16::try_from(no).unwrap_or(u16::MAX), s)),
        ehr: s.table("ehr", Ehr::read),
        hl7: s.table("hl7", Hl7::read),
        identify: s.table("identify", Identify::read),
        links: s.table("links", Links::read),
        audit: s.table("audit", |s| Audit::read(s, &data_dir)),
        access: s.table("access", Access::read),
        desk: s.table("desk", Desk::read),
        retention: s.table("retention", Retention::read),
        server,
    }
}
