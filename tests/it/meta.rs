//! "Meta" in a test's own hands: webhooks signed as Meta signs them, what it thinks of the account, what it was asked.

use crate::world::World;
use serde_json::{Value, json};
use wasl::wire::whatsapp::signature;

/// The first clinic's number.
pub const NUMBER: &str = "106540000000001";

/// Delivers a body as Meta would; answers the gateway's status.
pub fn webhook(world: &World, body: &[u8]) -> u16 {
    let secret = world.get("/sandbox/api/world").1["whatsapp"]["app_secret"].as_str().unwrap().to_owned();
    let request = reqwest::Client::new()
        .post(format!("{}/webhooks/whatsapp", world.base()))
        .header(signature::HEADER, signature::sign(secret.as_bytes(), body))
        .header("content-type", "application/json")
        .body(body.to_vec());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { request.send().await.unwrap().status().as_u16() })
}

/// A webhook of the field `messages`.
pub fn said(messages: Value, contacts: Value) -> Vec<u8> {
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550001111", "phone_number_id": NUMBER },
        "contacts": contacts,
        "messages": messages,
    });
    json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "102290000000001", "changes": [{ "field": "messages", "value": value }] }] })
    .to_string()
    .into_bytes()
}

/// A webhook of any field.
pub fn notice(world: &World, field: &str, value: Value) {
    let (status, answer) = world.post("/sandbox/api/notice", json!({ "field": field, "value": value }));
    assert_eq!(status, 202, "{answer}");
}

/// What "Meta" thinks of the account from now on.
pub fn thinks(world: &World, told: Value) {
    let (status, answer) = world.post("/sandbox/api/meta", told);
    assert_eq!(status, 200, "{answer}");
}

/// One delivery status.
pub fn status(world: &World, wamid: &str, status: &str, code: Option<u32>) {
    let errors = code.map(|code| json!([{ "code": code, "title": "x" }]));
    let body = json!({ "wamid": wamid, "status": status, "errors": errors });
    let (status, answer) = world.post("/sandbox/api/status", body);
    assert_eq!(status, 202, "{answer}");
    world.settle();
}

/// What "Meta" was asked at an edge of the first number, such as `calls`.
pub fn asked(world: &World, edge: &str) -> Vec<Value> {
    let requests = world.get("/sandbox/api/requests").1;
    let path = format!("/{NUMBER}/{edge}");
    let mut found: Vec<Value> = requests["requests"].as_array().unwrap().clone();
    found.retain(|request| request["path"].as_str().unwrap().ends_with(&path));
    found.into_iter().map(|request| request["body"].clone()).collect()
}

/// The lines of the gateway's figures that begin with a name.
pub fn figures(world: &World, name: &str) -> Vec<String> {
    let internal = world.get("/sandbox/api/world").1["urls"]["internal"].as_str().unwrap().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let text = runtime
        .block_on(async { reqwest::get(format!("{internal}/metrics")).await.unwrap().text().await.unwrap() });
    text.lines().filter(|line| line.starts_with(name)).map(str::to_owned).collect()
}

/// An alarm's figure.
pub fn alarm(world: &World, what: &str) -> String {
    let lines = figures(world, &format!("wasl_alarms{{what=\"{what}\"}}"));
    lines[0].rsplit(' ').next().unwrap().to_owned()
}

/// The same story on SQLite, and on PostgreSQL where `tests/run` has one.
pub fn everywhere() -> Vec<World> {
    let postgres = crate::real::postgres();
    let setting = |url| crate::world::Setting { database: Some(url), ..Default::default() };
    std::iter::once(World::start()).chain(postgres.map(setting).map(World::with)).collect()
}

/// The world's clock, in Unix seconds.
pub fn now(world: &World) -> i64 {
    let now = world.get("/sandbox/api/world").1["now"].as_str().unwrap().to_owned();
    now.parse::<wasl::clock::Moment>().unwrap().timestamp()
}

/// Open work items of a kind, by the words staff read.
pub fn work(world: &World, code: &str) -> Vec<Value> {
    let mut tasks = world.resources("Task?status=requested");
    tasks.retain(|task| task["code"]["text"] == code);
    tasks
}

/// Staff are done with a work item.
pub fn completed(world: &World, mut task: Value) {
    task["status"] = json!("completed");
    let url = format!("{}/Task/{}", world.fhir(), task["id"].as_str().unwrap());
    let (status, answer) = world.call("PUT", &url, Some(task));
    assert_eq!(status, 200, "{answer}");
}
