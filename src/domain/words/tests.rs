//! Stories about words, and the tables against themselves.

use super::lexicon::{LEXICON, rows};
use super::{LONGEST, Mood, Reading, Word, fold, read, tokens};
use proptest::prelude::*;
use rstest::rstest;
use std::collections::BTreeMap;

#[test]
fn every_entry_of_the_tables_reads_as_its_word() {
    let mut seen = 0;
    for row in rows() {
        for (entry, _) in row.entries() {
            assert_eq!(read(entry).word, Some(row.word), "{entry}");
            seen += 1;
        }
    }
    assert!(seen > 400, "{seen} entries");
}

#[test]
fn no_entry_has_two_meanings() {
    let mut meanings: BTreeMap<Vec<String>, Word> = BTreeMap::new();
    for row in rows() {
        for (entry, _) in row.entries() {
            let folded = fold(entry);
            let key: Vec<String> = tokens(&folded).into_iter().map(str::to_owned).collect();
            let before = meanings.insert(key, row.word);
            assert!(before.is_none_or(|word| word == row.word), "{entry}");
        }
    }
}

#[test]
fn every_entry_is_heard_politely_and_loudly() {
    for row in rows() {
        for (entry, _) in row.entries().filter(|(entry, _)| *entry != "?") {
            for text in [
                format!("لو سمحت {entry}"),
                format!("السلام عليكم، {entry} من فضلك!!!"),
                format!("Hello, {} please 🙏🏽", entry.to_uppercase()),
                format!("\u{2068}{entry}\u{2069}..."),
            ] {
                assert_eq!(read(&text).word, Some(row.word), "{text}");
            }
        }
    }
}

/// `conversation.md` §4.1, rule 3: pairs that must never meet.
#[rstest]
#[case("وقت", Word::Stop)]
#[case("الغداء", Word::CancelOrStop)]
#[case("الغذاء", Word::CancelOrStop)]
#[case("موقف", Word::Person)]
#[case("القادمة", Word::Menu)]
#[case("تشكيل", Word::Start)]
#[case("عجز", Word::Book)]
#[case("shop", Word::Stop)]
#[case("step", Word::Stop)]
#[case("cancer", Word::CancelOrStop)]
#[case("أسنان", Word::Person)]
#[case("الرباط", Word::NewLink)]
#[case("تسجيل", Word::Move)]
#[case("تأهيل", Word::Move)]
#[case("مواقف", Word::Yes)]
#[case("stuff", Word::Person)]
#[case("الاختبارات", Word::Menu)]
#[case("الزيارات", Word::Menu)]
#[case("العصبية", Word::LanguageAr)]
#[case("الآلام", Word::Hello)]
#[case("arrest", Word::Stop)]
#[case("وصفوا", Word::Stop)]
#[case("aren't", Word::Person)]
fn pairs_that_must_never_meet(#[case] text: &str, #[case] never: Word) {
    assert_ne!(read(text).word, Some(never));
    assert_eq!(read(text).word, None);
}

#[test]
fn everyday_words_are_guarded_for_a_reason() {
    for word in ["stop", "menu", "موظف"] {
        assert!(!LEXICON.is_everyday(&fold(word)));
    }
    for row in rows() {
        for (entry, _) in row.entries() {
            assert!(!LEXICON.is_everyday(&fold(entry)), "{entry} is an entry");
        }
    }
}

#[rstest]
#[case("unsubscibed", None)]
#[case("unsubscrbe", Some(Word::Stop))]
#[case("appointmnet", Some(Word::Book))]
#[case("recepton", Some(Word::Person))]
#[case("الاستفبال", Some(Word::Person))]
#[case("canceal", Some(Word::CancelOrStop))]
#[case("وقفوا الرسايلا", Some(Word::Stop))]
#[case("الغاء الموعدد", Some(Word::CancelIt))]
#[case("موظ", None)]
#[case("استقبلل", None)]
fn slips(#[case] text: &str, #[case] word: Option<Word>) {
    assert_eq!(read(text).word, word);
}

