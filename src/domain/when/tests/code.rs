//! The bytes of a [`When`].

use crate::domain::when::{Clock, Day, Feast, Half, Month, Part, Third, Time, When, Which, read};
use chrono::Weekday;
use proptest::prelude::*;

fn clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        (0u16..720).prop_map(|minute| Clock { minute, half: Half::Open }),
        (0u16..720).prop_map(|minute| Clock { minute, half: Half::Asked }),
        (0u16..1440).prop_map(|minute| Clock { minute, half: Half::Fixed }),
    ]
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0u8..7).prop_map(|n| Weekday::try_from(n).unwrap())
}

fn third() -> impl Strategy<Value = Option<Third>> {
    prop::sample::select(vec![None, Some(Third::Early), Some(Third::Mid), Some(Third::Late)])
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![
        prop::sample::select(vec![Which::Plain, Which::This, Which::Next, Which::AfterNext]),
        any::<u8>().prop_map(Which::OfWeek),
    ]
}

fn month() -> impl Strategy<Value = Month> {
    prop_oneof![Just(Month::This), Just(Month::Next), (1u8..=12).prop_map(Month::Named)]
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        any::<u8>().prop_map(Day::In),
        any::<u8>().prop_map(Day::Weeks),
        any::<u8>().prop_map(Day::Months),
        (weekday(), which()).prop_map(|(day, which)| Day::Weekday(day, which)),
        weekday().prop_map(Day::NightOf),
        any::<u8>().prop_map(Day::Week),
        (month(), third()).prop_map(|(month, third)| Day::Month(month, third)),
        (1u8..=31, any::<bool>()).prop_map(|(day, next)| Day::Nth { day, next }),
        (1u8..=31, 1u8..=12, prop::option::of(1u16..), any::<bool>())
            .prop_map(|(day, month, year, swaps)| Day::Date { day, month, year, swaps }),
        (1u8..=31, 1u8..=12).prop_map(|(day, month)| Day::DateOrTime { day, month }),
        (1u8..=30, 1u8..=12, prop::option::of(1u16..)).prop_map(|(day, month, year)| Day::Hijri {
            day,
            month,
            year
        }),
        (1u8..=12, third()).prop_map(|(month, third)| Day::HijriMonth(month, third)),
        prop::sample::select(vec![
            Day::Jumaa,
            Day::Weekend,
            Day::Nearest,
            Day::After(Feast::Holiday),
            Day::After(Feast::Ramadan)
        ]),
    ]
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        prop::sample::select(vec![Part::Dawn, Part::Morning, Part::Tonight, Part::BeforeSuhoor])
            .prop_map(Time::Part),
        clock().prop_map(Time::At),
        (clock(), clock()).prop_map(|(from, until)| Time::Between(from, until)),
        clock().prop_map(Time::From),
        clock().prop_map(Time::Until),
        any::<u8>().prop_map(Time::InHours),
        (0u16..300).prop_map(Time::Midnight),
    ]
}

fn when() -> impl Strategy<Value = When> {
    (prop::option::of(day()), prop::option::of(time()))
        .prop_filter("something is said", |(day, time)| day.is_some() || time.is_some())
        .prop_map(|(day, time)| When { day, time })
}

proptest! {
    #[test]
    fn what_is_encoded_comes_back(when in when()) {
        prop_assert_eq!(When::decode(&when.encode()), Some(when));
    }

    #[test]
    fn only_what_encodes_decodes(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
        if let Some(when) = When::decode(&bytes) {
            prop_assert_eq!(when.encode(), bytes);
        }
    }

    #[test]
    fn nearly_right_bytes_decode_only_to_themselves(when in when(), at in 0usize..10, bit in 0u8..8) {
        let mut bytes = when.encode();
        bytes[at] ^= 1 << bit;
        if let Some(other) = When::decode(&bytes) {
            prop_assert_ne!(other, when);
            prop_assert_eq!(other.encode(), bytes);
        }
    }
}

#[test]
fn what_was_read_is_ten_bytes_without_text() {
    let when = read("بعد بكرة ٣ العصر عند دكتورة سارة").unwrap();
    assert_eq!(when.encode(), [1, 2, 0, 0, 0, 2, 0x83, 0x84, 0, 0]);
    assert_eq!(When::decode(&[]), None);
    assert_eq!(When::decode(&[0; 10]), None);
}
