//! "Meta" inside this program, and people who talk to the gateway through it.

use crate::bodies;
use actix_web::web::{Bytes, Data, Path, post};
use actix_web::{App, HttpResponse, HttpServer};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

type Mailboxes = Mutex<HashMap<String, mpsc::UnboundedSender<Message>>>;

/// A "Meta" that takes every message and hands it to whom it is for.
#[derive(Clone)]
pub struct Meta {
    mailboxes: Arc<Mailboxes>,
    client: reqwest::Client,
    /// Where it listens.
    pub port: u16,
}

/// A message as it was received.
#[derive(Clone, Debug)]
pub struct Message {
    pub at: Instant,
    pub body: Value,
}

impl Meta {
    pub fn start() -> Self {
        let mailboxes = Arc::<Mailboxes>::default();
        let (ready, port) = std::sync::mpsc::channel();
        let theirs = Arc::clone(&mailboxes);
        std::thread::spawn(move || {
            let data = Data::from(theirs);
            let app = move || {
                App::new()
                    .app_data(data.clone())
                    .route("/graph/{version}/{number}/messages", post().to(taken))
            };
            let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
            ready.send(server.addrs()[0].port()).unwrap();
            actix_web::rt::System::new().block_on(server.run()).unwrap();
        });
        Self { mailboxes, client: reqwest::Client::new(), port: port.recv().unwrap() }
    }

    /// Somebody's phone, at one of the gateway's numbers.
    pub fn phone(&self, gateway: u16, person: &str, number: &str) -> Phone {
        let (sender, mailbox) = mpsc::unbounded_channel();
        self.mailboxes.lock().unwrap().insert(person.to_owned(), sender);
        let url = format!("http://127.0.0.1:{gateway}/webhooks/whatsapp");
        let (person, number) = (person.to_owned(), number.to_owned());
        Phone { client: self.client.clone(), url, person, number, mailbox }
    }
}

async fn taken(mailboxes: Data<Mailboxes>, _: Path<(String, String)>, body: Bytes) -> HttpResponse {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = Instant::now();
    let body: Value = serde_json::from_slice(&body).unwrap();
    if body["status"] == "read" {
        return HttpResponse::Ok().json(json!({ "success": true }));
    }
    let to = body["to"].as_str().unwrap_or_default().trim_start_matches('+').to_owned();
    if let Some(mailbox) = mailboxes.lock().unwrap().get(&to) {
        let _ = mailbox.send(Message { at, body });
    }
    let id = format!("wamid.{}", NEXT.fetch_add(1, Ordering::Relaxed));
    HttpResponse::Ok().json(json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] }))
}

/// A phone in somebody's hand.
pub struct Phone {
    client: reqwest::Client,
    url: String,
    person: String,
    number: String,
    mailbox: mpsc::UnboundedReceiver<Message>,
}

impl Phone {
    /// Types a text; the answer, and how long it took.
    pub async fn says(&mut self, text: &str) -> (Message, Duration) {
        self.sends(&bodies::text(text)).await
    }

    /// Taps the n-th of what a message offers.
    pub async fn taps(&mut self, message: &Message, nth: usize) -> (Message, Duration) {
        let id = message.options()[nth].1.clone();
        let reply = if message.body["interactive"]["type"] == "list" { "list_reply" } else { "button_reply" };
        self.sends(&format!(
            r#""type":"interactive","interactive":{{"type":"{reply}","{reply}":{{"id":"{id}","title":"x"}}}}"#
        ))
        .await
    }

    async fn sends(&mut self, content: &str) -> (Message, Duration) {
        let body = bodies::webhook(&self.person, &self.number, content);
        let signature = wasl::wire::whatsapp::signature::sign(bodies::SECRET.as_bytes(), body.as_bytes());
        let request = self.client.post(&self.url).header("x-hub-signature-256", signature).body(body);
        let begin = Instant::now();
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "a webhook was not taken");
        let answer = tokio::time::timeout(PATIENCE, self.mailbox.recv()).await;
        let answer = answer.unwrap_or_else(|_| panic!("{} waits for an answer", self.person)).unwrap();
        let took = answer.at.saturating_duration_since(begin);
        (answer, took)
    }

    /// Messages nobody asked for.
    pub fn more(&mut self) -> usize {
        std::iter::from_fn(|| self.mailbox.try_recv().ok()).count()
    }
}

impl Message {
    pub fn text(&self) -> String {
        let text = self.body["interactive"]["body"]["text"].as_str().or(self.body["text"]["body"].as_str());
        text.unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Titles and ids of what can be tapped.
    pub fn options(&self) -> Vec<(String, String)> {
        let action = &self.body["interactive"]["action"];
        let buttons = action["buttons"].as_array().into_iter().flatten().map(|button| &button["reply"]);
        let sections = action["sections"].as_array().into_iter().flatten();
        let rows = sections.flat_map(|section| section["rows"].as_array().into_iter().flatten());
        let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
        buttons.chain(rows).map(|it| (text(it, "title"), text(it, "id"))).collect()
    }

    /// The place of an option by its title.
    pub fn place_of(&self, title: &str) -> Option<usize> {
        self.options().iter().position(|(it, _)| it == title)
    }
}
