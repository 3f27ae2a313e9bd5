//! Who is this for? Families, merged records, people without a number.

use crate::world::World;

#[test]
fn a_mother_chooses_by_neutral_labels_and_the_second_child_is_booked() {
    let world = World::start();
    let phone = world.phone("parent");
    let welcome = phone.says("مرحبا");
    let who = phone.taps(&welcome, "حجز موعد");
    assert!(who.text().starts_with("هذا الرقم مسجل لأكثر من شخص. لمن هذا الطلب؟"), "{}", who.text());
    assert_eq!(who.labels(), ["الشخص ١", "الشخص ٢", "الشخص ٣", "التحدث مع فريقنا"]);
    let services = phone.taps(&who, "الشخص ٣");
    let times = phone.taps(&services, "طب الأسرة");
    let confirmation = phone.taps(&times, "#0");
    assert!(confirmation.text().contains("لمن: الشخص ٣"), "{}", confirmation.text());
    let booked = phone.taps(&confirmation, "تأكيد الحجز");
    assert!(booked.text().contains("لمن: الشخص ٣"), "{}", booked.text());
    assert_eq!(world.resources("Appointment?patient=Patient/demo-2c").len(), 1, "the youngest is the third");
    let who = phone.says("مواعيدي");
    let none = phone.taps(&who, "الشخص ٢");
    assert_eq!(none.text(), "لا توجد لديك مواعيد قادمة.");
}

#[test]
fn my_old_record_was_merged_and_i_am_still_myself() {
    let world = World::start();
    let phone = world.phone("merged");
    let welcome = phone.says("مرحبا");
    let services = phone.taps(&welcome, "حجز موعد");
    assert_eq!(services.text(), "ما الخدمة المطلوبة؟");
    let times = phone.taps(&services, "#0");
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "تأكيد الحجز");
    assert_eq!(world.resources("Appointment?patient=Patient/demo-1").len(), 1, "on the record that is left");
}
