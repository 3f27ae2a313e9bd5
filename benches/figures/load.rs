//! A load generator that costs little beside what it measures: one thread, kept connections, requests made before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came of a load.
#[derive(Debug, Default)]
pub struct Outcome {
    /// From the first request to the last answer.
    pub seconds: f64,
    /// Answers other than 200.
    pub refused: usize,
    /// How long each request took, sorted.
    pub times: Vec<Duration>,
}

impl Outcome {
    /// Answers a second.
    #[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.seconds
    }

    /// The time that so many of a thousand requests stay below, in milliseconds.
    pub fn millis(&self, per_mille: usize) -> f64 {
        let index = (self.times.len() * per_mille / 1000).min(self.times.len().saturating_sub(1));
        self.times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// Sends everything over so many connections, the next as soon as the last was answered.
pub fn flood(port: u16, requests: &Arc<Vec<Vec<u8>>>, connections: usize) -> Outcome {
    let next = Arc::new(AtomicUsize::new(0));
    run(connections, |_| {
        let (requests, next) = (Arc::clone(requests), Arc::clone(&next));
        async move {
            let mut caller = Caller::connect(port).await;
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                caller.call(request, Instant::now()).await;
            }
            caller
        }
    })
}

/// Sends everything at a steady rate, whatever the answers do: a request that must wait for its connection is late,
/// and its time counts from when it was due.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub fn steady(port: u16, requests: &Arc<Vec<Vec<u8>>>, rate: f64, connections: usize) -> Outcome {
    let begin = Instant::now() + Duration::from_millis(100);
    run(connections, |nth| {
        let requests = Arc::clone(requests);
        async move {
            let mut caller = Caller::connect(port).await;
            for n in (nth..requests.len()).step_by(connections) {
                let due = begin + Duration::from_secs_f64(n as f64 / rate);
                tokio::time::sleep_until(due.into()).await;
                caller.call(&requests[n], due).await;
            }
            caller
        }
    })
}

fn run<F: Future<Output = Caller> + 'static>(connections: usize, task: impl Fn(usize) -> F) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let local = tokio::task::LocalSet::new();
    let begin = Instant::now();
    let tasks: Vec<_> = (0..connections).map(|nth| local.spawn_local(task(nth))).collect();
    let mut outcome = Outcome::default();
    for task in tasks {
        let caller = local.block_on(&runtime, task).unwrap();
        outcome.refused += caller.refused;
        outcome.times.extend(caller.times);
    }
    outcome.seconds = begin.elapsed().as_secs_f64();
    outcome.times.sort();
    outcome
}

/// One kept connection.
struct Caller {
    stream: TcpStream,
    buffer: Vec<u8>,
    refused: usize,
    times: Vec<Duration>,
}

impl Caller {
    async fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 4096], refused: 0, times: Vec::new() }
    }

    async fn call(&mut self, request: &[u8], due: Instant) {
        self.stream.write_all(request).await.unwrap();
        let mut length = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[length..]).await.unwrap();
            assert!(read > 0, "the server hung up");
            length += read;
            if let Some(whole) = whole(&self.buffer[..length])
                && length >= whole
            {
                break;
            }
        }
        self.refused += usize::from(!self.buffer.starts_with(b"HTTP/1.1 200"));
        self.times.push(due.elapsed());
    }
}

/// The length of an answer, once its head is there.
fn whole(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
    let length = text.split("content-length:").nth(1)?.split("\r\n").next()?.trim().parse::<usize>().ok()?;
    Some(head + length)
}
