//! §4.2: messages, people, languages, the way around.

use super::Row;
use crate::domain::words::Word;

/// All rows of this file.
pub(super) const ROWS: &[&Row] =
    &[&STOP, &START, &HELP, &PERSON, &ENGLISH, &ARABIC, &MENU, &WRONG_NUMBER, &NEW_LINK, &DELETE_DATA];

/// No more messages.
const STOP: Row = Row {
    word: Word::Stop,
    standard: "إيقاف، توقف، أوقف، إلغاء الاشتراك، كفى رسائل، لا ترسلوا لي",
    gulf: "وقف، وقفوا، وقفوا الرسايل، لا ترسلون، لا ترسلون لي، ما أبي رسايل، ما أبغى رسايل، شيلوا رقمي، لا تدزون",
    egypt: "وقفوا الرسايل، بطلوا رسايل، بطلوا تبعتوا، كفاية رسايل، مش عايز رسايل، مش عايزة رسايل، ماتبعتوش، شيلوا رقمي",
    levant: "وقفوا الرسايل، لا تبعتوا، ما بدي رسايل، حاج تبعتوا، خلص لا تبعتولي، شيلوا رقمي",
    maghreb: "حبسو، حبسو الميساجات، وقفو، ما بغيتش ميساجات، ماتصيفطوش ليا، ما تبعثوليش، يزي من الميساجات، باراكا من الميساجات",
    arabizi: "iqaf, eqaf, wa2fo, wagfo, battalo, 7abso, mabi rasayel, ma bde rasayel, msh 3ayez rasayel",
    latin: "stop, stop all, unsubscribe, opt out, remove me, end, quit, no more messages, don't text me; arrêt, arrêter, désabonner",
    slips: "ايقاف، أيقاف، إقاف، ايقف، توقيف، ايقاااف، وئف، ستوب، استوب، اوقفو; stpo, sotp, stopp, stp, satop, unsubscibe, unsuscribe",
    variants: "إيقاف الرسائل، إيقاف كل الرسائل، وقف الرسايل, stop messages, stop all messages, stop sending, stop messaging, stop texting, stop the messages, stop these messages, stop contacting me, stop spam, stop spamming, unsubscribe me, remove my number, take me off, don't message me, don't send me, do not send me, do not message me, do not contact me, don't contact me, no messages, أوقفوا الرسائل، أوقف الرسائل، وقف الرسائل، وقفوا الرسائل، لا ترسلوا، لا تراسلوني، لا ترسل لي، ما أريد رسائل، لا أريد رسائل، لا أريد رسائلكم، ما أبي رسائل، ما بدي رسائل، مش عايز رسائل، كفاية رسائل، ألغوا الاشتراك، إلغاء اشتراكي، ألغي اشتراكي",
};

/// Messages again.
const START: Row = Row {
    word: Word::Start,
    standard: "تشغيل، استئناف، ابدأ، ابدئي، اشتراك",
    gulf: "شغلوها، رجعوا الرسايل، أبي الرسايل، أبغى الرسايل",
    egypt: "شغلوا الرسايل، رجعوا الرسايل، عايز الرسايل تاني، عايزة الرسايل تاني",
    levant: "رجعوا الرسايل، بدي الرسايل",
    maghreb: "رجعو الميساجات، بغيت الميساجات، نحب الميساجات",
    arabizi: "tashgheel, raj3o el rasayel, ebda2, ibda",
    latin: "start, unstop, resume, subscribe, turn on; reprendre, démarrer",
    slips: "تشغل، تشغيلل، استاناف، ابداء، ابدا; strat, satrt",
    variants: "تشغيل الرسائل, turn messages on, start messages, start sending, subscribe me, resubscribe, أعيدوا الرسائل، رجعوا الرسائل، أرسلوا الرسائل",
};

/// How does this work? The bare question mark is read before folding.
const HELP: Row = Row {
    word: Word::Help,
    standard: "مساعدة، المساعدة، كيف أستخدم هذا",
    gulf: "وش أسوي، شلون أحجز، كيف أسوي",
    egypt: "أعمل إيه، إزاي أحجز، ممكن مساعدة",
    levant: "شو أعمل، كيف بحجز، ممكن تساعدوني",
    maghreb: "كيفاش ندير، كيفاش نحجز، عاونوني",
    arabizi: "mosa3ada, shlon a7jez, ezay a7gez, kifach",
    latin: "help, how does this work, ?; aide",
    slips: "مساعده، مساعدا، مسعدة; hlep, halp",
    variants: "who are you, who is this, what is this, what can you do, are you a robot, are you a bot, are you human, is this a bot, من أنتم، من معي، من أنت، مين معي، مين حضرتك، مين معايا، إنت مين، هل أنت روبوت، ماذا يمكنك، وش تقدر تسوي, شو بتقدر تعمل, help me",
};

