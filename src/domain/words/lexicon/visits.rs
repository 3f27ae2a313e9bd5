//! §4.2: appointments.

use super::Row;
use crate::domain::words::Word;

/// All rows of this file.
pub(super) const ROWS: &[&Row] =
    &[&BOOK, &MINE, &MOVE, &CANCEL_IT, &WILL_COME, &CANCEL, &LATE, &CALL, &PAST, &CALENDAR];

/// Book an appointment.
const BOOK: Row = Row {
    word: Word::Book,
    standard: "حجز، حجز موعد، أريد موعدا",
    gulf: "أبي موعد، أبغى أحجز، احجزوا لي",
    egypt: "عايز أحجز، عايزة أحجز، عايز ميعاد، احجزلي كشف",
    levant: "بدي موعد، بدي إحجز",
    maghreb: "بغيت رانديفو، بغيت موعد، نحب ناخذ رنديفو",
    arabizi: "abi maw3ed, 3ayez a7gez, bde maw3ed",
    latin: "book, appointment, see a doctor; rendez-vous, rdv",
    slips: "موعود، ميعد، حجر موعد; apointment, appoinment, boook",
    variants: "أريد حجز، أريد أن أحجز، أريد موعد، أرغب في حجز، أحجز موعد، أبي أحجز، أبغى موعد، ودي أحجز، محتاج موعد، محتاجة موعد، احجزوا لي موعد، موعد جديد، حجز جديد، عايزة ميعاد، عايز موعد، عايزة موعد، حابب أحجز، حابة أحجز، بغيت نحجز، نحب نحجز، نبغي نحجز، نحب رنديفو، بغيت رنديفو, abgha maw3ed, 3ayza a7gez, bade maw3ed, bghit rdv, bghit rendez vous, book appointment, book an appointment, need an appointment, want an appointment, like an appointment, make an appointment, get an appointment, take an appointment, need appointment, want appointment, new appointment, see the doctor; un rendez-vous, un rdv, prendre rdv, موعد، ميعاد، أحجز، احجزلي، احجزوا، حجز كشف، to book, can i book, book for, make a booking, new booking, booking, schedule an appointment, schedule appointment, set an appointment, see doctor, visit the doctor, visit a doctor, أريد أحجز، أريد كشف، حجز عند، حجز مع، ابغى احجز موعد، 3ayz a7gz, 3ayez a7gz, 3ayza a7gz, abgha a7jez, abi a7jez, bde e7joz",
};

/// Show my appointments.
const MINE: Row = Row {
    word: Word::Mine,
    standard: "مواعيدي، متى موعدي",
    gulf: "متى موعدي، مواعيدي",
    egypt: "إمتى ميعادي، مواعيدي",
    levant: "إيمتى موعدي، مواعيدي",
    maghreb: "فوقاش الموعد ديالي، وقتاش رنديفويا",
    arabizi: "mata maw3edi, emta me3adi",
    latin: "my appointments, when is my appointment; mes rendez-vous",
    slips: "مواعدي، مواعيديي",
    variants: "مواعيد، المواعيد، موعدي متى، متى الموعد، ميعادي إمتى، عرض مواعيدي, what time is my appointment, when is the appointment, show my appointments, see my appointments, appointments, موعدي، ميعادي، موعدي القادم، حجزي، حجوزاتي، هل عندي موعد، عندي موعد متى، موعدي امتى, my appointment, my next appointment, next appointment, my booking, my bookings, do i have an appointment, check my appointment, mon rendez-vous, mon rdv",
};

