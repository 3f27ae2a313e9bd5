//! Days, hours, names and rows in words: what patients type where they could tap.

use crate::stories::booking::{booked, to_the_times};
use crate::world::{Message, Phone, Setting, World};

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";

/// Sunday 22 November 2026, ten in the morning in Riyadh: the examples of `conversation.md` §5.
const SUNDAY: &str = "2026-11-22T07:00:00Z";
/// Sunday 2 May 2027, likewise.
const MAY: &str = "2027-05-02T07:00:00Z";

fn world(now: &str) -> World {
    World::at(now, Setting::default())
}

/// What is offered of data: the rows before "another day" and its kin.
fn times(message: &Message) -> Vec<String> {
    let ways = ["More times", "Another day", "أوقات أخرى", "يوم آخر"];
    message.labels().into_iter().take_while(|label| !ways.contains(&label.as_str())).collect()
}

fn english(phone: &Phone<'_>) -> Message {
    to_the_times(phone, "hi", "Book appointment")
}

fn arabic(phone: &Phone<'_>) -> Message {
    to_the_times(phone, "مرحبا", "حجز موعد")
}

#[test]
fn tomorrow_morning() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let morning = phone.says("tomorrow morning");
    assert_eq!(morning.text(), "Free times on Monday 23 November.\nWhich one suits you?");
    assert_eq!(times(&morning), ["9:00 am", "9:30 am", "10:00 am", "10:30 am", "11:00 am", "11:30 am"]);
    let confirmation = phone.taps(&morning, "#1");
    assert!(confirmation.text().contains("Monday 23 November, 9:30 am"), "{}", confirmation.text());
}

#[test]
fn bokra_el_asr() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    arabic(&phone);
    let asr = phone.says("بكرة العصر");
    assert!(asr.text().contains("الاثنين ٢٣ نوفمبر"), "{}", asr.text());
    assert_eq!(times(&asr), ["٣:٠٠ بعد الظهر", "٣:٣٠ بعد الظهر"]);
}

#[test]
fn ghadan_sabahan() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    arabic(&phone);
    let morning = phone.says("غداً صباحاً");
    assert!(morning.text().contains("الاثنين ٢٣ نوفمبر"), "{}", morning.text());
    assert_eq!(times(&morning)[0], "٩:٠٠ صباحا");
}

#[test]
fn the_twelfth_of_may_in_digits_of_either_kind() {
    let world = world(MAY);
    let (amal, james) = (world.phone(AMAL), world.phone(JAMES));
    english(&james);
    let day = james.says("12/5");
    assert_eq!(day.text(), "Free times on Wednesday 12 May.\nWhich one suits you?");
    arabic(&amal);
    let day = amal.says("١٢/٥");
    assert!(day.text().contains("الأربعاء ١٢ مايو"), "{}", day.text());
}

#[test]
fn twelve_five_in_november_is_asked_back_and_a_tap_answers() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let which = phone.says("12/5");
    assert_eq!(which.text(), "Which of these two days do you mean?");
    assert_eq!(which.labels(), ["Wednesday 12 May", "Saturday 5 December", "Another day"]);
    let none = phone.taps(&which, "Saturday 5 December");
    assert!(none.text().starts_with("There are no free times on Saturday 5 December."), "{}", none.text());
    let far = phone.taps(&which, "Wednesday 12 May");
    assert!(far.text().starts_with("Booking is open until Tuesday 22 December."), "{}", far.text());
}

#[test]
fn next_tuesday_is_asked_back_once_and_a_tap_or_a_word_answers() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let which = phone.says("next Tuesday");
    assert_eq!(which.labels(), ["Tuesday 24 November", "Tuesday 1 December", "Another day"]);
    let day = phone.taps(&which, "Tuesday 1 December");
    assert!(day.text().starts_with("Free times on Tuesday 1 December."), "{}", day.text());
    phone.says("next tuesday");
    let first = phone.says("the first one");
    assert!(first.text().starts_with("Free times on Tuesday 24 November."), "{}", first.text());
}

#[test]
fn at_eight_is_morning_or_evening() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    arabic(&phone);
    let which = phone.says("بكرة الساعة ٨");
    assert_eq!(which.labels(), ["٨:٠٠ صباحا", "٨:٠٠ مساء", "وقت آخر"], "{}", which.text());
    let day = phone.taps(&which, "٨:٠٠ صباحا");
    assert!(day.text().contains("الاثنين ٢٣ نوفمبر"), "{}", day.text());
}

#[test]
fn a_hijri_date_is_asked_back() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    arabic(&phone);
    let question = phone.says("15 جمادى الآخرة");
    assert!(
        question.text().starts_with("هل المقصود ١٥ جمادى الآخرة، أي الأربعاء ٢٥ نوفمبر؟"),
        "{}",
        question.text()
    );
    let day = phone.says("نعم");
    assert!(day.text().contains("الأوقات المتاحة يوم الأربعاء ٢٥ نوفمبر"), "{}", day.text());
}

