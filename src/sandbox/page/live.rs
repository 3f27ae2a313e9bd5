//! Keeps an open page up to date: server-sent events with what changed since it was rendered, and nothing else.

use crate::sandbox::api::Api;
use crate::sandbox::page::parts::{self, Look};
use crate::sandbox::page::scene::{Ask, Scene};
use crate::sandbox::page::switches;
use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Query};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

/// How often it is looked for news.
const LOOK: Duration = Duration::from_millis(150);
/// Every how many looks the gateway and its database are asked too: about once a second.
const DEEP: u32 = 7;
/// Every how many looks a sign of life goes out: about every five seconds. The page waits for three of them.
const BEAT: u32 = 33;

/// What a page says that it shows.
#[derive(Deserialize)]
pub struct Shown {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    clinic: String,
    /// The newest change of a message it has.
    #[serde(default)]
    seen: u64,
    /// `part:hash` of each part, with commas.
    #[serde(default)]
    parts: String,
}

struct Page {
    api: Api,
    scene: Scene,
    seen: u64,
    hashes: HashMap<String, String>,
    typing: Option<bool>,
    pulse: Option<Pulse>,
    look: Look,
    looks: u32,
}

/// What changes whenever something on the page may have: changes of chats, of calls, of the switches, and the minute.
type Pulse = (u64, u64, Vec<&'static str>, i64);

/// `GET /sandbox/page/live`
pub async fn live(api: Data<Api>, shown: Query<Shown>) -> HttpResponse {
    let Shown { lang, person, clinic, seen, parts } = shown.into_inner();
    let scene = Scene::of(&Ask { lang, person, clinic }, "");
    let hashes = parts.split(',').filter_map(|it| it.split_once(':'));
    let hashes = hashes.map(|(part, hash)| (part.to_owned(), hash.to_owned())).collect();
    let look = parts::look(&api).await;
    let page =
        Page { api: api.get_ref().clone(), scene, seen, hashes, typing: None, pulse: None, look, looks: 0 };
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .streaming(stream::unfold(page, next))
}

/// Waits for news and tells it; ends when the sandbox stops.
async fn next(mut page: Page) -> Option<(Result<Bytes, Infallible>, Page)> {
    loop {
        let news = page.news();
        page.looks += 1;
        if let Some(news) = news {
            return Some((Ok(Bytes::from(format!("data: {news}\n\n"))), page));
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = page.api.closing.cancelled() => return None,
        }
        if page.looks.is_multiple_of(DEEP) {
            page.look = parts::look(&page.api).await;
            page.pulse = None;
        }
    }
}

impl Page {
    /// `{seen, items: [[id, html]], parts: {id: [hash, html]}, typing}`; an empty object is a sign of life.
    fn news(&mut self) -> Option<Value> {
        let mut news = json!({});
        let typing = parts::typing(&self.scene, &self.api);
        if self.typing.replace(typing) != Some(typing) {
            news["typing"] = json!(typing);
            self.pulse = None;
        }
        let pulse = self.pulse();
        if self.pulse.as_ref() != Some(&pulse) {
            self.chat(&mut news);
            self.parts(&mut news);
            self.pulse = Some(pulse);
        }
        let something = news.as_object().is_some_and(|news| !news.is_empty());
        (something || self.looks.is_multiple_of(BEAT)).then_some(news)
    }

    fn pulse(&self) -> Pulse {
        let minute = self.api.clock.now().timestamp() / 60;
        (self.api.graph.changes(), self.api.traffic.changes(), switches::on(&self.api.faults), minute)
    }

    fn chat(&mut self, news: &mut Value) {
        if let Ok((items, seen)) = parts::chat(&self.scene, &self.api, self.seen)
            && !items.is_empty()
        {
            self.seen = seen;
            news["items"] = json!(items);
            news["seen"] = json!(seen);
        }
    }

    fn parts(&mut self, news: &mut Value) {
        for (part, html) in parts::all(&self.scene, &self.api, &self.look).unwrap_or_default() {
            let hash = parts::hash(&html);
            if self.hashes.insert(part.to_owned(), hash.clone()).as_deref() != Some(&hash) {
                news["parts"][part] = json!([hash, html]);
            }
        }
    }
}