/// Another time.
const MOVE: Row = Row {
    word: Word::Move,
    standard: "تغيير الموعد، تأجيل، تقديم الموعد",
    gulf: "أجلوا موعدي، غيروا الموعد، قدموه",
    egypt: "عايز أغير الميعاد، عايزة أأجل الميعاد",
    levant: "بدي غير الموعد، بدي أجل الموعد",
    maghreb: "بغيت نبدل الموعد، نبدل الرنديفو، نأخر الموعد",
    arabizi: "aghayer maw3edi, 2ajel el maw3ed, nbedel rdv",
    latin: "change, move, reschedule, postpone; changer, reporter",
    slips: "تاجيل، تغير الموعد; reshedule, rescedule",
    variants: "أغير الموعد، أغير موعدي، أأجل الموعد، أأجل موعدي، غير موعدي، غير الموعد، غيروا موعدي، أجلوا الموعد، تقديم موعدي، أقدم موعدي، وقت آخر لموعدي، تغيير موعد، تغيير موعدي، تأجيل الموعد، تأجيل موعدي, move appointment, move my appointment, change my appointment, change the appointment, change appointment, move the appointment, reschedule my appointment, reschedule the appointment, postpone my appointment, postpone the appointment, changer mon rendez-vous, reporter mon rendez-vous",
};

/// Cancel an appointment.
const CANCEL_IT: Row = Row {
    word: Word::CancelIt,
    standard: "إلغاء الموعد، ألغوا موعدي",
    gulf: "كنسلوا الموعد، ألغوا الموعد",
    egypt: "عايز ألغي الميعاد، كنسل الميعاد",
    levant: "بدي ألغي الموعد",
    maghreb: "بغيت نلغي الموعد، نانيلي الرنديفو",
    arabizi: "el8a2 el maw3ed, kansel, nanuli rdv",
    latin: "cancel my appointment; annuler",
    slips: "الغي الموعد، إلغأ الموعد، كنسل; cancle, cansel",
    variants: "إلغاء موعد، إلغاء موعدي، نعم إلغاء الموعد, cancel appointment, cancel the appointment, yes cancel it, cancel my booking, cancel the booking, cancel my appt، ألغي الموعد، ألغي موعدي، إلغاء الحجز، إلغاء حجزي، كنسلوا موعدي، كنسل الموعد، كنسل موعدي; annuler mon rendez-vous, annuler mon rdv",
};

/// I will come.
const WILL_COME: Row = Row {
    word: Word::WillCome,
    standard: "تأكيد، سأحضر، مؤكد",
    gulf: "أكيد بجي، بحضر، إن شاء الله جاي، جاية",
    egypt: "هاجي، جاي، جاية، أكيد",
    levant: "جاي، جاية، رح إجي، أكيد",
    maghreb: "غادي نجي، راني جاي، جاية، نجي",
    arabizi: "akid, jay, haji, ra7 eji, ghadi nji",
    latin: "confirm, I will come, coming; je viens",
    slips: "تاكيد، تأكد; confrim, cofirm",
    variants: "تأكيد الحضور, I am coming, I'm coming",
};

/// A bare "cancel" (§4.1, rule 5). "cancle" and "cansel" stand in the page's row of [`CANCEL_IT`].
const CANCEL: Row = Row {
    word: Word::CancelOrStop,
    standard: "إلغاء، الغاء",
    gulf: "",
    egypt: "",
    levant: "",
    maghreb: "",
    arabizi: "",
    latin: "cancel",
    slips: "",
    variants: "",
};

/// I am running late. This row and those below are ours.
const LATE: Row = Row {
    word: Word::RunningLate,
    standard: "سأتأخر، سوف أتأخر، متأخر، متأخرة، أنا متأخر، أنا متأخرة، سأتأخر عن الموعد، تأخرت، أنا في الطريق",
    gulf: "بتأخر، بتأخر شوي، راح أتأخر، راح أتأخر شوي، متأخر شوي، تأخرت عليكم، أنا بالطريق، جاي بالطريق",
    egypt: "هتأخر، هتأخر شوية، اتأخرت، أنا متأخر شوية، أنا في السكة، جاي في السكة",
    levant: "رح إتأخر، رح إتأخر شوي، بدي إتأخر، عم بتأخر، أنا عالطريق",
    maghreb: "غادي نتعطل، نتعطل شوية، راني معطل، راني معطلة، معطل، معطلة، غادي نتأخر، باش نتأخر، نتأخر شوية، راني فالطريق",
    arabizi: "hat2akhar, hat2a5ar, ra7 et2akhar, rah et2akhar, bat2akhar, met2akher, met2a5er, mt2akher, ghadi nt3attel",
    latin: "running late, I'm running late, I am running late, I will be late, I'll be late, I am late, I'm late, late, stuck in traffic, on my way, I'm on my way; en retard, je suis en retard, je serai en retard, je vais être en retard",
    slips: "ساتأخر، متاخرر، متئخر; runing late, latte",
    variants: "الطريق زحمة، عالق في الزحمة، زحمة",
};

