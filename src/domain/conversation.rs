//! [`decide`]: from an event and what is known to what is to be done. Pure, total, and the only place where the
//! product's behaviour is decided.

use crate::domain::clinic::Locale;
use crate::domain::context::{Contact, Context, Found, plain, say, settled};
use crate::domain::decision::{Act, AuditFact, Changes, Decision, Effect, Say, TaskKind};
use crate::domain::event::{Event, Odd, Said, What};
use crate::domain::speech::{Content, Label};
use crate::domain::tap::{Coords, Step, Tap};
use crate::domain::words::{Mood, Word};
use crate::domain::{booking, callback, outcome, typed, visits};
use crate::seal::Digest4;
use chrono::Duration;
use std::ops::ControlFlow;

/// A conversation that rested this long begins with the welcome again (`conversation.md` §2.2).
pub const WELCOME_AGAIN: Duration = Duration::days(183);
/// Thanks and stickers are answered once in this time (`conversation.md` §1.1).
pub const QUIET: Duration = Duration::hours(1);

/// Decides about one event. Either asks what it must know first, or says what to do.
pub fn decide(event: &Event, context: &Context<'_>) -> Decision {
    match decided(event, context) {
        // A person at the hospital made sure who it is: the doubt ends with the turn that learns of it.
        Decision::Act(mut act) if context.is_vouched_for() => {
            act.changes.doubted.get_or_insert(false);
            act.audit.push(AuditFact::Vouched);
            Decision::Act(act)
        }
        decision => decision,
    }
}