/// Talk to a person.
const PERSON: Row = Row {
    word: Word::Person,
    standard: "موظف، موظفة، شخص، إنسان، الاستقبال، خدمة العملاء، أريد التحدث مع شخص",
    gulf: "أبي موظف، أبغى أحد يكلمني، حولني على موظف، كلموني، أبي إنسان",
    egypt: "عايز أكلم حد، عايزة أكلم حد، حولني لموظف، خدمة عملاء، حد يرد عليا",
    levant: "بدي موظف، بدي إحكي مع حدا، في حدا يرد، حدا يحكي معي",
    maghreb: "بغيت نهضر مع شي واحد، نحب نحكي مع عون، نحب نهدر مع واحد، عيطو ليا",
    arabizi: "abi mowazaf, 3ayez akalem 7ad, bde e7ki ma3 7ada, bghit nhder m3a chi wa7d",
    latin: "agent, human, person, staff, reception, operator, real person, talk to someone; parler à quelqu'un, conseiller",
    slips: "موضف، مواظف، موظفه، ماوظف، استقبل; aget, agnet, humn, reciption, persn",
    variants: "التحدث مع فريقنا، شخص من فريقنا، التحدث مع شخص, talk to our team, talk to a person, human please, i want human, a human, real human, live agent, speak to someone, speak with someone, speak to a person, speak to agent, talk to agent, talk to human, talk to a human, speak to a human, customer service, customer care, connect me, transfer me, speak to the doctor, talk to the doctor, talk to a doctor, speak to a doctor, speak to reception, كلمني موظف، موظف يكلمني، أكلم موظف، أكلم أحد، أكلم حد، أكلم شخص، أريد موظف، أريد موظفا، أريد التحدث، أتحدث مع موظف، أتكلم مع موظف، حد يكلمني، أحد يكلمني، أحد يساعدني، حد يساعدني، عايز موظف، عايزة موظف، عايز خدمة العملاء، خدمة الزبائن، إحكي مع موظف، نهضر مع موظف، أكلم الدكتور، أكلم الدكتورة، أكلم الطبيب, كلموني",
};

/// Go on in English.
const ENGLISH: Row = Row {
    word: Word::LanguageEn,
    standard: "الإنجليزية، إنجليزي، بالإنجليزية",
    gulf: "انقليزي، بالانقليزي",
    egypt: "انجليزي، بالانجليزي",
    levant: "انكليزي، بالانكليزي",
    maghreb: "بالنجليزية، بالأنكلي",
    arabizi: "inglizi, englizi, engleezi",
    latin: "english, in english; anglais",
    slips: "انجلزي، إنقلش، انجلش; englsh, inglish",
    variants: "",
};

/// Go on in Arabic.
const ARABIC: Row = Row {
    word: Word::LanguageAr,
    standard: "العربية، عربي، باللغة العربية",
    gulf: "عربي، بالعربي",
    egypt: "عربي، بالعربي",
    levant: "عربي، بالعربي",
    maghreb: "بالعربية، العربية",
    arabizi: "3arabi, arabi, bel 3arabi",
    latin: "arabic, in arabic; arabe",
    slips: "عربى، اعربي، لعربية; arbic, arabik",
    variants: "",
};

/// All options.
const MENU: Row = Row {
    word: Word::Menu,
    standard: "القائمة، القائمة الرئيسية، الخيارات، البداية، رجوع",
    gulf: "المنيو، الخيارات، رجعني",
    egypt: "المنيو، الاختيارات، القايمة",
    levant: "القايمة، المينيو، الخيارات",
    maghreb: "لاليست، القائمة، المونو",
    arabizi: "qayma, 2ayma, menyo, el menu",
    latin: "menu, main menu, options, home, back, start over; liste, retour",
    slips: "القاءمة، قايمه، القائمه، منيوو; mnue, meun, manu",
    variants: "عرض الخيارات, see options",
};

/// Not the patient's number.
const WRONG_NUMBER: Row = Row {
    word: Word::WrongNumber,
    standard: "الرقم خاطئ، لست صاحب الرقم، لا أعرف هذا المريض",
    gulf: "الرقم غلط، مو رقمي، غلطانين",
    egypt: "الرقم غلط، النمرة غلط، مش أنا",
    levant: "الرقم غلط، مش أنا، غلطانين",
    maghreb: "النمرة غلط، ماشي أنا، غالطين",
    arabizi: "ra8am ghalat, mesh ana",
    latin: "wrong number, not me, who is this for; mauvais numéro",
    slips: "غلطان الرقم، رقم خطا",
    variants: "ليس رقمي، لا ليس رقمي, not my number, wrong person, this is not my number, not the right number, غلطان، رقم غلط، هذا ليس رقمي، مب رقمي، موب رقمي، هذا مو رقمي",
};

/// The secure link again.
const NEW_LINK: Row = Row {
    word: Word::NewLink,
    standard: "رابط، رابط جديد",
    gulf: "اللينك، الرابط ما يفتح",
    egypt: "اللينك مش بيفتح، لينك",
    levant: "اللينك ما بيفتح، الرابط",
    maghreb: "الليان ما بغاش يتحل، الرابط",
    arabizi: "rabet, el link",
    latin: "link, new link; lien",
    slips: "رابظ، رابت; lnik",
    variants: "link not working, link doesn't work, the link, send the link, send link, resend the link, الرابط لا يعمل، الرابط لا يفتح، الرابط ما يشتغل، الرابط مش شغال، أرسلوا الرابط، ابعتوا الرابط، ابعتوا اللينك, ما فتح الرابط",
};

/// Delete what Wasl holds.
const DELETE_DATA: Row = Row {
    word: Word::DeleteData,
    standard: "حذف بياناتي، امسحوا بياناتي",
    gulf: "احذفوا بياناتي، امسحوا رقمي",
    egypt: "امسحوا بياناتي",
    levant: "امحوا بياناتي، احذفوا معلوماتي",
    maghreb: "مسحو المعلومات ديالي",
    arabizi: "ems7o bayanati",
    latin: "delete my data, forget me; supprimer mes données",
    slips: "حذف بيناتي",
    variants: "نعم حذف بياناتي, yes delete my data, delete my account, delete my information, erase my data, remove my data, delete me, حذف حسابي، احذفوا حسابي، احذفوا رقمي، امسحوا معلوماتي، احذف بياناتي، امسح بياناتي",
};
