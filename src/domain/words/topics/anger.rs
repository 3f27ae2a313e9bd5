//! Complaints, anger, insults: what is answered by an offer to be heard.

use super::About;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const ROWS: &[Row<About>] = &[
    Row { what: About::Anger, columns: COMPLAINT },
    Row { what: About::Anger, columns: ANGER },
    Row { what: About::Anger, columns: WAITING },
    Row { what: About::Anger, columns: THREAT },
    Row { what: About::Insult, columns: INSULT },
];

/// By column: standard and shared; Gulf and Iraq; Egypt; Levant; Maghreb; Arabizi, English, French.
const COMPLAINT: &[&str] = &[
    "شكوى|شكاوى|شكوتي|شكواي، أشتكي|نشتكي|بشتكي|هشتكي|أشكي|سأشتكي|تظلم، أقدم|تقديم|أرفع|أسجل شكوى|بلاغ، شكاية|نشكي، استهتار|إهمال، سوء_معاملة|خدمة|تعامل",
    "خدمة|خدمتكم|معاملة|تعامل|تعاملكم|استقبال سيئ*|سيء*|زفت|زبالة|تعبان*|خايسة|خايس|فاشلة|فاشل*|وحش*|ماسخ*|مزرية|كارثية، زي_زفت، دكتور|دكتورة|طبيب|الطبيبة متأخر*|تأخر|تأخرت",
    "complain|complaint|complaints|complaining, reclamation|plainte, chakwa|shakwa|shekwa, terrible|horrible|awful|worst|bad|poor|rude|disrespectful service|staff|treatment|experience|hospital|doctor|clinic|reception",
    "very|so|really|was|were|is_rude, waste_of_time|my_time",
];

const ANGER: &[&str] = &[
    "غاضب*|غضبان*|مستاء*|منزعج*|محبط*|متضايق*|مقهور*|مظلوم*، طفح_كيل، عيب_عليكم|عليك، حرام_عليكم|عليك، مهزلة|مسخرة، غير_مقبول*|معقول، سئمت|مللت، ضقت_ذرعا",
    "طفشت*|طفشان*|زعلان*|معصب*|مليت|ملينا|مصختوها|قهر، مو_معقول، وش_هالخدمة|هالتعامل|هالمستشفى",
    "زهقت*|زهقان*|متنرفز*|متعصب*|قرفت*|قرفان*|متغاظ*، اتخنقت_منكم، مش_معقول، قرف_ده",
    "ضوجان*، طلعت_روحي|خلقي، شو_هالخدمة|هالمسخرة، حرام_هيك",
    "مقلق*_منكم، طلعتو_ليا، كرهتوني|زعفان*|متغشش*|مغشش*|عيينا|تقلقت|حشومة",
    "zahe2t|zeh2t|tefesht|tafasht|z3lan*|za3lan*|m3asseb*|met3asseb*|3eib|3ayb, 7aram_3alekom|3aleko|3leikom, mahzala",
    "frustrat*, annoy*, angry|anger|furious, upset, ridiculous|unacceptable|outrageous, fed_up, sick_and_tired, disappoint*, disgust*, this_is_a_joke, had_enough, unbelievable, fuming, pissed",
    "enerve*|marre|inadmissible|inacceptable|decu|decue|honte*|scandale*|scandaleux|fache*|colere",
];

const WAITING: &[&str] = &[
    "تعبت|تعبنا|زهقت|مليت|عييت|طفشت انتظار، ساعة|ساعتين|ساعات|ساعه وأنا|واحنا|وحنا انتظر*|مستني*|مستنيين|ننتظر|ناطر*|كنتسنى، أنتظر|انتظرت|ننتظر|منتظر*|ناطر*|مستني* ساعة|ساعتين|ساعات|زمان|أيام|شهر|كتير",
    "محد|محدش|ماحدش|ماحد يرد|بيرد|رد|بيجاوب|يجاوب، ولا_واحد|حد|أحد|حدا يرد|بيرد|رد، ما_حد|أحد|حدا يرد|بيرد|رد، لا_أحد يرد|يجيب، حتى_واحد ماجاوب*|كيجاوب|مجاوب*، ما|مش|مو يرد|تردون|بتردوا|يردون|كتردو على|علينا|علي|عليا|تلفون|التليفون",
    "nobody|noone|never answers|answer|answered|answering|replies|replied|picks, no_one answers|answer|answered|answering|replies|replied|picks, waiting|waited for hours|hour|ages|weeks|days|long, hours waiting, tired_of_waiting, wait|waiting_too_long, keep|keeps_waiting",
    "personne ne_repond|repond, attends depuis, attendre trop|longtemps",
];

const THREAT: &[&str] = &[
    "سأقتلك*|بقتلك*|هقتلك*|أقتلك*|نقتلك*، سأحرق|بحرق|هحرق|هولع|بفجر|هفجر مستشفى|عيادة|مكان|فيكم، هكسر|بكسر|سأكسر دماغك*|راسك*|مستشفى|عيادة",
    "kill_you|them|her|him|everyone|all, burn|blow|bomb hospital|clinic|place|you, hurt_you, beat_you, vous_tuer, te_tuer, sue_you|the|this, lawyer|lawsuit",
];

const INSULT: &[&str] = &[
    "يا حمار|حمير|حيوان|حيوانات|كلب|كلاب|غبي|غبية|أغبياء|تافه|تافهين|زبالة|وسخ*|حقير*|خنزير|خنازير|واطي|واطيين|متخلف*|معفن*|جزمة|بهايم|همج|نصاب*|حرامي*، أنت|إنت|انتم|انتو|انتوا|أنتم حمار|حمير|حيوان|حيوانات|كلاب|أغبياء|غبي|غبية|زبالة|متخلفين|متخلف|نصابين|حرامية|بهايم|فاشلين|تافهين",
    "قليل*_أدب|أصل|ذوق|تربية، قليلين_أدب، تبا_لكم|لك، لعنة_الله، الله_يلعن*|ينعل*، يلعن_أبو*|أبوك*|أمك*، ينعل_أبو*، انقلع*|انقلعوا، كل_تبن|خرا*، يا_خرا، ولاد_الكلب|كلب، ابن_الكلب|كلب",
    "شرموط*|قحب*|منيوك*|منيك|متناك*|عرص|معرص*|زامل|كسمك*، كس_أمك|أمكم|اختك، طيز*، نيك_أمك*، ولد|ولاد_القحبة|الحرام|حرام، الله_ياخذكم|ياخدكم، يخرب_بيتكم، طز_فيكم|فيك",
    "ya 7mar|7mir|7omar|kalb|klab|7ayawan|7aywan|ghabi|ghaby|zbala, kos_omak|omik|ommak, sharmoot*|sharmouta*, wlad_el_kalb",
    "fuck*|motherfuck*|asshole*|arsehole*|bastard*|bitch*|cunt*|moron*|idiot|idiots|idiotic|imbecile*, shut_up, screw_you, go_to_hell, piece_of_shit|crap, this_is_shit|bullshit, bullshit, dumbass*",
    "stupid|dumb|useless bot|robot|machine|people|staff|you|hospital|app|service|thing, you stupid|dumb|useless|liar|liars|thieves|scammers|trash|garbage|suck, youre stupid|dumb|useless",
    "connard*|connasse*|salope*|salaud*|encule*|abruti*|cretin*, ta_gueule, va_te_faire, merde",
];
