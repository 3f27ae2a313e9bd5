//! A folded text as numbers and marks.

use super::lexicon::{LEXICON, LONGEST_PHRASE, Mark};

/// How many words are looked at: a date does not need more.
const MOST_WORDS: usize = 200;
/// A word with something written onto its front must have this many letters left.
const SHORTEST_REST: usize = 3;
/// Longer runs of digits are telephone numbers and the like.
const MOST_DIGITS: usize = 4;

/// A word or number, as far as it concerns days and times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Item {
    /// A known word.
    Mark(Mark),
    /// Digits.
    Number(Number),
    /// Two numbers joined by a sign: "12/5", "15:30".
    Pair(Number, char, Number),
    /// Three: "5/12/2026".
    Triple(Number, Number, Number),
    /// Anything else.
    Other,
}

/// Digits as they were typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Number {
    pub value: u16,
    /// How many digits: "05" has two.
    pub digits: usize,
    /// Written as an ordinal: "5th".
    pub nth: bool,
}

/// The items of a folded text.
pub(super) fn items(folded: &str) -> Vec<Item> {
    let raw = Scanner { rest: folded, last: "" }.take(MOST_WORDS).collect::<Vec<_>>();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(piece) = raw.get(at) {
        at += match piece {
            Raw::Word(_) => marks(raw.get(at..).unwrap_or_default(), &mut items),
            Raw::Numbers(parts, signs, nth) => {
                items.push(numbers(parts, signs, *nth));
                1
            }
        };
    }
    items
}

/// A run of letters, or numbers with the signs between them.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Raw<'a> {
    Word(&'a str),
    Numbers(Vec<&'a str>, Vec<char>, bool),
}

/// Reads the longest known phrase at the front, and returns how many words it took.
fn marks(raw: &[Raw<'_>], items: &mut Vec<Item>) -> usize {
    let words: Vec<&str> = raw
        .iter()
        .take(LONGEST_PHRASE)
        .map_while(|piece| if let Raw::Word(word) = piece { Some(*word) } else { None })
        .collect();
    for count in (1..=words.len()).rev() {
        let phrase = words.get(..count).unwrap_or_default();
        if let Some(found) = LEXICON.phrase(phrase).map(|mark| vec![mark]).or_else(|| with_prefix(phrase)) {
            items.extend(found.into_iter().map(Item::Mark));
            return count;
        }
    }
    let near = words.first().and_then(|word| LEXICON.near(word));
    items.push(near.map_or(Item::Other, Item::Mark));
    1
}

/// What Arabic writes onto the front of a word, and what it contributes: and, to, on the, this.
const PREFIXES: [(&str, &str, Option<Mark>); 10] = [
    ("وهال", "ال", Some(Mark::This)),
    ("هال", "ال", Some(Mark::This)),
    ("بهال", "ال", Some(Mark::This)),
    ("عال", "ال", None),
    ("فال", "ال", None),
    ("لل", "ال", Some(Mark::To)),
    ("و", "", Some(Mark::And)),
    ("ل", "", Some(Mark::To)),
    ("ب", "", None),
    ("ف", "", None),
];

fn with_prefix(phrase: &[&str]) -> Option<Vec<Mark>> {
    let (first, rest) = phrase.split_first()?;
    PREFIXES.iter().find_map(|(prefix, article, mark)| {
        let bare = first.strip_prefix(prefix).filter(|bare| bare.chars().count() >= SHORTEST_REST)?;
        let word = format!("{article}{bare}");
        let words: Vec<&str> = std::iter::once(word.as_str()).chain(rest.iter().copied()).collect();
        Some(mark.iter().copied().chain([LEXICON.phrase(&words)?]).collect())
    })
}

fn numbers(parts: &[&str], signs: &[char], nth: bool) -> Item {
    let parsed: Option<Vec<Number>> = parts.iter().map(|part| number(part, nth)).collect();
    match (parsed.as_deref(), signs) {
        (Some([one]), _) => Item::Number(*one),
        (Some([a, b]), [sign]) => Item::Pair(*a, *sign, *b),
        (Some([a, b, c]), [one, two]) if one == two && *one != ':' => Item::Triple(*a, *b, *c),
        (Some([a, b, _]), [':', ':']) => Item::Pair(*a, ':', *b),
        _ => Item::Other,
    }
}

fn number(digits: &str, nth: bool) -> Option<Number> {
    let short = digits.len() <= MOST_DIGITS;
    short.then(|| Some(Number { value: digits.parse().ok()?, digits: digits.len(), nth })).flatten()
}

/// What says which half of the day an hour is of, right behind it.
const HALVES: [&str; 4] = ["am", "pm", "ص", "م"];

/// Cuts a folded text into words and numbers.
struct Scanner<'a> {
    rest: &'a str,
    /// The last word, nothing behind a number.
    last: &'a str,
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Raw<'a>> {
        let start = self.rest.find(char::is_alphanumeric)?;
        let (gap, rest) = self.rest.split_at_checked(start)?;
        self.rest = rest;
        let run = self.run(char::is_alphanumeric);
        let last = std::mem::replace(&mut self.last, run);
        let digits = run.starts_with(|c: char| c.is_ascii_digit());
        // "v1.2.3": what hangs on a word by a point is part of it.
        if digits && gap == "." && !last.is_empty() {
            self.skip(run.len());
            return Some(Raw::Word(run));
        }
        // "3pm-5pm": the stroke is a "to".
        if digits && gap.contains(['-', '\u{2013}', '\u{2014}']) && HALVES.contains(&last) {
            return Some(Raw::Word("to"));
        }
        if LEXICON.knows(run) && !run.bytes().all(|c| c.is_ascii_digit()) {
            self.skip(run.len());
            return Some(Raw::Word(run));
        }
        if run.starts_with(|c: char| c.is_ascii_digit()) { self.numbers() } else { self.word(run) }
    }
}

