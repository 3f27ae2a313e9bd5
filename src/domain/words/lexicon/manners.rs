//! §4.2: yes and no, greetings and thanks; and the words around a request.

use super::Row;
use crate::domain::words::Word;

/// All rows of this file.
pub(super) const ROWS: &[&Row] = &[&YES, &NO, &HELLO, &THANKS];

/// Yes.
const YES: Row = Row {
    word: Word::Yes,
    standard: "نعم، أجل، موافق، تمام",
    gulf: "إي، ايه، زين، تم",
    egypt: "آه، أيوه، ماشي، تمام",
    levant: "إي، أيوا، منيح، ماشي",
    maghreb: "إيه، واخا، باهي، صح",
    arabizi: "eh, aywa, tamam, mashi, wakha, behi",
    latin: "yes, ok, sure; oui, d'accord",
    slips: "نعمم، اوك، اوكي; yse, okk",
    variants: "yes please, yes sure, yeah, yep, yup, okay, of course, correct, نعم أكيد، أكيد نعم، إي نعم، أيوه تمام، طيب، أوكيه",
};

/// No.
const NO: Row = Row {
    word: Word::No,
    standard: "لا، لا شكرا",
    gulf: "لا، ما أبي، ما أبغى",
    egypt: "لأ، مش عايز، مش عايزة",
    levant: "لا، ما بدي",
    maghreb: "لا، ما بغيتش، لالا",
    arabizi: "la, la2, lala",
    latin: "no, no thanks; non",
    slips: "لاا; nope, noo",
    variants: "no thank you, لا أريد، لا أبي، لا خلاص، مو لازم، مش لازم، لا مش عايز, no i dont, not now, nah, i dont want",
};

/// A greeting.
const HELLO: Row = Row {
    word: Word::Hello,
    standard: "السلام عليكم، مرحبا، أهلا، صباح الخير، مساء الخير",
    gulf: "هلا، هلا والله، يا هلا، السلام",
    egypt: "إزيكم، سلام عليكم، صباح النور",
    levant: "مرحبا، كيفكم، يعطيكم العافية",
    maghreb: "سلام، لاباس، عسلامة، أهلا",
    arabizi: "slm, salam, mar7aba, hala, labas",
    latin: "hi, hello, hey, good morning; bonjour, bonsoir, salut",
    slips: "السلام عليكوم، مرحبه، سلاام; helo, hii, bonjor",
    variants: "السلام عليكم ورحمة الله، السلام عليكم ورحمة الله وبركاته، كيف حالكم، كيف الحال، كيفك، شلونكم، شخباركم، إزيك، مساء النور، صباح الورد، يعطيك العافية, hi there, hello there, good evening, good afternoon, sba7 el khir, saba7 el kheir, masa el kheir",
};

/// Thanks.
const THANKS: Row = Row {
    word: Word::Thanks,
    standard: "شكرا، جزاكم الله خيرا",
    gulf: "مشكورين، ما قصرتوا",
    egypt: "متشكر، متشكرة، تسلم إيديكم",
    levant: "يسلمو، الله يعطيكم العافية",
    maghreb: "شكرا، صحيت، بارك الله فيكم",
    arabizi: "shukran, thx, yeslamo, mashkoor",
    latin: "thanks, thank you; merci",
    slips: "شكران، شكرن; thnaks, thanx",
    variants: "شكرا جزيلا، شكرا لك، شكرا لكم، شكرا كتير، شكرا كثير، ألف شكر، مشكور، مشكورة، تسلم، تسلمي، تسلموا، الله يعطيك العافية، جزاك الله خير، جزاك الله خيرا، الله يجزاك خير، جزاكم الله خير, thank you so much, thank you very much, thanks a lot, many thanks, ty, tysm, merci beaucoup",
};

/// What stands around a request out of politeness (§4.1, rule 2). Greetings and thanks count as well.
pub(super) const POLITENESS: &str = "ورحمة الله، ورحمة الله وبركاته، يا جماعة، يا دكتور، إذا ممكن، لو سمحت، لو سمحتي، لو سمحتم، لو سمحتوا، من فضلك، من فضلكم، الله يخليك، الله يخليكم، عافاك، عفاك، عافاكم, please, pls, plz";