#[test]
fn doctor_sara_from_the_menu() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    phone.says("hi");
    let sara = phone.says("Dr Sara");
    assert!(sara.text().starts_with("Free times with Dr Sara Alotaibi."), "{}", sara.text());
    assert_eq!(times(&phone.says("tomorrow morning")), ["9:00 am", "10:00 am", "11:00 am"]);
}

#[test]
fn doctor_sara_tomorrow_morning_in_one_breath() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    phone.says("مرحبا");
    let sara = phone.says("أبي موعد مع د. سارة بكرة الصبح");
    assert!(sara.text().contains("الاثنين ٢٣ نوفمبر"), "{}", sara.text());
    assert_eq!(times(&sara), ["٩:٠٠ صباحا", "١٠:٠٠ صباحا", "١١:٠٠ صباحا"]);
}

#[test]
fn of_two_doctors_named_sara_one_is_asked_for() {
    let mut world = world(SUNDAY);
    let copy = |kind: &str, search: &str| {
        let text = world.resources(&format!("{kind}{search}"))[0].to_string();
        let other = [("demo-doctor-1", "demo-doctor-twin"), ("demo-schedule-1", "demo-schedule-twin")];
        let names = [("demo-slot-1-", "demo-slot-twin-"), ("Alotaibi", "Alzahrani"), ("العتيبي", "الزهراني")];
        let twin = other.iter().chain(&names).fold(text, |text, (from, to)| text.replace(from, to));
        let value: serde_json::Value = serde_json::from_str(&twin).unwrap();
        let url = format!("{}/{kind}/{}", world.fhir(), value["id"].as_str().unwrap());
        assert!(world.call("PUT", &url, Some(value)).0 < 300, "{kind}");
    };
    copy("Practitioner", "?_id=demo-doctor-1");
    copy("Schedule", "?_id=demo-schedule-1");
    copy("Slot", "?schedule=Schedule/demo-schedule-1&status=free");
    world.kill_change_and_restart(|dir| {
        let config = std::fs::read_to_string(dir.join("config.toml")).unwrap();
        let (one, both) =
            ("\"Schedule/demo-schedule-1\"", "\"Schedule/demo-schedule-1\", \"Schedule/demo-schedule-twin\"");
        std::fs::write(dir.join("config.toml"), config.replace(one, both)).unwrap();
    });
    let phone = world.phone(JAMES);
    english(&phone);
    let which = phone.says("Dr Sara");
    assert_eq!(which.text(), "Did you mean one of these?", "{:?}", which.rows());
    let twin = which.labels().into_iter().find(|label| label.starts_with("Dr Sara Alzah")).unwrap();
    let hers = phone.taps(&which, &twin);
    assert!(hers.text().starts_with("Free times with Dr Sara Alzahrani."), "{}", hers.text());
}

#[test]
fn a_woman_doctor_please() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let hers = phone.says("I'd prefer a female doctor");
    assert!(hers.rows().iter().take(6).all(|row| !row.contains("Khalid")), "{:?}", hers.rows());
    assert_eq!(times(&phone.says("tomorrow morning")), ["9:00 am", "10:00 am", "11:00 am"]);
}

#[test]
fn al_awwal_and_the_second_one() {
    let world = world(SUNDAY);
    let (amal, james) = (world.phone(AMAL), world.phone(JAMES));
    let offered = arabic(&amal);
    let first = times(&offered)[0].clone();
    let confirmation = amal.says("الأول");
    assert!(confirmation.text().contains(&first), "{}", confirmation.text());
    let again = amal.says("الأول");
    assert!(again.text().starts_with("لم أفهم") || !again.text().contains("تم حجز"), "{}", again.text());
    assert!(world.resources("Appointment?patient=Patient/demo-1").is_empty());
    let welcome = james.says("hi");
    james.taps(&welcome, "Book appointment");
    let family = james.says("the second one");
    assert!(family.rows().iter().any(|row| row.contains("Noura")), "{:?}", family.rows());
}

#[test]
fn a_service_by_its_name() {
    let world = world(SUNDAY);
    let (amal, james) = (world.phone(AMAL), world.phone(JAMES));
    james.says("hi");
    let skin = james.says("Dermatology please");
    assert!(skin.text().starts_with("These are the nearest free times."), "{}", skin.text());
    let welcome = amal.says("مرحبا");
    amal.taps(&welcome, "حجز موعد");
    let family = amal.says("طب الأسرة بكرة");
    assert!(family.text().contains("الاثنين ٢٣ نوفمبر"), "{}", family.text());
}