#[rstest]
#[case("لو سمحت وقف", Word::Stop)]
#[case("الله يخليك وقفوا الرسايل عافاك", Word::Stop)]
#[case("STOP!!! 😡", Word::Stop)]
#[case("pls stop please", Word::Stop)]
#[case("خلاص تعبنا منكم وقفوا الرسايل لو سمحتوا", Word::Stop)]
#[case("I said no more messages", Word::Stop)]
#[case("don’t text me again", Word::Stop)]
#[case("لا شكرا، ما أبي رسايل", Word::Stop)]
#[case("agent, stop all", Word::Stop)]
#[case("الرقم غلط وقفوا الرسايل", Word::Stop)]
#[case("لا، الرقم غلط", Word::WrongNumber)]
#[case("شكرا، أبغى أحد يكلمني", Word::Person)]
#[case("السلام عليكم، أبي موعد مع دكتورة بكرة", Word::Book)]
#[case("je veux un rendez-vous", Word::Book)]
#[case("ok thanks", Word::Yes)]
#[case("لا شكرا", Word::No)]
#[case("الله يعطيكم العافية", Word::Thanks)]
#[case("يعطيكم العافية", Word::Hello)]
#[case("?", Word::Help)]
#[case(" ؟؟ ", Word::Help)]
#[case("ماشي أنا", Word::WrongNumber)]
#[case("I can't make it, cancel my appointment", Word::CancelIt)]
#[case("no, cancel my appointment", Word::CancelIt)]
#[case("مش هقدر آجي، عايز ألغي الميعاد", Word::CancelIt)]
fn heard(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word), "{text}");
}

#[rstest]
#[case("الدكتور وقف العلاج", Word::Stop)]
#[case("متى تشغيل القسم الجديد", Word::Start)]
#[case("when does visiting end", Word::Stop)]
#[case("I do not want to cancel my appointment", Word::CancelIt)]
#[case("don't cancel my appointment", Word::CancelIt)]
#[case("مش عايز ألغي الميعاد", Word::CancelIt)]
#[case("ما أبي ألغي الموعد", Word::CancelIt)]
#[case("ما بدي ألغي موعدي بكرة", Word::CancelIt)]
#[case("ما أبي موعد", Word::Book)]
#[case("إلغاء حجز موعد", Word::Book)]
#[case("cancel my appointments", Word::Mine)]
#[case("ما رح إجي", Word::WillCome)]
#[case("I don't think I will come", Word::WillCome)]
#[case("ماشي أنا جاي", Word::WrongNumber)]
#[case("لا أريد موعدا", Word::Book)]
#[case("one two three four five six seven stop all", Word::Stop)]
fn not_heard(#[case] text: &str, #[case] never: Word) {
    assert_ne!(read(text).word, Some(never), "{text}");
}

#[rstest]
#[case("إلغاء")]
#[case("الغاء")]
#[case("Cancel")]
#[case("لو سمحت الغاء")]
#[case("CANCEL please.")]
fn a_bare_cancel_is_asked_back(#[case] text: &str) {
    assert_eq!(read(text).word, Some(Word::CancelOrStop));
}

#[rstest]
#[case("")]
#[case(" \n\t ")]
#[case("😀😀😀")]
#[case("...")]
#[case("؟!")]
#[case("please")]
#[case("12/5")]
#[case("1")]
#[case("الدكتور وقف العلاج")]
fn no_word(#[case] text: &str) {
    assert_eq!(read(text).word, None);
}

#[test]
fn zalgo_is_read_through() {
    let marks = "\u{300}\u{316}".repeat(30);
    let zalgo: String = "stop".chars().map(|c| format!("{c}{marks}")).collect();
    assert_eq!(read(&zalgo).word, Some(Word::Stop));
}

#[test]
fn a_wall_of_text_has_no_word_and_ends() {
    for text in
        ["ا ب ".repeat(16_000), "\u{FDFA}".repeat(20_000), "a".repeat(65_536), "وقفوا ".repeat(10_000)]
    {
        assert_eq!(read(&text).word, None);
    }
}

