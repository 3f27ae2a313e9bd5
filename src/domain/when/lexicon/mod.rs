//! The words of `conversation.md` §5 in every dialect, as what they contribute.

mod clock;
mod days;
mod months;

use super::{Day, Part};
use crate::domain::fold::{fold, tokens};
use chrono::Weekday;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word or phrase contributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// A day in itself: today, tomorrow.
    Day(Day),
    /// "tonight": today, and a part of it.
    Tonight,
    /// A weekday by a name that means nothing else.
    Weekday(Weekday),
    /// "sat", "mon": only where the neighbours fit.
    Short(Weekday),
    /// A name that is one only after "day": "حد", "واحد".
    AfterDay(Weekday),
    /// Friday in Arabic, which is a week to some.
    Jumaa,
    /// "jom3a" without article: Friday, or a week after "in".
    BareJumaa,
    /// "جمعة" without article: a week, after "in".
    JumaaWeek,
    /// "لحد": Sunday, or until.
    Lhad,
    /// "ليوم": today, or "for the day".
    Lyoum,
    /// "اتنين": Monday, or two.
    TwoOrMonday,
    /// "tlata": Tuesday, or three.
    ThreeOrTuesday,
    /// "next".
    Next,
    /// "this".
    This,
    /// "the one after".
    AfterNext,
    /// So many of a unit; 0 where a number must stand in front.
    Units(Unit, u8),
    /// "the week", with an article.
    TheWeek,
    /// "the month", with an article.
    TheMonth,
    /// "in", "كمان": only before a length of time.
    In,
    /// "from now": behind a length of time.
    Later,
    /// "onwards": behind an hour.
    Onwards,
    /// "fifth", "الخامس": only before "of" a month.
    NthWord(u8),
    /// "after", "in".
    After,
    /// "before", "until".
    Until,
    /// "between".
    Between,
    /// "from".
    From,
    /// "to", "until".
    To,
    /// "and".
    And,
    /// "of", "the", "in the": may stand anywhere.
    Of,
    /// "le": of, or the day of the month behind it.
    Le,
    /// "a": one, or "à".
    One,
    /// "o'clock", "at": a number beside it is an hour.
    At,
    /// "مع": at in the Maghreb, with elsewhere.
    With,
    /// "o'clock" behind the number.
    Oclock,
    /// "day", "date": a number beside it is a day of the month.
    DayWord,
    /// A month by a name that means nothing else, by one that does, and by half a name ("كانون 2").
    Month(u8),
    /// "may", "مارس": only beside a number.
    WeakMonth(u8),
    /// "ماي" water, "أب" father: only right after a number.
    NumberedMonth(u8),
    /// The first of two months of a name; a 1 or 2 follows.
    MonthPair(u8, u8),
    /// A Hijri month.
    Hijri(u8),
    /// The first of two Hijri months of a name; a 1 or 2 follows.
    HijriPair(u8, u8),
    /// "هـ".
    HijriSign,
    /// "first of", "beginning", "middle", "end".
    First,
    Early,
    Mid,
    Late,
    /// "early": of a month, or of a day.
    EarlyWord,
    /// A part of the day.
    Part(Part),
    /// A part by a word that is a name or a greeting as well: only beside a day or a time.
    WeakPart(Part),
    /// Before and after noon.
    Am,
    Pm,
    /// An hour by a word, as a number.
    Spelled(u8),
    /// An hour by an ordinal: "الثالثة".
    HourOrdinal(u8),
    /// Minutes beside an hour: half, quarter, third, five times n.
    Minutes(u8),
    /// Minutes before the hour: "إلا".
    Less,
    /// "half past", "quarter past", "quarter to".
    Past,
    /// The night between two days.
    NightOf,
    /// "midnight".
    Midnight,
    /// "not" before a day; with "this" when no day follows it.
    Not,
    /// "not this one".
    NotThis,
    /// "last" behind a day, "since" before it: it is over.
    Gone,
    Since,
    /// "number", "room", "floor": a number behind it is no hour.
    Numbering,
    /// "cannot", "does not suit": a day beside it is refused.
    Refused,
    /// Polite words, "with": a number before them may still be an hour.
    Filler,
    /// A phrase that only sounds like one of the others.
    Nothing,
}

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
}

/// A row: what it contributes, and its words.
pub(super) type Row = (Mark, &'static str);

/// The tables, folded once.
pub(super) struct Lexicon {
    phrases: HashMap<String, Mark>,
    words: HashSet<String>,
    long: Vec<(String, Mark)>,
}

/// The longest phrase, in words.
pub(super) const LONGEST_PHRASE: usize = 5;

/// Latin words from this length on are known with one slip.
const SLIP: usize = 6;

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let rows = || days::ROWS.iter().chain(clock::ROWS).chain(months::ROWS);
    let mut lexicon = Lexicon { phrases: HashMap::new(), words: HashSet::new(), long: Vec::new() };
    for (mark, column) in rows() {
        for phrase in column.split([',', '،']).map(fold).filter(|phrase| !phrase.is_empty()) {
            lexicon.learn(&phrase, *mark);
        }
    }
    lexicon
});

impl Lexicon {
    fn learn(&mut self, phrase: &str, mark: Mark) {
        let words: Vec<String> = tokens(phrase).into_iter().map(str::to_owned).collect();
        if let [word] = words.as_slice()
            && word.is_ascii()
            && word.len() >= SLIP
            && word.bytes().all(|c| c.is_ascii_lowercase())
        {
            self.long.push((word.clone(), mark));
        }
        self.words.extend(words.iter().cloned());
        self.phrases.entry(words.join(" ")).or_insert(mark);
    }

    /// What exactly these words contribute.
    pub(super) fn phrase(&self, words: &[&str]) -> Option<Mark> {
        self.phrases.get(&words.join(" ")).copied()
    }

    /// A word of some phrase.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Every word that days and times are said with.
    pub(super) fn all_words(&self) -> impl Iterator<Item = &str> {
        let said = self.phrases.iter().filter(|(_, mark)| **mark != Mark::Nothing);
        said.flat_map(|(phrase, _)| phrase.split(' '))
    }

    /// A long Latin word with one slip: "tomorow", "wensday".
    pub(super) fn near(&self, word: &str) -> Option<Mark> {
        if word.len() < SLIP || !word.bytes().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        let close =
            |known: &str| known.len().abs_diff(word.len()) <= 1 && strsim::osa_distance(known, word) == 1;
        self.long.iter().find(|(known, _)| close(known)).map(|(_, mark)| *mark)
    }

    #[cfg(test)]
    pub(super) fn long_words(&self) -> impl Iterator<Item = &str> {
        self.long.iter().map(|(word, _)| word.as_str())
    }
}
