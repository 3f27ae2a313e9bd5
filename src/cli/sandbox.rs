//! `wasl sandbox`: the real gateway with the other side of the wire around it, in one process and one folder.

use crate::app::{Extra, Gateway, Role, Running, StartError};
use crate::cli::{self, DONE, REFUSED, serve};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::speech::TemplateId;
use crate::ids::Chance;
use crate::outbound::catalogue;
use crate::sandbox::api::{self, Api, Hooks, Pending};
use crate::sandbox::clock::WorldClock;
use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::faults::Faults;
use crate::sandbox::graph::{GraphTwin, Terms};
use crate::sandbox::traffic::Traffic;
use crate::sandbox::{hooks, page, seed, world};
use crate::seal::sha256;
use crate::store::migrate;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Rows of each table that the panel searches; a demo has far fewer.
const DUMPED: u32 = 2_000;

/// What the command line says.
#[derive(Debug)]
pub struct Options {
    /// The gateway's public port on loopback; 0: any free one.
    pub port: u16,
    /// Where everything is kept.
    pub data: PathBuf,
    /// A real FHIR server in place of the embedded one.
    pub ehr: Option<String>,
    /// Another database than SQLite in `data`.
    pub database: Option<SecretString>,
}

/// Runs the sandbox until SIGTERM or SIGINT.
pub fn run(options: &Options) -> ExitCode {
    serve::logs();
    cli::block_on(async {
        match begin(options).await {
            Ok(Open { running, closing, stop, url }) => {
                cli::say(&format!("Wasl sandbox ready: {url}"));
                serve::until_told_to_stop().await;
                closing.cancel();
                running.stop().await;
                stop.cancel();
                ExitCode::from(DONE)
            }
            Err(error) => cli::fail(REFUSED, &error),
        }
    })
}

/// A sandbox that runs.
struct Open {
    running: Running,
    /// Lets go of the pages that are being kept up to date; before anything else stops.
    closing: CancellationToken,
    /// Ends the twins' own work; after everything else has stopped.
    stop: CancellationToken,
    url: String,
}

async fn begin(options: &Options) -> Result<Open, StartError> {
    let dir = &options.data;
    std::fs::create_dir_all(dir).map_err(|error| StartError(format!("--data {}: {error}", dir.display())))?;
    let chance = Chance::system();
    crate::cli::keys::generate(&dir.join("master.key"), &chance)?;
    let config = configuration(options, &chance)?;
    let base = format!("http://{}", config.server.listen);
    let clock = WorldClock::open(&dir.join("twins"), Clock::system()).map_err(broken(dir))?;
    migrate::up(&crate::app::target(&config)?).map_err(|error| StartError(error.to_string()))?;
    let faults = Faults::default();
    let traffic = Traffic::new(clock.face(), Clock::system());
    let ehr = embedded(options, &clock, &chance, &faults, &traffic).await?;
    let graph = meta(&config, &base, &clock, &chance, (&faults, &traffic), dir)?;
    let gateway = Gateway::prepare(&config, clock.face(), chance.clone()).await?;
    let engine = gateway.engine.clone();
    let load = gateway.load();
    let closing = CancellationToken::new();
    let api = Api {
        graph: graph.clone(),
        ehr: ehr.clone(),
        clock: clock.clone(),
        faults,
        traffic,
        hooks: gateway_hooks(engine, load),
        closing: closing.clone(),
        urls: json!({
            "public": base,
            "internal": format!("http://{}", config.server.internal_listen),
            "graph": format!("{base}/sandbox/graph"),
            "fhir": options.ehr.clone().unwrap_or_else(|| format!("{base}/sandbox/fhir")),
            "hl7": null,
        }),
        whatsapp: json!({
            "app_secret": config.whatsapp.app_secrets[0].expose_secret(),
            "verify_token": config.whatsapp.verify_token.expose_secret(),
            "access_token": config.whatsapp.access_token.expose_secret(),
        }),
    };
    let running = gateway.run(
        Role::All,
        config.server.listen,
        config.server.internal_listen,
        Some(routes(api, graph.clone(), ehr)),
    )?;
    let stop = CancellationToken::new();
    tokio::spawn({
        let stop = stop.clone();
        async move { graph.deliver(stop).await }
    });
    Ok(Open { running, closing, stop, url: format!("{base}/sandbox") })
}

