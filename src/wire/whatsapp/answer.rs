//! What Graph answers to `POST /{phone_number_id}/messages`.

use crate::phi::Phi;
use crate::wire::whatsapp::errors::{self, Action};
use crate::wire::whatsapp::json;
use serde_json::Value;

/// Meta took the message. That is not delivery: only statuses tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The id that statuses will carry.
    pub wamid: Phi<String>,
    /// The recipient's digits as WhatsApp knows them, which may differ from what we sent to (Brazil, Mexico,
    /// Argentina). Absent when sent to a BSUID.
    pub wa_id: Option<Phi<String>>,
    /// Meta holds a template back for its quality (`held_for_quality_assessment`, `paused`); it may still fail
    /// with 132015.
    pub held: bool,
}

/// Meta refused, or something on the way did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GraphError {
    /// Meta's code. `None`: the body is no Graph error (a proxy's page, a cut answer), so after a 5xx or an
    /// unreadable 2xx nobody knows whether the message went out.
    pub code: Option<u32>,
    /// Meta's subcode; on its way out.
    pub subcode: Option<u32>,
    /// Meta itself says that a later try may succeed (`is_transient`).
    pub transient: bool,
    /// The HTTP status it came with.
    pub http_status: u16,
}

impl GraphError {
    /// The token is not accepted: whatever is sent, nothing will be taken (Meta: error-codes, 0, 104, 190).
    pub fn is_unauthenticated(&self) -> bool {
        matches!(self.code, Some(0 | 104 | 190)) || (self.code.is_none() && self.http_status == 401)
    }

    /// What to do about it: by code, else by Meta's own hint, else by the HTTP status.
    pub fn action(&self) -> Action {
        match (self.code.and_then(errors::find), self.transient) {
            (Some(rule), _) => rule.action,
            (None, true) => Action::Retry,
            (None, false) => errors::rule(self.code, Some(self.http_status)),
        }
    }
}

/// Reads the body of a 2xx answer; `None` if it names no message.
pub fn accepted(body: &[u8]) -> Option<Accepted> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let status = json::word(&answer, "/messages/0/message_status");
    Some(Accepted {
        wamid: json::phi(&answer, "/messages/0/id")?,
        wa_id: json::phone(&answer, "/contacts/0/wa_id"),
        held: matches!(status, Some("held_for_quality_assessment" | "paused")),
    })
}

/// Reads the body of any other answer. Its texts are dropped, since they may quote the request.
pub fn refused(http_status: u16, body: &[u8]) -> GraphError {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    GraphError {
        code: json::code(&answer, "/error/code"),
        subcode: json::code(&answer, "/error/error_subcode"),
        transient: json::flag(&answer, "/error/is_transient"),
        http_status,
    }
}

#[cfg(test)]
mod tests {
    use super::{Accepted, GraphError, accepted, refused};
    use crate::phi::Phi;
    use crate::wire::whatsapp::errors::Action;
    use crate::wire::whatsapp::fixtures;
    use rstest::rstest;

    #[test]
    fn every_answer_of_metas_reads_as_its_status_says() {
        let answers = fixtures::folder("answers");
        assert_eq!(answers.len(), 14);
        for (name, body) in answers {
            let status: u16 = name[..3].parse().unwrap();
            let taken = status == 200 && !name.contains("typing");
            assert_eq!(accepted(&body).is_some(), taken, "{name}");
            assert_eq!(refused(status, &body).code.is_some(), status >= 400, "{name}");
        }
    }

    #[test]
    fn an_accepted_message_has_its_id_and_number() {
        let answer = accepted(&fixtures::bytes("answers/200_Example_response.json")).unwrap();
        let wamid = Phi::from("wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJCOTY3NDc0NDFDRUI3NTA0Q0UA".to_owned());
        let wa_id = Some(Phi::from("16505551234".to_owned()));
        assert_eq!(answer, Accepted { wamid, wa_id, held: false });
    }

