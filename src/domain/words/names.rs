//! A service or a doctor named inside a free text, in either language. The names come from the clinic and the EHR; the
//! text is compared in memory and forgotten.

mod forms;

#[cfg(test)]
mod tests;

use forms::{Form, forms, is_everyday};

/// At most so many are worth asking about ("did you mean one of these?").
const SEVERAL: usize = 3;
/// A slip is forgiven in words from this length on, where a title stands before them, and without one.
const SLIP_TITLED: usize = 4;
const SLIP: usize = 6;
/// Two slips from this length on.
const TWO_SLIPS: usize = 9;
/// Latin words that begin with this many equal letters are one.
const ROOT: usize = 7;
/// Shorter words are no names without a title.
const SHORTEST: usize = 3;

/// Something with names, prepared once: folded, titles dropped, in words.
#[derive(Clone, Debug)]
pub struct Known<K> {
    key: K,
    names: Vec<Vec<Form>>,
    /// People write names of persons in the other alphabet by their sound; of things they use the word.
    by_sound: bool,
}

impl<K> Known<K> {
    /// A service by all its names, in both languages. "Dr Sara" is no family doctor ("أسرة" has the same consonants).
    pub fn service(key: K, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self { by_sound: false, ..Self::doctor(key, names) }
    }

    /// A doctor by all their names, in both languages.
    pub fn doctor(key: K, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let names = names.into_iter().map(|name| forms(name.as_ref())).filter(|name| !name.is_empty());
        Self { key, names: names.collect(), by_sound: true }
    }
}

/// What a text names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named<K> {
    /// Nothing that is known.
    None,
    /// This one.
    One(K),
    /// One of these, two or three; of more, the first three.
    Several(Vec<K>),
}

/// The known ones that a text names: those with the most words of their name in it, whole names before parts.
/// Tolerates the article, spelling slips in longer words, and names written in the other alphabet behind a title;
/// never takes an everyday word for a name unless a title stands before it or it is the whole of a longer name.
pub fn named<K: Clone + PartialEq>(text: &str, known: &[Known<K>]) -> Named<K> {
    let typed = forms(text);
    let ranks = known.iter().filter_map(|one| Some((rank(&typed, one)?, &one.key)));
    let mut best: Vec<(Rank, &K)> = Vec::new();
    for (rank, key) in ranks {
        let leading = best.first().map(|(first, _)| *first);
        if leading.is_none_or(|first| rank > first) {
            best.clear();
        }
        if leading.is_none_or(|first| rank >= first) && !best.iter().any(|(_, other)| *other == key) {
            best.push((rank, key));
        }
    }
    match best.as_slice() {
        [] => Named::None,
        [(_, key)] => Named::One((*key).clone()),
        several => Named::Several(several.iter().take(SEVERAL).map(|(_, key)| (*key).clone()).collect()),
    }
}

/// How well a name is met: words of it, whether all of them, how exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Rank {
    words: usize,
    whole: bool,
    likeness: u32,
}

/// How like a word of the text is to one of a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Like {
    /// The same sounds in the other alphabet.
    Sound = 1,
    /// A slip away.
    Slip,
    /// The same word.
    Same,
}

fn rank<K>(typed: &[Form], known: &Known<K>) -> Option<Rank> {
    known.names.iter().filter_map(|name| rank_of(typed, name, known.by_sound)).max()
}

fn rank_of(typed: &[Form], name: &[Form], by_sound: bool) -> Option<Rank> {
    let met = name.iter().filter_map(|word| best(typed, word));
    let met: Vec<Met<'_>> = met.filter(|met| by_sound || met.like != Like::Sound).collect();
    let counts = met.iter().any(stands_out) || (met.len() > 1 && stand_together(&met));
    let likeness = met.iter().map(|met| met.like as u32 + u32::from(met.form.titled)).sum();
    counts.then_some(Rank { words: met.len(), whole: met.len() == name.len(), likeness })
}

/// A word of a name that was met in the text.
struct Met<'t> {
    like: Like,
    at: usize,
    form: &'t Form,
}

fn best<'t>(typed: &'t [Form], word: &Form) -> Option<Met<'t>> {
    let met =
        typed.iter().enumerate().filter_map(|(at, form)| Some(Met { like: like(form, word)?, at, form }));
    met.max_by_key(|met| (met.like, met.form.titled))
}

/// Words that can only be meant as a name.
fn stands_out(met: &Met<'_>) -> bool {
    match met.like {
        Like::Same => met.form.titled || (met.form.length() >= SHORTEST && !is_everyday(&met.form.text)),
        Like::Slip | Like::Sound => true,
    }
}

/// Everyday words are a name where they stand side by side: "Will Young".
fn stand_together(met: &[Met<'_>]) -> bool {
    let places = || met.iter().map(|met| met.at);
    places().max().zip(places().min()).is_some_and(|(last, first)| last - first + 1 == met.len())
}

/// "cardiologist" for "cardiology".
fn same_root(typed: &str, word: &str) -> bool {
    let same = typed.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    typed.is_ascii() && same >= ROOT
}

fn like(typed: &Form, word: &Form) -> Option<Like> {
    if typed.text == word.text {
        return Some(Like::Same);
    }
    let (long, meant) = (typed.length(), word.length());
    let shorter = long.min(meant);
    let slips = if shorter >= TWO_SLIPS { 2 } else { 1 };
    let long_enough = shorter >= if typed.titled { SLIP_TITLED } else { SLIP };
    let near = || {
        let slip = long.abs_diff(meant) <= slips && strsim::osa_distance(&typed.text, &word.text) <= slips;
        slip || same_root(&typed.text, &word.text)
    };
    if long_enough && !is_everyday(&typed.text) && near() {
        return Some(Like::Slip);
    }
    let other_alphabet = typed.text.is_ascii() != word.text.is_ascii();
    let sounds = typed.titled && other_alphabet && !typed.sound.is_empty() && typed.sound == word.sound;
    sounds.then_some(Like::Sound)
}
