use super::*;
use crate::domain::speech::Kind;

const LOCALES: [Locale; 2] = [Locale::Ar, Locale::En];
const LEVELS: [Disclosure; 3] = [Disclosure::Details, Disclosure::Time, Disclosure::Neutral];

fn catalogue() -> Catalogue {
    Catalogue::load().unwrap()
}

/// The longest value every slot takes.
fn longest() -> Vec<(Slot, String)> {
    // Two slots choose a sentence of the catalogue instead of holding a value.
    let value = |slot| match slot {
        Slot::Night | Slot::Changed => "yes".to_owned(),
        _ => "ش".repeat(slot.limit()),
    };
    Slot::all().map(|slot| (slot, value(slot))).collect()
}

fn ids(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
        .collect()
}

#[test]
fn both_languages_have_the_same_ids_and_the_registry_knows_them_all() {
    let (ar, en) = (ids(AR), ids(EN));
    assert_eq!(ar, en);
    let mut known: Vec<String> = vec![];
    for content in Content::all() {
        match content.variants() {
            Variants::One => known.push(content.id().to_owned()),
            Variants::Levels => known.extend(LEVELS.map(|it| format!("{}-{}", content.id(), level(it)))),
        }
    }
    for entry in TemplateId::all() {
        if entry.levels {
            known.extend(LEVELS.map(|it| format!("{}-{}", entry.id, level(it))));
        } else {
            known.push(entry.id.to_owned());
        }
    }
    known.extend(Label::all().flat_map(|label| [label.id().to_owned(), format!("{}-about", label.id())]));
    for id in &ar {
        assert!(known.iter().any(|it| it == id), "{id} is in the files and not in the registry");
    }
    for content in Content::all() {
        for locale in LOCALES {
            assert!(!catalogue().text(locale, content, Disclosure::Details, &longest()).is_empty());
        }
    }
}

#[test]
fn every_label_fits_where_meta_puts_it() {
    let (texts, values) = (catalogue(), longest());
    for label in Label::all() {
        for locale in LOCALES {
            let plain = texts.label(locale, label);
            assert!(!plain.is_empty(), "{}", label.id());
            let (title, about) = texts.row(locale, label, &values);
            assert!(title.encode_utf16().count() <= label.limit(), "{} {locale:?} {title}", label.id());
            assert!(about.is_none_or(|about| about.encode_utf16().count() <= 72), "{}", label.id());
            if !plain.contains(MISSING) {
                assert!(plain.encode_utf16().count() <= label.limit(), "{} {locale:?} {plain}", label.id());
            }
        }
    }
}

#[test]
fn every_text_fits_its_message_and_speaks_calmly() {
    let (texts, values) = (catalogue(), longest());
    for content in Content::all() {
        for (locale, disclosure) in LOCALES.iter().flat_map(|it| LEVELS.map(|level| (*it, level))) {
            let text = texts.text(locale, content, disclosure, &values);
            let most = if content.kind() == Kind::Text { 4096 } else { 1024 };
            assert!(text.encode_utf16().count() <= most, "{} {locale:?}", content.id());
            let bare = texts.text(locale, content, disclosure, &[]).to_lowercase();
            assert!(!bare.contains('!'), "{} {locale:?} shouts", content.id());
            let words: Vec<&str> = bare.split(|c: char| !c.is_alphabetic()).collect();
            for word in ["today", "tomorrow", "اليوم", "غدا", "missed", "must"] {
                assert!(!words.contains(&word), "{} {locale:?} says {word}", content.id());
            }
            assert!(!bare.contains(MISSING));
        }
    }
}

#[test]
fn every_arabic_line_begins_with_an_arabic_word() {
    let (texts, values) = (catalogue(), longest());
    // The welcome in both languages, and the name on a pin, are no lines of an Arabic text.
    for content in Content::all().filter(|it| ![Content::WelcomeLanguage, Content::InfoPlace].contains(it)) {
        for disclosure in LEVELS {
            for line in texts.text(Locale::Ar, content, disclosure, &values).lines() {
                let first = line.chars().next().unwrap();
                assert!(('\u{621}'..='\u{64A}').contains(&first), "{} {line}", content.id());
            }
        }
    }
}

#[test]
fn a_missing_value_takes_its_line_along_and_a_hostile_one_stays_inside() {
    let values =
        vec![(Slot::Day, "الأحد 29 نوفمبر".to_owned()), (Slot::Time, "10:30 *صباحا*\n\u{202E}x".to_owned())];
    let text = catalogue().text(Locale::Ar, Content::Booked, Disclosure::Details, &values);
    let expected =
        "تم حجز موعدك.\nالموعد: \u{2068}الأحد 29 نوفمبر\u{2069}، \u{2068}10:30 صباحا x\u{2069}\nبانتظارك.";
    assert_eq!(text, expected);
}

#[test]
fn templates_keep_to_metas_rules() {
    let texts = catalogue();
    for entry in TemplateId::all() {
        for (locale, disclosure) in LOCALES.iter().flat_map(|it| LEVELS.map(|level| (*it, level))) {
            let text = texts.template_text(locale, entry.template, disclosure);
            let bare = text.replace(['\u{2068}', '\u{2069}'], "");
            assert!(!bare.contains(MISSING), "{} {bare}", entry.id);
            assert!(!bare.starts_with("{{") && !bare.ends_with("}}"), "{} {bare}", entry.id);
            assert!(!bare.contains("}}{{") && !bare.contains("}} {{"), "{} {bare}", entry.id);
            let words = bare.split_whitespace().filter(|word| !word.contains("{{")).count();
            assert!(words >= 3 * entry.parameters(disclosure).len(), "{} {bare}", entry.id);
            assert!(bare.encode_utf16().count() < 550);
        }
    }
}

