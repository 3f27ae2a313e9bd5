//! What holds for every answer of the page.

use super::*;

const PHYSICAL: [&str; 24] = [
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "text-align: left",
    "text-align: right",
    " left:",
    " right:",
    " top:",
    " bottom:",
    " width:",
    " height:",
    "float: left",
    "float: right",
    "max-width:",
    "min-width:",
];

/// Declarations of a sheet, without the conditions of media queries.
fn declarations(sheet: &str) -> Vec<(usize, String)> {
    let lines = sheet.lines().enumerate().map(|(n, line)| {
        let line = match line.trim_start().strip_prefix("@media") {
            Some(rest) => rest.split_once('{').map_or("", |(_, rest)| rest),
            None => line,
        };
        (n + 1, format!(" {line}").replace('{', "{ ").replace("line-height", "").replace("stroke-width", ""))
    });
    lines.collect()
}

fn physical(sheet: &str) -> Vec<String> {
    let words = |line: &str| {
        PHYSICAL.iter().filter(|word| line.contains(*word)).map(ToString::to_string).collect::<Vec<_>>()
    };
    declarations(sheet)
        .iter()
        .flat_map(|(n, line)| words(line).into_iter().map(move |word| format!("{n}: {word}")))
        .collect()
}

#[test]
fn right_to_left_costs_nothing_because_properties_are_logical() {
    for sheet in SHEETS {
        assert_eq!(physical(sheet), [""; 0]);
    }
    assert_eq!(
        physical("a { margin-left: 0; left: 1px }\n@media (max-width: 3rem) { a { width: 1px } }").len(),
        3
    );
    assert!(physical("@media (max-width: 3rem) { a { line-height: 1; stroke-width: 2 } }").is_empty());
}

#[test]
fn text_grows_with_the_readers_own_size() {
    for sheet in SHEETS {
        for (n, line) in declarations(sheet) {
            let px = line
                .split("font-size:")
                .skip(1)
                .any(|it| it.split([';', '}']).next().unwrap_or_default().contains("px"));
            assert!(!px, "{n}: {line}");
        }
    }
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_is_inline() {
    for (name, text) in render::TEMPLATES {
        assert!(
            !text.contains(" style=") && !text.contains("<style") && !text.contains(" onclick"),
            "{name}"
        );
        assert!(!text.contains("<script>") && !text.contains("src=\"http"), "{name}");
    }
    for text in [SHEETS[0], SHEETS[1], SCRIPT] {
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("@import"));
    }
    assert!(
        !SCRIPT.contains("localStorage") && !SCRIPT.contains("sessionStorage"),
        "no message text is kept in the browser"
    );
}

#[test]
fn only_icons_that_are_used_are_sent() {
    let all: String =
        render::TEMPLATES.iter().filter(|(name, _)| *name != "icons.html").map(|(_, text)| *text).collect();
    let rust = [include_str!("scene.rs"), include_str!("lead.rs"), include_str!("raw.rs")].concat();
    let icons = render::TEMPLATES.iter().find(|(name, _)| *name == "icons.html").unwrap().1;
    let named: Vec<&str> =
        icons.split("<symbol id=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert!(named.len() > 20);
    for id in named {
        let used = all.contains(&format!("#{id}\""))
            || all.contains(&format!("'{id}'"))
            || rust.contains(&format!("\"{id}\""));
        assert!(used, "#{id} is not used");
    }
}
