//! What becomes of a content that would come late, that does not arrive, or whose reader may be somebody else by now.

use super::contents::Content::{self, *};
use chrono::Duration;

/// How long an answer, a question or a list of free times is worth sending: who asked has long gone on by then, and would
/// answer something that was not asked any more.
pub(super) const ANSWER_LIFE: Duration = Duration::minutes(30);

/// How something ended, or that it took effect: true however late it is read, and worth it.
pub(super) const FACTS: &[Content] = &[
    Booked,
    BookNotDone,
    BookTaken,
    Moved,
    MoveTaken,
    MoveNotDone,
    MoveBoth,
    Cancelled,
    CancelNotDone,
    CancelAlready,
    Attend,
    AttendNotDone,
    ChangedTime,
    ChangedDoctor,
    ChangedPlace,
    CancelledByClinic,
    Unsettled,
    Emergency,
    Distress,
    DeathTold,
    StopDone,
    StopAlready,
    StartDone,
    StartAlready,
    NumberWrong,
    PersonNoted,
    CallbackSaved,
    CallbackOff,
    RunningLate,
    IdDone,
    IdNomatch,
];

/// What a patient must learn: how a write of theirs ended, and what the clinic changed. Where it cannot be told here,
/// people tell it.
pub(super) const MATTERS: &[Content] = &[
    Booked,
    BookNotDone,
    BookTaken,
    Moved,
    MoveTaken,
    MoveNotDone,
    MoveBoth,
    Cancelled,
    CancelNotDone,
    ChangedTime,
    ChangedDoctor,
    ChangedPlace,
    CancelledByClinic,
];

/// What tells something of a patient's record without naming the patient in its coordinates.
pub(super) const PERSONAL: &[Content] = &[
    Who,
    MineNone,
    Mine,
    MineList,
    Which,
    Past,
    PastNone,
    ApptPast,
    ApptTooLate,
    BookLimit,
    CancelAlready,
    TapChanged,
    TapDone,
    MoveBoth,
];
