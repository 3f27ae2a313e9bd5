//! What just fits, and one more.

use super::{button, buttons, letters, list, open, phi, section, send, template, text};
use crate::wire::whatsapp::limits::LimitBroken;
use crate::wire::whatsapp::message::{Body, Button, Buttons, List, Outgoing, Recipient, Row, Section};
use crate::wire::whatsapp::message::{Template, Text};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

fn broken(limit: usize, actual: usize) -> Option<(usize, usize)> {
    Some((limit, actual))
}

fn outcome<T>(result: Result<T, LimitBroken>) -> Option<(usize, usize)> {
    result.err().map(|error| (error.limit, error.actual))
}

#[rstest]
#[case::text(4096, |n| outcome(Text::new(&open(), letters(n))))]
#[case::button_title(20, |n| outcome(Button::new(phi("id"), letters(n))))]
#[case::button_id(256, |n| outcome(Button::new(letters(n), phi("title"))))]
#[case::buttons(3, |n| outcome(buttons(n)))]
#[case::button_body(1024, |n| outcome(Buttons::new(&open(), letters(n), None, vec![button(1)])))]
#[case::footer(60, |n| outcome(Buttons::new(&open(), phi("body"), Some(letters(n)), vec![button(1)])))]
#[case::row_id(200, |n| outcome(Row::new(letters(n), phi("title"), None)))]
#[case::row_title(24, |n| outcome(Row::new(phi("id"), letters(n), None)))]
#[case::row_description(72, |n| outcome(Row::new(phi("id"), phi("title"), Some(letters(n)))))]
#[case::section_title(24, |n| outcome(Section::new(Some(letters(n)), vec![Row::new(phi("id"), phi("t"), None).unwrap()])))]
#[case::rows_of_one_section(10, |n| outcome(list(vec![section(None, 0..n)])))]
#[case::list_body(1024, |n| outcome(List::new(&open(), letters(n), None, phi("open"), vec![section(None, 0..1)])))]
#[case::list_footer(60, |n| outcome(List::new(&open(), phi("body"), Some(letters(n)), phi("open"), vec![section(None, 0..1)])))]
#[case::list_button(20, |n| outcome(List::new(&open(), phi("body"), None, letters(n), vec![section(None, 0..1)])))]
#[case::callback(512, |n| outcome(Outgoing::new(Recipient::Bsuid(phi("US.1")), "c".repeat(n), text("hi"))))]
#[case::template_name(512, |n| outcome(Template::new("n".repeat(n), "ar".into(), vec![], vec![])))]
#[case::parameter(1024, |n| outcome(Template::new("t".into(), "ar".into(), vec![("p".into(), letters(n))], vec![])))]
#[case::payload(128, |n| outcome(Template::new("t".into(), "ar".into(), vec![], vec![letters(n)])))]
#[case::template_buttons(10, |n| outcome(Template::new("t".into(), "ar".into(), vec![], vec![phi("p"); n])))]
fn the_last_that_fits_and_the_first_that_does_not(
    #[case] limit: usize,
    #[case] build: fn(usize) -> Option<(usize, usize)>,
) {
    assert_eq!(build(1), None);
    assert_eq!(build(limit), None);
    assert_eq!(build(limit + 1), broken(limit, limit + 1));
}

#[test]
fn ten_rows_are_counted_over_all_sections() {
    assert!(list(vec![section(Some("a"), 0..5), section(Some("b"), 5..10)]).is_ok());
    let eleven = list(vec![section(Some("a"), 0..5), section(Some("b"), 5..11)]);
    assert_eq!(outcome(eleven), broken(10, 11));
}

