//! FHIR references, as `Type/id`.

/// The `Type/id` of a literal reference, relative or absolute, with or without `_history` (FHIR R4 §2.3.0).
///
/// Contained (`#x`), `urn:` and conditional references give `None`. The server of an absolute reference is
/// dropped: a deployment knows one EHR, which refuses references to others (HAPI's default) or writes all of its
/// own absolutely (Epic STU3). Ids may have any length and characters, except what would leave the path.
pub fn normal(reference: &str) -> Option<String> {
    let plain = reference.trim().trim_end_matches('/');
    let path = plain.split_once("/_history/").map_or(plain, |(path, _)| path);
    let (front, id) = path.rsplit_once('/')?;
    let kind = front.rsplit_once('/').map_or(front, |(_, kind)| kind);
    (is_type(kind) && is_id(id)).then(|| format!("{kind}/{id}"))
}

/// The type and the id of a `Type/id`.
pub fn split(reference: &str) -> Option<(&str, &str)> {
    reference.split_once('/').filter(|(kind, id)| is_type(kind) && is_id(id))
}

/// The type of a `Type/id`.
pub fn kind(reference: &str) -> &str {
    reference.split_once('/').map_or("", |(kind, _)| kind)
}

fn is_type(kind: &str) -> bool {
    kind.starts_with(|first: char| first.is_ascii_uppercase())
        && kind.chars().all(|c| c.is_ascii_alphabetic())
}

/// `.` and `..` are path steps in every encoding, so no id.
fn is_id(id: &str) -> bool {
    let stray = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '\\' | '?' | '#');
    !id.is_empty() && id != "." && id != ".." && !id.contains(stray)
}

#[cfg(test)]
mod tests {
    use super::{normal, split};
    use rstest::rstest;

    #[rstest]
    #[case("Patient/9", "Patient/9")]
    #[case("https://ehr.example.org/fhir/Patient/9", "Patient/9")]
    #[case("https://ehr.example.org/fhir/Patient/9/_history/3", "Patient/9")]
    #[case("Slot/4047611-32216049-61518614-0/_history/3423957v2380283", "Slot/4047611-32216049-61518614-0")]
    #[case("Location/ePUQySFaW.ofXm2GhaXRMDA3", "Location/ePUQySFaW.ofXm2GhaXRMDA3")]
    #[case(
        "Appointment/ezTEST.FpOXrHAn1eJHczv4LlH.fMIwtdkA8rsm-Yfu96eUh91EBd0UN9BZx7kbB3",
        "Appointment/ezTEST.FpOXrHAn1eJHczv4LlH.fMIwtdkA8rsm-Yfu96eUh91EBd0UN9BZx7kbB3"
    )]
    fn literal_references_have_one_form(#[case] found: &str, #[case] form: &str) {
        assert_eq!(normal(found).as_deref(), Some(form));
        assert!(split(form).is_some());
    }

    #[rstest]
    #[case::contained("#28")]
    #[case::urn("urn:uuid:0f14d0ab-9605-4a62-a9e4-5ed26688389b")]
    #[case::conditional("Patient?identifier=s|1")]
    #[case::no_id("Patient/")]
    #[case::climbing("Patient/..")]
    #[case::query("Patient/9?x=1")]
    #[case::lower_case("patient/9")]
    #[case::nothing("")]
    fn others_have_none(#[case] found: &str) {
        assert_eq!(normal(found), None);
    }
}
