//! The forms of single values.

use super::fault::{Wrong, wrong};
use crate::domain::clinic::Pin;
use std::net::{IpAddr, SocketAddr};

/// Longest id of ours, and of Meta's, that we take.
const ID_MAX: usize = 64;
/// Digits of a telephone number (ITU-T E.164 §6; short numbers of a country have at least 3).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=15;
/// Digits of an emergency number (`conversation.md` §1.3).
const EMERGENCY_DIGITS: std::ops::RangeInclusive<usize> = 2..=6;

/// Any text that is not blank.
pub(super) fn filled(text: &str) -> Result<String, Wrong> {
    (!text.trim().is_empty()).then(|| text.to_owned()).ok_or_else(|| wrong("is empty", "give it a value"))
}

/// Any text at all.
pub(super) fn any(text: &str) -> Result<String, Wrong> {
    Ok(text.to_owned())
}

/// Ids of ours and of Meta's: they stand in paths and in logs.
pub(super) fn id(text: &str) -> Result<String, Wrong> {
    let fits = (1..=ID_MAX).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let fix = format!("use 1 to {ID_MAX} letters, digits, - and _");
    fits.then(|| text.to_owned()).ok_or_else(|| wrong(format!("{text:?} is not an id"), fix))
}

/// A name that patients read, within the limit of its slot (`conversation.md` §1.3).
pub(super) fn shown(text: &str, max: usize) -> Result<String, Wrong> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(wrong("is empty", "give it a name that patients know"));
    }
    if length > max {
        return Err(wrong(format!("{text:?} has {length} characters"), format!("shorten it to {max}")));
    }
    if text.trim() != text || text.chars().any(char::is_control) {
        return Err(wrong("has blanks around it or a line break", "write it on one line without them"));
    }
    Ok(text.to_owned())
}

/// `127.0.0.1:8080`.
pub(super) fn listen(text: &str) -> Result<SocketAddr, Wrong> {
    let fix = "write an IP address and a port, as in \"127.0.0.1:8080\"";
    text.parse().map_err(|_| wrong(format!("{text:?} is not an address to listen on"), fix))
}

/// An `http` or `https` address without user, query or fragment; comes back without a final slash.
pub(super) fn web(text: &str) -> Result<String, Wrong> {
    let fix = "write it as in \"https://wasl.example.org\"";
    let (_, authority, path) = split(text).ok_or_else(|| wrong("is not an http or https address", fix))?;
    if authority.contains('@') {
        return Err(wrong(
            "has a user name or password in it",
            "take it out; secrets have keys of their own",
        ));
    }
    if host(authority).is_none() || path.contains(['?', '#']) {
        return Err(wrong("is not an http or https address without query and fragment", fix));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Like [`web`], and encrypted unless it is this machine itself: what travels there is secret.
pub(super) fn safe_web(text: &str) -> Result<String, Wrong> {
    let address = web(text)?;
    let local = split(text).and_then(|(_, authority, _)| host(authority)).is_some_and(is_loopback);
    if text.starts_with("http://") && !local {
        return Err(wrong(
            "is http: anyone on the way could read it",
            "use https (http is for loopback only)",
        ));
    }
    Ok(address)
}

fn split(text: &str) -> Option<(&str, &str, &str)> {
    let plain = text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\'));
    let (scheme, rest) =
        text.split_once("://").filter(|(scheme, _)| plain && matches!(*scheme, "http" | "https"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    Some((scheme, authority, path))
}

fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let name = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
    };
    let literal = |host: &str| bare(host) != host && bare(host).parse::<IpAddr>().is_ok();
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (port_fits && (name(host) || literal(host))).then_some(host)
}

fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || bare(host).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// An absolute URI, as identifier systems are (FHIR R4 `Identifier.system`): a scheme, no blanks, no `|`,
/// which would end it in a search.
pub(super) fn absolute_uri(text: &str) -> Result<String, Wrong> {
    let scheme = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let fits =
        text.split_once(':').is_some_and(|(head, rest)| scheme(head) && !rest.trim_matches('/').is_empty())
            && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'|' | b'"' | b'<' | b'>'));
    let fix = "write it as in \"https://wasl.example.org/fhir/booking\" or \"urn:oid:2.16.840.1\"";
    fits.then(|| text.to_owned()).ok_or_else(|| wrong(format!("{text:?} is not an absolute URI"), fix))
}

/// `v26.0`, as Meta names versions of the Graph API.
pub(super) fn api_version(text: &str) -> Result<String, Wrong> {
    let number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let fits =
        text.strip_prefix('v').and_then(|v| v.split_once('.')).is_some_and(|(a, b)| number(a) && number(b));
    fits.then(|| text.to_owned())
        .ok_or_else(|| wrong(format!("{text:?} is not a Graph API version"), "write it as in \"v26.0\""))
}

/// `system|code` of a FHIR token.
pub(super) fn token(text: &str) -> Result<String, Wrong> {
    let fix = "write system|code, as in \"http://snomed.info/sct|394582007\"";
    let unclear = || wrong(format!("{text:?} is not a system and a code"), fix);
    let (system, code) = text.split_once('|').ok_or_else(unclear)?;
    absolute_uri(system).map_err(|_| unclear())?;
    let fits = !code.is_empty()
        && code.trim() == code
        && !code.contains(['|', ',', '\\'])
        && !code.chars().any(char::is_control);
    fits.then(|| text.to_owned()).ok_or_else(unclear)
}

