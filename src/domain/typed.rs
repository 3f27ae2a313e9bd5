//! Typed answers: words, yes and no, read against what was last offered. Whatever is understood becomes the tap it
//! stands for; a typed answer books nothing that a tap would not.

mod offered;
mod wanted;

use crate::domain::clinic::Locale;
use crate::domain::context::{Context, Found, plain, say};
use crate::domain::conversation;
use crate::domain::decision::{Decision, Effect};
use crate::domain::event::Said;
use crate::domain::speech::{Content, Label};
use crate::domain::tap::{Coords, Step, Tap};
use crate::domain::words::{Mood, Word};
use crate::domain::{booking, callback, visits};
use offered::press;
use std::ops::ControlFlow;
pub use wanted::leaves_room;

/// What a typed text stands for; `None` when nobody can tell.
pub fn understood(said: &Said, context: &Context<'_>) -> Option<Found<Decision>> {
    let found =
        particular(said, context).or_else(|| answer(said, context)).or_else(|| word(said, context))?;
    Some(match found {
        ControlFlow::Continue(decision) => ControlFlow::Continue(with_mood(decision, said.mood)),
        ControlFlow::Break(decision) => ControlFlow::Break(with_mood(decision, said.mood)),
    })
}

/// A row that was counted; a day, a time, a service or a doctor that was named.
fn particular(said: &Said, context: &Context<'_>) -> Option<Found<Decision>> {
    if !leaves_room(said.word) {
        return None;
    }
    said.ordinal.and_then(|ordinal| offered::row(ordinal, context)).or_else(|| wanted::wanted(said, context))
}

/// Yes, no and their kin: the button they stand for under the last question.
fn answer(said: &Said, context: &Context<'_>) -> Option<Found<Decision>> {
    let last = context.contact.last?;
    let label = label_for(said.word?, last.content)?;
    Some(press(label, last, context))
}

/// Which button a word stands for under a question.
pub fn label_for(word: Word, content: Content) -> Option<Label> {
    use Content as C;
    use Label as L;
    let (yes, no) = match content {
        C::BookConfirm => (L::BConfirm, L::BOtherTime),
        C::MoveConfirm => (L::BMoveYes, L::BKeep),
        C::CancelConfirm => (L::BCancelYes, L::BKeep),
        C::BookHave => (L::BYes, L::BMine),
        C::LateMessage => (L::BYes, L::BNo),
        C::DateHijri => (L::BYes, L::BDay),
        C::BookNoneDay | C::BookClosedDay => (L::BTake, L::BDay),
        C::BookNotDone | C::MoveNotDone | C::CancelNotDone | C::EhrSlow | C::EhrDown => (L::BRetry, L::BMine),
        C::UnknownSecond | C::HealthAdvice | C::Complaint | C::AbuseFirst => (L::BCallback, L::BMenu),
        C::MediaLocation => (L::BAddress, L::BMenu),
        C::ChangedTime | C::ChangedDoctor => (L::BAttend, L::BMove),
        _ => return None,
    };
    match word {
        Word::Yes => Some(yes),
        Word::No => Some(no),
        // "Confirm" under a question is its yes; "cancel" under "shall we cancel?" likewise.
        Word::WillCome if matches!(content, C::BookConfirm | C::MoveConfirm) => Some(yes),
        Word::CancelIt | Word::CancelOrStop if content == C::CancelConfirm => Some(yes),
        _ => None,
    }
}

/// Words that begin something, or ask something, wherever the conversation stands.
fn word(said: &Said, context: &Context<'_>) -> Option<Found<Decision>> {
    let nothing = Coords::default();
    let tap = |step| tap(step, nothing, context);
    Some(match said.word? {
        Word::Menu => say(plain(Content::Menu)),
        Word::Book => booking::begin(nothing, context),
        Word::Mine => visits::mine(nothing, context),
        Word::Past => visits::past(nothing, context),
        Word::Move => visits::begin_move(nothing, context),
        Word::CancelIt => visits::begin_cancel(nothing, context),
        Word::WillCome => visits::attend(&tap(Step::Attend), context),
        Word::RunningLate => visits::running_late(nothing, context),
        Word::Calendar => visits::calendar(nothing, context),
        Word::CallMe | Word::Nurse | Word::Billing => callback::ask(context),
        Word::CancelOrStop => say(plain(Content::UnsureCancel)),
        Word::LanguageAsk => say(plain(Content::WelcomeLanguage)),
        Word::LanguageAr => conversation::language(Locale::Ar, context),
        Word::LanguageEn => conversation::language(Locale::En, context),
        Word::Hello => say(plain(Content::WelcomeBack)),
        Word::Help => say(plain(Content::Help)),
        Word::Thanks => ControlFlow::Continue(conversation::once_in_a_while(Content::Thanks, context)),
        Word::Address => say(plain(Content::InfoPlace)),
        Word::SecretId => say(plain(Content::SecretId)),
        Word::SecretCard => say(plain(Content::SecretCard)),
        Word::SecretLogin => say(plain(Content::SecretLogin)),
        Word::HealthQuestion => say(plain(Content::HealthAdvice)),
        Word::ResultAsked => say(plain(Content::HealthResults)),
        Word::GoodsAsked => say(plain(Content::HealthGoods)),
        Word::Complaint => say(plain(Content::Complaint)),
        Word::Abuse => abuse(context),
        Word::Hours | Word::Info => say(plain(Content::CallUs)),
        // Their flows come with later issues; until then the honest answer is that we did not understand.
        _ => return None,
    })
}

/// An insult is answered once, then once more; afterwards silence is the answer (`conversation.md` §2.6).
fn abuse(context: &Context<'_>) -> Found<Decision> {
    match context.contact.last.map(|last| last.content) {
        Some(Content::AbuseAgain) => ControlFlow::Continue(Decision::nothing()),
        Some(Content::AbuseFirst) => say(plain(Content::AbuseAgain)),
        _ => say(plain(Content::AbuseFirst)),
    }
}

/// A tap that nobody tapped, for what was typed.
pub fn tap(step: Step, at: Coords, context: &Context<'_>) -> Tap {
    Tap { step, from_reminder: false, asked: false, expires: context.now, at }
}

/// Worry, pain or frustration is acknowledged before any administrative step; contents that do so themselves stay as
/// they are.
fn with_mood(decision: Decision, mood: Option<Mood>) -> Decision {
    let (Decision::Act(mut act), Some(mood)) = (decision.clone(), mood) else { return decision };
    for effect in &mut act.effects {
        if let Effect::Say(say) = effect
            && !kind(say.content)
        {
            say.mood = Some(mood);
        }
    }
    Decision::Act(act)
}

/// Contents that begin with sympathy, or where it would be out of place.
fn kind(content: Content) -> bool {
    use Content as C;
    let own = [C::HealthAdvice, C::Complaint, C::AbuseFirst, C::AbuseAgain, C::Thanks, C::NumberWrong];
    own.contains(&content) || matches!(content, C::Welcome | C::WelcomeLanguage | C::InfoPlace)
}
