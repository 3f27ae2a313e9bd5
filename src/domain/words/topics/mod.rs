//! What a text is about when it asks for nothing of the tables: health, results, goods, anger, coming late; and how whoever wrote
//! it feels. Looked for as stems in a text of any length, like the signs of §4.3.

mod anger;
mod harmless;
mod health;
mod requests;
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
    /// Something that the tables know in other words.
    Request(Word),
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
            Self::Request(word) => word,
            Self::Anger => Word::Complaint,
            Self::Insult => Word::Abuse,
        }
    }

    const fn mood(self) -> Option<Mood> {
        match self {
            Self::Symptom => Some(Mood::Hurt),
            Self::Worry => Some(Mood::Worried),
            Self::Anger | Self::Insult => Some(Mood::Frustrated),
            Self::Treatment | Self::Result | Self::Goods | Self::Late | Self::Request(_) => None,
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
/// How far before a request a "not" still turns it round.
const REFUSAL_REACH: usize = 4;

static KNOWN: LazyLock<Patterns<About>> = LazyLock::new(|| {
    Patterns::new(health::ROWS.iter().chain(wishes::ROWS).chain(anger::ROWS).chain(requests::ROWS))
});

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
    let before = words.iter().take(hit.at).rev();
    match hit.what {
        About::Request(_) => {
            let mut near = before.take(REFUSAL_REACH).skip_while(|token| LEXICON.is_bridge(token));
            near.next().is_some_and(|token| LEXICON.is_refusal(token))
        }
        _ => {
            let mut near = before.take(REACH).skip_while(|token| LEXICON.is_having(token));
            hit.what.can_be_denied() && near.next().is_some_and(|token| LEXICON.is_denial(token))
        }
    }
}
