//! The texts: Fluent bundles in Arabic and English, filled with isolated values.

use crate::domain::clinic::{Disclosure, Locale};
use crate::domain::speech::{Content, Label, Slot, TemplateEntry, TemplateId, Variants};
use crate::phi::Phi;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::fmt;

const AR: &str = include_str!("../../locales/ar.ftl");
const EN: &str = include_str!("../../locales/en.ftl");
/// Stands for a value that is missing; a line that holds it is left out (`conversation.md`, "Reading the tables").
const MISSING: char = '\u{E000}';

/// The texts of both languages.
pub struct Catalogue {
    ar: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Catalogue")
    }
}

/// Why the texts cannot be used. A build with this fault does not pass its tests.
#[derive(Debug, thiserror::Error)]
#[error("locales/{0}.ftl: {1}")]
pub struct CatalogueError(&'static str, String);

/// Values of slots.
pub type Values = [(Slot, String)];

impl Catalogue {
    /// Reads both languages.
    ///
    /// # Errors
    /// A file does not parse.
    pub fn load() -> Result<Self, CatalogueError> {
        Ok(Self { ar: bundle("ar", AR)?, en: bundle("en", EN)? })
    }

    /// The text of a content at a level. Values stand isolated; a line whose value is missing is left out.
    pub fn text(&self, locale: Locale, content: Content, disclosure: Disclosure, values: &Values) -> String {
        let id = match content.variants() {
            Variants::One => content.id().to_owned(),
            Variants::Levels => format!("{}-{}", content.id(), level(disclosure)),
        };
        let whole = self.format(locale, &id, values, true);
        let lines: Vec<&str> = whole.lines().filter(|line| !line.contains(MISSING)).map(bare_line).collect();
        lines.join("\n")
    }

    /// The words of a label that needs no value.
    pub fn label(&self, locale: Locale, label: Label) -> String {
        self.format(locale, label.id(), &[], false)
    }

    /// The description of a row that needs no value.
    pub fn description(&self, locale: Locale, label: Label) -> Option<String> {
        let id = format!("{}-about", label.id());
        self.of(locale).has_message(&id).then(|| self.format(locale, &id, &[], false))
    }

    /// Title and description of a row made from data, cut to Meta's limits at a word.
    pub fn row(&self, locale: Locale, label: Label, values: &Values) -> (String, Option<String>) {
        let title = cut(&self.format(locale, label.id(), values, false), label.limit());
        let id = format!("{}-about", label.id());
        let about = self.of(locale).has_message(&id).then(|| self.format(locale, &id, values, false));
        (title, about.map(|about| cut(&about, DESCRIPTION)))
    }

    /// Name and named parameters of a template; a level whose values are not all there falls to the next.
    pub fn template(
        &self,
        template: TemplateId,
        disclosure: Disclosure,
        values: &Values,
    ) -> (String, Vec<(String, Phi<String>)>) {
        let entry = template.entry();
        let all =
            |level: Disclosure| entry.parameters(level).iter().all(|slot| value(*slot, values).is_some());
        let fits =
            [Disclosure::Details, Disclosure::Time].into_iter().find(|it| *it >= disclosure && all(*it));
        let disclosure = fits.unwrap_or(Disclosure::Neutral);
        let parameters = entry
            .parameters(disclosure)
            .iter()
            .map(|slot| (parameter(*slot), Phi::new(clean(value(*slot, values).unwrap_or_default(), *slot))))
            .collect();
        (name(entry, disclosure), parameters)
    }

    /// The text of a template as Meta keeps it, with `{{parameter}}` in place of values.
    pub fn template_text(&self, locale: Locale, template: TemplateId, disclosure: Disclosure) -> String {
        let entry = template.entry();
        let values: Vec<(Slot, String)> = entry
            .parameters(disclosure)
            .iter()
            .map(|slot| (*slot, format!("{{{{{}}}}}", parameter(*slot))))
            .collect();
        let id =
            if entry.levels { format!("{}-{}", entry.id, level(disclosure)) } else { entry.id.to_owned() };
        self.raw(locale, &id, &values)
    }

    fn of(&self, locale: Locale) -> &FluentBundle<FluentResource> {
        match locale {
            Locale::Ar => &self.ar,
            Locale::En => &self.en,
        }
    }

    fn format(&self, locale: Locale, id: &str, values: &Values, isolate: bool) -> String {
        let cleaned: Vec<(Slot, String)> =
            values.iter().map(|(slot, value)| (*slot, clean(value, *slot))).collect();
        let text = self.raw(locale, id, &cleaned);
        if isolate { text } else { text.replace(['\u{2068}', '\u{2069}'], "") }
    }

    fn raw(&self, locale: Locale, id: &str, values: &Values) -> String {
        let bundle = self.of(locale);
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return String::new();
        };
        let mut args = FluentArgs::new();
        for slot in Slot::all() {
            args.set(slot.name(), value(slot, values).unwrap_or("\u{E000}").to_owned());
        }
        bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    }

    /// Whether a language has a message; for the test that both have the same.
    pub fn has(&self, locale: Locale, id: &str) -> bool {
        self.of(locale).has_message(id)
    }
}

