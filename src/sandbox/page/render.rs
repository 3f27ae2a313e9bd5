//! The templates, and what they may call: `t(key, …)` for a text in the language of the context, `n(number)`,
//! `icon(name)`.

use crate::sandbox::page::scene::Ask;
use crate::sandbox::page::texts::Lang;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{Environment, Error, State, Value, context};
use std::sync::LazyLock;

/// Every template by its name.
pub const TEMPLATES: [(&str, &str); 12] = [
    ("page.html", include_str!("html/page.html")),
    ("icons.html", include_str!("html/icons.html")),
    ("line.html", include_str!("html/line.html")),
    ("who.html", include_str!("html/who.html")),
    ("now.html", include_str!("html/now.html")),
    ("due.html", include_str!("html/due.html")),
    ("faults.html", include_str!("html/faults.html")),
    ("strip.html", include_str!("html/strip.html")),
    ("lead.html", include_str!("html/lead.html")),
    ("ehr.html", include_str!("html/ehr.html")),
    ("db.html", include_str!("html/db.html")),
    ("wire.html", include_str!("html/wire.html")),
];

/// Icons that point somewhere: they turn round in a right-to-left page.
const FLIP: [&str; 6] = ["list", "reply", "send", "leave", "merge", "wire"];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    for (name, source) in TEMPLATES {
        // A template that does not parse does not pass the tests.
        let _ = environment.add_template(name, source);
    }
    environment.add_function("t", text);
    environment.add_function("n", number);
    environment.add_function("icon", icon);
    environment
});

fn language(state: &State<'_, '_>) -> Lang {
    let code = state.lookup("lang").map(|it| it.to_string());
    code.and_then(|code| Lang::of(&code)).unwrap_or(Lang::Ar)
}

fn text(state: &State<'_, '_>, key: &str, values: Kwargs) -> Result<String, Error> {
    let mut given = vec![];
    for name in values.args() {
        given.push((name, values.get::<Value>(name)?.to_string()));
    }
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(language(state).filled(key, &given))
}

fn number(state: &State<'_, '_>, n: &Value) -> String {
    language(state).number(n)
}

fn icon(name: &str) -> Value {
    let class = if FLIP.contains(&name) { "ico flip" } else { "ico" };
    let svg = format!("<svg class=\"{class}\" aria-hidden=\"true\"><use href=\"#{name}\"/></svg>");
    Value::from_safe_string(svg)
}

/// Something serializable for a template.
pub fn value(it: &impl serde::Serialize) -> Value {
    Value::from(Serde(it))
}

/// Fills a template.
///
/// # Errors
/// The template is broken; a build with such a one does not pass its tests.
pub fn fill(template: &str, values: Value) -> Result<String, Error> {
    ENVIRONMENT.get_template(template)?.render(values)
}

/// A line of a chat; `ask` are the hidden fields of its forms.
///
/// # Errors
/// The template is broken.
pub fn line(view: &serde_json::Value, lang: Lang, ask: &Ask) -> Result<String, Error> {
    let m = value(view);
    let html = view["html"].as_str().unwrap_or_default();
    fill(
        "line.html",
        context! { m, body => Value::from_safe_string(html.to_owned()), lang => lang.code(), ask => value(ask) },
    )
}
