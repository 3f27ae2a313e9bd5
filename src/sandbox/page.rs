//! The phone page.

use actix_web::web::ServiceConfig;

/// Mounts the page.
pub fn routes(_config: &mut ServiceConfig) {}
