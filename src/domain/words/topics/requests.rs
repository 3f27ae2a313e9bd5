//! Requests in other words than those of the tables, with a few words in between: "change the time of my appointment".

use super::About;
use crate::domain::words::Word;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const ROWS: &[Row<About>] = &[
    Row { what: About::Request(Word::Stop), columns: STOP },
    Row { what: About::Request(Word::CancelIt), columns: CANCEL },
    Row { what: About::Request(Word::Move), columns: MOVE },
    Row { what: About::Request(Word::Book), columns: BOOK },
    Row { what: About::Request(Word::Mine), columns: MINE },
];

/// Standard and shared; dialects; Arabizi, English, French.
const STOP: &[&str] = &[
    "وقف|وقفوا|وقفو|أوقف|أوقفوا|إيقاف|بطلوا|بطلو|كفاية|كفى|حبسو رسائل|رسائلكم|رسايل|رسايلكم|مسجات|الميساجات|ميساجات|إشعارات|تنبيهات|تذكيرات",
    "لا ترسلوا|ترسلون|ترسل|تراسلوني|تبعتوا|تبعتولي|تدزون|تبعثوا رسائل|رسايل|لي|مسجات",
    "stop|quit|cease messages|messaging|texts|texting|spam|spamming|notifications|reminders|reminding, stop sending|bothering, dont|not send|message|text me|messages, unsubscribe me, arretez messages|envoyer",
];

const CANCEL: &[&str] = &[
    "إلغاء|ألغي|ألغوا|ألغو|الغ|تلغون|تلغوا|كنسل|كنسلوا|كنسلو|أكنسل|نلغي|نانيلي|شطبوا موعد*|ميعاد*|معاد*|حجز*|رنديفو*|رانديفو*|كشف",
    "cancel|cancelling|canceling appointment|appointments|appt|booking|visit|reservation, annuler rendez|rdv, kansel|el8i|algi maw3ed*|me3ad*|rdv",
];

const MOVE: &[&str] = &[
    "تغيير|أغير|غيروا|غيرو|غير|تعديل|أعدل|تبديل|أبدل|نبدل|بدلو|تأجيل|أأجل|أجلوا|أجل|نأجل|نأخر|تأخير|تقديم|أقدم|قدموا|نقدم|أنقل|نقل موعد*|ميعاد*|معاد*|حجز*|رنديفو*|رانديفو*",
    "change|changing|move|moving|reschedule|rescheduling|postpone|delay|shift|push appointment|appt|booking|visit|rendez, another|different|new|earlier|later time|date|day for|of appointment, changer|reporter|deplacer|decaler rendez|rdv, aghayer|n2ajel|nbedel maw3ed*|me3ad*|rdv",
];

const BOOK: &[&str] = &[
    "أحجز|احجز|احجزلي|احجزولي|احجزوا|نحجز|بحجز|إحجز موعد*|ميعاد*|كشف|عند|مع|لـ|عيادة|دكتور|دكتورة, أريد|أبي|أبغى|ابغا|ودي|محتاج|محتاجة|عايز|عايزة|عاوز|عاوزة|بدي|بغيت|نحب موعد|ميعاد|معاد|كشف|رنديفو|رانديفو",
    "ممكن|أقدر|تقدرون|فيني|نقدر|لو أحجز|احجز|إحجز|نحجز|حجز, في|فيه|عندكم|كاين موعد|مواعيد|ميعاد|رنديفو",
    "book|schedule|make|need|want|like|get appointment|appt|visit|checkup, want|need|like|can|could|to book|schedule for|with|an|a|my|me|in|on, any appointments|slots available|free|open, prendre|voudrais|veux rendez|rdv",
    "abi|abgha|3ayez|3ayz|3ayza|bde|bede|bghit|nheb maw3ed|me3ad|rdv|randivo|a7gez|a7gz|a7jez|n7jez|kashf",
];

const MINE: &[&str] = &[
    "متى|إمتى|إيمتى|وقتاش|فوقاش|كم|شو|أي_ساعة موعدي|ميعادي|الموعد|الميعاد|الرنديفو, تفاصيل|أعرف|تذكير موعدي|ميعادي, موعدي|ميعادي متى|إمتى|إيمتى|وقتاش|كم",
    "when|what_time|which_day is my|the appointment, details|about|check|confirm my appointment, what|which appointments do_i, have any|an appointment, forgot my appointment, quand mon rendez",
];
