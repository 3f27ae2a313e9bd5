//! Everything the product may say, as data: which contents there are, what each needs, what can be tapped under it,
//! and what an unanswered send of it means. The texts stand in `locales/`, the rendering in `outbound`.

mod contents;
mod labels;
mod rules;
mod slots;
mod templates;

pub use contents::Content;
pub use labels::Label;
pub use slots::Slot;
pub use templates::TemplateId;

/// What can be tapped under a content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nothing.
    Text,
    /// These buttons.
    Buttons(&'static [Label]),
    /// A list: fixed rows, beside or in place of rows made from data.
    List {
        /// The list's button.
        button: Label,
        /// Its fixed rows.
        rows: &'static [Label],
    },
    /// One link; where there is none to give, these buttons.
    Link {
        /// The words on it.
        label: Label,
        /// Where it leads.
        to: LinkTo,
        /// What can be tapped where there is no such page.
        instead: &'static [Label],
    },
    /// A pin on a map.
    Location,
    /// WhatsApp's own button for sharing one's telephone number (Cloud API `request_contact_info`).
    ContactRequest,
}

/// Where a link leads. The address itself is made when the message is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinkTo {
    /// The hospital's portal.
    Portal,
    /// The page where an unknown number proves who they are.
    Identify,
    /// The calendar file of an appointment.
    Calendar,
}

/// Whether a content has one text or one for each level of disclosure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variants {
    /// One.
    One,
    /// `-details`, `-time`, `-neutral`.
    Levels,
}

/// What it means when nobody knows whether a message went out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unanswered {
    /// Harmless twice: said again when no status came within 60 s.
    RepeatAfter60s,
    /// Nothing is worse than late: said again at once.
    RepeatAtOnce,
    /// Better not at all than twice.
    NeverTwice,
}

/// A content of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    content: Content,
    id: &'static str,
    version: u16,
    approver: &'static str,
    kind: Kind,
    variants: Variants,
    twin: Option<TemplateId>,
    unanswered: Unanswered,
    footer: Option<Label>,
}

/// A template of the registry.
#[derive(Clone, Copy, Debug)]
pub struct TemplateEntry {
    /// Which.
    pub template: TemplateId,
    /// Its id in Fluent.
    pub id: &'static str,
    /// Its version at Meta.
    pub version: u16,
    /// Whether it has one text for each level of disclosure.
    pub levels: bool,
    /// Parameters of each level, in order.
    details: &'static [Slot],
    time: &'static [Slot],
    neutral: &'static [Slot],
    /// Its quick replies, in order.
    pub replies: &'static [Label],
    /// `message_send_ttl_seconds`: later than this it is not delivered any more.
    pub ttl_s: u32,
}

impl TemplateEntry {
    /// Its parameters at a level.
    pub fn parameters(&self, disclosure: super::clinic::Disclosure) -> &'static [Slot] {
        use super::clinic::Disclosure;
        match disclosure {
            Disclosure::Details => self.details,
            Disclosure::Time => self.time,
            Disclosure::Neutral => self.neutral,
        }
    }
}

impl Content {
    /// All of them, in the order of the registry.
    pub fn all() -> impl Iterator<Item = Self> {
        contents::CONTENTS.iter().map(|entry| entry.content)
    }

