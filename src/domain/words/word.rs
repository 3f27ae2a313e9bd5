//! The meanings, and the numbers they have in sealed rows.

/// A meaning that Wasl knows, wherever the conversation stands. In the order in which they win when a message holds
/// several: `conversation.md` §4.1, rule 4; secrets come right after what must take effect at once, so that nothing
/// hides that they were seen; after the flows, information; then what is only talk.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Word {
    /// A sign of danger to life (§4.3). A doubtful hit is a hit: the answer has a way back.
    Emergency,
    /// Self-harm or despair (§4.3).
    Distress,
    /// Somebody tells that a patient has died (§4.3).
    DeathTold,
    /// No more messages.
    Stop,
    /// This number does not belong to the patient.
    WrongNumber,
    /// Messages again.
    Start,
    /// A bank card or account was typed (`secret-card`).
    SecretCard,
    /// A national id, residence permit, passport or social security number was typed (`secret-id`).
    SecretId,
    /// A password, PIN or one-time code was typed (`secret-login`).
    SecretLogin,
    /// Talk to a person.
    Person,
    /// Go on in Arabic.
    LanguageAr,
    /// Go on in English.
    LanguageEn,
    /// How does this work?
    Help,
    /// All options.
    Menu,
    /// Delete what Wasl holds about me.
    DeleteData,
    /// Cancel an appointment.
    CancelIt,
    /// A bare "إلغاء" or "cancel": the appointment or the messages (`unsure-cancel`). On US numbers a legal stop
    /// word, unless it is answered within the hour (§4.1, rule 5).
    CancelOrStop,
    /// Another time for an appointment.
    Move,
    /// I am running late.
    RunningLate,
    /// Call me back.
    CallMe,
    /// Appointments that are over.
    Past,
    /// Show my appointments.
    Mine,
    /// Book an appointment.
    Book,
    /// Put the appointment into my calendar.
    Calendar,
    /// Send the secure link again.
    NewLink,
    /// I will come.
    WillCome,
    /// The nurse line.
    Nurse,
    /// Insurance, bills, prices of a visit.
    Billing,
    /// When are you open?
    Hours,
    /// Where are you?
    Address,
    /// What happens to my data, which messages do I get?
    Privacy,
    /// Other information about the hospital: parking, papers.
    Info,
    /// What is my result (`health-results`)?
    ResultAsked,
    /// Medicines or devices to buy (`health-goods`).
    GoodsAsked,
    /// A complaint or anger (`complaint`); a threat to others as well, since people must see it.
    Complaint,
    /// An insult without a threat (`abuse-first`).
    Abuse,
    /// A symptom, a treatment, a report of feeling ill (`health-advice`).
    HealthQuestion,
    /// No.
    No,
    /// Yes.
    Yes,
    /// Thanks.
    Thanks,
    /// A greeting.
    Hello,
    /// A language that is neither Arabic nor English (`welcome-language`; §4.1, rule 6).
    LanguageAsk,
}

/// The number of each meaning in sealed rows. None is ever changed or used again.
const CODES: [(u8, Word); 42] = [
    (1, Word::Stop),
    (2, Word::Start),
    (3, Word::Person),
    (4, Word::Menu),
    (5, Word::Help),
    (6, Word::Book),
    (7, Word::Mine),
    (8, Word::Move),
    (9, Word::CancelIt),
    (10, Word::CancelOrStop),
    (11, Word::Yes),
    (12, Word::No),
    (13, Word::Hello),
    (14, Word::Thanks),
    (15, Word::LanguageAr),
    (16, Word::LanguageEn),
    (17, Word::LanguageAsk),
    (18, Word::WrongNumber),
    (19, Word::NewLink),
    (20, Word::DeleteData),
    (21, Word::WillCome),
    (22, Word::Emergency),
    (23, Word::Distress),
    (24, Word::DeathTold),
    (25, Word::HealthQuestion),
    (26, Word::ResultAsked),
    (27, Word::GoodsAsked),
    (28, Word::Complaint),
    (29, Word::Abuse),
    (30, Word::SecretId),
    (31, Word::SecretCard),
    (32, Word::SecretLogin),
    (33, Word::Calendar),
    (34, Word::RunningLate),
    (35, Word::Address),
    (36, Word::Hours),
    (37, Word::Past),
    (38, Word::CallMe),
    (39, Word::Privacy),
    (40, Word::Billing),
    (41, Word::Nurse),
    (42, Word::Info),
];

impl Word {
    /// Every meaning, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.into_iter().map(|(_, word)| word)
    }

    /// The number in sealed rows. Never changes.
    pub fn code(self) -> u8 {
        // Zero is no one's number; the tests hold that every meaning stands in the table.
        CODES.into_iter().find(|(_, word)| *word == self).map_or(0, |(code, _)| code)
    }

    /// What is said beside a request, and gives way to it and to what the text is about.
    pub(super) const fn is_small_talk(self) -> bool {
        matches!(self, Self::Yes | Self::No | Self::Thanks | Self::Hello)
    }

    /// Reads [`Word::code`].
    pub fn from_code(code: u8) -> Option<Self> {
        CODES.into_iter().find(|(known, _)| *known == code).map(|(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last of the enumeration: a meaning added after it fails the test below until it has a number.
    const LAST: Word = Word::LanguageAsk;

    #[test]
    fn every_meaning_has_one_number_that_comes_back() {
        assert_eq!(CODES.len(), LAST as usize + 1);
        for (n, word) in (1..).zip(Word::all()) {
            assert_eq!((word.code(), Word::from_code(n)), (n, Some(word)));
        }
        assert_eq!(Word::from_code(0), None);
        assert_eq!(Word::from_code(43), None);
    }

    #[test]
    fn the_gravest_meaning_comes_first() {
        let mut words = vec![
            Word::LanguageAsk,
            Word::Hello,
            Word::HealthQuestion,
            Word::Hours,
            Word::Book,
            Word::Person,
            Word::SecretId,
            Word::Start,
            Word::WrongNumber,
            Word::Stop,
            Word::Emergency,
        ];
        words.sort();
        let expected = [
            Word::Emergency,
            Word::Stop,
            Word::WrongNumber,
            Word::Start,
            Word::SecretId,
            Word::Person,
            Word::Book,
            Word::Hours,
            Word::HealthQuestion,
            Word::Hello,
            Word::LanguageAsk,
        ];
        assert_eq!(words, expected);
    }
}
