//! Group commit. Writers take every job that waits, run each in a savepoint of its own, and commit once:
//! a burst of webhooks costs one fsync. SQLite has one writer; PostgreSQL one per connection.
//!
//! A batch keeps the row locks of its earlier jobs, so on PostgreSQL two batches can wait for one another. Jobs run in
//! one order of persons, a batch waits briefly only, and one that is caught all the same is rolled back whole and its
//! jobs run one transaction each.

use crate::ids::{Chance, Id};
use crate::store::StoreError;
use crate::store::conn::{Conn, Target};
use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use metrics::counter;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// Jobs in one commit at most: beyond it the first ones wait longer than the fsync they save.
pub const BATCH: usize = 64;
/// Jobs that wait at most; whoever comes then waits for room, as long as they have patience.
const WAITING: usize = 1_024;
/// A job that lost a race against another writer (unique key, deadlock) is run again so often.
const TRIES: usize = 4;
/// How long a batch waits for a row that another transaction holds: sixty-four jobs must not wait for one.
const BATCH_PATIENCE: &str = "BEGIN; SET LOCAL lock_timeout = '100ms'";
/// How long a job alone does: longer than PostgreSQL takes to find a deadlock (`deadlock_timeout`, 1 s), and not for
/// ever, since the holder may be a replica that is gone.
const PATIENCE: &str = "BEGIN; SET LOCAL lock_timeout = '3s'";

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
    /// False once whoever asked has gone away.
    fn wanted(&self) -> bool;
    fn rank(&self) -> u64;
    fn answer(self: Box<Self>, result: Result<(), StoreError>);
}

type Jobs = mpsc::Receiver<Box<dyn Job>>;

struct Typed<T, F> {
    rank: u64,
    work: F,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnMut(&mut Conn) -> Result<T, StoreError> + Send> Job for Typed<T, F> {
    fn run(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        self.value = Some((self.work)(conn)?);
        Ok(())
    }

    fn wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn rank(&self) -> u64 {
        self.rank
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
        let (jobs, queue) = mpsc::channel(WAITING);
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

    /// Runs `work` in a transaction; the answer comes after the commit. `work` may be run several times, and is not
    /// begun once whoever asked has gone away. Jobs of one batch run by `rank`.
    pub async fn write<T: Send + 'static>(
        &self,
        rank: u64,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Typed { rank, work, value: None, reply });
        self.jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }
}

fn write_loop(target: &Target, mut conn: Conn, queue: &Mutex<Jobs>) {
    while let Some(batch) = next_batch(queue) {
        if let Err(lost) = serve(&mut conn, batch)
            && let Ok(fresh) = target.connect()
        {
            tracing::warn!(error = %lost, "database connection replaced");
            conn = fresh;
        }
    }
}

fn next_batch(queue: &Mutex<Jobs>) -> Option<Vec<Box<dyn Job>>> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let mut batch = vec![queue.blocking_recv()?];
    while batch.len() < BATCH {
        let Ok(job) = queue.try_recv() else { break };
        batch.push(job);
    }
    batch.retain(|job| job.wanted());
    batch.sort_by_key(|job| job.rank());
    Some(batch)
}

/// Why a transaction came to nothing.
enum Broken {
    /// It and others wait for one another. Nothing of it stands, and it may be run again.
    Entangled(StoreError),
    /// The connection or the engine failed.
    Lost(StoreError),
}

/// What became of one job.
type Done = Result<(), StoreError>;

/// Runs and commits a batch. An error means that the connection may be unusable; every job has been answered.
fn serve(conn: &mut Conn, mut batch: Vec<Box<dyn Job>>) -> Result<(), StoreError> {
    if batch.len() < 2 {
        return batch.into_iter().try_for_each(|job| alone(conn, job));
    }
    match together(conn, &mut batch) {
        Ok(done) => {
            batch.into_iter().zip(done).for_each(|(job, done)| job.answer(done));
            Ok(())
        }
        Err(Broken::Entangled(_)) => {
            let _ = conn.batch_execute("ROLLBACK");
            counter!("wasl_batches_taken_apart_total").increment(1);
            let ended: Vec<_> = batch.into_iter().map(|job| alone(conn, job)).collect();
            ended.into_iter().collect()
        }
        Err(Broken::Lost(error)) => {
            let _ = conn.batch_execute("ROLLBACK");
            batch.into_iter().for_each(|job| job.answer(Err(error.again())));
            Err(error)
        }
    }
}

