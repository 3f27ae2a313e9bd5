//! Names as they are compared.

use crate::domain::fold::{fold, tokens};
use crate::domain::when;
use crate::domain::words::lexicon::LEXICON;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A word of a name or of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Form {
    /// Without article and ending.
    pub text: String,
    /// Its consonants, in one alphabet.
    pub sound: String,
    /// A title stands right before it, or before the name it is part of.
    pub titled: bool,
}

impl Form {
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// What people put before a doctor's name, folded.
const TITLES: &str = "د دكتور دكتوره الدكتور الدكتوره للدكتور للدكتوره والدكتور والدكتوره بالدكتور دكتورنا طبيب طبيبه الطبيب الطبيبه بروفيسور البروفيسور بروف استاذ
    استاذه الاستاذ الاستاذه حكيم الحكيم الحكيمه dr drs doctor doctora doktor doktora docteur docteure prof professor mr mrs ms miss sheikh";

/// Words of names that say nothing, folded: "Clinic", "Department of".
const EMPTY: &str = "عياده عيادات العياده العيادات قسم القسم مركز المركز وحده خدمه خدمات ابن بن ابو ام ال و clinic clinics department dept
    center centre unit service services of and the for al el bin ibn abu a an de la le des du et";

/// Names that are everyday words as well, folded and bare: alone they need a title.
const EVERYDAY: &str = "علي هنا مني نور امل هدي سلام سمر شهد وعد رنا دين حسن جمال كمال امين نبيل شريف طيب صباح مسا قمر بدر فجر سعيد فرج ربيع رجب شعبان
    رمضان خميس جمع عيد مبارك شكري حبيب نجاح وفا رجا ايمان اسلام بركات سلام عافي كريم جميل عادل فرح سعد وسام نصر فتح عاد محمود صالح رايد ماهر باهر
    لطيف عزيز قاسم ناجح خير خالص ندي وردي زين زهر ريم ليل سهر غاد حلا جود بيان طب عام عامه طبي جراح امراض قلب راس عين يد رجل سن
    will may hope sun mark rose dawn joy noon art grant young day good long price bill rich frank faith grace april june august summer can so do
    no my in on at man son king white black brown green hill wood stone field west east north south bell ball fox wolf page case lane
    drew chase hunter carter major noble sharp swift stern bliss love lord max ray jay ben sam pat sue dee jan
    general family medicine medical health care doctor hospital visit check surgery internal";

struct Tables {
    titles: HashSet<&'static str>,
    empty: HashSet<&'static str>,
    everyday: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let set = |list: &'static str| list.split_whitespace().collect();
    let known = LEXICON.words().chain(when::words());
    let everyday = EVERYDAY.split_whitespace().map(str::to_owned).chain(known.map(bare)).collect();
    Tables { titles: set(TITLES), empty: set(EMPTY), everyday }
});

/// Words between a title and the end of the name it stands before.
const TITLE_REACH: usize = 2;

/// The words of a text that can be part of a name.
pub(super) fn forms(text: &str) -> Vec<Form> {
    let folded = fold(text);
    let Tables { titles, empty, .. } = &*TABLES;
    let (mut forms, mut titled) = (Vec::new(), 0);
    for token in joined(&tokens(&folded)) {
        if titles.contains(token.as_str()) {
            titled = TITLE_REACH;
        } else if !empty.contains(token.as_str()) && !token.bytes().all(|c| c.is_ascii_digit()) {
            let bare = bare(&token);
            forms.push(Form { sound: sound(&bare), text: bare, titled: titled > 0 });
            titled = titled.saturating_sub(1);
        }
    }
    forms
}

/// "عبد الله" and "عبدالله", "Abd al Rahman" and "Abdulrahman": one word.
fn joined(tokens: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let servant = ["عبد", "abd", "abdul", "abdel", "abdal", "abdu"].contains(token);
        let article =
            servant && tokens.get(at + 1).is_some_and(|next| ["al", "el", "ul", "ال"].contains(next));
        match tokens.get(at + 1 + usize::from(article)).filter(|_| servant) {
            Some(name) => {
                let front = if token.is_ascii() { "abd" } else { "عبد" };
                out.push(format!("{front}{}", name.strip_prefix("ال").unwrap_or(name)));
                at += 2 + usize::from(article);
            }
            None => {
                out.push(one_word_servant(token));
                at += 1;
            }
        }
    }
    out
}

/// "عبدالرحمن" and "abdulrahman" as [`joined`] writes them.
fn one_word_servant(token: &str) -> String {
    let arabic = token.strip_prefix("عبدال").map(|name| format!("عبد{name}"));
    let latin = ["abdul", "abdel", "abdal"].iter().find_map(|front| token.strip_prefix(front));
    let latin = latin.filter(|name| name.len() > 2).map(|name| format!("abd{name}"));
    arabic.or(latin).unwrap_or_else(|| token.to_owned())
}

/// Without what is written onto the front (and, with, for, the) and without a feminine or open ending: "والجلدية" and
/// "جلديه", "سارة" and "سارا".
fn bare(token: &str) -> String {
    const FRONTS: [&str; 9] = ["وال", "بال", "فال", "كال", "لل", "عال", "ال", "al", "el"];
    let cut = |word: &str, least: usize| word.chars().count() >= least;
    let front = FRONTS.iter().find_map(|front| token.strip_prefix(front).filter(|rest| cut(rest, 3)));
    let front = front.or_else(|| token.strip_prefix('و').filter(|rest| cut(rest, 4)));
    let word = front.unwrap_or(token);
    word.strip_suffix(['ه', 'ا', 'ء']).filter(|rest| cut(rest, 2)).unwrap_or(word).to_owned()
}

/// Consonants in Latin letters; long vowels, ع and a silent h at the end are left out, doubled letters are one.
fn sound(word: &str) -> String {
    let latin: String =
        if word.is_ascii() { latin_sound(word) } else { word.chars().filter_map(arabic_sound).collect() };
    let mut out = String::new();
    for letter in latin.chars() {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// How the sound of ش is written.
const SH: char = '$';

const fn arabic_sound(letter: char) -> Option<char> {
    Some(match letter {
        'ب' => 'b',
        'ت' | 'ط' | 'ث' => 't',
        'ج' | 'غ' => 'g',
        'ح' | 'ه' => 'h',
        'خ' => 'x',
        'د' | 'ض' | 'ذ' => 'd',
        'ر' => 'r',
        'ز' | 'ظ' => 'z',
        'س' | 'ص' => 's',
        'ش' => SH,
        'ف' => 'f',
        'ق' | 'ك' => 'k',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        _ => return None,
    })
}

fn latin_sound(word: &str) -> String {
    let word = word.strip_suffix('h').unwrap_or(word);
    let pairs = word.replace("kh", "x").replace("sh", "$").replace("ch", "$").replace("gh", "g");
    let pairs = pairs.replace("th", "t").replace("dh", "d").replace("ph", "f");
    pairs.chars().filter_map(latin_letter).collect()
}

const fn latin_letter(letter: char) -> Option<char> {
    Some(match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | '2' | '3' => return None,
        '7' => 'h',
        '5' => 'x',
        '6' => 't',
        '9' => 's',
        'j' => 'g',
        'c' | 'q' => 'k',
        'p' => 'b',
        'v' => 'f',
        other => other,
    })
}

/// A word that people use without naming anyone.
pub(super) fn is_everyday(bare: &str) -> bool {
    TABLES.everyday.contains(bare)
}
