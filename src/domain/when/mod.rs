//! When somebody said: days and times as patients type them (`conversation.md` §5), first as what was said
//! ([`read`]), later as days of a calendar ([`resolve`]). What was said is symbolic: "tomorrow" stays tomorrow, no
//! text is kept, and the same words mean the same whenever they are read.

mod code;
mod grammar;
mod items;
mod lexicon;
mod resolve;
mod setting;
#[cfg(test)]
mod tests;

use crate::domain::fold::fold;
use chrono::Weekday;
pub use resolve::{Hours, Resolved, Window, resolve};
pub use setting::Setting;

/// A day, a time, or both. Never neither.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct When {
    /// Which day; none when only a time was said: "at 3".
    pub day: Option<Day>,
    /// What time of it; none when any will do.
    pub time: Option<Time>,
}

/// A day, or several, as it was said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Day {
    /// So many days from today; 0 is today, 1 tomorrow.
    In(u8),
    /// So many weeks from today: that day and the six after it.
    Weeks(u8),
    /// So many months from today: that day and the six after it.
    Months(u8),
    /// A weekday.
    Weekday(Weekday, Which),
    /// "الجمعة الجاي": next Friday to some, next week to others (Levant, Maghreb).
    Jumaa,
    /// "ليلة الجمعة": the evening before it, or of it.
    NightOf(Weekday),
    /// A week of the clinic: 0 is this one, 1 the next.
    Week(u8),
    /// The clinic's days off.
    Weekend,
    /// A month or a third of it.
    Month(Month, Option<Third>),
    /// "the 5th": of this month or the next; `next`: of the next month in any case.
    Nth {
        /// 1 to 31.
        day: u8,
        /// "of next month" was said.
        next: bool,
    },
    /// A date; without a year the next one.
    Date {
        /// 1 to 31.
        day: u8,
        /// 1 to 12.
        month: u8,
        /// As 2026.
        year: Option<u16>,
        /// Day and month were digits that can be swapped: "12/5".
        swaps: bool,
    },
    /// "3-5", "12.5": a date, or the time that stands beside it.
    DateOrTime {
        /// 1 to 31.
        day: u8,
        /// 1 to 12.
        month: u8,
    },
    /// A Hijri date; without a year the next one.
    Hijri {
        /// 1 to 30.
        day: u8,
        /// 1 to 12.
        month: u8,
        /// As 1448.
        year: Option<u16>,
    },
    /// A Hijri month or a third of it.
    HijriMonth(u8, Option<Third>),
    /// The first open day after a holiday whose length only the clinic knows.
    After(Feast),
    /// As early as possible, or any day.
    Nearest,
}

/// Which of the weekdays of that name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Which {
    /// Only the name was said.
    Plain,
    /// "this Thursday".
    This,
    /// "next Thursday".
    Next,
    /// "the Thursday after next".
    AfterNext,
    /// Of so many weeks after this one: "Thursday next week".
    OfWeek(u8),
}

/// A month.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Month {
    /// The present one.
    This,
    /// The next one.
    Next,
    /// By name or number, 1 to 12: the next of that name.
    Named(u8),
}

/// Days 1 to 10, 11 to 20, 21 to the end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Third {
    /// Early.
    Early,
    /// In the middle.
    Mid,
    /// Late.
    Late,
}

/// What lies in between.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Feast {
    /// The next holidays of the clinic.
    Holiday,
    /// Ramadan, and the holidays that follow it.
    Ramadan,
}

/// A time of day, as it was said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Time {
    /// A part of the day.
    Part(Part),
    /// A point.
    At(Clock),
    /// From one to another.
    Between(Clock, Clock),
    /// From then on.
    From(Clock),
    /// Until then.
    Until(Clock),
    /// So many hours from now.
    InHours(u8),
    /// So many minutes (0 to 299) after the midnight that ends the evening: "12 بالليل" is 0. People count it as that
    /// evening's.
    Midnight(u16),
}

/// A time on the clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Clock {
    /// Minutes after 00:00, below 1440; below 720 unless [`Half::Fixed`].
    pub minute: u16,
    /// Whether morning or afternoon is known.
    pub half: Half,
}

/// Morning or afternoon.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Half {
    /// Not said: the one in opening hours.
    Open,
    /// Said in words that people use for both ("12 am"): always asked.
    Asked,
    /// Known.
    Fixed,
}

/// Parts of the day (§5.2); prayer words widen with the season.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// 03:00 to 06:00.
    Dawn,
    /// 06:00 to 12:00; also "early".
    Morning,
    /// 09:00 to 12:00.
    Forenoon,
    /// 12:00 to 15:00.
    Noon,
    /// 12:00 to 18:00.
    Afternoon,
    /// 15:00 to 18:00.
    Asr,
    /// 17:00 to 20:00.
    Sunset,
    /// 17:00 to 21:00.
    Evening,
    /// 17:00 to 03:00: "tonight".
    Tonight,
    /// 20:00 to 03:00.
    Night,
    /// The last two hours that the clinic is open.
    AfterWork,
    /// 13:00 to 15:00: after the Friday prayer.
    AfterPrayer,
    /// After the meal that ends the fast; outside Ramadan perhaps breakfast.
    AfterIftar,
    /// After the evening prayers of Ramadan.
    AfterTarawih,
    /// Before the last meal of a night of Ramadan.
    BeforeSuhoor,
}

/// What a text says of days and times; `None` when it says nothing. Only the first
/// [`LONGEST`](crate::domain::words::LONGEST) characters and 200 words count.
pub fn read(text: &str) -> Option<When> {
    read_folded(&fold(text))
}

/// [`read`] for a text that is folded already.
pub(in crate::domain) fn read_folded(folded: &str) -> Option<When> {
    grammar::when(&items::items(folded))
}

/// Every word that days and times are said with, folded: none of them is a name.
pub(in crate::domain) fn words() -> impl Iterator<Item = &'static str> {
    lexicon::LEXICON.all_words()
}
