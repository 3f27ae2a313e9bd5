//! What waits for the same kind of transaction goes into one: a hundred webhooks that arrive while a commit is under
//! way become the next commit together, in a handful of statements.

use crate::store::conn::Conn;
use crate::store::{Store, StoreError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Updates in one transaction at most, but for one webhook that alone has more (Meta batches up to 1,000): beyond it
/// the first ones wait longer than they gain.
const MOST: usize = 512;

/// Does a whole set in a transaction; one answer for each item, in order. May be run several times.
type Work<T, R> = dyn Fn(&mut Conn, &[&T]) -> Result<Vec<R>, StoreError> + Send + Sync;

/// Something that counts towards a transaction's size.
pub(super) trait Weighed {
    /// Updates it holds.
    fn weight(&self) -> usize;
}

/// Gathers items into transactions. Cheap to clone.
pub(super) struct Gather<T, R>(Arc<Inner<T, R>>);

struct Inner<T, R> {
    work: Box<Work<T, R>>,
    waiting: Mutex<Waiting<T, R>>,
}

struct Waiting<T, R> {
    asked: Vec<Asked<T, R>>,
    /// A transaction is on its way that will take what waits.
    begun: bool,
}

struct Asked<T, R> {
    item: T,
    reply: oneshot::Sender<Result<R, StoreError>>,
}

type Set<T, R> = Arc<Mutex<Vec<Asked<T, R>>>>;

impl<T, R> Clone for Gather<T, R> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Weighed + Send + 'static, R: Send + 'static> Gather<T, R> {
    /// Gathers items for `work`.
    pub(super) fn new(
        work: impl Fn(&mut Conn, &[&T]) -> Result<Vec<R>, StoreError> + Send + Sync + 'static,
    ) -> Self {
        let waiting = Mutex::new(Waiting { asked: Vec::new(), begun: false });
        Self(Arc::new(Inner { work: Box::new(work), waiting }))
    }

    /// Has `item` done in the next transaction; answers after its commit.
    pub(super) async fn ask(&self, store: &Store, item: T) -> Result<R, StoreError> {
        let (reply, answer) = oneshot::channel();
        let begun = {
            let mut waiting = held(&self.0.waiting);
            waiting.asked.push(Asked { item, reply });
            std::mem::replace(&mut waiting.begun, true)
        };
        if !begun {
            self.begin(store, Vec::new());
        }
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Begins a transaction for `set`, or for whatever waits once it runs.
    fn begin(&self, store: &Store, set: Vec<Asked<T, R>>) {
        let set: Set<T, R> = Arc::new(Mutex::new(set));
        let (run, done) = ((self.clone(), store.clone(), Arc::clone(&set)), (self.clone(), store.clone()));
        store.write_urgently(
            move |conn| {
                let (gather, store, set) = &run;
                let mut set = held(set);
                if set.is_empty() {
                    *set = gather.take(store);
                }
                let items: Vec<&T> = set.iter().map(|asked| &asked.item).collect();
                (gather.0.work)(conn, &items)
            },
            move |result| {
                let (gather, store) = done;
                gather.answer(&store, std::mem::take(&mut *held(&set)), result);
            },
        );
    }

    /// What goes into one transaction; if more waits, another is begun.
    fn take(&self, store: &Store) -> Vec<Asked<T, R>> {
        let mut waiting = held(&self.0.waiting);
        // What was not begun while somebody waited for it is not begun at all.
        waiting.asked.retain(|asked| !asked.reply.is_closed());
        let mut size = 0;
        let fits = |asked: &Asked<T, R>| {
            size += asked.item.weight();
            size <= MOST
        };
        let count = waiting.asked.iter().map(fits).take_while(|fits| *fits).count();
        let count = count.max(1).min(waiting.asked.len());
        let taken = waiting.asked.drain(..count).collect();
        waiting.begun = !waiting.asked.is_empty();
        if waiting.begun {
            drop(waiting);
            self.begin(store, Vec::new());
        }
        taken
    }

    /// Tells everybody; a set that failed is tried one by one, so that one bad item does not fail its neighbours.
    fn answer(&self, store: &Store, set: Vec<Asked<T, R>>, result: Result<Vec<R>, StoreError>) {
        match result {
            // Whoever asked may have gone away (a closed connection): the work stands all the same.
            Ok(answers) => {
                set.into_iter().zip(answers).for_each(|(asked, it)| drop(asked.reply.send(Ok(it))))
            }
            Err(_) if set.len() > 1 => set.into_iter().for_each(|asked| self.begin(store, vec![asked])),
            Err(error) => drop(set.into_iter().next().map(|asked| asked.reply.send(Err(error)))),
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