impl<'a> Scanner<'a> {
    fn run(&self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        self.rest.get(..end).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// A word; digits behind a known one or behind Arabic letters are apart: "عال3", "dec5".
    fn word(&mut self, run: &'a str) -> Option<Raw<'a>> {
        let letters = self.run(|c| c.is_alphanumeric() && !c.is_ascii_digit());
        let apart = letters.len() < run.len() && (!letters.is_ascii() || LEXICON.knows(letters));
        let word = if apart { letters } else { run };
        self.skip(word.len());
        Some(Raw::Word(word))
    }

    /// Up to three numbers with the same kind of sign between them, and what is written onto their end.
    fn numbers(&mut self) -> Option<Raw<'a>> {
        self.last = "";
        let mut parts = vec![self.digits()];
        let mut signs = Vec::new();
        while parts.len() < 3
            && let Some((sign, length)) = self.sign()
        {
            signs.push(sign);
            self.skip(length);
            parts.push(self.digits());
        }
        let end = self.run(char::is_alphabetic);
        match end {
            "st" | "nd" | "rd" | "th" | "er" | "eme" => {
                self.skip(end.len());
                Some(Raw::Numbers(parts, signs, true))
            }
            _ if end.is_empty() || !end.is_ascii() || LEXICON.knows(end) => {
                Some(Raw::Numbers(parts, signs, false))
            }
            // "3ayez", "4x4": no number.
            _ => {
                let rest = self.run(char::is_alphanumeric);
                self.skip(rest.len());
                Some(Raw::Word(rest))
            }
        }
    }

    fn digits(&mut self) -> &'a str {
        let digits = self.run(|c| c.is_ascii_digit());
        self.skip(digits.len());
        digits
    }

    /// A sign that joins two numbers, with how long it is. Strokes may have blanks around them.
    fn sign(&self) -> Option<(char, usize)> {
        let bare = self.rest.trim_start_matches(' ');
        let sign = bare.chars().next()?;
        let tight = bare.len() == self.rest.len();
        let same = match sign {
            '/' | '\\' | '\u{2044}' => '/',
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            ':' | '\u{2236}' if tight => ':',
            '.' | '\u{66B}' if tight => '.',
            'h' if tight => 'h',
            _ => return None,
        };
        let after = bare.get(sign.len_utf8()..)?;
        let digits = if matches!(same, '/' | '-') { after.trim_start_matches(' ') } else { after };
        let follows = digits.starts_with(|c: char| c.is_ascii_digit());
        follows.then_some((same, self.rest.len() - digits.len()))
    }
}
