//! What was asked of "Meta", exactly as received: the newest requests, in memory.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// So many are kept.
const KEPT: usize = 4_096;

/// The newest requests.
#[derive(Debug, Default)]
pub struct Requests(Mutex<(u64, VecDeque<Value>)>);

impl Requests {
    /// Notes a request; a body that is not JSON is kept as text.
    pub fn note(&self, method: &str, path: &str, body: &[u8]) {
        let body = serde_json::from_slice(body)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(body).into_owned()));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        let line = json!({ "n": kept.0, "method": method, "path": path, "body": body });
        if kept.1.len() == KEPT {
            kept.1.pop_front();
        }
        kept.1.push_back(line);
    }

    /// Requests after the `after`-th.
    pub fn after(&self, after: u64) -> Vec<Value> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.iter().filter(|line| line["n"].as_u64().is_some_and(|n| n > after)).cloned().collect()
    }
}
