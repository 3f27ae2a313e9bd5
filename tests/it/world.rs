//! The demo world as a process of its own, driven over the HTTP interface that anyone can use. Killing it is
//! killing everything at once: the twins come back from their journals, the gateway from its database.

use crate::contract;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How long a foreign process may take to be there; the only real time in these tests.
const READY: Duration = Duration::from_secs(60);

/// Where the gateway keeps its rows.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub database: Option<String>,
    pub ehr: Option<String>,
    pub env: Vec<(String, String)>,
    /// Somebody else speaks to "Meta" here, who may be wrong on purpose.
    pub unjudged: bool,
}

/// A connection for each request. A server closes what is idle for five seconds, and a runtime that runs only while a
/// test waits would not see it before the next request is lost.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap()
}

/// A running world.
pub struct World {
    child: Child,
    base: String,
    dir: PathBuf,
    setting: Setting,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
    _temp: Option<TempDir>,
}

impl World {
    /// A world with its defaults: SQLite, the embedded EHR.
    pub fn start() -> Self {
        Self::with(Setting::default())
    }

    /// A world in a fresh folder.
    pub fn with(setting: Setting) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let mut world = Self::open(temp.path(), setting);
        world._temp = Some(temp);
        world
    }

    /// A world whose clock begins to run at `now`, so that what it says is the same on every day.
    pub fn at(now: &str, setting: Setting) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let twins = temp.path().join("twins");
        std::fs::create_dir_all(&twins).unwrap();
        let now: wasl::clock::Moment = now.parse().unwrap();
        let ahead = (now - wasl::clock::Clock::system().now()).num_milliseconds();
        std::fs::write(twins.join("clock.json"), json!({ "ahead_ms": ahead }).to_string()).unwrap();
        let mut world = Self::open(temp.path(), setting);
        world._temp = Some(temp);
        world
    }

    /// The world of a folder.
    pub fn open(dir: &Path, setting: Setting) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (child, base) = launch(dir, &setting);
        Self { child, base, dir: dir.to_owned(), setting, client: client(), runtime, _temp: None }
    }

    /// Where it listens.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// SIGKILL, then the same folder again.
    pub fn kill_and_restart(&mut self) {
        self.kill_change_and_restart(|_| {});
    }

    /// SIGKILL; something happens to its folder before it starts again.
    pub fn kill_change_and_restart(&mut self, change: impl FnOnce(&Path)) {
        contract::judge(&self.asked_of_meta());
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        change(&self.dir);
        let (child, base) = launch(&self.dir, &self.setting);
        (self.child, self.base) = (child, base);
        // Connections of the process that was killed are dead.
        self.client = client();
    }

    /// SIGKILL; the world goes on without the process for so many days.
    pub fn kill_later_and_restart(&mut self, days: i64) {
        let ahead = serde_json::json!({ "ahead_ms": days * 86_400_000 });
        self.kill_change_and_restart(|dir| {
            std::fs::write(dir.join("twins/clock.json"), ahead.to_string()).unwrap();
        });
    }

    /// SIGTERM.
    pub fn asks_to_end(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// The exit code, if the process ends in time.
    pub fn ended(&mut self, patience: Duration) -> Option<i32> {
        let (done, ended) = std::sync::mpsc::channel();
        let mut child = std::mem::replace(&mut self.child, Command::new("true").spawn().unwrap());
        std::thread::spawn(move || done.send(child.wait().unwrap().code()));
        ended.recv_timeout(patience).ok().flatten()
    }

    /// What "Meta" was asked since the process began; nothing, if it does not run any more.
    fn asked_of_meta(&self) -> Vec<Value> {
        if self.setting.unjudged || std::thread::panicking() {
            return vec![];
        }
        self.runtime.block_on(async {
            let url = format!("{}/sandbox/api/requests", self.base);
            let Ok(response) = self.client.get(url).timeout(READY).send().await else { return vec![] };
            let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
            body["requests"].as_array().cloned().unwrap_or_default()
        })
    }

    /// Everything the process left on disk.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, None)
    }

    pub fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call("POST", path, Some(body))
    }

    /// One request; a body that is not JSON is `null`.
    pub fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.call_with(method, path, &[("content-type", "application/json")], body)
    }

    /// One request with these headers.
    pub fn call_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> (u16, Value) {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, url).timeout(Duration::from_secs(60));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            let bytes = response.bytes().await.unwrap();
            (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
        })
    }

    /// Waits until nothing is left to do by now.
    pub fn settle(&self) {
        let (status, body) = self.post("/sandbox/api/settle", json!({}));
        assert_eq!(status, 200, "the world does not settle: {body}");
    }

    /// Moves the clock; what falls due on the way is done.
    pub fn advance(&self, span: &str) {
        let (status, body) = self.post("/sandbox/api/clock", json!({ "advance": span }));
        assert_eq!(status, 200, "the clock does not move: {body}");
    }

    /// Scripts a misbehaviour.
    pub fn fault(&self, side: &str, matching: &str, fault: &str, times: u32) {
        let body = json!({ "side": side, "match": matching, "fault": fault, "times": times });
        let (status, body) = self.post("/sandbox/api/faults", body);
        assert!(status < 300, "{status} {body}");
    }

    /// All messages misbehave no more.
    pub fn clear_faults(&self) {
        self.call("DELETE", "/sandbox/api/faults", None);
    }

    /// Puts the embedded EHR into a mood.
    pub fn mood(&self, mood: &str) {
        let (status, body) = self.post("/sandbox/api/moods", json!({ "mood": mood, "on": true }));
        assert_eq!(status, 200, "{mood}: {body}");
    }

    /// The embedded EHR is itself again.
    pub fn calm(&self) {
        assert_eq!(self.call("DELETE", "/sandbox/api/moods", None).0, 200);
    }

    /// The FHIR base behind the gateway.
    pub fn fhir(&self) -> String {
        self.setting.ehr.clone().unwrap_or_else(|| format!("{}/sandbox/fhir", self.base))
    }

    /// Resources of a search, all pages.
    pub fn resources(&self, search: &str) -> Vec<Value> {
        let mut url = format!("{}/{search}", self.fhir());
        let mut found = Vec::new();
        loop {
            let (status, page) = self.get(&url);
            assert_eq!(status, 200, "{page}");
            for entry in page["entry"].as_array().unwrap_or(&Vec::new()) {
                found.push(entry["resource"].clone());
            }
            let next = page["link"].as_array().and_then(|links| {
                links.iter().find(|link| link["relation"] == "next")?["url"].as_str().map(str::to_owned)
            });
            match next {
                Some(next) => url = next,
                None => return found,
            }
        }
    }

    /// Somebody's phone.
    pub fn phone(&self, from: &str) -> Phone<'_> {
        Phone { world: self, from: from.to_owned(), to: None, seen: std::cell::Cell::new(0) }
    }

    /// The same, at another clinic's number.
    pub fn phone_at(&self, from: &str, to: &str) -> Phone<'_> {
        Phone { to: Some(to.to_owned()), ..self.phone(from) }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let asked = self.asked_of_meta();
        let _ = self.child.kill();
        let _ = self.child.wait();
        contract::judge(&asked);
    }
}

