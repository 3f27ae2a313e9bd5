//! Proving on the secure page whose record one may act for: what was typed, and how it is compared with a record.
//!
//! The rule: the file number is on the record (under any identifier system, in any spelling), the birth date is the
//! record's to the day, and two parts of the name agree with one of the record's names. Only the whole answer is told.

use crate::domain::calendar::Hijri;
use crate::domain::fold::{fold, tokens};
use crate::phi::Phi;
use chrono::{Datelike, NaiveDate};

/// Longest name that is read, in characters.
pub const NAME: usize = 160;
/// Longest file number that is read, in characters (HL7 v2.5 CX.1 has 15; vendors add prefixes).
pub const RECORD: usize = 40;
/// Parts of a name that must agree.
const PARTS: usize = 2;
/// Nobody alive was born before.
const EARLIEST: i32 = 1900;
/// A year in here is Hijri, by Umm al-Qura (its tables begin with 1300): nobody alive was born in such a Gregorian one.
const HIJRI: std::ops::RangeInclusive<i32> = 1300..=1500;
/// Latin parts this long may differ by one letter: transliterations do ("Mohamed", "Mohamad").
const NEAR: usize = 5;
/// File numbers are held padded with zeros up to this length.
const PADDED: usize = 10;

/// What was typed, as it came.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Full name.
    pub name: Phi<String>,
    /// Day of birth.
    pub day: Phi<String>,
    /// Month of birth, a number.
    pub month: Phi<String>,
    /// Year of birth, four digits, Gregorian or Hijri.
    pub year: Phi<String>,
    /// File number at the hospital.
    pub record: Phi<String>,
}

/// An answer that cannot be right, whoever they are; says nothing about any record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// Not a name of two parts.
    Name,
    /// Not a day on which somebody alive may have been born.
    Birth,
    /// Not a file number.
    Record,
}

/// Who somebody says they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The name as typed, blanks tidied.
    pub name: Phi<String>,
    /// The birth date.
    pub birth: Phi<NaiveDate>,
    /// The file number as typed, in Latin digits, blanks tidied.
    pub record: Phi<String>,
}

/// A record that somebody proved they may act for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// `Patient/…`, the survivor where records were merged.
    pub reference: Phi<String>,
    /// The number they write from stands on it.
    pub on_record: bool,
}

/// Reads what was typed; the gaps are those a form can show.
///
/// # Errors
/// Every answer that needs another look.
pub fn read(typed: &Typed, today: NaiveDate) -> Result<Claim, Vec<Gap>> {
    let name = tidy(typed.name.reveal());
    let birth = born(typed).filter(|day| day.year() >= EARLIEST && *day <= today);
    let record = digits(&tidy(typed.record.reveal()));
    let mut gaps = vec![];
    if parts(&name).len() < PARTS || name.chars().count() > NAME {
        gaps.push(Gap::Name);
    }
    if birth.is_none() {
        gaps.push(Gap::Birth);
    }
    if one_spelling(&record).is_empty() || record.chars().count() > RECORD {
        gaps.push(Gap::Record);
    }
    match birth {
        Some(birth) if gaps.is_empty() => {
            Ok(Claim { name: Phi::new(name), birth: Phi::new(birth), record: Phi::new(record) })
        }
        _ => Err(gaps),
    }
}

impl Claim {
    /// The file number in its one spelling; what tries are counted by.
    pub fn number(&self) -> Phi<String> {
        Phi::new(one_spelling(self.record.reveal()))
    }

    /// Spellings under which an EHR may hold the file number: servers compare literally.
    pub fn spellings(&self) -> Vec<Phi<String>> {
        let typed = self.record.reveal();
        let bare: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut all = vec![typed.clone(), bare.clone(), typed.to_uppercase(), bare.to_uppercase()];
        all.extend([typed.to_lowercase(), bare.to_lowercase()]);
        if bare.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = one_spelling(&bare);
            all.extend((number.len()..=PADDED).map(|width| format!("{number:0>width$}")));
            all.push(number);
        }
        let mut seen = std::collections::HashSet::new();
        all.retain(|spelling| seen.insert(spelling.clone()));
        all.into_iter().map(Phi::new).collect()
    }

    /// Whether an identifier of a record is this file number.
    pub fn is_number(&self, value: &Phi<String>) -> bool {
        one_spelling(self.record.reveal()) == one_spelling(value.reveal())
    }

    /// Whether a record's birth date and one of its names are those that were typed. Both are always looked at.
    pub fn fits(&self, birth: Option<&Phi<NaiveDate>>, names: &[Phi<String>]) -> bool {
        let born = birth.is_some_and(|birth| birth == &self.birth);
        let typed = parts(self.name.reveal());
        let named = names.iter().filter(|name| agree(&typed, &parts(name.reveal()))).count() > 0;
        born & named
    }
}

