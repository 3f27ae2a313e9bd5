//! Text that JSON forbids but the field has seen: a name or caption cut in the middle of an emoji leaves half a
//! surrogate pair (`\ud83d`) or half a UTF-8 sequence. One such caption must not cost the whole batch.

/// The length of `\uXXXX`.
const ESCAPE: usize = 6;
const REPLACEMENT: &[u8] = br"\ufffd";

/// The body with every broken character replaced by U+FFFD; all else byte for byte.
pub(super) fn repaired(body: &[u8]) -> Vec<u8> {
    let body = String::from_utf8_lossy(body);
    let mut rest = body.as_bytes();
    let mut out = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let (read, written) = step(rest);
        out.extend_from_slice(written);
        rest = &rest[read..];
    }
    out
}

/// How many bytes the next piece takes, and what stands for it.
fn step(rest: &[u8]) -> (usize, &[u8]) {
    match (unit(rest), rest.get(ESCAPE..).and_then(unit)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (2 * ESCAPE, &rest[..2 * ESCAPE]),
        (Some(0xD800..=0xDFFF), _) => (ESCAPE, REPLACEMENT),
        _ if rest[0] == b'\\' => verbatim(rest, 2),
        _ => verbatim(rest, rest.iter().position(|byte| *byte == b'\\').unwrap_or(rest.len())),
    }
}

fn verbatim(rest: &[u8], len: usize) -> (usize, &[u8]) {
    let len = len.min(rest.len());
    (len, &rest[..len])
}

/// The UTF-16 unit of the `\uXXXX` at the start.
fn unit(rest: &[u8]) -> Option<u16> {
    let hex = rest.strip_prefix(br"\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::repaired;
    use rstest::rstest;

    #[rstest]
    #[case::whole_pair(br#""\ud83d\udc4d""#, br#""\ud83d\udc4d""#)]
    #[case::half_at_the_end(br#""Asha \ud83d""#, br#""Asha \ufffd""#)]
    #[case::second_half_alone(br#""\udc4d!""#, br#""\ufffd!""#)]
    #[case::half_before_a_whole(br#""\ud83d\ud83d\udc4d""#, br#""\ufffd\ud83d\udc4d""#)]
    #[case::a_backslash_then_letters(br#""\\ud83d""#, br#""\\ud83d""#)]
    #[case::cut_bytes(b"\"\xF0\x9F\x91\"", "\"\u{FFFD}\"".as_bytes())]
    #[case::lone_backslash(br"\", br"\")]
    #[case::cut_escape(br"\ud8", br"\ud8")]
    #[case::nothing(b"", b"")]
    fn only_broken_characters_change(#[case] body: &[u8], #[case] expected: &[u8]) {
        assert_eq!(repaired(body), expected);
    }
}