fn launch(dir: &Path, setting: &Setting) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wasl"));
    command.args(["sandbox", "--port", "0", "--data"]).arg(dir);
    if let Some(url) = &setting.database {
        command.args(["--database", url]);
    }
    if let Some(url) = &setting.ehr {
        command.args(["--ehr", url]);
    }
    command.envs(setting.env.iter().cloned());
    let log = std::fs::OpenOptions::new().create(true).append(true).open(dir.join("gateway.log")).unwrap();
    let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let (found, ready) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if let Some(url) = line.strip_prefix("Wasl sandbox ready: ") {
                let _ = found.send(url.trim_end_matches("/sandbox").to_owned());
            }
        }
    });
    let base = ready.recv_timeout(READY).unwrap_or_else(|_| {
        let log = std::fs::read_to_string(dir.join("gateway.log")).unwrap_or_default();
        panic!("the sandbox did not become ready; its log:\n{log}")
    });
    (child, base)
}

/// A phone in somebody's hand.
pub struct Phone<'a> {
    world: &'a World,
    from: String,
    to: Option<String>,
    seen: std::cell::Cell<i64>,
}

impl Phone<'_> {
    /// Types a text and waits for what comes back.
    pub fn says(&self, text: &str) -> Message {
        self.send(json!({ "text": text }));
        self.answer()
    }

    /// Taps what reads `label` in `message` and waits for what comes back.
    pub fn taps(&self, message: &Message, label: &str) -> Message {
        self.tap_only(message, label);
        self.answer()
    }

    /// Taps without waiting.
    pub fn tap_only(&self, message: &Message, label: &str) {
        let id = message.option(label);
        self.send(json!({ "tap": id }));
    }

    /// Taps an id, whatever it is.
    pub fn taps_id(&self, id: &str) -> Message {
        self.send(json!({ "tap": id }));
        self.answer()
    }

    /// Sends a raw Cloud API message.
    pub fn raw(&self, raw: Value) {
        self.send(json!({ "raw": raw }));
    }

    /// Sends without waiting.
    pub fn send(&self, mut body: Value) {
        body["from"] = json!(self.from);
        if let Some(to) = &self.to {
            body["to"] = json!(to);
        }
        let (status, answer) = self.world.post("/sandbox/api/say", body);
        assert_eq!(status, 202, "{answer}");
    }

    /// The one message that came since the last look.
    pub fn answer(&self) -> Message {
        self.world.settle();
        let mut news = self.news();
        assert_eq!(news.len(), 1, "one message a turn, but: {:#?}", texts(&news));
        news.remove(0)
    }

    /// The next message, while others may still wait for theirs.
    pub fn arrives(&self) -> Message {
        for _ in 0..20_000 {
            if let Some(message) = self.news().into_iter().next() {
                return message;
            }
            std::thread::yield_now();
        }
        panic!("no message came");
    }

    /// Silence since the last look.
    pub fn hears_nothing(&self) {
        self.world.settle();
        let news = self.news();
        assert!(news.is_empty(), "silence, but: {:#?}", texts(&news));
    }

    /// Everything that came since the last look.
    pub fn news(&self) -> Vec<Message> {
        let from = self.from.replace('+', "%2B");
        let after = self.seen.get();
        let (status, body) = self.world.get(&format!("/sandbox/api/messages?from={from}&after={after}"));
        assert_eq!(status, 200, "{body}");
        self.seen.set(body["next"].as_i64().unwrap_or(after));
        body["messages"].as_array().unwrap().iter().cloned().map(Message).collect()
    }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(Message::text).collect()
}

