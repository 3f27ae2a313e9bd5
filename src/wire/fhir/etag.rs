//! Version tags for `If-Match`.

use std::fmt;

/// A FHIR version tag in the one form that all servers take, `W/"..."`. What stands between the quotes is the
/// server's own: numbers, UUIDs (Medplum), `410v795030969834` (Oracle). HAPI answers any other form with 500
/// (HAPI-2223).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ETag(String);

impl ETag {
    /// From an `ETag` header; strong and unquoted ones are taken too. `None` for what cannot be a header.
    pub fn of_header(header: &str) -> Option<Self> {
        let tag = header.trim();
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        Self::of_version(tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag))
    }

    /// From a `meta.versionId`.
    pub fn of_version(version: &str) -> Option<Self> {
        let plain = !version.is_empty() && version.chars().all(|c| c.is_ascii_graphic() && c != '"');
        plain.then(|| Self(format!("W/\"{version}\"")))
    }

    /// The tag as `If-Match` wants it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ETag;
    use rstest::rstest;

    #[rstest]
    #[case("W/\"3\"", "W/\"3\"")]
    #[case("\"3\"", "W/\"3\"")]
    #[case("3", "W/\"3\"")]
    #[case(" W/\"10-1\" ", "W/\"10-1\"")]
    #[case("W/\"410v795030969834\"", "W/\"410v795030969834\"")]
    fn every_server_gets_its_tag_back(#[case] header: &str, #[case] tag: &str) {
        assert_eq!(ETag::of_header(header).unwrap().as_str(), tag);
    }

    #[rstest]
    #[case("")]
    #[case("W/\"\"")]
    #[case("W/\"a\"b\"")]
    #[case("1\r\nX-Evil: 1")]
    fn nothing_else_becomes_a_header(#[case] header: &str) {
        assert_eq!(ETag::of_header(header), None);
    }
}
