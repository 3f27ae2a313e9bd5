//! Misbehaviour on demand, for both twins.

use crate::sandbox::traffic::Ongoing;
use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use bytes::Bytes;
use serde_json::{Value, json};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// A connection is held for so long at most, longer than any client of ours waits.
const HOLD: Duration = Duration::from_secs(90);

/// How long an answer of a slow twin takes: long enough to be seen, shorter than the gateway's time-out.
const SLOW: Duration = Duration::from_millis(1_500);

/// Which twin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Meta.
    Graph,
    /// The EHR.
    Ehr,
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Answers this status, does nothing.
    Status(u16),
    /// Holds the connection, does nothing.
    Hang,
    /// Drops the connection, does nothing.
    Reset,
    /// Does the work, then drops the connection.
    LostAnswer,
    /// Does the work, then holds the connection.
    WorkHang,
    /// Answers a page of HTML, does nothing.
    Html,
    /// Answers that there were too many requests, does nothing.
    Throttle,
    /// Waits a second and a half, then works as ever.
    Slow,
    /// "Meta" only: takes the message, and tells later by a status that it failed, with this code.
    Fails(u32),
}

impl Fault {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "hang" => Self::Hang,
            "reset" => Self::Reset,
            "lost-answer" => Self::LostAnswer,
            "work-hang" => Self::WorkHang,
            "html" => Self::Html,
            "throttle" => Self::Throttle,
            "slow" => Self::Slow,
            other => match other.split_once(':')? {
                ("status", status) => Self::Status(status.parse().ok()?),
                ("fails", code) => Self::Fails(code.parse().ok()?),
                _ => return None,
            },
        })
    }

    fn text(self) -> String {
        match self {
            Self::Status(status) => format!("status:{status}"),
            Self::Hang => "hang".to_owned(),
            Self::Reset => "reset".to_owned(),
            Self::LostAnswer => "lost-answer".to_owned(),
            Self::WorkHang => "work-hang".to_owned(),
            Self::Html => "html".to_owned(),
            Self::Throttle => "throttle".to_owned(),
            Self::Slow => "slow".to_owned(),
            Self::Fails(code) => format!("fails:{code}"),
        }
    }

    /// True when the work is done before things go wrong.
    pub fn works(self) -> bool {
        matches!(self, Self::LostAnswer | Self::WorkHang | Self::Fails(_))
    }
}

#[derive(Clone, Debug)]
struct Script {
    side: Side,
    method: Option<String>,
    prefix: String,
    fault: Fault,
    left: u32,
    /// Read marks and typing signs go on undisturbed.
    messages_only: bool,
}

impl Script {
    fn shown(&self) -> Value {
        let method = self.method.as_deref().map(|method| format!("{method} ")).unwrap_or_default();
        json!({
            "side": match self.side { Side::Graph => "graph", Side::Ehr => "ehr" },
            "match": format!("{method}{}", self.prefix),
            "fault": self.fault.text(),
            "left": self.left,
        })
    }
}

/// What is scripted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Script>>>);

impl Faults {
    /// Adds a script: `{side, match?, fault, times?, only?: "messages"}`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&self, script: &Value) -> Result<(), String> {
        let side = match script["side"].as_str() {
            Some("graph") => Side::Graph,
            Some("ehr") => Side::Ehr,
            _ => return Err("side: \"graph\" or \"ehr\"".to_owned()),
        };
        let fault = script["fault"]
            .as_str()
            .and_then(Fault::parse)
            .filter(|fault| side == Side::Graph || !matches!(fault, Fault::Fails(_)))
            .ok_or("fault: status:NNN, hang, reset, lost-answer, work-hang, html, throttle, slow or (graph) fails:CODE")?;
        let matching = script["match"].as_str().unwrap_or_default();
        let (method, prefix) = match matching.split_once(' ') {
            Some((method, prefix)) => (Some(method.to_owned()), prefix.to_owned()),
            None => (None, matching.to_owned()),
        };
        if !prefix.is_empty() && !prefix.starts_with('/') {
            return Err("match: \"[METHOD ]/PATH\" below the twin's base".to_owned());
        }
        let left = script["times"].as_u64().map_or(1, |times| u32::try_from(times).unwrap_or(u32::MAX));
        let messages_only = script["only"] == "messages";
        self.lock().push(Script { side, method, prefix, fault, left, messages_only });
        Ok(())
    }

    /// What is scripted and how often it is still to happen.
    pub fn list(&self) -> Value {
        let faults: Vec<Value> = self.lock().iter().map(Script::shown).collect();
        json!({ "faults": faults })
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Forgets scripts of one side with this matching and fault.
    pub fn remove(&self, side: &str, matching: &str, fault: &str) {
        let kept = |script: &Script| {
            let shown = script.shown();
            shown["side"] != side || shown["match"] != matching || shown["fault"] != fault
        };
        self.lock().retain(kept);
    }

    /// The fault of this request, if one is due; it is used up.
    pub fn take(&self, side: Side, method: &str, path: &str) -> Option<Fault> {
        self.take_for(side, method, path, true)
    }

    /// The same; `message` is false for read marks and typing signs.
    pub fn take_for(&self, side: Side, method: &str, path: &str, message: bool) -> Option<Fault> {
        let mut scripts = self.lock();
        let script = scripts.iter_mut().find(|script| {
            script.left > 0
                && script.side == side
                && script.method.as_deref().is_none_or(|wanted| wanted == method)
                && path.starts_with(&script.prefix)
                && (message || !script.messages_only)
        })?;
        script.left -= 1;
        let fault = script.fault;
        scripts.retain(|script| script.left > 0);
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Script>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer of a fault; `throttled` is how this twin says that there were too many requests.
pub async fn answer(fault: Fault, throttled: HttpResponse) -> HttpResponse {
    match fault {
        Fault::Status(status) => {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
            HttpResponse::build(status).finish()
        }
        Fault::Html => HttpResponse::Ok()
            .content_type("text/html")
            .body("<!DOCTYPE html><title>Login</title><p>Please sign in."),
        // The other side of the wire decides what to tell; there is nothing to misbehave about here.
        Fault::Throttle | Fault::Fails(_) => throttled,
        Fault::Hang | Fault::WorkHang => {
            tokio::time::sleep(HOLD).await;
            broken()
        }
        Fault::Reset | Fault::LostAnswer => broken(),
        Fault::Slow => HttpResponse::Ok().finish(),
    }
}

/// Waits if the twin is slow; what is left goes wrong afterwards.
pub async fn after_a_while(fault: Option<Fault>) -> Option<Fault> {
    if fault != Some(Fault::Slow) {
        return fault;
    }
    tokio::time::sleep(SLOW).await;
    None
}

/// Notes how a call ended: a status, or nothing that could be read.
pub fn told(call: Ongoing, fault: Option<Fault>, response: HttpResponse) -> HttpResponse {
    match fault {
        Some(Fault::Reset | Fault::LostAnswer | Fault::Hang | Fault::WorkHang) => call.lost(),
        _ => call.answered(response.status().as_u16()),
    }
    response
}

/// A response whose body breaks off before its first byte: the client sees a lost connection, never an answer.
fn broken() -> HttpResponse {
    HttpResponse::Ok().body(Broken)
}

struct Broken;

impl MessageBody for Broken {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(1_000)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}
