//! What a typed word means. Understood in memory from lists, never kept, never repeated; nothing learnt decides.

mod fold;
mod lexicon;
mod signs;

pub use fold::fold;

use crate::domain::clinic::Locale;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A meaning of the lists in `conversation.md` §4.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Word {
    /// No more messages.
    Stop = 1,
    /// Messages again.
    Start = 2,
    /// A person.
    Person = 3,
    /// All options.
    Menu = 4,
    /// What can be done here.
    Help = 5,
    /// A new appointment.
    Book = 6,
    /// My appointments.
    Mine = 7,
    /// Another time.
    Move = 8,
    /// No appointment.
    CancelIt = 9,
    /// A bare "cancel": the appointment to some, the messages to others.
    CancelOrStop = 10,
    /// Yes.
    Yes = 11,
    /// No.
    No = 12,
    /// A greeting.
    Hello = 13,
    /// Thanks.
    Thanks = 14,
    /// Arabic, please.
    LanguageAr = 15,
    /// English, please.
    LanguageEn = 16,
    /// Which language?
    LanguageAsk = 17,
    /// This number is not the patient's.
    WrongNumber = 18,
    /// The link does not open.
    NewLink = 19,
    /// Erasure.
    DeleteData = 20,
    /// I will come.
    WillCome = 21,
    /// Signs of an emergency.
    Emergency = 22,
    /// Signs of distress.
    Distress = 23,
    /// The patient died.
    DeathTold = 24,
}

impl Word {
    const ALL: [Self; 24] = [
        Self::Stop,
        Self::Start,
        Self::Person,
        Self::Menu,
        Self::Help,
        Self::Book,
        Self::Mine,
        Self::Move,
        Self::CancelIt,
        Self::CancelOrStop,
        Self::Yes,
        Self::No,
        Self::Hello,
        Self::Thanks,
        Self::LanguageAr,
        Self::LanguageEn,
        Self::LanguageAsk,
        Self::WrongNumber,
        Self::NewLink,
        Self::DeleteData,
        Self::WillCome,
        Self::Emergency,
        Self::Distress,
        Self::DeathTold,
    ];

    /// The number in sealed rows. Never changes.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Reads [`Word::code`].
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.code() == code)
    }
}

/// What a person feels, where a text shows it; acknowledged before any administrative step.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mood {
    /// Worry or fear.
    Worried,
    /// Pain, or feeling ill.
    Hurt,
    /// Annoyance with us.
    Frustrated,
}

/// What a text amounts to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Its meaning, if it has one of the lists'.
    pub word: Option<Word>,
    /// The language of its letters, if clear.
    pub script: Option<Locale>,
}

/// A phrase of the lists may stand inside a message of up to so many words (§4.1).
const SHORT: usize = 8;
/// Near misses count for words of so many letters or more (§4.1).
const LONG_WORD: usize = 5;
/// Words of everyday use that are one edit from a word of the lists and never mean it (§4.1).
const EVERYDAY: &[&str] = &["وقت", "الغداء", "موقف", "القادمة", "تشكيل", "عجز", "shop", "step", "confirmed"];
/// What people add out of politeness (§4.1).
const POLITE: &[&str] = &["لو سمحت", "لو سمحتم", "من فضلك", "الله يخليك", "عافاك", "please", "pls"];
/// A bare "cancel" (§4.1).
const BARE_CANCEL: &[&str] = &["إلغاء", "الغاء", "cancel"];
/// French words in Latin letters: obeyed where listed, but the language stays to be asked.
const FRENCH: &[&str] = &["bonjour", "bonsoir", "salut", "merci", "oui", "rdv", "rendez-vous", "annuler"];

