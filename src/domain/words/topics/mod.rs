//! What a text is about when it asks for nothing of the tables: health, results, goods, anger, coming late; and how whoever wrote
//! it feels. Looked for as stems in a text of any length, like the signs of §4.3.

mod anger;
mod harmless;
mod health;
mod wishes;

#[cfg(test)]
mod tests;

use super::Word;
use super::lexicon::LEXICON;
use super::patterns::{Hit, Patterns};
use std::sync::LazyLock;

/// How somebody feels. In the order in which one is spoken to when there are several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Mood {
    /// Pain, or feeling ill.
    Hurt,
    /// Worry or fear.
    Worried,
    /// Annoyance, anger, tired of waiting.
    Frustrated,
}

/// What a pattern tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum About {
    /// Pain, a symptom, being ill.
    Symptom,
    /// A medicine, a dose, whether something is dangerous.
    Treatment,
    /// Fear.
    Worry,
    /// A result.
    Result,
    /// Something to buy.
    Goods,
    /// Not there in time.
    Late,
    /// Anger, or a complaint in so many words.
    Anger,
    /// An insult.
    Insult,
}

impl About {
    const fn topic(self) -> Word {
        match self {
            Self::Symptom | Self::Treatment | Self::Worry => Word::HealthQuestion,
            Self::Result => Word::ResultAsked,
            Self::Goods => Word::GoodsAsked,
            Self::Late => Word::RunningLate,
            Self::Anger => Word::Complaint,
            Self::Insult => Word::Abuse,
        }
    }

    const fn mood(self) -> Option<Mood> {
        match self {
            Self::Symptom => Some(Mood::Hurt),
            Self::Worry => Some(Mood::Worried),
            Self::Anger | Self::Insult => Some(Mood::Frustrated),
            Self::Treatment | Self::Result | Self::Goods | Self::Late => None,
        }
    }

    /// Whether a "no" in front takes it back: "no pain", "not worried", "ما عندي حرارة".
    const fn can_be_denied(self) -> bool {
        matches!(self, Self::Symptom | Self::Worry)
    }
}

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Talk {
    pub topic: Option<Word>,
    pub mood: Option<Mood>,
}

/// How far before a symptom a "no" still denies it.
const REACH: usize = 3;

static KNOWN: LazyLock<Patterns<About>> =
    LazyLock::new(|| Patterns::new(health::ROWS.iter().chain(wishes::ROWS).chain(anger::ROWS)));

static HARMLESS: LazyLock<Patterns<()>> = LazyLock::new(|| Patterns::new([&harmless::TURNS]));

/// Topic and mood, after the harmless turns of speech have been taken out.
pub(super) fn read(tokens: &[&str]) -> Talk {
    let words = HARMLESS.blanked(tokens);
    let stems = KNOWN.stems(&words);
    let told = KNOWN.hits(&stems).filter(|hit| !denied(&words, hit)).map(|hit| hit.what);
    told.fold(Talk::default(), |talk, about| Talk {
        topic: first(talk.topic, Some(about.topic())),
        mood: first(talk.mood, about.mood()),
    })
}

fn first<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    a.into_iter().chain(b).min()
}

fn denied(words: &[&str], hit: &Hit<About>) -> bool {
    let before = words.iter().take(hit.at).rev().take(REACH);
    let denial = |token: &&str| LEXICON.is_denial(token);
    hit.what.can_be_denied() && before.skip_while(|token| LEXICON.is_having(token)).take(1).any(denial)
}