#[test]
fn i_want_an_appointment_tomorrow_keeps_the_day_while_the_service_is_asked() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    phone.says("hi");
    let services = phone.says("I want an appointment tomorrow afternoon");
    assert_eq!(services.text(), "Which service do you need?");
    let day = phone.taps(&services, "Dermatology");
    assert!(day.text().starts_with("Free times on Monday 23 November."), "{}", day.text());
    assert_eq!(times(&day)[0], "12:00 pm");
}

#[test]
fn tomorrow_at_ten_goes_to_its_confirmation() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let confirmation = phone.says("tomorrow at 10");
    assert!(confirmation.text().starts_with("Shall we book this time for you?"), "{}", confirmation.text());
    assert!(confirmation.text().contains("Monday 23 November, 10:00 am"), "{}", confirmation.text());
    let again = phone.says("yes, at 10");
    assert_eq!(again.text(), confirmation.text(), "a time is never consent");
    let booked = phone.says("yes");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
}

#[test]
fn a_day_that_is_over_and_one_too_far() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let past = phone.says("1/11/2026");
    assert_eq!(past.text(), "That time has passed. Which other time suits you?");
    let far = phone.says("1 December 2028");
    assert!(far.text().starts_with("Booking is open until "), "{}", far.text());
    let days = phone.taps(&far, "Another day");
    assert_eq!(days.text(), "Which day suits you?");
}

#[test]
fn friday_is_closed_and_the_nearest_time_is_offered() {
    let world = world(SUNDAY);
    let phone = world.phone(AMAL);
    arabic(&phone);
    let closed = phone.says("يوم الجمعة");
    assert!(closed.text().contains("العيادات مغلقة يوم الجمعة ٢٧ نوفمبر"), "{}", closed.text());
    let taken = phone.says("نعم");
    assert!(taken.labels().contains(&"تأكيد الحجز".to_owned()), "{}", taken.text());
}

#[test]
fn nothing_is_free_that_day() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let none = phone.says("Saturday");
    assert!(none.text().starts_with("There are no free times on Saturday 28 November."), "{}", none.text());
    let evening = phone.says("tomorrow evening");
    assert!(evening.text().starts_with("Free times on Monday 23 November."), "{}", evening.text());
    assert_eq!(times(&evening)[0], "9:00 am");
}

#[test]
fn move_my_appointment_to_tuesday() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    booked(&phone, 0, false);
    let day = phone.says("move my appointment to Tuesday");
    assert!(times(&day)[0].starts_with("9:"), "{} {:?}", day.text(), day.labels());
    let question = phone.says("الثاني");
    assert!(question.labels().contains(&"Confirm new time".to_owned()), "{:?}", question.labels());
    assert!(question.text().contains("Tuesday 24 November"), "{}", question.text());
}

#[test]
fn what_is_urgent_secret_or_a_stop_comes_before_any_day() {
    let world = world(SUNDAY);
    let phone = world.phone(JAMES);
    english(&phone);
    let urgent = phone.says("chest pain since tomorrow morning, Dr Sara");
    assert!(urgent.text().contains("997"), "{}", urgent.text());
    let secret = phone.says("my card is 4111 1111 1111 1111, tomorrow morning");
    assert!(
        secret.text().starts_with("To protect you, we never ask for bank card details"),
        "{}",
        secret.text()
    );
    let stopped = phone.says("stop messages tomorrow");
    assert!(!stopped.text().starts_with("Free times"), "{}", stopped.text());
}

#[test]
fn thank_you_doctor_sara_asks_for_nothing() {
    let world = world(SUNDAY);
    let (amal, james) = (world.phone(AMAL), world.phone(JAMES));
    english(&james);
    let answer = james.says("thank you Dr Sara");
    assert!(!answer.text().starts_with("Free times"), "{}", answer.text());
    let wish = james.says("I want Dr Sara, thanks");
    assert!(wish.text().starts_with("Free times with Dr Sara"), "{}", wish.text());
    booked(&amal, 0, true);
    let answer = amal.says("شكرا، نراكم بكرة");
    assert!(!answer.text().contains("الأوقات المتاحة"), "{}", answer.text());
}

#[test]
fn the_second_of_my_children_and_then_a_day() {
    let world = world(SUNDAY);
    let phone = world.phone("parent");
    phone.says("مرحبا");
    let who = phone.says("أبي موعد بكرة الصبح");
    assert!(who.labels().len() > 2, "{} {:?}", who.text(), who.labels());
    let services = phone.says("الثاني");
    let day = phone.taps(&services, "الجلدية");
    assert!(day.text().contains("الاثنين ٢٣ نوفمبر"), "{} {}", services.text(), day.text());
    assert_eq!(times(&day)[0], "٩:٠٠ صباحا");
}
