//! The tables of `conversation.md` §4.2, folded once.

mod hospital;
mod manners;
mod messages;
mod visits;

use super::{Word, fold, tokens};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// One meaning: a row of §4.2, column by column; entries are parted by commas.
pub(super) struct Row {
    /// What they mean.
    pub word: Word,
    /// Modern standard Arabic.
    pub standard: &'static str,
    /// Gulf and Iraq.
    pub gulf: &'static str,
    /// Egypt.
    pub egypt: &'static str,
    /// Levant.
    pub levant: &'static str,
    /// Maghreb.
    pub maghreb: &'static str,
    /// Arabic in Latin letters.
    pub arabizi: &'static str,
    /// English, then French.
    pub latin: &'static str,
    /// Likely slips: read as they stand, never the ground for another guess.
    pub slips: &'static str,
    /// The texts of our own buttons and rows (§2.1) and near forms of the entries.
    pub variants: &'static str,
}

impl Row {
    /// Every entry as it stands in the table, with whether it is a slip.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let regular = [
            self.standard,
            self.gulf,
            self.egypt,
            self.levant,
            self.maghreb,
            self.arabizi,
            self.latin,
            self.variants,
        ];
        let regular = regular.into_iter().flat_map(parted).map(|entry| (entry, false));
        regular.chain(parted(self.slips).map(|entry| (entry, true)))
    }
}

/// The entries of one column.
fn parted(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(['،', ',', ';']).map(str::trim).filter(|entry| !entry.is_empty())
}

/// An entry, folded.
pub(super) struct Entry {
    /// What it means.
    pub word: Word,
    /// Its words.
    pub tokens: Vec<String>,
    guessable: bool,
}

/// The tables, folded.
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    whole: HashMap<Vec<String>, Word>,
    longest: usize,
    courtesies: [Vec<Vec<String>>; 2],
    everyday: HashSet<String>,
    refusals: HashSet<String>,
    bridges: HashSet<String>,
    denials: HashSet<String>,
    having: HashSet<String>,
    whole_only: HashSet<Vec<String>>,
}

/// The one lexicon, folded at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::folded);

impl Lexicon {
    fn folded() -> Self {
        let mut entries: Vec<Entry> =
            rows().flat_map(entries_of).filter(|entry| !entry.tokens.is_empty()).collect();
        entries.sort_by_key(|entry| (entry.word, std::cmp::Reverse(entry.tokens.len())));
        let whole = entries.iter().rev().map(|entry| (entry.tokens.clone(), entry.word)).collect();
        let set = |list| parted(list).map(fold).collect::<HashSet<_>>();
        Self {
            whole,
            longest: entries.iter().map(|entry| entry.tokens.len()).max().unwrap_or_default(),
            courtesies: courtesies(&entries),
            entries,
            everyday: set(manners::EVERYDAY),
            refusals: set(manners::REFUSALS),
            bridges: set(manners::BRIDGES),
            denials: set(manners::DENIALS),
            having: set(manners::HAVING),
            whole_only: parted(manners::WHOLE_ONLY).map(owned_tokens).collect(),
        }
    }

    /// The meaning of exactly these words.
    pub(super) fn whole(&self, tokens: &[&str]) -> Option<Word> {
        if tokens.len() > self.longest {
            return None;
        }
        let key: Vec<String> = tokens.iter().map(|token| (*token).to_owned()).collect();
        self.whole.get(&key).copied()
    }

    /// Entries of two words or more, in the order in which they win; longer ones first within a meaning.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.tokens.len() > 1 && !self.whole_only.contains(&entry.tokens))
    }

    /// Entries of `count` words that a slip may stand for.
    pub(super) fn guessable(&self, count: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.guessable && entry.tokens.len() == count)
    }

    /// Phrases around a request that change nothing: politeness, and greetings with thanks. In the order in which
    /// they are taken off, the longest first.
    pub(super) fn courtesies(&self) -> &[Vec<Vec<String>>; 2] {
        &self.courtesies
    }

    /// Every entry of the tables.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Every word of the tables.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|entry| &entry.tokens).map(String::as_str)
    }

    /// A word of everyday use, never taken for a slip.
    pub(super) fn is_everyday(&self, token: &str) -> bool {
        self.everyday.contains(token)
    }

    /// A word that takes back what follows it.
    pub(super) fn is_refusal(&self, token: &str) -> bool {
        self.refusals.contains(token)
    }

    /// A word that may stand between a refusal and what it refuses.
    pub(super) fn is_bridge(&self, token: &str) -> bool {
        self.bridges.contains(token)
    }

    /// A word that denies a feeling or a symptom that follows.
    pub(super) fn is_denial(&self, token: &str) -> bool {
        self.denials.contains(token)
    }

    /// A word that may stand between a denial and what it denies.
    pub(super) fn is_having(&self, token: &str) -> bool {
        self.having.contains(token)
    }
}

/// Every row: §4.2, and those of what people ask beside it.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    messages::ROWS.iter().chain(visits::ROWS).chain(hospital::ROWS).chain(manners::ROWS).copied()
}

fn entries_of(row: &'static Row) -> impl Iterator<Item = Entry> {
    row.entries().map(|(text, slip)| {
        let tokens = owned_tokens(text);
        let guessable = !slip && (tokens.len() > 1 || !has_listed_slips_only(row.word));
        Entry { word: row.word, tokens, guessable }
    })
}

/// Our own rows have single words that are one letter from everyday ones: "التمريض" nursing and "المريض" the
/// patient, "الدوام" hours and "الدواء" medicine, "facture" and "fracture". Their slips are listed.
const fn has_listed_slips_only(word: Word) -> bool {
    use Word::{
        Address, Billing, Calendar, CallMe, Hours, Info, Nurse, Past, Privacy, ResultAsked, RunningLate,
    };
    matches!(
        word,
        Nurse
            | Billing
            | Hours
            | Address
            | Privacy
            | Info
            | ResultAsked
            | RunningLate
            | CallMe
            | Past
            | Calendar
    )
}

/// Politeness, then greetings and thanks, so that a polite greeting stays a greeting.
fn courtesies(entries: &[Entry]) -> [Vec<Vec<String>>; 2] {
    let polite = parted(manners::POLITENESS).map(owned_tokens);
    let greeting = entries.iter().filter(|entry| matches!(entry.word, Word::Hello | Word::Thanks));
    [polite.collect(), greeting.map(|entry| entry.tokens.clone()).collect()].map(longest_first)
}

fn longest_first(mut phrases: Vec<Vec<String>>) -> Vec<Vec<String>> {
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
}

fn owned_tokens(text: &str) -> Vec<String> {
    tokens(&fold(text)).into_iter().map(str::to_owned).collect()
}
