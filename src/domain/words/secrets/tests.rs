//! What is a secret, and what only looks like one.

use crate::domain::words::{Word, read};
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case::saudi_citizen("1000000008")]
#[case::saudi_arabic_digits("١٠٠٠٠٠٠٠٠٨")]
#[case::mistyped_check_digit("1098765432")]
#[case::iqama("2000000006")]
#[case::iqama_named("رقم الإقامة 2345678901")]
#[case::hawiya("رقم هويتي 1098765432")]
#[case::hawiya_in_groups("هويتي 10 9876 5432")]
#[case::egypt("29001011234567")]
#[case::egypt_named("الرقم القومي ٣٠١٠٥١٥٨٨٠١٢٣٤")]
#[case::emirates("784-1990-1234567-1")]
#[case::emirates_solid("784199012345671")]
#[case::emirates_in_a_sentence("my emirates id is 784 1990 1234567 1 thanks")]
#[case::morocco("BE123456")]
#[case::morocco_one_letter("لاكارط ديالي J12345")]
#[case::tunisia("رقم بطاقة التعريف الوطنية 01234567 هوية 12345678")]
#[case::ssn("my social is 123-45-6789")]
#[case::ssn_alone("123-45-6789")]
#[case::ssn_blanks("SSN 123 45 6789")]
#[case::passport("passport A12345678")]
#[case::passport_arabic("رقم الجواز أي 12345678")]
#[case::passport_mixed("passport number 12AB34567")]
#[case::kuwait("الرقم المدني 290010112345")]
#[case::jordan("الرقم الوطني 9901012345")]
#[case::french("mon passeport est 12AB34567")]
#[case::beside_a_request("أبي موعد بكرة رقم هويتي 1098765432")]
#[case::hidden_in_a_courtesy("please book, iqama: 2000000006, thank you")]
fn ids(#[case] text: &str) {
    assert_eq!(read(text).word, Some(Word::SecretId), "{text}");
}

#[rstest]
#[case::visa("4111111111111111")]
#[case::visa_groups("4111 1111 1111 1111")]
#[case::visa_dashes("4111-1111-1111-1111")]
#[case::visa_arabic_digits("٤١١١ ١١١١ ١١١١ ١١١١")]
#[case::mastercard("5555555555554444")]
#[case::amex("3782 822463 10005")]
#[case::diners("30569309025904")]
#[case::discover("6011111111111117")]
#[case::old_visa("4222222222222")]
#[case::mistyped_but_named("رقم بطاقتي 4111111111111112")]
#[case::named_in_english("my card is 1234567890123456")]
#[case::back("4111111111111111 12/28 cvv 123")]
#[case::only_the_back("cvv 123")]
#[case::iban("SA03 8000 0000 6080 1016 7519")]
#[case::iban_solid("sa0380000000608010167519")]
#[case::wins_over_booking("احجزوا لي والبطاقة 4111111111111111")]
fn cards(#[case] text: &str) {
    assert_eq!(read(text).word, Some(Word::SecretCard), "{text}");
}

#[rstest]
#[case("my password is sunshine")]
#[case("My password: Noura2020!")]
#[case("password = hunter2")]
#[case("password qwerty123")]
#[case("كلمة السر نورة123")]
#[case("كلمة السر noura")]
#[case("كلمة المرور هي نورة")]
#[case("كلمة المرور: نورة")]
#[case("كلمة السر بتاعتي هي 1234")]
#[case("الباسورد حقي 123456")]
#[case("الرقم السري 4821")]
#[case("رمز التحقق 482193")]
#[case("رمز التحقق هو ٤٨٢١٩٣")]
#[case("الكود 4821")]
#[case("the code is 482 193")]
#[case("OTP 482193")]
#[case("482193 is my code")]
#[case("PIN: 4821")]
#[case("mot de passe: soleil")]
#[case("mon mot de passe est soleil")]
#[case("القن السري ديالي 1234")]
#[case("kelmet el ser 12345")]
fn logins(#[case] text: &str) {
    assert_eq!(read(text).word, Some(Word::SecretLogin), "{text}");
}

