//! §4.3, "none of these": turns of speech that sound like a sign. Their words are taken out before signs are looked
//! for, so that a real sign beside them still counts.

use crate::domain::words::patterns::Row;

/// Written like signs; each word right after the one before.
pub(super) const TURNS: Row<()> = Row { what: (), columns: COLUMNS };

const COLUMNS: &[&str] = &[
    "عيادة|عيادات_قلب، صورة|صور_صدر، حادث|حادثة_قديم*، بنك_دم، شكرا_من_قلب*، فدا_قلب*",
    "قلبي_معاكم|معكم|معاك|معك، تعبت|عييت|زهقت_من_انتظار، هموت|بموت|أموت_وأحجز، تقبرني، الموضوع_قتلني",
    "ميت|ميتة|ميتين|موت|بموت|هموت|أموت|مت|متت|متنا|مات|ماتت_من_ضحك، ميت|ميتة|موت|بموت|مت|متت|متنا|مات|ماتت_بالضحك",
    "ليست|ليس|مو|مش|موب|ماشي_حالة_طارئة، not_an_emergency, not|no|non_emergency, family|work_emergency, emergency_contact, pas_une_urgence",
    "heart_clinic|clinics, dying_to, killing_time, blood_test|tests, by_accident, save_me|us_a|an|the",
    "cant|cannot_go_on_the|that|mon*|tue*|wed*|thu*|fri*|sat*|sun*|holiday|vacation",
    "cant|cannot_go_on_0*|1*|2*|3*|4*|5*|6*|7*|8*|9*",
];