/// A message as "Meta" received it.
#[derive(Clone, Debug)]
pub struct Message(pub Value);

impl Message {
    /// The text, without the isolation marks around its values.
    pub fn text(&self) -> String {
        let body = &self.0["body"];
        let text = match body["type"].as_str() {
            Some("text") => body["text"]["body"].as_str().unwrap_or_default().to_owned(),
            Some("interactive") => {
                body["interactive"]["body"]["text"].as_str().unwrap_or_default().to_owned()
            }
            _ => body["template"].to_string(),
        };
        plain(&text)
    }

    /// Titles and ids of what can be tapped, in order.
    pub fn options(&self) -> Vec<(String, String)> {
        let action = &self.0["body"]["interactive"]["action"];
        let mut options = Vec::new();
        for button in action["buttons"].as_array().unwrap_or(&Vec::new()) {
            options.push(pair(&button["reply"]));
        }
        for section in action["sections"].as_array().unwrap_or(&Vec::new()) {
            options.extend(section["rows"].as_array().unwrap().iter().map(pair));
        }
        for component in self.0["body"]["template"]["components"].as_array().unwrap_or(&Vec::new()) {
            if let Some(payload) = component["parameters"][0]["payload"].as_str() {
                options.push((format!("quick reply {}", component["index"]), payload.to_owned()));
            }
        }
        options
    }

    /// What can be tapped as it is read: title, and description where there is one.
    pub fn rows(&self) -> Vec<String> {
        let action = &self.0["body"]["interactive"]["action"];
        let sections = action["sections"].as_array().cloned().unwrap_or_default();
        let rows =
            sections.iter().flat_map(|section| section["rows"].as_array().cloned().unwrap_or_default());
        let described = |row: Value| match row["description"].as_str() {
            Some(about) => format!("{} · {about}", row["title"].as_str().unwrap()),
            None => row["title"].as_str().unwrap().to_owned(),
        };
        let rows: Vec<String> = rows.map(described).map(|row| plain(&row)).collect();
        if rows.is_empty() { self.labels() } else { rows }
    }

    /// Titles of what can be tapped.
    pub fn labels(&self) -> Vec<String> {
        self.options().into_iter().map(|(label, _)| label).collect()
    }

    /// The id behind a title; the n-th time is `#n`.
    pub fn option(&self, label: &str) -> String {
        let options = self.options();
        let found = match label.strip_prefix('#') {
            Some(n) => options.get(n.parse::<usize>().unwrap()),
            None => options.iter().find(|(title, _)| title == label),
        };
        found.unwrap_or_else(|| panic!("no {label:?} in {:?}\n{}", self.labels(), self.text())).1.clone()
    }
}

fn pair(item: &Value) -> (String, String) {
    (plain(item["title"].as_str().unwrap()), item["id"].as_str().unwrap().to_owned())
}

/// Without isolation marks.
pub fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
