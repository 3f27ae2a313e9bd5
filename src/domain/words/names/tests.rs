//! Services and doctors in what patients type.

use super::{Known, Named, named};
use crate::domain::words::LONGEST;
use proptest::prelude::*;
use rstest::rstest;

/// The keys are what the tests read.
fn services() -> Vec<Known<&'static str>> {
    vec![
        Known::service("skin", ["الجلدية", "Dermatology"]),
        Known::service("teeth", ["طب الأسنان", "Dentistry"]),
        Known::service("eyes", ["العيون", "Eye Clinic"]),
        Known::service("children", ["طب الأطفال", "Pediatrics"]),
        Known::service("heart", ["أمراض القلب", "Cardiology"]),
        Known::service("women", ["النساء والولادة", "Women's Health"]),
        Known::service("bones", ["جراحة العظام", "Orthopedics"]),
        Known::service("family", ["طب الأسرة", "Family Medicine"]),
        Known::service("internal", ["الباطنية", "Internal Medicine"]),
    ]
}

fn doctors() -> Vec<Known<&'static str>> {
    vec![
        Known::doctor("sara", ["د. سارة العتيبي", "Dr Sara Alotaibi"]),
        Known::doctor("omar", ["د. عمر الحداد", "Dr Omar Haddad"]),
        Known::doctor("omar2", ["د. عمر خليل", "Dr Omar Khalil"]),
        Known::doctor("ali", ["د. علي منصور", "Dr Ali Mansour"]),
        Known::doctor("amal", ["د. أمل ناصر", "Dr Amal Nasser"]),
        Known::doctor("ramadan", ["د. رمضان سالم", "Dr Ramadan Salem"]),
        Known::doctor("will", ["Dr Will Young"]),
        Known::doctor("abd", ["د. عبد الرحمن القحطاني", "Dr Abdulrahman Alqahtani"]),
        Known::doctor("latin", ["Dr Khaled Bensalah"]),
        Known::doctor("arabic", ["د. شيماء فؤاد"]),
    ]
}