struct Lists {
    whole: HashMap<String, Word>,
    phrases: Vec<(String, Word)>,
    long: Vec<(String, Word)>,
    everyday: Vec<String>,
    polite: Vec<String>,
    cancel: Vec<String>,
    signs: Vec<(Vec<String>, Word)>,
    no_signs: Vec<String>,
    french: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let folded = |texts: &[&str]| texts.iter().map(|text| fold(text)).collect::<Vec<_>>();
    let mut lists = Lists {
        whole: HashMap::new(),
        phrases: vec![],
        long: vec![],
        everyday: folded(EVERYDAY),
        polite: folded(POLITE),
        cancel: folded(BARE_CANCEL),
        signs: vec![],
        no_signs: folded(signs::NO_SIGNS),
        french: folded(FRENCH),
    };
    for (word, texts) in lexicon::LISTS {
        for text in folded(texts).into_iter().filter(|text| !text.is_empty()) {
            if text.contains(' ') {
                lists.phrases.push((text.clone(), *word));
            } else if text.chars().count() >= LONG_WORD {
                lists.long.push((text.clone(), *word));
            }
            lists.whole.entry(text).or_insert(*word);
        }
    }
    for (word, texts) in signs::SIGNS {
        for text in folded(texts) {
            lists.signs.push((text.split(' ').map(str::to_owned).collect(), *word));
        }
    }
    lists
});

/// Reads a text. Emergency and distress come before everything, then the lists in their order.
pub fn read(text: &str) -> Reading {
    let folded = fold(text);
    Reading { word: meaning(&folded), script: script(&folded) }
}

fn meaning(folded: &str) -> Option<Word> {
    if let Some(sign) = sign(folded) {
        return Some(sign);
    }
    let bare = without_politeness(folded);
    let lists = &*LISTS;
    if lists.cancel.contains(&bare) {
        return Some(Word::CancelOrStop);
    }
    lists.whole.get(&bare).copied().or_else(|| inside(&bare)).or_else(|| near(&bare))
}

fn without_politeness(folded: &str) -> String {
    let mut bare = format!(" {folded} ");
    for polite in &LISTS.polite {
        bare = bare.replace(&format!(" {polite} "), " ");
    }
    bare.trim().to_owned()
}

/// A phrase of two words or more inside a short message.
fn inside(bare: &str) -> Option<Word> {
    if bare.split(' ').count() > SHORT {
        return None;
    }
    let padded = format!(" {bare} ");
    LISTS.phrases.iter().find(|(phrase, _)| padded.contains(&format!(" {phrase} "))).map(|(_, word)| *word)
}

/// One edit from a long word, and no word of everyday use.
fn near(bare: &str) -> Option<Word> {
    let alone = !bare.contains(' ') && bare.chars().count() >= LONG_WORD;
    if !alone || LISTS.everyday.iter().any(|word| word == bare) {
        return None;
    }
    LISTS.long.iter().find(|(word, _)| strsim::osa_distance(word, bare) <= 1).map(|(_, word)| *word)
}

/// Signs are looked for as stems anywhere, after everyday phrases that only look like them are taken out.
fn sign(folded: &str) -> Option<Word> {
    let mut text = format!(" {folded} ");
    for phrase in &LISTS.no_signs {
        text = text.replace(&format!(" {phrase} "), " ");
    }
    let tokens: Vec<&str> = text.split_whitespace().collect();
    LISTS.signs.iter().find(|(sign, _)| holds(&tokens, sign)).map(|(_, word)| *word)
}

fn holds(tokens: &[&str], sign: &[String]) -> bool {
    tokens.windows(sign.len()).any(|window| window.iter().zip(sign).all(|(token, stem)| begins(token, stem)))
}

/// A token is a stem with an ending, or with the conjunctions and articles that Arabic writes on to it; a short
/// stem has neither.
fn begins(token: &str, stem: &str) -> bool {
    const SHORT_STEM: usize = 4;
    if token == stem {
        return true;
    }
    if stem.chars().count() < SHORT_STEM {
        return false;
    }
    let bare = ["وال", "ال", "و", "ف", "ب"].iter().find_map(|prefix| token.strip_prefix(prefix));
    token.starts_with(stem) || bare.is_some_and(|bare| bare.starts_with(stem))
}

/// By counting letters; French and other Latin text is no sign of English where it is plainly French.
fn script(folded: &str) -> Option<Locale> {
    let arabic = folded.chars().filter(|c| ('\u{621}'..='\u{64A}').contains(c)).count();
    let latin = folded.chars().filter(|c| c.is_alphabetic() && c.is_ascii()).count();
    let other = folded.chars().filter(|c| c.is_alphabetic()).count() - arabic - latin;
    if folded.split(' ').any(|word| LISTS.french.iter().any(|french| french == word)) {
        return None;
    }
    if arabic > latin + other {
        Some(Locale::Ar)
    } else if latin > arabic && other == 0 {
        Some(Locale::En)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
