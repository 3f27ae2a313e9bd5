//! What a typed text means, as it is stored: codes and digests, never the text.

use crate::domain::clinic::Locale;
use crate::domain::event::{Meant, Said};
use crate::domain::tap::Gender;
use crate::domain::when::When;
use crate::domain::words::{Mood, Ordinal, Word};
use crate::seal::{Digest4, Digest8};
use serde::{Deserialize, Serialize};

/// The meaning of typed text, in codes. What an older version did not write was not said; what a newer one would read
/// is left out here.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(super) struct SaidShape {
    w: Option<u8>,
    s: Option<String>,
    m: Option<u8>,
    /// Which row; 0 is the last.
    o: Option<u8>,
    /// The day and time, in [`When::encode`].
    d: Option<String>,
    /// Whether the doctor is to be a woman.
    g: Option<bool>,
    e: Vec<[u8; 4]>,
    n: Vec<([u8; 8], Vec<[u8; 4]>)>,
}

impl SaidShape {
    pub(super) fn of(said: &Said) -> Self {
        Self {
            w: said.word.map(Word::code),
            s: said.script.map(|it| it.code().to_owned()),
            m: said.mood.map(mood_code),
            o: said.ordinal.map(|ordinal| match ordinal {
                Ordinal::Last => 0,
                Ordinal::Nth(n) => n,
            }),
            d: said.when.map(|when| data_encoding::HEXLOWER.encode(&when.encode())),
            g: said.gender.map(|gender| gender == Gender::Woman),
            e: said.services.iter().map(|service| service.0).collect(),
            n: said.doctors.iter().map(|it| (it.doctor.0, bare4(&it.services))).collect(),
        }
    }

    pub(super) fn said(&self) -> Said {
        Said {
            word: self.w.and_then(Word::from_code),
            script: self.s.as_deref().and_then(Locale::parse),
            mood: self.m.and_then(mood_of),
            ordinal: self.o.map(|n| if n == 0 { Ordinal::Last } else { Ordinal::Nth(n) }),
            when: self.d.as_deref().and_then(when_of),
            gender: self.g.map(|woman| if woman { Gender::Woman } else { Gender::Man }),
            services: digests4(&self.e),
            doctors: self.n.iter().map(meant).collect(),
        }
    }
}

fn when_of(text: &str) -> Option<When> {
    When::decode(&data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?)
}

fn meant((doctor, services): &([u8; 8], Vec<[u8; 4]>)) -> Meant {
    Meant { doctor: Digest8(*doctor), services: digests4(services) }
}

fn bare4(digests: &[Digest4]) -> Vec<[u8; 4]> {
    digests.iter().map(|digest| digest.0).collect()
}

fn digests4(bytes: &[[u8; 4]]) -> Vec<Digest4> {
    bytes.iter().copied().map(Digest4).collect()
}

pub(super) const fn mood_code(mood: Mood) -> u8 {
    match mood {
        Mood::Worried => 1,
        Mood::Hurt => 2,
        Mood::Frustrated => 3,
    }
}

pub(super) fn mood_of(code: u8) -> Option<Mood> {
    [Mood::Worried, Mood::Hurt, Mood::Frustrated].into_iter().find(|mood| mood_code(*mood) == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words;

    #[test]
    fn what_was_said_comes_back_as_it_was() {
        let reading = words::read("second");
        let meant = Meant { doctor: Digest8([7; 8]), services: vec![Digest4([1; 4]), Digest4([2; 4])] };
        let said = Said {
            word: Some(Word::Book),
            mood: Some(Mood::Hurt),
            script: Some(Locale::En),
            ordinal: reading.ordinal,
            when: words::read("tomorrow morning").when,
            gender: Some(Gender::Woman),
            services: vec![Digest4([3; 4])],
            doctors: vec![meant],
        };
        assert!(said.ordinal.is_some() && said.when.is_some());
        let text = serde_json::to_string(&SaidShape::of(&said)).unwrap();
        let shape: SaidShape = serde_json::from_str(&text).unwrap();
        assert_eq!(shape.said(), said);
    }

    #[test]
    fn rows_of_an_older_and_of_a_newer_version_open() {
        for (row, word) in
            [(r#"{"w":null,"s":"en","m":1}"#, None), (r#"{"s":"en","zz":[1,2],"d":"ff"}"#, None)]
        {
            let shape: SaidShape = serde_json::from_str(row).unwrap();
            let said = shape.said();
            assert_eq!((said.word, said.script, said.when), (word, Some(Locale::En), None));
            assert!(said.doctors.is_empty() && said.services.is_empty());
        }
    }
}
