//! The page in parts. Each is rendered by itself, so that what did not change is not sent again.

use crate::clock::Moment;
use crate::sandbox::api::{self, Api};
use crate::sandbox::graph::{Line, Sender};
use crate::sandbox::hooks::Table;
use crate::sandbox::page::bubble::Screen;
use crate::sandbox::page::lead::{self, Facts};
use crate::sandbox::page::scene::{self, Scene};
use crate::sandbox::page::texts::Lang;
use crate::sandbox::page::when::Writing;
use crate::sandbox::page::{markup, raw, records, render, search, switches};
use crate::sandbox::world;
use minijinja::{Error, Value as Filling, context};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A part's id and its HTML.
pub type Part = (&'static str, String);

/// What has to be asked of the gateway, and is asked less often.
#[derive(Clone, Debug, Default)]
pub struct Look {
    tables: Vec<Table>,
    next_due: Option<Moment>,
}

/// Asks the gateway.
pub async fn look(api: &Api) -> Look {
    let (pending, tables) = ((api.hooks.pending)().await, (api.hooks.dump)().await);
    Look { tables, next_due: pending.next_due }
}

/// A short name of a text: two that differ have different ones, but for an accident.
pub fn hash(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:08x}", hasher.finish() as u32)
}

/// Everything beside the chat.
///
/// # Errors
/// A template is broken.
pub fn all(scene: &Scene, api: &Api, look: &Look) -> Result<Vec<Part>, Error> {
    let lang = scene.lang.code();
    let on = switches::on(&api.faults);
    let (chat, _) = api.graph.chat(scene.clinic.phone_number_id, &scene.sender, 0);
    let phone = scene.sender.phone.as_deref();
    let appointments = api.ehr.as_ref().map(|ehr| api::appointments(ehr, phone)).unwrap_or_default();
    let needles = search::needles(api.ehr.as_ref(), &scene.sender, &appointments, &chat);
    let database = records::database(scene, &look.tables, &needles);
    let facts = Facts {
        appointments: &appointments,
        known: api.ehr.as_ref().zip(phone).is_some_and(|(ehr, phone)| !api::patients(ehr, phone).is_empty()),
        chat: !chat.is_empty(),
        found: database["found"] == true,
        external: api.ehr.is_none(),
        on: &on,
        now: api.clock.now(),
    };
    let (lead, tone, glyph) = lead::sentence(&facts);
    let way = lead::way(scene.lang, &api.traffic, &on);
    let filled = |template: &str, values: Value| render::fill(template, with_lang(values, lang));
    Ok(vec![
        ("who", filled("who.html", json!({ "people": people(scene, api) }))?),
        ("now", filled("now.html", now(scene, api))?),
        ("bar-time", scene.phone().time(api.clock.now())),
        ("due", filled("due.html", json!({ "due": due(scene, api, look) }))?),
        ("faults", filled("faults.html", json!({ "groups": switches::groups(&on) }))?),
        (
            "strip",
            filled("strip.html", json!({ "who": scene.who(), "lead": lead, "tone": tone, "glyph": glyph }))?,
        ),
        ("lead", filled("lead.html", json!({ "lead": lead, "tone": tone, "glyph": glyph, "way": way }))?),
        (
            "sub",
            markup::escaped(&scene.phone_lang().text(if typing(scene, api) { "typing" } else { "about" })),
        ),
        ("ehr", filled("ehr.html", records::ehr(scene, api, &chat))?),
        ("db", filled("db.html", database)?),
        ("wire", filled("wire.html", records::wire(scene, &api.traffic))?),
    ])
}

fn with_lang(mut values: Value, lang: &str) -> Filling {
    values["lang"] = json!(lang);
    render::value(&values)
}

/// Whether the gateway shows that it is writing.
pub fn typing(scene: &Scene, api: &Api) -> bool {
    api.graph.typing(scene.clinic.phone_number_id, &scene.sender)
}

fn people(scene: &Scene, api: &Api) -> Vec<Value> {
    let view = |(person, icon): &(world::DemoPerson, &'static str)| {
        let sender = Sender { phone: person.phone.clone(), bsuid: person.bsuid.clone() };
        let here = person.id == scene.person;
        json!({
            "id": person.id,
            "href": format!("?{}", scene.query(None, Some(&person.id), None)),
            "here": here,
            "icon": icon,
            "shown": scene::shown(&sender),
            "note": scene::note(person),
            // Who looks at a phone has read what is on it.
            "unread": if here { 0 } else { api.graph.unread(&sender) },
        })
    };
    scene::people(scene).iter().map(view).collect()
}

