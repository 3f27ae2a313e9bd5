//! §4.3: emergencies, a constant per row of the page.

use crate::domain::words::Word;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const SIGNS: &[Row<Word>] = &[
    Row { what: Word::Emergency, columns: CHEST },
    Row { what: Word::Emergency, columns: BREATHING },
    Row { what: Word::Emergency, columns: STROKE },
    Row { what: Word::Emergency, columns: BLEEDING },
    Row { what: Word::Emergency, columns: UNRESPONSIVE },
    Row { what: Word::Emergency, columns: POISON },
    Row { what: Word::Emergency, columns: BIRTH },
    Row { what: Word::Emergency, columns: CRY },
];

const CHEST: &[&str] = &[
    "ألم|آلام|وجع صدر*، صدر* ألم|يؤلم*|تؤلم*، قلب* يؤلم*، أزمة|أزمات قلب*، جلط*، ذبحة",
    "صدر*|قلب* يعور*|تعور*|يوجع*|توجع*|بيوجع*|بتوجع*|واجع*|وجع*|كيضر*|يضر*، يعور*|يوجع*|بيوجع*|واجع* صدر*|قلب*",
    "گلب* يعور*|يوجع*، كتم* صدر*، نغز* قلب*|صدر*",
    "sadri yewja3*|bewja3*|byewja3*|biyewja3*|byewga3*|yewga3*|y3awer*, jal6*, jalta",
    "chest pain*|hurt*, pain* chest, heart attack*; mal poitrine",
];

const BREATHING: &[&str] = &[
    "ضيق* تنفس|نفس*، لا|ما|مش|مو أتنفس|يتنفس|تتنفس|نتنفس|بيتنفس|بتتنفس|تنفس",
    "اختنق*|اختناق*|مختنق*|يختنق*|تختنق*|بيتخنق*|بتتخنق*|بتخنق|كنتخنق|كيتخنق|كتتخنق|نتخنق",
    "ما|مش|مو آخد|آخذ|ياخد|ياخذ|تاخد|تاخذ نفسي|نفسه|نفسها|النفس، انقطع* نفس*",
    "قدرتش|ماقدرتش|نجمش|منجمش|مانجمش|نقدرش|مانقدرش|منقدرش نتنفس|يتنفس|تتنفس",
    "mish|mesh|msh|mo|ma atnafas|etnafas|itnafas|netnafes",
    "cant|cannot|couldnt|not breath|breathe|breathing, chok*; etouffe*, jetouffe*",
];

const STROKE: &[&str] = &[
    "سكتة|السكتات، شلل مفاجئ، نص|نصف جسم* يتحرك|تتحرك|بيتحرك، نصه|نصها|نصي اتشل*، نصو|نصها ماكيتحركش|مكيتحركش",
    "وجهه|وجهها|وجهي|وشه|وشها|وشي|تمه|تمها|فمو|فمه|فمها مائل*|مال|مالت|اتعوج*|تعوج*|معوج*|انلوى|انلوت",
    "لا|ما|مش|مو يستطيع|تستطيع|يقدر|تقدر|عارف*|قادر* كلام|يتكلم|تتكلم|يحكي|تحكي، ما_عم يحكي|تحكي",
    "لسان* ثقيل*|تقيل*",
    "wesho|weshaha|weshy et3awa*; stroke|strokes, face|mouth droop*, droop* face|mouth; avc",
];

const BLEEDING: &[&str] = &[
    "نزيف، ينزف*|تنزف*|بينزف*|بتنزف*|بنزف*|أنزف|كينزف*|كتنزف*، دم كثير*|كتير*|وايد|هواي|بزاف، دم بغاش|مابغاش|مبغاش يحبس",
    "حادث|حادثة|حوادث، دعموه|دعموها|دعموني|دعمتني، اتخبط* عربي*، كسيدة|لكسيدة",
    "beynzef*|byenzef*|binzef*; bleed* badly|heavily; accident|accidents; saigne*",
];

const UNRESPONSIVE: &[&str] = &[
    "فقدان|فقد|فقدت|غاب|غابت|غايب|غايبة وعي|وعيه|وعيها، أغمي عليه|عليها|علي|عليا، مغمى عليه|عليها|علي|عليا",
    "لا|ما|مش|مو يستجيب|تستجيب|بيستجيب، تشنج*|يتشنج*|تتشنج*|بيتشنج*|بتتشنج*، سخف|سخفت",
    "طاح|طاحت|وقع|وقعت|سقط|سقطت لا|ما|مش|مو|ولا يرد|ترد|بيرد|بترد|يستجيب، طاح|طاحت ماكيجاوبش|مكيجاوبش|ماكتجاوبش",
    "وقع|وقعت ما|مش عم يرد|ترد",
    "mesh|mish|msh beyrod|biyrod|bterod|betrod; unconscious*, passed|passing|passes_out, seizure*; inconscient*",
];

const POISON: &[&str] = &[
    "بلع*|ابتلع* عملة|بطارية|إبرة|مسمار|مفتاح، swallow* coin|battery|button|magnet|needle|bleach, too_many pills|tablets",
    "جرعة زائدة، تسمم*، ابتلع*|بلع* حبوب*|حبة|برشام*|دوا*|أدوية، شرب* كلور*|جافيل*، كلا|كلات كين*",
    "bala3* 7obob|7obub|7boub; overdos*, poison*; intoxication*|intoxique*",
];

const BIRTH: &[&str] = &[
    "ولادة بدأت|بدت|بدات|بلشت، نزل* ماء|ماي|مي|مية|مويه جنين|راس، مية|ماي|مي نزل*، نزل_الما",
    "جاها|جالها|إجاها|جاني|جالي|إجاني طلق، وجع ولادة",
    "tal2 bada2*; in_labour|labor, water|waters broke|broken",
];

const CRY: &[&str] = &[
    "نجدة، أنقذو*، إسعاف*، الحقوا|الحقو|الحقوني|الحقونا، فزعتكم، بموت، عتقوني|عتقونا|عتقوه، سلكوني|سلكونا، لابيلانس|لابيلونس",
    "el7a2*|el72o*; ambulance*, dying, save_me|us; au_secours",
    "حالة_طارئة، طوارئ، emergency|emergencies, urgence|urgences, tawar2|tawari2",
];
