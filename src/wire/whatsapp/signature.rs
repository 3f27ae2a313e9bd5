//! `X-Hub-Signature-256`: HMAC-SHA-256 of the raw request body, keyed with the app secret
//! (Meta: webhooks/create-webhook-endpoint).

use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;

/// The header Meta signs with. Its SHA-1 ancestor `X-Hub-Signature` is ignored.
pub const HEADER: &str = "X-Hub-Signature-256";

const SCHEME: &str = "sha256=";
/// SHA-256 in hexadecimal.
const HEX_LEN: usize = 64;

/// Whether `header` is the signature of `body` under any of `secrets` (current and previous, so that the app secret
/// can be rotated without a gap). `body` must be the bytes as received: Meta escapes non-ASCII, and writing the JSON
/// anew changes them. The header must be exactly `sha256=` and 64 lower-case hexadecimal digits; digests are compared
/// in constant time. An empty secret never matches, since anybody could sign with it.
pub fn verify(secrets: &[&[u8]], header: Option<&str>, body: &[u8]) -> bool {
    let Some(digest) = header.and_then(digest) else { return false };
    secrets.iter().filter(|secret| !secret.is_empty()).any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        hmac::verify(&key, body, &digest).is_ok()
    })
}

/// The header value Meta would send for `body`. The twin signs with it.
pub fn sign(secret: &[u8], body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    format!("{SCHEME}{}", HEXLOWER.encode(hmac::sign(&key, body).as_ref()))
}

fn digest(header: &str) -> Option<Vec<u8>> {
    let hex = header.strip_prefix(SCHEME).filter(|hex| hex.len() == HEX_LEN)?;
    HEXLOWER.decode(hex.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::{sign, verify};
    use rstest::rstest;

    const SECRET: &[u8] = b"test_app_secret";
    const BODY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","messages":[{"id":"wamid.T1","type":"text","text":{"body":"Jos\u00e9 @ caf\u00e9"}}]}}]}]}"#;
    const HEX: &str = "6a7e2b9f9485ce45915bbe735ca81781dfde5f0a9afe6247b2aef1be46285847";

    #[test]
    fn the_known_vector_holds() {
        assert_eq!(BODY.len(), 218);
        assert_eq!(sign(SECRET, BODY), format!("sha256={HEX}"));
        assert!(verify(&[SECRET], Some(&format!("sha256={HEX}")), BODY));
    }

    #[test]
    fn either_secret_will_do_while_the_app_secret_is_rotated() {
        let header = sign(SECRET, BODY);
        assert!(verify(&[b"new", SECRET], Some(&header), BODY));
        assert!(verify(&[SECRET, b"old"], Some(&header), BODY));
        assert!(!verify(&[b"new", b"old"], Some(&header), BODY));
    }

    #[test]
    fn no_secret_or_an_empty_one_lets_nobody_in() {
        let header = sign(SECRET, BODY);
        assert!(!verify(&[], Some(&header), BODY));
        assert!(!verify(&[b""], Some(&header), BODY));
        let forged = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
        assert!(!verify(&[b""], Some(forged), b""), "HMAC of nothing under the empty key");
    }

    #[rstest]
    #[case::missing(None)]
    #[case::empty(Some(String::new()))]
    #[case::no_scheme(Some(HEX.to_owned()))]
    #[case::sha1(Some(format!("sha1={HEX}")))]
    #[case::scheme_in_capitals(Some(format!("SHA256={HEX}")))]
    #[case::digits_in_capitals(Some(format!("sha256={}", HEX.to_uppercase())))]
    #[case::one_digit_short(Some(format!("sha256={}", &HEX[1..])))]
    #[case::one_digit_more(Some(format!("sha256={HEX}0")))]
    #[case::blank_before(Some(format!("sha256= {}", &HEX[1..])))]
    #[case::no_hexadecimal(Some(format!("sha256={}z", &HEX[1..])))]
    #[case::another_digest(Some(format!("sha256={}8", &HEX[..63])))]
    fn anything_else_is_refused(#[case] header: Option<String>) {
        assert!(!verify(&[SECRET], header.as_deref(), BODY));
    }

    #[test]
    fn one_changed_byte_is_refused() {
        let header = sign(SECRET, BODY);
        let mut body = BODY.to_vec();
        body[100] ^= 1;
        assert!(!verify(&[SECRET], Some(&header), &body));
        assert!(!verify(&[SECRET], Some(&header), &BODY[1..]));
    }
}
