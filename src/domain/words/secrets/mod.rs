//! What must not be typed into a chat: national ids, cards, passwords (`conversation.md` §2.6, `secret-*`). Only
//! whether one was typed is told, never what.
//!
//! A telephone number, a date, a time, a ticket or a price is none: a number counts only with the shape, and where
//! there is one the check digit, of what it is taken for; or beside a word that names it.

mod checks;
mod login;
mod numbers;

#[cfg(test)]
mod tests;

use super::Word;
use crate::domain::fold::tokens;
use checks::{is_card, is_civil_id, is_iban, is_ssn};
use numbers::{Number, numbers};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that name an identity document, folded.
const DOCUMENT: &str = "هويه الهويه هويتي هويتك بالهويه للهويه اقامه الاقامه اقامتي قومي القومي جواز الجواز جوازي بجواز باسبور الباسبور
    باسبورت الباسبورت باسبوري باصبور الباصبور مدني المدني الوطني الوطنيه وطني لاكارط الاحوال
    id ids iqama igama eqama iqamah aqama passport pasport passeport ssn social cin cni nin qid national civil identity identite
    hawiya hawiyya hawya 2ama ekama 2awmi qawmi basbor jawaz gawaz nationale";

/// What makes "id" the number of something else, folded.
const OTHER_IDS: &str =
    "appointment booking ticket order reference request slot visit case invoice email apple user caller";

/// Words that name a bank card or account, folded.
const CARD: &str = "بطاقه البطاقه بطاقتي فيزا الفيزا مدي ماستر ماستركارد الائتمان الايتمان بنكيه البنكيه visa mastercard master mada card
    credit debit amex carte bancaire bleue";

/// Words that name the three or four digits on the back of a card, folded.
const CARD_CODE: &str = "cvv cvc cvv2 cvc2 csc";

/// Words that name a telephone, folded: a number beside one is not guessed to be an id.
const PHONE: &str = "جوال جوالي الجوال هاتف هاتفي الهاتف تليفون تليفوني التليفون تلفون تلفوني موبايل موبايلي واتس واتساب نمرتي
    phone mobile tel telephone cell whatsapp call number telefon gawal jawal";

/// Prices written with their currency in front look like a document: "sr15000".
const CURRENCIES: &str = "sr rs le lei dh kd bd qr ro jd ll da dt ld md us eg id rm er";

struct Names {
    document: HashSet<&'static str>,
    other_ids: HashSet<&'static str>,
    card: HashSet<&'static str>,
    card_code: HashSet<&'static str>,
    phone: HashSet<&'static str>,
    currencies: HashSet<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    document: set(DOCUMENT),
    other_ids: set(OTHER_IDS),
    card: set(CARD),
    card_code: set(CARD_CODE),
    phone: set(PHONE),
    currencies: set(CURRENCIES),
});

fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

/// The gravest secret in a folded text.
pub(super) fn secret(folded: &str) -> Option<Word> {
    let words = tokens(folded);
    let numbers = numbers(folded);
    if has_card(&words, &numbers) {
        Some(Word::SecretCard)
    } else if has_id(&words, &numbers) {
        Some(Word::SecretId)
    } else {
        login::told(folded).then_some(Word::SecretLogin)
    }
}

fn names(words: &[&str], names: &HashSet<&str>) -> bool {
    words.iter().any(|word| names.contains(word))
}

fn has_card(words: &[&str], numbers: &[Number]) -> bool {
    let named = names(words, &NAMES.card);
    let card = |number: &Number| {
        let length = number.digits.len();
        !is_civil_id(number)
            && (is_card(number) || (named && (12..=19).contains(&length) && !number.is_phone()))
    };
    let code = |pair: &[&str]| match pair {
        [name, code] => NAMES.card_code.contains(name) && is_short_code(code),
        _ => false,
    };
    numbers.iter().any(card) || words.windows(2).any(code) || is_iban(words)
}

fn is_short_code(word: &str) -> bool {
    (3..=4).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_digit())
}

fn has_id(words: &[&str], numbers: &[Number]) -> bool {
    let named = names_document(words);
    let phone = names(words, &NAMES.phone);
    let number = |number: &Number| {
        is_civil_id(number)
            || is_ssn(number)
            || (!phone && number.solid && number.digits.len() == 10 && number.digits.starts_with('1'))
            || (named && (6..=18).contains(&number.digits.len()) && !number.is_phone())
    };
    numbers.iter().any(number) || words.iter().any(|word| is_document(word, named))
}

/// A word that names a document, but not "appointment id".
fn names_document(words: &[&str]) -> bool {
    let named = |at: usize, word: &&str| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        NAMES.document.contains(word) && !before.is_some_and(|before| NAMES.other_ids.contains(before))
    };
    words.iter().enumerate().any(|(at, word)| named(at, word))
}

/// One or two letters and five to eight digits: a Moroccan card, a passport. Beside its name any mixture of six to
/// twelve with at least five digits.
fn is_document(word: &str, named: bool) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let (prefix, rest) = word.split_at_checked(letters).unwrap_or_default();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let plain = (1..=2).contains(&letters) && (5..=8).contains(&digits) && digits == rest.len();
    let mixed =
        named && word.is_ascii() && digits >= 5 && digits < word.len() && (6..=12).contains(&word.len());
    (plain && !NAMES.currencies.contains(prefix)) || mixed
}
