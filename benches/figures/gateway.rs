//! `wasl serve` with a configuration of its own.

use crate::bodies::{SECRET, number};
use crate::child::Process;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How a gateway is set up.
pub struct Setup {
    /// Its database; SQLite in a folder of its own without one.
    pub database: Option<String>,
    /// Where "Meta" is.
    pub graph: String,
    /// Where the EHR is.
    pub ehr: String,
    /// How many business numbers it has: Meta takes 80 messages a second on each.
    pub numbers: usize,
}

/// A running gateway.
pub struct Gateway {
    /// The process.
    pub process: Process,
    /// Its public port.
    pub port: u16,
    /// Its internal port.
    pub internal: u16,
    /// From its start to "ready".
    pub started_in: Duration,
    _dir: TempDir,
}

impl Gateway {
    pub fn start(setup: &Setup) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (port, internal) = (free_port(), free_port());
        std::fs::write(dir.path().join("config.toml"), config(setup, dir.path(), port, internal)).unwrap();
        done(dir.path(), &["keys", "generate"]);
        done(dir.path(), &["migrate"]);
        let log = std::fs::File::create(dir.path().join("log")).unwrap();
        let begin = Instant::now();
        let process = Process::start(wasl(dir.path(), &["serve"]).stderr(log));
        wait_until_ready(internal, dir.path());
        Self { process, port, internal, started_in: begin.elapsed(), _dir: dir }
    }

    /// One of its own counters.
    pub fn counter(&self, name: &str) -> f64 {
        let text = ask(self.internal, "/metrics").unwrap_or_default();
        let lines = text.lines().filter(|line| line.starts_with(name));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }

    /// Waits until nothing is left to do.
    pub fn settle(&self) {
        for _ in 0..6_000 {
            let text = ask(self.internal, "/metrics").unwrap_or_default();
            let idle = |name: &str| text.lines().any(|line| line == format!("{name} 0"));
            if idle("wasl_lanes_due") && idle("wasl_free_effects_due") {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the gateway does not come to rest");
    }
}

fn wasl(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wasl"));
    command.args(arguments).arg("--config").arg(dir.join("config.toml")).current_dir(dir);
    command.env("WASL_LOG", "warn").stdout(Stdio::null());
    command
}

fn done(dir: &Path, arguments: &[&str]) {
    let output = wasl(dir, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn wait_until_ready(internal: u16, dir: &Path) {
    for _ in 0..10_000 {
        if ask(internal, "/health/ready").is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("not ready: {}", std::fs::read_to_string(dir.join("log")).unwrap_or_default());
}

/// The body of a 200 answer.
pub fn ask(port: u16, path: &str) -> Option<String> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200").then(|| body.to_owned())
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn config(setup: &Setup, dir: &Path, port: u16, internal: u16) -> String {
    let dir = dir.display();
    let database = setup.database.clone().unwrap_or_else(|| format!("sqlite://{dir}/wasl.db"));
    let Setup { graph, ehr, .. } = setup;
    let mut text = format!(
        "[server]\npublic_url = \"http://127.0.0.1:{port}\"\nlisten = \"127.0.0.1:{port}\"\n\
         internal_listen = \"127.0.0.1:{internal}\"\ndata_dir = \"{dir}\"\n\
         [database]\nurl = \"{database}\"\n[keys]\nmaster_key_file = \"{dir}/master.key\"\n\
         [whatsapp]\ngraph_url = \"{graph}\"\napp_secrets = [\"{SECRET}\"]\nverify_token = \"x\"\n\
         access_token = \"x\"\nbusiness_portfolio = \"102290000000000\"\n\
         [ehr]\nbooking_system = \"urn:wasl:bench\"\nbase_url = \"{ehr}\"\nrequests_per_second = 1000\n\
         timeout = \"5s\"\n"
    );
    (0..setup.numbers).for_each(|n| text.push_str(&clinic(n)));
    text
}

fn clinic(n: usize) -> String {
    format!(
        "\n[[clinic]]\nid = \"c{n}\"\nphone_number_id = \"{}\"\nwaba_id = \"102290000000001\"\n\
         name = {{ ar = \"مستشفى\", en = \"Hospital\" }}\ntimezone = \"Asia/Riyadh\"\nlocales = [\"en\", \"ar\"]\n\
         emergency_number = \"997\"\nphone = \"+966110000000\"\ndisclosure = \"details\"\nopening_hours = {{}}\n\
         [[clinic.location]]\nid = \"bench-place\"\nname = {{ ar = \"مبنى\", en = \"Building\" }}\n\
         [[clinic.service]]\nid = \"s\"\nname = {{ ar = \"الأسرة\", en = \"Family medicine\" }}\n\
         service_type = \"http://snomed.info/sct|419772000\"\nschedules = [\"Schedule/bench-{n}\"]\n",
        number(n)
    )
}