fn broken(dir: &Path) -> impl Fn(std::io::Error) -> StartError {
    let dir = dir.display().to_string();
    move |error| StartError(format!("--data {dir}: {error}"))
}

fn routes(api: Api, graph: GraphTwin, ehr: Option<EhrTwin>) -> Extra {
    use actix_web::web::scope;
    Arc::new(move |app| {
        api::routes(&api, app);
        app.service(scope("/sandbox/graph").configure(|config| graph.routes(config)));
        if let Some(ehr) = &ehr {
            app.service(scope("/sandbox/fhir").configure(|config| ehr.routes(config)));
        }
        page::routes(app);
    })
}

/// The embedded EHR, seeded once; or nothing, after a real one was seeded.
async fn embedded(
    options: &Options,
    clock: &WorldClock,
    chance: &Chance,
    faults: &Faults,
    traffic: &Traffic,
) -> Result<Option<EhrTwin>, StartError> {
    if let Some(base) = &options.ehr {
        seed::external(base, clock.now(), |done, total| {
            tracing::info!(done, total, "seeding the EHR with the demo world");
        })
        .await
        .map_err(|error| StartError(format!("--ehr: {error}")))?;
        return Ok(None);
    }
    let dir = options.data.join("twins");
    let twin = EhrTwin::open(&dir, clock.face(), chance.clone(), faults.clone(), traffic.clone())
        .map_err(broken(&options.data))?;
    if !world::seeded(&twin) {
        twin.seed(world::resources(clock.now())).map_err(broken(&options.data))?;
    }
    Ok(Some(twin))
}

fn meta(
    config: &Config,
    base: &str,
    clock: &WorldClock,
    chance: &Chance,
    (faults, traffic): (&Faults, &Traffic),
    dir: &Path,
) -> Result<GraphTwin, StartError> {
    let terms = Terms {
        webhook_url: format!("{base}/webhooks/whatsapp"),
        app_secret: config.whatsapp.app_secrets[0].expose_secret().to_owned(),
        access_token: config.whatsapp.access_token.expose_secret().to_owned(),
        templates: templates(),
    };
    let (clock, chance) = (clock.face(), chance.clone());
    GraphTwin::open(&dir.join("twins"), terms, clock, chance, faults.clone(), traffic.clone())
        .map_err(broken(dir))
}

/// The templates of the registry, as if Meta had approved them.
fn templates() -> Vec<(String, Vec<String>, Vec<String>)> {
    use crate::domain::clinic::Disclosure;
    let languages = || vec!["ar".to_owned(), "en".to_owned()];
    let mut all = vec![];
    for entry in TemplateId::all() {
        for level in [Disclosure::Details, Disclosure::Time, Disclosure::Neutral] {
            let parameters = entry.parameters(level).iter().map(|slot| catalogue::parameter(*slot)).collect();
            all.push((catalogue::name(entry, level), languages(), parameters));
        }
    }
    all
}

fn gateway_hooks(engine: crate::engine::Engine, load: crate::worker::Load) -> Hooks {
    let (pending, census, dump, wake) = (engine.clone(), engine.clone(), engine.clone(), engine);
    Hooks {
        dump: Arc::new(move || {
            let engine = dump.clone();
            Box::pin(
                async move { engine.dump(DUMPED).await.unwrap_or_default().into_iter().map(table).collect() },
            )
        }),
        template: approved(),
        pending: Arc::new(move || {
            let (engine, load) = (pending.clone(), load.clone());
            Box::pin(async move {
                let (busy, before) = load.look();
                // A database that cannot be asked is not idle.
                let Ok(rows) = engine.load().await else { return Pending { due: 1, next_due: None } };
                let (at_work, after) = load.look();
                let due = usize::try_from(rows.lanes + rows.free).unwrap_or(usize::MAX);
                // Work that ends between the two looks leaves rows that the count in between did not see.
                let looking = engine.next_account_look();
                let due = due + at_work.max(busy) + usize::from(before != after);
                let due = due + usize::from(looking <= engine.clock.now());
                Pending { due, next_due: Some(rows.next_due.map_or(looking, |next| next.min(looking))) }
            })
        }),
        census: Arc::new(move || {
            let engine = census.clone();
            Box::pin(async move {
                let rows = engine.census().await.unwrap_or_default();
                rows.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect()
            })
        }),
        wake: Arc::new(move || wake.wake()),
    }
}