fn told(text: &str, known: &[Known<&'static str>]) -> String {
    match named(text, known) {
        Named::None => "none".to_owned(),
        Named::One(key) => key.to_owned(),
        Named::Several(keys) => keys.join(" or "),
    }
}

#[rstest]
#[case("الجلدية", "skin")]
#[case("جلدية", "skin")]
#[case("جلديه", "skin")]
#[case("ابي موعد جلدية بكرة", "skin")]
#[case("عند دكتورة جلدية", "skin")]
#[case("والجلدية", "skin")]
#[case("للجلدية", "skin")]
#[case("dermatology", "skin")]
#[case("dermatolgy", "skin")]
#[case("dermatologist", "skin")]
#[case("DERMATOLOGY please", "skin")]
#[case("book me with the skin doctor", "none")]
#[case("أسنان", "teeth")]
#[case("عايز أحجز أسنان", "teeth")]
#[case("طب الاسنان", "teeth")]
#[case("العيون", "eyes")]
#[case("عيادة العيون", "eyes")]
#[case("eye", "eyes")]
#[case("موعد أطفال", "children")]
#[case("pediatrics", "children")]
#[case("pediatrician", "children")]
#[case("القلب", "none")]
#[case("أمراض القلب", "heart")]
#[case("cardiologist", "heart")]
#[case("نساء وولادة", "women")]
#[case("نسا وولادة", "women")]
#[case("عظام", "bones")]
#[case("orthopedic", "bones")]
#[case("orthopaedics", "bones")]
#[case("family medicine", "family")]
#[case("باطنية", "internal")]
#[case("باطنيه", "internal")]
#[case("جلدية أو عيون", "skin or eyes")]
#[case("أبي موعد", "none")]
#[case("tomorrow morning", "none")]
#[case("شكرا من القلب", "none")]
#[case("medicine", "none")]
#[case("الطب", "none")]
#[case("", "none")]
fn services_are_found(#[case] text: &str, #[case] found: &str) {
    assert_eq!(told(text, &services()), found, "{text}");
}

#[rstest]
#[case("Dr Sara", "sara")]
#[case("dr. sara please", "sara")]
#[case("دكتورة سارة", "sara")]
#[case("دكتوره ساره", "sara")]
#[case("الدكتورة سارة العتيبي", "sara")]
#[case("د. سارا", "sara")]
#[case("مع سارة بكرة", "sara")]
#[case("doktora sara", "sara")]
#[case("Dr Sarah", "sara")]
#[case("العتيبي", "sara")]
#[case("Al-Otaibi", "sara")]
#[case("alotaibi", "sara")]
#[case("Dr Otaiby", "sara")]
#[case("Dr Omar", "omar or omar2")]
#[case("دكتور عمر", "omar or omar2")]
#[case("Dr Omar Haddad", "omar")]
#[case("عمر خليل", "omar2")]
#[case("Hadad", "none")]
#[case("Dr Hadad", "omar")]
#[case("دكتور علي", "ali")]
#[case("على", "none")]
#[case("اتصلوا علي", "none")]
#[case("علي منصور", "ali")]
#[case("عندي أمل كبير", "none")]
#[case("دكتورة أمل", "amal")]
#[case("في رمضان", "none")]
#[case("دكتور رمضان", "ramadan")]
#[case("will I see you", "none")]
#[case("Dr Will", "will")]
#[case("Will Young", "will")]
#[case("will they let me in so young", "none")]
#[case("دكتور عبدالرحمن", "abd")]
#[case("Dr Abdul Rahman", "abd")]
#[case("Dr. Abdelrahman", "abd")]
#[case("abd al rahman", "abd")]
#[case::other_alphabet("دكتور خالد", "latin")]
#[case::other_alphabet_back("Dr Shaimaa", "arabic")]
#[case("خالد", "none")]
#[case("أبي موعد بكرة", "none")]
#[case("doctor", "none")]
#[case("دكتور", "none")]
#[case("دكتور جلدية", "none")]
fn doctors_are_found(#[case] text: &str, #[case] found: &str) {
    assert_eq!(told(text, &doctors()), found, "{text}");
}

#[test]
fn of_many_the_first_three() {
    let known: Vec<Known<usize>> =
        (0..9).map(|n| Known::doctor(n, [format!("Dr Omar Number{n}x")])).collect();
    assert_eq!(named("Dr Omar", &known), Named::Several(vec![0, 1, 2]));
}

#[test]
fn two_names_of_one_are_one() {
    let known = [Known::doctor(7, ["Dr Sara One"]), Known::doctor(7, ["Dr Sara Two"])];
    assert_eq!(named("Dr Sara", &known), Named::One(7));
}

#[test]
fn a_clinic_without_names_names_none() {
    assert_eq!(named::<u8>("Dr Sara", &[]), Named::None);
    assert_eq!(named("Dr Sara", &[Known::doctor(1, ["", "Dr", "د."])]), Named::None);
}

#[test]
fn only_the_first_characters_count() {
    assert_eq!(told(&format!("{}جلدية", "x ".repeat(LONGEST)), &services()), "none");
    assert_eq!(told(&"\u{301}".repeat(65_536), &services()), "none");
}

proptest! {
    #[test]
    fn any_text_is_looked_through(text in any::<String>()) {
        let _ = told(&text, &doctors());
    }

    #[test]
    fn a_whole_name_is_found_wherever_it_stands(n in 0usize..9, before in "[a-z]{1,2} ", after in " [a-z]{1,2}") {
        let names = ["الجلدية", "طب الأسنان", "Eye Clinic", "Pediatrics", "Cardiology", "النساء والولادة", "Orthopedics", "Family Medicine", "الباطنية"];
        let keys = ["skin", "teeth", "eyes", "children", "heart", "women", "bones", "family", "internal"];
        prop_assert_eq!(told(&format!("{before}{}{after}", names[n]), &services()), keys[n]);
    }
}

#[test]
fn a_doctor_whose_name_sounds_like_a_service_names_no_service() {
    assert_eq!(told("Dr Sara", &services()), "none");
    assert_eq!(told("Dr Sara", &doctors()), "sara");
}
