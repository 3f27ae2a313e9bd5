//! Seeds a real FHIR server with the demo world, once.

use crate::clock::Moment;
use crate::sandbox::world;
use serde_json::{Value, json};
use std::time::Duration;

/// Resources in one transaction: Medplum takes no more than 50 updates (`@medplum/fhir-router` 4.5.2).
const BATCH: usize = 50;
/// How long one transaction may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Puts the demo world onto the server at `base`, unless it is there already; `report` hears how far it got.
///
/// # Errors
/// What the server said.
pub async fn external(base: &str, start: Moment, report: impl Fn(usize, usize)) -> Result<(), String> {
    let client = reqwest::Client::new();
    let last = format!("{base}/Patient/demo-seeded");
    let known = client.get(&last).timeout(TIMEOUT).send().await.map_err(|_| unreachable(base))?;
    if known.status().is_success() {
        return Ok(());
    }
    let mut all = world::resources(start);
    // The mark comes last: a seeding that was cut off is done again.
    all.push(json!({ "resourceType": "Patient", "id": "demo-seeded", "active": false }));
    let total = all.len();
    for (nth, batch) in all.chunks(BATCH).enumerate() {
        send(&client, base, batch).await?;
        report((nth * BATCH + batch.len()).min(total), total);
    }
    Ok(())
}

async fn send(client: &reqwest::Client, base: &str, batch: &[Value]) -> Result<(), String> {
    let entries: Vec<Value> = batch
        .iter()
        .map(|resource| {
            let kind = resource["resourceType"].as_str().unwrap_or_default();
            let url = format!("{kind}/{}", resource["id"].as_str().unwrap_or_default());
            json!({ "resource": resource, "request": { "method": "PUT", "url": url } })
        })
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
    let response = client
        .post(base)
        .timeout(TIMEOUT)
        .header("content-type", "application/fhir+json")
        .body(bundle.to_string())
        .send()
        .await
        .map_err(|_| unreachable(base))?;
    if response.status().is_success() {
        return Ok(());
    }
    Err(format!("{base} refused the demo world with status {}", response.status()))
}

fn unreachable(base: &str) -> String {
    format!("{base} cannot be reached; is it a FHIR R4 base URL?")
}
