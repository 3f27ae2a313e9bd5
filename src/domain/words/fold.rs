//! Normalisation of what people type (`conversation.md` §4.1).

use unicode_normalization::UnicodeNormalization;

/// Longest text that is looked at: a WhatsApp message has at most 4096 characters.
const LONGEST: usize = 4_096;

/// One spelling for many: compatibility forms, diacritics, tatweel, hamza seats, Persian letters, digits, case,
/// repeated letters, punctuation and emoji. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let letters = text.chars().take(LONGEST).nfkd().filter_map(letter).flat_map(char::to_lowercase);
    let mut out: Vec<char> = vec![];
    for c in letters {
        match c {
            ' ' if out.last().is_none_or(|last| *last == ' ') => {}
            // Three or more equal letters are one: "stoooop", "ايقااااف".
            c if out.len() >= 2 && out.ends_with(&[c, c]) => {
                out.pop();
                out.push('\u{0}');
            }
            c if out.last() == Some(&'\u{0}') && out.len() >= 2 && out[out.len() - 2] == c => {}
            c => out.push(c),
        }
    }
    let out: String = out.into_iter().filter(|c| *c != '\u{0}').collect();
    out.trim().to_owned()
}

/// The folded form of one character; `None` drops it, a blank separates words.
fn letter(c: char) -> Option<char> {
    Some(match c {
        // Combining marks, of Arabic and of Latin letters, and the tatweel: not part of the word.
        '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => {
            return None;
        }
        '\u{6D6}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}' => return None,
        // Invisible and bidirectional marks, variation selectors.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}' => {
            return None;
        }
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        'ک' | 'گ' => 'ك',
        'چ' => 'ج',
        'پ' => 'ب',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0),
        '\'' | '\u{2019}' | '?' | '-' => c,
        c if c.is_alphanumeric() => c,
        _ => ' ',
    })
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}
