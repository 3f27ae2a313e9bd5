//! What says nothing of days and times.

use super::told;
use crate::domain::when::lexicon::LEXICON;
use crate::domain::when::read;
use crate::domain::words::LONGEST;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("")]
#[case("👍")]
#[case("السلام عليكم")]
#[case("صباح الخير")]
#[case("مساء النور")]
#[case("good morning")]
#[case("good evening doctor")]
#[case("أبي موعد")]
#[case("I want an appointment")]
#[case("0512345678")]
#[case("+966 51 234 5678")]
#[case("my id is 1098765432")]
#[case("4111 1111 1111 1111")]
#[case("عندي 3 أطفال")]
#[case("I have 3 children")]
#[case("for 2 people")]
#[case("عمري 30")]
#[case("room 5")]
#[case("option 2")]
#[case("رقم 3")]
#[case("A27")]
#[case("2026")]
#[case("1448")]
#[case("أحد يكلمني")]
#[case("عايز أكلم حد")]
#[case("I sat down")]
#[case("mon rendez-vous")]
#[case("may I come")]
#[case("march on")]
#[case("ماي بارد")]
#[case("مارس الرياضة")]
#[case("دكتور رمضان")]
#[case("Dr Shaban")]
#[case("د. رجب")]
#[case("دكتورة صباح")]
#[case("دكتور بكري")]
#[case("د. خميس")]
#[case("ألم في الظهر")]
#[case("وجع الظهر")]
#[case("الغداء")]
#[case("وقت")]
#[case("إلغاء الموعد")]
#[case("غير الموعد")]
#[case("one moment")]
#[case("the second one")]
#[case("الأول")]
#[case("الثانية")]
#[case("آخر واحد")]
#[case("last week")]
#[case("الأسبوع الماضي")]
#[case("الأحد الماضي")]
#[case("منذ يومين")]
#[case("since Monday")]
#[case("a week ago")]
#[case("yes")]
#[case("نعم")]
#[case("120/80")]
#[case("10.000")]
#[case("192.168.1.1")]
#[case("v1.2.3")]
#[case("covid19")]
#[case("مرات في اليوم")]
#[case("3 مرات في اليوم")]
#[case("not in the morning")]
#[case("ما يناسبني الصبح")]
#[case("الأحد ما يناسبني")]
#[case("running late")]
#[case("I'm running 15 minutes late")]
fn nothing(#[case] text: &str) {
    assert_eq!(told(text), "nothing", "{text}");
}

#[test]
fn long_words_known_with_a_slip_are_far_enough_apart() {
    for word in LEXICON.long_words() {
        let near: Vec<&str> = LEXICON
            .long_words()
            .filter(|other| *other != word && strsim::osa_distance(word, other) == 1)
            // A plural is found as itself before any slip is.
            .filter(|other| *other != format!("{word}s") && word != format!("{other}s"))
            .filter(|other| LEXICON.phrase(&[word]) != LEXICON.phrase(&[*other]))
            .collect();
        assert_eq!(near, Vec::<&str>::new(), "{word}");
    }
}

#[test]
fn only_the_first_characters_and_words_count() {
    assert_eq!(read(&format!("{}tomorrow", "x".repeat(LONGEST))), None);
    assert_eq!(read(&format!("{}tomorrow", "x ".repeat(200))), None);
    assert!(read(&format!("{}tomorrow", "x ".repeat(199))).is_some());
    assert_eq!(read(&"\u{301}".repeat(65_536)), None);
    assert_eq!(read(&"3".repeat(65_536)), None);
    assert_eq!(read(&"3-".repeat(65_536)), None);
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = read(&text);
    }

    #[test]
    fn any_mixture_of_words_is_read_and_resolved(words in prop::collection::vec(prop::sample::select(vec![
        "بكرة", "الأحد", "الجاي", "بعد", "قبل", "3", "12", "12/5", "3-5", "5.12.26", "بالليل", "الصبح", "ونص", "إلا", "ربع", "من", "ل", "بين", "و",
        "شهر", "رمضان", "1448", "هـ", "الأسبوع", "ليلة", "الجمعة", "أول", "آخر", "next", "Monday", "at", "half", "past", "to", "30", "february", "31", "العيد",
        "بعد العيد", "after", "in", "two", "weeks", "pm", "am", "midnight", "يوم", "not", "cant", "last", "1530", "15:30", "كانون", "2", "x"
    ]), 0..9)) {
        let _ = told(&words.join(" "));
    }
}