fn together(conn: &mut Conn, batch: &mut [Box<dyn Job>]) -> Result<Vec<Done>, Broken> {
    begin(conn, BATCH_PATIENCE)?;
    let mut done = Vec::with_capacity(batch.len());
    for job in batch {
        done.push(in_savepoint(conn, job.as_mut())?);
    }
    commit(conn)?;
    Ok(done)
}

/// A job in a transaction of its own. An error means that the connection may be unusable.
fn alone(conn: &mut Conn, mut job: Box<dyn Job>) -> Result<(), StoreError> {
    for last in (0..TRIES).map(|tries| tries + 1 == TRIES) {
        let ended = in_transaction(conn, job.as_mut());
        if !matches!(ended, Ok(Ok(()))) {
            let _ = conn.batch_execute("ROLLBACK");
        }
        match ended {
            Ok(Err(error)) if !last && repeated_key(&error) => {}
            Err(Broken::Entangled(_)) if !last => {}
            Ok(done) => {
                job.answer(done);
                return Ok(());
            }
            Err(Broken::Entangled(error)) => {
                job.answer(Err(error));
                return Ok(());
            }
            Err(Broken::Lost(error)) => {
                job.answer(Err(error.again()));
                return Err(error);
            }
        }
    }
    Ok(())
}

fn in_transaction(conn: &mut Conn, job: &mut dyn Job) -> Result<Done, Broken> {
    begin(conn, PATIENCE)?;
    match run(conn, job)? {
        Ok(()) => commit(conn).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

fn in_savepoint(conn: &mut Conn, job: &mut dyn Job) -> Result<Done, Broken> {
    let mut tries = 1;
    loop {
        execute(conn, "SAVEPOINT job")?;
        let done = run(conn, job)?;
        execute(conn, if done.is_ok() { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" })?;
        match done {
            Err(error) if tries < TRIES && repeated_key(&error) => tries += 1,
            done => return Ok(done),
        }
    }
}

/// Runs a job. One that panics costs its own answer, not the writer.
fn run(conn: &mut Conn, job: &mut dyn Job) -> Result<Done, Broken> {
    let ended = catch_unwind(AssertUnwindSafe(|| job.run(conn)));
    match ended {
        Ok(Err(error)) if entangled(conn, &error) => Err(Broken::Entangled(error)),
        Ok(done) => Ok(done),
        Err(_) => {
            counter!("wasl_jobs_panicked_total").increment(1);
            Ok(Err(StoreError::Panicked))
        }
    }
}

fn begin(conn: &mut Conn, patience: &str) -> Result<(), Broken> {
    let sql = match conn {
        // A deferred transaction that reads first gets SQLITE_BUSY when it upgrades, whatever the time-out.
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => patience,
    };
    execute(conn, sql)
}

fn commit(conn: &mut Conn) -> Result<(), Broken> {
    execute(conn, "COMMIT")
}

fn execute(conn: &mut Conn, sql: &str) -> Result<(), Broken> {
    conn.batch_execute(sql).map_err(|error| Broken::Lost(error.into()))
}

/// Another writer added the same row first: run again, the job sees it.
fn repeated_key(error: &StoreError) -> bool {
    matches!(error, StoreError::Database(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)))
}

/// True of what PostgreSQL ends a transaction for because of another one. Diesel tells serialization failures (40001)
/// by a kind of their own; deadlocks (40P01) and lock time-outs (55P03) it leaves among the unknown, and their text is
/// in the server's language. So every unknown one counts: a repeat, a few times, harms nothing.
fn entangled(conn: &Conn, error: &StoreError) -> bool {
    use DatabaseErrorKind::{SerializationFailure, Unknown};
    matches!(conn, Conn::Postgres(_))
        && matches!(error, StoreError::Database(Error::DatabaseError(SerializationFailure | Unknown, _)))
}
