//! What was offered last, as the world is now: yes and no press its buttons, "the second one" takes its row.

use crate::domain::context::{Context, Found, plain, say};
use crate::domain::conversation::step;
use crate::domain::decision::{Decision, Say};
use crate::domain::message::{Choice, Composed, Shape, Words};
use crate::domain::speech::{Content, Label};
use crate::domain::tap::Step;
use crate::domain::turn::compose;
use crate::domain::words::Ordinal;
use std::ops::ControlFlow;

/// What was last offered is looked through so many times at most: a message may stand in for another.
const INSTEAD: usize = 4;

/// The button with a label.
pub(super) fn press(label: Label, last: Say, context: &Context<'_>) -> Found<Decision> {
    let choices = offered(last, context)?;
    match choices.iter().find(|choice| choice.words == Words::Label(label)) {
        Some(choice) => step(&choice.tap, context),
        None => say(plain(Content::WelcomeBack)),
    }
}

/// The row that was counted: of those made from data, where there are any. Nothing that a tap would do without asking
/// again is done by counting.
pub(super) fn row(ordinal: Ordinal, context: &Context<'_>) -> Option<Found<Decision>> {
    let choices = match offered(context.contact.last?, context) {
        ControlFlow::Continue(choices) => choices,
        ControlFlow::Break(decision) => return Some(ControlFlow::Break(decision)),
    };
    let is_data = |choice: &&Choice| matches!(choice.words, Words::Filled(..));
    let data: Vec<&Choice> = choices.iter().filter(is_data).collect();
    let rows = if data.is_empty() { choices.iter().collect() } else { data };
    let chosen = match ordinal {
        Ordinal::Nth(n) => rows.get(usize::from(n).checked_sub(1)?)?,
        Ordinal::Last => rows.last()?,
    };
    (!is_grave(chosen.tap.step)).then(|| step(&chosen.tap, context))
}

/// Buttons that are pressed or called by their name, not by their place.
const fn is_grave(step: Step) -> bool {
    matches!(
        step,
        Step::Confirm | Step::CancelYes | Step::Person | Step::Start | Step::Stop | Step::NotMe | Step::ItsMe
    )
}

/// What can be tapped under the last message, as the world is now.
fn offered(last: Say, context: &Context<'_>) -> Found<Vec<Choice>> {
    let mut now = last;
    for _ in 0..INSTEAD {
        match compose(now, context) {
            Composed::Ask(questions) => return ControlFlow::Break(Decision::Ask(questions)),
            Composed::Instead(other) => now = other,
            Composed::Turn(turn) => {
                return ControlFlow::Continue(match turn.shape {
                    Shape::Buttons(choices) => choices,
                    Shape::List(_, parts) => parts.into_iter().flat_map(|part| part.rows).collect(),
                    _ => vec![],
                });
            }
        }
    }
    ControlFlow::Continue(vec![])
}
