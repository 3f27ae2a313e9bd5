use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[test]
fn every_entry_of_the_lists_reads_as_its_word_or_as_one_before_it() {
    // Dialects share words ("ابدا" starts, "مش أنا" is a wrong number): the first list wins, as the page says.
    let order: Vec<Word> = lexicon::LISTS.iter().map(|(word, _)| *word).collect();
    let place = |word: Word| order.iter().position(|it| *it == word);
    for (word, texts) in lexicon::LISTS {
        for text in *texts {
            let read = read(text).word.unwrap_or_else(|| panic!("{text} is not understood"));
            let fits = read == *word || place(read) < place(*word) || read == Word::CancelOrStop;
            assert!(fits, "{text} reads as {read:?}, not as {word:?}");
        }
    }
}

#[test]
fn every_sign_is_heard_and_everyday_phrases_are_not() {
    for (word, texts) in signs::SIGNS {
        for text in *texts {
            let inside = format!("السلام عليكم {text} لو سمحت");
            assert!(
                matches!(read(text).word, Some(Word::Emergency | Word::Distress | Word::DeathTold)),
                "{text}"
            );
            assert!(read(&inside).word == read(text).word, "{text} as {word:?}");
        }
    }
    for text in signs::NO_SIGNS {
        let word = read(text).word;
        assert!(!matches!(word, Some(Word::Emergency | Word::Distress | Word::DeathTold)), "{text} {word:?}");
    }
}

#[rstest]
#[case("STOP", Word::Stop)]
#[case("stoooop!!!", Word::Stop)]
#[case("إيقاف", Word::Stop)]
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

#[rstest]
#[case("الدكتور وقف العلاج")]
#[case("وقت")]
#[case("الغداء")]
#[case("موقف")]
#[case("القادمة")]
#[case("تشكيل")]
#[case("عجز")]
#[case("shop")]
#[case("step")]
#[case("")]
#[case("😀😀😀")]
#[case("1")]
fn not_of_the_lists(#[case] text: &str) {
    assert_eq!(read(text).word, None, "{text}");
}

#[rstest]
#[case("مرحبا", Some(Locale::Ar))]
#[case("hello there", Some(Locale::En))]
#[case("bonjour", None)]
#[case("你好", None)]
#[case("123", None)]
#[case("😀", None)]
fn scripts(#[case] text: &str, #[case] script: Option<Locale>) {
    assert_eq!(read(text).script, script, "{text}");
}

#[test]
fn endless_and_broken_texts_are_read_as_nothing() {
    assert_eq!(read(&"س".repeat(65_536)).word, None);
    let zalgo: String = "h".chars().chain(std::iter::repeat_n('\u{301}', 4_000)).collect();
    assert_eq!(read(&zalgo).word, None);
}

#[test]
fn codes_come_back() {
    for word in Word::ALL {
        assert_eq!(Word::from_code(word.code()), Some(word));
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,200}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
    }

    #[test]
    fn anything_can_be_read(text: String) {
        let _ = read(&text);
    }
}
