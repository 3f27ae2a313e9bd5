//! What is found on the machine: cores, PostgreSQL, a Python with pywa.

use crate::child::Process;
use crate::gateway::free_port;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

static SHORT: AtomicBool = AtomicBool::new(false);

/// From here on everything is small: the figures mean nothing, but what prints them is run.
pub fn be_short() {
    SHORT.store(true, Ordering::Relaxed);
}

/// So many; few in a short run.
pub fn many(count: usize, few: usize) -> usize {
    if SHORT.load(Ordering::Relaxed) { few } else { count }
}

/// One line on where the figures come from.
pub fn describe_machine() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let what = if many(1, 0) == 0 { "; a short run: whether it works, not how fast" } else { "" };
    println!(
        "{cores} cores, {}, {} MB; load {load} before the run; {profile} build{what}",
        processor(),
        memory()
    );
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name")).unwrap_or_default();
    line.split(": ").nth(1).unwrap_or("unknown processor").to_owned()
}

fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = text.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// A PostgreSQL cluster of its own, durable as it comes (fsync and synchronous_commit on).
pub struct Postgres {
    bin: PathBuf,
    dir: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts one with the newest server programs found; none if there are none.
    pub fn start() -> Option<Self> {
        let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .filter(|bin| bin.join("initdb").exists())
            .collect();
        found.sort();
        let (bin, dir) = (found.pop()?, tempfile::tempdir().unwrap());
        let it = Self { bin, dir, port: free_port() };
        it.begin();
        Some(it)
    }

    fn begin(&self) {
        let data = self.dir.path().join("pg");
        std::fs::create_dir(&data).unwrap();
        if is_root() {
            run(Command::new("chmod").arg("755").arg(self.dir.path()));
            run(Command::new("chown").arg("postgres").arg(&data));
        }
        let init = ["-U", "wasl", "--auth=trust", "-E", "UTF8", "--locale=C", "-D"];
        run(self.program("initdb").args(init).arg(&data));
        let options = format!(
            "-c listen_addresses=127.0.0.1 -p {} -k {} -c shared_buffers=256MB",
            self.port,
            data.display()
        );
        run(self
            .program("pg_ctl")
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(data.join("log"))
            .args(["-w", "-o", &options, "start"]));
    }

    /// A fresh database.
    pub fn database(&self, name: &str) -> String {
        let port = self.port.to_string();
        run(Command::new(self.bin.join("createdb")).args([
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-U",
            "wasl",
            name,
        ]));
        format!("postgres://wasl@127.0.0.1:{port}/{name}")
    }

    /// PostgreSQL refuses to run as root.
    fn program(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.dir.path().join("pg");
        let _ = self
            .program("pg_ctl")
            .arg("-D")
            .arg(data)
            .args(["-m", "immediate", "stop"])
            .stdout(Stdio::null())
            .status();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The pywa handler, on as many processes as there are cores; none without `WASL_TEST_PYWA` or the cache of `tests/run`.
pub fn pywa() -> Option<(Process, u16)> {
    let python = std::env::var("WASL_TEST_PYWA").ok().map(PathBuf::from).or_else(cached_python)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/figures/pywa_handler.py");
    let port = free_port();
    let cores = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    let mut command = Command::new(python);
    command.arg(script).args([port.to_string(), cores]).env("WASL_BENCH_SECRET", crate::bodies::SECRET);
    let process = Process::with_children(command.stderr(Stdio::null()).stdout(Stdio::null()));
    for _ in 0..3_000 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some((process, port));
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("pywa's handler did not start");
}

fn cached_python() -> Option<PathBuf> {
    let cache = std::env::var("WASL_CACHE")
        .ok()
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(std::env::var("HOME").unwrap_or_default()).join(".cache/wasl"));
    let mut found: Vec<PathBuf> = std::fs::read_dir(cache)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pywa-")))
        .map(|path| path.join("bin/python"))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    found.pop()
}
