//! [`decide`]: from an event and what is known to what is to be done. Pure, total, and the only place where the
//! product's behaviour is decided.

use crate::domain::clinic::Locale;
use crate::domain::context::{Contact, Context, Found, plain, say, settled};
use crate::domain::decision::{Act, AuditFact, Changes, Decision, Say};
use crate::domain::event::{Event, Odd, Said, What};
use crate::domain::speech::Content;
use crate::domain::tap::{Coords, Step, Tap};
use crate::domain::words::Word;
use crate::domain::{booking, callback, outcome, visits};
use chrono::Duration;
use std::ops::ControlFlow;

/// A conversation that rested this long begins with the welcome again (`conversation.md` §2.2).
pub const WELCOME_AGAIN: Duration = Duration::days(183);
/// Thanks and stickers are answered once in this time (`conversation.md` §1.1).
pub const QUIET: Duration = Duration::hours(1);

/// Decides about one event. Either asks what it must know first, or says what to do.
pub fn decide(event: &Event, context: &Context<'_>) -> Decision {
    match &event.what {
        What::Tapped(tap) => tapped(tap, event, context),
        What::BadTap => refused(Content::TapExpired),
        What::Forwarded => refused(Content::TapForwarded),
        What::Said(said) => typed(*said, context),
        What::Odd(odd) => odd_one(*odd, context),
        What::Outcome(write, outcome) => outcome::told(*write, outcome, context),
        What::NumberShared => shared(context),
        What::IdentityChanged => Decision::nothing(),
        What::Called => Decision::say(plain(Content::CallUs)),
        What::Flood => Decision::say(plain(Content::Flood)),
        What::Identified(done) => identified(*done),
        What::AppointmentChanged { patient, appointment, .. } => {
            settled(visits::changed(*patient, *appointment, context))
        }
    }
}

fn refused(content: Content) -> Decision {
    Act::default().noting(AuditFact::TapRefused).saying(plain(content)).into()
}

fn tapped(tap: &Tap, event: &Event, context: &Context<'_>) -> Decision {
    if tap.expires < context.now {
        return refused(Content::TapExpired);
    }
    if acts(tap.step) && !tap.asked && late(event, context) {
        return Decision::say(Say { step: tap.step, about: tap.at, ..plain(Content::LateMessage) });
    }
    let decision = settled(step(tap, context));
    understood(decision, context.contact)
}

/// Taps that change something. After an outage they are asked again instead of acted on: the world has moved on.
const fn acts(step: Step) -> bool {
    matches!(step, Step::Confirm | Step::CancelYes | Step::Attend | Step::CallbackAt | Step::RunningLate)
}

/// A message that reached us so long after it was sent is not obeyed without asking.
pub const LATE: Duration = Duration::minutes(10);

fn late(event: &Event, context: &Context<'_>) -> bool {
    context.now - event.said_at > LATE
}

/// The number that was missing is there: what was meant goes on.
fn shared(context: &Context<'_>) -> Decision {
    match context.contact.last {
        Some(last) if matches!(last.content, Content::IdNumber | Content::CallbackNumber) => {
            let tap = Tap {
                step: last.step,
                from_reminder: false,
                asked: false,
                expires: context.now,
                at: last.about,
            };
            settled(step(&tap, context))
        }
        _ => Decision::say(plain(Content::IdDone)),
    }
}

/// The secure page is done with.
fn identified(done: bool) -> Decision {
    let content = if done { Content::IdDone } else { Content::IdNomatch };
    let fact = if done { AuditFact::Identified } else { AuditFact::AccessRefused };
    Act::default().noting(fact).saying(plain(content)).into()
}

fn step(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    let at = tap.at;
    match tap.step {
        Step::Menu => say(plain(Content::Menu)),
        Step::Book => booking::begin(at, context),
        Step::ServicesMore => say(Say { step: tap.step, about: at, ..plain(Content::BookService) }),
        Step::Service | Step::More | Step::Day | Step::Doctor | Step::Place => {
            booking::browse(tap.step, at, context)
        }
        Step::Days => say(Say { step: tap.step, about: at, ..plain(Content::BookDays) }),
        Step::Doctors => say(Say { step: tap.step, about: at, ..plain(Content::BookDoctors) }),
        Step::Places => say(Say { step: tap.step, about: at, ..plain(Content::BookPlaces) }),
        Step::Slot => booking::picked(at, context),
        Step::Confirm => booking::confirmed(tap, context),
        Step::Mine => visits::mine(at, context),
        Step::Past => visits::past(at, context),
        Step::Attend => visits::attend(tap, context),
        Step::RunningLate => visits::running_late(at, context),
        Step::Calendar => visits::calendar(at, context),
        Step::Address => say(plain(Content::InfoPlace)),
        Step::Callback => callback::ask(context),
        Step::CallbackAt => callback::note(at.day, context),
        Step::CallbackOff => callback::withdraw(at),
        Step::No => say(plain(Content::WelcomeBack)),
        Step::ItsMe => say(plain(Content::IdAgain)),
        Step::Show => visits::show(at, context),
        Step::Move => visits::begin_move(at, context),
        Step::Cancel => visits::begin_cancel(at, context),
        Step::CancelYes => visits::cancel(tap, context),
        Step::Keep => say(Say { step: tap.step, about: at, ..plain(Content::CancelKept) }),
        Step::Reason => visits::reason(tap, context),
        Step::Arabic => language(Locale::Ar, context),
        Step::English => language(Locale::En, context),
        Step::NotEmergency => say(plain(Content::NotEmergency)),
        // The guard takes these before anything is queued; a row that gets here is from before a change of code.
        Step::Person | Step::Start | Step::Stop | Step::NotMe => say(plain(Content::Menu)),
    }
}

