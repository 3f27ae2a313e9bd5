//! Which language a text points to, by its letters and its commonest words.

use super::Word;
use crate::domain::clinic::Locale;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The digits that stand for letters in Arabizi: 2 hamza, 3 ain, 5 kha, 6 emphatic ta, 7 ha, 8 qaf, 9 sad.
const ARABIZI: [char; 7] = ['2', '3', '5', '6', '7', '8', '9'];

/// Letters that Urdu has and Arabic has not, as they are after folding: tte, ddal, rre, noon ghunna.
const URDU: [char; 4] = ['ٹ', 'ڈ', 'ڑ', 'ں'];

/// Words that tell French from English, folded.
const FRENCH: &str = "bonjour bonsoir salut merci oui non rdv rendez svp sil je jai jaimerais voudrais veux suis vous nous il elle
    pour avec sans dans chez des les une est sont mon mes votre notre quel quelle quand comment combien pourquoi
    medecin docteur annuler prendre besoin demain aujourdhui lundi mardi mercredi jeudi vendredi samedi dimanche
    matin soir semaine prochain prochaine heure heures adresse horaires cest pas ne que qui";

/// Words that tell Arabic in Latin letters from English, folded.
const ARABIC: &str = "salam slm salamo alaikum assalam shukran chokran yalla inshallah inchallah wallah abi abgha bghit baghi bde bedi
    baddi ana enta inta enti inti mish mesh msh mafi wein wen fein fin shu shou shlon kif keef kifach wakha bukra bokra bukara
    ghodwa ghedda lyoum elyom yom el al ya law samaht lw mawed maw3ed doktor doktora tabib mowazaf marhaba ahlan hala kan
    ma3 men min fi fil nheb inheb momken mumkin tamam mashi aywa eh leh";

/// Words that tell English, folded.
const ENGLISH: &str = "the a an is are am i im my me you your we he she it to of in on at for with and or not do does can could would will
    want need have has appointment please hello hi hey thanks doctor when where what how tomorrow today next";

struct Marks {
    french: HashSet<&'static str>,
    arabic: HashSet<&'static str>,
    english: HashSet<&'static str>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let set = |list: &'static str| list.split_whitespace().collect();
    Marks { french: set(FRENCH), arabic: set(ARABIC), english: set(ENGLISH) }
});

/// Letters by alphabet.
#[derive(Clone, Copy, Default)]
struct Letters {
    arabic: usize,
    latin: usize,
    other: usize,
}

impl Letters {
    fn of(tokens: &[&str]) -> Self {
        let mut letters = Self::default();
        for letter in tokens.iter().flat_map(|token| token.chars()).filter(|c| c.is_alphabetic()) {
            match letter {
                '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' => letters.arabic += 1,
                'a'..='z' | '\u{DF}'..='\u{24F}' => letters.latin += 1,
                _ => letters.other += 1,
            }
        }
        letters
    }
}

/// What Latin letters are used for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Latin {
    English,
    French,
    Arabic,
}

/// The language of the greater half of the letters; `None` when it is unclear, or neither Arabic nor English.
pub(super) fn script(tokens: &[&str]) -> Option<Locale> {
    let letters = Letters::of(tokens);
    if letters.arabic > letters.latin + letters.other {
        Some(Locale::Ar)
    } else if letters.latin > letters.arabic + letters.other && latin(tokens) == Latin::English {
        Some(Locale::En)
    } else {
        None
    }
}

/// Asks which language to go on in, where a text is plainly in another one (§4.1, rule 6).
pub(super) fn asks_language(tokens: &[&str]) -> Option<Word> {
    let letters = Letters::of(tokens);
    let foreign = letters.other > letters.arabic + letters.latin;
    let french = letters.latin > letters.arabic && latin(tokens) == Latin::French;
    let urdu = tokens.iter().any(|token| token.contains(URDU));
    (foreign || french || urdu).then_some(Word::LanguageAsk)
}

fn latin(tokens: &[&str]) -> Latin {
    let count = |set: &HashSet<&str>| tokens.iter().filter(|token| set.contains(**token)).count();
    let (french, english) = (count(&MARKS.french), count(&MARKS.english));
    let arabic = count(&MARKS.arabic) + tokens.iter().filter(|token| is_arabizi(token)).count();
    if french > english && french >= arabic {
        Latin::French
    } else if arabic > english || tokens.iter().any(|token| is_arabizi(token)) {
        Latin::Arabic
    } else {
        Latin::English
    }
}

/// True for a word that has an Arabizi digit between Latin letters ("a7jez") or before three or more of them
/// ("3ayez"), which "5th", "8pm" and "A27" have not.
fn is_arabizi(token: &str) -> bool {
    let letters: Vec<char> = token.chars().collect();
    let begins = letters.first().is_some_and(|c| ARABIZI.contains(c))
        && letters.len() > 3
        && letters.iter().skip(1).take(3).all(char::is_ascii_lowercase);
    let between = |three: &[char]| match three {
        [before, digit, after] => {
            before.is_ascii_lowercase() && ARABIZI.contains(digit) && after.is_ascii_lowercase()
        }
        _ => false,
    };
    begins || letters.windows(3).any(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::read;
    use rstest::rstest;

    #[rstest]
    #[case("أبي موعد", Some(Locale::Ar))]
    #[case("hello there", Some(Locale::En))]
    #[case("I need a doctor at 8pm on the 5th, ticket A27", Some(Locale::En))]
    #[case("salam, I need an appointment", Some(Locale::En))]
    #[case("موعد مع Dr Sara في المستشفى", Some(Locale::Ar))]
    #[case("3ayez a7gez", None)]
    #[case("ma7tag doctor", None)]
    #[case("abi mowazaf law samaht", None)]
    #[case("bonjour", None)]
    #[case("je voudrais un rendez-vous demain", None)]
    #[case("12/5", None)]
    #[case("👍", None)]
    #[case("", None)]
    #[case("здравствуйте", None)]
    #[case("你好", None)]
    #[case("नमस्ते डॉक्टर", None)]
    #[case("اب ab", None)]
    fn counts_letters(#[case] text: &str, #[case] script: Option<Locale>) {
        assert_eq!(read(text).script, script);
    }

    #[rstest]
    #[case("je voudrais voir un spécialiste", Some(Word::LanguageAsk))]
    #[case("здравствуйте", Some(Word::LanguageAsk))]
    #[case("你好", Some(Word::LanguageAsk))]
    #[case("مجھے ڈاکٹر سے ملنا ہے", Some(Word::LanguageAsk))]
    #[case("bonjour, je veux un rendez-vous", Some(Word::Book))]
    #[case("bonjour", Some(Word::Hello))]
    #[case("something else", None)]
    #[case("شيء آخر", None)]
    #[case("123", None)]
    #[case("🙏", None)]
    fn other_languages_are_asked_about(#[case] text: &str, #[case] word: Option<Word>) {
        assert_eq!(read(text).word, word);
    }
}
