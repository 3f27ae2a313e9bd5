//! Somebody between the gateway and an EHR, who does things at the very moment a request arrives: the only way to lose
//! a race on purpose against a server that nobody can script.

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::{Bytes, Data, PayloadConfig, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;
use std::collections::VecDeque;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What is done once, to one request.
#[derive(Clone, Debug, Default)]
pub struct Meddle {
    /// Just before it arrives, the first resource of a search, or the one of a path, is given these members.
    pub edit: Option<(String, Value)>,
    /// And this resource is put.
    pub put: Option<Value>,
    /// It is answered, and the answer never arrives.
    pub lose: bool,
}

impl Meddle {
    /// Somebody edits a resource at this very moment.
    pub fn edit(find: &str, set: Value) -> Self {
        Self { edit: Some((find.to_owned(), set)), ..Self::default() }
    }

    /// The answer is lost.
    pub fn lose() -> Self {
        Self { lose: true, ..Self::default() }
    }
}

/// A running go-between.
pub struct Between {
    base: String,
    scripts: Scripts,
    server: actix_web::dev::ServerHandle,
}

type Scripts = Arc<Mutex<VecDeque<(String, Meddle)>>>;

#[derive(Clone)]
struct Far {
    target: String,
    client: reqwest::Client,
    scripts: Scripts,
}

impl Between {
    /// Between the gateway and the FHIR server at `target`.
    pub fn and(target: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/fhir", listener.local_addr().unwrap());
        let scripts = Scripts::default();
        let far = Far { target: target.to_owned(), client: crate::world::client(), scripts: scripts.clone() };
        let (send, handle) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    let far = Data::new(far.clone());
                    App::new().app_data(far).app_data(PayloadConfig::new(16 << 20)).default_service(to(pass))
                };
                let server =
                    HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { base, scripts, server: handle.recv().unwrap() }
    }

    /// Its own base URL.
    pub fn base(&self) -> String {
        self.base.clone()
    }

    /// Does this to the next request of that method and path below the base (`POST /` is a transaction).
    pub fn once(&self, request: &str, meddle: Meddle) {
        self.scripts.lock().unwrap().push_back((request.to_owned(), meddle));
    }

    /// Everything that was to be done was done.
    pub fn is_done(&self) -> bool {
        self.scripts.lock().unwrap().is_empty()
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        // The promise of its end is not waited for: the process ends soon.
        drop(self.server.stop(false));
    }
}

async fn pass(far: Data<Far>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let path = request.uri().path_and_query().map_or("", |it| it.as_str()).trim_start_matches("/fhir");
    let plain = path.split('?').next().unwrap_or_default();
    let name = format!("{} {}", request.method(), if plain.is_empty() { "/" } else { plain });
    let meddle = far.take(&name);
    let meddle = meddle.unwrap_or_default();
    if let Some((find, set)) = &meddle.edit {
        far.edit(find, set).await;
    }
    if let Some(resource) = &meddle.put {
        far.put(resource).await;
    }
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap();
    let mut forward = far.client.request(method, format!("{}{path}", far.target)).body(body);
    for name in ["content-type", "accept", "if-match", "if-none-exist", "cache-control"] {
        if let Some(value) = request.headers().get(name) {
            forward = forward.header(name, value.to_str().unwrap());
        }
    }
    let answer = forward.send().await.unwrap();
    let mut response = HttpResponse::build(answer.status().as_u16().try_into().unwrap());
    for name in ["content-type", "etag", "location"] {
        if let Some(value) = answer.headers().get(name) {
            response.insert_header((name, value.to_str().unwrap()));
        }
    }
    let body = answer.bytes().await.unwrap();
    if meddle.lose { response.body(Broken) } else { response.body(body) }
}

impl Far {
    fn take(&self, name: &str) -> Option<Meddle> {
        let mut scripts = self.scripts.lock().unwrap();
        let at = scripts.iter().position(|(wanted, _)| wanted == name)?;
        scripts.remove(at).map(|(_, meddle)| meddle)
    }

    async fn edit(&self, find: &str, set: &Value) {
        let found = self.client.get(format!("{}/{find}", self.target)).send().await.unwrap();
        let found: Value = serde_json::from_slice(&found.bytes().await.unwrap()).unwrap();
        let bundled = found["entry"][0]["resource"].clone();
        let mut resource = if found["resourceType"] == "Bundle" { bundled } else { found };
        for (member, value) in set.as_object().unwrap() {
            resource[member] = value.clone();
        }
        self.put(&resource).await;
    }

    async fn put(&self, resource: &Value) {
        let name = |member: &str| resource[member].as_str().unwrap().to_owned();
        let url = format!("{}/{}/{}", self.target, name("resourceType"), name("id"));
        let request = self.client.put(url).header("content-type", "application/fhir+json");
        let status = request.body(resource.to_string()).send().await.unwrap().status();
        assert!(status.is_success(), "{status}");
    }
}

/// A body that breaks off before its first byte.
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
