//! Templates, as Meta has approved them.

use super::check::{Refused, refused, required};
use serde_json::Value;

/// A template by name, with its languages and named parameters.
pub type Approved = (String, Vec<String>, Vec<String>);

const COUNT: u32 = 132_000;
/// No such template, or not in this language (Cloud API error 132001).
pub(super) const UNKNOWN: u32 = 132_001;
const TEXT: u32 = 132_018;

pub(super) fn check(it: &Value, templates: &[Approved]) -> Result<(), Refused> {
    let name = it["name"].as_str().unwrap_or_default();
    let language = it["language"]["code"].as_str().unwrap_or_default().to_owned();
    let Some((_, languages, parameters)) = templates.iter().find(|(known, _, _)| known == name) else {
        return refused(UNKNOWN, "no such template");
    };
    if !languages.contains(&language) {
        return refused(UNKNOWN, "no such language");
    }
    let components = it["components"].as_array().cloned().unwrap_or_default();
    // Clients write BODY and body; Meta takes both.
    let is = |component: &Value, kind: &str| {
        component["type"].as_str().is_some_and(|it| it.eq_ignore_ascii_case(kind))
    };
    let body = components.iter().find(|component| is(component, "body"));
    let given = body.map_or(vec![], |body| body["parameters"].as_array().cloned().unwrap_or_default());
    named(&given, parameters)?;
    for component in components.iter().filter(|component| is(component, "button")) {
        required(&component["parameters"][0]["payload"], "quick reply payload", 128)?;
    }
    Ok(())
}

fn named(given: &[Value], parameters: &[String]) -> Result<(), Refused> {
    let mut names: Vec<&str> = given.iter().filter_map(|it| it["parameter_name"].as_str()).collect();
    let mut wanted: Vec<&str> = parameters.iter().map(String::as_str).collect();
    names.sort_unstable();
    wanted.sort_unstable();
    if names != wanted {
        return refused(COUNT, format!("parameters {names:?}, expected {wanted:?}"));
    }
    for parameter in given {
        let text = parameter["text"].as_str().unwrap_or_default();
        if text.is_empty() || text.contains(['\n', '\t']) || text.contains("     ") {
            return refused(TEXT, "a parameter is empty, or has a line break, a tab or five blanks");
        }
    }
    Ok(())
}