#[rstest]
#[case::text_empty(outcome(Text::new(&open(), phi(""))))]
#[case::text_blank(outcome(Text::new(&open(), phi(" \n\t\u{2068}\u{2069}"))))]
#[case::no_button(outcome(buttons(0)))]
#[case::button_title_empty(outcome(Button::new(phi("id"), phi(""))))]
#[case::button_title_broken(outcome(Button::new(phi("id"), phi("Con\nfirm"))))]
#[case::button_id_empty(outcome(Button::new(phi(""), phi("t"))))]
#[case::button_id_blank_before(outcome(Button::new(phi(" id"), phi("t"))))]
#[case::button_id_blank_after(outcome(Button::new(phi("id\u{a0}"), phi("t"))))]
#[case::footer_empty(outcome(Buttons::new(&open(), phi("b"), Some(phi(" ")), vec![button(1)])))]
#[case::body_empty(outcome(Buttons::new(&open(), phi(""), None, vec![button(1)])))]
#[case::no_section(outcome(list(vec![])))]
#[case::section_empty(outcome(Section::new(None, vec![])))]
#[case::section_title_empty(outcome(Section::new(Some(phi("")), vec![Row::new(phi("i"), phi("t"), None).unwrap()])))]
#[case::untitled_among_several(outcome(list(vec![section(Some("a"), 0..1), section(None, 1..2)])))]
#[case::row_title_empty(outcome(Row::new(phi("id"), phi(""), None)))]
#[case::row_id_blank(outcome(Row::new(phi("id "), phi("t"), None)))]
#[case::row_description_empty(outcome(Row::new(phi("id"), phi("t"), Some(phi("")))))]
#[case::list_button_empty(outcome(List::new(&open(), phi("b"), None, phi(""), vec![section(None, 0..1)])))]
#[case::same_row_twice(outcome(list(vec![section(Some("a"), 0..1), section(Some("b"), 0..1)])))]
#[case::parameter_empty(outcome(template(&[("p", "")], &[])))]
#[case::parameter_of_marks(outcome(template(&[("p", "\u{2068}\u{2069}")], &[])))]
#[case::parameter_with_newline(outcome(template(&[("p", "Dr.\nHuda")], &[])))]
#[case::parameter_with_tab(outcome(template(&[("p", "Dr.\tHuda")], &[])))]
#[case::parameter_with_line_separator(outcome(template(&[("p", "Dr.\u{2028}Huda")], &[])))]
#[case::parameter_twice(outcome(template(&[("p", "a"), ("p", "b")], &[])))]
#[case::parameter_unnamed(outcome(template(&[("", "a")], &[])))]
#[case::parameter_name_in_capitals(outcome(template(&[("Day", "a")], &[])))]
#[case::payload_empty(outcome(template(&[], &[""])))]
#[case::payload_with_blank(outcome(template(&[], &["a "])))]
#[case::template_unnamed(outcome(Template::new(String::new(), "ar".into(), vec![], vec![])))]
#[case::template_named_otherwise(outcome(Template::new("appt-v3".into(), "ar".into(), vec![], vec![])))]
#[case::no_language(outcome(Template::new("a".into(), String::new(), vec![], vec![])))]
#[case::language_with_hyphen(outcome(Template::new("a".into(), "en-US".into(), vec![], vec![])))]
#[case::callback_empty(outcome(Outgoing::new(Recipient::Bsuid(phi("US.1")), String::new(), text("hi"))))]
#[case::phone_with_blanks(outcome(Outgoing::new(Recipient::Phone(phi("+966 50 000 0001")), "c".into(), text("hi"))))]
#[case::phone_that_is_a_bsuid(outcome(Outgoing::new(Recipient::Phone(phi("US.1349")), "c".into(), text("hi"))))]
#[case::bsuid_that_is_a_phone(outcome(Outgoing::new(Recipient::Bsuid(phi("15552223333")), "c".into(), text("hi"))))]
fn what_meta_refuses_is_never_built(#[case] outcome: Option<(usize, usize)>) {
    assert_eq!(outcome, broken(0, 1));
}

#[test]
fn four_blanks_in_a_row_are_refused_in_a_parameter() {
    assert_eq!(outcome(template(&[("p", "a   b")], &[])), None);
    assert_eq!(outcome(template(&[("p", "a    b")], &[])), broken(3, 4));
}

#[test]
fn parameters_share_the_length_of_the_body() {
    let half = "س".repeat(512);
    assert_eq!(outcome(template(&[("a", &half), ("b", &half)], &[])), None);
    assert_eq!(outcome(template(&[("a", &half), ("b", &half), ("c", "x")], &[])), broken(1024, 1025));
}

