//! The composition root: configuration in, a running gateway out. Start order here, reverse order when it stops.

mod doors;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::clinic::Clinic;
use crate::engine::{Engine, Settings};
use crate::ids::Chance;
use crate::inbound::probes::{Probe, Probes};
use crate::inbound::whatsapp::{Inlet, Secrets};
use crate::inbound::{probes, whatsapp};
use crate::outbound::catalogue::Catalogue;
use crate::outbound::desk::Desk;
use crate::outbound::ehr::{Ehr, EhrSettings};
use crate::outbound::http::{Http, HttpSettings};
use crate::outbound::pages::Pages;
use crate::outbound::say::Speaker;
use crate::outbound::whatsapp::{Graph, GraphSettings};
use crate::seal::{Keys, MasterKey};
use crate::store::lock::{self, ServerLock};
use crate::store::purge::Keep;
use crate::store::{Store, conn::Target, keys as key_rows, migrate};
use crate::web;
use crate::wire::whatsapp::window::SERVICE_WINDOW;
use crate::worker::{Parts, Worker};
use actix_web::dev::ServerHandle;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use secrecy::ExposeSecret;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A message to an operator about why the gateway cannot start; the command exits 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// How long requests in flight are waited for when the gateway stops.
const DRAIN_S: u64 = 20;

/// A webhook that is not durable by then is answered with 503. Meta documents no time-out; five seconds is the
/// shortest that is told of (`whatsapp.md` §1.3).
const ACCEPT_WITHIN: Duration = Duration::from_secs(4);

/// What a process does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Everything.
    All,
    /// Webhooks and pages.
    Web,
    /// Effects.
    Worker,
}

/// Routes that somebody else mounts on the public listener.
pub type Extra = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// A gateway that is ready to run: everything checked, nothing listening yet.
pub struct Gateway {
    /// Its transactions.
    pub engine: Engine,
    ehr: Ehr,
    graph: Graph,
    speaker: Speaker,
    target: Target,
    secrets: Secrets,
    keep: Keep,
    public_url: String,
    attempts: u32,
    load: crate::worker::Load,
    lock: ServerLock,
}

/// A gateway that runs.
pub struct Running {
    /// Where the public listener is.
    pub public: SocketAddr,
    /// Where the internal listener is.
    pub internal: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
    listeners: TaskTracker,
    servers: Vec<ServerHandle>,
    /// The database is ours until the last listener is closed.
    lock: ServerLock,
}

/// Reads the master key of a configuration.
pub fn master_key(config: &Config) -> Result<MasterKey, StartError> {
    let path = &config.keys.master_key_file;
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        StartError(format!("keys.master_key_file: {shown}: {error}; make one with `wasl keys generate`"))
    })?;
    MasterKey::parse(&text).map_err(|error| StartError(format!("keys.master_key_file: {shown} {error}")))
}

/// The database of a configuration.
pub fn target(config: &Config) -> Result<Target, StartError> {
    Target::parse(config.database.url.expose_secret()).map_err(|error| StartError(error.to_string()))
}

/// The HTTP client and settings of the EHR.
pub fn ehr(config: &Config, keys: Keys, clock: Clock) -> Result<Ehr, StartError> {
    let http = Http::new(HttpSettings { timeout: config.ehr.timeout.std(), ..HttpSettings::default() })
        .map_err(|error| StartError(format!("ehr: {error}")))?;
    let settings = EhrSettings {
        base: config.ehr.base_url.clone(),
        booking_system: config.ehr.booking_system.clone(),
        auth: config.ehr.auth.clone(),
        requests_per_second: config.ehr.requests_per_second,
        timeout: config.ehr.timeout.std(),
    };
    Ok(Ehr::new(http, settings, keys, clock))
}

