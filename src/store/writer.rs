//! Group commit. Writers take every job that waits, run each in a savepoint of its own, and commit once:
//! a burst of webhooks costs one fsync. SQLite has one writer; PostgreSQL one per connection.

use crate::ids::{Chance, Id};
use crate::store::StoreError;
use crate::store::conn::{Conn, Target};
use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use tokio::sync::oneshot;

/// Jobs in one commit at most: beyond it the first ones wait longer than the fsync they save.
pub const BATCH: usize = 64;
/// A job that lost a race against another writer (unique key, deadlock) is run again so often.
const TRIES: usize = 4;

thread_local! {
    static CHAIN: Cell<Id> = const { Cell::new(Id([0; 16])) };
}

/// The audit chain of the writer that runs the current job: each has one of its own, so that writers on
/// PostgreSQL never wait for one another's entries.
pub(super) fn chain() -> Id {
    CHAIN.get()
}

/// Something to do inside a transaction.
trait Job: Send {
    fn run(&mut self, conn: &mut Conn) -> Result<(), StoreError>;
    fn answer(self: Box<Self>, result: Result<(), StoreError>);
}

struct Typed<T, F> {
    work: F,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnMut(&mut Conn) -> Result<T, StoreError> + Send> Job for Typed<T, F> {
    fn run(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        self.value = Some((self.work)(conn)?);
        Ok(())
    }

    fn answer(self: Box<Self>, result: Result<(), StoreError>) {
        let Self { value, reply, .. } = *self;
        // Whoever asked may have gone away (a closed webhook connection): the work stands all the same.
        let _ = reply.send(result.and_then(|()| value.ok_or(StoreError::Stopped)));
    }
}

/// The way to the writers. Dropping the last clone stops them.
#[derive(Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts `count` writers.
    pub fn start(target: &Target, count: usize, chance: &Chance) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..count.max(1) {
            let (target, queue) = (target.clone(), Arc::clone(&queue));
            let (conn, chain) = (target.connect()?, chance.id());
            std::thread::Builder::new()
                .name("wasl-writer".to_owned())
                .spawn(move || {
                    CHAIN.set(chain);
                    write_loop(&target, conn, &queue);
                })
                .map_err(|error| StoreError::Connect(error.to_string()))?;
        }
        Ok(Self { jobs })
    }

    /// Runs `work` in a transaction; the answer comes after the commit. `work` may be run several times.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Typed { work, value: None, reply });
        self.jobs.send(job).map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }
}

fn write_loop(target: &Target, mut conn: Conn, queue: &Mutex<mpsc::Receiver<Box<dyn Job>>>) {
    while let Some(batch) = next_batch(queue) {
        if let Err(lost) = commit_batch(&mut conn, batch)
            && let Ok(fresh) = target.connect()
        {
            tracing::warn!(error = %lost, "database connection replaced");
            conn = fresh;
        }
    }
}

fn next_batch(queue: &Mutex<mpsc::Receiver<Box<dyn Job>>>) -> Option<Vec<Box<dyn Job>>> {
    let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let mut batch = vec![queue.recv().ok()?];
    while batch.len() < BATCH {
        let Ok(job) = queue.try_recv() else { break };
        batch.push(job);
    }
    Some(batch)
}

/// Runs and commits a batch. An error means that the connection may be unusable; every job has been answered.
fn commit_batch(conn: &mut Conn, batch: Vec<Box<dyn Job>>) -> Result<(), StoreError> {
    if let Err(error) = begin(conn) {
        batch.into_iter().for_each(|job| job.answer(Err(error.again())));
        return Err(error);
    }
    let mut done = Vec::with_capacity(batch.len());
    for mut job in batch {
        let result = in_savepoint(conn, job.as_mut());
        done.push((job, result));
    }
    let committed = conn.batch_execute("COMMIT").map_err(StoreError::from);
    if committed.is_err() {
        let _ = conn.batch_execute("ROLLBACK");
    }
    for (job, result) in done {
        job.answer(match &committed {
            Ok(()) => result,
            Err(error) => Err(error.again()),
        });
    }
    committed
}

fn begin(conn: &mut Conn) -> Result<(), StoreError> {
    let sql = match conn {
        // A deferred transaction that reads first gets SQLITE_BUSY when it upgrades, whatever the time-out.
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => "BEGIN",
    };
    Ok(conn.batch_execute(sql)?)
}

fn in_savepoint(conn: &mut Conn, job: &mut dyn Job) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        conn.batch_execute("SAVEPOINT job")?;
        match job.run(conn) {
            Ok(()) => return Ok(conn.batch_execute("RELEASE job")?),
            Err(error) => {
                conn.batch_execute("ROLLBACK TO job; RELEASE job")?;
                if tries == TRIES || !lost_a_race(&error) {
                    return Err(error);
                }
                tries += 1;
            }
        }
    }
}

fn lost_a_race(error: &StoreError) -> bool {
    use DatabaseErrorKind::{SerializationFailure, UniqueViolation};
    match error {
        StoreError::Database(Error::DatabaseError(UniqueViolation | SerializationFailure, _)) => true,
        StoreError::Database(Error::DatabaseError(_, about)) => about.message().contains("deadlock"),
        _ => false,
    }
}
