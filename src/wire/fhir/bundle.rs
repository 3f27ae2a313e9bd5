//! Search pages: their entries, and the way to the next one.

use super::json::{self, Missing};
use serde_json::Value;
use std::collections::HashSet;

/// Pages read for one search. HAPI's pages hold 20 entries by default (starter `default_page_size`), so this is
/// a thousand: no picker shows more, and a server that always offers another page ends here.
pub const MAX_PAGES: usize = 50;

/// What an entry is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Found.
    Match,
    /// Brought along by `_include`.
    Include,
    /// An `OperationOutcome` about the search itself. Epic's "no result" is one of these and nothing else.
    Outcome,
}

/// One entry that has a resource.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What it is to the search.
    pub mode: Mode,
    /// The resource.
    pub resource: &'a Value,
}

/// A body that is not a Bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the EHR answered a search with something other than a Bundle")]
pub struct NotABundle;

/// Why the next page is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Paging {
    /// The link leads neither below our base URL nor to the same path on another host.
    #[error("the EHR's next link leads outside ehr.base_url: check the server's own idea of its address")]
    Foreign,
    /// The link has been followed before.
    #[error("the EHR's next link leads back to a page already read")]
    Loop,
    /// [`MAX_PAGES`] have been read.
    #[error("the EHR has more than {MAX_PAGES} pages for one search: narrow the search")]
    TooMany,
}

/// The entries of a page of a search for `searched`, in order. A missing `search.mode` (BaRS, Oracle's
/// examples) is taken from the resource's type.
///
/// # Errors
/// [`NotABundle`].
pub fn entries<'a>(bundle: &'a Value, searched: &str) -> Result<Vec<Entry<'a>>, NotABundle> {
    json::expect(bundle, "Bundle").map_err(|_| NotABundle)?;
    let entries = json::list(bundle, "entry").iter();
    Ok(entries
        .filter_map(|entry| Some(Entry { mode: mode(entry, searched)?, resource: entry.get("resource")? }))
        .collect())
}

fn mode(entry: &Value, searched: &str) -> Option<Mode> {
    let kind = json::text(entry.get("resource")?, "resourceType").unwrap_or_default();
    let stated = entry.get("search").and_then(|search| json::text(search, "mode"));
    Some(match (kind, stated) {
        ("OperationOutcome", _) | (_, Some("outcome")) => Mode::Outcome,
        (_, Some("match")) => Mode::Match,
        (_, Some("include")) => Mode::Include,
        _ if kind == searched => Mode::Match,
        _ => Mode::Include,
    })
}

/// Reads all entries of one type through `view`; what cannot be read is listed beside what can, so that one odd
/// entry costs itself and not the page.
pub fn views<T>(
    entries: &[Entry<'_>],
    kind: &str,
    view: impl Fn(&Value) -> Result<T, Missing>,
) -> (Vec<T>, Vec<Missing>) {
    let (mut read, mut lost) = (Vec::new(), Vec::new());
    for entry in entries.iter().filter(|entry| json::text(entry.resource, "resourceType") == Some(kind)) {
        match view(entry.resource) {
            Ok(it) => read.push(it),
            Err(missing) => lost.push(missing),
        }
    }
    (read, lost)
}

/// A walk along the pages of one search.
pub struct Walk {
    base: String,
    seen: HashSet<String>,
}

impl Walk {
    /// A walk below `base`, our configured base URL.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), seen: HashSet::new() }
    }

    /// The URL of the page after `bundle`, or `None` after the last.
    ///
    /// # Errors
    /// [`Paging`]; what has been read so far stays good.
    pub fn next(&mut self, bundle: &Value) -> Result<Option<String>, Paging> {
        let Some(link) = next_link(bundle) else { return Ok(None) };
        let url = ours(link, &self.base).ok_or(Paging::Foreign)?;
        if !self.seen.insert(url.clone()) {
            return Err(Paging::Loop);
        }
        if self.seen.len() >= MAX_PAGES {
            return Err(Paging::TooMany);
        }
        Ok(Some(url))
    }
}

fn next_link(bundle: &Value) -> Option<&str> {
    let is_next = |link: &&Value| json::text(link, "relation") == Some("next");
    json::list(bundle, "link").iter().find(is_next).and_then(|link| json::text(link, "url"))
}

/// The link as a URL below our base. A server behind a proxy often writes its inner host; where the path is below
/// ours, our own scheme and host are put in their place, so a token never leaves for another host.
fn ours(link: &str, base: &str) -> Option<String> {
    if link.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '#')) {
        return None;
    }
    let (base_origin, base_path) = origin(base)?;
    let below = match origin(link) {
        Some((_, path)) => path.strip_prefix(base_path)?,
        None if link.starts_with("//") || has_scheme(link) => return None,
        None if link.starts_with('/') => link.strip_prefix(base_path)?,
        None if link.starts_with('?') => link,
        None => return (!climbs(link)).then(|| format!("{base}/{link}")),
    };
    let fits = below.is_empty() || below.starts_with(['/', '?']);
    (fits && !climbs(below)).then(|| format!("{base_origin}{base_path}{below}"))
}

/// `scheme://authority` and what follows it.
fn origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return None;
    }
    let authority = rest.find(['/', '?']).unwrap_or(rest.len());
    (authority > 0).then(|| url.split_at(scheme.len() + "://".len() + authority))
}

/// True for `file:`, `javascript:` and whatever else stands before a colon in the first step.
fn has_scheme(link: &str) -> bool {
    link.split(['/', '?']).next().is_some_and(|step| step.contains(':'))
}

