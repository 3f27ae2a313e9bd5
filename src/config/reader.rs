//! Reads tables key by key and collects every fault, so that an operator sees them all at once.

use super::fault::{Fault, Wrong, one_of, wrong};
use super::overlay::{FromEnv, variable};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// What reading has found so far.
#[derive(Default)]
pub(super) struct Book {
    pub(super) faults: Vec<Fault>,
    /// Every key that was asked for, lists as `clinic[].id`: what the documentation must list.
    pub(super) keys: BTreeSet<String>,
    pub(super) from_env: FromEnv,
}

/// One table while it is read. Every getter returns a usable value even where it notes a fault; a
/// configuration with faults is never handed out.
pub(super) struct Section<'b> {
    path: String,
    table: Table,
    known: Vec<&'static str>,
    book: &'b mut Book,
}

impl<'b> Section<'b> {
    /// Reads the table at `path` with `read`, then refuses the keys nobody asked for.
    pub(super) fn read<T>(
        path: String,
        table: Table,
        book: &'b mut Book,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let mut section = Self { path, table, known: Vec::new(), book };
        let value = read(&mut section);
        section.refuse_the_rest();
        value
    }

    /// The full name of `key`.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notes that something is wrong with `key`.
    pub(super) fn fault(&mut self, key: &str, wrong: Wrong) {
        let mut fault = wrong.at(self.at(key));
        if self.book.from_env.contains_key(&fault.key) {
            fault.problem.push_str(&format!(" (set by {})", variable(&fault.key)));
        }
        self.book.faults.push(fault);
    }

    /// Notes that `key` is missing.
    pub(super) fn missing(&mut self, key: &str, example: &str) {
        self.fault(key, wrong("is missing", format!("set it, as in {key} = {example}")));
    }