/// Longest description of a row (Cloud API).
const DESCRIPTION: usize = 72;

fn bundle(code: &'static str, text: &str) -> Result<FluentBundle<FluentResource>, CatalogueError> {
    let resource = FluentResource::try_new(text.to_owned())
        .map_err(|(_, errors)| CatalogueError(code, format!("{errors:?}")))?;
    let language = code.parse().map_err(|_| CatalogueError(code, "language".to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.add_resource(resource).map_err(|errors| CatalogueError(code, format!("{errors:?}")))?;
    Ok(bundle)
}

fn value(slot: Slot, values: &Values) -> Option<&str> {
    let found = values.iter().find(|(known, _)| *known == slot)?;
    (!found.1.is_empty()).then_some(found.1.as_str())
}

/// A line that a selector chose comes isolated as a whole, although it is ours and not a value: it would not begin
/// with a word of its language. Sentences end with a full stop, values do not.
fn bare_line(line: &str) -> &str {
    let inner = line.strip_prefix('\u{2068}').and_then(|rest| rest.strip_suffix('\u{2069}'));
    inner.filter(|inner| inner.ends_with('.')).unwrap_or(line)
}

/// The suffix of a level.
pub const fn level(disclosure: Disclosure) -> &'static str {
    match disclosure {
        Disclosure::Details => "details",
        Disclosure::Time => "time",
        Disclosure::Neutral => "neutral",
    }
}

/// The name of a template at Meta.
pub fn name(entry: &TemplateEntry, disclosure: Disclosure) -> String {
    let id = entry.id.replace('-', "_");
    if entry.levels {
        format!("{id}_{}_v{}", level(disclosure), entry.version)
    } else {
        format!("{id}_v{}", entry.version)
    }
}

/// The name of a parameter at Meta.
pub fn parameter(slot: Slot) -> String {
    slot.name().replace('-', "_")
}

/// Without markup, control characters and runs of blanks; no longer than the slot takes.
fn clean(value: &str, slot: Slot) -> String {
    let kept: String = value
        .chars()
        .filter(|c| !matches!(c, '*' | '_' | '~' | '`' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    cut(&words.join(" "), slot.limit())
}

/// Cuts at a word, counting UTF-16 units.
fn cut(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split(' ') {
        let longer = if kept.is_empty() { word.to_owned() } else { format!("{kept} {word}") };
        if longer.encode_utf16().count() > limit {
            break;
        }
        kept = longer;
    }
    if kept.is_empty() { text.chars().take(limit / 2).collect() } else { kept }
}

#[cfg(test)]
mod tests;
