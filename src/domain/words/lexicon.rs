//! What patients type, by meaning: standard Arabic, Gulf and Iraq, Egypt, Levant, Maghreb, Arabizi, English, French and
//! likely slips in one list each (`conversation.md` §4.2). The first list that fits wins.

use super::Word;

/// Whole messages, and phrases of two words or more inside short ones.
pub(super) const LISTS: &[(Word, &[&str])] = &[
    (Word::Stop, &[
        "إيقاف", "توقف", "أوقف", "إلغاء الاشتراك", "كفى رسائل", "لا ترسلوا لي", "وقف", "وقفوا",
        "وقفوا الرسايل", "لا ترسلون", "لا ترسلون لي", "ما أبي رسايل", "ما أبغى رسايل", "شيلوا رقمي",
        "لا تدزون", "بطلوا رسايل", "بطلوا تبعتوا", "كفاية رسايل", "مش عايز رسايل", "مش عايزة رسايل",
        "ماتبعتوش", "لا تبعتوا", "ما بدي رسايل", "حاج تبعتوا", "خلص لا تبعتولي", "حبسو",
        "حبسو الميساجات", "وقفو", "ما بغيتش ميساجات", "ماتصيفطوش ليا", "ما تبعثوليش", "يزي من الميساجات",
        "باراكا من الميساجات", "iqaf", "eqaf", "wa2fo", "wagfo", "battalo", "7abso", "mabi rasayel",
        "ma bde rasayel", "msh 3ayez rasayel", "stop", "stop all", "unsubscribe", "opt out", "remove me",
        "end", "quit", "no more messages", "don't text me", "arrêt", "arrêter", "désabonner", "ايقاف",
        "أيقاف", "إقاف", "ايقف", "توقيف", "ايقاااف", "وئف", "ستوب", "استوب", "اوقفو", "stpo", "sotp",
        "stopp", "stp", "satop", "unsubscibe", "unsuscribe",
    ]),
    (Word::WrongNumber, &[
        "الرقم خاطئ", "لست صاحب الرقم", "لا أعرف هذا المريض", "الرقم غلط", "مو رقمي", "غلطانين",
        "النمرة غلط", "مش أنا", "ماشي أنا", "غالطين", "ra8am ghalat", "mesh ana", "wrong number",
        "not me", "who is this for", "mauvais numéro", "غلطان الرقم", "رقم خطا",
    ]),
    (Word::Start, &[
        "تشغيل", "استئناف", "ابدأ", "ابدئي", "اشتراك", "شغلوها", "رجعوا الرسايل", "أبي الرسايل",
        "أبغى الرسايل", "شغلوا الرسايل", "عايز الرسايل تاني", "عايزة الرسايل تاني", "بدي الرسايل",
        "رجعو الميساجات", "بغيت الميساجات", "نحب الميساجات", "tashgheel", "raj3o el rasayel", "ebda2",
        "ibda", "start", "unstop", "resume", "subscribe", "turn on", "reprendre", "démarrer", "تشغل",
        "تشغيلل", "استاناف", "ابداء", "ابدا", "strat", "satrt",
    ]),
    (Word::Person, &[
        "موظف", "موظفة", "شخص", "إنسان", "الاستقبال", "خدمة العملاء", "أريد التحدث مع شخص", "أبي موظف",
        "أبغى أحد يكلمني", "حولني على موظف", "كلموني", "أبي إنسان", "عايز أكلم حد", "عايزة أكلم حد",
        "حولني لموظف", "خدمة عملاء", "حد يرد عليا", "بدي موظف", "بدي إحكي مع حدا", "في حدا يرد",
        "حدا يحكي معي", "بغيت نهضر مع شي واحد", "نحب نحكي مع عون", "نحب نهدر مع واحد", "عيطو ليا",
        "abi mowazaf", "3ayez akalem 7ad", "bde e7ki ma3 7ada", "bghit nhder m3a chi wa7d", "agent",
        "human", "person", "staff", "reception", "operator", "real person", "talk to someone",
        "parler à quelqu'un", "conseiller", "موضف", "مواظف", "موظفه", "ماوظف", "استقبل", "aget", "agnet",
        "humn", "reciption", "persn",
    ]),
    (Word::LanguageEn, &[
        "الإنجليزية", "إنجليزي", "بالإنجليزية", "انقليزي", "بالانقليزي", "انجليزي", "بالانجليزي",
        "انكليزي", "بالانكليزي", "بالنجليزية", "بالأنكلي", "inglizi", "englizi", "engleezi", "english",
        "in english", "anglais", "انجلزي", "إنقلش", "انجلش", "englsh", "inglish",
    ]),
    (Word::LanguageAr, &[
        "العربية", "عربي", "باللغة العربية", "بالعربي", "بالعربية", "3arabi", "arabi", "bel 3arabi",
        "arabic", "in arabic", "arabe", "عربى", "اعربي", "لعربية", "arbic", "arabik",
    ]),
    (Word::Help, &[
        "مساعدة", "المساعدة", "كيف أستخدم هذا", "وش أسوي", "شلون أحجز", "كيف أسوي", "أعمل إيه",
        "إزاي أحجز", "ممكن مساعدة", "شو أعمل", "كيف بحجز", "ممكن تساعدوني", "كيفاش ندير", "كيفاش نحجز",
        "عاونوني", "mosa3ada", "shlon a7jez", "ezay a7gez", "kifach", "help", "how does this work", "?",
        "aide", "مساعده", "مساعدا", "مسعدة", "hlep", "halp",
    ]),
    (Word::Menu, &[
        "القائمة", "القائمة الرئيسية", "الخيارات", "البداية", "رجوع", "المنيو", "رجعني", "الاختيارات",
        "القايمة", "المينيو", "لاليست", "المونو", "qayma", "2ayma", "menyo", "el menu", "menu",
        "main menu", "options", "home", "back", "start over", "liste", "retour", "القاءمة", "قايمه",
        "القائمه", "منيوو", "mnue", "meun", "manu",
    ]),
    (Word::CancelIt, &[
        "إلغاء الموعد", "ألغوا موعدي", "كنسلوا الموعد", "ألغوا الموعد", "عايز ألغي الميعاد",
        "كنسل الميعاد", "بدي ألغي الموعد", "بغيت نلغي الموعد", "نانيلي الرنديفو", "el8a2 el maw3ed",
        "kansel", "nanuli rdv", "cancel my appointment", "annuler", "الغي الموعد", "إلغأ الموعد", "كنسل",
        "cancle", "cansel",
    ]),
    (Word::Move, &[
        "تغيير الموعد", "تأجيل", "تقديم الموعد", "أجلوا موعدي", "غيروا الموعد", "قدموه",
        "عايز أغير الميعاد", "عايزة أأجل الميعاد", "بدي غير الموعد", "بدي أجل الموعد",
        "بغيت نبدل الموعد", "نبدل الرنديفو", "نأخر الموعد", "aghayer maw3edi", "2ajel el maw3ed",
        "nbedel rdv", "change", "move", "reschedule", "postpone", "changer", "reporter", "تاجيل",
        "تغير الموعد", "reshedule", "rescedule",
    ]),
    (Word::Mine, &[
        "مواعيدي", "متى موعدي", "إمتى ميعادي", "إيمتى موعدي", "فوقاش الموعد ديالي", "وقتاش رنديفويا",
        "mata maw3edi", "emta me3adi", "my appointments", "when is my appointment", "mes rendez-vous",
        "مواعدي", "مواعيديي",
    ]),
    (Word::Book, &[
        "حجز", "حجز موعد", "أريد موعدا", "أبي موعد", "أبغى أحجز", "احجزوا لي", "عايز أحجز", "عايزة أحجز",
        "عايز ميعاد", "احجزلي كشف", "بدي موعد", "بدي إحجز", "بغيت رانديفو", "بغيت موعد",
        "نحب ناخذ رنديفو", "abi maw3ed", "3ayez a7gez", "bde maw3ed", "book", "appointment",
        "see a doctor", "rendez-vous", "rdv", "موعود", "ميعد", "حجر موعد", "apointment", "appoinment",
        "boook",
    ]),
    (Word::WillCome, &[
        "تأكيد", "سأحضر", "مؤكد", "أكيد بجي", "بحضر", "إن شاء الله جاي", "جاية", "هاجي", "جاي", "أكيد",
        "رح إجي", "غادي نجي", "راني جاي", "نجي", "akid", "jay", "haji", "ra7 eji", "ghadi nji",
        "confirm", "I will come", "coming", "je viens", "تاكيد", "تأكد", "confrim", "cofirm",
    ]),
    (Word::DeleteData, &[
        "حذف بياناتي", "امسحوا بياناتي", "احذفوا بياناتي", "امسحوا رقمي", "امحوا بياناتي",
        "احذفوا معلوماتي", "مسحو المعلومات ديالي", "ems7o bayanati", "delete my data", "forget me",
        "supprimer mes données", "حذف بيناتي",
    ]),
    (Word::NewLink, &[
        "رابط", "رابط جديد", "اللينك", "الرابط ما يفتح", "اللينك مش بيفتح", "لينك", "اللينك ما بيفتح",
        "الرابط", "الليان ما بغاش يتحل", "rabet", "el link", "link", "new link", "lien", "رابظ", "رابت",
        "lnik",
    ]),
    (Word::Yes, &[
        "نعم", "أجل", "موافق", "تمام", "إي", "ايه", "زين", "تم", "آه", "أيوه", "ماشي", "أيوا", "منيح",
        "إيه", "واخا", "باهي", "صح", "eh", "aywa", "tamam", "mashi", "wakha", "behi", "yes", "ok",
        "sure", "oui", "d'accord", "نعمم", "اوك", "اوكي", "yse", "okk",
    ]),
    (Word::No, &[
        "لا", "لا شكرا", "ما أبي", "ما أبغى", "لأ", "مش عايز", "مش عايزة", "ما بدي", "ما بغيتش", "لالا",
        "la", "la2", "lala", "no", "no thanks", "non", "لاا", "nope", "noo",
    ]),
    (Word::Hello, &[
        "السلام عليكم", "مرحبا", "أهلا", "صباح الخير", "مساء الخير", "هلا", "هلا والله", "يا هلا",
        "السلام", "إزيكم", "سلام عليكم", "صباح النور", "كيفكم", "يعطيكم العافية", "سلام", "لاباس",
        "عسلامة", "slm", "salam", "mar7aba", "hala", "labas", "hi", "hello", "hey", "good morning",
        "bonjour", "bonsoir", "salut", "السلام عليكوم", "مرحبه", "سلاام", "helo", "hii", "bonjor",
    ]),
    (Word::Thanks, &[
        "شكرا", "جزاكم الله خيرا", "مشكورين", "ما قصرتوا", "متشكر", "متشكرة", "تسلم إيديكم", "يسلمو",
        "الله يعطيكم العافية", "صحيت", "بارك الله فيكم", "shukran", "thx", "yeslamo", "mashkoor",
        "thanks", "thank you", "merci", "شكران", "شكرن", "thnaks", "thanx",
    ]),
];
