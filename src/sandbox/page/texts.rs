//! The page's own words in both languages. What patients read is not here: that is the gateway's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const AR: &str = include_str!("texts/ar.json");
const EN: &str = include_str!("texts/en.json");

type Catalogue = BTreeMap<String, String>;

static TEXTS: LazyLock<(Catalogue, Catalogue)> = LazyLock::new(|| {
    // A file that does not parse does not pass the tests.
    (serde_json::from_str(AR).unwrap_or_default(), serde_json::from_str(EN).unwrap_or_default())
});

/// A language of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// Arabic, right to left.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// By its code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Ar),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first of ours in an `Accept-Language` header by its weights; Arabic when there is none.
    pub fn accepted(header: &str) -> Self {
        let mut wanted: Vec<(f32, &str)> = header
            .split(',')
            .filter_map(|item| {
                let (tag, weight) = item.split_once(";q=").unwrap_or((item, "1"));
                Some((weight.trim().parse().ok()?, tag.trim()))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let ours = |tag: &str| Self::of(&tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
        wanted.into_iter().find_map(|(_, tag)| ours(tag)).unwrap_or(Self::Ar)
    }

    /// `ar` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// `rtl` or `ltr`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }

    /// The text of a key; the key itself where there is none.
    pub fn text(self, key: &str) -> String {
        let (ar, en) = &*TEXTS;
        let texts = if self == Self::Ar { ar } else { en };
        texts.get(key).map_or(key, String::as_str).to_owned()
    }

    /// The text of a key with values in place of `{names}`.
    pub fn filled(self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.text(key);
        values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A number as this language writes quantities.
    pub fn number(self, n: impl ToString) -> String {
        digits(&n.to_string(), self == Self::Ar)
    }
}

/// Latin digits as Arabic-Indic ones, if wanted.
pub fn digits(text: &str, arabic: bool) -> String {
    if !arabic {
        return text.to_owned();
    }
    text.chars().map(|c| c.to_digit(10).and_then(|n| char::from_u32(0x660 + n)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn both_languages_say_the_same_things() {
        let (ar, en): (Catalogue, Catalogue) =
            (serde_json::from_str(AR).unwrap(), serde_json::from_str(EN).unwrap());
        assert_eq!(ar.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        let holes = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).map(|part| part.split('}').next().unwrap().to_owned()).collect();
            found.sort();
            found
        };
        for (key, text) in &ar {
            assert_eq!(holes(text), holes(&en[key]), "{key}");
        }
    }

    #[test]
    fn every_key_the_templates_and_the_code_ask_for_is_there() {
        let (ar, _) = &*TEXTS;
        for (name, template) in super::super::render::TEMPLATES {
            for part in template.split("t('").skip(1) {
                let key = part.split('\'').next().unwrap();
                let dynamic = part[key.len()..].starts_with("' ~");
                let known =
                    if dynamic { ar.keys().any(|it| it.starts_with(key)) } else { ar.contains_key(key) };
                assert!(known, "{name}: {key}");
            }
        }
    }

    #[rstest]
    #[case("ar-SA,en;q=0.8", Lang::Ar)]
    #[case("en-GB,ar;q=0.8", Lang::En)]
    #[case("fr-MA, ar;q=0.4, en;q=0.7", Lang::En)]
    #[case("fr, de", Lang::Ar)]
    #[case("en;q=0, ar;q=0.1", Lang::Ar)]
    #[case("", Lang::Ar)]
    #[case(";;q=x,,", Lang::Ar)]
    fn the_browser_says_what_is_understood(#[case] header: &str, #[case] expected: Lang) {
        assert_eq!(Lang::accepted(header), expected);
    }

    #[test]
    fn quantities_are_written_as_the_language_writes_them() {
        assert_eq!(Lang::Ar.number(1205), "١٢٠٥");
        assert_eq!(Lang::En.number(1205), "1205");
        assert_eq!(Lang::En.filled("go-to", &[("what", "x")]), "Go to: x");
    }
}
