//! One spelling for one word, and the words of a text (`conversation.md` §4.1, rule 1). What was typed is read here and
//! goes no further.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest text that is looked at, in characters: the body of a WhatsApp text message
/// (Cloud API, `text.body`). What follows is cut off unread.
pub const LONGEST: usize = 4096;

/// From this many equal letters in a row, only one is kept: "ايقاااف" is "ايقاف", "okkk" is "ok".
const RUN: usize = 3;

/// The zeros of the decimal digits patients' keyboards write: Arabic, Persian and Urdu, N'Ko, Devanagari,
/// Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar,
/// Khmer (Unicode, general category `Nd`: each is followed by its other nine).
const ZEROS: [char; 18] = [
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}',
    '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}',
];

/// Both sides of every comparison of words: what the patient typed, and what the tables hold.
///
/// Compatibility forms are taken apart (NFKD; since all marks go, the same letters as NFKC); diacritics,
/// tatweel, invisible and bidi marks and apostrophes are dropped; seats of alef, hamza, ya and ta marbuta,
/// Persian and Maghreb letters, and all digits become one; three or more equal letters become one; lower case;
/// blanks become one space; punctuation and emoji around the text go. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let plain =
        text.chars().take(LONGEST).nfkd().flat_map(char::to_lowercase).filter(|c| !is_silent(*c)).map(kin);
    let short: String = thin(plain).chars().take(LONGEST).collect();
    short.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The words of a folded text: runs of letters and digits.
pub fn tokens(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect()
}

/// Equal letters thinned by [`RUN`], blanks to one space.
fn thin(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut run: Option<(char, usize)> = None;
    for letter in letters {
        match &mut run {
            Some((same, count)) if *same == letter => *count += 1,
            _ => close(&mut out, run.replace((letter, 1))),
        }
    }
    close(&mut out, run);
    out
}

/// Writes a run of equal characters.
fn close(out: &mut String, run: Option<(char, usize)>) {
    let Some((letter, count)) = run else { return };
    let one = letter == ' ' || (letter.is_alphabetic() && count >= RUN);
    out.extend(std::iter::repeat_n(letter, if one { 1 } else { count }));
}

/// Characters that carry no sound: marks, tatweel, fillers, joiners, bidi controls, tags; and apostrophes,
/// which people set or leave out ("dont", "don't", "don’t"; "3ayez", "3'ayez").
fn is_silent(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c,
            '\u{640}' | '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{180E}' | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
            | '\'' | '`' | '\u{B4}' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{2BB}')
}

/// The letter or digit that stands for its whole family.
fn kin(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' | 'ے' => 'ي',
        'ة' | 'ھ' | 'ہ' | 'ە' => 'ه',
        'گ' | 'ک' | 'ڭ' => 'ك',
        'چ' => 'ج',
        'پ' => 'ب',
        'ژ' => 'ز',
        'ڤ' => 'ف',
        'ڨ' => 'ق',
        _ if c.is_whitespace() || c.is_control() => ' ',
        _ => digit(c).unwrap_or(c),
    }
}

/// 0-9 for a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    let zero = ZEROS.iter().find(|zero| (0..10).contains(&(u32::from(c).wrapping_sub(u32::from(**zero)))))?;
    char::from_digit(u32::from(c) - u32::from(*zero), 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::alef_seats("أإآٱا", "ا")]
    #[case::hamza_seats("موظف مؤكد رئيس", "موظف موكد رييس")]
    #[case::ya_and_ta_marbuta("إلى المساعدة", "الي المساعده")]
    #[case::diacritics("إيقَافٌ", "ايقاف")]
    #[case::tatweel("إيقـــاف", "ايقاف")]
    #[case::bidi("\u{200f}stop\u{202c}\u{2069}", "stop")]
    #[case::persian("گ چ پ ی ک", "ك ج ب ي ك")]
    #[case::run("ايقاااااف", "ايقاف")]
    #[case::pair_stays("الله off", "الله off")]
    #[case::digits_never_thin("1000", "1000")]
    #[case::digits("١٢٣ ۴۵۶ ७८", "123 456 78")]
    #[case::fullwidth("ＳＴＯＰ", "stop")]
    #[case::presentation_forms("ﺇﻳﻘﺎﻑ", "ايقاف")]
    #[case::outside("«!!! إيقاف 🙏🏽🛑…»", "ايقاف")]
    #[case::inner_punctuation_stays("12/5, 3:30", "12/5, 3:30")]
    #[case::apostrophes("Don’t d'accord", "dont daccord")]
    #[case::accents("arrêt ÉTÉ", "arret ete")]
    #[case::blanks(" stop\u{a0}\t\n all ", "stop all")]
    #[case::only_emoji("👍🏽👍🏽 ❤️", "")]
    #[case::empty("", "")]
    fn folds(#[case] typed: &str, #[case] folded: &str) {
        assert_eq!(fold(typed), folded);
    }

    #[test]
    fn hamza_on_the_line_stays() {
        assert_ne!(fold("الغاء"), fold("الغا"));
    }

    #[test]
    fn long_texts_are_cut_before_and_after() {
        assert!(fold(&"ab ".repeat(30_000)).chars().count() <= LONGEST);
        assert!(fold(&"\u{FDFA}a".repeat(LONGEST)).chars().count() <= LONGEST);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_arabic_twice_changes_nothing(text in "[ \u{600}-\u{6ff}\u{fb50}-\u{fdff}a-cİ'!]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
