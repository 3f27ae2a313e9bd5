//! What Meta accepts, as named constants, and the one error for what it would not.
//!
//! Meta counts "characters" without saying which; UTF-16 code units are the strictest of the usual three
//! (a letter with its vowel sign is two, an emoji two or more), so what passes here passes there.

/// `text.body` (Meta: messages/text-messages; OpenAPI v23 `TextMessage.body`).
pub const TEXT_BODY: usize = 4096;
/// `interactive.body.text` of buttons and lists (OpenAPI v23 `BodyObject`). Meta's page on lists says 4096;
/// sources differ, so the smaller one holds.
pub const INTERACTIVE_BODY: usize = 1024;
/// `interactive.footer.text` (Meta: messages/interactive-reply-buttons-messages).
pub const FOOTER: usize = 60;
/// Reply buttons in one message (same).
pub const BUTTONS: usize = 3;
/// Title of a reply button (same).
pub const BUTTON_TITLE: usize = 20;
/// Id of a reply button (same).
pub const BUTTON_ID: usize = 256;
/// Address of a link button (Meta: templates/components names 2000 for templates; the strictest there is).
pub const URL: usize = 2000;
/// Label that opens a list (Meta: messages/interactive-list-messages).
pub const LIST_BUTTON: usize = 20;
/// Sections of a list (same).
pub const SECTIONS: usize = 10;
/// Title of a section, needed when there is more than one (same).
pub const SECTION_TITLE: usize = 24;
/// Rows of a list, over all sections (same).
pub const ROWS: usize = 10;
/// Id of a row (same).
pub const ROW_ID: usize = 200;
/// Title of a row (same).
pub const ROW_TITLE: usize = 24;
/// Description of a row (same).
pub const ROW_DESCRIPTION: usize = 72;
/// Name of a template, of `a-z 0-9 _` (Meta: templates/components).
pub const TEMPLATE_NAME: usize = 512;
/// The rendered body of a template (Meta: templates/components, error 132005), hence all its parameters together.
pub const TEMPLATE_BODY: usize = 1024;
/// Buttons of a template (Meta: templates/components).
pub const TEMPLATE_BUTTONS: usize = 10;
/// Payload of a template's quick reply. Meta states none; the on-premises API had 128.
pub const PAYLOAD: usize = 128;
/// Blanks in a row that a template parameter may hold: Meta refuses "more than four", clients report four.
pub const BLANKS: usize = 3;
/// `biz_opaque_callback_data` (OpenAPI v23).
pub const CALLBACK: usize = 512;
/// Digits of a phone number with its country code (ITU-T E.164 §6.2.1).
pub const PHONE_MAX: usize = 15;
/// Fewer digits than any number with a country code has.
pub const PHONE_MIN: usize = 5;
/// The part of a BSUID after its country code (Meta: business-scoped-user-ids).
pub const BSUID_TAIL: usize = 128;

/// A message that Meta would refuse. Names the part and the numbers, never the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("WhatsApp would refuse the message: {what}: at most {limit}, found {actual}")]
pub struct LimitBroken {
    /// What was counted, such as "characters in a button title".
    pub what: &'static str,
    /// The largest count that is accepted. 0 for what may not occur at all.
    pub limit: usize,
    /// What was found.
    pub actual: usize,
}

/// Refuses a count above its limit.
pub(super) const fn at_most(what: &'static str, limit: usize, actual: usize) -> Result<(), LimitBroken> {
    if actual > limit { Err(LimitBroken { what, limit, actual }) } else { Ok(()) }
}

/// Refuses what may not occur.
pub(super) const fn never(what: &'static str, found: bool) -> Result<(), LimitBroken> {
    at_most(what, 0, found as usize)
}

/// Refuses more than `limit` UTF-16 code units.
pub(super) fn fits(what: &'static str, limit: usize, text: &str) -> Result<(), LimitBroken> {
    at_most(what, limit, text.encode_utf16().count())
}

