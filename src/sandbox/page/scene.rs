//! Who looks at what: the language, the person whose phone it is, and the number they write to.

use crate::sandbox::api;
use crate::sandbox::graph::Sender;
use crate::sandbox::page::texts::Lang;
use crate::sandbox::page::when::Writing;
use crate::sandbox::world::{self, DemoClinic, DemoPerson};
use serde::{Deserialize, Serialize};

/// Named people of the demo, in the page's order.
const PEOPLE: [(&str, &str); 8] = [
    ("amal", "one"),
    ("parent", "many"),
    ("unknown", "what"),
    ("james", "one"),
    ("username", "at"),
    ("merged", "merge"),
    ("deceased", "stop"),
    ("casablanca", "one"),
];
/// Digits of a telephone number with its country code (E.164 has at most 15).
const PHONE: (usize, usize) = (7, 15);
/// A BSUID is shown so long at either end.
const ENDS: (usize, usize) = (8, 4);

/// What a request says of it; every part may be missing or wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize)]
pub struct Ask {
    /// `ar` or `en`.
    #[serde(default)]
    pub lang: String,
    /// A person's id, phone or BSUID; or any other phone.
    #[serde(default)]
    pub person: String,
    /// A clinic's id.
    #[serde(default)]
    pub clinic: String,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The language of the page.
    pub lang: Lang,
    /// Whose phone, as links name them.
    pub person: String,
    /// Who they are, if the demo knows them.
    pub known: Option<DemoPerson>,
    /// How "Meta" knows them.
    pub sender: Sender,
    /// Whom they write to.
    pub clinic: DemoClinic,
}

impl Scene {
    /// From a request and its `Accept-Language`.
    pub fn of(ask: &Ask, accepted: &str) -> Self {
        let lang = Lang::of(&ask.lang).unwrap_or_else(|| Lang::accepted(accepted));
        let person = named(&ask.person).unwrap_or_else(|| default_person(lang).to_owned());
        let sender = api::somebody(&person);
        let known = world::people().into_iter().find(|one| {
            one.phone == sender.phone && sender.phone.is_some()
                || one.bsuid == sender.bsuid && sender.bsuid.is_some()
        });
        let person = known.as_ref().map_or(person, |known| known.id.clone());
        let clinic = clinic(&ask.clinic, sender.phone.as_deref());
        Self { lang, person, known, sender, clinic }
    }

    /// The hidden fields of a form.
    pub fn ask(&self) -> Ask {
        Ask {
            lang: self.lang.code().to_owned(),
            person: self.person.clone(),
            clinic: self.clinic.id.to_owned(),
        }
    }

    /// The language of the person's phone.
    pub fn phone_lang(&self) -> Lang {
        self.known.as_ref().and_then(|known| Lang::of(known.locale)).unwrap_or(self.lang)
    }

    /// How the page writes days and times.
    pub fn page(&self) -> Writing<'_> {
        Writing { lang: self.lang, arabic: self.lang == Lang::Ar, clinic: &self.clinic }
    }

    /// How the phone does: in Morocco with Latin digits.
    pub fn phone(&self) -> Writing<'_> {
        let lang = self.phone_lang();
        Writing {
            lang,
            arabic: lang == Lang::Ar && self.clinic.zone != "Africa/Casablanca",
            clinic: &self.clinic,
        }
    }

    /// Whose phone it is, as people read it: a number in groups, or a shortened BSUID.
    pub fn who(&self) -> String {
        shown(&self.sender)
    }

    /// The query of a link to the same, or to another language, person or clinic.
    pub fn query(&self, lang: Option<Lang>, person: Option<&str>, clinic: Option<&str>) -> String {
        let lang = lang.unwrap_or(self.lang);
        // Another person writes to where they are at home; another language brings another default person.
        let stays = person.is_none() && self.person != default_person(self.lang);
        let here = person.is_none_or(|it| it == self.person);
        let person =
            person.or(stays.then_some(self.person.as_str())).filter(|it| *it != default_person(lang));
        let clinic = clinic
            .or((here && self.clinic.id != home(self.sender.phone.as_deref())).then_some(self.clinic.id));
        let mut query = format!("lang={}", lang.code());
        for (name, value) in [("person", person), ("clinic", clinic)] {
            if let Some(value) = value {
                query.push_str(&format!("&{name}={}", escaped(value)));
            }
        }
        query
    }
}

/// Named people with their icons; whoever is looked at comes first if they are none of them.
pub fn people(scene: &Scene) -> Vec<(DemoPerson, &'static str)> {
    let all = world::people();
    let mut named: Vec<(DemoPerson, &'static str)> = PEOPLE
        .iter()
        .filter_map(|(id, icon)| Some((all.iter().find(|one| one.id == *id)?.clone(), *icon)))
        .collect();
    if !named.iter().any(|(one, _)| one.id == scene.person) {
        let other = DemoPerson {
            id: scene.person.clone(),
            phone: scene.sender.phone.clone(),
            bsuid: scene.sender.bsuid.clone(),
            locale: scene.lang.code(),
            patients: 0,
            note: "",
        };
        named.insert(0, (other, "what"));
    }
    named
}

/// The key of the words about a person.
pub fn note(person: &DemoPerson) -> String {
    let named = PEOPLE.iter().any(|(id, _)| *id == person.id);
    format!("note-{}", if named { person.id.as_str() } else { "other" })
}

/// A number in groups with a plus sign, or a shortened BSUID.
pub fn shown(sender: &Sender) -> String {
    match (&sender.phone, &sender.bsuid) {
        (Some(phone), _) => grouped(phone),
        (None, Some(bsuid)) if bsuid.len() > ENDS.0 + ENDS.1 + 1 && bsuid.is_ascii() => {
            format!("{}…{}", &bsuid[..ENDS.0], &bsuid[bsuid.len() - ENDS.1..])
        }
        (None, bsuid) => bsuid.clone().unwrap_or_default(),
    }
}

/// `+966 50 000 0001`: country, then two, three and the rest; whatever is not twelve digits long stays in one piece.
fn grouped(phone: &str) -> String {
    if phone.len() != 12 || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("+{phone}");
    }
    format!("+{} {} {} {}", &phone[..3], &phone[3..5], &phone[5..8], &phone[8..])
}

