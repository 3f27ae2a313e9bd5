//! Writers: jobs in, commits out. What somebody outside waits for (a webhook's 200) is urgent and goes first.
//!
//! SQLite has one writer, which groups: it takes what waits, runs each job in a savepoint of its own, and commits
//! once, so a burst costs one fsync. PostgreSQL groups the fsyncs of concurrent commits itself; there each job has a
//! transaction of its own, and several writers run them: a batch would keep the row locks of its earlier jobs while the
//! later ones run. A job that is not urgent locks one person's rows; an urgent one locks those of many, in one order.
//! Two that wait for one another all the same are told apart by PostgreSQL, and the one it ends is run again.

use crate::ids::{Chance, Id};
use crate::store::StoreError;
use crate::store::conn::{Conn, Target};
use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use metrics::counter;
use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Jobs in one commit at most: beyond it the first ones wait longer than the fsync they save.
pub const BATCH: usize = 64;
/// Jobs that go along with an urgent one: whoever waits for it waits for them too, so they are few; enough for work to
/// go on while webhooks pour in.
const ALONG: usize = 2;
/// Jobs that wait at most; whoever comes then waits for room, as long as they have patience. What is urgent is gathered
/// before it comes here: there is one such job on its way for each kind.
const WAITING: usize = 1_024;
/// A job that lost a race against another writer (unique key, deadlock) is run again so often.
const TRIES: usize = 4;
/// How long a job waits for a row that another transaction holds: longer than PostgreSQL takes to find a deadlock
/// (`deadlock_timeout`, 1 s), and not for ever, since the holder may be a replica that is gone.
const PATIENCE: &str = "BEGIN; SET LOCAL lock_timeout = '3s'";
/// Writers on PostgreSQL for what is urgent: while one waits for its commit, the next set is written.
const URGENT_WRITERS: usize = 2;
/// Writers on PostgreSQL that rest while something urgent is done.
const SPARE_WRITERS: usize = 5;

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
    fn answer(self: Box<Self>, result: Result<(), StoreError>);
}

/// Who hears what became of a job.
trait Asker<T>: Send {
    fn waits(&self) -> bool;
    fn hear(self, result: Result<T, StoreError>);
}

/// Somebody who waits for the answer.
struct Waiter<T> {
    reply: oneshot::Sender<Result<T, StoreError>>,
    _room: OwnedSemaphorePermit,
}

impl<T: Send> Asker<T> for Waiter<T> {
    fn waits(&self) -> bool {
        !self.reply.is_closed()
    }

    fn hear(self, result: Result<T, StoreError>) {
        // Whoever asked may have gone away (a closed webhook connection): the work stands all the same.
        let _ = self.reply.send(result);
    }
}

/// Something to do with the answer; it knows itself who still waits.
struct Call<D>(D);

impl<T, D: FnOnce(Result<T, StoreError>) + Send> Asker<T> for Call<D> {
    fn waits(&self) -> bool {
        true
    }

    fn hear(self, result: Result<T, StoreError>) {
        (self.0)(result);
    }
}

struct Typed<T, F, A> {
    work: F,
    value: Option<T>,
    asker: A,
}

impl<T, F, A> Job for Typed<T, F, A>
where
    T: Send,
    F: FnMut(&mut Conn) -> Result<T, StoreError> + Send,
    A: Asker<T>,
{
    fn run(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        self.value = Some((self.work)(conn)?);
        Ok(())
    }

    fn wanted(&self) -> bool {
        self.asker.waits()
    }

    fn answer(self: Box<Self>, result: Result<(), StoreError>) {
        let Self { value, asker, .. } = *self;
        asker.hear(result.and_then(|()| value.ok_or(StoreError::Stopped)));
    }
}

/// Which jobs a writer takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// An urgent one and some of the rest, or many of the rest.
    Group,
    /// One urgent job.
    Urgent,
    /// One of the rest.
    Plain,
    /// One of the rest, unless something urgent is done: then the cores are needed there.
    Spare,
}

