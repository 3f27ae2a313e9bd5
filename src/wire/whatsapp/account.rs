//! What Graph says of the account: the access token (`GET /debug_token`), a number, its templates.

use crate::clock::Moment;
use crate::wire::whatsapp::json;
use chrono::Duration;
use serde_json::Value;

/// The permission without which nothing can be sent.
const MESSAGING: &str = "whatsapp_business_messaging";

/// An access token (Facebook Login: debug_token).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Meta accepts it.
    pub valid: bool,
    /// When it ends; `None`: never, as is right for a system user's.
    pub expires: Option<Moment>,
    /// It may send messages.
    pub may_send: bool,
}

/// What is wrong with a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenTrouble {
    /// It is not accepted any more.
    Invalid,
    /// It may not send messages.
    MayNotSend,
    /// It will soon not be accepted any more.
    Ends(Moment),
}

/// A token that ends within this time is a fault already: somebody must get another one.
pub const TOKEN_NOTICE: Duration = Duration::days(7);

impl Token {
    /// Reads the answer; `None` if it is none.
    pub fn read(body: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let valid = answer.pointer("/data/is_valid")?.as_bool()?;
        let never = |at: &Moment| at.timestamp() == 0;
        let ends = ["/data/expires_at", "/data/data_access_expires_at"];
        Some(Self {
            valid,
            expires: ends.iter().filter_map(|at| json::moment(&answer, at)).filter(|at| !never(at)).min(),
            may_send: json::items(&answer, "/data/scopes").iter().any(|scope| scope == MESSAGING),
        })
    }

    /// What is wrong with it.
    pub fn trouble(&self, now: Moment) -> Option<TokenTrouble> {
        if !self.valid {
            return Some(TokenTrouble::Invalid);
        }
        if !self.may_send {
            return Some(TokenTrouble::MayNotSend);
        }
        self.expires.filter(|at| *at - now <= TOKEN_NOTICE).map(TokenTrouble::Ends)
    }
}

/// How patients see a number, and whether Meta lets it send (Meta: support/health-status).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// The number people see, in digits.
    pub display: Option<String>,
    /// GREEN, YELLOW, RED or UNKNOWN.
    pub quality: String,
    /// AVAILABLE, LIMITED or BLOCKED, where Meta says it.
    pub can_send: Option<String>,
}

/// The fields that [`Number::read`] reads.
pub const NUMBER_FIELDS: &str = "display_phone_number,quality_rating,health_status";

impl Number {
    /// Reads the answer; `None` if it is none.
    pub fn read(body: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        json::text(&answer, "/id")?;
        let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect();
        Some(Self {
            display: json::text(&answer, "/display_phone_number").map(digits),
            quality: json::name(&answer, "/quality_rating").unwrap_or_else(|| "UNKNOWN".to_owned()),
            can_send: json::name(&answer, "/health_status/can_send_message"),
        })
    }

    /// People complain about it: Meta will soon let it send less.
    pub fn is_disliked(&self) -> bool {
        matches!(self.quality.as_str(), "YELLOW" | "RED")
    }

    /// Meta lets it send less, or nothing.
    pub fn is_held_back(&self) -> bool {
        self.can_send.as_deref().is_some_and(|word| word != "AVAILABLE")
    }
}

/// A message template as Meta has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// Meta has approved it, and not paused or disabled it since.
    pub approved: bool,
    /// It still is a utility template: another category has another price, and other rules.
    pub utility: bool,
}

/// A page of templates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Templates {
    /// Those on this page.
    pub listed: Vec<Listed>,
    /// The cursor of the next page.
    pub after: Option<String>,
}

/// The fields that [`Templates::read`] reads.
pub const TEMPLATE_FIELDS: &str = "name,language,status,category";

