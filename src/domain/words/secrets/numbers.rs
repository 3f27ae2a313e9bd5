//! The numbers of a text.

/// International prefixes of the countries Wasl is made for, with the digits that follow in a number of a mobile or
/// fixed line (ITU-T E.164 national plans).
const ABROAD: [(&str, std::ops::RangeInclusive<usize>); 20] = [
    ("966", 8..=9),
    ("971", 8..=9),
    ("965", 8..=8),
    ("974", 8..=8),
    ("973", 8..=8),
    ("968", 8..=8),
    ("967", 8..=9),
    ("964", 9..=10),
    ("962", 8..=9),
    ("961", 7..=8),
    ("963", 8..=9),
    ("970", 8..=9),
    ("972", 8..=9),
    ("20", 9..=10),
    ("249", 9..=9),
    ("218", 8..=9),
    ("216", 8..=8),
    ("213", 8..=9),
    ("212", 9..=9),
    ("222", 8..=8),
];

/// Digits, with the groups they were written in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    /// The digits alone.
    pub digits: String,
    /// How many stood in each group.
    pub groups: Vec<usize>,
    /// Whether all groups were joined by dashes.
    pub dashed: bool,
    /// Written without a gap.
    pub solid: bool,
    /// A plus or a slash stood in front: a telephone number or a date.
    marked: bool,
}

impl Number {
    /// Dialled like this: with a plus, two zeros or one, or with the code of a country.
    pub(super) fn is_phone(&self) -> bool {
        let abroad = |(code, rest): &(&str, std::ops::RangeInclusive<usize>)| {
            self.digits.strip_prefix(code).is_some_and(|digits| rest.contains(&digits.len()))
        };
        self.marked || self.digits.starts_with('0') || ABROAD.iter().any(abroad)
    }
}

/// Every number of a folded text, groups of digits joined by one blank or one dash.
pub(super) fn numbers(folded: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let (mut before, mut glue) = (None, String::new());
    for piece in pieces(folded) {
        if !piece.starts_with(|c: char| c.is_ascii_digit()) {
            before = piece.chars().last();
            glue = piece.to_owned();
            continue;
        }
        match found.last_mut() {
            Some(number) if matches!(glue.as_str(), " " | "-") => number.join(piece, glue == "-"),
            _ => found.push(Number::begin(piece, before)),
        }
        glue = String::new();
    }
    found
}

/// Runs of digits, and what stands between them.
fn pieces(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(piece)
    })
}

impl Number {
    fn begin(digits: &str, before: Option<char>) -> Self {
        let marked = before.is_some_and(|c| matches!(c, '+' | '/' | '\\' | ':' | '.') || c.is_alphabetic());
        Self { digits: digits.to_owned(), groups: vec![digits.len()], dashed: true, solid: true, marked }
    }

    fn join(&mut self, digits: &str, dash: bool) {
        self.digits.push_str(digits);
        self.groups.push(digits.len());
        self.dashed &= dash;
        self.solid = false;
    }
}
