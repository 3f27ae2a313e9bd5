//! What people ask about the hospital and their data. These rows are ours: `conversation.md` §2 names the answers,
//! §4.2 the dialects.

use super::Row;
use crate::domain::words::Word;

/// All rows of this file.
pub(super) const ROWS: &[&Row] = &[&NURSE, &BILLING, &HOURS, &ADDRESS, &PRIVACY, &INFO, &RESULTS];

/// The nurse line.
const NURSE: Row = Row {
    word: Word::Nurse,
    standard: "ممرضة، ممرض، التمريض، فريق التمريض، أريد التحدث مع ممرضة",
    gulf: "أبي ممرضة، أبغى ممرضة، أبغى أكلم ممرضة",
    egypt: "عايز ممرضة، عايزة ممرضة، عايز أكلم ممرضة، عايزة أكلم ممرضة",
    levant: "بدي ممرضة، بدي إحكي مع ممرضة",
    maghreb: "فرملية، الفرملي، لانفيرميار، بغيت نهضر مع الفرملية",
    arabizi: "momareda, mumarrida, momarreda",
    latin: "nurse, nurse line, talk to a nurse, speak to a nurse; infirmière, infirmier",
    slips: "ممرظة، ممرظه; nurce, nures",
    variants: "خط التمريض, الممرضة",
};

/// Insurance, bills, the price of a visit.
const BILLING: Row = Row {
    word: Word::Billing,
    standard: "التأمين، التأمين الطبي، الفاتورة، الفواتير، فاتورتي، الدفع، كم سعر الكشف، كم تكلفة الموعد، هل تقبلون التأمين، كم التكلفة",
    gulf: "بكم الكشف، كم الكشفية، بكم الكشفية، كم سعر الكشفية، تقبلون تأمين، تأميني، عندكم تأمين",
    egypt: "الكشف بكام، بكام الكشف، سعر الكشف، سعر الكشف كام، الحساب كام، بتقبلوا تأمين",
    levant: "قديش الكشفية، أديش الكشفية، قديش المعاينة، أديش المعاينة، بتقبلوا تأمين، الضمان",
    maghreb: "شحال الكونسيلطاسيون، بشحال الكشف، لاسورونس، التعاضدية، لافاكتير، شحال نخلص",
    arabizi: "ta2min, ta2meen, fatora, bekam el kashf, adesh el kashfiye, b ch7al",
    latin: "billing, bill, my bill, invoice, insurance, payment, how much does it cost, how much is it, how much is the visit, consultation fee, do you accept insurance, do you take insurance; assurance, facture, paiement, tarif, combien ça coûte",
    slips: "التامين، فاتوره، الفتورة; insurence, insurrance, biling, payement",
    variants: "التأمين والفواتير، تأمين, insurance and billing",
};

/// When are you open?
const HOURS: Row = Row {
    word: Word::Hours,
    standard: "أوقات العمل، ساعات العمل، أوقات الدوام، متى تفتحون، متى تغلقون، هل أنتم مفتوحون، هل تعملون",
    gulf: "متى دوامكم، كم دوامكم، دوامكم، الدوام، فاتحين، متى تسكرون، متى تفتح العيادة",
    egypt: "مواعيد العمل، بتفتحوا إمتى، إمتى بتفتحوا، بتقفلوا إمتى، إنتوا فاتحين، فاتحين النهارده",
    levant: "إيمتى بتفتحوا، إيمتى بتسكروا، شو دوامكم، شو دوامكن، فاتحين اليوم",
    maghreb: "وقتاش تحلو، فوقاش كتحلو، فوقاش كتسدو، وقتاش تسكرو، حالين، واش حالين",
    arabizi: "dawamkom, mata teftahoon, emta bteftahu, bteftaho emta, fat7in, wa2tach t7ello",
    latin: "opening hours, hours, working hours, opening times, when do you open, when do you close, what time do you open, what time do you close, are you open, are you open today; horaires, heures d'ouverture, vous êtes ouverts, êtes vous ouverts",
    slips: "اوقاة العمل، اوقات العمال; openning hours, opning hours, houres",
    variants: "ساعات الدوام، أوقات عمل العيادة, open hours",
};

