//! The meanings, and the numbers they have in sealed rows.

use crate::domain::numbered::numbered;

numbered! {
    /// A meaning that Wasl knows, wherever the conversation stands. In the order in which they win when a message holds
    /// several: `conversation.md` §4.1, rule 4; secrets come right after what must take effect at once, so that nothing
    /// hides that they were seen; after the flows, information; then what is only talk.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
    pub enum Word {
        /// A sign of danger to life (§4.3). A doubtful hit is a hit: the answer has a way back.
        Emergency = 22,
        /// Self-harm or despair (§4.3).
        Distress = 23,
        /// Somebody tells that a patient has died (§4.3).
        DeathTold = 24,
        /// No more messages.
        Stop = 1,
        /// This number does not belong to the patient.
        WrongNumber = 18,
        /// Messages again.
        Start = 2,
        /// A bank card or account was typed (`secret-card`).
        SecretCard = 31,
        /// A national id, residence permit, passport or social security number was typed (`secret-id`).
        SecretId = 30,
        /// A password, PIN or one-time code was typed (`secret-login`).
        SecretLogin = 32,
        /// Talk to a person.
        Person = 3,
        /// Go on in Arabic.
        LanguageAr = 15,
        /// Go on in English.
        LanguageEn = 16,
        /// How does this work?
        Help = 5,
        /// All options.
        Menu = 4,
        /// Delete what Wasl holds about me.
        DeleteData = 20,
        /// Cancel an appointment.
        CancelIt = 9,
        /// A bare "إلغاء" or "cancel": the appointment or the messages (`unsure-cancel`). On US numbers a legal stop
        /// word, unless it is answered within the hour (§4.1, rule 5).
        CancelOrStop = 10,
        /// Another time for an appointment.
        Move = 8,
        /// I am running late.
        RunningLate = 34,
        /// Call me back.
        CallMe = 38,
        /// Appointments that are over.
        Past = 37,
        /// Show my appointments.
        Mine = 7,
        /// Book an appointment.
        Book = 6,
        /// Put the appointment into my calendar.
        Calendar = 33,
        /// Send the secure link again.
        NewLink = 19,
        /// I will come.
        WillCome = 21,
        /// The nurse line.
        Nurse = 41,
        /// Insurance, bills, prices of a visit.
        Billing = 40,
        /// When are you open?
        Hours = 36,
        /// Where are you?
        Address = 35,
        /// What happens to my data, which messages do I get?
        Privacy = 39,
        /// Other information about the hospital: parking, papers.
        Info = 42,
        /// What is my result (`health-results`)?
        ResultAsked = 26,
        /// Medicines or devices to buy (`health-goods`).
        GoodsAsked = 27,
        /// A complaint or anger (`complaint`); a threat to others as well, since people must see it.
        Complaint = 28,
        /// An insult without a threat (`abuse-first`).
        Abuse = 29,
        /// A symptom, a treatment, a report of feeling ill (`health-advice`).
        HealthQuestion = 25,
        /// No.
        No = 12,
        /// Yes.
        Yes = 11,
        /// Thanks.
        Thanks = 14,
        /// A greeting.
        Hello = 13,
        /// A language that is neither Arabic nor English (`welcome-language`; §4.1, rule 6).
        LanguageAsk = 17,
    }
}

impl Word {
    /// What is said beside a request, and gives way to it and to what the text is about.
    pub(super) const fn is_small_talk(self) -> bool {
        matches!(self, Self::Yes | Self::No | Self::Thanks | Self::Hello)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_has_one_number_that_comes_back() {
        let mut numbers: Vec<u8> = Word::ALL.iter().map(|word| word.code()).collect();
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(1..=42), "none twice, none left out: {numbers:?}");
        assert!(Word::ALL.iter().all(|word| Word::from_code(word.code()) == Some(*word)));
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