fn language(locale: Locale, context: &Context<'_>) -> Found<Decision> {
    let first = context.contact.greeted_at.is_none();
    let content = if first { Content::Welcome } else { Content::LanguageSet };
    let changes = Changes { locale: Some(locale), greeted: first, ..Changes::default() };
    ControlFlow::Continue(Act { changes, ..Act::default() }.saying(plain(content)).into())
}

fn typed(said: Said, context: &Context<'_>) -> Decision {
    let decision = match (welcome_due(context), said.word) {
        (_, Some(Word::LanguageAr)) => settled(language(Locale::Ar, context)),
        (_, Some(Word::LanguageEn)) => settled(language(Locale::En, context)),
        (true, _) => return welcome(said, context),
        (false, Some(word)) => settled(known(word, context)),
        (false, None) => return missed(context),
    };
    understood(speaking(decision, said, context), context.contact)
}

/// Someone whose language was unknown is answered in the language of their letters.
fn speaking(decision: Decision, said: Said, context: &Context<'_>) -> Decision {
    match (decision, said.script) {
        (Decision::Act(mut act), Some(script)) if context.contact.locale.is_none() => {
            act.changes.locale.get_or_insert(script);
            Decision::Act(act)
        }
        (decision, _) => decision,
    }
}

fn welcome_due(context: &Context<'_>) -> bool {
    context.contact.greeted_at.is_none_or(|at| context.now - at > WELCOME_AGAIN)
}

/// The first answer of all: what this is, what it is not, how to reach a person and how to stop.
fn welcome(said: Said, context: &Context<'_>) -> Decision {
    let locale = context.contact.locale.or(said.script.filter(|it| context.clinic.locales.contains(it)));
    let Some(locale) = locale else { return Decision::say(plain(Content::WelcomeLanguage)) };
    let changes = Changes { locale: Some(locale), greeted: true, ..Changes::default() };
    Act { changes, ..Act::default() }.saying(plain(Content::Welcome)).into()
}

fn known(word: Word, context: &Context<'_>) -> Found<Decision> {
    let nothing = Coords::default();
    match word {
        Word::Menu => say(plain(Content::Menu)),
        Word::Book => booking::begin(nothing, context),
        Word::Mine => visits::mine(nothing, context),
        Word::Move => visits::begin_move(nothing, context),
        Word::CancelIt => visits::begin_cancel(nothing, context),
        Word::CancelOrStop => say(plain(Content::UnsureCancel)),
        Word::LanguageAsk => say(plain(Content::WelcomeLanguage)),
        Word::Hello => say(plain(Content::WelcomeBack)),
        Word::Help => say(plain(Content::Help)),
        Word::Thanks => thanks(context),
        // Their flows come with later issues; until then the honest answer is that we did not understand.
        _ => ControlFlow::Break(missed(context)),
    }
}

fn thanks(context: &Context<'_>) -> Found<Decision> {
    ControlFlow::Continue(once_in_a_while(Content::Thanks, context))
}

fn once_in_a_while(content: Content, context: &Context<'_>) -> Decision {
    if context.contact.quiet_until.is_some_and(|until| context.now < until) {
        return Decision::nothing();
    }
    let changes = Changes { quiet_until: Some(context.now + QUIET), ..Changes::default() };
    Act { changes, ..Act::default() }.saying(plain(content)).into()
}

/// Understanding ends a row of misses.
fn understood(decision: Decision, contact: &Contact) -> Decision {
    match decision {
        Decision::Act(mut act) if contact.misses > 0 => {
            act.changes.misses.get_or_insert(0);
            Decision::Act(act)
        }
        other => other,
    }
}

fn missed(context: &Context<'_>) -> Decision {
    let misses = context.contact.misses.saturating_add(1);
    let content = if misses == 1 { Content::UnknownFirst } else { Content::UnknownSecond };
    let changes = Changes { misses: Some(misses), ..Changes::default() };
    Act { changes, ..Act::default() }.saying(plain(content)).into()
}

fn odd_one(odd: Odd, context: &Context<'_>) -> Decision {
    let content = match odd {
        Odd::Silent => return Decision::nothing(),
        _ if welcome_due(context) => return welcome(Said { word: None, script: None }, context),
        Odd::Voice => Content::MediaVoice,
        Odd::File => Content::MediaFile,
        Odd::Location => Content::MediaLocation,
        Odd::Other => return once_in_a_while(Content::MediaOther, context),
    };
    Decision::say(plain(content))
}
