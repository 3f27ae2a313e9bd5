//! Symptoms, treatment, worry: what is answered with `health-advice`.

use super::About;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const ROWS: &[Row<About>] = &[
    Row { what: About::Symptom, columns: PAIN },
    Row { what: About::Symptom, columns: ILL },
    Row { what: About::Treatment, columns: TREATMENT },
    Row { what: About::Worry, columns: WORRY },
];

/// By column: standard and shared; Gulf and Iraq; Egypt; Levant; Maghreb; Arabizi, English, French.
const PAIN: &[&str] = &[
    "ألم، وجع، أوجاع، يوجع*|توجع*|يؤلم*|تؤلم*|يألم*|تألم*، أتألم|نتألم|متألم*|موجوع*|موجوعة، آلام شديدة|قوية|في",
    "يعور*|تعور*|عورني|عورتني، يعورون*",
    "بيوجع*|بتوجع*|واجعني|واجعاني|واجعه|واجعها|وجعاني|وجعان*",
    "عم_يوجع*|توجع*، موجوعة، بيوجعو*",
    "كيضر*|كتضر*|كيوجع*|كتوجع*|تضرني|يضرني|ضارني|ضاراني، حريق فيا",
    "3andi|3ando|3andha|fi alam, waja3|waga3|wja3, yewja3*|bewja3*|byewja3*|biyewja3*|byewga3*|bewga3*|yewga3*|byouja3*|y3awer*|t3awer*, kaydar*|katdar*|kaydr*|katdr*",
    "pain|pains|painful, hurt|hurts|hurting, ache|aches|aching|achy, toothache*|headache*|backache*|earache*|stomachache*|migraine*, sore_throat|back|leg|arm|knee|foot|eye|eyes|muscles, cramp|cramps",
    "jai_mal, jai_tres_mal, mal_a|au|aux tete|ventre|dos|gorge|dents|dent|genou|pied|oreille*, douleur*|douloureu*",
];

const ILL: &[&str] = &[
    "صداع*، حرارة|سخونة|سخانة|سخانه|حمى، دوخة|دايخ*|دائخ*، غثيان|استفراغ|تقيؤ|ترجيع|تطريش، إسهال|إمساك|مغص|حرقان",
    "كحة|سعال|زكام|رشح|انفلونزا|أنفلونزا، طفح|حكة، تورم*|ورم|متورم*|منتفخ*، التهاب*، خفقان، أعراض، حبوب وجهي|وجهه|وجهها|ظهري|جسمي|جلدي، مكتئب*|اكتئاب، جرح|مجروح*|كسرت|مكسور*|انكسر*",
    "تعبان*|عيان*|مرهق*، أنا|إني|راني|ابني|بنتي|ولدي|أمي|أبوي|والدي|والدتي|زوجتي|زوجي|مراتي|جوزي|طفلي|جدتي|جدي|حاسس*|أحس مريض*",
    "سخن|مسخن*|مسخون*، مزكم*|مزكوم*، أطرش|أستفرغ، مو|ما|مش قادر|قادرة|أقدر أنام|أمشي|أقوم",
    "برجع|بستفرغ|دايخة|دوخان*، مسهل*، عندي|عندو|عندها|فيني|معي|معه|معها برد|رشح|نزلة|كريب|جريب",
    "مريض|مريضة بزاف، كنتقيا|كيتقيا|كنكح|كيكح|نكح، راسي داير*|كيدور",
    "soda3|sda3, 7arara|harara|skhana|s5ana, do5a|dokha, kahha|ka77a, ta3ban*|ta3bana|mareed*|mridh*|3ayan|3ayana",
    "fever*, cough|coughs|coughing|coughed, vomit*, throwing_up, nausea*|nauseous, dizzy|dizziness, diarrh*, rash|rashes, swollen|swelling, itch*, flu, infection|infected, symptom*, lump|lumps, bleeding, wound*, acne|pimples, depressed|depression",
    "sick, im|am|is|feel|feels|feeling|very|so|been|was|seriously_ill, unwell, have|has|got_a|the_cold, not_feeling|feel_well|good",
    "fievre*|toux|tousse*|vomi|vomis|vomit|malade*|vertige*|nausee*|diarrhee*|rhume|grippe|symptome*",
];

const TREATMENT: &[&str] = &[
    "آخذ|أخذ|آخد|أخد|ناخذ|ناخد|أتناول|نتناول|أشرب|نشرب|أستعمل|أستخدم|أوقف|أترك دوا*|أدوية|حبوب|حبة|علاج|مسكن*|مضاد*|إنسولين|بنادول|بروفين|أسبرين|مرهم",
    "جرعة|جرعات|جرعتي، أعراض_جانبية، هل خطير*|معدي*|طبيعي، ينفع|يفيد|يصلح|تنصح*|بتنصح* دوا*|علاج|حبوب|مسكن*، ما|وش|شو|إيش|إيه|شنو|اش علاج|دوا|دواء",
    "أصوم|صايم*|صائم* قبل تحليل|فحص|عملية|أشعة، تفاعل|تعارض دوا*|أدوية، دواء|دوا|علاج ضرني|يضر|بيضر|أثر",
    "dawa|dowa|3elag|3ilaj a5od|akhod|ashrab, a5od|akhod|akhud|nakhod dawa|dowa|panadol",
    "take|taking|stop|stopping|use|using|eat|swallow pill*|tablet*|medicine*|medication*|antibiotic*|insulin|paracetamol|panadol|ibuprofen|aspirin|drug|drugs|cream",
    "dose|doses|dosage, side_effect*, is_it|this normal|dangerous|serious|contagious, what|which medicine*|medication*|treatment|cure, treatment|cure|remedy for, medical_advice, eat|drink|fast before test|surgery|operation|scan",
    "puis_je prendre, prendre|arreter medicament*|comprime*|antibiotique*, quel medicament*|traitement, effets_secondaires, posologie",
];

const WORRY: &[&str] = &[
    "قلق|قلقة|قلقان*|قلقين|قلقانين، خائف*|خايف*|خوفان*، متوتر*|مرعوب*|مرتعب*، أخاف، خوف من",
    "محاتي*|محتاس*، شايل_هم",
    "خضيت|مخضوض*",
    "خيفان*، مشغول_بالي|فكري، بالي_مشغول",
    "مخلوع*|كنخاف|نخاف|كنخمم|متقلق*|مهموم*",
    "khayef*|khayfa*|5ayef*|5ayfa*|2al2an*|2el2an*|2al2ana|metwatter*|mkhal3a|mkhlou3*|ma5lou3*",
    "worried|worry|worrying|worries, anxious|anxiety, scared|afraid|frightened|terrified, nervous, panic|panicking, fear",
    "inquiet*|angoiss*|peur|anxieu*|stresse*",
];