/// `Schedule/123`, or an absolute address that ends so.
pub(super) fn schedule(text: &str) -> Result<String, Wrong> {
    let id = text.strip_prefix("Schedule/").or_else(|| text.split_once("/Schedule/").map(|(_, id)| id));
    let fits = id.is_some_and(|id| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'/' | b',' | b'|'))
    });
    fits.then(|| text.to_owned()).ok_or_else(|| {
        wrong(format!("{text:?} is not a Schedule reference"), "write it as in \"Schedule/123\"")
    })
}

/// The logical id of a FHIR Location.
pub(super) fn location(text: &str) -> Result<String, Wrong> {
    let fits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
    fits.then(|| text.to_owned())
        .ok_or_else(|| wrong(format!("{text:?} is not a FHIR id"), "write the id alone, without Location/"))
}

/// A point on the map: degrees north and east, as maps show them.
pub(super) fn pin(text: &str) -> Result<Pin, Wrong> {
    let degrees = |text: &str, most: f64| -> Option<i32> {
        let value: f64 = text.trim().parse().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "within 180 degrees, so within 180 million")]
        (value.is_finite() && value.abs() <= most).then_some((value * 1e6).round() as i32)
    };
    text.split_once(',')
        .and_then(|(north, east)| {
            Some(Pin { latitude: degrees(north, 90.0)?, longitude: degrees(east, 180.0)? })
        })
        .ok_or_else(|| {
            wrong(format!("{text:?} is no point on the map"), "write it as in \"24.7136, 46.6753\"")
        })
}

/// A telephone number as it is dialled: digits, perhaps a `+` in front.
pub(super) fn phone(text: &str) -> Result<String, Wrong> {
    digits(text.strip_prefix('+').unwrap_or(text), PHONE_DIGITS).then(|| text.to_owned()).ok_or_else(|| {
        wrong(format!("{text:?} is not a telephone number"), "write 3 to 15 digits, as in \"+966110000000\"")
    })
}

/// The number of an ambulance: digits.
pub(super) fn emergency(text: &str) -> Result<String, Wrong> {
    digits(text, EMERGENCY_DIGITS).then(|| text.to_owned()).ok_or_else(|| {
        wrong(format!("{text:?} is not an emergency number"), "write 2 to 6 digits, as in \"997\"")
    })
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://wasl.example.org", "https://wasl.example.org")]
    #[case("https://wasl.example.org/", "https://wasl.example.org")]
    #[case("https://wasl.example.org:8443/chat/", "https://wasl.example.org:8443/chat")]
    #[case("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    #[case("http://[::1]:8080", "http://[::1]:8080")]
    #[case("http://localhost", "http://localhost")]
    fn addresses_of_the_web_are_taken(#[case] text: &str, #[case] address: &str) {
        assert_eq!(safe_web(text).unwrap(), address);
    }

    #[rstest]
    fn what_is_no_address_of_the_web_is_refused(
        #[values(
            "",
            "wasl.example.org",
            "ftp://a.b",
            "https://",
            "https:///path",
            "https://a b",
            "https://a.b?x=1",
            "https://a.b#x",
            "https://a.b:port",
            "https://a.b:70000",
            "https://user:pass@a.b",
            "https://ä.example",
            "https://[zz]",
            "HTTPS://a.b",
            "http://wasl.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://10.0.0.1"
        )]
        text: &str,
    ) {
        assert!(safe_web(text).is_err(), "{text}");
    }

    #[test]
    fn a_password_in_an_address_is_never_repeated() {
        let wrong = web("https://user:hunter2@ehr.example.org").unwrap_err();
        assert!(!format!("{wrong:?}").contains("hunter2"));
    }

    #[rstest]
    #[case(absolute_uri as fn(&str) -> Result<String, Wrong>, "https://wasl.example.org/fhir/booking", "booking")]
    #[case(absolute_uri, "urn:oid:2.16.840.1", "urn:")]
    #[case(absolute_uri, "urn:uuid:0a0a", "https://")]
    #[case(absolute_uri, "https://a.b/c", "https://a.b/c d")]
    #[case(absolute_uri, "https://a.b/c", "https://a.b|c")]
    #[case(api_version, "v26.0", "26.0")]
    #[case(api_version, "v7.10", "v26")]
    #[case(token, "http://snomed.info/sct|394582007", "394582007")]
    #[case(token, "urn:oid:1.2|A b", "|394582007")]
    #[case(token, "urn:oid:1.2|A", "urn:oid:1.2|A,B")]
    #[case(schedule, "Schedule/12", "12")]
    #[case(schedule, "https://ehr.example.org/fhir/Schedule/12", "Schedule/")]
    #[case(location, "loc-1.2", "Location/1")]
    #[case(phone, "+966110000000", "+966 11 000 0000")]
    #[case(phone, "920000000", "+")]
    #[case(phone, "112", "٩٩٧")]
    #[case(emergency, "997", "+997")]
    #[case(emergency, "14", "1234567")]
    #[case(id, "main-1_B", "main clinic")]
    #[case(id, "106540000000001", "")]
    #[case(filled, "x", " ")]
    fn forms_have_an_inside_and_an_outside(
        #[case] form: fn(&str) -> Result<String, Wrong>,
        #[case] good: &str,
        #[case] bad: &str,
    ) {
        assert_eq!(form(good).unwrap(), good);
        assert!(form(bad).is_err(), "{bad}");
    }

    #[test]
    fn a_name_fits_its_slot_to_the_character() {
        assert!(shown(&"م".repeat(20), 20).is_ok());
        assert_eq!(shown(&"م".repeat(21), 20).unwrap_err().fix, "shorten it to 20");
        assert!(shown(" a", 20).is_err() && shown("a\nb", 20).is_err() && shown("", 20).is_err());
    }
}
