//! Results and goods: what the chat never shows and never sells. And who tells of coming late.

use super::About;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const ROWS: &[Row<About>] = &[
    Row { what: About::Result, columns: RESULT },
    Row { what: About::Goods, columns: GOODS },
    Row { what: About::Late, columns: LATE },
];

/// By column: standard and shared; Gulf and Iraq; Egypt; Levant; Maghreb; Arabizi, English, French.
const RESULT: &[&str] = &[
    "نتيجتي|نتائجي|نتايجي، نتيجة|نتائج|نتايج تحليل*|تحاليل*|فحص*|فحوص*|أشعة|رنين|عينة|مسحة|خزعة|مختبر|سونار، هل|متى|أين|ما|كم نتيجة|نتائج، نتيجة|نتائج ظهرت|جاهزة|خرجت|صدرت، ظهرت|صدرت|جاهزة نتيجة|نتائج، تحاليلي|تحليلي، نتيجتها|نتيجته|نتايجها|نتائجها",
    "طلعت|تطلع|طالعة|جهزت نتيجة|النتايج|نتايج|نتيجتي|تحاليل|تحليل، وش|شنو|شلون|وين نتيجة|نتايج|تحاليل، فحوصاتي، نتيجة|نتايج طلعت|تطلع",
    "طلعت|ظهرت|هتطلع|بتطلع نتيجة|نتايج|تحليل|تحاليل|أشعة، فين|إيه نتيجة|نتايج، نتيجة هتطلع|بتطلع|طلعت",
    "طلعو|طلعوا|بتطلع|خلصت نتيجة|نتايج|تحاليل|فحوصات، شو|وين نتيجة|نتايج|تحاليل",
    "خرجو|خرجات|خرجت|تخرج نتيجة|ليزاناليز|تحاليل|التحليلات|راديو، فين|شنو|واش ليزاناليز|نتيجة|التحاليل، ليزاناليز|لاناليز ديالي|متاعي",
    "natiga|natija|nateja|natijt*|natigt*, nata2ej|natayej|nateyeg, ta7alil|ta7aleel 6el3et|tel3et|zahret|kharjou",
    "my result|results|labs|diagnosis, test|tests|lab|labs|blood|mri|xray|ray|scan|biopsy|ct|pcr|urine|ultrasound result|results, result|results of|from|for|ready|out|available, where|when|what|get|see|send|show result|results",
    "resultat|resultats analyse*|analyses|examen*|radio|irm|scanner|labo|prets|sang, mes_resultats|analyses, mon_resultat",
];

const GOODS: &[&str] = &[
    "أشتري|شراء دواء|دوا|أدوية|حبوب|علاج|جهاز|أجهزة|نظارة|نظارات|عدسات|سماعة|كرسي|مرهم|فيتامين*|إبر",
    "سعر|بكم|بكام|قديش|أديش|بشحال|بقديش|ثمن دواء|دوا|حبوب|جهاز|نظارة|نظارات|عدسات|سماعة|إبر|فيتامين*",
    "تبيعون|تبيعوا|بتبيعوا|بتبيعو|كتبيعو|تبيعو|يباع|للبيع، عندكم|يتوفر|متوفر|توصيل|توصلون دواء|دوا|أدوية|حبوب|نظارات|عدسات|سماعات، صيدليتكم تبيع|توصل",
    "إشتري|نشتري دوا|دواء|جهاز|حبوب|نظارة، نشري دوا|دواء|لونيت|كينات",
    "ashtery|ashtri|2shteri|nechri dawa|dowa|nadara|jehaz, bekam|adesh|ch7al dawa|dowa|7obob",
    "do_you_sell, buy|purchase|order|sell|selling|price|prices|cost|deliver medicine*|medication*|drug|drugs|pill|pills|tablets|glasses|lenses|hearing|device|devices|wheelchair|vitamins|cream|viagra|insulin|thermometer|mask|masks",
    "acheter|vendez|vendre|prix medicament*|lunettes|appareil|vitamines|comprimes",
];

const LATE: &[&str] = &[
    "سأتأخر، سوف|قد|ربما|ممكن أتأخر|نتأخر، أنا|إني|سأكون|بكون|هكون|أكون متأخر*، متأخر|متأخرة|تأخرت شوي|شوية|قليلا|دقيقة|دقايق|دقائق|عليكم",
    "بتأخر، راح|رح أتأخر|نتأخر",
    "هتأخر|حتأخر، اتأخرت",
    "رح|بدي|عم أتأخر|إتأخر|بتأخر",
    "غادي|باش|راني نتعطل|نتأخر|معطل|معطلة|نوخر",
    "hat2akhar|hat2a5ar|hat2akhkhar|bat2akhar, ra7|rah|rh et2akhar|at2akhar|net2akhar, ghadi|rani nt3attel|m3attel|mt3attel",
    "running late, ill|will|may|might|gonna|going be late, im|am late, minutes|mins|min|bit|little|hour late, be_late",
    "serai|suis|etre|arrive en_retard, minutes de_retard",
];
