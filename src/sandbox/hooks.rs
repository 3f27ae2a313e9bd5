//! What the composer can tell of the gateway, for the panel beside the phone.

use futures_util::future::BoxFuture;

/// A table of the gateway's database.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, each with what the manifest says it holds.
    pub columns: Vec<(String, String)>,
    /// Its rows as they lie there, bytes in hex.
    pub rows: Vec<Vec<String>>,
}

/// Asks for the tables with their rows.
pub type Dump = dyn Fn() -> BoxFuture<'static, Vec<Table>> + Send + Sync;

/// A template as Meta has approved it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Approved {
    /// Its text with `{{parameter}}` in place of values.
    pub text: String,
    /// Its footer.
    pub footer: String,
    /// Its quick replies, in order.
    pub replies: Vec<String>,
}

/// Looks up a template by name and language.
pub type Lookup = dyn Fn(&str, &str) -> Option<Approved> + Send + Sync;
