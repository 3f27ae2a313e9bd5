//! Writers: jobs in, commits out. What somebody outside waits for (a webhook's 200) is urgent and goes first.
//!
//! SQLite has one writer, which groups: it takes what waits, runs each job in a savepoint of its own, and commits
//! once, so a burst costs one fsync. PostgreSQL groups the fsyncs of concurrent commits itself; there each job has a
//! transaction of its own, and several writers run them. A job that is not
//! urgent locks one person's rows; an urgent one locks those of many, in one order. So no two wait for each other.

use crate::ids::{Chance, Id};
use crate::store::StoreError;
use crate::store::conn::{Conn, Target};
use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Jobs in one commit at most: beyond it the first ones wait longer than the fsync they save.
pub const BATCH: usize = 64;
/// Jobs that go along with an urgent one: whoever waits for it waits for them too, so they are few; enough for work to
/// go on while webhooks pour in.
const ALONG: usize = 2;
/// A job that lost a race against another writer (unique key, deadlock) is run again so often.
const TRIES: usize = 4;
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
    fn answer(self: Box<Self>, result: Result<(), StoreError>);
}

struct Typed<T, F, D> {
    work: F,
    value: Option<T>,
    done: D,
}

impl<T, F, D> Job for Typed<T, F, D>
where
    T: Send,
    F: FnMut(&mut Conn) -> Result<T, StoreError> + Send,
    D: FnOnce(Result<T, StoreError>) + Send,
{
    fn run(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        self.value = Some((self.work)(conn)?);
        Ok(())
    }

    fn answer(self: Box<Self>, result: Result<(), StoreError>) {
        let Self { value, done, .. } = *self;
        done(result.and_then(|()| value.ok_or(StoreError::Stopped)));
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
pub struct Writer(Arc<Handle>);

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
            let (conn, chain) = (target.connect()?, chance.id());
            std::thread::Builder::new()
                .name("wasl-writer".to_owned())
                .spawn(move || {
                    CHAIN.set(chain);
                    write_loop(&target, conn, &queue, takes);
                })
                .map_err(|error| StoreError::Connect(error.to_string()))?;
        }
        Ok(Self(Arc::new(Handle(queue))))
    }

    /// Runs `work` in a transaction; the answer comes after the commit. `work` may be run several times.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        // Whoever asked may have gone away: the work stands all the same.
        let done = |result| drop(reply.send(result));
        self.0.0.lock().plain.push_back(Box::new(Typed { work, value: None, done }));
        self.0.0.ready.notify_all();
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `work` in the next transaction; `done` hears of it after the commit, on the writer's thread.
    pub fn urgently<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
        done: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) {
        self.0.0.lock().urgent.push_back(Box::new(Typed { work, value: None, done }));
        self.0.0.ready.notify_all();
    }
}

fn write_loop(target: &Target, mut conn: Conn, queue: &Queue, takes: Takes) {
    let mut was_urgent = false;
    while let Some(Batch { jobs, urgent }) = queue.next(takes, was_urgent) {
        was_urgent = urgent;
        if let Err(lost) = commit_batch(&mut conn, jobs)
            && let Ok(fresh) = target.connect()
        {
            tracing::warn!(error = %lost, "database connection replaced");
            conn = fresh;
        }
    }
}

/// Runs and commits a batch. An error means that the connection may be unusable; every job has been answered.
fn commit_batch(conn: &mut Conn, mut batch: VecDeque<Box<dyn Job>>) -> Result<(), StoreError> {
    let mut done = Vec::with_capacity(batch.len());
    // The first job needs no savepoint: nothing stands beside it yet that its failure could take along.
    while done.is_empty()
        && let Some(mut first) = batch.pop_front()
    {
        match opened(conn, first.as_mut()) {
            Ok(Ok(())) => done.push((first, Ok(()))),
            Ok(Err(error)) => first.answer(Err(error)),
            Err(lost) => {
                batch.push_front(first);
                batch.into_iter().for_each(|job| job.answer(Err(lost.again())));
                return Err(lost);
            }
        }
    }
    if done.is_empty() {
        return Ok(());
    }
    for mut job in batch {
        let result = in_savepoint(conn, job.as_mut());
        done.push((job, result));
    }
    let committed = commit(conn);
    for (job, result) in done {
        job.answer(match &committed {
            Ok(()) => result,
            Err(error) => Err(error.again()),
        });
    }
    committed
}

/// Opens a transaction with a job. When the job fails there is none; the outer error is the connection's.
fn opened(conn: &mut Conn, job: &mut dyn Job) -> Result<Result<(), StoreError>, StoreError> {
    let mut tries = 1;
    loop {
        begin(conn)?;
        let Err(error) = job.run(conn) else { return Ok(Ok(())) };
        conn.batch_execute("ROLLBACK")?;
        if tries == TRIES || !lost_a_race(&error) {
            return Ok(Err(error));
        }
        tries += 1;
    }
}

fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    let committed = conn.batch_execute("COMMIT").map_err(StoreError::from);
    if committed.is_err() {
        let _ = conn.batch_execute("ROLLBACK");
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