/// Words of everyday use, one edit away from an entry of five letters or more: never its slip (§4.1, rule 3).
/// The first line is the page's own list; the rest ("cancer", "أسنان" teeth for "إنسان" human, "العصبية" nervous for
/// "العربية") was found by reading the commonest words of Arabic, English and French against the tables.
pub(super) const EVERYDAY: &str = "وقت، الغداء، موقف، القادمة، تشكيل، عجز, shop, step,
    الغذاء، الغناء، الغطاء، الغلاء، الغباء، الوفاء، الماء، الداء، اللقاء، الدعاء,
    إيقاع، إيداع، وقعوا، أسنان، الأسنان، مستقبل، المستقبل، الاستقلال، الغربية، بالغربي، السيارات، الاختبارات، الاختبار،
    البدالة، القيمة، قادمة، نايمة، دايمة، الدايمة، النايمة، موجود، تسجيل، تأهيل، تعجيل، تحصيل، تأييد، مواقف، مرافق، منافق،
    الرباط، الضابط، السلامة، الكلام، الإسلام، علموني، راجعني، سلطان,
    إلقاء، الغاز، إسلام، إليكم، السلاح، السلم، السليم، الظلام، سلامة، علامة، للسلام، والسلام، وسلامة، مستعدة، التربية، الحربية،
    العبرية، العرقية، العصبية، البدنية، التيارات، القائم، القديمة، القيامة، المنيا، الرابطة، الرابع، الربط، الطين، توافق، يوافق، قدموا,
    salem, arabia, arabs, listed, lists, chang, arent, pearson, stuart, arrest, coding, coping,
    détour, lisse, piste, chante, chanter, chanté, remporter, échange, échangé, échanger, argent, aient, perso, salue,
    الآلام، الزيارات، البناية، البدائل، البدائية، البدوية، البادية، الغشاء، تأجير، أتراك، اشتباك، اشتباه، إيقاظ، وصفوا، يقفوا، وقفنا،
    إحسان، السلالم، السهام، مؤلفة، مؤسفة، موقفه، الأئمة، القامة، ألغام، الباء، الراء، الهاء، الياء، البغاء، الغراء، الرابح، مساندة، المساندة،
    الغاب، الغار، السالم، السام، الغلام، الملام، إسلامه، سلامه، بسلامة، لسلامة، لسلامه، العربة، العرفية، الصربية، بالعبرية، المواعدة، الترابط، الراب، اللين، قدومه، قدميه،
    أبدية، مبدئي، إشراك، القائلة، المنوي، المنية، الهداية، الخيرات، كلوني، مشهورين، متوافق، الروابط، أليست، لأناس، إنساني، إنسانا,
    garret, hanger, hyman, avent, rabot, crabe, salim, salma, sault, bello, homing, masai, tamar, annular, potions,
    stuff, stiff, smart, stars, stare, stark, chance, charge, charger, listen, cancer, rabat, mercy, thinks, tanks,
    conform, deception, presume, combing, salad, salute, salah, salami, cello, merch, merck, hanks, shanks, arable, starr, hella, jello, parson, pierson, persona, perron, persan, menlo, masha, lister, hunan, raccord, valut, méprendre, résumer, résumée, résumés, reported, reporters, opinion, woman";

/// Phrases that mean something else inside a longer message: "ماشي أنا" is "not me" in the Maghreb, and "fine,
/// I …" in Egypt and the Levant.
pub(super) const WHOLE_ONLY: &str = "ماشي أنا، لا أريد، لا أبي، ما أبي، ما أبغى، ما بدي، مش عايز، مش عايزة، ما بغيتش, my appointment, next appointment, my booking, the link, this is private, i dont want, who is this, no messages, a human, to book";

/// What takes back a request that follows.
pub(super) const REFUSALS: &str = "لا، ما، مش، مو، موب، لن، لم، إلغاء، ألغي، كنسل، تغيير، تأجيل,
    not, dont, doesnt, didnt, never, cancel, change, move, reschedule";

/// What may stand between the two.
pub(super) const BRIDGES: &str = "أريد، أبي، أبغى، أبغي، ودي، عايز، عايزة، عاوز، عاوزة، بدي، حاب، حابة، أن، want, wanna, need, wish, like, think, know, if, sure, to, a, an, the, my";

/// What denies a feeling or a symptom that follows.
pub(super) const DENIALS: &str =
    "لا، ما، مش، مو، موب، ليس، ليست، بدون، بلا، مافي، مافيه، ماعندي، ماعنديش، معنديش، مفيش، ماكاينش،
    no, not, dont, doesnt, didnt, isnt, arent, wasnt, never, without, pas, sans, aucun, aucune";

/// What may stand between the two.
pub(super) const HAVING: &str =
    "عندي، عندنا، فيه، في، فيني، أي، have, has, any, a, the, so, feeling, feel, de, du";
