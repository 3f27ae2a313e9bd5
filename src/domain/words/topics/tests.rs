//! What patients tell of themselves, and what only sounds like it.

use crate::domain::words::{Mood, Word, read};
use rstest::rstest;

/// One text per dialect, in the order of the columns of `conversation.md` §4.2.
#[rstest]
#[case::head(Word::HealthQuestion, Some(Mood::Hurt), &["رأسي يؤلمني", "راسي يعورني", "دماغي بتوجعني", "راسي عم يوجعني", "راسي كيضرني", "rasi byewja3ni", "my head hurts", "j'ai mal à la tête"])]
#[case::fever(Word::HealthQuestion, Some(Mood::Hurt), &["ابني عنده حرارة من أمس", "ولدي مسخن", "ابني سخن أوي", "ابني عنده حرارة وسعال", "ولدي فيه السخانة", "ebni 3ando 7arara", "my son has a fever", "mon fils a de la fièvre"])]
#[case::ill(Word::HealthQuestion, Some(Mood::Hurt), &["أشعر بدوخة وغثيان", "أنا تعبانة مرة", "أنا تعبان ودايخ", "حاسس حالي تعبان", "راني مريض بزاف", "ana ta3ban", "I feel sick", "je suis malade"])]
#[case::medicine(Word::HealthQuestion, None, &["هل آخذ الدواء قبل الأكل", "وش علاج الزكام حق الأطفال", "ينفع آخد مسكن", "شو الدوا المنيح للأطفال", "واش نشرب الدوا", "a5od el dawa emta", "can I take ibuprofen", "puis-je prendre ce médicament"])]
#[case::worry(Word::HealthQuestion, Some(Mood::Worried), &["أنا قلقة على أمي", "محاتية على ولدي", "خايفة من العملية", "أنا خيفانة كتير", "راني مخلوعة", "ana khayfa", "I'm worried about my mother", "je suis inquiète"])]
#[case::result(Word::ResultAsked, None, &["متى تظهر نتيجة التحليل", "وش نتيجتي", "التحاليل طلعت نتيجتها؟", "شو نتيجة الفحص", "فين ليزاناليز ديالي", "natigt el ta7alil", "when will my test results come", "mes résultats d'analyses"])]
#[case::goods(Word::GoodsAsked, None, &["أريد شراء دواء", "بكم الدوا", "عايز أشتري جهاز ضغط", "قديش سعر الدوا", "بغيت نشري الدوا", "bekam el dawa", "do you sell glasses", "je veux acheter des lunettes"])]
#[case::complaint(Word::Complaint, Some(Mood::Frustrated), &["أريد تقديم شكوى", "خدمتكم زفت", "عايز أشتكي", "بدي إشتكي", "بغيت ندير شكاية", "3andi shakwa", "I want to make a complaint", "je veux faire une réclamation"])]
#[case::anger(Word::Complaint, Some(Mood::Frustrated), &["أنا غاضب جدا", "طفشت منكم", "زهقت منكم", "معصب كتير", "راني مقلق منكم", "zahe2t men el intezar", "this is ridiculous", "j'en ai marre"])]
#[case::waiting(Word::Complaint, Some(Mood::Frustrated), &["أنتظر منذ ساعتين", "تعبت من الانتظار", "محدش بيرد", "ما حدا بيرد", "حتى واحد ماجاوبني", "7aram 3alekom", "nobody answers the phone", "personne ne répond"])]
#[case::insult(Word::Abuse, Some(Mood::Frustrated), &["أنتم أغبياء", "يا حمار", "يا ولاد الكلب", "يا زبالة", "الله ينعلكم", "ya 7mar", "you idiots", "connard"])]
#[case::threat(Word::Complaint, Some(Mood::Frustrated), &["سأقتلكم", "بحرق العيادة", "هكسر دماغكم", "I will kill you"])]
fn told_in_every_dialect(#[case] word: Word, #[case] mood: Option<Mood>, #[case] texts: &[&str]) {
    for text in texts {
        let reading = read(text);
        // French is read as well, and a symptom next to a question about a cure is one of pain.
        let hurt = mood.is_none() && word == Word::HealthQuestion && reading.mood == Some(Mood::Hurt);
        assert_eq!(reading.word, Some(word), "{text}");
        assert!(reading.mood == mood || hurt, "{text}: {:?}", reading.mood);
    }
}

