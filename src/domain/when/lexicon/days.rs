//! §5.1 and the weekdays of §5.3: standard and shared; Gulf and Iraq; Egypt; Levant; Maghreb; Arabizi, English,
//! French.

use super::{Mark, Row, Unit};
use crate::domain::when::{Day, Feast};
use chrono::Weekday;

/// All rows of this file.
pub(super) const ROWS: &[Row] = &[
    (
        Mark::Day(Day::In(0)),
        "اليوم، هاليوم، النهارده، النهاردة، انهارده، انهاردة، إنهاردة، ليوما، ليومة، هاد النهار، اليومة، el yom, elyom, al yom, alyom, el youm, elyoum, alyoum, elnharda, el naharda, ennaharda, innaharda, lyoum, lyom, lyouma, today, todays, 2day, aujourdhui, aujourd hui",
    ),
    (Mark::Lyoum, "ليوم"),
    (
        Mark::Tonight,
        "الليلة، هالليلة، الليلادي، الليلة دي، هذه الليلة، هذا المساء، هالمسا، هالمساء، هاد العشية، هاد الليلة، el leila, el leyla, elleila, ellila, lila hadi, tonight, tonite, this evening, this night, ce soir, cette nuit",
    ),
    (
        Mark::Day(Day::In(1)),
        "غدا، غد، الغد، بكرة، بكره، بكرا، بكري غدا، باكر، باچر، غدوة، غدوا، bokra, bukra, bokrah, bukrah, bukara, baker, bacher, ghodwa, ghoudwa, ghedda, ghda, ghadan, tomorrow, tomorow, tommorow, tommorrow, tmrw, tmr, tomoro, 2morrow, 2moro, demain",
    ),
    (
        Mark::Day(Day::In(2)),
        "بعد غد، بعد غدا، بعد الغد، بعد بكرة، بعد بكره، بعد بكرا، عقب باكر، عقب باچر، عقب بكرة، من بعد غدا، من بعد غدوة، بعد غدوة، بعد غدوا، ba3d bokra, ba3d bukra, ba3d baker, ba3d ghedda, ba3d ghodwa, day after tomorrow, the day after tomorrow, after tomorrow, apres demain",
    ),
    (
        Mark::Weekday(Weekday::Sun),
        "الأحد، الحد، يوم أحد، el7ad, el a7ad, al a7ad, l7ed, el 7ad, a7ad, el ahad, al ahad, sunday, sundays, dimanche",
    ),
    (Mark::Lhad, "لحد"),
    (Mark::AfterDay(Weekday::Sun), "أحد، حد"),
    (
        Mark::Weekday(Weekday::Mon),
        "الاثنين، الإثنين، الأثنين، الاتنين، التنين، لتنين، tnin, letnin, ltnin, el etnein, el itnein, el itnin, eletnein, al ithnayn, monday, mondays, lundi",
    ),
    (Mark::TwoOrMonday, "اتنين، اثنين"),
    (
        Mark::Weekday(Weekday::Tue),
        "الثلاثاء، الثلاثا، الثلاث، التلات، التلاتا، التلاتاء، الثلوث، لتلات، ثلاثاء، ثلوث، el talat, eltalat, el tlat, el thulatha, al thulatha, tlat, tuesday, tuesdays, tues, mardi",
    ),
    (Mark::ThreeOrTuesday, "tlata"),
    (
        Mark::Weekday(Weekday::Wed),
        "الأربعاء، الاربعا، الأربع، الربوع، لاربع، أربعاء، ربوع، el arba3, elarba3, el 2arba3, larb3, larba3, al arbi3a, wednesday, wednesdays, wensday, wendsday, weds, mercredi",
    ),
    (
        Mark::Weekday(Weekday::Thu),
        "الخميس، لخميس، 5amis, el 5amis, khamis, el khamis, elkhamis, al khamis, lkhmis, thursday, thursdays, thrusday, thurs, thur, jeudi",
    ),
    (Mark::AfterDay(Weekday::Thu), "خميس"),
    (Mark::Jumaa, "الجمعة، الجمعه، لجمعة، el gom3a, elgom3a, el jum3a, el jom3a, al jum3a, eljom3a"),
    (Mark::BareJumaa, "gom3a, jum3a, jom3a, jem3a, joma3a"),
    (Mark::JumaaWeek, "جمعة"),
    (Mark::Weekday(Weekday::Fri), "friday, fridays, vendredi, يوم جمعة"),
    (
        Mark::Weekday(Weekday::Sat),
        "السبت، لسبت، يوم سبت، sebt, el sebt, elsabt, el sabt, essebt, sabt, saturday, saturdays, saterday, satuday, samedi",
    ),
    (Mark::Short(Weekday::Sun), "sun"),
    (Mark::Short(Weekday::Mon), "mon"),
    (Mark::Short(Weekday::Tue), "tue"),
    (Mark::Short(Weekday::Wed), "wed"),
    (Mark::Short(Weekday::Thu), "thu"),
    (Mark::Short(Weekday::Fri), "fri"),
    (Mark::Short(Weekday::Sat), "sat"),
    (
        Mark::Next,
        "القادم، القادمة، المقبل، المقبلة، الجاي، الجاية، الجايي، الجايه، الياي، الياية، الجي، التالي، التالية، اللي جاي، اللي جاية، اللي جايي، الي جاي، يلي جاي، يلي جاية، اللي ياي، الماجي، el gay, elgay, el gaya, elgaya, el jay, eljay, el jaye, el jaya, jay, jaya, jaye, elly gay, elli jay, next, coming, upcoming, prochain, prochaine, qui vient",
    ),
    (
        Mark::This,
        "هذا، هذي، هذه، هاد، هاذ، هادا، هاذا، هيدا، هيدي، هاي، ذا، ذي، ده، دا، دي، da, di, hal, had, hayda, this, ce, cette, cet",
    ),
    (
        Mark::AfterNext,
        "بعد القادم، بعد القادمة، بعد المقبل، بعد المقبلة، بعد الجاي، بعد الجاية، بعد الياي، اللي بعد الجاي، اللي بعد القادم، اللي بعد المقبل، اللي بعده، اللي بعدو، اللي بعدها، الي بعده، يلي بعده، يلي بعدو، يلي بعدها، اللي عقبه، اللي عقبها، الي عقبه، اللي موراه، اللي موراها، اللي من بعده، اللي من بعدو، بعده، ما بعد القادم، elly ba3do, elli ba3do, eli ba3do, elly ba3dha, li morah, after next, after that, the one after, after this one, suivant, suivante, dapres",
    ),
    (Mark::Units(Unit::Day, 2), "يومين، يوماين، yomen, yomein, youmein, yawmayn"),
    (Mark::Units(Unit::Day, 0), "أيام، ايام، days, jours, ayam, ayyam"),
    (Mark::Units(Unit::Day, 1), "day, jour, nhar"),
    (
        Mark::Units(Unit::Week, 1),
        "أسبوع، سيمانة، سمانة، esbo3, osbo3, usbu3, week, wk, semaine, smana, simana",
    ),
    (Mark::Units(Unit::Week, 2), "أسبوعين، سيمانتين، جمعتين، esbo3en, esbo3ein, osbo3ein, fortnight"),
    (Mark::Units(Unit::Week, 0), "أسابيع، سيمانات، weeks, semaines, asabee3"),
    (
        Mark::TheWeek,
        "الأسبوع، السيمانة، السمانة، سيمانة الجاية، el esbo3, elesbo3, el osbo3, el usbu3, la semaine",
    ),
    (Mark::Units(Unit::Month, 1), "شهر، month, mois, shahr, shaher, ch7ar"),
    (Mark::Units(Unit::Month, 2), "شهرين، shahrein, shahren"),
    (Mark::Units(Unit::Month, 0), "أشهر، شهور، months"),
    (Mark::TheMonth, "الشهر، هالشهر، el shahr, elshahr, eshahr, the month, le mois, du mois, lchhar"),
    (Mark::Units(Unit::Hour, 1), "ساعة، hour, heure, sa3a"),
    (Mark::Units(Unit::Hour, 2), "ساعتين، سوايع، sa3ten, sa3tein"),
    (Mark::Units(Unit::Hour, 0), "ساعات، hours, heures, sa3at"),
    (
        Mark::Day(Day::Weekend),
        "نهاية الأسبوع، آخر الأسبوع، عطلة نهاية الأسبوع، الويكند، ويكند، الويك اند، ويك اند، الويكاند، آخر السيمانة، لخر ديال السيمانة، weekend, week end, the weekend, wikend, fin de semaine",
    ),
    (Mark::In, "كمان، من هنا، من هون، kaman, in, dans, men hna"),
    (Mark::After, "بعد، عقب، من بعد، ba3d, after, apres, mn ba3d"),
    (Mark::First, "أول، غرة، awel, awwal, first of, the first of, premier"),
    (
        Mark::Early,
        "بداية، بدايات، مطلع، أوائل، beginning of, the beginning of, start of, the start of, bedayet, debut, debut de",
    ),
    (Mark::Mid, "منتصف، نص، نصف، وسط، أواسط، mid, middle of, the middle of, nos, mi, milieu, milieu de"),
    (
        Mark::Late,
        "آخر، نهاية، أواخر، لخر، لخر ديال، akher, late, end of, the end of, at the end of, fin, fin de",
    ),
    (
        Mark::Day(Day::Nearest),
        "أقرب وقت، أقرب موعد، أقرب ميعاد، أقرب معاد، أقرب فرصة، أقرب يوم، أقرب رنديفو، أسرع شي، أسرع وقت، أسرع موعد، أسرع ميعاد، أول موعد، أول ميعاد، أول وقت، أول موعد فاضي، الحين، هالحين، هلق، هلأ، هسا، هسه، دلوقتي، دلوقت، دابا، توا، توة، الآن، فورا، حالا",
    ),
    (
        Mark::Day(Day::Nearest),
        "a2rab wa2t, a2rab maw3ed, a2rab me3ad, asra3, asra3 wa2t, asra3 shi, dilwa2ty, delwa2ty, daba, tawa, asap, as soon as possible, soonest, earliest, the earliest, nearest, nearest time, first available, next available, the first available, right now, now, le plus tot possible, des que possible, au plus vite, maintenant, tout de suite",
    ),
    (
        Mark::Day(Day::Nearest),
        "أي يوم، أي وقت، أي موعد، أي نهار، في أي وقت، ما بتفرق، ما بيفرق، مش فارق، مش فارقة، مش فارقه، ما تفرق، ما يفرق، عادي، كله واحد، any day, any time, anytime, whenever, any date, doesnt matter, it doesnt matter, dont mind, i dont mind, nimporte quel jour, nimporte quand, peu importe, ay yom, ay wa2t",
    ),
    (
        Mark::Day(Day::After(Feast::Holiday)),
        "بعد العيد، عقب العيد، من بعد العيد، بعد الإجازة، بعد العطلة، بعد الأعياد، بعد إجازة العيد، بعد عطلة العيد، ba3d el 3eid, ba3d el3id, after eid, after the eid, after the holidays, after the holiday, after holidays, apres laid, apres les vacances, apres les fetes",
    ),
    (
        Mark::Day(Day::After(Feast::Ramadan)),
        "بعد رمضان، عقب رمضان، من بعد رمضان، ba3d ramadan, after ramadan, apres ramadan, apres le ramadan",
    ),
    (Mark::NightOf, "ليلة، ليلت، leilet, laylat, leylet, lilt"),
    (
        Mark::Not,
        "مو، موب، مهوب، مش، ليس، ما عدا، ماعدا، عدا، not, pas, mesh, mish, except, except for, but not, other than, sauf",
    ),
    (Mark::Later, "من الآن، من اليوم، من الحين, from now, from today, later, plus tard"),
    (Mark::NotThis, "ماشي هادا، ماشي هاد، ماشي هذا، ماشي هدا، ماشي هاذا"),
    (
        Mark::Gone,
        "الماضي، الماضية، اللي فات، اللي فاتت، اللي راح، اللي راحت، الفائت، elly fat, passe, dernier, derniere",
    ),
    (Mark::Since, "منذ، since, depuis, من قبل"),
    (
        Mark::Refused,
        "لا أستطيع، لن أستطيع، لن أتمكن، لا يناسبني، ما يناسبني، مايناسبني، غير مناسب، لا يناسب، ما أقدر، ما أقدر أجي، ماقدر، ما ينفع، مو مناسب، مش هقدر، مش هقدر آجي، مش حقدر، مش هينفع، مينفعش، ما أقدرش، مش مناسب، ما بقدر، ما فيني، ما بناسبني، ما بيناسبني، ما بينفع، ما نقدرش، ما يمكنليش، ما يساعدنيش، ماشي مناسب، cant, i cant, cannot, can not, wont, couldnt, cant make it, cant come, doesnt work, does not work, doesnt suit, not good, not possible, not suitable, unable, je ne peux pas, impossible, ne marche pas",
    ),
    (
        Mark::Nothing,
        "يوم من الأيام، هذه الأيام، هالأيام، طول اليوم، كل يوم، مرة في اليوم، مرات في اليوم، في اليوم، باليوم، every day, per day, a day, days ago, a week ago, weeks ago, week ago, month ago, months ago, hours ago, hour ago, day ago, last week, last month, last night, last sunday, last monday, last tuesday, last wednesday, last thursday, last friday, last saturday, last time",
    ),
    (
        Mark::Nothing,
        "آخر مرة، أول مرة، آخر موعد، آخر واحد، نفس اليوم، الأسبوع الماضي، الشهر الماضي، الأسبوع اللي فات، الشهر اللي فات، من أسبوع، من شهر، من يومين، من ساعة، من ساعتين، من زمان، منذ يومين، منذ أسبوع، منذ شهر، منذ ساعتين، منذ ساعة، منذ اليوم، since today",
    ),
    (Mark::NthWord(1), "الأول, first"),
    (Mark::NthWord(2), "الثاني، التاني, second"),
    (Mark::NthWord(3), "الثالث، التالت, third"),
    (Mark::NthWord(4), "الرابع, fourth"),
    (Mark::NthWord(5), "الخامس, fifth"),
    (Mark::NthWord(6), "السادس، السادس, sixth"),
    (Mark::NthWord(7), "السابع, seventh"),
    (Mark::NthWord(8), "الثامن، التامن, eighth"),
    (Mark::NthWord(9), "التاسع, ninth"),
    (Mark::NthWord(10), "العاشر, tenth"),
];
