//! Message text as WhatsApp shows it: bold, italic, struck, fixed width, lists; addresses are shown, never linked.

/// The signs that mark text, and what they become.
const MARKS: [(char, &str); 4] = [('*', "b"), ('_', "i"), ('~', "s"), ('`', "code")];
/// Fewer digits are not taken for a telephone number.
const PHONE: usize = 7;

/// A text as safe HTML: a paragraph for each block, a break for each line.
pub fn html(text: &str) -> String {
    let mut paragraphs = vec![];
    for block in text.trim().split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<String> = block.lines().map(line).collect();
        paragraphs.push(format!("<p>{}</p>", lines.join("<br>")));
    }
    paragraphs.concat()
}

fn line(text: &str) -> String {
    match text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        Some(item) => format!("• {}", marked(item)),
        None => marked(text),
    }
}

/// The first pair of marks and what is around it; marks inside are read too.
fn marked(text: &str) -> String {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (n, (from, c)) in chars.iter().enumerate() {
        let Some((_, tag)) = MARKS.iter().find(|(mark, _)| mark == c) else { continue };
        let opens = n == 0 || !chars[n - 1].1.is_alphanumeric();
        let Some(to) = opens.then(|| closing(&chars, n, *c)).flatten() else { continue };
        let inner = &text[from + 1..to];
        let inner = if *tag == "code" { plain(inner) } else { marked(inner) };
        return format!("{}<{tag}>{inner}</{tag}>{}", plain(&text[..*from]), marked(&text[to + 1..]));
    }
    plain(text)
}

/// Where the pair that opens at `n` closes: beside text, before a blank or a sign.
fn closing(chars: &[(usize, char)], n: usize, mark: char) -> Option<usize> {
    if chars.get(n + 1).is_none_or(|(_, next)| next.is_whitespace() || *next == mark) {
        return None;
    }
    (n + 2..chars.len()).find_map(|at| {
        let after = chars.get(at + 1).is_none_or(|(_, next)| !next.is_alphanumeric());
        (chars[at].1 == mark && !chars[at - 1].1.is_whitespace() && after).then_some(chars[at].0)
    })
}

/// Escaped, with addresses and telephone numbers isolated from the direction of the text around them.
fn plain(text: &str) -> String {
    let words: Vec<String> =
        text.split(' ')
            .map(|word| {
                if isolated(word) {
                    format!("<bdi dir=\"ltr\">{}</bdi>", escaped(word))
                } else {
                    escaped(word)
                }
            })
            .collect();
    words.join(" ")
}

fn isolated(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let phone = word.starts_with('+') && digits >= PHONE;
    phone || word.starts_with("https://") || word.starts_with("http://")
}

/// Text that is safe between tags and in quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a *b* c", "<p>a <b>b</b> c</p>")]
    #[case("*تم الحجز.* شكرا", "<p><b>تم الحجز.</b> شكرا</p>")]
    #[case("*_x_*", "<p><b><i>x</i></b></p>")]
    #[case("~no~ `*raw*`", "<p><s>no</s> <code>*raw*</code></p>")]
    #[case("2*3*4 and snake_case_name", "<p>2*3*4 and snake_case_name</p>")]
    #[case("* not bold *", "<p>• not bold *</p>")]
    #[case("**", "<p>**</p>")]
    #[case("a\nb\n\nc", "<p>a<br>b</p><p>c</p>")]
    #[case("- one\n- two", "<p>• one<br>• two</p>")]
    #[case(
        "<script>alert(1)</script> & \"x\"",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>"
    )]
    #[case(
        "see https://a.example/?x=1&y=2",
        "<p>see <bdi dir=\"ltr\">https://a.example/?x=1&amp;y=2</bdi></p>"
    )]
    #[case("اتصل +966110000000 الآن", "<p>اتصل <bdi dir=\"ltr\">+966110000000</bdi> الآن</p>")]
    #[case("+5 and", "<p>+5 and</p>")]
    #[case("  \n ", "")]
    fn as_whatsapp_shows_it(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(html(text), expected);
    }
}
