//! "The second one": which row of the list that was shown. A bare "3" is a time (`conversation.md` §5.4); "number 3" is
//! a row.

use super::fold;
use crate::domain::fold::tokens;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A row of a list, counted by the patient.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ordinal {
    /// 1 to 10, a list's most rows (Cloud API).
    Nth(u8),
    /// The last one.
    Last,
}

/// The most rows of a list (Cloud API, interactive lists).
const ROWS: u8 = 10;
/// A longer message says more than which row.
const LONGEST: usize = 8;

/// What counts by itself: standard, dialects, Arabizi, English, French. Zero is the last.
const WORDS: [(u8, &str); 11] = [
    (
        1,
        "الأول، الأولى، الأولاني، الأولانية، اللول، لول، اللولة، el awel, elawel, el awwal, lewel, lowel, first, 1er, premier, premiere",
    ),
    (
        2,
        "الثاني، التاني، الثانية، التانية، الثاتي، el tani, eltani, el thani, ettani, second, deuxieme, seconde, 2eme",
    ),
    (3, "الثالث، التالت، الثالثة، التالتة، التالث، el talet, eltalet, el thaleth, third, troisieme, 3eme"),
    (4, "الرابع، الرابعة، el rabe3, elrabe3, fourth, quatrieme, 4eme"),
    (5, "الخامس، الخامسة، el khames, el 5ames, fifth, cinquieme, 5eme"),
    (6, "السادس، السادسة، الساتت، el sades, sixth, sixieme, 6eme"),
    (7, "السابع، السابعة، el sabe3, seventh, septieme"),
    (8, "الثامن، التامن، الثامنة، التامنة، el tamen, eighth, huitieme"),
    (9, "التاسع، التاسعة، el tase3, ninth, neuvieme"),
    (10, "العاشر، العاشرة، el 3asher, tenth, dixieme"),
    (
        0,
        "الأخير، الأخيرة، الآخر، اللخر، لخر، الأخراني، el akhir, elakhir, el akher, lakher, last, dernier, derniere",
    ),
];

/// What counts only before "one": "آخر واحد", "ثاني وحدة", "1st one".
const BEFORE_ONE: [(u8, &str); 11] = [
    (1, "أول، awel, awwal, 1st"),
    (2, "ثاني، تاني، tani, thani, 2nd"),
    (3, "ثالث، تالت، talet, 3rd"),
    (4, "رابع، rabe3, 4th"),
    (5, "خامس، khames, 5th"),
    (6, "سادس، 6th"),
    (7, "سابع، 7th"),
    (8, "ثامن، تامن، 8th"),
    (9, "تاسع، 9th"),
    (10, "عاشر، 10th"),
    (0, "آخر، اخر، akher"),
];

/// "One", and what the rows of our lists are.
const ONES: &str = "واحد، واحدة، وحدة، وحده، خيار، اختيار، wa7ed, wahed, wa7da, one, option, choice, row";

/// Makes the number behind it a row: "رقم 2", "option 2".
const NUMBER_OF: &str =
    "رقم، الرقم، نمبر، نمرة، خيار، الخيار، الاختيار، number, no, option, choice, row, numero";

/// What may stand around an ordinal.
const AROUND: &str = "الخيار، خيار، الاختيار، الموعد، الميعاد، الوقت، الدكتور، الدكتورة، الطبيب، واحد، واحدة، وحدة، أريد، أبي، أبغى، عايز، عايزة، عاوز، بدي، بغيت، نحب، أختار، اخترت، اختيار، خذ، خلي، خليها، خليه، خلينا، احجز، احجزلي، احجزوا، احجزوا لي، لي، لو، سمحت، سمحتي، سمحتوا، من، فضلك، الله، يخليك، تمام، أوكي، اوك، طيب، زين، هذا، هذه، هو، هي، يناسبني، مناسب، أفضل، نعم، أيوه، أيوا، إي, تعال, على,
    the, one, ones, option, choice, slot, time, appointment, doctor, row, number, please, pls, i, want, would, like, choose, take, ill, id, prefer, me, give, book, ok, okay, yes, for, it, is, that, this, thats, good, fine, works, suits, thanks, lets, go, with, a,
    le, la, celui, ci, je, veux, prends, voudrais, svp, merci, oui, choix, rendez, vous, abi, abgha, 3ayez, 3ayza, bde, bede, bghit, wa7ed, wa7da, el, al";

struct Tables {
    words: HashMap<Vec<String>, u8>,
    before_one: HashMap<Vec<String>, u8>,
    ones: HashSet<Vec<String>>,
    number_of: HashSet<Vec<String>>,
    around: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let counted = |rows: [(u8, &'static str); 11]| {
        rows.into_iter().flat_map(|(n, list)| phrases(list).map(move |phrase| (phrase, n))).collect()
    };
    Tables {
        words: counted(WORDS),
        before_one: counted(BEFORE_ONE),
        ones: phrases(ONES).collect(),
        number_of: phrases(NUMBER_OF).collect(),
        around: phrases(AROUND).flatten().collect(),
    }
});

