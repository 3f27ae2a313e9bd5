//! The only renderer: a composed turn becomes a message that Meta takes. Inside the service window it is free-form,
//! outside it is the content's template twin, or nothing.

use crate::clock::Moment;
use crate::domain::clinic::{Clinic, Locale};
use crate::domain::context::{Address, Contact};
use crate::domain::message::{Choice, Part, Shape, Turn, Words};
use crate::domain::speech::{Content, Label, LinkTo};
use crate::domain::tap::Tap;
use crate::domain::words::Mood;
use crate::ids::Id;
use crate::outbound::catalogue::Catalogue;
use crate::outbound::pages::Pages;
use crate::phi::Phi;
use crate::seal::{Bound, Keys};
use crate::wire::whatsapp::limits::LimitBroken;
use crate::wire::whatsapp::{
    Body, Button, Buttons, ContactRequest, CtaUrl, List, Location, OpenWindow, Outgoing, Recipient, Row,
    Section, Template, Text, Window,
};

/// Why something cannot be said.
#[derive(Debug, thiserror::Error)]
pub enum Unsayable {
    /// The window is closed and the content has no template.
    #[error("the window is closed and this content has no template")]
    NoTemplate,
    /// The page a link would lead to is not there.
    #[error("there is no page for this link")]
    NoPage,
    /// A limit of Meta's would be broken; tests hold the catalogue to them.
    #[error("{0}")]
    Limit(#[from] LimitBroken),
}

/// Who a message is for.
#[derive(Clone, Copy, Debug)]
pub struct Addressee<'a> {
    /// The contact.
    pub contact: &'a Contact,
    /// Where to write to.
    pub address: &'a Address,
    /// Until when free-form messages may be sent.
    pub window_end: Option<Moment>,
    /// The hash of their identity key, where it is known.
    pub identity: Option<&'a Phi<String>>,
}

/// Renders turns.
#[derive(Debug)]
pub struct Speaker {
    catalogue: Catalogue,
    keys: Keys,
    pages: Pages,
}

struct Rendering<'a> {
    speaker: &'a Speaker,
    turn: &'a Turn,
    clinic: &'a Clinic,
    locale: Locale,
    bound: Bound,
    now: Moment,
}

impl Speaker {
    /// A renderer with these texts and keys.
    pub fn new(catalogue: Catalogue, keys: Keys, pages: Pages) -> Self {
        Self { catalogue, keys, pages }
    }

    /// Renders `turn` for the contact it is for; `effect` comes back in Meta's statuses.
    pub fn render(
        &self,
        turn: &Turn,
        clinic: &Clinic,
        to: Addressee<'_>,
        effect: Id,
        now: Moment,
    ) -> Result<Outgoing, Unsayable> {
        let locale = to.contact.locale.unwrap_or(clinic.default_locale());
        let bound = Bound { contact: to.contact.id, clinic: clinic.no };
        let rendering = Rendering { speaker: self, turn, clinic, locale, bound, now };
        let body = match Window::at(to.window_end, now) {
            Window::Open(open) => rendering.freeform(&open)?,
            Window::Closed => Body::Template(rendering.template()?),
        };
        // What tells nothing of a patient must not fail over a new phone: STOP, an emergency, a person.
        let identity = to.identity.filter(|_| turn.say.is_personal() || turn.patient.is_some()).cloned();
        Ok(Outgoing::new(recipient(to.address)?, effect.to_string(), body)?.only_for(identity))
    }
}

const fn mood_text(mood: Mood) -> Content {
    match mood {
        Mood::Worried => Content::MoodWorried,
        Mood::Hurt => Content::MoodHurt,
        Mood::Frustrated => Content::MoodFrustrated,
    }
}

/// A number where there is one, else the business-scoped id.
fn recipient(address: &Address) -> Result<Recipient, Unsayable> {
    match (&address.phone, &address.bsuid) {
        (Some(phone), _) => Ok(Recipient::Phone(phone.clone())),
        (None, Some(bsuid)) => Ok(Recipient::Bsuid(bsuid.clone())),
        (None, None) => Err(Unsayable::NoTemplate),
    }
}

