//! Matching against the tables (`conversation.md` §4.1, rules 2, 4 and 5).

use super::Word;
use super::lexicon::{Entry, LEXICON};

/// A phrase may stand inside a message of up to this many words.
const SHORT_MESSAGE: usize = 8;

/// What starts a flow that is confirmed before anything happens, and the wish for a person, may stand in a longer
/// one: people tell their story and ask at its end. The page's limit of eight protects STOP and its like.
const STORY: usize = 40;

/// How far before a phrase a "not" still turns it round: "do not want to cancel my appointment".
const REACH: usize = 4;

/// The meaning of the whole message, and the message without the courtesies around it.
pub(super) fn whole<'a, 't>(tokens: &'a [&'t str]) -> (Option<Word>, &'a [&'t str]) {
    let mut rest = tokens;
    loop {
        let word = LEXICON.whole(rest);
        match courtesy_off(rest) {
            Some(shorter) if word.is_none() => rest = shorter,
            _ => return (word, rest),
        }
    }
}

/// "Thank you, Dr Sara": what follows is whom it is for. Thanks at the end of a wish are none of this.
pub(super) fn begins_with_thanks(tokens: &[&str]) -> bool {
    let mut thanks = LEXICON.entries().filter(|entry| entry.word == Word::Thanks);
    thanks.any(|entry| tokens.get(..entry.tokens.len()).is_some_and(|front| same(front, &entry.tokens)))
}

/// The message without one courtesy, first at its beginning, then at its end; `None` when there is none or nothing
/// else.
fn courtesy_off<'a, 't>(tokens: &'a [&'t str]) -> Option<&'a [&'t str]> {
    LEXICON.courtesies().iter().find_map(|kind| {
        let shorter = || kind.iter().filter(|courtesy| courtesy.len() < tokens.len());
        let ahead = shorter().find_map(|courtesy| strip(tokens, courtesy, 0));
        ahead
            .or_else(|| shorter().find_map(|courtesy| strip(tokens, courtesy, tokens.len() - courtesy.len())))
    })
}

/// The tokens around a phrase that stands at `at`, the beginning or the end.
fn strip<'a, 't>(tokens: &'a [&'t str], phrase: &[String], at: usize) -> Option<&'a [&'t str]> {
    let (before, rest) = tokens.split_at_checked(at)?;
    let (words, after) = rest.split_at_checked(phrase.len())?;
    same(words, phrase).then_some(if at == 0 { after } else { before })
}

/// The gravest of the phrases that stand in a short message; one that is part of a longer one says nothing by
/// itself: "my appointments" in "delete my appointments", "عيطو ليا" in "عيطو ليا في التليفون".
pub(super) fn inside(tokens: &[&str]) -> Option<Word> {
    let heard = |phrase: &&Entry| tokens.len() <= if is_safe(phrase.word) { STORY } else { SHORT_MESSAGE };
    let places: Vec<Place> =
        LEXICON.phrases().filter(heard).flat_map(|phrase| places(tokens, phrase)).collect();
    let alone = |place: &&Place| !places.iter().any(|other| other.covers(place));
    places.iter().filter(alone).map(|place| place.word).min()
}

/// Meanings that nothing comes of without another step of the patient, or that only bring people.
const fn is_safe(word: Word) -> bool {
    use Word::{Book, CallMe, CancelIt, Mine, Move, Past, Person, RunningLate};
    matches!(word, Person | Book | Move | CancelIt | Mine | Past | CallMe | RunningLate)
}

struct Place {
    word: Word,
    at: usize,
    end: usize,
}

impl Place {
    fn covers(&self, other: &Self) -> bool {
        let longer = self.end - self.at > other.end - other.at;
        longer && self.at <= other.at && other.end <= self.end
    }
}

fn places<'a>(tokens: &'a [&'a str], phrase: &'a Entry) -> impl Iterator<Item = Place> + 'a {
    let windows = tokens.windows(phrase.tokens.len()).enumerate();
    let found = windows.filter(|(at, words)| {
        stands(words, &phrase.tokens) && !(can_be_refused(phrase.word) && refused(tokens, *at))
    });
    found.map(|(at, words)| Place { word: phrase.word, at, end: at + words.len() })
}

fn same(typed: &[&str], known: &[String]) -> bool {
    typed.iter().eq(known.iter())
}

/// The same words, the first perhaps with an "and" or "so" written onto it: "وعايز أحجز".
fn stands(typed: &[&str], known: &[String]) -> bool {
    let joined = || typed.first().and_then(|word| word.strip_prefix(['و', 'ف'])).zip(typed.get(1..));
    same(typed, known)
        || joined().is_some_and(|(first, rest)| {
            known.first().is_some_and(|word| word == first)
                && known.get(1..).is_some_and(|known| same(rest, known))
        })
}

/// Meanings that a "not" in front takes back. STOP, a person and a wrong number stand even then: they ask little
/// of us, and missing one costs more.
fn can_be_refused(word: Word) -> bool {
    !matches!(word, Word::Stop | Word::Person | Word::WrongNumber | Word::Help | Word::Yes | Word::No)
}

/// True when what stands right before a phrase at `at` takes it back: "ما أبي موعد", "إلغاء حجز موعد",
/// "don't want to cancel my appointment".
fn refused(tokens: &[&str], at: usize) -> bool {
    let before = tokens.iter().take(at).rev().take(REACH);
    before.skip_while(|token| LEXICON.is_bridge(token)).take(1).any(|token| LEXICON.is_refusal(token))
}
