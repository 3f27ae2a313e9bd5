//! From what a webhook holds to what it means: reduced here, in memory, before anything is kept.

use crate::clock::Moment;
use crate::domain::context::Address;
use crate::domain::event::{Odd, Said};
use crate::domain::typed::leaves_room;
use crate::domain::words::{self, Word};
use crate::engine::{Alarm, Arrival, Engine, Failure, Heard, StatusNews};
use crate::ids::Id;
use crate::inbound::notices;
use crate::phi::Phi;
use crate::wire::whatsapp::errors::{Action, rule};
use crate::wire::whatsapp::webhook::{
    Call, Content, Inbound, MediaKind, Preference, Status, SystemChange, SystemKind, Update, What,
};
use metrics::counter;

/// Sorts a batch into messages and statuses; what concerns no clinic of ours is counted and let go.
pub(super) fn sorted(engine: &Engine, updates: Vec<Update>) -> (Vec<Arrival>, Vec<StatusNews>) {
    let (mut arrivals, mut news) = (Vec::new(), Vec::new());
    for update in updates {
        let clinic = update.phone_number_id.as_deref().and_then(|id| engine.clinic_of(id));
        match (update.what, clinic) {
            (What::Message(message), Some(clinic)) if !message.group => {
                arrivals.push(arrival(engine, clinic.no, message));
            }
            (What::Call(call), Some(clinic)) => arrivals.push(called(engine, clinic.no, call)),
            // What is WhatsApp's own concerns the whole account, and may name no number of ours.
            (What::System(change), clinic) if change.kind != SystemKind::Other => {
                arrivals.push(changed(engine, clinic.map_or(0, |clinic| clinic.no), change));
            }
            (What::Preference(preference), clinic) => {
                arrivals.push(preferred(engine, clinic.map_or(0, |clinic| clinic.no), preference));
            }
            (What::Status(status), Some(clinic)) => news.push(status_news(engine, clinic.no, status)),
            (What::Field(notice), _) => notices::heard(engine, notice),
            (What::Unreadable, _) => counter!("wasl_items_unreadable_total").increment(1),
            _ => counter!("wasl_items_ignored_total").increment(1),
        }
    }
    (arrivals, news)
}

fn arrival(engine: &Engine, clinic: u16, message: Inbound) -> Arrival {
    let heard = match message.content {
        content if message.forwarded => forwarded(content, engine, clinic),
        Content::Text(text) if message.referred => Heard::Said(opening(&text, engine, clinic)),
        content => heard(content, engine, clinic),
    };
    Arrival {
        clinic,
        from: Address { phone: message.phone, bsuid: message.bsuid },
        identity: message.identity,
        said_at: message.at.unwrap_or_else(|| engine.clock.now()),
        key: message.wamid,
        heard,
    }
}

fn called(engine: &Engine, clinic: u16, call: Call) -> Arrival {
    Arrival {
        clinic,
        from: Address { phone: call.phone, bsuid: call.bsuid },
        identity: None,
        said_at: call.at.unwrap_or_else(|| engine.clock.now()),
        key: call.id,
        heard: Heard::Called,
    }
}

fn changed(engine: &Engine, clinic: u16, change: SystemChange) -> Arrival {
    let said_at = change.at.unwrap_or_else(|| engine.clock.now());
    let from = Address { phone: change.old_phone, bsuid: change.old_bsuid };
    let to = Address { phone: change.new_phone, bsuid: change.new_bsuid };
    // The field `user_id_update` has no id: what it says is its key.
    let key = change.wamid.unwrap_or_else(|| named("change", &[&from, &to], said_at));
    Arrival { clinic, from, identity: None, said_at, key, heard: Heard::Changed { to } }
}

fn preferred(engine: &Engine, clinic: u16, preference: Preference) -> Arrival {
    let said_at = preference.at.unwrap_or_else(|| engine.clock.now());
    let from = Address { phone: preference.phone, bsuid: preference.bsuid };
    let key = named("preference", &[&from], said_at);
    let heard = Heard::Marketing { stopped: preference.stopped };
    Arrival { clinic, from, identity: None, said_at, key, heard }
}