/// Texts that begin with a request and end with another: the order of `Word` decides.
#[rstest]
#[case("when is my appointment, I will be late", Word::RunningLate)]
#[case("I will be late, move my appointment", Word::Move)]
#[case("call me back, when is my appointment", Word::CallMe)]
#[case("عيطو ليا", Word::Person)]
#[case("عيطو ليا في التليفون", Word::CallMe)]
#[case("show my previous appointments", Word::Past)]
#[case("delete my data", Word::DeleteData)]
#[case("what about my data", Word::Privacy)]
#[case("add my appointment to my calendar", Word::Calendar)]
#[case("سأتأخر عشر دقائق", Word::RunningLate)]
#[case("هتأخر شوية يا جماعة", Word::RunningLate)]
#[case("running 15 minutes late", Word::RunningLate)]
#[case("where is the hospital?", Word::Address)]
#[case("وين موقعكم بالضبط", Word::Address)]
#[case("are you open today", Word::Hours)]
#[case("is there parking near you", Word::Info)]
#[case("do you take insurance", Word::Billing)]
#[case("الدكتور متأخر", Word::Complaint)]
fn what_wins(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word), "{text}");
}

#[test]
fn no_phrase_hides_a_stop() {
    let stops = || rows().filter(|row| row.word == Word::Stop).flat_map(|row| row.entries());
    for row in rows().filter(|row| row.word > Word::Stop) {
        for (entry, _) in row.entries() {
            let entry = format!(" {} ", fold(entry));
            let hidden =
                stops().find(|(stop, _)| stop.contains(' ') && entry.contains(&format!(" {} ", fold(stop))));
            assert_eq!(hidden, None, "{entry}");
        }
    }
}

#[test]
fn only_the_first_characters_count() {
    let filler = "س ".repeat(LONGEST / 2);
    assert_eq!(read(&format!("{filler}ألم في الصدر 4111111111111111 stop all")), read(&filler));
    let marks = "\u{301}".repeat(LONGEST);
    assert_eq!(read(&format!("{marks}stop")), Reading::default());
    let seen = format!("{}chest pain", "a ".repeat(LONGEST / 2 - 10));
    assert_eq!(read(&seen).word, Some(Word::Emergency));
}

#[test]
fn bidi_controls_and_isolates_change_nothing() {
    for text in ["\u{202e}stop\u{202c}", "\u{2067}s\u{200f}top\u{2069}", "\u{feff}sto\u{200b}p"] {
        assert_eq!(read(text).word, Some(Word::Stop));
    }
}

#[test]
fn a_reading_is_small_and_holds_no_text() {
    fn copied<T: Copy>(value: T) -> T {
        value
    }
    assert_eq!(copied(read("my back hurts")).mood, Some(Mood::Hurt));
}

/// The page's own cases, as the first issue had them.
#[rstest]
#[case("stoooop!!!", Word::Stop)]
#[case("ايقاااف", Word::Stop)]
#[case("إلغاء", Word::CancelOrStop)]
#[case("cancel please", Word::CancelOrStop)]
#[case("إلغاء الموعد", Word::CancelIt)]
#[case("cancel my appointment", Word::CancelIt)]
#[case("موظف لو سمحت", Word::Person)]
#[case("i want to talk to someone now", Word::Person)]
#[case("حجز موعد", Word::Book)]
#[case("Hi", Word::Hello)]
#[case("مرحبا 👋", Word::Hello)]
#[case("apointment", Word::Book)]
#[case("English", Word::LanguageEn)]
#[case("my chest pain is back", Word::Emergency)]
fn meanings(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word), "{text}");
}

#[test]
fn endless_and_broken_texts_are_read_as_nothing() {
    assert_eq!(read(&"س".repeat(65_536)).word, None);
    let zalgo: String = "h".chars().chain(std::iter::repeat_n('\u{301}', 4_000)).collect();
    assert_eq!(read(&zalgo).word, None);
}

proptest! {
    #[test]
    fn any_text_is_read_and_folding_first_changes_no_word(text in any::<String>()) {
        prop_assume!(!text.contains(['?', '؟', '？']));
        prop_assert_eq!(read(&text).word, read(&fold(&text)).word);
    }
}
