//! The table of `conversation.md` §4.3, as it stands on the page, against the stems.

use super::super::{Word, read};
use rstest::rstest;

#[rstest]
#[case::chest_heart(
    Some(Word::Emergency),
    "ألم في الصدر، أزمة قلبية، جلطة; صدري يعورني، قلبي يعورني، كتمة بصدري; صدري بيوجعني، قلبي واجعني، ذبحة; صدري عم يوجعني، نغزة بقلبي، جلطة; صدري كيضرني، قلبي يوجع فيا; sadri yewja3ni, jal6a; chest pain, heart attack; mal à la poitrine"
)]
#[case::breathing(
    Some(Word::Emergency),
    "ضيق تنفس، لا أستطيع التنفس، اختناق; ما أقدر أتنفس، مختنق، شرق وما يتنفس; مش قادر آخد نفسي، مش قادرة آخد نفسي، بيتخنق; ما عم بقدر إتنفس، انقطع نفسه; كنتخنق، ما قدرتش نتنفس، منجمش نتنفس; mish 2ader atnafas; can't breathe, choking; j'étouffe"
)]
#[case::stroke(
    Some(Word::Emergency),
    "سكتة، وجهه مائل، شلل مفاجئ، لا يستطيع الكلام; وجهه مال، نص جسمه ما يتحرك، لسانه ثقيل; وشه اتعوج، مش عارف يتكلم، نصه اتشل; وجهه انلوى، تمه مال، ما عم يحكي; فمو تعوج، نصو ماكيتحركش; wesho et3awag; stroke, face drooping; AVC"
)]
#[case::bleeding_accident(
    Some(Word::Emergency),
    "نزيف شديد، دم كثير، حادث; ينزف، دم وايد، دعموه; بينزف جامد، دم كتير، اتخبط بعربية; عم ينزف كتير، عمل حادث; كينزف، الدم ما بغاش يحبس، كسيدة; beynzef; bleeding badly, accident; il saigne"
)]
#[case::not_responding(
    Some(Word::Emergency),
    "فقدان الوعي، أغمي عليه، لا يستجيب، تشنج; طاح وما يرد، مغمى عليه، يتشنج; أغمى عليه، وقع ومش بيرد، بيتشنج; غاب عن الوعي، وقع وما عم يرد; سخف، طاح وماكيجاوبش; mesh beyrod; unconscious, passed out, seizure; inconscient"
)]
#[case::poison_overdose(
    Some(Word::Emergency),
    "جرعة زائدة، تسمم، ابتلع حبوبا; بلع حبوب وايد، شرب كلوركس; بلع برشام كتير، شرب كلور; بلع دوا كتير، شرب كلور; كلا بزاف ديال الكينات، شرب جافيل; bala3 7obob; overdose, poisoned; intoxication"
)]
#[case::birth(
    Some(Word::Emergency),
    "الولادة بدأت، نزل ماء الجنين; جاها الطلق، نزل ماي الراس; جالها الطلق، المية نزلت; إجاها الطلق، نزل مي الراس; جاها الوجع ديال الولادة، نزل الما; el tal2 bada2; in labour, waters broke"
)]
#[case::cry_for_help(
    Some(Word::Emergency),
    "النجدة، أنقذوني، إسعاف; الحقوا علي، فزعتكم، أبي إسعاف; الحقوني، عايز إسعاف، بموت; دخيلكم الحقوني، بدي إسعاف; عتقوني، سلكوني، لابيلانس; el7a2ooni; ambulance, dying, save me; au secours"
)]
#[case::self_harm(
    Some(Word::Distress),
    "أريد أن أموت، سأنهي حياتي، انتحار، أؤذي نفسي; أبي أموت، أبغى أنتحر، بذبح نفسي; عايز أموت، عايزة أموت، هموت نفسي، هنتحر; بدي موت، بدي إنتحر، ما بقى بدي عيش; بغيت نموت، نقتل راسي، كرهت حياتي; abi amoot, bedi moot; suicide, kill myself, want to die; me suicider"
)]
#[case::despair(
    Some(Word::Distress),
    "لا أحتمل أكثر، فقدت الأمل; تعبت من حياتي، منهار، مالي خلق أعيش; تعبت من كل حاجة، منهارة، ماليش نفس أعيش; تعبت كتير وما عاد فيني، انهرت; عييت من كلشي، ما بقاتش عندي قدرة; ta3ebt mn kol 7aga; can't go on, hopeless; je n'en peux plus"
)]
#[case::a_death(
    Some(Word::DeathTold),
    "توفي المريض، المريض متوفى; توفى، الله يرحمه، عطاكم عمره; اتوفى، البقاء لله، تعيشوا انتو; توفى، عطاكم عمره، الله يرحمها; مات، الله يرحمو، توفات; etwaffa, twaffa; the patient died, passed away; décédé"
)]
fn every_sign_of_the_page(#[case] word: Option<Word>, #[case] row: &str) {
    for text in row.split(['،', ',', ';']).map(str::trim) {
        assert_eq!(read(text).word, word, "{text}");
    }
}

