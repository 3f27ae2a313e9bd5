//! Stems in the order of a sentence, with a few other words between them: how §4.3 and what people tell of
//! themselves are recognised. A text of any length is read in one pass.

use super::fold;
use std::collections::HashMap;

/// How many other words may stand between two words of a pattern.
const GAP: usize = 2;

/// What Arabic writes onto the front of a word: and, so, with, to, as, the, from that, on the.
const PREFIXES: [&str; 20] = [
    "و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "عال", "هال", "وب", "ول", "فب",
    "لال", "وهال", "ع",
];

/// Patterns of one meaning. A column holds patterns parted by commas. In a pattern, `a|b` is either, `stem*` is
/// whatever follows; `a b` are up to [`GAP`] words apart, `a_b` right after each other.
pub(super) struct Row<T> {
    /// What they mean.
    pub what: T,
    /// Columns of patterns.
    pub columns: &'static [&'static str],
}

/// Patterns, read once.
pub(super) struct Patterns<T> {
    stems: HashMap<String, Stem>,
    known: Vec<(T, Vec<Piece>)>,
    by_first: HashMap<u32, Vec<usize>>,
}

/// The numbers under which a stem is known.
#[derive(Clone, Copy, Default)]
struct Stem {
    /// As a whole word.
    closed: Option<u32>,
    /// As the beginning of a word.
    open: Option<u32>,
}

/// One word of a pattern.
struct Piece {
    any_of: Vec<u32>,
    /// Whether it must follow at once.
    adjacent: bool,
}

/// A text, each word reduced to the stems it fits.
pub(super) struct Stems(Vec<Vec<u32>>);

/// Where a pattern was found: its meaning, its first word, and the word after its last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit<T> {
    pub what: T,
    pub at: usize,
    pub end: usize,
}

impl<T: Copy> Patterns<T> {
    /// Reads the tables.
    pub(super) fn new<'r>(rows: impl IntoIterator<Item = &'r Row<T>>) -> Self
    where
        T: 'r,
    {
        let mut patterns = Self { stems: HashMap::new(), known: Vec::new(), by_first: HashMap::new() };
        for row in rows {
            for text in row.columns.iter().copied().flat_map(parted) {
                let pieces = patterns.pieces(text);
                patterns.learn(row.what, pieces);
            }
        }
        patterns
    }

    fn learn(&mut self, what: T, pieces: Vec<Piece>) {
        let Some(first) = pieces.first() else { return };
        for id in &first.any_of {
            self.by_first.entry(*id).or_default().push(self.known.len());
        }
        self.known.push((what, pieces));
    }

    fn pieces(&mut self, pattern: &str) -> Vec<Piece> {
        let after_blank = pattern.split_whitespace().map(|chunk| chunk.split('_').enumerate());
        let words: Vec<(usize, &str)> = after_blank.flatten().collect();
        words.into_iter().map(|(n, word)| self.piece(word, n > 0)).collect()
    }

    fn piece(&mut self, word: &str, adjacent: bool) -> Piece {
        Piece { any_of: word.split('|').map(|stem| self.id(stem)).collect(), adjacent }
    }

    /// The number of a stem, a new one if need be.
    fn id(&mut self, text: &str) -> u32 {
        let open = text.ends_with('*');
        let next = u32::try_from(self.stems.values().map(Stem::count).sum::<usize>()).unwrap_or(u32::MAX);
        let stem = self.stems.entry(fold(text)).or_default();
        *if open { &mut stem.open } else { &mut stem.closed }.get_or_insert(next)
    }

    /// Every word of a text as the stems it fits, with and without what Arabic writes onto its front.
    pub(super) fn stems(&self, tokens: &[&str]) -> Stems {
        Stems(tokens.iter().map(|token| self.stems_of(token)).collect())
    }

    fn stems_of(&self, token: &str) -> Vec<u32> {
        let bare = PREFIXES.iter().filter_map(|prefix| token.strip_prefix(prefix));
        std::iter::once(token).chain(bare).flat_map(|form| self.stems_of_form(form)).collect()
    }

    fn stems_of_form<'a>(&'a self, form: &'a str) -> impl Iterator<Item = u32> + 'a {
        let ends = form.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let beginnings = ends.filter_map(|end| Some((end, self.stems.get(form.get(..end)?)?)));
        beginnings.flat_map(|(end, stem)| {
            let whole = stem.closed.filter(|_| end == form.len());
            stem.open.into_iter().chain(whole)
        })
    }

    /// Every place where a pattern stands.
    pub(super) fn hits<'a>(&'a self, text: &'a Stems) -> impl Iterator<Item = Hit<T>> + 'a {
        let places = text.0.iter().enumerate();
        let begun = places.flat_map(|(at, ids)| ids.iter().map(move |id| (at, id)));
        begun.flat_map(move |(at, id)| {
            let numbers = self.by_first.get(id).map_or(&[][..], Vec::as_slice);
            numbers.iter().filter_map(move |n| self.hit(text, at, *n))
        })
    }

    fn hit(&self, text: &Stems, at: usize, number: usize) -> Option<Hit<T>> {
        let (what, pieces) = self.known.get(number)?;
        let end = pieces.iter().skip(1).try_fold(at + 1, |next, piece| {
            let reach = if piece.adjacent { 1 } else { GAP + 1 };
            let words = text.0.iter().skip(next).take(reach);
            let found = words.into_iter().position(|ids| piece.any_of.iter().any(|id| ids.contains(id)))?;
            Some(next + found + 1)
        })?;
        Some(Hit { what: *what, at, end })
    }

    /// The text with the words of every pattern emptied, so that nothing is read from them or across them.
    pub(super) fn blanked<'t>(&self, tokens: &[&'t str]) -> Vec<&'t str> {
        let mut words = tokens.to_vec();
        for hit in self.hits(&self.stems(tokens)) {
            words.iter_mut().take(hit.end).skip(hit.at).for_each(|word| *word = "");
        }
        words
    }
}

