//! §4.3: self-harm, despair, a death.

use crate::domain::words::Word;
use crate::domain::words::patterns::Row;

/// All rows of this file.
pub(super) const SIGNS: &[Row<Word>] = &[
    Row { what: Word::Distress, columns: SELF_HARM },
    Row { what: Word::Distress, columns: DESPAIR },
    Row { what: Word::DeathTold, columns: DEATH },
];

const SELF_HARM: &[&str] = &[
    "أريد|أبي|أبغى|ودي|نفسي|عايز*|عاوز*|بدي|بغيت|نحب أموت|موت|نموت|أنتحر|إنتحر|ننتحر، سأنهي|أنهي|بنهي|هنهي حياتي",
    "انتحار*|انتحر*|أنتحر|هنتحر|بنتحر|ينتحر|تنتحر|ننتحر، أؤذي|أذيت|بأذي|هأذي نفسي|حالي، أذبح|بذبح|هذبح نفسي|روحي|حالي",
    "هموت|أموت|بموت نفسي|روحي|حالي، ما بدي عيش|أعيش، أقتل|نقتل|هقتل|بقتل راسي|نفسي|روحي|حالي، كرهت|كاره|كارهة حياتي",
    "abi|abgha|3ayez|3ayza|bedi|bede|bde|baddi|bghit amoot|moot|amout|mout|amot|nmout|nmot",
    "suicid*, kill*_myself, want|wants|wanna die",
];

const DESPAIR: &[&str] = &[
    "لا|ما|مش|مو أحتمل|أتحمل|بتحمل|متحمل* أكثر|أكتر، فقدت أمل، منهار|منهارة، انهرت",
    "تعبت|عييت|زهقت حياتي، مالي|ماليش خلق|نفس أعيش|عيش، تعبت من_كل حاجة|شي|شيء، تعبت عاد فيني|فيي",
    "عييت كلشي، بقاتش|مابقاتش|مابقاتش عندي قدرة",
    "ta3ebt|t3ebt kol 7aga; cant|cannot go_on, hopeless*; nen_peux_plus",
];

const DEATH: &[&str] = &[
    "توفي|توفى|توفت|توفيت|توفات|توفاه|توفاها، متوفى|متوفي|متوفية|متوفاة، الله_يرحمه|يرحمها|يرحمو",
    "عطاكم|أعطاكم|عطاك عمره|عمرها|عمرو، اتوفى|اتوفت|اتوفيت، البقاء لله، تعيشوا_انتو|انتم، مات|ماتت",
    "etwaf*|twaf*; patient died|dead|passed, he|she_died, passed_away; decede*",
];
