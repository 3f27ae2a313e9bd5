//! Days and times of a clinic as the page writes them.

use crate::clock::Moment;
use crate::sandbox::page::texts::{Lang, digits};
use crate::sandbox::world::DemoClinic;
use chrono::{Datelike, NaiveDateTime, Timelike};

const DAYS: [(&str, &str, &str); 7] = [
    ("الاثنين", "Monday", "Mon"),
    ("الثلاثاء", "Tuesday", "Tue"),
    ("الأربعاء", "Wednesday", "Wed"),
    ("الخميس", "Thursday", "Thu"),
    ("الجمعة", "Friday", "Fri"),
    ("السبت", "Saturday", "Sat"),
    ("الأحد", "Sunday", "Sun"),
];
const MONTHS: [(&str, &str); 12] = [
    ("يناير", "January"),
    ("فبراير", "February"),
    ("مارس", "March"),
    ("أبريل", "April"),
    ("مايو", "May"),
    ("يونيو", "June"),
    ("يوليو", "July"),
    ("أغسطس", "August"),
    ("سبتمبر", "September"),
    ("أكتوبر", "October"),
    ("نوفمبر", "November"),
    ("ديسمبر", "December"),
];

/// How times are written: in a language, with its digits or Latin ones, at a clinic.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// The language.
    pub lang: Lang,
    /// Arabic-Indic digits.
    pub arabic: bool,
    /// Whose zone.
    pub clinic: &'a DemoClinic,
}

impl Writing<'_> {
    /// `09:42`
    pub fn time(&self, at: Moment) -> String {
        let at = self.local(at);
        digits(&format!("{:02}:{:02}", at.hour(), at.minute()), self.arabic)
    }

    /// `Tuesday 6 October`
    pub fn day(&self, at: Moment) -> String {
        let at = self.local(at);
        let (day, month) = (DAYS[at.weekday().num_days_from_monday() as usize], MONTHS[at.month0() as usize]);
        let (day, month) = if self.lang == Lang::Ar { (day.0, month.0) } else { (day.1, month.1) };
        format!("{day} {} {month}", digits(&at.day().to_string(), self.arabic))
    }

    /// `Tue 6 Oct`; Arabic has no short names.
    pub fn short_day(&self, at: Moment) -> String {
        if self.lang == Lang::Ar {
            return self.day(at);
        }
        let at = self.local(at);
        let (_, _, day) = DAYS[at.weekday().num_days_from_monday() as usize];
        let (_, month) = MONTHS[at.month0() as usize];
        format!("{day} {} {}", at.day(), month.get(..3).unwrap_or(month))
    }

    /// `Tuesday 6 October 2026`
    pub fn date(&self, at: Moment) -> String {
        format!("{} {}", self.day(at), digits(&self.local(at).year().to_string(), self.arabic))
    }

    /// The day as a key: two moments of one day have the same.
    pub fn day_key(&self, at: Moment) -> String {
        self.local(at).date().to_string()
    }

    fn local(&self, at: Moment) -> NaiveDateTime {
        self.clinic.local(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::world;

    #[test]
    fn days_and_times_are_the_clinics_in_both_languages() {
        let clinics = world::clinics();
        let at: Moment = "2026-10-11T22:30:00Z".parse().unwrap();
        let riyadh = |lang, arabic| Writing { lang, arabic, clinic: &clinics[0] };
        assert_eq!(riyadh(Lang::En, false).date(at), "Monday 12 October 2026");
        assert_eq!(riyadh(Lang::En, false).short_day(at), "Mon 12 Oct");
        assert_eq!(riyadh(Lang::En, false).time(at), "01:30");
        assert_eq!(riyadh(Lang::Ar, true).date(at), "الاثنين ١٢ أكتوبر ٢٠٢٦");
        let casablanca = Writing { lang: Lang::Ar, arabic: false, clinic: &clinics[1] };
        assert_eq!(
            (casablanca.day(at), casablanca.time(at)),
            ("الأحد 11 أكتوبر".to_owned(), "22:30".to_owned())
        );
    }
}