    /// Takes `key` as it stands.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Value> {
        self.book.keys.insert(documented(&self.at(key)));
        self.inner(key)
    }

    fn inner(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.table.remove(key)
    }

    fn kind(&mut self, key: &str, want: &str, found: &Value) {
        let problem = format!("must be {want}, found {}", article(found.type_str()));
        self.fault(key, wrong(problem, "see docs/CONFIGURATION.md for its form"));
    }

    /// A string. From the environment anything is one, so that a token of digits needs no quotes.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            other => self.raw(key).or_else(|| {
                self.kind(key, "a string", &other);
                None
            }),
        }
    }

    fn raw(&self, key: &str) -> Option<String> {
        self.book.from_env.get(&self.at(key)).cloned()
    }

    /// A string read by `parse`; `None` where it is missing or wrong.
    pub(super) fn given<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let text = self.text(key)?;
        parse(&text).map_err(|wrong| self.fault(key, wrong)).ok()
    }

    /// Like [`Self::given`], with a default.
    pub(super) fn or<T>(
        &mut self,
        key: &'static str,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> T {
        self.given(key, parse).unwrap_or(default)
    }

    /// Like [`Self::given`], but it must be there.
    pub(super) fn need<T: Default>(
        &mut self,
        key: &'static str,
        example: &str,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> T {
        if !self.table.contains_key(key) {
            self.missing(key, example);
        }
        self.given(key, parse).unwrap_or_default()
    }

    /// One of the `built` values, the first of them by default; those of later versions have their own answer.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        built: &[(&str, T)],
        later: &[&str],
    ) -> Option<T> {
        let names: Vec<&str> = built.iter().map(|(name, _)| *name).collect();
        let fix = format!("use {}", one_of(&names));
        let Some(text) = self.text(key) else { return built.first().map(|(_, value)| *value) };
        let found = built.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() && later.contains(&text.as_str()) {
            self.fault(key, wrong(format!("{text:?} is not built yet in this version"), fix));
        } else if found.is_none() {
            self.fault(key, wrong(format!("{text:?} is not one of its values"), fix));
        }
        found
    }

    /// A list of strings.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        let text = |(no, value): (usize, &Value)| match value {
            Value::String(text) => Some(text.clone()),
            _ => self.raw(&format!("{key}.{no}")),
        };
        let texts = value.as_array().and_then(|list| list.iter().enumerate().map(text).collect());
        if texts.is_none() {
            self.kind(key, "a list of strings", &value);
        }
        texts
    }

    /// A list of strings, each read by `parse`; `None` where it is missing or one is wrong.
    pub(super) fn each<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Vec<T>> {
        let texts = self.texts(key)?;
        let read: Vec<Option<T>> =
            texts.iter().map(|text| parse(text).map_err(|wrong| self.fault(key, wrong)).ok()).collect();
        read.into_iter().collect()
    }

    /// A whole number within `range`.
    pub(super) fn whole(
        &mut self,
        key: &'static str,
        default: u32,
        range: std::ops::RangeInclusive<u32>,
    ) -> u32 {
        self.whole_if(key, range).unwrap_or(default)
    }

    /// A whole number within `range`, if it is there.
    pub(super) fn whole_if(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        match self.take(key)? {
            Value::Integer(n) => self.within(key, n, range),
            other => {
                self.kind(key, "a whole number", &other);
                None
            }
        }
    }

    fn within(&mut self, key: &str, n: i64, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let fit = u32::try_from(n).ok().filter(|n| range.contains(n));
        if fit.is_none() {
            let fix = format!("use a whole number from {} to {}", range.start(), range.end());
            self.fault(key, wrong(format!("{n} is out of range"), fix));
        }
        fit
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, default: bool) -> bool {
        match self.take(key) {
            None => default,
            Some(Value::Boolean(flag)) => flag,
            Some(other) => {
                self.kind(key, "true or false", &other);
                default
            }
        }
    }

    /// A table below this one; an absent one is read as empty, so that its missing keys are named.
    pub(super) fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Section<'_>) -> T) -> T {
        let path = self.at(key);
        let table = match self.inner(key) {
            None => Table::new(),
            Some(Value::Table(table)) => table,
            Some(other) => {
                self.kind(key, "a table", &other);
                Table::new()
            }
        };
        Section::read(path, table, self.book, read)
    }

    /// Whether `key` is written in this table.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A table below this one, if it is there.
    pub(super) fn table_if<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_>) -> T,
    ) -> Option<T> {
        if self.has(key) {
            return Some(self.table(key, read));
        }
        self.known.push(key);
        None
    }

    /// A list of tables.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(usize, &mut Section<'_>) -> T,
    ) -> Vec<T> {
        let list = match self.inner(key) {
            None => Vec::new(),
            Some(Value::Array(list)) if list.iter().all(Value::is_table) => list,
            Some(other) => {
                let problem = format!("must be a list of tables, found {}", article(other.type_str()));
                self.fault(key, wrong(problem, format!("write each as [[{}]]", heading(&self.at(key)))));
                Vec::new()
            }
        };
        let tables = list
            .into_iter()
            .filter_map(|value| if let Value::Table(table) = value { Some(table) } else { None });
        let named = tables.enumerate().map(|(no, table)| (no, format!("{}.{no}", self.at(key)), table));
        named
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(no, path, table)| Section::read(path, table, self.book, |s| read(no, s)))
            .collect()
    }

    fn refuse_the_rest(mut self) {
        for key in std::mem::take(&mut self.table).keys() {
            let fix = match nearest(key, &self.known) {
                Some(known) => format!("did you mean {known}?"),
                None => format!("remove it, or use one of {}", self.known.join(", ")),
            };
            self.fault(key, wrong("unknown key", fix));
        }
    }
}

/// The known key that `key` was probably meant to be: at most a third of its letters differ.
fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(key, known);
    let best = known.iter().min_by_key(|known| distance(known))?;
    (distance(best) <= (key.chars().count() / 3).max(1)).then_some(*best)
}

/// `clinic.0.service.1.id` as the documentation writes it: `clinic[].service[].id`.
pub(super) fn documented(key: &str) -> String {
    key.split('.').fold(String::new(), |name, part| match part.parse::<usize>() {
        Ok(_) => name + "[]",
        Err(_) if name.is_empty() => part.to_owned(),
        Err(_) => name + "." + part,
    })
}

fn heading(key: &str) -> String {
    documented(key).replace("[]", "")
}

fn article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}