fn now(scene: &Scene, api: &Api) -> Value {
    let now = api.clock.now();
    let page = scene.page();
    let other = world::clinics().into_iter().find(|clinic| clinic.id != scene.clinic.id);
    let city = |id: &str| scene.lang.text(&format!("city-{id}"));
    let elsewhere = other.as_ref().map(|clinic| Writing { clinic, ..page });
    json!({
        "iso": now.format("%Y-%m-%dT%H:%MZ").to_string(),
        "time": page.time(now),
        "date": page.date(now),
        "city": city(scene.clinic.id),
        "other_time": elsewhere.map(|there| there.time(now)),
        "other_city": other.as_ref().map(|clinic| city(clinic.id)),
    })
}

fn due(scene: &Scene, api: &Api, look: &Look) -> Vec<Value> {
    let now = api.clock.now();
    let window = api.graph.window_end(scene.clinic.phone_number_id, &scene.sender);
    let mut all = [("due-window", window), ("due-job", look.next_due)].map(|(what, at)| (at, what)).to_vec();
    all.sort_unstable();
    let page = scene.page();
    all.into_iter()
        .filter_map(|(at, what)| Some((at.filter(|at| *at > now)?, what)))
        .map(|(at, what)| {
            let iso = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            json!({ "what": what, "at": format!("{} {}", page.short_day(at), page.time(at)), "iso": iso })
        })
        .collect()
}

/// Elements of the chat by their ids: a day where a new one begins, and messages that changed after `seen`.
///
/// # Errors
/// A template is broken.
pub fn chat(scene: &Scene, api: &Api, seen: u64) -> Result<(Vec<(String, String)>, u64), Error> {
    let (lines, newest) = api.graph.chat(scene.clinic.phone_number_id, &scene.sender, 0);
    let writing = scene.phone();
    let quoted = |id: &str| api.graph.line(id);
    let screen = Screen { writing, template: api.hooks.template.as_ref(), quoted: &quoted };
    let ask = scene.ask();
    let mut items = vec![];
    let mut day = String::new();
    for line in &lines {
        let key = writing.day_key(line.at);
        if line.change > seen {
            if key != day {
                items.push((format!("d{}", line.seq), day_html(writing, line)));
            }
            items.push((
                format!("m{}", line.seq),
                render::line(&screen.view(line), scene.phone_lang(), &ask)?,
            ));
        }
        day = key;
    }
    Ok((items, newest))
}

fn day_html(writing: Writing<'_>, line: &Line) -> String {
    format!("<div class=\"day\" id=\"d{}\">{}</div>", line.seq, writing.day(line.at))
}

/// The name a patient knows a clinic by.
pub fn peer(scene: &Scene) -> &'static str {
    if scene.phone_lang() == Lang::Ar { scene.clinic.name.0 } else { scene.clinic.name.1 }
}

/// Both clinics as links.
pub fn clinics(scene: &Scene) -> Vec<Value> {
    let view = |clinic: &world::DemoClinic| {
        let name = if scene.lang == Lang::Ar { clinic.name.0 } else { clinic.name.1 };
        let href = format!("?{}", scene.query(None, None, Some(clinic.id)));
        json!({ "href": href, "here": clinic.id == scene.clinic.id, "name": name })
    };
    world::clinics().iter().map(view).collect()
}

/// The whole page.
///
/// # Errors
/// A template is broken.
pub fn page(scene: &Scene, api: &Api, look: &Look, stamp: &str) -> Result<String, Error> {
    let (items, seen) = chat(scene, api, 0)?;
    let cut = items.len() > super::FIRST_LINES;
    let shown = &items[items.len().saturating_sub(super::FIRST_LINES)..];
    let lines: Vec<&str> = shown.iter().map(|(_, html)| html.as_str()).collect();
    let parts = all(scene, api, look)?;
    let hashes = Filling::from_pairs(parts.iter().map(|(id, html)| (*id, hash(html))));
    let parts =
        Filling::from_pairs(parts.into_iter().map(|(id, html)| (id, Filling::from_safe_string(html))));
    let phone_lang = scene.phone_lang();
    render::fill(
        "page.html",
        context! {
            lang => scene.lang.code(), dir => scene.lang.dir(),
            other => scene.lang.other().code(),
            other_href => format!("?{}", scene.query(Some(scene.lang.other()), None, None)),
            phone_lang => phone_lang.code(), phone_dir => phone_lang.dir(),
            person => &scene.person, clinic => scene.clinic.id, who => scene.who(), peer => peer(scene),
            query => query(scene), stamp, seen, cut,
            lines => Filling::from_safe_string(lines.join("\n")),
            typing => typing(scene, api),
            clinics => render::value(&clinics(scene)),
            kinds => render::value(&raw::KINDS),
            parts, hashes,
        },
    )
}

/// What names the scene in full.
fn query(scene: &Scene) -> String {
    let person = scene.person.replace('+', "%2B");
    format!("lang={}&person={person}&clinic={}", scene.lang.code(), scene.clinic.id)
}
