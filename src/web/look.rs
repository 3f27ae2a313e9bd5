//! How pages look, and the headers they have in common.

use crate::domain::clinic::Locale;
use crate::seal::sha256;
use crate::web::texts::Texts;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use minijinja::{Environment, State, UndefinedBehavior, Value, context};
use std::sync::Arc;

const TEMPLATES: [(&str, &str); 3] = [
    ("page.html", include_str!("../../templates/page.html")),
    ("identify.html", include_str!("../../templates/identify.html")),
    ("answer.html", include_str!("../../templates/answer.html")),
];
const SHEETS: [&str; 2] =
    [include_str!("../../templates/wasl.css"), include_str!("../../templates/page.css")];

/// Templates and style.
pub struct Look {
    environment: Environment<'static>,
    sheet: String,
    policy: String,
}

/// How a page begins.
#[derive(Clone, Debug)]
pub struct View {
    /// Its language.
    pub locale: Locale,
    /// The language that is a tap away.
    pub other: Option<Locale>,
    /// The clinic; empty on a page for nobody in particular.
    pub house: String,
}

/// A page that says one thing and asks nothing.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// The text: its first line large, the rest below.
    pub id: &'static str,
    /// The icon beside it.
    pub icon: &'static str,
    /// Its tone: `ok`, or none.
    pub tone: &'static str,
}

impl Look {
    /// Reads the templates.
    ///
    /// # Errors
    /// One does not parse.
    pub fn load(texts: Arc<Texts>) -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        for (name, part) in [("t", whole as Part), ("first", first as Part), ("rest", rest as Part)] {
            let texts = Arc::clone(&texts);
            environment.add_function(name, move |state: &State<'_, '_>, id: String| {
                part(&texts.text(language(state), &id))
            });
        }
        let sheet = SHEETS.concat();
        let hash = data_encoding::BASE64.encode(&sha256(sheet.as_bytes()));
        // Nothing from elsewhere, no script; the one style by its hash, the one form to where it came from.
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'"
        );
        Ok(Self { environment, sheet, policy })
    }

    /// A page that says one thing.
    pub fn answer(&self, view: &View, answer: Answer) -> HttpResponse {
        let Answer { status, id, icon, tone } = answer;
        let values = context! { title => id, answer => context! { id, icon, tone } };
        self.page(view, status, "answer.html", values)
    }

    /// A page.
    pub fn page(&self, view: &View, status: StatusCode, template: &str, values: Value) -> HttpResponse {
        let other = view.other.map(|other| {
            context! { lang => other.code(), dir => direction(other), name => own_name(other) }
        });
        let common = context! {
            lang => view.locale.code(),
            dir => direction(view.locale),
            house => view.house.as_str(),
            css => self.sheet.as_str(),
            other,
        };
        let rendered = self
            .environment
            .get_template(template)
            .and_then(|template| template.render(context! { ..values, ..common }));
        match rendered {
            Ok(body) => self.guarded(status).content_type("text/html; charset=utf-8").body(body),
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                self.guarded(StatusCode::INTERNAL_SERVER_ERROR).finish()
            }
        }
    }

    /// A response with the headers that all have.
    pub fn guarded(&self, status: StatusCode) -> actix_web::HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        for (name, value) in [
            ("content-security-policy", self.policy.as_str()),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex, nofollow"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ] {
            response.insert_header((name, value));
        }
        response
    }
}

type Part = fn(&str) -> String;

fn whole(text: &str) -> String {
    text.to_owned()
}

/// The first line, as a heading has it.
fn first(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn rest(text: &str) -> String {
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

fn language(state: &State<'_, '_>) -> Locale {
    let lang = state.lookup("lang");
    lang.as_ref().and_then(Value::as_str).and_then(Locale::parse).unwrap_or(Locale::Ar)
}

const fn direction(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "rtl",
        Locale::En => "ltr",
    }
}

const fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "العربية",
        Locale::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_know_no_left_and_right() {
        for sheet in SHEETS {
            for line in sheet.lines() {
                for part in line.split(['{', ';', '}']).map(str::trim) {
                    let property = part.split(':').next().unwrap_or_default();
                    for physical in ["left", "right", "width", "height", "top", "bottom"] {
                        let named = property == physical
                            || property.ends_with(&format!("-{physical}"))
                            || property.starts_with(&format!("{physical}-"));
                        let logical = ["line-height", "stroke-width"].contains(&property);
                        assert!(!named || logical || property.starts_with('@'), "{part}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_template_has_a_style_or_a_script_of_its_own() {
        for (name, source) in TEMPLATES {
            assert!(
                !source.contains("style=") && !source.contains("<script") && !source.contains(" on"),
                "{name}"
            );
        }
    }
}