/// The row of the page that sounds like a sign; being tired of waiting is a complaint.
#[test]
fn none_of_these() {
    let row = "عيادة القلب، صورة الصدر، حادث قديم، بنك الدم، شكرا من القلب; قلبي معاكم، ميت من الضحك، تعبت من الانتظار; هموت وأحجز، الموضوع قتلني; موت من الضحك، تقبرني، فدا قلبي; مت بالضحك، عييت من الانتظار; heart clinic, dying to know, killing time, blood test";
    for text in row.split(['،', ',', ';']).map(str::trim) {
        let tired = ["تعبت من الانتظار", "عييت من الانتظار"].contains(&text);
        assert_eq!(read(text).word, tired.then_some(Word::Complaint), "{text}");
    }
}

#[rstest]
#[case("أنا تعبان جدا ومن الصبح ضيق في التنفس عند والدي وهو كبير في السن ماذا أفعل", Word::Emergency)]
#[case("عندي وجع قوي بصدري", Word::Emergency)]
#[case("I have a terrible pain in my chest since this morning and my arm feels strange", Word::Emergency)]
#[case("شكرا من القلب، لكن عندي ألم في الصدر", Word::Emergency)]
#[case("dying to know the time, and my father has chest pain", Word::Emergency)]
#[case("she can’t breathe!!!", Word::Emergency)]
#[case("وقع على الأرض ومش بيرد علينا", Word::Emergency)]
#[case("الحقونا بسرعة", Word::Emergency)]
#[case("عمل حادثة كبيرة", Word::Emergency)]
#[case("صار عنده جلطة ونقلناه", Word::Emergency)]
#[case("stop, I want to die", Word::Distress)]
#[case("i just can't go on like this", Word::Distress)]
#[case("والله تعبت كتير وما عاد فيني", Word::Distress)]
#[case("والدي توفى أمس، ألغوا الموعد", Word::DeathTold)]
#[case("my father passed away, please cancel my appointment", Word::DeathTold)]
#[case("إيقاف، المريض متوفى", Word::DeathTold)]
fn a_sign_wins_over_all_else(#[case] text: &str, #[case] word: Word) {
    assert_eq!(read(text).word, Some(word));
}

#[rstest]
#[case("موعد في عيادة القلب يوم الأحد")]
#[case("أريد صورة الصدر القديمة")]
#[case("متنا من الضحك")]
#[case("I can't go on Sunday")]
#[case("I can't go on 5 December")]
#[case("I cancelled it by accident")]
#[case("can you save me a slot")]
#[case("I accidentally pressed the button")]
#[case("ما يرد أحد على التلفون")]
#[case("مش عايز آخد نفس الميعاد")]
#[case("هل حقوق المرضى موجودة")]
#[case("أريد توفير موعد")]
#[case("متوفر موعد اليوم؟")]
#[case("ماتنسوش الموعد")]
#[case("ادعموني في الطلب")]
#[case("الله يرحم والديك")]
#[case("أبحث عن عيادة قلبية")]
#[case("بلعوم")]
fn no_sign(#[case] text: &str) {
    assert!(!matches!(read(text).word, Some(Word::Emergency | Word::Distress | Word::DeathTold)), "{text}");
}