impl Stem {
    fn count(&self) -> usize {
        usize::from(self.closed.is_some()) + usize::from(self.open.is_some())
    }
}

/// The entries of a column.
fn parted(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(['،', ',', ';']).map(str::trim).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::tokens;
    use rstest::rstest;

    fn found(pattern: &'static str, text: &str) -> Vec<(usize, usize)> {
        let columns: &'static [&'static str] = Box::leak(Box::new([pattern]));
        let patterns = Patterns::new([&Row { what: (), columns }]);
        let folded = fold(text);
        let tokens = tokens(&folded);
        patterns.hits(&patterns.stems(&tokens)).map(|hit| (hit.at, hit.end)).collect()
    }

    #[rstest]
    #[case::whole("pain", "a pain here", &[(1, 2)])]
    #[case::whole_is_not_a_beginning("pain", "painful", &[])]
    #[case::stem("pain*", "painful", &[(0, 1)])]
    #[case::either("pain|ache", "ache and pain", &[(0, 1), (2, 3)])]
    #[case::apart("my head", "my poor old head", &[(0, 4)])]
    #[case::too_far("my head", "my very poor old head", &[])]
    #[case::at_once("my_head", "my head", &[(0, 2)])]
    #[case::not_at_once("my_head", "my old head", &[])]
    #[case::order("my head", "head my", &[])]
    #[case::arabic_prefixes("صدر*", "وبالصدر لصدري", &[(1, 2)])]
    #[case::article("صدر*", "بالصدر", &[(0, 1)])]
    #[case::two_entries("pain, ache", "ache", &[(0, 1)])]
    fn patterns(#[case] pattern: &'static str, #[case] text: &str, #[case] places: &[(usize, usize)]) {
        assert_eq!(found(pattern, text), places);
    }

    #[test]
    fn harmless_words_are_emptied() {
        let patterns = Patterns::new([&Row { what: (), columns: &["killing_time"] }]);
        assert_eq!(patterns.blanked(&["killing", "time", "now"]), ["", "", "now"]);
    }
}