#[derive(Default)]
struct Waiting {
    urgent: VecDeque<Box<dyn Job>>,
    plain: VecDeque<Box<dyn Job>>,
    /// How many writers do something urgent.
    pressed: usize,
    closed: bool,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    ready: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next batch, after one that was urgent or not; none when the queue is closed and empty.
    fn next(&self, takes: Takes, was_urgent: bool) -> Option<Batch> {
        let mut waiting = self.lock();
        if was_urgent {
            waiting.pressed -= 1;
            self.ready.notify_all();
        }
        loop {
            let batch = waiting.take(takes);
            if !batch.jobs.is_empty() {
                return Some(batch);
            }
            if waiting.closed && waiting.urgent.is_empty() {
                return None;
            }
            waiting = self.ready.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Jobs of one commit.
struct Batch {
    jobs: VecDeque<Box<dyn Job>>,
    urgent: bool,
}

impl Waiting {
    fn take(&mut self, takes: Takes) -> Batch {
        let plain = matches!(takes, Takes::Plain | Takes::Spare);
        let first = if plain { None } else { self.urgent.pop_front() };
        let urgent = first.is_some();
        self.pressed += usize::from(urgent);
        let more = match takes {
            Takes::Urgent => 0,
            Takes::Spare if self.pressed > 0 || !self.urgent.is_empty() => 0,
            Takes::Plain | Takes::Spare => 1,
            Takes::Group if urgent => ALONG,
            Takes::Group => BATCH,
        };
        let more = self.plain.drain(..more.min(self.plain.len()));
        Batch { jobs: first.into_iter().chain(more).collect(), urgent }
    }
}

/// The way to the writers. Dropping the last clone lets them finish what waits, then stops them.
#[derive(Clone)]
pub struct Writer {
    handle: Arc<Handle>,
    room: Arc<Semaphore>,
}

struct Handle(Arc<Queue>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.ready.notify_all();
    }
}

impl Writer {
    /// Starts the writers of `target`.
    pub fn start(target: &Target, chance: &Chance) -> Result<Self, StoreError> {
        let queue = Arc::new(Queue::default());
        let mut writers = vec![Takes::Group];
        if matches!(target, Target::Postgres(_)) {
            writers = vec![Takes::Plain];
            writers.extend([Takes::Urgent; URGENT_WRITERS]);
            writers.extend([Takes::Spare; SPARE_WRITERS]);
        }
        for takes in writers {
            let (target, queue) = (target.clone(), Arc::clone(&queue));
            let (conn, chain) = (target.connect_writer()?, chance.id());
            std::thread::Builder::new()
                .name("wasl-writer".to_owned())
                .spawn(move || {
                    CHAIN.set(chain);
                    write_loop(&target, conn, &queue, takes);
                })
                .map_err(|error| StoreError::Connect(error.to_string()))?;
        }
        Ok(Self { handle: Arc::new(Handle(queue)), room: Arc::new(Semaphore::new(WAITING)) })
    }

    /// Runs `work` in a transaction; the answer comes after the commit. `work` may be run several times, and is not
    /// begun once whoever asked has gone away.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| StoreError::Stopped)?;
        let (reply, answer) = oneshot::channel();
        let job = Typed { work, value: None, asker: Waiter { reply, _room: room } };
        self.queue().lock().plain.push_back(Box::new(job));
        self.queue().ready.notify_all();
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `work` in the next transaction; `done` hears of it after the commit, on the writer's thread.
    pub fn urgently<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
        done: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) {
        let job = Typed { work, value: None, asker: Call(done) };
        self.queue().lock().urgent.push_back(Box::new(job));
        self.queue().ready.notify_all();
    }

    fn queue(&self) -> &Queue {
        &self.handle.0
    }
}

fn write_loop(target: &Target, mut conn: Conn, queue: &Queue, takes: Takes) {
    let mut was_urgent = false;
    while let Some(Batch { jobs, urgent }) = queue.next(takes, was_urgent) {
        was_urgent = urgent;
        let jobs = jobs.into_iter().filter(|job| job.wanted()).collect();
        if let Err(lost) = serve(&mut conn, jobs)
            && let Ok(fresh) = target.connect_writer()
        {
            tracing::warn!(error = %lost, "database connection replaced");
            conn = fresh;
        }
    }
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
    begin(conn)?;
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
    begin(conn)?;
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

fn begin(conn: &mut Conn) -> Result<(), Broken> {
    let sql = match conn {
        // A deferred transaction that reads first gets SQLITE_BUSY when it upgrades, whatever the time-out.
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => PATIENCE,
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
