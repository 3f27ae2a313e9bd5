//! Search URLs, encoded right: an unencoded `+` in an offset or a phone number finds nothing (HAPI, tried), and
//! only some front ends let a bare `|` pass.

use std::fmt::Write;

/// `Kind?name=value&...`, below the base URL. Values may hold the search syntax of FHIR R4 §3.1.1 (`ge...`,
/// `a,b`); use [`token`] and [`literal`] for what comes from outside.
pub fn search(kind: &str, pairs: &[(&str, &str)]) -> String {
    format!("{kind}?{}", conditions(pairs))
}

/// `name=value&...` alone, as `ifNoneExist` wants it (FHIR R4 `Bundle.entry.request.ifNoneExist`).
pub fn conditions(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| format!("{}={}", encode(name), encode(value));
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

/// `Kind/id` as a path below the base URL, from a `Type/id`; ids may hold anything.
pub fn path(reference: &str) -> Option<String> {
    let (kind, id) = super::reference::split(reference)?;
    Some(format!("{kind}/{}", encode(id)))
}

/// A token parameter, `system|code`; no bar where the system is empty.
pub fn token(system: &str, code: &str) -> String {
    match system {
        "" => literal(code),
        system => format!("{}|{}", literal(system), literal(code)),
    }
}

/// Alternatives: `a,b,c`, any of which matches.
pub fn any_of<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values.into_iter().map(literal).collect::<Vec<_>>().join(",")
}

/// A value whose own `$`, `,`, `|` and `\` are meant literally (FHIR R4 §3.1.1.4.0.1 escaping).
pub fn literal(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '$' | ',' | '|' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Percent-encodes all but RFC 3986 unreserved characters and `:` `/` `,`, which a query may hold as they are.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b',' => {
                out.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            other => drop(write!(out, "%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{any_of, conditions, path, search, token};
    use rstest::rstest;

    #[test]
    fn offsets_bars_and_phones_arrive_as_meant() {
        let url = search(
            "Slot",
            &[
                ("schedule", &any_of(["Schedule/1", "Schedule/2"])),
                ("start", "ge2026-12-01T00:00:00+05:30"),
                ("service-type", &token("http://x.org/s", "57")),
            ],
        );
        assert_eq!(
            url,
            "Slot?schedule=Schedule/1,Schedule/2&start=ge2026-12-01T00:00:00%2B05:30\
             &service-type=http://x.org/s%7C57"
        );
        assert_eq!(search("Patient", &[("phone", "+971 50")]), "Patient?phone=%2B971%2050");
    }

    #[test]
    fn names_of_parameters_keep_their_colons() {
        assert_eq!(conditions(&[("_include:iterate", "Schedule:actor")]), "_include:iterate=Schedule:actor");
    }

    #[rstest]
    #[case::comma("a,b", "x=a%5C,b")]
    #[case::bar("a|b", "x=a%5C%7Cb")]
    #[case::ampersand("a&y=1", "x=a%26y%3D1")]
    #[case::arabic("س", "x=%D8%B3")]
    fn what_comes_from_outside_cannot_add_conditions(#[case] value: &str, #[case] query: &str) {
        assert_eq!(conditions(&[("x", &any_of([value]))]), query);
    }

    #[rstest]
    #[case("Slot/a b", None)]
    #[case("Slot/..", None)]
    #[case("Slot/%2e%2e", Some("Slot/%252e%252e"))]
    #[case("Patient/e.x-Y_1", Some("Patient/e.x-Y_1"))]
    fn a_path_stays_below_its_base(#[case] reference: &str, #[case] expected: Option<&str>) {
        assert_eq!(path(reference).as_deref(), expected);
    }
}