/// Call me back.
const CALL: Row = Row {
    word: Word::CallMe,
    standard: "اتصلوا بي، اتصل بي، أريد مكالمة، طلب مكالمة، أرجو الاتصال بي، يرجى الاتصال بي، عاودوا الاتصال بي",
    gulf: "دقوا علي، دق علي، اتصلوا علي، أبي اتصال، أبغى اتصال، أبغاكم تتصلون علي، كلموني جوال، كلموني على الجوال",
    egypt: "كلموني بالتليفون، كلموني تليفون، اتصلوا بيا، عايز مكالمة، عايزة مكالمة، رنوا عليا",
    levant: "اتصلوا فيي، اتصلوا فيني، دقولي، تلفنولي، بدي مكالمة، احكوني تلفون",
    maghreb: "عيطو ليا فالتيليفون، عيطو ليا في التليفون، اتصلو بيا، عيطولي، كلموني في التليفون",
    arabizi: "etaslo beya, ettaslo feyi, itaslo fini, do2o 3alay, do2oli, 3ayto liya f telefon",
    latin: "call me, call me back, give me a call, phone me, ring me, ask for a call, request a call, call back, callback; rappelez moi, appelez moi",
    slips: "اتصلو بي، اتصلوو بي; cal me, call mee",
    variants: "ممكن تتصلوا بي، ممكن تتصلون علي، ممكن تكلموني, can you call me, could you call me",
};

/// Appointments that are over.
const PAST: Row = Row {
    word: Word::Past,
    standard: "مواعيدي السابقة، المواعيد السابقة، مواعيدي الماضية، زياراتي السابقة، سجل مواعيدي، آخر موعد لي",
    gulf: "مواعيدي القديمة، مواعيدي اللي راحت، المواعيد القديمة",
    egypt: "مواعيدي اللي فاتت، المواعيد اللي فاتت، زياراتي اللي فاتت",
    levant: "مواعيدي الماضية، مواعيدي يلي راحت، مواعيدي القديمة",
    maghreb: "المواعيد اللي فاتو، مواعيدي اللي دازو، الرنديفوات القدام، الرنديفوات اللي فاتو",
    arabizi: "mawa3idi el sab2a, mawa3idi el 2adima, mawa3idi elly fatet",
    latin: "my previous appointments, previous appointments, my past appointments, past appointments, my old appointments, appointment history, my last appointment, previous visits, past visits; mes anciens rendez-vous, rendez-vous passés",
    slips: "مواعيدي السابقه، مواعدي السابقة; previus appointments, past apointments",
    variants: "",
};

/// Put it into my calendar.
const CALENDAR: Row = Row {
    word: Word::Calendar,
    standard: "التقويم، أضف إلى التقويم، إضافة إلى التقويم، أضيفوا الموعد إلى التقويم",
    gulf: "ضيفوه للتقويم، حطوه بالتقويم، حطوا الموعد بالتقويم",
    egypt: "ضيف الميعاد للتقويم، ضيفوه على الكالندر، الكالندر",
    levant: "ضيفوه عالتقويم، حطوه عالرزنامة، الرزنامة، رزنامة",
    maghreb: "زيدوه للتقويم، زيدو الموعد للتقويم، لاجندا، الأجندة",
    arabizi: "ta2wim, ta9wim, dif el maw3ed lel calendar, rozname",
    latin: "calendar, add to calendar, add to my calendar, add it to my calendar, save to calendar, calendar file; calendrier, ajouter au calendrier",
    slips: "التقويمم، تقويمي; calender, calandar, calander, calendr",
    variants: "كالندر، إلى التقويم، في التقويم، بالتقويم، للتقويم, to my calendar, to calendar, in my calendar, in calendar, to the calendar",
};
