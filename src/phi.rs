//! [`Phi`]: the only carrier of personal and health data.

use std::fmt;

/// Personal or health data. It can be neither printed, serialised nor dereferenced; `Debug` prints `[phi]`.
///
/// The one way out is [`Phi::reveal`], which the architecture test allows in `domain`, `wire`, `outbound`
/// and `store::crypt` (and in `inbound` and `web`, where values are made and a person's own file leaves) only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Wraps a value at the place where it enters the process.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, by move.
    pub fn into_revealed(self) -> T {
        self.0
    }

    /// Transforms the value without letting it out.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Phi<U> {
        Phi(f(self.0))
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[phi]")
    }
}

impl<T> From<T> for Phi<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Phi;

    #[test]
    fn debug_shows_nothing() {
        let name = Some(Phi::new(String::from("Asha")));
        assert_eq!(format!("{name:?}"), "Some([phi])");
    }
}