#[rstest]
#[case::saudi_mobile("0512345678")]
#[case::saudi_mobile_arabic("٠٥١٢٣٤٥٦٧٨")]
#[case::saudi_mobile_without_zero("512345678")]
#[case::saudi_abroad("+966512345678")]
#[case::saudi_abroad_spaced("+966 51 234 5678")]
#[case::saudi_abroad_zeros("00966512345678")]
#[case::saudi_abroad_bare("966512345678")]
#[case::saudi_landline("0112345678")]
#[case::saudi_toll_free("920012345")]
#[case::egypt_mobile("01012345678")]
#[case::egypt_abroad("+20 10 1234 5678")]
#[case::egypt_abroad_bare("201012345678")]
#[case::egypt_abroad_zeros("00201012345678")]
#[case::emirates_mobile("050 123 4567")]
#[case::emirates_abroad("971501234567")]
#[case::jordan_mobile("0791234567")]
#[case::iraq_mobile("07701234567")]
#[case::iraq_abroad("9647701234567")]
#[case::morocco_mobile("06 12 34 56 78")]
#[case::morocco_abroad("+212 6 12 34 56 78")]
#[case::algeria_mobile("0550 12 34 56")]
#[case::lebanon("03 123 456")]
#[case::kuwait("51234567")]
#[case::us("(202) 555-0123")]
#[case::us_solid("2025550123")]
#[case::us_dashes("202-555-0123")]
#[case::us_abroad("12025550123")]
#[case::uk("+44 7911 123456")]
#[case::germany("4915112345678")]
#[case::two_phones("0512345678 0598765432")]
#[case::named_phone("رقمي جوال 1012345678")]
#[case::with_a_lost_passport("I lost my passport, call 0512345678")]
#[case::date("12/5")]
#[case::date_arabic("١٢/٥/٢٠٢٦")]
#[case::date_dashes("5-12-2026")]
#[case::date_iso("2026-12-05")]
#[case::date_and_phone("5-12-2026 0512345678")]
#[case::stamp("20261122103000")]
#[case::hijri("10 رمضان 1448")]
#[case::time("15:30")]
#[case::time_solid("1530")]
#[case::hours("من 3 ل 5")]
#[case::hour_range("8-10")]
#[case::number("3")]
#[case::five_digits("12345")]
#[case::ticket("A27")]
#[case::ticket_long("AB1234")]
#[case::vitamin("b12")]
#[case::price("sr15000")]
#[case::price_words("15000 ريال")]
#[case::weight("my weight is 85")]
#[case::appointment_id("appointment id 1123456")]
#[case::asks_what_to_bring("هل أحتاج جواز السفر؟")]
#[case::asks_about_id("do I need my ID")]
#[case::forgot("I forgot my password")]
#[case::forgot_arabic("نسيت كلمة السر")]
#[case::wrong_password("my password is wrong")]
#[case::not_working("the password is not working")]
#[case::wrong_arabic("كلمة السر غلط")]
#[case::does_not_work("كلمة المرور ما تشتغل")]
#[case::no_code("لم يصلني رمز التحقق")]
#[case::postal_code("postal code 12345")]
#[case::postal_code_arabic("الرمز البريدي 12345")]
#[case::code_asked("what is the code")]
#[case::map_pin("send a pin")]
#[case::card_asked("do you take card")]
#[case::card_asked_arabic("هل الدفع بالبطاقة")]
#[case::spelled_word("covid19")]
fn no_secrets(#[case] text: &str) {
    let word = read(text).word;
    let secret = matches!(word, Some(Word::SecretId | Word::SecretCard | Word::SecretLogin));
    assert!(!secret, "{text} reads as {word:?}");
}

#[rstest]
#[case("stop all, my id is 1098765432", Word::Stop)]
#[case("الرقم غلط، هويتي 1098765432", Word::WrongNumber)]
#[case("chest pain, my id is 1098765432", Word::Emergency)]
#[case("agent please, my id is 1098765432", Word::SecretId)]
#[case("my card is 4111111111111111 and my id is 1098765432", Word::SecretCard)]
#[case("my id is 1098765432 and my password is sunshine", Word::SecretId)]
#[case("cancel my appointment, id 1098765432", Word::SecretId)]
#[case("my head hurts, my id is 1098765432", Word::SecretId)]
fn what_wins(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word), "{text}");
}

/// Reads what `write` makes of a number.
fn secret(text: &str) -> bool {
    matches!(read(text).word, Some(Word::SecretId | Word::SecretCard | Word::SecretLogin))
}

proptest! {
    #[test]
    fn no_mobile_number_is_a_secret(rest in 0u32..100_000_000, code in prop::sample::select(vec![
        "05", "+9665", "009665", "9665", "+9715", "9715", "0020101", "+20101", "20101", "010", "+2126", "2126", "06", "07", "+9627", "9627"
    ])) {
        let text = format!("{code}{rest:08}");
        prop_assert!(!secret(&text), "{text}");
    }

    #[test]
    fn no_date_or_time_is_a_secret(day in 1u32..=31, month in 1u32..=12, year in 2025u32..=2030, hour in 0u32..=23, minute in 0u32..=59) {
        for text in [
            format!("{day}/{month}/{year} {hour}:{minute:02}"),
            format!("{day}-{month}-{year} {hour}.{minute:02}"),
            format!("{day} {month} {year} {hour} {minute:02}"),
            format!("{year}-{month:02}-{day:02} {hour:02}{minute:02}"),
            format!("بكرة الساعة {hour} و{minute}"),
        ] {
            prop_assert!(!secret(&text), "{text}");
        }
    }

    #[test]
    fn every_card_with_its_check_digit_is_one(body in "[45][0-9]{14}") {
        let text = (0..10).map(|check| format!("{body}{check}")).find(|number| super::checks::luhn(number)).unwrap();
        prop_assert_eq!(read(&text).word, Some(Word::SecretCard));
        let grouped = text.as_bytes().chunks(4).map(|four| std::str::from_utf8(four).unwrap()).collect::<Vec<_>>();
        prop_assert_eq!(read(&grouped.join(" ")).word, Some(Word::SecretCard));
    }
}