/// An id, a BSUID, or a phone without its blanks, in whatever digits it was typed; `None` for what is none of these.
fn named(text: &str) -> Option<String> {
    let latin = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        c => c,
    };
    let plain: String = text.chars().map(latin).filter(|c| !" -()\u{200e}\u{200f}".contains(*c)).collect();
    let digits = plain.trim_start_matches('+');
    let phone =
        (PHONE.0..=PHONE.1).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if phone {
        return Some(plain);
    }
    // The ids of the demo have a dash of their own.
    let text = text.trim();
    let bsuid = text.contains('.') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    (bsuid || world::people().iter().any(|one| one.id == text)).then(|| text.to_owned())
}

/// Safe in a query.
fn escaped(text: &str) -> String {
    let safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
    text.bytes()
        .map(|byte| if safe(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn default_person(lang: Lang) -> &'static str {
    if lang == Lang::Ar { "amal" } else { "james" }
}

fn home(phone: Option<&str>) -> &'static str {
    if phone.is_some_and(|phone| phone.starts_with("212")) { "casablanca" } else { "main" }
}

fn clinic(id: &str, phone: Option<&str>) -> DemoClinic {
    let mut clinics = world::clinics();
    let wanted = clinics.iter().position(|clinic| clinic.id == id);
    let at_home = clinics.iter().position(|clinic| clinic.id == home(phone));
    clinics.swap_remove(wanted.or(at_home).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(lang: &str, person: &str, clinic: &str) -> Ask {
        Ask { lang: lang.to_owned(), person: person.to_owned(), clinic: clinic.to_owned() }
    }

    #[test]
    fn a_bare_address_opens_a_phone_in_the_browsers_language() {
        let scene = Scene::of(&Ask::default(), "en-GB,en");
        assert_eq!((scene.lang, scene.person.as_str(), scene.clinic.id), (Lang::En, "james", "main"));
        let scene = Scene::of(&Ask::default(), "");
        assert_eq!((scene.lang, scene.person.as_str(), scene.phone_lang()), (Lang::Ar, "amal", Lang::Ar));
    }

    #[test]
    fn a_person_is_found_by_id_phone_or_bsuid_and_any_other_number_is_a_strangers() {
        for name in ["parent", "+966 50 000 0002", "966500000002", "SA.1000000000000002"] {
            let scene = Scene::of(&ask("en", name, ""), "");
            assert_eq!(scene.person, "parent");
            assert_eq!(scene.who(), "+966 50 000 0002");
            assert_eq!(scene.phone_lang(), Lang::Ar, "the phone speaks its owner's language");
        }
        let stranger = Scene::of(&ask("en", "+15550000429", ""), "");
        assert_eq!((stranger.who().as_str(), stranger.known), ("+15550000429", None));
        assert_eq!(Scene::of(&ask("en", "username", ""), "").who(), "SA.10000…0005");
        assert_eq!(Scene::of(&ask("ar", "casablanca", ""), "").clinic.id, "casablanca");
        assert_eq!(Scene::of(&ask("ar", "casablanca", "nowhere"), "").clinic.id, "casablanca");
    }

    #[test]
    fn links_say_only_what_differs_from_what_is_usual() {
        let scene = Scene::of(&ask("en", "", ""), "");
        assert_eq!(scene.query(None, None, None), "lang=en");
        assert_eq!(
            scene.query(Some(Lang::Ar), None, None),
            "lang=ar",
            "another language, another default person"
        );
        assert_eq!(scene.query(None, Some("parent"), None), "lang=en&person=parent");
        let scene = Scene::of(&ask("en", "parent", "casablanca"), "");
        assert_eq!(scene.query(Some(Lang::Ar), None, None), "lang=ar&person=parent&clinic=casablanca");
        assert_eq!(scene.query(None, Some("james"), None), "lang=en");
        let back = Scene::of(&ask("en", "parent", "casablanca"), "");
        assert_eq!((back.person.as_str(), back.clinic.id), ("parent", "casablanca"));
        let other = Scene::of(&ask("en", "+15550000429", ""), "");
        assert_eq!(other.query(None, None, None), "lang=en&person=%2B15550000429");
    }

    #[test]
    fn what_is_no_number_opens_the_usual_phone() {
        for text in ["<script>", "12", "nobody", "a&b=c"] {
            assert_eq!(Scene::of(&ask("en", text, ""), "").person, "james", "{text}");
        }
        assert_eq!(Scene::of(&ask("ar", "+٩٦٦ ٥٠ ٠٠٠ ٠٠٠٢", ""), "").person, "parent");
    }

    #[test]
    fn whoever_is_looked_at_is_among_the_people() {
        let scene = Scene::of(&ask("en", "+15550000429", ""), "");
        let people = people(&scene);
        assert_eq!((people.len(), note(&people[0].0).as_str()), (PEOPLE.len() + 1, "note-other"));
        let scene = Scene::of(&ask("en", "crowd-01", ""), "");
        assert_eq!(super::people(&scene)[0].0.id, "crowd-01");
    }
}