/// True where the path has a `..` step in any spelling.
fn climbs(below: &str) -> bool {
    let path = below.split_once('?').map_or(below, |(path, _)| path);
    path.split('/').any(|step| step.to_ascii_lowercase().replace("%2e", ".") == "..")
}

#[cfg(test)]
mod tests {
    use super::{MAX_PAGES, Mode, Paging, Walk, entries, views};
    use crate::wire::fhir::fixtures::json;
    use crate::wire::fhir::slot;
    use rstest::rstest;
    use serde_json::{Value, json};

    const BASE: &str = "https://ehr.example.org/fhir";

    fn page(next: &str) -> Value {
        json!({"resourceType": "Bundle", "link": [{"relation": "self", "url": "x"}, {"relation": "next", "url": next}]})
    }

    #[rstest]
    #[case::hapi(
        "https://ehr.example.org/fhir?_getpages=1&_count=5",
        "https://ehr.example.org/fhir?_getpages=1&_count=5"
    )]
    #[case::below("https://ehr.example.org/fhir/Slot?page=2", "https://ehr.example.org/fhir/Slot?page=2")]
    #[case::inner_host("http://10.0.0.7:8080/fhir?_getpages=1", "https://ehr.example.org/fhir?_getpages=1")]
    #[case::query_only("?_getpages=1", "https://ehr.example.org/fhir?_getpages=1")]
    #[case::rooted("/fhir/Slot?page=2", "https://ehr.example.org/fhir/Slot?page=2")]
    #[case::relative("Slot?page=2", "https://ehr.example.org/fhir/Slot?page=2")]
    fn the_next_page_is_asked_of_our_ehr(#[case] link: &str, #[case] url: &str) {
        assert_eq!(Walk::new("https://ehr.example.org/fhir/").next(&page(link)), Ok(Some(url.to_owned())));
    }

    #[rstest]
    #[case::other_path("https://ehr.example.org/admin?x=1")]
    #[case::look_alike("https://ehr.example.org/fhirx?x=1")]
    #[case::climbing("https://ehr.example.org/fhir/../admin")]
    #[case::climbing_encoded("https://ehr.example.org/fhir/%2E%2e/admin")]
    #[case::relative_climbing("../admin")]
    #[case::no_scheme("//evil.example/fhir?x=1")]
    #[case::other_scheme("file:///fhir/x")]
    #[case::no_host("https://")]
    #[case::split("https://ehr.example.org/fhir?x=1\r\nX: 1")]
    fn no_link_leads_astray(#[case] link: &str) {
        assert_eq!(Walk::new(BASE).next(&page(link)), Err(Paging::Foreign));
    }

    #[test]
    fn user_info_cannot_carry_a_token_off() {
        let next = Walk::new(BASE).next(&page("https://ehr.example.org@evil.example/fhir?x=1"));
        assert_eq!(next, Ok(Some(String::from("https://ehr.example.org/fhir?x=1"))));
    }

    #[test]
    fn pages_that_go_round_end() {
        let mut walk = Walk::new(BASE);
        assert!(walk.next(&page("?p=1")).is_ok());
        assert_eq!(walk.next(&page("?p=1")), Err(Paging::Loop));
    }

    #[test]
    fn pages_without_end_end() {
        let mut walk = Walk::new(BASE);
        let steps = (0..).map(|n| walk.next(&page(&format!("?p={n}")))).take_while(Result::is_ok).count();
        assert_eq!(steps, MAX_PAGES - 1);
    }

    #[test]
    fn the_last_page_has_no_next() {
        assert_eq!(Walk::new(BASE).next(&json!({"resourceType": "Bundle"})), Ok(None));
    }

    #[test]
    fn bars_slots_have_no_mode_and_are_found_all_the_same() {
        let bundle = json("bars/search-slot/slots.json");
        let found = entries(&bundle, "Slot").unwrap();
        let (slots, lost) = views(&found, "Slot", slot::view);
        let marked = found.iter().filter(|entry| entry.mode == Mode::Match).count();
        assert!(!slots.is_empty() && lost.is_empty(), "{lost:?}");
        assert_eq!(marked, slots.len());
    }

    #[rstest]
    #[case("epic/find/stu3-find-empty.json")]
    #[case("epic/find/stu3-search-empty.json")]
    fn epics_no_result_holds_outcomes_only(#[case] fixture: &str) {
        let bundle = json(fixture);
        let found = entries(&bundle, "Appointment").unwrap();
        assert!(found.iter().all(|entry| entry.mode == Mode::Outcome) && found.len() == 1);
    }

    #[test]
    fn an_entry_that_cannot_be_read_costs_itself_only() {
        let good = json!({"resourceType": "Slot", "id": "1", "status": "free",
            "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T09:30:00Z"});
        let bundle = json!({"resourceType": "Bundle", "entry": [
            {"resource": {"resourceType": "Slot", "id": "0"}}, {}, 7, {"resource": good}]});
        let (slots, lost) = views(&entries(&bundle, "Slot").unwrap(), "Slot", slot::view);
        assert_eq!((slots.len(), lost.len()), (1, 1));
        assert_eq!(lost[0].element, "start");
    }

    #[test]
    fn what_is_no_bundle_is_said_so() {
        assert!(entries(&json!({"resourceType": "OperationOutcome"}), "Slot").is_err());
        assert!(entries(&json!([]), "Slot").is_err());
    }
}
