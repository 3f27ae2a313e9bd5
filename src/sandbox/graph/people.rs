//! Who writes to a number, and how webhooks name them. Since April 2026 everybody has a business-scoped user id
//! (Meta: business-scoped-user-ids), whether or not their number is shown.

use serde_json::{Value, json};

/// Countries of the demo by calling code; anybody else comes from XX, which ISO 3166 gives to nobody.
const COUNTRIES: [(&str, &str); 2] = [("966", "SA"), ("212", "MA")];

/// Who sends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sender {
    /// Digits with country code.
    pub phone: Option<String>,
    /// Business-scoped user id.
    pub bsuid: Option<String>,
}

impl Sender {
    /// Somebody known by one address. A number has the BSUID that Meta would have made up for it.
    pub fn at(address: &str) -> Self {
        if address.contains('.') {
            return Self { phone: None, bsuid: Some(address.to_owned()) };
        }
        let country = COUNTRIES.iter().find(|(code, _)| address.starts_with(code)).map_or("XX", |(_, it)| it);
        Self { phone: Some(address.to_owned()), bsuid: Some(format!("{country}.9{address:0>15}")) }
    }

    /// Somebody as a journal keeps them.
    pub fn read(line: &Value) -> Self {
        let text = |name: &str| line[name].as_str().map(str::to_owned);
        Self { phone: text("phone"), bsuid: text("bsuid") }
    }

    /// Every address they have.
    pub fn addresses(&self) -> impl Iterator<Item = &String> {
        self.phone.iter().chain(&self.bsuid)
    }

    /// The address Meta prefers: the number, where it is shown.
    pub fn address(&self) -> String {
        self.addresses().next().cloned().unwrap_or_default()
    }

    /// Names the sender in a message.
    pub fn sign(&self, message: &mut Value) {
        if let Some(phone) = &self.phone {
            message["from"] = json!(phone);
        }
        if let Some(bsuid) = &self.bsuid {
            message["from_user_id"] = json!(bsuid);
        }
    }

    /// The `contacts[]` entry of a webhook. Members that do not apply are absent, not empty.
    pub fn contact(&self) -> Value {
        let mut contact = json!({ "profile": { "name": "Demo" } });
        if let Some(phone) = &self.phone {
            contact["wa_id"] = json!(phone);
        }
        if let Some(bsuid) = &self.bsuid {
            contact["user_id"] = json!(bsuid);
        }
        contact
    }
}
