//! What is wrong with a configuration, in words an operator can act on.

use std::fmt;

/// One thing wrong with the configuration. Never holds the value of a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The key, `table.key`; entries of lists by their place from 0, as in `clinic.0.timezone`.
    pub key: String,
    /// What is wrong with it.
    pub problem: String,
    /// What to do about it.
    pub fix: String,
}

impl Fault {
    /// A fault of `key`.
    pub fn new(key: impl Into<String>, problem: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { key: key.into(), problem: problem.into(), fix: fix.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.key, self.problem, self.fix)
    }
}

impl std::error::Error for Fault {}

/// What is wrong with one value, before it is known which key it stands at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) problem: String,
    pub(super) fix: String,
}

/// Shorthand for a [`Wrong`].
pub(super) fn wrong(problem: impl Into<String>, fix: impl Into<String>) -> Wrong {
    Wrong { problem: problem.into(), fix: fix.into() }
}

impl Wrong {
    /// The fault it makes at `key`.
    pub(super) fn at(self, key: impl Into<String>) -> Fault {
        Fault { key: key.into(), problem: self.problem, fix: self.fix }
    }
}

/// `"a", "b" or "c"`.
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
