//! Signs of danger, despair and death (`conversation.md` §4.3). Recall counts first: a doubtful hit is answered
//! with a way back, a missed one is not answered at all.

mod danger;
mod harmless;
mod sorrow;

#[cfg(test)]
mod tests;

use super::Word;
use super::patterns::Patterns;
use std::sync::LazyLock;

static KNOWN: LazyLock<Patterns<Word>> =
    LazyLock::new(|| Patterns::new(danger::SIGNS.iter().chain(sorrow::SIGNS)));

static HARMLESS: LazyLock<Patterns<()>> = LazyLock::new(|| Patterns::new([&harmless::TURNS]));

/// The gravest sign in a text of any length, after the harmless turns of speech have been taken out of it.
pub(super) fn sign(tokens: &[&str]) -> Option<Word> {
    let words = HARMLESS.blanked(tokens);
    KNOWN.hits(&KNOWN.stems(&words)).map(|hit| hit.what).min()
}