    fn entry(self) -> &'static Entry {
        // The registry lists contents in the order of their numbers; a test holds it to that.
        &contents::CONTENTS[usize::from(self.code()) - 1]
    }

    /// The content id, which is its Fluent id without the level.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// The number in sealed rows. Never changes.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// Reads [`Content::code`].
    pub fn from_code(code: u16) -> Option<Self> {
        Self::all().find(|content| content.code() == code)
    }

    /// The version of its texts, for the audit log.
    pub fn version(self) -> u16 {
        self.entry().version
    }

    /// Who approved its texts.
    pub fn approver(self) -> &'static str {
        self.entry().approver
    }

    /// What can be tapped under it.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// Its variants.
    pub fn variants(self) -> Variants {
        self.entry().variants
    }

    /// What is sent in its place when the service window is closed.
    pub fn twin(self) -> Option<TemplateId> {
        self.entry().twin
    }

    /// What an unanswered send of it means.
    pub fn unanswered(self) -> Unanswered {
        self.entry().unanswered
    }

    /// How long after it was decided it may still be sent; `None`: as long as there is an address.
    pub fn life(self) -> Option<chrono::Duration> {
        (!rules::FACTS.contains(&self)).then_some(rules::ANSWER_LIFE)
    }

    /// A patient must learn of it: where it does not arrive, people tell it.
    pub fn matters(self) -> bool {
        rules::MATTERS.contains(&self)
    }

    /// It tells something of a patient's record, whatever its coordinates.
    pub fn is_personal(self) -> bool {
        rules::PERSONAL.contains(&self)
    }

    /// Every list and link, and every button message without a way to a person among its buttons, names the word for
    /// one; a booking names the word for the calendar.
    pub fn footer(self) -> Option<Label> {
        self.entry().footer
    }
}

impl Label {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        labels::LABELS.iter().map(|(label, _, _)| *label)
    }

    fn entry(self) -> &'static (Self, &'static str, usize) {
        &labels::LABELS[self as usize]
    }

    /// Its Fluent id.
    pub fn id(self) -> &'static str {
        self.entry().1
    }

    /// The most UTF-16 units it may have.
    pub fn limit(self) -> usize {
        self.entry().2
    }
}

impl Slot {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        slots::SLOTS.iter().map(|(slot, _, _)| *slot)
    }

    fn entry(self) -> &'static (Self, &'static str, usize) {
        &slots::SLOTS[self as usize]
    }

    /// Its name in Fluent.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The longest value it takes, in characters.
    pub fn limit(self) -> usize {
        self.entry().2
    }
}

impl TemplateId {
    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static TemplateEntry> {
        templates::TEMPLATES.iter()
    }

    /// What the registry says of it.
    pub fn entry(self) -> &'static TemplateEntry {
        &templates::TEMPLATES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_the_order_of_their_enums() {
        for (n, entry) in contents::CONTENTS.iter().enumerate() {
            assert_eq!(usize::from(entry.content.code()), n + 1);
            assert_eq!(Content::from_code(entry.content.code()), Some(entry.content));
        }
        assert!(labels::LABELS.iter().enumerate().all(|(n, (label, _, _))| *label as usize == n));
        assert!(slots::SLOTS.iter().enumerate().all(|(n, (slot, _, _))| *slot as usize == n));
        assert!(templates::TEMPLATES.iter().enumerate().all(|(n, entry)| entry.template as usize == n));
        assert_eq!(Content::from_code(0), None);
    }

    #[test]
    fn what_matters_is_told_however_late() {
        for content in Content::all().filter(|content| content.matters()) {
            assert_eq!(content.life(), None, "{}", content.id());
        }
        for content in Content::all().filter(|content| content.twin().is_some()) {
            assert_eq!(content.life(), None, "{} has a template for later", content.id());
        }
        assert!(Content::BookSlots.life().is_some() && Content::BookConfirm.life().is_some());
    }

    #[test]
    fn something_that_leaves_a_question_open_offers_a_person() {
        use Content as C;
        let closes = [C::Thanks, C::InfoPlace, C::MoodWorried, C::MoodHurt, C::MoodFrustrated];
        for content in Content::all().filter(|content| !closes.contains(content)) {
            let offers = match content.kind() {
                Kind::Buttons(labels) if labels.contains(&Label::BPerson) => true,
                // WhatsApp's own button stands alone; whoever does not share can still write.
                Kind::ContactRequest => true,
                _ => content.footer() == Some(Label::FPerson),
            };
            assert!(offers, "{}", content.id());
        }
    }
}