fn phrases(list: &'static str) -> impl Iterator<Item = Vec<String>> {
    let entries = list.split(['،', ',']).map(fold).filter(|entry| !entry.is_empty());
    entries.map(|entry| tokens(&entry).into_iter().map(str::to_owned).collect())
}

/// The one row that a short message names, with nothing around it but what people say when they choose.
pub(super) fn ordinal(tokens: &[&str]) -> Option<Ordinal> {
    // "one second" is a pause.
    let pause = tokens.windows(2).any(|pair| matches!(pair, ["one" | "a", "second" | "sec"]));
    if tokens.len() > LONGEST || pause {
        return None;
    }
    let (mut at, mut found) = (0, None);
    while at < tokens.len() {
        let rest = tokens.get(at..)?;
        if let Some((n, taken)) = counted(rest) {
            if found.replace(n).is_some_and(|before| before != n) {
                return None;
            }
            at += taken;
        } else if TABLES.around.contains(*rest.first()?) {
            at += 1;
        } else {
            return None;
        }
    }
    Some(if found? == 0 { Ordinal::Last } else { Ordinal::Nth(found?) })
}

/// An ordinal at the front, and how many words it takes.
fn counted(rest: &[&str]) -> Option<(u8, usize)> {
    let front = |count: usize| {
        rest.get(..count).map(|words| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    };
    for count in [2, 1] {
        if let Some(n) = front(count).and_then(|words| TABLES.words.get(&words).copied()) {
            return Some((n, count));
        }
    }
    let first = front(1)?;
    let second: Vec<String> = rest.iter().skip(1).take(1).map(|word| (*word).to_owned()).collect();
    if TABLES.number_of.contains(&first) {
        let n: u8 = second.first()?.parse().ok()?;
        return (1..=ROWS).contains(&n).then_some((n, 2));
    }
    let n = *TABLES.before_one.get(&first)?;
    TABLES.ones.contains(&second).then_some((n, 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::read;
    use rstest::rstest;

    #[rstest]
    #[case::first(
        1,
        "الأول، الاول، الأولى، أول واحد، الخيار الأول، الموعد الأول، الأولاني، اللول, first, the first one, First please, 1st one, el awel, awel wa7ed, le premier, رقم 1، رقم ١"
    )]
    #[case::second(
        2,
        "الثاني، التاني، الثانية، التانية، ثاني واحد، تاني واحد، أبي الثاني، عايز التاني، بدي التاني، بغيت الثاني، احجز الثاني لو سمحت, second, the second one, I'll take the second, el tani, tani wa7ed, le deuxième, option 2, number 2"
    )]
    #[case::third(3, "الثالث، التالت، ثالث واحد, the third, third one, el talet, le troisième, الخيار رقم 3")]
    #[case::fourth(4, "الرابع, fourth, the fourth option, el rabe3")]
    #[case::fifth(5, "الخامس, fifth, el khames")]
    #[case::tenth(10, "العاشر, tenth, option 10")]
    fn nth(#[case] n: u8, #[case] texts: &str) {
        for text in texts.split(['،', ',']).map(str::trim) {
            assert_eq!(read(text).ordinal, Some(Ordinal::Nth(n)), "{text}");
        }
    }

    #[test]
    fn last() {
        for text in [
            "آخر واحد",
            "الأخير",
            "الأخيرة",
            "اللخر",
            "last",
            "the last one",
            "akher wa7ed",
            "le dernier",
            "I want the last one please",
        ] {
            assert_eq!(read(text).ordinal, Some(Ordinal::Last), "{text}");
        }
    }

    #[rstest]
    #[case("3")]
    #[case("٣")]
    #[case("one")]
    #[case("one second please")]
    #[case("الساعة الثانية")]
    #[case("الثانية ظهرا")]
    #[case("ربيع الأول")]
    #[case("تشرين الثاني")]
    #[case("أول الشهر")]
    #[case("أول ديسمبر")]
    #[case("the first of December")]
    #[case("the 5th")]
    #[case("تاني")]
    #[case("مرة تانية")]
    #[case("the first or the second")]
    #[case("last week")]
    #[case("آخر الدوام")]
    #[case("آخر مرة")]
    #[case("option 11")]
    #[case("رقم 0")]
    #[case("room number 3")]
    #[case("the second time I ask you to stop this nonsense now")]
    #[case("")]
    fn no_row(#[case] text: &str) {
        assert_eq!(read(text).ordinal, None, "{text}");
    }

    #[test]
    fn a_row_is_no_time_and_a_time_no_row() {
        for text in ["option 2", "رقم 3", "الثاني"] {
            assert_eq!(read(text).when, None, "{text}");
        }
        assert!(read("3").when.is_some());
    }
}
