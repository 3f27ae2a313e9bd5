//! Slips of the finger that no table lists (`conversation.md` §4.1, rule 3).

use super::Word;
use super::lexicon::{Entry, LEXICON};

/// Shorter words are never guessed: "وقف" stop and "وقت" time are one letter apart.
const SHORTEST: usize = 5;

/// The meaning of the words one edit away, if there is just one: a letter more, less, other, or two swapped.
pub(super) fn word(tokens: &[&str]) -> Option<Word> {
    let mut words =
        LEXICON.guessable(tokens.len()).filter(|entry| is_near(tokens, entry)).map(|entry| entry.word);
    let first = words.next()?;
    words.all(|word| word == first).then_some(first)
}

/// Exactly one word differs, by one edit, and is no word of everyday use.
fn is_near(tokens: &[&str], entry: &Entry) -> bool {
    let mut other = tokens.iter().zip(&entry.tokens).filter(|(typed, known)| **typed != known.as_str());
    match (other.next(), other.next()) {
        (Some((typed, known)), None) => is_slip(typed, known),
        _ => false,
    }
}

fn is_slip(typed: &str, known: &str) -> bool {
    let (long, meant) = (typed.chars().count(), known.chars().count());
    long >= SHORTEST
        && meant >= SHORTEST
        && long.abs_diff(meant) <= 1
        && !LEXICON.is_everyday(typed)
        && strsim::osa_distance(typed, known) == 1
}