/// Refuses text in which nothing can be seen.
pub(super) fn visible(what: &'static str, text: &str) -> Result<(), LimitBroken> {
    never(what, text.chars().all(is_blank))
}

/// Refuses line breaks and other control characters: labels are one line.
pub(super) fn one_line(what: &'static str, text: &str) -> Result<(), LimitBroken> {
    at_most(what, 0, text.chars().filter(|c| is_break(*c)).count())
}

/// Refuses blanks at either end of an id (Meta: "no leading/trailing spaces") and an empty id.
pub(super) fn trimmed(what: &'static str, id: &str) -> Result<(), LimitBroken> {
    never(what, id.is_empty() || id.trim() != id)
}

/// Refuses the second of two equal texts.
pub(super) fn distinct<'a>(
    what: &'static str,
    texts: impl Iterator<Item = &'a str>,
) -> Result<(), LimitBroken> {
    let mut seen = std::collections::HashSet::new();
    at_most(what, 0, texts.filter(|text| !seen.insert(text.trim())).count())
}

/// Digits of a phone number with its country code, without `+`.
pub(super) fn is_phone(digits: &str) -> bool {
    (PHONE_MIN..=PHONE_MAX).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A business-scoped user id: `CC.` or `CC.ENT.`, then alphanumerics (Meta: business-scoped-user-ids).
pub(super) fn is_bsuid(text: &str) -> bool {
    let Some((country, tail)) = text.split_once('.') else { return false };
    let tail = tail.strip_prefix("ENT.").unwrap_or(tail);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=BSUID_TAIL).contains(&tail.len())
        && tail.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// White space, and the marks that only steer direction or joining.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Control characters and Unicode's line and paragraph separators.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{LimitBroken, fits, is_bsuid, is_phone, visible};
    use rstest::rstest;

    #[rstest]
    #[case::latin("abcd", 4)]
    #[case::arabic("موعد", 4)]
    #[case::vowel_sign("مَ", 2)]
    #[case::emoji("👍", 2)]
    #[case::family("👨‍👩‍👧", 8)]
    fn letters_are_counted_as_utf16_units(#[case] text: &str, #[case] units: usize) {
        assert_eq!(fits("x", units, text), Ok(()));
        let broken = LimitBroken { what: "x", limit: units - 1, actual: units };
        assert_eq!(fits("x", units - 1, text), Err(broken));
    }

    #[rstest]
    #[case("US.13490000000000000001", true)]
    #[case("SA.ENT.11815799212886844830", true)]
    #[case("MA.a1B2", true)]
    #[case("US.", false)]
    #[case("US.ENT.", false)]
    #[case("us.123", false)]
    #[case("USA.123", false)]
    #[case("US.12 3", false)]
    #[case("16505551234", false)]
    #[case("ÜS.1", false)]
    fn a_bsuid_is_told_from_the_rest(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_bsuid(text), is);
    }

    #[rstest]
    #[case("966500000001", true)]
    #[case("123456789012345", true)]
    #[case("1234567890123456", false)]
    #[case("1234", false)]
    #[case("+966500000001", false)]
    #[case("٩٦٦٥٠٠٠٠٠٠٠١", false)]
    #[case("US.123456789", false)]
    fn a_phone_is_ascii_digits(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_phone(text), is);
    }

    #[test]
    fn marks_alone_are_nothing_to_see() {
        assert!(visible("x", " \u{2068}\u{2069}\n").is_err());
        assert!(visible("x", "\u{2068}د\u{2069}").is_ok());
    }

    #[test]
    fn the_error_names_the_part_and_the_numbers() {
        let error = LimitBroken { what: "characters in a button title", limit: 20, actual: 31 };
        assert_eq!(
            error.to_string(),
            "WhatsApp would refuse the message: characters in a button title: at most 20, found 31"
        );
    }
}
