//! What a refusal by the EHR means, as a table.
//!
//! Servers agree on neither status nor code: a stale version is 409 (HAPI, Oracle), 412 (WSO2, Medplum) or a 400
//! with "412" in its text (Helios). So a booking treats every answer here as "look again", and this table only
//! says what to look for.

mod table;

use super::json;
use serde_json::Value;
use std::time::Duration;
use table::{Rule, Sign, TABLE};

/// Characters of a body that is not JSON which are searched for a sign.
const MAX_PLAIN: usize = 4096;

/// What a refused request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The slot has changed since it was read: offer anew.
    Taken,
    /// Something has changed since it was read: read again, then decide.
    Conflict,
    /// A twin of our own conditional create is under way or done: look it up by identifier.
    OurTwin,
    /// It exists already, or several do.
    Duplicate,
    /// No such thing, or none that is certain.
    NotFound,
    /// It existed once; or a page that has expired: start the search again.
    Gone,
    /// Our credentials or scopes do not allow it.
    Auth,
    /// Too fast; the server says how long to wait, when it does.
    Throttled {
        /// `Retry-After` in seconds.
        after: Option<Duration>,
    },
    /// Someone is editing it: try later.
    Locked,
    /// The request itself is wrong; repeating it changes nothing.
    Invalid,
    /// The server says that it cannot now; it has not done what was asked.
    Unavailable,
    /// The server or something before it has trouble; a write may have been done.
    Transient,
    /// None of the above.
    Unknown,
}

/// What an answer that is not the one hoped for means. `status` is the HTTP status (IHE refuses with 200, so the
/// body counts too), `retry_after` the header of that name.
pub fn classify(status: u16, retry_after: Option<&str>, body: &[u8]) -> Refusal {
    let said = Said::of(body);
    if said.is_html && !matches!(status, 401 | 403 | 429 | 503) {
        // A proxy, a login page or a maintenance page spoke, not the EHR: its 404 says nothing about a booking.
        return Refusal::Transient;
    }
    let rule = TABLE.iter().find(|Rule(statuses, sign, ..)| {
        (statuses.is_empty() || statuses.contains(&status)) && said.shows(sign)
    });
    match rule.map(|Rule(_, _, refusal, _)| *refusal) {
        // A failure that the server itself words has rolled back; one without a word may be anything's: whatever is
        // between us and the server may have passed the request on before it gave up (nginx 503, Cloudflare 520 to 524).
        Some(Refusal::Transient) if status == 500 && !said.issues.is_empty() => Refusal::Unavailable,
        Some(Refusal::Unavailable) if said.issues.is_empty() && retry_after.is_none() => Refusal::Transient,
        None if status >= 500 && said.issues.is_empty() => Refusal::Transient,
        Some(Refusal::Throttled { .. }) => Refusal::Throttled { after: seconds(retry_after) },
        other => other.unwrap_or(Refusal::Unknown),
    }
}

/// True where a body is an OperationOutcome with an error or worse, alone or as all that a Bundle holds: IHE
/// refuses `$book` like this with status 200 (ITI-117).
pub fn is_refusal(body: &Value) -> bool {
    let issues = issues(body);
    !issues.is_empty() && issues.iter().any(is_severe)
}

/// `Retry-After` in seconds; the form with a date would need a clock, and no EHR was seen to use it.
fn seconds(retry_after: Option<&str>) -> Option<Duration> {
    retry_after?.trim().parse().ok().map(Duration::from_secs)
}

/// What a body says, gathered.
struct Said {
    issues: Vec<Value>,
    /// All diagnostic texts, in lower case, a line each.
    text: String,
    is_html: bool,
}

impl Said {
    fn of(body: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => Self::of_json(&value),
            Err(_) => Self::of_plain(&String::from_utf8_lossy(&body[..body.len().min(MAX_PLAIN)])),
        }
    }

    fn of_json(value: &Value) -> Self {
        let mut issues = issues(value);
        if issues.iter().any(is_severe) {
            issues.retain(is_severe);
        }
        // Epic's own services answer {Message, ExceptionMessage} (cobalt-api).
        let mut texts: Vec<&str> =
            ["Message", "ExceptionMessage"].iter().filter_map(|it| json::text(value, it)).collect();
        for issue in &issues {
            texts.extend(json::text(issue, "diagnostics"));
            texts.extend(issue.get("details").and_then(|details| json::text(details, "text")));
        }
        let text = texts.join("\n").to_ascii_lowercase();
        Self { issues, text, is_html: false }
    }

    fn of_plain(body: &str) -> Self {
        let text = body.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        let is_html =
            text.starts_with("<!doctype html") || text.starts_with("<html") || text.contains("<body");
        Self { issues: Vec::new(), text, is_html }
    }

    fn shows(&self, sign: &Sign) -> bool {
        let any = |test: &dyn Fn(&Value) -> bool| self.issues.iter().any(test);
        match sign {
            Sign::Hapi(code, beside) => self.last_hapi() == Some(code) && self.text.contains(beside),
            Sign::Text(piece) => self.text.contains(piece),
            Sign::Warning(number) => self.warnings().any(|found| found == *number),
            Sign::Detail(code) => any(&|issue| details(issue).any(|found| found == *code)),
            Sign::Issue(code) => any(&|issue| json::text(issue, "code") == Some(code)),
            Sign::Severe(severity, code) => any(&|issue| {
                json::text(issue, "severity") == Some(severity) && json::text(issue, "code") == Some(code)
            }),
            Sign::Status => true,
        }
    }

    fn last_hapi(&self) -> Option<&str> {
        let (_, after) = self.text.rsplit_once("hapi-")?;
        after.get(..4).filter(|code| code.bytes().all(|b| b.is_ascii_digit()))
    }

    fn warnings(&self) -> impl Iterator<Item = &str> {
        let list = self.text.split_once("aptwarn error details:").map_or("", |(_, after)| after);
        let end = list.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | ' ')).unwrap_or(list.len());
        list[..end].split(',').map(str::trim)
    }
}

/// The issues of an OperationOutcome, or of those in a Bundle that holds nothing else.
fn issues(value: &Value) -> Vec<Value> {
    match json::text(value, "resourceType") {
        Some("OperationOutcome") => json::list(value, "issue").to_vec(),
        Some("Bundle") => {
            let entries: Vec<&Value> =
                json::list(value, "entry").iter().filter_map(|it| it.get("resource")).collect();
            let only = entries.iter().all(|it| json::text(it, "resourceType") == Some("OperationOutcome"));
            if only { entries.into_iter().flat_map(issues).collect() } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn is_severe(issue: &Value) -> bool {
    matches!(json::text(issue, "severity"), Some("fatal" | "error"))
}

fn details(issue: &Value) -> impl Iterator<Item = &str> {
    let codings = issue.get("details").map_or(&[][..], |details| json::list(details, "coding"));
    codings.iter().filter_map(|coding| json::text(coding, "code"))
}

#[cfg(test)]
mod tests;