/// A request stands beside it: it is obeyed, and the feeling is seen.
#[rstest]
#[case("my back hurts, I need an appointment", Word::Book, Mood::Hurt)]
#[case("ظهري يوجعني أبي موعد بكرة", Word::Book, Mood::Hurt)]
#[case("عندي صداع وعايز أحجز", Word::Book, Mood::Hurt)]
#[case("I'm worried, when is my appointment", Word::Mine, Mood::Worried)]
#[case("خايفة كتير، بدي موعد", Word::Book, Mood::Worried)]
#[case("زهقت منكم، ألغوا موعدي", Word::CancelIt, Mood::Frustrated)]
#[case("this is ridiculous, cancel my appointment", Word::CancelIt, Mood::Frustrated)]
#[case("stop all, you idiots", Word::Stop, Mood::Frustrated)]
#[case("my tooth is painful, can I talk to someone", Word::Person, Mood::Hurt)]
#[case("nobody answers and my back hurts", Word::Complaint, Mood::Hurt)]
#[case("are my test results ready? I am so worried", Word::ResultAsked, Mood::Worried)]
#[case("السلام عليكم، عندي ألم في الظهر", Word::HealthQuestion, Mood::Hurt)]
#[case("hello, I have a headache, thank you", Word::HealthQuestion, Mood::Hurt)]
fn a_feeling_beside_a_request(#[case] text: &str, #[case] word: Word, #[case] mood: Mood) {
    assert_eq!((read(text).word, read(text).mood), (Some(word), Some(mood)), "{text}");
}

#[rstest]
#[case("no pain")]
#[case("I have no pain")]
#[case("I am not worried")]
#[case("don't worry")]
#[case("لا تقلق")]
#[case("ما عندي ألم")]
#[case("مافي حرارة")]
#[case("مش خايف")]
#[case("موعد في عيادة الألم")]
#[case("pain clinic")]
#[case("العلاج الطبيعي")]
#[case("موعد علاج طبيعي بكرة")]
#[case("الدكتور وقف العلاج")]
#[case("sick leave")]
#[case("I'll come")]
#[case("I'm afraid I can't come on Sunday")]
#[case("الله يعطيكم العافية")]
#[case("sorry for the stupid question")]
#[case("الأم")]
#[case("متى أخذ الموعد")]
#[case("عند الدوار الثاني")]
#[case("as a result of traffic")]
#[case("عضوة")]
#[case("كم الساعة")]
#[case("not bad")]
#[case("زبون")]
#[case("مستشفى الواحة")]
#[case("Dr Sara")]
#[case("tomorrow at 3")]
fn neither_feeling_nor_topic(#[case] text: &str) {
    let reading = read(text);
    let topics = [Word::HealthQuestion, Word::ResultAsked, Word::GoodsAsked, Word::Complaint, Word::Abuse];
    assert_eq!(reading.mood, None, "{text}");
    assert!(!reading.word.is_some_and(|word| topics.contains(&word)), "{text}: {:?}", reading.word);
}

#[rstest]
#[case("how many times do I take the medicine", Word::HealthQuestion)]
#[case("كم مرة آخذ الدواء", Word::HealthQuestion)]
#[case("what is the price of the medicine", Word::GoodsAsked)]
#[case("كم سعر الكشف", Word::Billing)]
#[case("how much is the visit", Word::Billing)]
#[case("is my result dangerous", Word::ResultAsked)]
#[case("the treatment here was terrible, terrible service", Word::Complaint)]
#[case("my chest pain is back", Word::Emergency)]
#[case("I want to die, everything hurts", Word::Distress)]
fn what_it_is_about(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word), "{text}");
}
