//! §5.2: parts of the day, hours, minutes.

use super::{Mark, Row};
use crate::domain::when::Part;

/// All rows of this file.
pub(super) const ROWS: &[Row] = &[
    (Mark::Part(Part::Dawn), "فجرا، الفجر، الفجرية، fajr, el fajr, dawn, a laube"),
    (Mark::WeakPart(Part::Dawn), "فجر"),
    (
        Mark::Part(Part::Morning),
        "صباحا، الصبح، الصباح، صبح، الصبحية، الصبحيه، عالصبح، el sob7, elsob7, sob7, sobh, el sobh, essob7, sba7, sbah, fes sba7, morning, mornings, the morning, matin, le matin, matinee, la matinee",
    ),
    (
        Mark::Part(Part::Morning),
        "بدري، بكير، عبكير، مبكر، مبكرا، أول الدوام، badri, bedri, bakkeer, 3bakkeer, bakir, bekri, early morning, very early, tot",
    ),
    (Mark::EarlyWord, "early"),
    (Mark::WeakPart(Part::Morning), "صباح، بكري"),
    (
        Mark::Part(Part::Forenoon),
        "الضحى، ضحا، قبل الظهر، قبل الضهر، قبل الظهيرة، 2abl el dohr, forenoon, late morning, before noon, before lunch, avant midi",
    ),
    (Mark::WeakPart(Part::Forenoon), "ضحى"),
    (
        Mark::Part(Part::Noon),
        "ظهرا، الظهر، الضهر، بعد صلاة الظهر، بعد صلاة الضهر، الظهيرة، ضهرا، الضهرية، dohr, el dohr, duhr, el duhr, ddohr, noon, noontime, midday, lunchtime, midi, a midi",
    ),
    (Mark::WeakPart(Part::Noon), "ظهر، ضهر"),
    (
        Mark::Part(Part::Afternoon),
        "بعد الظهر، بعد الضهر، بعد الظهيرة، بعد الزوال، من بعد الظهر، العشية، لعشية، عشية، ba3d el dohr, ba3d dohr, ba3d el duhr, l3achiya, el 3shiya, 3chiya, afternoon, the afternoon, apres midi, lapres midi",
    ),
    (
        Mark::Part(Part::Asr),
        "عصرا، العصر، العصرية، العصاري، بعد العصر، بعد صلاة العصر، 3asr, el 3asr, el3asr, al asr, asr, l3asr",
    ),
    (Mark::WeakPart(Part::Asr), "عصر"),
    (
        Mark::Part(Part::Sunset),
        "المغرب، بعد المغرب، بعد صلاة المغرب، المغربية، maghreb, el maghreb, maghrib, el maghrib, sunset",
    ),
    (
        Mark::Part(Part::Evening),
        "مساء، المساء، المسا، بالمسا، عالمسا، العشا، العشاء، بعد العشا، بعد العشاء، بعد صلاة العشاء، بعد صلاة العشا، المغرب والعشا، el masa, masa2an, el 3esha, el 3isha, isha, evening, evenings, the evening, soir, le soir, soiree",
    ),
    (
        Mark::Part(Part::Night),
        "ليلا، الليل، بالليل، باليل، بليل، آخر الليل، فالليل، في الليل، fel leil, fil leil, bel leil, belleil, billeil, bellil, night, the night, at night, late night, nuit, la nuit",
    ),
    (
        Mark::Part(Part::AfterWork),
        "آخر الدوام، بعد الدوام، عقب الدوام، بعد الشغل، بعد العمل، من بعد الخدمة، بعد الخدمة، ba3d el shoghl, ba3d el dawam, ba3d el chghol, after work, apres le travail, apres le boulot",
    ),
    (
        Mark::Part(Part::AfterPrayer),
        "بعد الصلاة، عقب الصلاة، بعد صلاة، من بعد الصلاة، ba3d el sala, ba3d el salah, after prayer, after prayers, after the prayer, apres la priere",
    ),
    (
        Mark::Part(Part::AfterIftar),
        "بعد الفطور، عقب الفطور، بعد الفطار، بعد الإفطار، ba3d el ftour, ba3d el fotoor, ba3d iftar, after iftar, apres le ftour",
    ),
    (
        Mark::Part(Part::AfterTarawih),
        "بعد التراويح، عقب التراويح، ba3d el taraweeh, after taraweeh, after tarawih",
    ),
    (Mark::Part(Part::BeforeSuhoor), "قبل السحور، before suhoor, before suhur"),
    (Mark::Am, "ص، am, a m"),
    (Mark::Pm, "م، pm, p m"),
    (Mark::Midnight, "منتصف الليل، نص الليل، نصف الليل، بنص الليل، nos el leil, midnight, mid night, minuit"),
    (
        Mark::At,
        "الساعة، ع الساعة، على الساعة، عالساعة، عال، ال، عند الساعة، حوالي الساعة، تقريبا الساعة، el sa3a, elsa3a, sa3a, essa3a, al sa3a, at, around, about, by, vers, m3 sa3a",
    ),
    (Mark::With, "مع، ma3, m3a"),
    (Mark::At, "على، حوالي، حدود، تقريبا"),
    (Mark::Oclock, "oclock, o clock, ish, clock, h, hrs, hs, heures pile, تماما، بالضبط، بالظبط"),
    (Mark::Until, "قبل، 2abl, 9bel, before, by latest, avant"),
    (Mark::To, "إلى، ل، لـ، حتى، لغاية، لحدود، لين، to, till, til, until, upto, jusqua, 7atta, le7ad"),
    (Mark::Between, "بين، ما بين، مابين، bein, ben, between, entre, bin"),
    (Mark::From, "من، ابتداء من، بدءا من، min, men, mn, from, de, a partir de, starting from, starting"),
    (Mark::And, "و، and, et, w"),
    (
        Mark::Onwards,
        "وما بعد، فما فوق، وطالع، وبعدين، وفوق, onwards, onward, and later, or later, and after, et apres, et plus",
    ),
    (Mark::Less, "إلا، الا، قل، غير، ille, illa, ella, moins, moins le"),
    (Mark::Past, "past, after the"),
    (
        Mark::Minutes(30),
        "ونص، ونصف، والنصف، half, demie, et demie, demi, w nos, wnos, w noss, we nos, we noss, wi nos, wa nos, nuss",
    ),
    (
        Mark::Minutes(15),
        "وربع، والربع، ربع، الربع، quarter, a quarter, quart, et quart, le quart, w rob3, we rob3, wrob3, rob3, rub3",
    ),
    (Mark::Minutes(20), "وثلث، والثلث، ثلث، وتلت، تلت، الثلث، w tilt, w telt, we telt, we tilt, telt, tulut"),
    (Mark::Minutes(5), "خمس دقايق، خمس دقائق، درج، قسم، five minutes"),
    (Mark::Minutes(10), "درجين، قسمين، قسماين، عشر دقايق، عشر دقائق، ten minutes"),
    (Mark::Spelled(1), "واحدة، وحدة، الواحدة، الوحدة، wa7da, we7da, wahda, one, une"),
    (Mark::Spelled(2), "ثنتين، تنتين، ثنين، جوج، الجوج، لجوج، الثنتين، التنتين، jouj, joj, tnein, two, deux"),
    (Mark::Spelled(3), "ثلاثة، تلاتة، تلاته، الثلاثة، التلاتة، ثلاث، تلات، talata, talat, three, trois"),
    (Mark::Spelled(4), "أربعة، الأربعة، أربع، arba3a, arb3a, arba3, four, quatre"),
    (Mark::Spelled(5), "خمسة، الخمسة، خمس، khamsa, 5amsa, five, cinq"),
    (Mark::Spelled(6), "ستة، الستة، setta, sitta, six"),
    (Mark::Spelled(7), "سبعة، السبعة، سبع، sab3a, sba3, seven"),
    (
        Mark::Spelled(8),
        "ثمانية، الثمانية، تمانية، التمانية، تمنية، التمنية، ثمنية، ثمان، تمن، tamanya, tmanya, thmanya, eight, huit",
    ),
    (Mark::Spelled(9), "تسعة، التسعة، تسع، تسعود، tes3a, tis3a, tse3oud, nine, neuf"),
    (Mark::Spelled(10), "عشرة، العشرة، عشر، 3ashra, 3achra, ten, dix"),
    (
        Mark::Spelled(11),
        "احدعش، إحدعش، حدعش، حداشر، الحداشر، إحدى عشر، إحدى عشرة، أحد عشر، حضاش، حداش، احداش، 7dashar, 7dash, 7dach, eleven, onze",
    ),
    (
        Mark::Spelled(12),
        "اتناعش، اثناعش، إثنعش، اثنعش، تنعش، ثنعش، طناش، اطناش، طنعش، اتناشر، الاتناشر، اطنعش، اثنا عشر، اثني عشر، اثنتا عشرة، etnashar, tnash, tnach, etna3sh, twelve, douze",
    ),
    (Mark::Spelled(13), "ثلطعش، تلتاشر، تلطاش، ثلاثة عشر، thirteen, treize"),
    (Mark::Spelled(14), "اربعطعش، اربعتاشر، ربعطاش، أربعة عشر، fourteen, quatorze"),
    (Mark::Spelled(15), "خمسطعش، خمستاشر، خمسطاش، خمسة عشر، fifteen, quinze"),
    (Mark::Spelled(16), "ستطعش، ستاشر، سطاش، ستة عشر، sixteen, seize"),
    (Mark::Spelled(17), "سبعطعش، سبعتاشر، سبعطاش، سبعة عشر، seventeen"),
    (Mark::Spelled(18), "ثمنطعش، تمنتاشر، تمنطاش، ثمانية عشر، eighteen"),
    (Mark::Spelled(19), "تسعطعش، تسعتاشر، تسعطاش، تسعة عشر، nineteen"),
    (Mark::Spelled(20), "عشرين، العشرين، 3eshrin, twenty, vingt"),
    (Mark::Spelled(30), "ثلاثين، تلاتين، thirty, trente"),
    (Mark::HourOrdinal(2), "الثانية"),
    (Mark::HourOrdinal(3), "الثالثة"),
    (Mark::HourOrdinal(4), "الرابعة"),
    (Mark::HourOrdinal(5), "الخامسة"),
    (Mark::HourOrdinal(6), "السادسة"),
    (Mark::HourOrdinal(7), "السابعة"),
    (Mark::HourOrdinal(8), "الثامنة"),
    (Mark::HourOrdinal(9), "التاسعة"),
    (Mark::HourOrdinal(10), "العاشرة"),
    (Mark::HourOrdinal(11), "الحادية عشرة، الحادية عشر، الحاديه عشره"),
    (Mark::HourOrdinal(12), "الثانية عشرة، الثانية عشر"),
    (Mark::Of, "في، ف، ب، of, the, el, al, l, ديال، تاع، متاع، بتاع، du, des, la, les, on"),
    (Mark::Le, "le"),
    (Mark::One, "a, an, un"),
    (
        Mark::Filler,
        "لو سمحت، لو سمحتي، لو سمحتوا، من فضلك، من فضلكم، الله يخليك، الله يخليكم، عافاك، إن شاء الله، ان شالله، إنشالله، شكرا، يناسبني، أفضل، تمام، ممكن، please, pls, plz, thanks, thank you, inshallah, ok, okay, good, fine, if possible, is good, is fine, works, svp, sil vous plait, merci, عند, with, avec, chez, law sama7t, lw sama7t, دكتور، دكتورة، الدكتور، الدكتورة، د، dr, doctor",
    ),
    (
        Mark::Filler,
        "خليها، خليه، خليني، خلوها، أبي، أبغى، أريد، عايز، عايزة، بدي، بغيت، نحب، أحجز، احجز، احجزلي، احجزوا، احجزوا لي، طيب، أوكي، ماشي، يعني، make it, i want, want, i need, need, i prefer, prefer, book, book me, lets, lets say, maybe, can we do, how about, what about",
    ),
    (
        Mark::Numbering,
        "رقم، الرقم، خيار، الخيار، نمبر، غرفة، الغرفة، الطابق، طابق، الدور، عمري، عمره، عمرها، عيادة، مبنى، شباك، بوابة، باب، number, no, option, choice, room, floor, age, clinic, gate, building, desk, counter, numero, ticket, person, people, for",
    ),
    (
        Mark::Nothing,
        "صباح الخير، صباح النور، صباح الورد، صباحكم، صباحو، مساء الخير، مساء النور، مساء الورد، تصبح على خير، تصبحون على خير، يسعد صباحكم، يسعد مساكم، saba7 el 5eir, saba7 el kheir, sabah el kheir, masa el 5eir, masa el kheir, sba7 el khir, good morning, good evening, good afternoon, good night, gm, bonne nuit, bonne soiree, bonne journee",
    ),
    (
        Mark::Nothing,
        "في الظهر، بالظهر، ألم الظهر، ألم في الظهر، ألم بالظهر، وجع الظهر، وجع في الظهر، وجع بالظهر، أسفل الظهر، آلام الظهر، عظام الظهر، عضلات الظهر، العمود الفقري، في المغرب، بالمغرب، of age, years old, year old, سنين، سنوات، سنة، شهر ونص، half brother, a bit, a lot, a little, a few, at all, at least, about my, about the, about it, about a, at home, at work, at the, at your, by the way, to the, to my, to a, to see, to book, to talk, to change, to cancel, to move",
    ),
];