fn decided(event: &Event, context: &Context<'_>) -> Decision {
    match &event.what {
        What::Tapped(tap) => tapped(tap, event, context),
        What::BadTap => refused(Content::TapExpired),
        What::Forwarded => refused(Content::TapForwarded),
        What::Said(said) => typed(said, event, context),
        What::Odd(odd) => odd_one(*odd, context),
        What::Outcome(write, outcome) => outcome::told(*write, outcome, context),
        What::NumberShared => understood(shared(context), context.contact),
        What::IdentityChanged => Decision::nothing(),
        What::Called => Decision::say(plain(Content::CallUs)),
        What::Flood => Decision::say(plain(Content::Flood)),
        What::Identified(done) => identified(*done, context),
        What::AppointmentChanged(news) => settled(visits::changed(news, context)),
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
        return Decision::say(asking(tap.step, tap.at));
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

/// What a late text would begin or do is asked for first, and asked for once.
fn late_text(said: &Said, context: &Context<'_>) -> Option<Decision> {
    let (word, last) = (said.word?, context.contact.last);
    let answer = last.and_then(|last| Some((typed::label_for(word, last.content)?, last)));
    let say = match (answer, last) {
        (Some((Label::BYes, last)), _) if last.content == Content::LateMessage => last,
        (Some((Label::BConfirm | Label::BMoveYes, last)), _) => asking(Step::Confirm, last.about),
        (Some((Label::BCancelYes, last)), _) => asking(Step::CancelYes, last.about),
        (Some((Label::BAttend, last)), _) => asking(Step::Attend, last.about),
        (_, Some(last)) if last.content == Content::LateMessage => {
            return begins(word).map(|_| Decision::nothing());
        }
        _ => asking(begins(word)?, Coords::default()),
    };
    Some(Decision::say(say))
}

fn asking(step: Step, about: Coords) -> Say {
    Say { step, about, ..plain(Content::LateMessage) }
}

/// Words that begin something. What only informs is answered however late it comes.
const fn begins(word: Word) -> Option<Step> {
    match word {
        Word::Book => Some(Step::Book),
        Word::Mine => Some(Step::Mine),
        Word::Move => Some(Step::Move),
        Word::CancelIt => Some(Step::Cancel),
        Word::WillCome => Some(Step::Attend),
        Word::RunningLate => Some(Step::RunningLate),
        _ => None,
    }
}

/// The number that was missing is there: what was meant goes on.
fn shared(context: &Context<'_>) -> Decision {
    match context.contact.last {
        Some(last) if matches!(last.content, Content::IdNumber | Content::CallbackNumber) => {
            settled(step(&typed::tap(last.step, last.about, context), context))
        }
        // In doubt, nothing is shown for a number; else nothing was asked for.
        _ if context.contact.doubted => settled(visits::mine(Coords::default(), context)),
        _ => Decision::say(plain(Content::WelcomeBack)),
    }
}

/// The secure page is done with. What a proof proves, and that it was one, the transaction that brought the event here
/// has noted. Where it failed for good, a person may know who it is.
fn identified(done: bool, context: &Context<'_>) -> Decision {
    if done {
        return Decision::say(plain(Content::IdDone));
    }
    let act = Act::default().saying(plain(Content::IdNomatch));
    if context.contact.doubted {
        return act.with(Effect::Task(TaskKind::Confirm, Coords::default())).into();
    }
    act.into()
}

/// What a tap asks for.
pub(super) fn step(tap: &Tap, context: &Context<'_>) -> Found<Decision> {
    let at = tap.at;
    match tap.step {
        Step::Menu => say(plain(Content::Menu)),
        Step::Book => booking::begin(at, context),
        Step::ServicesMore => say(Say { step: tap.step, about: at, ..plain(Content::BookService) }),
        Step::Service | Step::More | Step::Day | Step::Doctor | Step::Place => {
            booking::browse(tap.step, at, context)
        }
        // A question about a day that was asked before any service.
        Step::Days if at.service == Digest4::default() => booking::begin(at, context),
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

/// From now on in this language.
pub(super) fn language(locale: Locale, context: &Context<'_>) -> Found<Decision> {
    let first = context.contact.greeted_at.is_none();
    let content = if first { Content::Welcome } else { Content::LanguageSet };
    let changes = Changes { locale: Some(locale), greeted: first, ..Changes::default() };
    ControlFlow::Continue(Act { changes, ..Act::default() }.saying(plain(content)).into())
}

fn typed(said: &Said, event: &Event, context: &Context<'_>) -> Decision {
    let language = matches!(said.word, Some(Word::LanguageAr | Word::LanguageEn));
    // What must never be typed is answered first, even on first contact.
    let secret = matches!(said.word, Some(Word::SecretId | Word::SecretCard | Word::SecretLogin));
    if welcome_due(context) && !language && !secret {
        return welcome(said.script, context);
    }
    if late(event, context)
        && let Some(asking) = late_text(said, context)
    {
        return speaking(asking, said, context);
    }
    match typed::understood(said, context) {
        Some(found) => understood(speaking(settled(found), said, context), context.contact),
        None => missed(said, context),
    }
}

/// Someone whose language was unknown is answered in the language of their letters.
fn speaking(decision: Decision, said: &Said, context: &Context<'_>) -> Decision {
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
fn welcome(script: Option<Locale>, context: &Context<'_>) -> Decision {
    let locale = context.contact.locale.or(script.filter(|it| context.clinic.locales.contains(it)));
    let Some(locale) = locale else { return Decision::say(plain(Content::WelcomeLanguage)) };
    let changes = Changes { locale: Some(locale), greeted: true, ..Changes::default() };
    Act { changes, ..Act::default() }.saying(plain(Content::Welcome)).into()
}

/// Says it, unless it was said within the hour: then silence is the answer.
pub(super) fn once_in_a_while(content: Content, context: &Context<'_>) -> Decision {
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

fn missed(said: &Said, context: &Context<'_>) -> Decision {
    let misses = context.contact.misses.saturating_add(1);
    // Someone who only tells how they feel is answered to that.
    let content = match (said.mood, misses) {
        (Some(Mood::Hurt), _) => Content::HealthAdvice,
        (Some(Mood::Frustrated), _) => Content::Complaint,
        (_, 1) => Content::UnknownFirst,
        _ => Content::UnknownSecond,
    };
    let mood = said.mood.filter(|mood| *mood == Mood::Worried);
    let changes = Changes { misses: Some(misses), ..Changes::default() };
    Act { changes, ..Act::default() }.saying(Say { mood, ..plain(content) }).into()
}

fn odd_one(odd: Odd, context: &Context<'_>) -> Decision {
    let content = match odd {
        Odd::Silent => return Decision::nothing(),
        _ if welcome_due(context) => return welcome(None, context),
        Odd::Voice => Content::MediaVoice,
        Odd::File => Content::MediaFile,
        Odd::Location => Content::MediaLocation,
        Odd::Withheld => Content::MessageWithheld,
        Odd::Other => return once_in_a_while(Content::MediaOther, context),
    };
    Decision::say(plain(content))
}
