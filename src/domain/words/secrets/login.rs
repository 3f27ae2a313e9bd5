//! Passwords, PINs and one-time codes that somebody tells. "I forgot my password" tells none.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What a password is called, folded; its value may be any word.
const PASSWORDS: [&str; 22] = [
    "كلمه السر",
    "كلمه سر",
    "كلمه المرور",
    "كلمه مرور",
    "كلمه العبور",
    "كلمه سري",
    "الباسورد",
    "باسورد",
    "باسوردي",
    "الباسوورد",
    "الباس",
    "password",
    "passwords",
    "passcode",
    "passwd",
    "pwd",
    "pass word",
    "mot de passe",
    "mdp",
    "kelmet el ser",
    "kelmet el sir",
    "kelmet el serr",
];

/// What a code is called, folded; its value is a number.
const CODES: [&str; 23] = [
    "الرقم السري",
    "رقمي السري",
    "رقم سري",
    "الكود السري",
    "القن السري",
    "رمز التحقق",
    "رقم التحقق",
    "رمز الدخول",
    "رمز التفعيل",
    "كود التفعيل",
    "كود التحقق",
    "الرمز",
    "رمز",
    "الكود",
    "كود",
    "otp",
    "pin",
    "code",
    "pincode",
    "passcode",
    "verification",
    "el code",
    "lcode",
];

/// Codes that are no secret, folded: what stands before or after the word.
const OPEN_CODES: &str = "postal zip promo discount coupon area country dress qr bar color colour source dial البريدي بريدي خصم الخصم الدوله
    دولي الدولي البلد المنطقه postcode qr";

/// What may stand between the name and the value, folded.
const FILLERS: &str = "my the for to of portal account login is are was will be it its this here as follows new old تبعي تبعتي بتاعي بتاعتي حقي حقتي
    ديالي متاعي للبوابه البوابه للحساب هي هو هذي هذا الجديده الجديد est du de la le mon ma = number رقم";

/// What says that the value follows, folded.
const COPULAS: &str = "is = هي هو est كالتالي";

/// What is told of a password without telling it, folded.
const NO_VALUES: &str = "wrong incorrect not invalid expired forgotten lost reset change changed changing missing needed required working doesnt
    dont didnt isnt wont blocked locked too the a an what please and or but correct right safe secret private hidden good fine ok
    غلط خطا خاطيه خاطي نسيتها ضاعت انتهت منتهيه ما مش مو لا تغيرت مفقوده غير صحيحه صح مطلوبه وين فين كيف ليش لماذا سريه
    incorrecte oublie perdu faux fausse pas";

struct Words {
    open: HashSet<&'static str>,
    fillers: HashSet<&'static str>,
    copulas: HashSet<&'static str>,
    no_values: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let set = super::set;
    Words { open: set(OPEN_CODES), fillers: set(FILLERS), copulas: set(COPULAS), no_values: set(NO_VALUES) }
});

/// True when a folded text tells a password or a code.
pub(super) fn told(folded: &str) -> bool {
    let marked = folded.replace([':', '='], " = ");
    let words: Vec<&str> =
        marked.split(|c: char| !c.is_alphanumeric() && c != '=').filter(|w| !w.is_empty()).collect();
    (0..words.len()).any(|at| {
        let password = PASSWORDS.iter().filter_map(|name| end_of(&words, at, name));
        let code = CODES.iter().filter_map(|name| end_of(&words, at, name));
        password.into_iter().any(|end| has_value(&words, at, end))
            || code.into_iter().any(|end| has_code(&words, at, end))
    })
}

/// The word after a name that stands at `at`.
fn end_of(words: &[&str], at: usize, name: &str) -> Option<usize> {
    let mut end = at;
    for part in name.split(' ') {
        if words.get(end) != Some(&part) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// A word follows that is the password: one with a digit, one in other letters than the name, or any after "is".
fn has_value(words: &[&str], at: usize, end: usize) -> bool {
    let rest = words.get(end..).unwrap_or_default();
    let fillers = rest.iter().take_while(|word| WORDS.fillers.contains(**word)).count();
    let copula = rest.iter().take(fillers).any(|word| WORDS.copulas.contains(*word));
    let Some(value) = rest.get(fillers) else { return false };
    let digits = value.len() >= 3 && value.bytes().any(|c| c.is_ascii_digit());
    let arabic = words.get(at).is_some_and(|name| !name.is_ascii());
    let foreign = arabic && value.is_ascii() && value.len() >= 3;
    !WORDS.no_values.contains(value) && (copula || digits || foreign)
}

/// Four to eight digits follow, in one or two groups, or stand before: "482193 is my code".
fn has_code(words: &[&str], at: usize, end: usize) -> bool {
    let open =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| WORDS.open.contains(word));
    if open(at.checked_sub(1)) || open(Some(end)) {
        return false;
    }
    let filler = |word: &&&str| WORDS.fillers.contains(**word);
    let after: Vec<&&str> = words.iter().skip(end).skip_while(filler).take(2).collect();
    let before = words.iter().take(at).rev().skip_while(filler).take(1).next();
    let direct = before.is_some_and(|word| is_code(word))
        && words.get(at.wrapping_sub(1)).is_some_and(|word| WORDS.fillers.contains(word));
    let two = matches!(after.as_slice(), [a, b] if is_group(a) && is_group(b));
    after.first().is_some_and(|word| is_code(word)) || two || direct
}

fn is_code(word: &str) -> bool {
    (4..=8).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_digit())
}

fn is_group(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_digit())
}
