//! Health and metrics, on the internal listener.

use crate::engine::Engine;
use actix_web::HttpResponse;
use actix_web::web::{Data, ServiceConfig, get};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Asks one part whether it is ready; `Err` says what is wrong.
pub type Probe = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>>>> + Send + Sync>;

/// What the probes look at.
pub struct Probes {
    /// The engine.
    pub engine: Engine,
    /// Where metrics are rendered.
    pub metrics: PrometheusHandle,
    /// The parts that must be ready, by name.
    pub parts: Vec<(&'static str, Probe)>,
}

/// Mounts the probes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/health/live", get().to(|| async { HttpResponse::Ok().json(json!({ "live": true })) }))
        .route("/health/ready", get().to(ready))
        .route("/metrics", get().to(metrics));
}

async fn ready(probes: Data<Probes>) -> HttpResponse {
    let mut parts = serde_json::Map::new();
    let mut all = true;
    for (name, probe) in &probes.parts {
        let state = probe().await;
        all &= state.is_ok();
        parts.insert((*name).to_owned(), json!(state.err().unwrap_or_else(|| "ready".to_owned())));
    }
    let body = json!({ "ready": all, "parts": parts });
    if all { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}

async fn metrics(probes: Data<Probes>) -> HttpResponse {
    if let Ok(load) = probes.engine.load().await {
        #[expect(clippy::cast_precision_loss, reason = "gauges are floats; counts of rows fit")]
        {
            metrics::gauge!("wasl_lanes_due").set(load.lanes as f64);
            metrics::gauge!("wasl_free_effects_due").set(load.free as f64);
        }
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(probes.metrics.render())
}