#[test]
fn titles_and_ids_of_buttons_differ() {
    let with = |titles: [&str; 2], ids: [&str; 2]| {
        let made = titles.iter().zip(ids).map(|(title, id)| Button::new(phi(id), phi(*title)).unwrap());
        outcome(Buttons::new(&open(), phi("body"), None, made.collect()))
    };
    assert_eq!(with(["Yes", "No"], ["1", "2"]), None);
    assert_eq!(with(["Yes", "Yes "], ["1", "2"]), broken(0, 1));
    assert_eq!(with(["Yes", "No"], ["1", "1"]), broken(0, 1));
}

#[test]
fn the_error_does_not_quote_the_message() {
    let error = Button::new(phi("id"), phi("Dr. Huda Al-Harbi, cardiology")).unwrap_err();
    assert!(!error.to_string().contains("Huda"));
    assert_eq!((error.what, error.limit, error.actual), ("characters in a button title", 20, 29));
}

// Whatever is accepted stays within the limits

fn units(value: &Value) -> usize {
    value.as_str().unwrap().encode_utf16().count()
}

fn within(value: &Value, pointer: &str, limit: usize) {
    if let Some(text) = value.pointer(pointer) {
        assert!((1..=limit).contains(&units(text)), "{pointer}");
    }
}

proptest! {
    #[test]
    fn any_text_that_is_accepted_fits(body in ".{0,5000}") {
        if let Ok(text) = Text::new(&open(), phi(body)) {
            within(&send(Body::Text(text)), "/text/body", 4096);
        }
    }

    #[test]
    fn any_buttons_that_are_accepted_fit(body in ".{0,1100}", footer in prop::option::of(".{0,70}"), made in prop::collection::vec((".{0,30}", ".{0,24}"), 0..5)) {
        let made: Vec<Button> = made.into_iter().filter_map(|(id, title)| Button::new(phi(id), phi(title)).ok()).collect();
        if let Ok(buttons) = Buttons::new(&open(), phi(body), footer.map(phi), made) {
            let sent = send(Body::Buttons(buttons));
            within(&sent, "/interactive/body/text", 1024);
            within(&sent, "/interactive/footer/text", 60);
            let buttons = sent["interactive"]["action"]["buttons"].as_array().unwrap();
            prop_assert!((1..=3).contains(&buttons.len()));
            buttons.iter().for_each(|button| within(button, "/reply/title", 20));
        }
    }

    #[test]
    fn any_list_that_is_accepted_fits(sizes in prop::collection::vec(1usize..6, 1..4), title in ".{0,30}", text in ".{0,80}") {
        let mut id = 0;
        let mut row = || { id += 1; Row::new(phi(id.to_string()), phi(title.clone()), Some(phi(text.clone()))).ok() };
        let sections = sizes.iter().filter_map(|size| {
            let rows = (0..*size).filter_map(|_| row()).collect();
            Section::new(Some(phi(title.clone())), rows).ok()
        });
        if let Ok(list) = list(sections.collect()) {
            let sent = send(Body::List(list));
            let sections = sent["interactive"]["action"]["sections"].as_array().unwrap();
            let rows: Vec<&Value> = sections.iter().flat_map(|s| s["rows"].as_array().unwrap()).collect();
            prop_assert!((1..=10).contains(&rows.len()));
            rows.iter().for_each(|row| { within(row, "/title", 24); within(row, "/description", 72); });
        }
    }

    #[test]
    fn any_template_that_is_accepted_fits(values in prop::collection::vec(".{0,600}", 0..4), payload in ".{0,140}") {
        let parameters = values.into_iter().enumerate().map(|(n, value)| (format!("p{n}"), phi(value))).collect();
        if let Ok(made) = Template::new("t".into(), "ar".into(), parameters, vec![phi(payload)]) {
            let sent = send(Body::Template(made));
            let components = sent["template"]["components"].as_array().unwrap();
            within(components.last().unwrap(), "/parameters/0/payload", 128);
            if components.len() == 2 {
                let values = components[0]["parameters"].as_array().unwrap();
                prop_assert!(values.iter().map(|value| units(&value["text"])).sum::<usize>() <= 1024);
                prop_assert!(values.iter().all(|value| !value["text"].as_str().unwrap().contains(['\n', '\t'])));
            }
        }
    }
}