fn table(table: crate::store::dump::Table) -> hooks::Table {
    let columns = table.columns.iter().map(|(name, holds)| ((*name).to_owned(), format!("{holds:?}")));
    hooks::Table { name: table.name.to_owned(), columns: columns.collect(), rows: table.rows }
}

/// The templates of the registry with their texts, for the phone: a message to Meta names one and its parameters only.
fn approved() -> Arc<hooks::Lookup> {
    use crate::domain::clinic::{Disclosure, Locale};
    use crate::domain::speech::Label;
    let texts = catalogue::Catalogue::load().ok();
    Arc::new(move |name, language| {
        let texts = texts.as_ref()?;
        let locale = [Locale::Ar, Locale::En].into_iter().find(|locale| locale.code() == language)?;
        let levels = [Disclosure::Details, Disclosure::Time, Disclosure::Neutral];
        let all = TemplateId::all().flat_map(|entry| levels.map(|level| (entry, level)));
        let (entry, level) = all.into_iter().find(|(entry, level)| catalogue::name(entry, *level) == name)?;
        Some(hooks::Approved {
            text: texts.template_text(locale, entry.template, level),
            footer: texts.label(locale, Label::FTemplate),
            replies: entry.replies.iter().map(|label| texts.label(locale, *label)).collect(),
        })
    })
}

