//! Sheet and script without what only their readers need: the first load is to stay under 50 kB.

/// A sheet without comments and the blanks around its signs.
pub fn sheet(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let mut text = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    // A blank before a colon is a selector's and stays.
    for (blank, sign) in [
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
        ("} ", "}"),
        ("; ", ";"),
        (": ", ":"),
        (", ", ","),
        (";}", "}"),
    ] {
        text = text.replace(blank, sign);
    }
    text
}

/// A script without the lines that are comments, and without indents.
pub fn script(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_need_is_left_out() {
        let css = "/* a */\n.a :is(b, i)::after { content: \"\"; inline-size: calc(1rem - 2px); }\n@media (x) and (y) { p { margin: 0 1px } }\n";
        assert_eq!(
            sheet(css),
            ".a :is(b,i)::after{content:\"\";inline-size:calc(1rem - 2px)}@media (x) and (y){p{margin:0 1px}}"
        );
        assert_eq!(sheet("a { b: c } /* open"), "a{b:c}");
        assert_eq!(script("// a\n  f(); // b\n\n  g('//');\n"), "f(); // b\ng('//');");
    }
}