    #[rstest]
    #[case::to_a_bsuid(
        r#"{"contacts":[{"input":"US.1","user_id":"US.1"}],"messages":[{"id":"wamid.1"}]}"#,
        None,
        false
    )]
    #[case::template(
        r#"{"contacts":[{"input":"1","wa_id":"15552223333"}],"messages":[{"id":"wamid.1","message_status":"accepted"}]}"#,
        Some("15552223333"),
        false
    )]
    #[case::paced(
        r#"{"messages":[{"id":"wamid.1","message_status":"held_for_quality_assessment"}]}"#,
        None,
        true
    )]
    #[case::paused(r#"{"messages":[{"id":"wamid.1","message_status":"paused"}]}"#, None, true)]
    fn acceptance_takes_several_shapes(#[case] body: &str, #[case] wa_id: Option<&str>, #[case] held: bool) {
        let answer = accepted(body.as_bytes()).unwrap();
        assert_eq!(answer.wamid.reveal(), "wamid.1");
        assert_eq!(answer.wa_id, wa_id.map(|id| Phi::new(id.to_owned())));
        assert_eq!(answer.held, held);
    }

    #[rstest]
    #[case::empty("")]
    #[case::html("<html>502</html>")]
    #[case::no_message(r#"{"messages":[]}"#)]
    #[case::empty_id(r#"{"messages":[{"id":""}]}"#)]
    #[case::an_error(r#"{"error":{"code":131000}}"#)]
    fn what_names_no_message_is_no_acceptance(#[case] body: &str) {
        assert_eq!(accepted(body.as_bytes()), None);
    }

    #[rstest]
    #[case::token(
        401,
        "401_post_Version_Phone_Number_ID_messages_encrypted_Invalid_Access_Token",
        Action::Alarm
    )]
    #[case::permission(403, "403_get_Version_Message_History_ID_events_example", Action::Alarm)]
    #[case::odd_code_403(
        403,
        "403_post_Version_Phone_Number_ID_messages_encrypted_Insufficient_Permissions",
        Action::Alarm
    )]
    #[case::odd_code_400(
        400,
        "400_post_Version_Phone_Number_ID_messages_encrypted_Invalid_JWE_Token",
        Action::Bug
    )]
    #[case::app_limit(429, "429_get_Version_Message_History_ID_events_example", Action::SlowDown)]
    #[case::user_limit(429, "429_get_Version_Phone_Number_ID_user_rate_limit", Action::SlowDown)]
    #[case::no_token(401, "401_get_Version_Phone_Number_ID_missing_token", Action::Alarm)]
    #[case::down(
        500,
        "500_post_Version_Phone_Number_ID_messages_encrypted_Internal_Server_Error",
        Action::Retry
    )]
    fn metas_own_errors_find_their_action(#[case] status: u16, #[case] file: &str, #[case] action: Action) {
        let body = fixtures::bytes(&format!("answers/{file}.json"));
        assert_eq!(refused(status, &body).action(), action);
    }

    #[test]
    fn an_error_keeps_its_numbers_and_drops_its_words() {
        let body = br#"{"error":{"message":"(#131026) to +15552223333","code":131026,"error_subcode":2494010,"is_transient":false}}"#;
        let error = refused(400, body);
        let expected =
            GraphError { code: Some(131026), subcode: Some(2_494_010), transient: false, http_status: 400 };
        assert_eq!(error, expected);
        assert!(!format!("{error:?}").contains("15552223333"));
    }

    #[rstest]
    #[case::html(502, "<html>Bad Gateway</html>", Action::Retry)]
    #[case::cut(500, r#"{"error":{"co"#, Action::Retry)]
    #[case::unknown_code(400, r#"{"error":{"code":999999}}"#, Action::Bug)]
    #[case::unknown_but_transient(400, r#"{"error":{"code":999999,"is_transient":true}}"#, Action::Retry)]
    #[case::known_beats_the_hint(401, r#"{"error":{"code":190,"is_transient":true}}"#, Action::Alarm)]
    #[case::code_as_text(400, r#"{"error":{"code":"131047"}}"#, Action::Retemplate)]
    #[case::negative_code(400, r#"{"error":{"code":-1}}"#, Action::Bug)]
    fn odd_refusals_still_get_an_action(#[case] status: u16, #[case] body: &str, #[case] action: Action) {
        assert_eq!(refused(status, body.as_bytes()).action(), action);
    }
}
