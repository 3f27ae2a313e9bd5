//! Phone numbers: many spellings in the field, one number. FHIR searches compare literally, so every likely spelling
//! is asked for; what comes back is compared as a number.

use crate::phi::Phi;
use phonenumber::{Mode, PhoneNumber, country};

/// Spellings of a number as EHRs hold it: E.164, without plus, with 00, national with and without trunk zero,
/// spaced as people write it (`fhir.md` §5).
pub fn spellings(digits: &Phi<String>) -> Vec<Phi<String>> {
    let international = digits.reveal().trim_start_matches('+');
    let mut found = vec![format!("+{international}"), international.to_owned(), format!("00{international}")];
    if let Ok(number) = phonenumber::parse(None, format!("+{international}")) {
        let national = number.national().to_string();
        found.push(number.format().mode(Mode::International).to_string());
        let formatted = number.format().mode(Mode::National).to_string();
        found.push(formatted.chars().filter(char::is_ascii_digit).collect());
        found.push(formatted);
        found.push(format!("0{national}"));
        found.push(national);
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|spelling| seen.insert(spelling.clone()));
    found.into_iter().map(Phi::new).collect()
}

/// True when what a record holds is this number; a number without a code belongs to `home`.
pub fn same(digits: &Phi<String>, recorded: &Phi<String>, home: &str) -> bool {
    let wanted = format!("+{}", digits.reveal().trim_start_matches('+'));
    match (read(&wanted, home), read(recorded.reveal(), home)) {
        (Some(a), Some(b)) => {
            a.code().value() == b.code().value() && a.national().value() == b.national().value()
        }
        _ => false,
    }
}

/// Longest telephone number that is looked at (E.164 has 15 digits; people add blanks, brackets and words).
const LONGEST: usize = 40;

fn read(text: &str, home: &str) -> Option<PhoneNumber> {
    let text: String = text.chars().take(LONGEST).map(latin).collect();
    let text = text.strip_prefix("00").map_or(text.clone(), |rest| format!("+{rest}"));
    phonenumber::parse(home.parse::<country::Id>().ok(), text).ok()
}

/// Arabic-Indic and Persian digits as 0-9.
fn latin(c: char) -> char {
    match c {
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0),
        other => other,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+966500000001")]
    #[case("966500000001")]
    #[case("00966500000001")]
    #[case("0500000001")]
    #[case("500000001")]
    #[case("+966 50 000 0001")]
    #[case("050 000 0001")]
    #[case("(050) 000-0001")]
    #[case("٠٥٠٠٠٠٠٠٠١")]
    fn one_number_in_every_spelling(#[case] recorded: &str) {
        let wanted = Phi::new("966500000001".to_owned());
        assert!(same(&wanted, &Phi::new(recorded.to_owned()), "SA"));
    }

    #[rstest]
    #[case("+966500000002")]
    #[case("+212500000001")]
    #[case("")]
    #[case("call me")]
    #[case("US.13490000000000000001")]
    fn another_number_is_another_number(#[case] recorded: &str) {
        let wanted = Phi::new("966500000001".to_owned());
        assert!(!same(&wanted, &Phi::new(recorded.to_owned()), "SA"));
    }

    #[test]
    fn the_spellings_that_are_asked_for() {
        let spellings = spellings(&Phi::new("966500000001".to_owned()));
        let spellings: Vec<&str> = spellings.iter().map(|it| it.reveal().as_str()).collect();
        for expected in ["+966500000001", "966500000001", "00966500000001", "0500000001", "+966 50 000 0001"]
        {
            assert!(spellings.contains(&expected), "{expected} in {spellings:?}");
        }
    }
}
