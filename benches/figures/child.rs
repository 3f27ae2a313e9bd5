//! Processes that are measured: started, asked for CPU time and memory, ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Makes this program a server instead (see `servers`).
pub const ROLE: &str = "WASL_BENCH_ROLE";
/// Clock ticks a second in /proc, on every Linux there is.
const TICKS: f64 = 100.0;

/// A process of ours; it ends with this value.
pub struct Process {
    child: Child,
    /// Workers it forked are counted with it.
    family: bool,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        Self { child: command.stdin(Stdio::null()).spawn().unwrap(), family: false }
    }

    /// A process whose children do the work.
    pub fn with_children(command: &mut Command) -> Self {
        let mut it = Self::start(command);
        it.family = true;
        it
    }

    /// A process that says where it listens.
    pub fn heard(command: &mut Command) -> (Self, std::process::ChildStdout) {
        let mut it = Self::start(command);
        let out = it.child.stdout.take().unwrap();
        (it, out)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Seconds of CPU so far.
    pub fn cpu(&self) -> f64 {
        self.pids().iter().map(|pid| cpu_of(*pid)).sum()
    }

    /// Resident memory now, in MB.
    pub fn resident(&self) -> f64 {
        status(self.id(), "VmRSS:") / 1024.0
    }

    fn pids(&self) -> Vec<u32> {
        let id = self.id();
        let mut all = vec![id];
        if self.family {
            let path = format!("/proc/{id}/task/{id}/children");
            let text = std::fs::read_to_string(path).unwrap_or_default();
            all.extend(text.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        all
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.id().to_string()).status();
        for _ in 0..500 {
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cpu_of(pid: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks.
    let rest = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = rest.split_whitespace().map(|it| it.parse().unwrap_or(0.0)).collect();
    fields.get(11..13).map_or(0.0, |times| times.iter().sum::<f64>() / TICKS)
}

fn status(pid: u32, name: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0.0)
}

/// This program again, in another role; answers it with the port it listens on.
pub fn server(role: &str) -> (Process, u16) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let (process, mut out) = Process::heard(command.env(ROLE, role).stdout(Stdio::piped()));
    let mut line = String::new();
    BufReader::new(&mut out).read_line(&mut line).unwrap();
    let port = line.trim().parse().unwrap_or_else(|_| panic!("{role} did not start: {line}"));
    (process, port)
}