impl Rendering<'_> {
    fn freeform(&self, open: &OpenWindow) -> Result<Body, Unsayable> {
        let text = self.text();
        let footer = self.turn.say.content.footer().map(|label| self.label(label));
        Ok(match &self.turn.shape {
            Shape::Text => Body::Text(Text::new(open, text)?),
            Shape::Buttons(choices) => {
                let buttons = choices.iter().map(|choice| self.button(choice)).collect::<Result<_, _>>()?;
                Body::Buttons(Buttons::new(open, text, footer, buttons)?)
            }
            Shape::List(button, parts) => {
                let sections = parts.iter().map(|part| self.section(part)).collect::<Result<_, _>>()?;
                Body::List(List::new(open, text, footer, self.label(*button), sections)?)
            }
            Shape::Link(label, to) => {
                let url = self.address(*to).ok_or(Unsayable::NoPage)?;
                Body::CtaUrl(CtaUrl::new(open, text, footer, self.label(*label), url)?)
            }
            Shape::Location(spot) => {
                let pin = (spot.pin.latitude, spot.pin.longitude);
                let address = spot.address.clone().map(Phi::new);
                // A name on a map is a label: it stands alone and needs no isolation.
                let name = text.map(|text| text.replace(['\u{2068}', '\u{2069}'], ""));
                Body::Location(Location::new(open, pin, name, address)?)
            }
            Shape::ContactRequest => Body::ContactRequest(ContactRequest::new(open, text)?),
        })
    }

    /// The body; a sentence of sympathy comes before everything else.
    fn text(&self) -> Phi<String> {
        let Turn { say, disclosure, values, .. } = self.turn;
        let catalogue = &self.speaker.catalogue;
        let text = catalogue.text(self.locale, say.content, *disclosure, values.reveal());
        let Some(mood) = say.mood else { return Phi::new(text) };
        let sympathy = catalogue.text(self.locale, mood_text(mood), *disclosure, values.reveal());
        Phi::new(format!("{sympathy}\n{text}"))
    }

    fn address(&self, to: LinkTo) -> Option<Phi<String>> {
        let Speaker { pages, keys, .. } = self.speaker;
        pages.address(to, &self.turn.say, self.bound, self.clinic, keys, self.now)
    }

    fn template(&self) -> Result<Template, Unsayable> {
        let twin = self.turn.say.content.twin().ok_or(Unsayable::NoTemplate)?;
        let (name, parameters) =
            self.speaker.catalogue.template(twin, self.turn.disclosure, self.turn.values.reveal());
        let taps = self.turn.replies.iter().map(|tap| self.seal(tap)).collect();
        Ok(Template::new(name, self.locale.code().to_owned(), parameters, taps)?)
    }

    fn button(&self, choice: &Choice) -> Result<Button, LimitBroken> {
        Button::new(self.seal(&choice.tap), self.words(&choice.words).0)
    }

    fn section(&self, part: &Part) -> Result<Section, LimitBroken> {
        let title = part.title.as_ref().map(|words| self.words(words).0);
        let rows = part.rows.iter().map(|choice| self.row(choice)).collect::<Result<_, _>>()?;
        Section::new(title, rows)
    }

    fn row(&self, choice: &Choice) -> Result<Row, LimitBroken> {
        let (title, description) = self.words(&choice.words);
        Row::new(self.seal(&choice.tap), title, description)
    }

    fn words(&self, words: &Words) -> (Phi<String>, Option<Phi<String>>) {
        let catalogue = &self.speaker.catalogue;
        match words {
            Words::Label(label) => {
                let description = catalogue.description(self.locale, *label);
                (self.label(*label), description.map(Phi::new))
            }
            Words::Filled(label, values) => {
                let (title, description) = catalogue.row(self.locale, *label, values.reveal());
                (Phi::new(title), description.map(Phi::new))
            }
        }
    }

    fn label(&self, label: Label) -> Phi<String> {
        Phi::new(self.speaker.catalogue.label(self.locale, label))
    }

    fn seal(&self, tap: &Tap) -> Phi<String> {
        Phi::new(self.speaker.keys.seal_button(self.bound, tap.encode()))
    }
}