impl Templates {
    /// Reads the answer; `None` if it is none.
    pub fn read(body: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        answer.get("data")?.as_array()?;
        let one = |item: &Value| {
            Some(Listed {
                name: json::name(item, "/name")?,
                language: json::name(item, "/language")?,
                approved: json::word(item, "/status") == Some("APPROVED"),
                utility: json::word(item, "/category") == Some("UTILITY"),
            })
        };
        let more = answer.pointer("/paging/next").is_some();
        Some(Self {
            listed: json::items(&answer, "/data").iter().filter_map(one).collect(),
            after: json::text(&answer, "/paging/cursors/after").filter(|_| more),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;
    use rstest::rstest;
    use serde_json::json;

    const NOW: i64 = 1_790_000_000;

    fn token(expires: i64, valid: bool, scopes: &[&str]) -> Token {
        let data = json!({ "is_valid": valid, "expires_at": expires, "data_access_expires_at": 0, "scopes": scopes });
        Token::read(json!({ "data": data }).to_string().as_bytes()).unwrap()
    }

    #[rstest]
    #[case::for_ever(0, true, &[MESSAGING], None)]
    #[case::long(NOW + 8 * 86_400, true, &["public_profile", MESSAGING], None)]
    #[case::soon(NOW + 6 * 86_400, true, &[MESSAGING], Some(TokenTrouble::Ends(from_millis((NOW + 6 * 86_400) * 1_000))))]
    #[case::over(NOW - 1, false, &[MESSAGING], Some(TokenTrouble::Invalid))]
    #[case::wrong(0, true, &["whatsapp_business_management"], Some(TokenTrouble::MayNotSend))]
    fn a_token_is_judged_a_week_ahead(
        #[case] expires: i64,
        #[case] valid: bool,
        #[case] scopes: &[&str],
        #[case] trouble: Option<TokenTrouble>,
    ) {
        assert_eq!(token(expires, valid, scopes).trouble(from_millis(NOW * 1_000)), trouble);
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in ["", "[]", r#"{"error":{"code":190}}"#, r#"{"data":{}}"#] {
            assert_eq!(Token::read(body.as_bytes()), None, "{body}");
            assert_eq!(Number::read(body.as_bytes()), None, "{body}");
            assert_eq!(Templates::read(body.as_bytes()), None, "{body}");
        }
    }

    #[rstest]
    #[case::fine(json!({ "quality_rating": "GREEN", "health_status": { "can_send_message": "AVAILABLE" } }), false, false)]
    #[case::new(json!({ "quality_rating": "UNKNOWN" }), false, false)]
    #[case::complaints(json!({ "quality_rating": "YELLOW" }), true, false)]
    #[case::blocked(json!({ "quality_rating": "GREEN", "health_status": { "can_send_message": "BLOCKED" } }), false, true)]
    fn a_number_says_how_it_stands(#[case] mut fields: Value, #[case] disliked: bool, #[case] held: bool) {
        fields["id"] = json!("106540000000001");
        fields["display_phone_number"] = json!("+1 555-000-1111");
        let number = Number::read(fields.to_string().as_bytes()).unwrap();
        assert_eq!(number.display.as_deref(), Some("15550001111"));
        assert_eq!((number.is_disliked(), number.is_held_back()), (disliked, held));
    }

    #[test]
    fn templates_come_in_pages() {
        let one = json!({ "name": "a", "language": "en", "status": "APPROVED", "category": "UTILITY" });
        let two = json!({ "name": "b", "language": "ar", "status": "PAUSED", "category": "MARKETING" });
        let page =
            json!({ "data": [one, two, 7], "paging": { "cursors": { "after": "X" }, "next": "https://…" } });
        let read = Templates::read(page.to_string().as_bytes()).unwrap();
        let states: Vec<_> =
            read.listed.iter().map(|it| (it.name.as_str(), it.approved, it.utility)).collect();
        assert_eq!(
            (states, read.after.as_deref()),
            (vec![("a", true, true), ("b", false, false)], Some("X"))
        );
        let last = json!({ "data": [], "paging": { "cursors": { "after": "Y" } } });
        assert_eq!(Templates::read(last.to_string().as_bytes()).unwrap().after, None);
    }
}