/// `DIR/config.toml`, made at the first start: it serves every other command too. Secrets and ports are chosen once.
fn configuration(options: &Options, chance: &Chance) -> Result<Config, StartError> {
    let path = options.data.join("config.toml");
    if !path.exists() {
        let text = written(options, chance)?;
        std::fs::write(&path, text).map_err(|error| StartError(format!("{}: {error}", path.display())))?;
    }
    let env = crate::config::environment().chain(overrides(options));
    Config::load(&path, env)
        .map_err(|faults| StartError(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// The command line wins over what was chosen at the first start.
fn overrides(options: &Options) -> Vec<(String, String)> {
    let mut env = vec![];
    if options.port != 0 {
        let url = format!("127.0.0.1:{}", options.port);
        env.push(("WASL__SERVER__LISTEN".to_owned(), format!("\"{url}\"")));
        env.push(("WASL__SERVER__PUBLIC_URL".to_owned(), format!("\"http://{url}\"")));
        env.push(("WASL__WHATSAPP__GRAPH_URL".to_owned(), format!("\"http://{url}/sandbox/graph\"")));
        if options.ehr.is_none() {
            env.push(("WASL__EHR__BASE_URL".to_owned(), format!("\"http://{url}/sandbox/fhir\"")));
        }
    }
    if let Some(base) = &options.ehr {
        env.push(("WASL__EHR__BASE_URL".to_owned(), format!("\"{}\"", base.trim_end_matches('/'))));
    }
    if let Some(url) = &options.database {
        env.push(("WASL__DATABASE__URL".to_owned(), format!("\"{}\"", url.expose_secret())));
    }
    env
}

/// Two free ports: both are held until both are known, or they might be one and the same.
fn free_ports() -> Result<[u16; 2], StartError> {
    let held = || TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr().map(|at| (it, at.port())));
    let ports = held().and_then(|(_one, port)| held().map(|(_other, second)| [port, second]));
    ports.map_err(|error| StartError(format!("no free port on loopback: {error}")))
}

fn secret(chance: &Chance) -> String {
    let hash = sha256(&chance.id().0);
    data_encoding::HEXLOWER.encode(&hash[..16])
}

fn written(options: &Options, chance: &Chance) -> Result<String, StartError> {
    let dir = std::path::absolute(&options.data).map_err(|error| StartError(error.to_string()))?;
    let dir = dir.display();
    let [free, internal] = free_ports()?;
    let port = if options.port == 0 { free } else { options.port };
    let (public, internal) = (format!("127.0.0.1:{port}"), format!("127.0.0.1:{internal}"));
    let ehr = options.ehr.clone().unwrap_or_else(|| format!("http://{public}/sandbox/fhir"));
    let mut text = format!(
        "# Made by `wasl sandbox`. It serves every other command too: wasl doctor --config {dir}/config.toml\n\n\
         [server]\npublic_url = \"http://{public}\"\nlisten = \"{public}\"\ninternal_listen = \"{internal}\"\n\
         data_dir = \"{dir}\"\n\n\
         [database]\nurl = \"sqlite://{dir}/wasl.db\"\n\n\
         [keys]\nmaster_key_file = \"{dir}/master.key\"\n\n\
         [whatsapp]\ngraph_url = \"http://{public}/sandbox/graph\"\napp_secrets = [\"{}\"]\n\
         verify_token = \"{}\"\naccess_token = \"{}\"\nbusiness_portfolio = \"102290000000000\"\n\n\
         [ehr]\nbooking_system = \"urn:wasl:sandbox:booking\"\nbase_url = \"{ehr}\"\nrequests_per_second = 500\n\
         timeout = \"5s\"\n\n\
         [links]\nportal_url = \"https://portal.example.org/login\"\n",
        secret(chance),
        secret(chance),
        secret(chance),
    );
    for clinic in world::clinics() {
        text.push_str(&clinic_text(&clinic));
    }
    Ok(text)
}

fn clinic_text(clinic: &world::DemoClinic) -> String {
    let riyadh = clinic.id == "main";
    let (emergency, phone) = if riyadh { ("997", "+966110000000") } else { ("141", "+212520000000") };
    let hours = if riyadh {
        "sun-thu = [\"08:00-20:00\"], sat = [\"09:00-14:00\"]"
    } else {
        "mon-fri = [\"08:30-18:30\"]"
    };
    let place = if riyadh {
        ("المبنى ب، الطابق 2", "Building B, floor 2")
    } else {
        ("الطابق 1", "Floor 1")
    };
    let (pin, street) = if riyadh {
        ("24.7136, 46.6753", ("طريق الملك فهد، الرياض", "King Fahd Road, Riyadh"))
    } else {
        ("33.5883, -7.6114", ("شارع محمد الخامس، الدار البيضاء", "Boulevard Mohammed V, Casablanca"))
    };
    let mut text = format!(
        "\n[[clinic]]\nid = \"{}\"\nphone_number_id = \"{}\"\nwaba_id = \"102290000000001\"\n\
         name = {{ ar = \"{}\", en = \"{}\" }}\ntimezone = \"{}\"\nlocales = [\"ar\", \"en\"]\n\
         emergency_number = \"{emergency}\"\nphone = \"{phone}\"\ndisclosure = \"{}\"\n\
         opening_hours = {{ {hours} }}\n\n[[clinic.location]]\nid = \"demo-place-{}\"\n\
         name = {{ ar = \"{}\", en = \"{}\" }}\npin = \"{pin}\"\naddress = {{ ar = \"{}\", en = \"{}\" }}\n",
        clinic.id,
        clinic.phone_number_id,
        clinic.name.0,
        clinic.name.1,
        clinic.zone,
        if riyadh { "details" } else { "time" },
        clinic.id,
        place.0,
        place.1,
        street.0,
        street.1,
    );
    for service in &clinic.services {
        text.push_str(&service_text(service));
    }
    text
}

fn service_text(service: &world::DemoService) -> String {
    let schedules: Vec<String> = service
        .doctors
        .iter()
        .map(|doctor| format!("\"Schedule/demo-schedule-{}\"", doctor.0.trim_start_matches("demo-doctor-")))
        .collect();
    let mut text = format!(
        "\n[[clinic.service]]\nid = \"{}\"\nname = {{ ar = \"{}\", en = \"{}\" }}\n\
         service_type = \"http://snomed.info/sct|{}\"\nschedules = [{}]\nreminders = [\"-24h\", \"-2h\"]\n",
        service.id,
        service.name.0,
        service.name.1,
        service.code,
        schedules.join(", "),
    );
    if let Some((ar, en)) = service.alias {
        text.push_str(&format!("disclosure = \"neutral\"\nalias = {{ ar = \"{ar}\", en = \"{en}\" }}\n"));
    }
    text
}
