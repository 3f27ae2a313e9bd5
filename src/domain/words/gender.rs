//! Whether a woman or a man is wished for as doctor. "دكتور" alone means any doctor; "دكتورة" means a woman.

use super::lexicon::LEXICON;
use super::patterns::{Patterns, Row};
use crate::domain::tap::Gender;
use std::sync::LazyLock;

const fn other(gender: Gender) -> Gender {
    match gender {
        Gender::Woman => Gender::Man,
        Gender::Man => Gender::Woman,
    }
}

const ROWS: &[Row<Gender>] = &[
    Row { what: Gender::Woman, columns: WOMAN },
    Row { what: Gender::Woman, columns: NAMED_WOMAN },
    Row { what: Gender::Man, columns: MAN },
    Row { what: Gender::Man, columns: NAMED_MAN },
];

/// A woman doctor after what makes it a wish.
const WOMAN: &[&str] = &[
    "مع|عند|موعد|حجز|كشف|أريد|أفضل|يفضل|تكون|أبي|أبغى|ابغا|ودي|عايز|عايزة|عاوز|عاوزة|محتاجة|بدي|حابة|بغيت|نحب|نبغي|عندكم|في|فيه|كاين|شي|لازم|ممكن|أحجز|احجزوا|احجزلي طبيبة|دكتورة|حكيمة|طبيبات|دكتورات",
    "abi|abgha|3ayez|3ayza|bde|bede|bghit|ma3|m3a|3and doktora|doctora|tabiba|hakime",
    "want|need|prefer|like|with|see|have|any|only female|woman|lady|women, femme|femmes medecin, medecin|docteur femme, une docteure|doctoresse|gynecologue",
];

/// A woman doctor by so many words, or by these alone.
const NAMED_WOMAN: &[&str] = &[
    "طبيبة|دكتورة بس|فقط، دكتورة|طبيبة ست|امرأة|مرا|مره، دكتورة|طبيبة مو|مش|موب|ماشي|وليس|ليس|لا دكتور|طبيب|رجال|راجل",
    "female|woman|lady|women|girl doctor|doctors|physician|dr|dentist|gp|specialist|gynecologist|gynaecologist, doctor|dr|physician female|woman|lady",
];

/// A man doctor; the word for a man must be said.
const MAN: &[&str] = &[
    "طبيب|دكتور|الدكتور رجل|رجال|راجل|ذكر، دكتور|طبيب مو|مش|موب|ماشي|وليس|ليس|لا دكتورة|طبيبة",
    "doktor|doctor|tabib ragel|rajel|rajol, medecin|docteur homme, homme medecin|docteur",
];

const NAMED_MAN: &[&str] = &[
    "male|man|gentleman doctor|doctors|physician|dr|dentist|gp|specialist, doctor|dr|physician male|man, woman|female|lady|women or male|man|men, man|male|men or woman|female|lady|women, want|need|prefer|like|with|only male|man",
];

/// The word alone is a wish.
const ALONE: [(Gender, &str); 2] = [
    (Gender::Woman, "طبيبه دكتوره حكيمه doctora doktora female woman doctoresse femme"),
    (Gender::Man, "male man homme رجل راجل"),
];

/// What turns a wish round: "not a man", "ما أبي دكتورة". How far before, in words.
const REACH: usize = 4;

static KNOWN: LazyLock<Patterns<Gender>> = LazyLock::new(|| Patterns::new(ROWS));

/// The gender that a text wishes for; `None` when it wishes for none or for both ("a man or a woman").
pub(super) fn wish(tokens: &[&str]) -> Option<Gender> {
    if let [word] = tokens {
        let alone = |(_, words): &&(Gender, &str)| words.split(' ').any(|known| known == *word);
        return ALONE.iter().find(alone).map(|(gender, _)| *gender);
    }
    let stems = KNOWN.stems(tokens);
    let mut wishes = KNOWN.hits(&stems).map(|hit| {
        let before = tokens.iter().take(hit.at + 1).rev().take(REACH);
        if before.into_iter().any(|token| LEXICON.is_denial(token)) { other(hit.what) } else { hit.what }
    });
    let first = wishes.next()?;
    wishes.all(|wish| wish == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::read;
    use rstest::rstest;

    #[rstest]
    #[case("طبيبة")]
    #[case("دكتورة")]
    #[case("أريد موعدا مع طبيبة")]
    #[case("أفضل طبيبة")]
    #[case("أبي دكتورة")]
    #[case("أبغى دكتورة مو دكتور")]
    #[case("موعد عند دكتورة جلدية")]
    #[case("عايزة دكتورة ست")]
    #[case("في دكتورة؟")]
    #[case("بدي دكتورة لو سمحت")]
    #[case("بدي حكيمة")]
    #[case("بغيت طبيبة")]
    #[case("نحب طبيبة مرا")]
    #[case("3ayza doktora")]
    #[case("abi doctora")]
    #[case("a woman doctor please")]
    #[case("I'd prefer a female doctor")]
    #[case("lady doctor")]
    #[case("do you have women doctors")]
    #[case("I prefer a woman")]
    #[case("médecin femme")]
    #[case("je préfère une femme médecin")]
    #[case("not a male doctor")]
    fn a_woman(#[case] text: &str) {
        assert_eq!(read(text).gender, Some(Gender::Woman), "{text}");
    }

    #[rstest]
    #[case("طبيب رجل")]
    #[case("أبي دكتور رجال")]
    #[case("عايز دكتور راجل")]
    #[case("بغيت طبيب راجل")]
    #[case("دكتور مو دكتورة")]
    #[case("a male doctor please")]
    #[case("I'd like a man doctor")]
    #[case("médecin homme")]
    #[case("3ayez doktor ragel")]
    #[case("I don't want a female doctor")]
    fn a_man(#[case] text: &str) {
        assert_eq!(read(text).gender, Some(Gender::Man), "{text}");
    }

    #[rstest]
    #[case("أبي دكتور")]
    #[case("موعد مع دكتور جلدية")]
    #[case("شكرا دكتورة")]
    #[case("الدكتورة متأخرة")]
    #[case("any doctor")]
    #[case("a man or a woman doctor")]
    #[case("طبيب أو طبيبة")]
    #[case("my wife is a woman")]
    #[case("")]
    fn neither(#[case] text: &str) {
        assert_eq!(read(text).gender, None, "{text}");
    }
}