impl Gateway {
    /// Checks everything and opens the database.
    pub async fn prepare(config: &Config, clock: Clock, chance: Chance) -> Result<Self, StartError> {
        let fail = |error: crate::store::StoreError| StartError(error.to_string());
        let keys = Keys::new(&master_key(config)?, chance.clone());
        let target = target(config)?;
        refuse_older_schema(&target)?;
        let lock = lock::take(&target).map_err(fail)?;
        let store =
            Store::open(config.database.url.expose_secret(), config.database.max_connections, &chance)
                .map_err(fail)?;
        begin(&store, &keys, &clock, config).await?;
        let clinics: Arc<Vec<Clinic>> = Arc::new(config.clinics());
        let settings = Settings {
            keep_addresses: config.retention.addresses.duration(),
            // A request can take effect until its time-out, and once more while the server finishes it.
            ehr_settles_within: config.ehr.timeout.duration() * 2,
            accept_within: ACCEPT_WITHIN,
            service_window: SERVICE_WINDOW,
        };
        let ehr = ehr(config, keys.clone(), clock.clone())?;
        let graph = graph(config, clock.clone())?;
        let catalogue = Catalogue::load().map_err(|error| StartError(error.to_string()))?;
        let pages = Pages {
            public_url: config.server.public_url.trim_end_matches('/').to_owned(),
            portal_url: config.links.portal_url.clone(),
        };
        let speaker = Speaker::new(catalogue, keys.clone(), pages);
        let engine = Engine::new(store, keys, clock, clinics, settings);
        let secrets = Secrets {
            app_secrets: config.whatsapp.app_secrets.clone(),
            verify_token: config.whatsapp.verify_token.clone(),
        };
        let keep = Keep {
            dedupe: config.retention.dedupe.duration(),
            addresses: config.retention.addresses.duration(),
            audit: config.retention.audit.duration(),
        };
        let load = crate::worker::Load::default();
        let (public_url, attempts) = (config.server.public_url.clone(), config.identify.attempts);
        Ok(Self { engine, ehr, graph, speaker, target, secrets, keep, public_url, attempts, load, lock })
    }

    /// What its worker has in hand.
    pub fn load(&self) -> crate::worker::Load {
        self.load.clone()
    }

    /// Begins to listen and to work.
    pub fn run(
        self,
        role: Role,
        public: SocketAddr,
        internal: SocketAddr,
        extra: Option<Extra>,
    ) -> Result<Running, StartError> {
        let stop = CancellationToken::new();
        let (tasks, listeners) = (TaskTracker::new(), TaskTracker::new());
        let mut servers = Vec::new();
        let (public, server) = self.listen_public(role, public, extra, &tasks)?;
        servers.push(server.handle());
        listeners.spawn(server);
        let (internal, server) = self.listen_internal(internal)?;
        servers.push(server.handle());
        listeners.spawn(server);
        tasks.spawn(crate::worker::names(
            self.engine.clone(),
            self.ehr.clone(),
            self.load.hold(),
            stop.clone(),
        ));
        tasks.spawn(crate::worker::upkeep(self.engine.clone(), self.keep, stop.clone()));
        if role != Role::Web {
            let me = self.engine.keys.chance().id();
            let desk = Desk::new(self.ehr.clone());
            let (graph, speaker, ehr, engine) = (self.graph, self.speaker, self.ehr, self.engine);
            let worker = Worker::new(Parts { engine, ehr, graph, speaker, desk }, me, self.load);
            let stop = stop.clone();
            tasks.spawn(async move { worker.run(stop).await });
        }
        Ok(Running { public, internal, stop, tasks, listeners, servers, lock: self.lock })
    }

    fn listen_public(
        &self,
        role: Role,
        address: SocketAddr,
        extra: Option<Extra>,
        tasks: &TaskTracker,
    ) -> Result<(SocketAddr, actix_web::dev::Server), StartError> {
        let pages = Data::new(self.pages(tasks)?);
        let inlet = Data::new(Inlet { engine: self.engine.clone(), secrets: self.secrets.clone() });
        listen("server.listen", address, move |app| {
            if role != Role::Worker {
                app.app_data(inlet.clone());
                whatsapp::routes(app);
                web::routes(&pages, app);
            }
            if let Some(extra) = &extra {
                extra(app);
            }
        })
    }

    fn pages(&self, tasks: &TaskTracker) -> Result<web::Pages, StartError> {
        let setup = web::Setup {
            public_url: self.public_url.clone(),
            attempts: self.attempts,
            runtime: tokio::runtime::Handle::current(),
            tasks: tasks.clone(),
        };
        let doors = doors::doors(&self.engine, &self.ehr);
        web::Pages::new(self.engine.clone(), doors, setup).map_err(|error| StartError(error.to_string()))
    }

    fn listen_internal(
        &self,
        address: SocketAddr,
    ) -> Result<(SocketAddr, actix_web::dev::Server), StartError> {
        let probes =
            Data::new(Probes { engine: self.engine.clone(), metrics: recorder()?, parts: self.parts() });
        listen("server.internal_listen", address, move |app| {
            app.app_data(probes.clone());
            probes::routes(app);
        })
    }

