//! iCalendar (RFC 5545): one event in one file, as telephones take it.

use crate::clock::Moment;
use crate::phi::Phi;

/// Octets of a line at most, without its end (RFC 5545 §3.1).
const LINE: usize = 75;

/// One event.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// Names the event for good, `…@…`.
    pub uid: &'a str,
    /// When the file was made.
    pub stamp: Moment,
    /// When it begins.
    pub start: &'a Phi<Moment>,
    /// When it ends; an event without one takes no time.
    pub end: Option<&'a Phi<Moment>>,
    /// What it is.
    pub summary: &'a str,
    /// Where it is.
    pub location: Option<&'a Phi<String>>,
    /// The language of the texts.
    pub language: &'a str,
}

/// The file.
pub fn file(event: &Event<'_>) -> Phi<String> {
    let language = event.language;
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Wasl//Wasl//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", text(event.uid)),
        format!("DTSTAMP:{}", utc(event.stamp)),
        format!("DTSTART:{}", utc(*event.start.reveal())),
    ];
    lines.extend(event.end.map(|end| format!("DTEND:{}", utc(*end.reveal()))));
    lines.push(format!("SUMMARY;LANGUAGE={language}:{}", text(event.summary)));
    lines.extend(event.location.map(|it| format!("LOCATION;LANGUAGE={language}:{}", text(it.reveal()))));
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    Phi::new(lines.iter().map(|line| folded(line)).collect())
}

/// A moment in UTC (RFC 5545 §3.3.5, form 2).
fn utc(at: Moment) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Escapes a value of type TEXT (RFC 5545 §3.3.11).
fn text(value: &str) -> String {
    let mut out = String::new();
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line with its end, folded between characters (RFC 5545 §3.1).
fn folded(line: &str) -> String {
    let (mut out, mut octets) = (String::new(), 0);
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(summary: &str, location: Option<&str>) -> String {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let location = location.map(|it| Phi::new(it.to_owned()));
        let (start, end) = (Phi::new(at("2026-11-29T07:30:00Z")), Phi::new(at("2026-11-29T08:00:00Z")));
        let event = Event {
            uid: "00ff@wasl",
            stamp: at("2026-11-24T07:00:00.123Z"),
            start: &start,
            end: Some(&end),
            summary,
            location: location.as_ref(),
            language: "en",
        };
        file(&event).into_revealed()
    }

    #[test]
    fn a_file_that_a_telephone_takes() {
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Wasl//Wasl//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n\
             UID:00ff@wasl\r\nDTSTAMP:20261124T070000Z\r\nDTSTART:20261129T073000Z\r\nDTEND:20261129T080000Z\r\n\
             SUMMARY;LANGUAGE=en:Appointment at Oasis\r\nLOCATION;LANGUAGE=en:Building B\\, floor 2\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(made("Appointment at Oasis", Some("Building B, floor 2")), expected);
    }

    #[test]
    fn no_line_is_too_long_and_unfolding_gives_the_text_back() {
        let long = "موعد في مستشفى الواحة التخصصي للأطفال والنساء والولادة، الدار البيضاء";
        let text = made(long, None);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(text.replace("\r\n ", "").contains(long));
    }

    #[test]
    fn a_value_cannot_add_a_line() {
        let text = made("x\r\nATTENDEE:mailto:a@b.c;y\\", None);
        assert!(text.contains("SUMMARY;LANGUAGE=en:x\\nATTENDEE:mailto:a@b.c\\;y\\\\\r\n"), "{text}");
    }
}
