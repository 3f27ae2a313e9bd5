//! Dialect `rest`: FHIR R4 with transactions, `ifMatch` and `ifNoneExist`, as HAPI and most generic servers have them.

use crate::clock::Clock;
use crate::domain::decision::{Outcome, Write, WriteKind};
use crate::domain::fact::{Fact, Question, Trouble};
use crate::outbound::ehr::client::{Client, Problem};
use crate::outbound::ehr::directory::Directory;
use crate::outbound::ehr::learnt::Learnt;
use crate::outbound::ehr::proof::Matching;
use crate::outbound::ehr::write::{Failed, Heard, Trail};
use crate::outbound::ehr::{Asking, Capabilities};
use crate::seal::Keys;
use crate::wire::fhir::outcome::Refusal;
use chrono::Duration;

/// For so long after it began, no other worker can be at the same write: half of a lane's lease. Later, what is found
/// under our identifier may be another's work and not what a refused transaction left behind.
const ALONE: Duration = Duration::seconds(45);

/// A generic R4 server.
#[derive(Debug)]
pub(in crate::outbound) struct Rest {
    pub client: Client,
    pub directory: Directory,
    pub learnt: Learnt,
    pub matching: Matching,
    pub keys: Keys,
    pub clock: Clock,
}

impl Rest {
    pub fn capabilities(&self) -> Capabilities {
        Capabilities { hold: false, atomic: self.learnt.atomic(), find_by_intent: true }
    }

    pub async fn answer(&self, question: Question, asking: Asking<'_>) -> Result<Fact, Problem> {
        match question {
            Question::Who => self.who(asking).await,
            Question::Slots(search) => self.slots(search, asking).await,
            Question::Slot(key) => Ok(Fact::Slot(self.find_slot(key, asking).await?.map(|(free, _)| free))),
            Question::Visits(patient) => self.visits(patient, asking).await,
            Question::Past(patient) => self.past(patient, asking).await,
            Question::Visit(patient, appointment) => {
                Ok(Fact::Visit(self.visit(patient, appointment, asking).await?))
            }
            // Our own rows and the desk answer these; an EHR that is asked all the same knows nothing of them.
            Question::Intent(_) | Question::Told(..) | Question::Vouched => Ok(Fact::Trouble(Trouble::Down)),
        }
    }

    /// Performs a write. What may have been done before is looked for first; what was refused is looked at again,
    /// since servers word the same conflict in ten ways; what got no answer is unknown.
    pub async fn perform(&self, write: Write, asking: Asking<'_>, doubt: bool) -> Outcome {
        let known = if doubt {
            let look = Trail { last: false, ..Trail::new(self.clock.now(), true) };
            self.truth(write, &look, asking).await
        } else {
            Ok(None)
        };
        let outcome = match known {
            Ok(Some(outcome)) => outcome,
            // A late write is a write: what was begun before and is not there may still arrive. It is looked for again
            // once it cannot any more, and only then repeated.
            Ok(None) if doubt => Outcome::Unknown,
            Ok(None) => self.begin(write, asking, false).await,
            Err(_) => Outcome::Unknown,
        };
        match outcome {
            Outcome::Unknown if write.kind == WriteKind::Book => self.learnt.doubt(write.about.intent),
            _ => self.learnt.settled(write.about.intent),
        }
        outcome
    }

    /// Looks for the truth of a write whose answer was lost.
    pub async fn reconcile(&self, write: Write, asking: Asking<'_>, may_repeat: bool) -> Option<Outcome> {
        let look = Trail { last: may_repeat, ..Trail::new(self.clock.now(), may_repeat) };
        let outcome = match self.truth(write, &look, asking).await {
            Ok(Some(outcome)) => outcome,
            Ok(None) if may_repeat => self.begin(write, asking, true).await,
            Ok(None) | Err(_) => Outcome::Unknown,
        };
        let known = outcome != Outcome::Unknown;
        if known {
            self.learnt.settled(write.about.intent);
        }
        known.then_some(outcome)
    }

