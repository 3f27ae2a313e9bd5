//! What the gateway is measured against and with: a handler that only reads the body, and a "Meta" and an EHR that
//! answer at once and keep nothing.

use actix_web::web::{Bytes, Path, ServiceConfig, get, post, route};
use actix_web::{App, HttpResponse, HttpServer};
use serde_json::json;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs the server of a role until the process is ended.
pub fn run(role: &str) {
    let routes = match role {
        "empty" => empty,
        "world" => world,
        other => panic!("no role {other}"),
    };
    let server = HttpServer::new(move || App::new().configure(routes)).bind("127.0.0.1:0").unwrap();
    println!("{}", server.addrs()[0].port());
    std::io::stdout().flush().unwrap();
    actix_web::rt::System::new().block_on(server.run()).unwrap();
}

fn empty(config: &mut ServiceConfig) {
    config.route("/webhooks/whatsapp", post().to(|_: Bytes| async { HttpResponse::Ok().finish() }));
}

fn world(config: &mut ServiceConfig) {
    config
        .route("/graph/{version}/{number}/messages", post().to(taken))
        .route("/fhir/metadata", get().to(|| async { HttpResponse::Ok().json(json!({})) }))
        .route("/fhir/{kind}", get().to(found))
        .default_service(route().to(HttpResponse::NotFound));
}

async fn taken(_: Bytes) -> HttpResponse {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("wamid.{}", NEXT.fetch_add(1, Ordering::Relaxed));
    HttpResponse::Ok().json(json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] }))
}

/// One patient for every number, none of anything else.
async fn found(kind: Path<String>, request: actix_web::HttpRequest) -> HttpResponse {
    let digits: String = request.query_string().chars().filter(char::is_ascii_digit).collect();
    let patient = json!({ "fullUrl": "x", "resource": {
        "resourceType": "Patient", "id": format!("p{digits}"), "active": true, "birthDate": "1990-01-01",
        "telecom": [{ "system": "phone", "value": format!("+{digits}") }],
    }});
    let entry = if *kind == "Patient" { json!([patient]) } else { json!([]) };
    HttpResponse::Ok()
        .content_type("application/fhir+json")
        .body(json!({ "resourceType": "Bundle", "type": "searchset", "entry": entry }).to_string())
}
