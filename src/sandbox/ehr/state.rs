//! Resources in memory with all their versions, and the journal they come back from.

use crate::clock::Moment;
use crate::sandbox::journal::Journal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// One version of a resource; `None` is a deletion.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: u64,
    pub at: String,
    pub resource: Option<Value>,
}

/// Everything the twin knows. Changes are made in memory, then [`State::commit`]ted or [`State::roll_back`].
#[derive(Debug)]
pub struct State {
    journal: Journal,
    kinds: BTreeMap<String, BTreeMap<String, Vec<Version>>>,
    pending: Vec<(String, String)>,
}

impl State {
    pub fn new(journal: Journal) -> Self {
        Self { journal, kinds: BTreeMap::new(), pending: Vec::new() }
    }

    /// Takes in a line of the journal.
    pub fn replay(&mut self, line: &Value) {
        let text = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
        let version = Version {
            number: line["version"].as_u64().unwrap_or(0),
            at: text("at"),
            resource: line.get("resource").filter(|it| !it.is_null()).cloned(),
        };
        self.versions(&text("kind"), &text("id")).push(version);
    }

    fn versions(&mut self, kind: &str, id: &str) -> &mut Vec<Version> {
        self.kinds.entry(kind.to_owned()).or_default().entry(id.to_owned()).or_default()
    }

    /// All versions of a resource, oldest first; empty when it never was.
    pub fn history(&self, kind: &str, id: &str) -> &[Version] {
        self.kinds.get(kind).and_then(|ids| ids.get(id)).map_or(&[], Vec::as_slice)
    }

    /// The current version of a resource.
    pub fn current(&self, kind: &str, id: &str) -> Option<&Version> {
        self.history(kind, id).last()
    }

    /// Ids and resources of one type, without the deleted.
    pub fn all<'a>(&'a self, kind: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.kinds
            .get(kind)
            .into_iter()
            .flatten()
            .filter_map(|(id, versions)| Some((id.as_str(), versions.last()?.resource.as_ref()?)))
    }

    /// The current versions of one type, without the deleted.
    pub fn versions_now(&self, kind: &str) -> impl Iterator<Item = &Version> {
        let versions = self.kinds.get(kind).into_iter().flatten().filter_map(|(_, versions)| versions.last());
        versions.filter(|version| version.resource.is_some())
    }

    /// Every version of every resource of a type (or of all), oldest first.
    pub fn versions_of(&self, kind: Option<&str>) -> Vec<(String, String, Version)> {
        let mut all: Vec<_> = self
            .kinds
            .iter()
            .filter(|(name, _)| kind.is_none_or(|kind| kind == name.as_str()))
            .flat_map(|(name, ids)| {
                ids.iter().flat_map(move |(id, versions)| {
                    versions.iter().map(move |version| (name.clone(), id.clone(), version.clone()))
                })
            })
            .collect();
        all.sort_by(|a, b| a.2.at.cmp(&b.2.at));
        all
    }

    /// How many resources of each type there are.
    pub fn census(&self) -> Vec<(String, usize)> {
        self.kinds.keys().map(|kind| (kind.clone(), self.all(kind).count())).collect()
    }

    /// Puts a resource under its own id; the same content again is no new version (HAPI does so too).
    pub fn put(&mut self, mut resource: Value, now: Moment) -> u64 {
        let kind = resource["resourceType"].as_str().unwrap_or_default().to_owned();
        let id = resource["id"].as_str().unwrap_or_default().to_owned();
        let last = self.current(&kind, &id).cloned();
        if let Some(last) = &last
            && let Some(known) = &last.resource
            && bare(known) == bare(&resource)
        {
            return last.number;
        }
        let number = last.map_or(0, |last| last.number) + 1;
        let at = now.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        resource["meta"]["versionId"] = json!(number.to_string());
        resource["meta"]["lastUpdated"] = json!(at);
        self.push(kind, id, Version { number, at, resource: Some(resource) });
        number
    }

    /// Deletes a resource.
    pub fn delete(&mut self, kind: &str, id: &str, now: Moment) {
        let Some(last) = self.current(kind, id) else { return };
        let number = last.number + 1;
        let at = now.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        self.push(kind.to_owned(), id.to_owned(), Version { number, at, resource: None });
    }

    fn push(&mut self, kind: String, id: String, version: Version) {
        self.versions(&kind, &id).push(version);
        self.pending.push((kind, id));
    }

    /// Makes what was changed durable; on an error nothing was changed.
    pub fn commit(&mut self) -> io::Result<()> {
        let mut counts: BTreeMap<&(String, String), usize> = BTreeMap::new();
        for key in &self.pending {
            *counts.entry(key).or_default() += 1;
        }
        let mut lines = Vec::new();
        for ((kind, id), count) in counts {
            let versions = self.history(kind, id);
            for version in &versions[versions.len() - count..] {
                lines.push(json!({
                    "kind": kind,
                    "id": id,
                    "version": version.number,
                    "at": version.at,
                    "resource": version.resource,
                }));
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        let written = self.journal.append_all(&lines);
        if written.is_err() {
            self.roll_back();
        }
        self.pending.clear();
        written
    }

    /// Takes back what was changed since the last commit.
    pub fn roll_back(&mut self) {
        for (kind, id) in std::mem::take(&mut self.pending).into_iter().rev() {
            let versions = self.versions(&kind, &id);
            versions.pop();
            if versions.is_empty()
                && let Some(ids) = self.kinds.get_mut(&kind)
            {
                ids.remove(&id);
            }
        }
    }
}

/// A resource without what the server adds.
fn bare(resource: &Value) -> Value {
    let mut bare = resource.clone();
    if let Some(object) = bare.as_object_mut() {
        object.remove("meta");
    }
    bare
}