/// Where are you?
const ADDRESS: Row = Row {
    word: Word::Address,
    standard: "العنوان، الموقع، أين أنتم، أين المستشفى، أين العيادة، أين تقعون، أين يقع المستشفى، كيف أصل إليكم، عنوان المستشفى",
    gulf: "وينكم، وين موقعكم، وين مكانكم، وين العيادة، وين المستشفى، اللوكيشن، لوكيشن، أرسلوا اللوكيشن، أرسلوا الموقع، كيف أجيكم",
    egypt: "فين العيادة، فين المستشفى، إنتوا فين، العنوان فين، عنوانكم فين، فين مكانكم، أجيلكم إزاي",
    levant: "وينكن، وين العيادة، وين موقعكن، وين المشفى، كيف بوصل لعندكم، وين صايرين",
    maghreb: "فين جيتو، فين كاينين، فين كاين السبيطار، وين جايين، لادريس، كيفاش نوصل ليكم",
    arabizi: "el 3enwan, 3enwan, winkom, wenkom, wein mawqe3kom, fein el 3eyada, fin jitou, fin kaynin",
    latin: "address, your address, where are you, where are you located, location, directions, map, how do I get there, how do I get to you, where is the hospital, where is the clinic; adresse, où êtes vous, où est l'hôpital, où est la clinique",
    slips: "العنون، الموقغ، لوكيشين; adress, adres, addres, loction",
    variants: "العنوان والاتجاهات، عنوان المستشفى، موقع المستشفى, address and directions, send location, send me the location",
};

/// What happens to my data?
const PRIVACY: Row = Row {
    word: Word::Privacy,
    standard: "الخصوصية، خصوصيتي، سياسة الخصوصية، بياناتي، ماذا تفعلون ببياناتي",
    gulf: "وش تسوون ببياناتي، شتسوون ببياناتي",
    egypt: "بتعملوا إيه ببياناتي، بياناتي فين",
    levant: "شو بتعملوا ببياناتي، شو عم تعملوا ببياناتي",
    maghreb: "شنو كتديرو بالمعلومات ديالي، المعطيات ديالي، شنوة تعملو بالمعطيات متاعي",
    arabizi: "khososeya, khososiya, el khososeya",
    latin: "privacy, privacy policy, data protection, my data, what do you do with my data; confidentialité, vie privée, mes données",
    slips: "الخصوصيه، الخصوصية، خصوصيه; privcy, privecy",
    variants: "الرسائل والخصوصية، اختيار الرسائل, messages and privacy, choose messages, وش سويتوا في بياناتي، ماذا فعلتم ببياناتي, is my data safe, is this safe, is this private",
};

/// The rest: parking, papers, a question in general.
const INFO: Row = Row {
    word: Word::Info,
    standard: "معلومات، معلومات المستشفى، استفسار، لدي استفسار، مواقف السيارات، المستندات المطلوبة، الأوراق المطلوبة، شركات التأمين",
    gulf: "عندي استفسار، وين المواقف، فيه مواقف، وش الأوراق المطلوبة، وش أجيب معي",
    egypt: "عندي سؤال، فيه باركنج، إيه الورق المطلوب، أجيب إيه معايا",
    levant: "عندي سؤال، في موقف سيارات، شو الأوراق المطلوبة، شو بجيب معي",
    maghreb: "عندي سؤال، كاين باركينغ، شنو الوراق، شنو نجيب معايا",
    arabizi: "ma3lomat, ma3loumat, 3andi so2al, 3ndi so2al, parking fein",
    latin: "info, information, hospital info, hospital information, parking, where can I park, is there parking, what should I bring, what to bring, which documents, insurance companies; renseignements, informations, stationnement",
    slips: "معلمات، معلومة; infomation, informtion, parkng",
    variants: "where do i park, what documents do i need, which documents do i need, what do i need to bring, مواقف سيارات، وين أوقف السيارة، أركن فين، وين بصف السيارة",
};

/// A result; what is said about one in a sentence is in `topics`.
const RESULTS: Row = Row {
    word: Word::ResultAsked,
    standard: "النتيجة، النتائج، نتيجتي، نتائجي، نتائج التحاليل، نتيجة التحليل",
    gulf: "نتيجتي، النتايج، نتايجي، طلعت النتيجة",
    egypt: "نتيجة التحاليل، النتيجة طلعت، نتيجتي طلعت",
    levant: "نتيجة الفحوصات، طلعت النتيجة",
    maghreb: "ليزاناليز، نتيجة ليزاناليز",
    arabizi: "natiga, natija, natijti, el natija",
    latin: "results, my results, my result, test results, lab results, blood results; résultats, mes résultats",
    slips: "نتيجه، النتيحة; reslts, resluts",
    variants: "",
};
