//! Shapes and check digits.

use super::numbers::Number;

/// How cards are printed: four groups of four, American Express, Diners Club, nineteen digits.
const CARD_GROUPS: [&[usize]; 5] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3], &[6, 13]];

/// A card of 13 to 19 digits: an issuer that exists (ISO/IEC 7812), the check digit of Luhn, one of the ways cards
/// are written.
pub(super) fn is_card(number: &Number) -> bool {
    let digits = number.digits.as_str();
    let written = number.solid || CARD_GROUPS.contains(&number.groups.as_slice());
    written && is_issued(digits) && luhn(digits) && !number.is_phone()
}

fn is_issued(digits: &str) -> bool {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    match digits.len() {
        // Old Visa numbers; 49 15, 16 and 17 are mobile telephones in Germany.
        13 => begins(&["4"]) && !begins(&["4915", "4916", "4917"]),
        14 => begins(&["30", "36", "38", "39"]),
        15 => begins(&["34", "37"]),
        16..=19 => begins(&["2", "3", "4", "5", "6", "9"]),
        _ => false,
    }
}

/// The check digit of ISO/IEC 7812-1, annex B.
pub(super) fn luhn(digits: &str) -> bool {
    let doubled = |n: u32| if n > 4 { 2 * n - 9 } else { 2 * n };
    let digit = |c: char| c.to_digit(10).unwrap_or_default();
    let places = digits.chars().rev().enumerate();
    let sum: u32 = places.map(|(n, c)| if n % 2 == 1 { doubled(digit(c)) } else { digit(c) }).sum();
    sum.is_multiple_of(10) && digits.bytes().any(|c| c != b'0')
}

/// A number that a state gives its people and that tells itself: Saudi Arabia, Egypt, the Emirates.
pub(super) fn is_civil_id(number: &Number) -> bool {
    is_saudi(number) || is_egyptian(number) || is_emirati(number)
}

/// Saudi Arabia: ten digits, 1 for citizens, 2 for residents (Iqama), the check digit of Luhn.
fn is_saudi(number: &Number) -> bool {
    let begins = number.digits.starts_with(['1', '2']);
    number.solid && number.digits.len() == 10 && begins && luhn(&number.digits)
}

/// Egypt: fourteen digits: century (2, 3), birth date as yymmdd, governorate (01 to 35, 88 abroad), five more.
fn is_egyptian(number: &Number) -> bool {
    let part = |from: usize| number.digits.get(from..from + 2).and_then(|two| two.parse::<u32>().ok());
    let within =
        |from: usize, range: std::ops::RangeInclusive<u32>| part(from).is_some_and(|n| range.contains(&n));
    let governorate = within(7, 1..=35) || part(7) == Some(88);
    number.digits.len() == 14
        && number.digits.starts_with(['2', '3'])
        && within(3, 1..=12)
        && within(5, 1..=31)
        && governorate
}

/// The Emirates: 784, year of birth, seven digits, one check digit.
fn is_emirati(number: &Number) -> bool {
    let year = number.digits.get(3..7).and_then(|year| year.parse::<u32>().ok());
    number.digits.len() == 15
        && number.digits.starts_with("784")
        && year.is_some_and(|year| (1900..=2100).contains(&year))
}

/// A social security number as it is printed, 3-2-4 with dashes; the areas 000 and 666 were never given (SSA).
pub(super) fn is_ssn(number: &Number) -> bool {
    let given = !number.digits.starts_with("000") && !number.digits.starts_with("666");
    number.dashed && number.groups == [3, 2, 4] && given
}

/// Shortest and longest account number (ISO 13616).
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;

/// An account number, in one piece or in groups of four (ISO 13616, check digits by ISO 7064).
pub(super) fn is_iban(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        let rest = words.get(at..).unwrap_or_default();
        let groups = rest.iter().take_while(|word| word.len() == 4).count();
        let grouped: String = rest.iter().take(groups + 1).copied().collect();
        let shorter: String = rest.iter().take(groups).copied().collect();
        [grouped, shorter].iter().any(|account| IBAN.contains(&account.len()) && is_account(account))
    })
}

fn is_account(account: &str) -> bool {
    let Some((head, tail)) = account.split_at_checked(4) else { return false };
    let shape = head.bytes().take(2).all(|c| c.is_ascii_lowercase())
        && head.bytes().skip(2).all(|c| c.is_ascii_digit())
        && tail.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
    let value = |c: char| c.to_digit(36).unwrap_or_default();
    let remainder = tail
        .chars()
        .chain(head.chars())
        .map(value)
        .fold(0, |rest, n| if n < 10 { (rest * 10 + n) % 97 } else { (rest * 100 + n) % 97 });
    shape && remainder == 1
}