fn tidy(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Latin digits for all others; every other character stays. Character by character: a fold of the whole would thin
/// out runs of letters.
fn digits(text: &str) -> String {
    let latin = |c: char| {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        folded.chars().next().filter(char::is_ascii_digit).unwrap_or(c)
    };
    text.chars().map(latin).collect()
}

/// Letters in one case and digits, nothing else; a number without its leading zeros.
fn one_spelling(text: &str) -> String {
    let bare: String = digits(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = bare.to_lowercase();
    if bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return bare.trim_start_matches('0').to_owned();
    }
    bare
}

fn born(typed: &Typed) -> Option<NaiveDate> {
    let number = |text: &Phi<String>, longest: usize| -> Option<u32> {
        let text = digits(&tidy(text.reveal()));
        (text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let year = i32::try_from(number(&typed.year, 4)?).ok()?;
    let (month, day) = (number(&typed.month, 2)?, number(&typed.day, 2)?);
    if HIJRI.contains(&year) {
        return Hijri { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? }.day();
    }
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Words that stand between names and are left out as often as written.
const BETWEEN: &[&str] = &["بن", "ابن", "بنت", "bin", "ben", "ibn", "bint", "bent", "van", "von", "de", "da"];
/// Titles.
const TITLES: &[&str] = &["د", "دكتور", "دكتوره", "dr", "mr", "mrs", "ms", "prof", "eng", "السيد", "السيده"];
/// Words that are one with the next one, written together or apart: "عبد الله", "Abdul Rahman", "Al Otaibi".
const JOINED: &[&str] =
    &["عبد", "ابو", "ام", "ال", "abd", "abdul", "abdel", "abdal", "abdur", "abu", "al", "el", "ul"];
/// The article, which transliterations set or leave out.
const ARTICLES: &[&str] = &["ال", "al", "el"];
/// What is left of a name without its article has at least so many letters.
const STEM: usize = 3;

/// The parts of a name in one spelling, in the order written.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(&name.chars().take(NAME).collect::<String>());
    let mut found = vec![];
    let mut before = String::new();
    for word in tokens(&folded) {
        if JOINED.contains(&word) {
            before.push_str(word);
        } else if !BETWEEN.contains(&word) && !TITLES.contains(&word) {
            found.push(stem(&format!("{before}{word}")));
            before.clear();
        }
    }
    found
}

fn stem(part: &str) -> String {
    let bare = ARTICLES.iter().find_map(|article| part.strip_prefix(article));
    bare.filter(|bare| bare.chars().count() >= STEM).unwrap_or(part).to_owned()
}

/// True when at least [`PARTS`] parts of one name are parts of the other, in any order, each counted once.
fn agree(typed: &[String], recorded: &[String]) -> bool {
    let mut left: Vec<&String> = recorded.iter().collect();
    let mut found = 0;
    for part in typed {
        let place = left.iter().position(|other| *other == part);
        if let Some(place) = place.or_else(|| left.iter().position(|other| is_near(part, other))) {
            left.swap_remove(place);
            found += 1;
        }
    }
    found >= PARTS
}

/// One letter more, less or other, in Latin letters only: in Arabic that is another name.
fn is_near(a: &str, b: &str) -> bool {
    a.is_ascii() && b.is_ascii() && a.len().min(b.len()) >= NEAR && strsim::osa_distance(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn typed(name: &str, birth: [&str; 3], record: &str) -> Typed {
        let text = |text: &str| Phi::new(text.to_owned());
        let [day, month, year] = birth.map(text);
        Typed { name: text(name), day, month, year, record: text(record) }
    }

    fn today() -> NaiveDate {
        "2026-11-26".parse().unwrap()
    }

    fn claim(name: &str, record: &str) -> Claim {
        read(&typed(name, ["7", "3", "1990"], record), today()).unwrap()
    }

    #[rstest]
    #[case::either_order("Sara Alotaibi", "Alotaibi Sara", true)]
    #[case::more_on_the_record("Sara Alotaibi", "Sara Mohammed Abdullah Alotaibi", true)]
    #[case::more_typed("Sara bint Mohammed Al-Otaibi", "Sara Alotaibi", true)]
    #[case::article_apart("sara al otaibi", "Sara Al-Otaibi", true)]
    #[case::one_letter_of_a_transliteration("Mohamed Alharbi", "Mohammed Alharbi", true)]
    #[case::arabic_spellings("فاطمة أحمد", "فاطمه احمد", true)]
    #[case::abd_apart("عبد الله الحربي", "عبدالله الحربي", true)]
    #[case::abd_apart_in_latin("Abdul Rahman Saleh", "Abdulrahman Saleh", true)]
    #[case::only_the_given_name("Sara Alharbi", "Sara Alotaibi", false)]
    #[case::one_name_twice("Ali Ali", "Ali Hassan", false)]
    #[case::another_arabic_name("خالد الحربي", "خالده حربيه", false)]
    #[case::other_script("سارة العتيبي", "Sara Alotaibi", false)]
    #[case::a_single_name_never("Sara Alotaibi", "Sara", false)]
    fn names(#[case] typed: &str, #[case] recorded: &str, #[case] fit: bool) {
        let claim = claim(typed, "1");
        let birth = Phi::new("1990-03-07".parse().unwrap());
        assert_eq!(claim.fits(Some(&birth), &[Phi::new(recorded.to_owned())]), fit);
    }

    #[test]
    fn any_name_of_the_record_will_do_and_the_birth_date_must() {
        let claim = claim("سارة العتيبي", "1");
        let names = [Phi::new("Sara Alotaibi".to_owned()), Phi::new("سارة محمد العتيبي".to_owned())];
        let day = |text: &str| Phi::new(text.parse::<NaiveDate>().unwrap());
        assert!(claim.fits(Some(&day("1990-03-07")), &names));
        assert!(!claim.fits(Some(&day("1990-07-03")), &names));
        assert!(!claim.fits(None, &names));
        assert!(!claim.fits(Some(&day("1990-03-07")), &[]));
    }

    #[rstest]
    #[case::as_it_is("demo-4", "demo-4")]
    #[case::zeros("123", "000123")]
    #[case::zeros_typed("000123", "123")]
    #[case::blanks(" 12 345 ", "12345")]
    #[case::arabic_digits("١٢٣٤٥", "12345")]
    #[case::persian_digits("۱۲۳", "00123")]
    #[case::case_and_dashes("mrn/aaa-1", "MRN-AAA1")]
    fn one_number_in_many_spellings(#[case] typed: &str, #[case] recorded: &str) {
        assert!(claim("A B", typed).is_number(&Phi::new(recorded.to_owned())));
    }

    #[rstest]
    #[case("123", "1230")]
    #[case("MRN0123", "MRN123")]
    #[case("demo-4", "demo-1")]
    fn other_numbers(#[case] typed: &str, #[case] recorded: &str) {
        assert!(!claim("A B", typed).is_number(&Phi::new(recorded.to_owned())));
    }

    #[test]
    fn the_server_is_asked_for_every_spelling_it_may_hold() {
        let all = claim("A B", "٠١٢٣").spellings();
        let all: Vec<&str> = all.iter().map(|it| it.reveal().as_str()).collect();
        for spelling in ["0123", "123", "000123", "0000000123"] {
            assert!(all.contains(&spelling), "{all:?}");
        }
        let all = claim("A B", "mrn 7").spellings();
        let all: Vec<&str> = all.iter().map(|it| it.reveal().as_str()).collect();
        assert_eq!(all, ["mrn 7", "mrn7", "MRN 7", "MRN7"]);
    }

    #[rstest]
    #[case::nothing(typed("", ["", "", ""], ""), &[Gap::Name, Gap::Birth, Gap::Record])]
    #[case::one_name(typed("Sara", ["7", "3", "1990"], "1"), &[Gap::Name])]
    #[case::no_such_day(typed("A B", ["30", "2", "1990"], "1"), &[Gap::Birth])]
    #[case::short_year(typed("A B", ["7", "3", "90"], "1"), &[Gap::Birth])]
    #[case::no_such_month(typed("A B", ["7", "13", "1410"], "1"), &[Gap::Birth])]
    #[case::before_anyone(typed("A B", ["7", "3", "1817"], "1"), &[Gap::Birth])]
    #[case::ahead(typed("A B", ["27", "11", "2026"], "1"), &[Gap::Birth])]
    #[case::words(typed("A B", ["7", "March", "1990"], "1"), &[Gap::Birth])]
    #[case::signs_for_a_number(typed("A B", ["7", "3", "1990"], "--"), &[Gap::Record])]
    #[case::zeros_for_a_number(typed("A B", ["7", "3", "1990"], "000"), &[Gap::Record])]
    fn gaps(#[case] typed: Typed, #[case] expected: &[Gap]) {
        assert_eq!(read(&typed, today()), Err(expected.to_vec()));
    }

    #[test]
    fn what_is_too_long_is_a_gap() {
        let long = typed(&"a ".repeat(NAME), ["7", "3", "1990"], &"7".repeat(RECORD + 1));
        assert_eq!(read(&long, today()), Err(vec![Gap::Name, Gap::Record]));
    }

    #[test]
    fn arabic_digits_and_hijri_days_make_a_date() {
        for (birth, day) in [(["٠٧", "٣", "١٩٩٠"], "1990-03-07"), (["١٠", "٠٨", "١٤١٠"], "1990-03-07")]
        {
            let claim = read(&typed("A B", birth, "١"), today()).unwrap();
            assert_eq!(claim.birth, Phi::new(day.parse().unwrap()));
        }
    }
}