/// The key of something that Meta gives no id: hashed like one before it is kept.
fn named(what: &str, who: &[&Address], at: Moment) -> Phi<String> {
    let parts = who.iter().flat_map(|address| [&address.phone, &address.bsuid]);
    let shown: Vec<&str> =
        parts.map(|part| part.as_ref().map_or("", |part| part.reveal().as_str())).collect();
    Phi::new(format!("{what}|{}|{}", shown.join("|"), at.timestamp()))
}

/// A forwarded tap is nobody's consent, and a forwarded number nobody's proof; everything else is what it is.
fn forwarded(content: Content, engine: &Engine, clinic: u16) -> Heard {
    match content {
        Content::Tap { .. } => Heard::Forwarded,
        Content::Contacts { .. } => Heard::Odd(Odd::Other),
        other => heard(other, engine, clinic),
    }
}

fn heard(content: Content, engine: &Engine, clinic: u16) -> Heard {
    match content {
        Content::Text(text) => Heard::Said(meaning(&text, engine, clinic)),
        Content::Tap { id, .. } => Heard::Token(id),
        Content::Media(MediaKind::Voice | MediaKind::Audio) => Heard::Odd(Odd::Voice),
        Content::Media(MediaKind::Sticker) => Heard::Odd(Odd::Other),
        Content::Media(_) => Heard::Odd(Odd::File),
        Content::Location => Heard::Odd(Odd::Location),
        Content::Contacts { shared: Some(phone) } => Heard::Shared(phone),
        Content::Opening => Heard::Said(Said { word: Some(Word::Hello), ..Said::default() }),
        Content::Unsupported { code: Some(WITHHELD) } => Heard::Odd(Odd::Withheld),
        // The permission to call is given unasked when somebody calls.
        Content::Reaction | Content::Edit | Content::Revoke | Content::CallPermission => {
            Heard::Odd(Odd::Silent)
        }
        _ => Heard::Odd(Odd::Other),
    }
}

/// Meta withholds the content (error 131060): with advertisements and coexistence.
const WITHHELD: u32 = 131_060;

/// The text under an advertisement is mostly the advertisement's: whoever says nothing else says hello.
fn opening(text: &Phi<String>, engine: &Engine, clinic: u16) -> Said {
    let said = meaning(text, engine, clinic);
    Said { word: said.word.or(Some(Word::Hello)), ..said }
}

/// The text is read here, in memory, and goes no further.
fn meaning(text: &Phi<String>, engine: &Engine, clinic: u16) -> Said {
    let reading = words::read(text.reveal());
    let said = Said { word: reading.word, script: reading.script, mood: reading.mood, ..Said::default() };
    if !leaves_room(reading.word) {
        return said;
    }
    let names = engine.names();
    let (services, doctors) = (names.services(clinic, text.reveal()), names.doctors(clinic, text.reveal()));
    // "Thank you, Dr Sara": the name tells whom the thanks are for.
    if reading.thanks && reading.when.is_none() && services.is_empty() && !doctors.is_empty() {
        return Said { word: Some(Word::Thanks), ..said };
    }
    let (ordinal, when, gender) = (reading.ordinal, reading.when, reading.gender);
    Said { ordinal, when, gender, services, doctors, ..said }
}

fn status_news(engine: &Engine, clinic: u16, status: Status) -> StatusNews {
    let failure = status.errors.first().map(|code| failure(engine, *code));
    let at = status.at.unwrap_or_else(|| engine.clock.now());
    StatusNews {
        clinic,
        identity: status.identity.map(|hash| (hash, at)),
        callback: status.callback.as_deref().and_then(Id::parse),
        wamid: status.wamid,
        rank: i16::from(status.kind.rank()),
        failure,
    }
}

/// The window is closed (error 131047).
const CLOSED: u32 = 131_047;

fn failure(engine: &Engine, code: u32) -> Failure {
    match rule(Some(code), None) {
        Action::Retemplate if code == CLOSED => Failure::WindowClosed,
        Action::Retemplate => Failure::Retemplate,
        Action::Unreachable => Failure::Unreachable,
        Action::Reidentify => Failure::SomebodyElse,
        Action::Alarm => {
            engine.alarms().raise(Alarm::Account, &format!("error {code}"), engine.clock.now());
            Failure::Alarm
        }
        _ => Failure::Other,
    }
}
