//! Message templates: what may be said at any time, in words that Meta approved (Meta: templates/*).

use crate::phi::Phi;
use crate::wire::whatsapp::limits::{self, LimitBroken};
use serde_json::{Value, json};

/// An approved template with its values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    name: String,
    language: String,
    parameters: Vec<(String, Phi<String>)>,
    payloads: Vec<Phi<String>>,
}

impl Template {
    /// `language` is the exact code it was approved under (`en` is not `en_US`: 132001). `parameters` are named as in
    /// its text and none may be empty or hold a line break, a tab or four blanks in a row; together they are at most
    /// 1024 characters, and Meta checks the rendered text against the same limit (132005). `payloads` belong to its
    /// quick replies, in their order, each 1 to 128 characters.
    pub fn new(
        name: String,
        language: String,
        parameters: Vec<(String, Phi<String>)>,
        payloads: Vec<Phi<String>>,
    ) -> Result<Self, LimitBroken> {
        named("template names that are not of a-z 0-9 _", &name)?;
        limits::fits("characters in a template name", limits::TEMPLATE_NAME, &name)?;
        limits::never("languages that are no code such as ar or en_US", !is_language(&language))?;
        check_parameters(&parameters)?;
        check_payloads(&payloads)?;
        Ok(Self { name, language, parameters, payloads })
    }

    pub(super) fn json(&self) -> Value {
        let mut template = json!({ "name": self.name, "language": { "code": self.language } });
        let components: Vec<Value> = self.body().into_iter().chain(self.buttons()).collect();
        if !components.is_empty() {
            template["components"] = json!(components);
        }
        template
    }

    fn body(&self) -> Option<Value> {
        let one = |(name, value): &(String, Phi<String>)| json!({ "type": "text", "parameter_name": name, "text": value.reveal() });
        let parameters: Vec<Value> = self.parameters.iter().map(one).collect();
        (!parameters.is_empty()).then(|| json!({ "type": "body", "parameters": parameters }))
    }

    fn buttons(&self) -> impl Iterator<Item = Value> {
        self.payloads.iter().enumerate().map(|(index, payload)| {
            json!({
                "type": "button", "sub_type": "quick_reply", "index": index.to_string(),
                "parameters": [{ "type": "payload", "payload": payload.reveal() }],
            })
        })
    }
}

fn check_parameters(parameters: &[(String, Phi<String>)]) -> Result<(), LimitBroken> {
    for (name, value) in parameters {
        named("parameter names that are not of a-z 0-9 _", name)?;
        limits::visible("empty template parameters", value.reveal())?;
        limits::one_line("line breaks or tabs in a template parameter", value.reveal())?;
        limits::at_most("blanks in a row in a template parameter", limits::BLANKS, blanks(value.reveal()))?;
    }
    limits::distinct("repeated parameter names", parameters.iter().map(|(name, _)| name.as_str()))?;
    let total = parameters.iter().map(|(_, value)| value.reveal().encode_utf16().count()).sum();
    limits::at_most("characters in all template parameters", limits::TEMPLATE_BODY, total)
}

fn check_payloads(payloads: &[Phi<String>]) -> Result<(), LimitBroken> {
    limits::at_most("template buttons", limits::TEMPLATE_BUTTONS, payloads.len())?;
    for payload in payloads {
        limits::trimmed("payloads that are empty or begin or end with a blank", payload.reveal())?;
        limits::fits("characters in a payload", limits::PAYLOAD, payload.reveal())?;
    }
    Ok(())
}

fn named(what: &'static str, name: &str) -> Result<(), LimitBroken> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    limits::never(what, name.is_empty() || !name.bytes().all(plain))
}

/// `ar`, `en_US`, `fil`, `zh_Hant_HK`: what Meta's list of languages looks like.
fn is_language(code: &str) -> bool {
    let letters = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    code.split('_').all(letters)
}

/// The longest run of blanks.
fn blanks(text: &str) -> usize {
    text.split(|c: char| !c.is_whitespace()).map(|run| run.chars().count()).max().unwrap_or(0)
}
