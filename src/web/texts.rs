//! The texts of pages, approved as everything else that is said: Fluent bundles in Arabic and English.

use crate::domain::clinic::Locale;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

const AR: &str = include_str!("../../locales/pages/ar.ftl");
const EN: &str = include_str!("../../locales/pages/en.ftl");

/// The texts of both languages.
pub struct Texts {
    ar: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

/// Why the texts cannot be used. A build with this fault does not pass its tests.
#[derive(Debug, thiserror::Error)]
#[error("locales/pages/{0}.ftl: {1}")]
pub struct BadTexts(&'static str, String);

impl Texts {
    /// Reads both languages.
    ///
    /// # Errors
    /// A file does not parse.
    pub fn load() -> Result<Self, BadTexts> {
        Ok(Self { ar: bundle("ar", AR)?, en: bundle("en", EN)? })
    }

    /// A text; empty for an id that is not in the files.
    pub fn text(&self, locale: Locale, id: &str) -> String {
        self.filled(locale, id, "")
    }

    /// A text with the name of a clinic in it.
    pub fn filled(&self, locale: Locale, id: &str, clinic: &str) -> String {
        let bundle = match locale {
            Locale::Ar => &self.ar,
            Locale::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return String::new();
        };
        let mut args = FluentArgs::new();
        args.set("clinic", clinic.to_owned());
        bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    }
}

fn bundle(code: &'static str, text: &str) -> Result<FluentBundle<FluentResource>, BadTexts> {
    let resource = FluentResource::try_new(text.to_owned())
        .map_err(|(_, errors)| BadTexts(code, format!("{errors:?}")))?;
    let language = code.parse().map_err(|_| BadTexts(code, "language".to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Values stand in a sentence of their own language, or in a calendar, which shows the marks.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|errors| BadTexts(code, format!("{errors:?}")))?;
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&str> {
        let starts = text.lines().filter(|line| line.starts_with("page-"));
        starts.filter_map(|line| line.split_once(" =").map(|(id, _)| id)).collect()
    }

    #[test]
    fn both_languages_have_the_same_texts_and_speak_calmly() {
        let texts = Texts::load().unwrap();
        assert_eq!(ids(AR), ids(EN));
        for id in ids(EN) {
            let (ar, en) = (texts.text(Locale::Ar, id), texts.text(Locale::En, id));
            assert!(!ar.is_empty() && !en.is_empty(), "{id}");
            assert!(!ar.contains('!') && !en.contains('!'), "{id} shouts");
            assert!(
                ar.lines().all(|line| ('\u{621}'..='\u{64A}').contains(&line.chars().next().unwrap())),
                "{id}"
            );
        }
    }
}