#[test]
fn a_template_falls_to_the_level_whose_values_it_has() {
    let values = vec![(Slot::Clinic, "Oasis".to_owned()), (Slot::When, "Sunday".to_owned())];
    let (name, parameters) = catalogue().template(TemplateId::LateBooked, Disclosure::Details, &values);
    assert_eq!((name.as_str(), parameters.len()), ("late_booked_time_v1", 2));
    let (name, _) = catalogue().template(TemplateId::LateBooked, Disclosure::Neutral, &values);
    assert_eq!(name, "late_booked_neutral_v1");
}

/// The templates as an operator creates them at Meta.
fn templates_page() -> String {
    let texts = catalogue();
    let mut page = String::from(
        "# Message templates\n\nMade from the catalogue by a test; do not edit. Create each in both languages, category \
         UTILITY, parameter format *named*, with the quick replies in this order. A closed window leaves nothing else.\n",
    );
    for entry in TemplateId::all() {
        let levels: &[Disclosure] = if entry.levels { &LEVELS } else { &LEVELS[..1] };
        for disclosure in levels {
            page.push_str(&format!("\n## {}\n", name(entry, *disclosure)));
            page.push_str(&format!("\n`message_send_ttl_seconds`: {}\n", entry.ttl_s));
            for locale in LOCALES {
                let body = texts.template_text(locale, entry.template, *disclosure);
                let body = body.replace(['\u{2068}', '\u{2069}'], "").replace('\n', "  \n> ");
                let footer = texts.label(locale, Label::FTemplate);
                let replies: Vec<String> =
                    entry.replies.iter().map(|label| texts.label(locale, *label)).collect();
                page.push_str(&format!(
                    "\n**{}**\n\n> {body}\n\nFooter: {footer}  \nQuick replies: {}\n",
                    locale.code(),
                    replies.join(" · ")
                ));
            }
        }
    }
    page
}

#[test]
fn the_page_of_templates_is_what_the_catalogue_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/TEMPLATES.md");
    if std::env::var_os("WASL_WRITE_DOCS").is_some() {
        std::fs::write(path, templates_page()).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(kept == templates_page(), "run with WASL_WRITE_DOCS=1 to write docs/TEMPLATES.md again");
}

/// Everything Wasl may say, as patients read it.
fn speech_page() -> String {
    let texts = catalogue();
    let sample = |locale: Locale| -> Vec<(Slot, String)> {
        let ar = locale == Locale::Ar;
        Slot::all()
            .map(|slot| {
                let text = match slot {
                    Slot::Clinic => ["Oasis Hospital", "مستشفى الواحة"],
                    Slot::Day => ["Sunday 29 November", "الأحد 29 نوفمبر"],
                    Slot::OldDay => ["Monday 30 November", "الاثنين 30 نوفمبر"],
                    Slot::Time => ["10:30 am", "10:30 صباحا"],
                    Slot::OldTime => ["9:00 am", "9:00 صباحا"],
                    Slot::Doctor => ["Dr Sara Alotaibi", "د. سارة العتيبي"],
                    Slot::Place => ["Building B, floor 2", "المبنى ب، الطابق 2"],
                    Slot::Emergency => ["997", "997"],
                    Slot::Phone => ["+966110000000", "+966110000000"],
                    Slot::Hours => ["8:00 am to 8:00 pm", "من 8:00 صباحا إلى 8:00 مساء"],
                    Slot::Appointments => ["2 appointments", "موعدان"],
                    Slot::When => ["Sunday 29 November, 10:30 am", "الأحد 29 نوفمبر، 10:30 صباحا"],
                    Slot::NearDay => ["Tuesday 1 December", "الثلاثاء 1 ديسمبر"],
                    Slot::NearTime => ["11:00 am", "11:00 صباحا"],
                    Slot::Hijri => ["10 Ramadan 1448", "10 رمضان 1448"],
                    Slot::Part => ["morning", "صباحا"],
                    Slot::OldWhen => ["Monday 30 November, 9:00 am", "الاثنين 30 نوفمبر، 9:00 صباحا"],
                    _ => ["", ""],
                };
                (slot, text[usize::from(ar)].to_owned())
            })
            .collect()
    };
    let mut page = String::from("# What Wasl says\n\nMade from the catalogue by a test; do not edit.\n");
    for content in Content::all() {
        let levels: &[Disclosure] =
            if content.variants() == Variants::Levels { &LEVELS } else { &LEVELS[..1] };
        for disclosure in levels {
            let suffix = if levels.len() > 1 { format!("-{}", level(*disclosure)) } else { String::new() };
            page.push_str(&format!("\n## {}{suffix}\n", content.id()));
            for locale in LOCALES {
                let text = texts.text(locale, content, *disclosure, &sample(locale));
                let text = text.replace(['\u{2068}', '\u{2069}'], "").replace('\n', "  \n> ");
                let labels: Vec<String> = match content.kind() {
                    Kind::Text | Kind::Location | Kind::ContactRequest => vec![],
                    Kind::Link { label, .. } => vec![texts.label(locale, label)],
                    Kind::Buttons(labels) | Kind::List { rows: labels, .. } => {
                        labels.iter().map(|label| texts.label(locale, *label)).collect()
                    }
                };
                page.push_str(&format!("\n> {text}\n\n{}\n", labels.join(" · ")));
            }
        }
    }
    page
}

#[test]
fn the_page_of_speech_is_what_the_catalogue_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/SPEECH.md");
    if std::env::var_os("WASL_WRITE_DOCS").is_some() {
        std::fs::write(path, speech_page()).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(kept == speech_page(), "run with WASL_WRITE_DOCS=1 to write docs/SPEECH.md again");
}
