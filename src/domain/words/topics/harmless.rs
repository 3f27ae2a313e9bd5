//! Turns of speech that sound like a topic and are none. Their words are taken out before topics are looked for.

use crate::domain::words::patterns::Row;

/// Written like patterns; each word right after the one before.
pub(super) const TURNS: Row<()> = Row { what: (), columns: COLUMNS };

const COLUMNS: &[&str] = &[
    "عيادة|عيادات|قسم|مركز|دكتور|دكتورة|طبيب_ألم|آلام|صداع|أورام|ورم|جروح|كسور|حساسية، علاج_طبيعي|طبيعية|ألم|الام، علاج_الألم، درجة_حرارة، إجازة_مرضية، تقرير_مرضي، بنك_دم",
    "يعطيك|يعطيكم_عافية، لا_تقلق|تقلقوا|تخاف|تخافي|تقلقي، قلبي_معاكم|معكم، جرح_عميق، جراحة_جروح، لا_شكر",
    "نتيجة_لذلك|لهذا، عالم*",
    "pain|headache|migraine|fever|cough|allergy|wound|itch_clinic|clinics|department|management|center|centre|doctor|specialist|unit, a_pain_to, sick_leave|note|day|days, rash_decision, no_pain_no_gain",
    "dont|no|not_worry|worries, no_fear, im_afraid_i|we|that|not|its|it|my|your|this, i_am_afraid_i|we|that|not|its|it|my|your|this, sorry_to_hear, dont_be_afraid|scared|nervous|worried|angry|upset",
    "stupid_question|questions|mistake|me, sorry_for_the_stupid|dumb, not_bad|angry|upset|annoyed|rude, sore_loser, cold_water",
    "as_a_result, results_in, pas_de_mal, mal_compris, il_ny_a_pas_de_mal, pas_inquiet|malade",
];
