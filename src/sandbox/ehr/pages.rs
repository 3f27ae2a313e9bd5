//! What moods do to pages: the cache they come from, how versions are called, what is left out or put in.

use crate::clock::Moment;
use crate::sandbox::ehr::moods::{Mood, Now};
use crate::sandbox::ehr::search::{BadSearch, entry};
use chrono::Duration;
use serde_json::{Value, json};
use std::collections::HashMap;

/// How long a page is believed (HAPI's `reuse_cached_search_results_millis` of 60,000).
const BELIEVED: Duration = Duration::seconds(60);

/// Pages by the question they answered.
#[derive(Debug, Default)]
pub struct Cache(HashMap<String, (Moment, Value)>);

impl Cache {
    /// The page for a question: from the cache where the mood has one, else from `run`. `fresh`: `no-cache` was sent.
    pub fn page(
        &mut self,
        question: &str,
        moods: Now,
        fresh: bool,
        now: Moment,
        run: impl FnOnce() -> Result<Value, BadSearch>,
    ) -> Result<Value, BadSearch> {
        let cached = moods.has(Mood::StubbornCache) || (moods.has(Mood::CachedSearches) && !fresh);
        self.0.retain(|_, (at, _)| now - *at < BELIEVED);
        if let Some((_, page)) = self.0.get(question).filter(|_| cached) {
            return Ok(page.clone());
        }
        let page = run()?;
        if moods.has(Mood::StubbornCache) || moods.has(Mood::CachedSearches) {
            self.0.insert(question.to_owned(), (now, page.clone()));
        }
        Ok(page)
    }
}

/// A resource whose version is called as the mood calls it.
pub fn dressed(mut resource: Value, moods: Now) -> Value {
    let number = resource.pointer("/meta/versionId").and_then(Value::as_str).and_then(|it| it.parse().ok());
    if let Some(number) = number {
        resource["meta"]["versionId"] = json!(moods.version(number));
    }
    resource
}

/// A page as the mood hands it out.
pub fn moody(mut page: Value, kind: &str, base: &str, moods: Now) -> Value {
    let mut entries: Vec<Value> = page["entry"].as_array().cloned().unwrap_or_default();
    if moods.has(Mood::OddEntries) {
        let odd = odd(entries.first().map(|it| &it["resource"]), kind);
        entries.splice(0..0, odd.iter().map(|resource| entry(base, resource, "match")));
    }
    for entry in &mut entries {
        entry["resource"] = dressed(entry["resource"].take(), moods);
        if let Some(entry) = entry.as_object_mut().filter(|_| moods.has(Mood::NoSearchMode)) {
            entry.remove("search");
        }
    }
    page["entry"] = json!(entries);
    if let Some(page) = page.as_object_mut().filter(|_| moods.has(Mood::NoTotal)) {
        page.remove("total");
    }
    page
}

/// Two entries no standard knows: a status of the vendor's own, and no start. They are like the first true entry, so
/// that they look as if they belonged to the search.
fn odd(like: Option<&Value>, kind: &str) -> [Value; 2] {
    let mut held = json!({ "resourceType": kind, "id": "vendor-odd-1", "status": "vendor-held" });
    for member in ["start", "end", "schedule", "serviceType", "participant"] {
        if let Some(value) = like.and_then(|like| like.get(member)) {
            held[member] = value.clone();
        }
    }
    let mut timeless = held.clone();
    timeless["id"] = json!("vendor-odd-2");
    timeless["status"] = json!(if kind == "Slot" { "free" } else { "booked" });
    if let Some(timeless) = timeless.as_object_mut() {
        timeless.remove("start");
    }
    [held, timeless]
}
