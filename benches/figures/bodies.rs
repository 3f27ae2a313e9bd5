//! Webhooks as Meta sends them, signed, each about a message of its own.

use std::sync::atomic::{AtomicU64, Ordering};
use wasl::wire::whatsapp::signature;

/// The app secret of every gateway here.
pub const SECRET: &str = "bench-app-secret";

/// The id of the n-th business number.
pub fn number(n: usize) -> String {
    format!("1065400000{n:05}")
}

/// The n-th person; none of the sandbox's own.
pub fn phone(n: usize) -> String {
    format!("96655{n:07}")
}

/// One message of a person to a number; `content` is the message object without id, sender and time.
pub fn webhook(person: &str, number: &str, content: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290000000001","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550001111","phone_number_id":"{number}"}},"contacts":[{{"profile":{{"name":"Asha"}},"wa_id":"{person}","user_id":"SA.9{person:0>15}"}}],"messages":[{{"from":"{person}","from_user_id":"SA.9{person:0>15}","id":"wamid.HBgMOTY2NTAwMDAwMDAxFQIAEhgUM0E{id:016}","timestamp":"{now}",{content}}}]}},"field":"messages"}}]}}]}}"#
    )
}

/// `content` of a typed text.
pub fn text(body: &str) -> String {
    format!(r#""type":"text","text":{{"body":"{body}"}}"#)
}

/// The whole request for a body, with its signature.
pub fn request(body: &str) -> Vec<u8> {
    let signature = signature::sign(SECRET.as_bytes(), body.as_bytes());
    format!(
        "POST /webhooks/whatsapp HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: facebookexternalua\r\n\
         content-type: application/json\r\nx-hub-signature-256: {signature}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// `count` signed requests: texts of `people` to `numbers` numbers, everybody in turn.
pub fn texts(count: usize, people: usize, numbers: usize) -> Vec<Vec<u8>> {
    let one = |n: usize| request(&webhook(&phone(n % people), &number(n % people % numbers), &text("hello")));
    (0..count).map(one).collect()
}
