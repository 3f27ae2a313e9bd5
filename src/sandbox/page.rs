//! The phone page at `/sandbox`: one page, one style sheet, one script, all embedded. Its only source is the script
//! interface beside it.

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get};

const HTML: &str = include_str!("page/phone.html");
const SHEET: &str = include_str!("page/wasl.css");
const CSS: &str = include_str!("page/phone.css");
const SCRIPT: &str = include_str!("page/phone.js");

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Mounts the page.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sandbox", get().to(|| async { file("text/html; charset=utf-8", HTML) }))
        .route("/sandbox/wasl.css", get().to(|| async { file("text/css; charset=utf-8", SHEET) }))
        .route("/sandbox/phone.css", get().to(|| async { file("text/css; charset=utf-8", CSS) }))
        .route("/sandbox/phone.js", get().to(|| async { file("text/javascript; charset=utf-8", SCRIPT) }));
}

fn file(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("content-security-policy", POLICY))
        .insert_header(("x-content-type-options", "nosniff"))
        .insert_header(("referrer-policy", "no-referrer"))
        .insert_header(("cache-control", "no-store"))
        .body(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_small_and_comes_from_nowhere_else() {
        assert!(HTML.len() + SHEET.len() + CSS.len() + SCRIPT.len() < 50_000);
        for text in [HTML, SHEET, CSS, SCRIPT] {
            assert!(!text.contains("http://") && !text.contains("https://"), "no address of elsewhere");
        }
        assert!(!HTML.contains("<style") && !HTML.contains(" style=") && !HTML.contains("onclick"));
    }

    #[test]
    fn right_to_left_costs_nothing_because_properties_are_logical() {
        let physical = [
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            "border-left",
            "border-right",
            "text-align: left",
            "text-align: right",
            " left:",
            " right:",
            " width:",
            " height:",
            "float: left",
            "min-width:",
            "max-height:",
        ];
        for (n, line) in CSS.lines().enumerate().filter(|(_, line)| !line.contains("@media")) {
            for word in physical {
                assert!(!line.contains(word), "phone.css:{}: {word}", n + 1);
            }
        }
    }
}