    /// The parts readiness names.
    fn parts(&self) -> Vec<(&'static str, Probe)> {
        let (engine, ehr, target) = (self.engine.clone(), self.ehr.clone(), self.target.clone());
        let database: Probe = Arc::new(move || {
            let (engine, target) = (engine.clone(), target.clone());
            Box::pin(async move {
                engine.load().await.map_err(|error| error.to_string())?;
                engine.writable().await.map_err(|error| error.to_string())?;
                refuse_older_schema(&target).map_err(|error| error.to_string())
            })
        });
        let ehr: Probe = Arc::new(move || {
            let ehr = ehr.clone();
            Box::pin(async move { ehr.reachable().await })
        });
        vec![("database", database), ("ehr", ehr)]
    }
}

impl Running {
    /// Stops: nothing new is begun, what was begun is finished. The worker is first: a webhook that is taken in meanwhile
    /// is durable and waits for the next start, while what the worker has begun may need what the listeners serve (the
    /// sandbox's twins).
    pub async fn stop(self) {
        self.stop.cancel();
        finished(&self.tasks).await;
        for server in &self.servers {
            server.stop(true).await;
        }
        finished(&self.listeners).await;
        // Pages begin work of their own while they are served.
        finished(&self.tasks).await;
        drop(self.lock);
    }
}

async fn finished(tasks: &TaskTracker) {
    tasks.close();
    if tokio::time::timeout(Duration::from_secs(DRAIN_S), tasks.wait()).await.is_err() {
        tracing::warn!("some work was left for its lease to lapse");
    }
}

fn refuse_older_schema(target: &Target) -> Result<(), StartError> {
    let missing = migrate::pending(target).map_err(|error| StartError(error.to_string()))?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(StartError(format!("database: {} migration(s) are missing; run `wasl migrate` first", missing.len())))
}

/// What a database must know before anything is written to it.
async fn begin(store: &Store, keys: &Keys, clock: &Clock, config: &Config) -> Result<(), StartError> {
    let (now, system) = (clock.now(), config.ehr.booking_system.clone());
    let alone = matches!(store.target(), Target::Sqlite(_));
    let (epochs, frozen) = store
        .write(move |conn| {
            key_rows::begin(conn, now)?;
            if alone {
                crate::store::lanes::free_all(conn, now)?;
                crate::store::outbox::free_all(conn, now)?;
            }
            Ok((key_rows::epochs(conn)?, migrate::freeze(conn, "ehr.booking_system", &system)?))
        })
        .await
        .map_err(|error| StartError(error.to_string()))?;
    keys.set_epochs(epochs);
    if frozen == config.ehr.booking_system {
        return Ok(());
    }
    Err(StartError(format!(
        "ehr.booking_system: was frozen as {frozen:?} when this database began: our bookings in the EHR carry it; \
         set it back"
    )))
}

/// The way to Meta of a configuration.
pub fn graph(config: &Config, clock: Clock) -> Result<Graph, StartError> {
    let http =
        Http::new(HttpSettings { timeout: crate::outbound::whatsapp::TIMEOUT, ..HttpSettings::default() })
            .map_err(|error| StartError(format!("whatsapp: {error}")))?;
    let settings = GraphSettings {
        base: config.whatsapp.graph_url.trim_end_matches('/').to_owned(),
        version: config.whatsapp.api_version.clone(),
        token: config.whatsapp.access_token.clone(),
    };
    Ok(Graph::new(http, settings, clock))
}

fn listen(
    key: &str,
    address: SocketAddr,
    routes: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> Result<(SocketAddr, actix_web::dev::Server), StartError> {
    let server = HttpServer::new(move || App::new().configure(routes.clone()))
        .disable_signals()
        .shutdown_timeout(DRAIN_S)
        .bind(address)
        .map_err(|error| StartError(format!("{key}: {address}: {error}; choose another port")))?;
    let bound = server.addrs().first().copied().unwrap_or(address);
    Ok((bound, server.run()))
}

/// One recorder per process, however many gateways tests start in it.
fn recorder() -> Result<PrometheusHandle, StartError> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| PrometheusBuilder::new().install_recorder().ok())
        .clone()
        .ok_or_else(|| StartError("metrics: another recorder is installed".to_owned()))
}
