//! What a typed text means (`conversation.md` §4): a table of words per meaning in every dialect, and a few rules.
//! Nothing here keeps or repeats what was typed.

mod gender;
mod lexicon;
mod names;
mod near;
mod ordinal;
mod patterns;
mod script;
mod secrets;
mod signs;
mod topics;
mod whole;
mod word;

#[cfg(test)]
mod tests;

use crate::domain::clinic::Locale;
use crate::domain::fold::tokens;
pub use crate::domain::fold::{LONGEST, fold};
use crate::domain::tap::Gender;
use crate::domain::when::{self, When};
pub use names::{Known, Named, named};
pub use ordinal::Ordinal;
pub use topics::Mood;
pub use word::Word;

/// What a text says. No text inside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Its meaning, if it is one we know.
    pub word: Option<Word>,
    /// The language its letters point to; `None` when they do not say (no letters, as many of both, another
    /// alphabet, Arabic written in Latin letters) or when the words are French.
    pub script: Option<Locale>,
    /// How whoever wrote it feels, also beside a request: "my back hurts, I want an appointment".
    pub mood: Option<Mood>,
    /// Which row of a list it names: "the second one".
    pub ordinal: Option<Ordinal>,
    /// The day and time it says.
    pub when: Option<When>,
    /// The doctor's gender it wishes for.
    pub gender: Option<Gender>,
    /// It begins with thanks.
    pub thanks: bool,
}

/// Reads a patient's text. Any length and any content is fine; only the first [`LONGEST`] characters count.
pub fn read(text: &str) -> Reading {
    let folded = fold(text);
    let tokens = tokens(&folded);
    let talk = topics::read(&tokens);
    let word = meaning(text, &folded, &tokens, talk.topic).or_else(|| script::asks_language(&tokens));
    Reading {
        word,
        script: script::script(&tokens),
        mood: talk.mood,
        ordinal: ordinal::ordinal(&tokens),
        when: when::read_folded(&folded),
        gender: gender::wish(&tokens),
        thanks: whole::begins_with_thanks(&tokens),
    }
}

/// The meaning: a sign; then the gravest of what is said in words of the tables and told as a secret; then what the
/// text is about; then small talk that stands in it; then a slip.
fn meaning(text: &str, folded: &str, tokens: &[&str], topic: Option<Word>) -> Option<Word> {
    if let Some(word) = signs::sign(tokens).or_else(|| question(text)) {
        return Some(word);
    }
    let (exact, rest) = whole::whole(tokens);
    let said = exact.or_else(|| whole::inside(rest));
    let request = said.filter(|word| !word.is_small_talk());
    let gravest = request.into_iter().chain(secrets::secret(folded)).min();
    gravest.or(topic).or(said).or_else(|| near::word(rest))
}

/// A bare question mark asks for help (§4.2, HELP); folding would leave nothing of it.
fn question(text: &str) -> Option<Word> {
    let marks = text.trim();
    let bare = !marks.is_empty() && marks.chars().take(LONGEST).all(|c| matches!(c, '?' | '؟' | '？'));
    bare.then_some(Word::Help)
}