    /// One attempt, and the look at what came of it: nothing is called booked until it has been read back. Where
    /// something was only edited meanwhile, and all else is as it was, once more.
    async fn begin(&self, write: Write, asking: Asking<'_>, again: bool) -> Outcome {
        let mut refusals = 0;
        loop {
            let mut trail = Trail::new(self.clock.now(), again);
            let problem = match self.attempt(write, asking, &mut trail).await {
                Err(Failed::Outcome(outcome)) => return *outcome,
                Err(Failed::Problem(problem)) => problem,
                Ok(()) => {
                    let read_back = Trail { heard: Heard::Done, last: false, ..trail };
                    let outcome = self.truth(write, &read_back, asking).await;
                    return outcome.ok().flatten().unwrap_or(Outcome::Unknown);
                }
            };
            refusals += 1;
            match self.after(problem, write, asking, trail).await {
                Some(outcome) => return outcome,
                None if refusals > 1 => return not_done(problem, write),
                None => {}
            }
        }
    }

    /// After a problem: what certainly did not leave us was not done, all else is looked at first. `None`: it was not
    /// done, and nothing speaks against it still being possible.
    async fn after(
        &self,
        problem: Problem,
        write: Write,
        asking: Asking<'_>,
        trail: Trail,
    ) -> Option<Outcome> {
        let never_left = matches!(problem, Problem::Unreachable | Problem::OverBudget);
        if !trail.sent && (never_left || !trail.again) {
            return Some(Outcome::NotDone(problem.trouble()));
        }
        // No answer, or one by somebody in between: the server may still be at it.
        if matches!(problem, Problem::NoAnswer | Problem::NotFhir | Problem::Refused(Refusal::Transient)) {
            return Some(Outcome::Unknown);
        }
        let refused = matches!(problem, Problem::Refused(_));
        let alone = !trail.again && self.clock.now() - trail.began < ALONE;
        let heard = if refused && alone { Heard::Refused } else { Heard::Nothing };
        match self.truth(write, &Trail { heard, ..trail }, asking).await {
            Ok(Some(outcome)) => Some(outcome),
            Err(_) => Some(Outcome::Unknown),
            Ok(None) if self.slot_is_lost(write, asking).await => Some(Outcome::Taken),
            Ok(None) if matches!(problem, Problem::Refused(Refusal::Conflict | Refusal::Taken)) => None,
            Ok(None) => Some(not_done(problem, write)),
        }
    }

    /// Servers word a lost race in ten ways, a plain 400 among them: whether the slot is still free says more.
    async fn slot_is_lost(&self, write: Write, asking: Asking<'_>) -> bool {
        let choosing = matches!(write.kind, WriteKind::Book | WriteKind::Move);
        choosing
            && matches!(self.free_slot_for(write, asking).await, Err(Failed::Outcome(it)) if *it == Outcome::Taken)
    }
}

/// What a refusal means once it is known that nothing was done.
fn not_done(problem: Problem, write: Write) -> Outcome {
    let lost = match write.kind {
        WriteKind::Book | WriteKind::Move => Outcome::Taken,
        WriteKind::Cancel | WriteKind::Reason | WriteKind::Attend => Outcome::Changed,
        WriteKind::Register => Outcome::Refused,
    };
    match problem {
        Problem::Refused(
            Refusal::Taken
            | Refusal::Conflict
            | Refusal::OurTwin
            | Refusal::Duplicate
            | Refusal::NotFound
            | Refusal::Gone,
        ) => lost,
        Problem::Refused(Refusal::Auth | Refusal::Invalid) => Outcome::Refused,
        Problem::Refused(Refusal::Throttled { .. } | Refusal::Locked) => Outcome::NotDone(Trouble::Slow),
        Problem::Unreachable | Problem::OverBudget => Outcome::NotDone(problem.trouble()),
        // The server answered, and the look-up after it found nothing: it was not done.
        Problem::Refused(Refusal::Unavailable | Refusal::Unknown) => Outcome::NotDone(Trouble::Down),
        _ => Outcome::Unknown,
    }
}
