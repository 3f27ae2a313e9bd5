//! The registry: every content, label, slot and template there is. Codes and ids are written into rows, audit
//! entries and Meta's account for ever: add, never reuse.

use super::{Entry, Kind, TemplateEntry, Unanswered, Variants};

/// Everything the product may say.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u16)]
pub enum Content {
    /// `welcome`
    Welcome = 1,
    /// `welcome-back`
    WelcomeBack = 2,
    /// `welcome-language`
    WelcomeLanguage = 3,
    /// `language-set`
    LanguageSet = 4,
    /// `menu`
    Menu = 5,
    /// `help`
    Help = 6,
    /// `thanks`
    Thanks = 7,
    /// `id-unknown-team`
    IdUnknownTeam = 8,
    /// `id-review`
    IdReview = 9,
    /// `book-service`
    BookService = 10,
    /// `book-by-team`
    BookByTeam = 11,
    /// `book-slots`
    BookSlots = 12,
    /// `book-slots-day`
    BookSlotsDay = 13,
    /// `book-slots-doctor`
    BookSlotsDoctor = 14,
    /// `book-days`
    BookDays = 15,
    /// `book-doctors`
    BookDoctors = 16,
    /// `book-confirm`
    BookConfirm = 17,
    /// `booked`
    Booked = 18,
    /// `pending`
    Pending = 19,
    /// `book-not-done`
    BookNotDone = 20,
    /// `book-taken`
    BookTaken = 21,
    /// `book-none`
    BookNone = 22,
    /// `book-limit`
    BookLimit = 23,
    /// `book-too-soon`
    BookTooSoon = 24,
    /// `ehr-slow`
    EhrSlow = 25,
    /// `ehr-down`
    EhrDown = 26,
    /// `mine-none`
    MineNone = 27,
    /// `mine`
    Mine = 28,
    /// `mine-list`
    MineList = 29,
    /// `which`
    Which = 30,
    /// `appt-past`
    ApptPast = 31,
    /// `appt-too-late`
    ApptTooLate = 32,
    /// `move-slots`
    MoveSlots = 33,
    /// `move-confirm`
    MoveConfirm = 34,
    /// `moved`
    Moved = 35,
    /// `move-taken`
    MoveTaken = 36,
    /// `move-not-done`
    MoveNotDone = 37,
    /// `move-both`
    MoveBoth = 38,
    /// `move-none`
    MoveNone = 39,
    /// `cancel-confirm`
    CancelConfirm = 40,
    /// `cancelled`
    Cancelled = 41,
    /// `cancel-reason`
    CancelReason = 42,
    /// `cancel-kept`
    CancelKept = 43,
    /// `cancel-not-done`
    CancelNotDone = 44,
    /// `cancel-already`
    CancelAlready = 45,
    /// `tap-changed`
    TapChanged = 46,
    /// `tap-expired`
    TapExpired = 47,
    /// `tap-forwarded`
    TapForwarded = 48,
    /// `tap-done`
    TapDone = 49,
    /// `unknown-first`
    UnknownFirst = 50,
    /// `unknown-second`
    UnknownSecond = 51,
    /// `unsure-cancel`
    UnsureCancel = 52,
    /// `media-voice`
    MediaVoice = 53,
    /// `media-file`
    MediaFile = 54,
    /// `media-location`
    MediaLocation = 55,
    /// `media-other`
    MediaOther = 56,
    /// `emergency`
    Emergency = 57,
    /// `distress`
    Distress = 58,
    /// `death-told`
    DeathTold = 59,
    /// `not-emergency`
    NotEmergency = 60,
    /// `person-noted`
    PersonNoted = 61,
    /// `person-down`
    PersonDown = 62,
    /// `stop-done`
    StopDone = 63,
    /// `stop-already`
    StopAlready = 64,
    /// `start-done`
    StartDone = 65,
    /// `start-already`
    StartAlready = 66,
    /// `changed-time`
    ChangedTime = 67,
    /// `cancelled-by-clinic`
    CancelledByClinic = 68,
}

/// The words on buttons, rows, list buttons, sections and footers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Label {
    /// `b-book`
    BBook,
    /// `b-mine`
    BMine,
    /// `b-person`
    BPerson,
    /// `b-lang-ar`
    BLangAr,
    /// `b-lang-en`
    BLangEn,
    /// `l-menu`
    LMenu,
    /// `r-book`
    RBook,
    /// `r-mine`
    RMine,
    /// `r-move`
    RMove,
    /// `r-cancel`
    RCancel,
    /// `r-person`
    RPerson,
    /// `r-language`
    RLanguage,
    /// `r-stop-all`
    RStopAll,
    /// `b-menu`
    BMenu,
    /// `l-services`
    LServices,
    /// `r-services-more`
    RServicesMore,
    /// `b-other-service`
    BOtherService,
    /// `l-times`
    LTimes,
    /// `r-more`
    RMore,
    /// `r-day`
    RDay,
    /// `r-doctors`
    RDoctors,
    /// `l-days`
    LDays,
    /// `r-days-more`
    RDaysMore,
    /// `l-doctors`
    LDoctors,
    /// `r-any-doctor`
    RAnyDoctor,
    /// `r-doctors-more`
    RDoctorsMore,
    /// `b-confirm`
    BConfirm,
    /// `b-other-time`
    BOtherTime,
    /// `b-move`
    BMove,
    /// `b-cancel`
    BCancel,
    /// `b-retry`
    BRetry,
    /// `l-appts`
    LAppts,
    /// `b-keep`
    BKeep,
    /// `b-move-yes`
    BMoveYes,
    /// `b-cancel-yes`
    BCancelYes,
    /// `l-reasons`
    LReasons,
    /// `r-why-time`
    RWhyTime,
    /// `r-why-needless`
    RWhyNeedless,
    /// `r-why-elsewhere`
    RWhyElsewhere,
    /// `r-why-travel`
    RWhyTravel,
    /// `r-why-cost`
    RWhyCost,
    /// `r-why-skip`
    RWhySkip,
    /// `b-stop-all`
    BStopAll,
    /// `b-not-emergency`
    BNotEmergency,
    /// `b-start`
    BStart,
    /// `b-rebook`
    BRebook,
    /// `sec-options`
    SecOptions,
    /// `sec-reasons`
    SecReasons,
    /// `sec-next`
    SecNext,
    /// `f-person`
    FPerson,
    /// `f-template`
    FTemplate,
    /// `row-visit`
    RowVisit,
    /// `row-doctor`
    RowDoctor,
    /// `row-slot`
    RowSlot,
    /// `row-slot-doctor`
    RowSlotDoctor,
    /// `row-appt`
    RowAppt,
    /// `row-appt-doctor`
    RowApptDoctor,
    /// `row-day`
    RowDay,
    /// `row-service`
    RowService,
    /// `sec-day`
    SecDay,
}

/// What a text may hold beside its words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Slot {
    /// `appointments`
    Appointments,
    /// `clinic`
    Clinic,
    /// `day`
    Day,
    /// `doctor`
    Doctor,
    /// `emergency`
    Emergency,
    /// `helpline`
    Helpline,
    /// `horizon`
    Horizon,
    /// `hours`
    Hours,
    /// `n`
    N,
    /// `old_day`
    OldDay,
    /// `old_time`
    OldTime,
    /// `old_when`
    OldWhen,
    /// `person`
    Person,
    /// `phone`
    Phone,
    /// `place`
    Place,
    /// `service`
    Service,
    /// `time`
    Time,
    /// `times`
    Times,
    /// `when`
    When,
}

/// Message templates approved by Meta, for closed windows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TemplateId {
    /// `late-booked`
    LateBooked,
    /// `late-moved`
    LateMoved,
    /// `late-cancelled`
    LateCancelled,
    /// `booking-not-done`
    BookingNotDone,
    /// `changed-time`
    ChangedTime,
    /// `cancelled-by-clinic`
    CancelledByClinic,
}

/// One entry per content.
pub(super) const CONTENTS: &[Entry] = &[
    Entry {
        content: Content::Welcome,
        id: "welcome",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::WelcomeBack,
        id: "welcome-back",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::WelcomeLanguage,
        id: "welcome-language",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BLangAr, Label::BLangEn, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::LanguageSet,
        id: "language-set",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Menu,
        id: "menu",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LMenu,
            rows: &[
                Label::RBook,
                Label::RMine,
                Label::RMove,
                Label::RCancel,
                Label::RPerson,
                Label::RLanguage,
                Label::RStopAll,
            ],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Help,
        id: "help",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Thanks,
        id: "thanks",
        version: 1,
        approver: "product",
        kind: Kind::Text,
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::NeverTwice,
    },
    Entry {
        content: Content::IdUnknownTeam,
        id: "id-unknown-team",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::IdReview,
        id: "id-review",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookService,
        id: "book-service",
        version: 1,
        approver: "product",
        kind: Kind::List { button: Label::LServices, rows: &[Label::RServicesMore, Label::RPerson] },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookByTeam,
        id: "book-by-team",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BOtherService, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookSlots,
        id: "book-slots",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookSlotsDay,
        id: "book-slots-day",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookSlotsDoctor,
        id: "book-slots-doctor",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookDays,
        id: "book-days",
        version: 1,
        approver: "product",
        kind: Kind::List { button: Label::LDays, rows: &[Label::RDaysMore, Label::RPerson] },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookDoctors,
        id: "book-doctors",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LDoctors,
            rows: &[Label::RAnyDoctor, Label::RDoctorsMore, Label::RPerson],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookConfirm,
        id: "book-confirm",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BConfirm, Label::BOtherTime, Label::BPerson]),
        variants: Variants::Levels,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Booked,
        id: "booked",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMove, Label::BCancel, Label::BPerson]),
        variants: Variants::Levels,
        twin: Some(TemplateId::LateBooked),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Pending,
        id: "pending",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookNotDone,
        id: "book-not-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BOtherTime, Label::BPerson]),
        variants: Variants::One,
        twin: Some(TemplateId::BookingNotDone),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookTaken,
        id: "book-taken",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: Some(TemplateId::BookingNotDone),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookNone,
        id: "book-none",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BOtherService, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookLimit,
        id: "book-limit",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::BookTooSoon,
        id: "book-too-soon",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BOtherTime, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::EhrSlow,
        id: "ehr-slow",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::EhrDown,
        id: "ehr-down",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MineNone,
        id: "mine-none",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Mine,
        id: "mine",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMove, Label::BCancel, Label::BPerson]),
        variants: Variants::Levels,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MineList,
        id: "mine-list",
        version: 1,
        approver: "product",
        kind: Kind::List { button: Label::LAppts, rows: &[Label::RBook, Label::RPerson] },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Which,
        id: "which",
        version: 1,
        approver: "product",
        kind: Kind::List { button: Label::LAppts, rows: &[Label::RPerson] },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::ApptPast,
        id: "appt-past",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::ApptTooLate,
        id: "appt-too-late",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BKeep, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveSlots,
        id: "move-slots",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveConfirm,
        id: "move-confirm",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMoveYes, Label::BOtherTime, Label::BKeep]),
        variants: Variants::Levels,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Moved,
        id: "moved",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMove, Label::BCancel, Label::BPerson]),
        variants: Variants::Levels,
        twin: Some(TemplateId::LateMoved),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveTaken,
        id: "move-taken",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LTimes,
            rows: &[Label::RMore, Label::RDay, Label::RDoctors, Label::RPerson],
        },
        variants: Variants::One,
        twin: Some(TemplateId::BookingNotDone),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveNotDone,
        id: "move-not-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: Some(TemplateId::BookingNotDone),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveBoth,
        id: "move-both",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MoveNone,
        id: "move-none",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BKeep, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelConfirm,
        id: "cancel-confirm",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BCancelYes, Label::BMove, Label::BKeep]),
        variants: Variants::Levels,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Cancelled,
        id: "cancelled",
        version: 1,
        approver: "product",
        kind: Kind::List {
            button: Label::LReasons,
            rows: &[
                Label::RWhyTime,
                Label::RWhyNeedless,
                Label::RWhyElsewhere,
                Label::RWhyTravel,
                Label::RWhyCost,
                Label::RWhySkip,
                Label::RBook,
                Label::RPerson,
            ],
        },
        variants: Variants::Levels,
        twin: Some(TemplateId::LateCancelled),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelReason,
        id: "cancel-reason",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelKept,
        id: "cancel-kept",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMove, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelNotDone,
        id: "cancel-not-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: Some(TemplateId::BookingNotDone),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelAlready,
        id: "cancel-already",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::TapChanged,
        id: "tap-changed",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BBook, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::TapExpired,
        id: "tap-expired",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::TapForwarded,
        id: "tap-forwarded",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::TapDone,
        id: "tap-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::UnknownFirst,
        id: "unknown-first",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::UnknownSecond,
        id: "unknown-second",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::UnsureCancel,
        id: "unsure-cancel",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BCancel, Label::BStopAll, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MediaVoice,
        id: "media-voice",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MediaFile,
        id: "media-file",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MediaLocation,
        id: "media-location",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::MediaOther,
        id: "media-other",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::NeverTwice,
    },
    Entry {
        content: Content::Emergency,
        id: "emergency",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BNotEmergency, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::Distress,
        id: "distress",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::DeathTold,
        id: "death-told",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::NotEmergency,
        id: "not-emergency",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMenu, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::PersonNoted,
        id: "person-noted",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BBook, Label::BMenu]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::PersonDown,
        id: "person-down",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRetry, Label::BBook, Label::BMenu]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::StopDone,
        id: "stop-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BStart]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::StopAlready,
        id: "stop-already",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BStart, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::StartDone,
        id: "start-done",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::StartAlready,
        id: "start-already",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMine, Label::BPerson]),
        variants: Variants::One,
        twin: None,
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::ChangedTime,
        id: "changed-time",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BMove, Label::BCancel]),
        variants: Variants::Levels,
        twin: Some(TemplateId::ChangedTime),
        unanswered: Unanswered::RepeatAfter60s,
    },
    Entry {
        content: Content::CancelledByClinic,
        id: "cancelled-by-clinic",
        version: 1,
        approver: "product",
        kind: Kind::Buttons(&[Label::BRebook, Label::BPerson]),
        variants: Variants::Levels,
        twin: Some(TemplateId::CancelledByClinic),
        unanswered: Unanswered::RepeatAfter60s,
    },
];

/// One entry per label: its id and its limit in UTF-16 units (Cloud API).
pub(super) const LABELS: &[(Label, &str, usize)] = &[
    (Label::BBook, "b-book", 20),
    (Label::BMine, "b-mine", 20),
    (Label::BPerson, "b-person", 20),
    (Label::BLangAr, "b-lang-ar", 20),
    (Label::BLangEn, "b-lang-en", 20),
    (Label::LMenu, "l-menu", 20),
    (Label::RBook, "r-book", 24),
    (Label::RMine, "r-mine", 24),
    (Label::RMove, "r-move", 24),
    (Label::RCancel, "r-cancel", 24),
    (Label::RPerson, "r-person", 24),
    (Label::RLanguage, "r-language", 24),
    (Label::RStopAll, "r-stop-all", 24),
    (Label::BMenu, "b-menu", 20),
    (Label::LServices, "l-services", 20),
    (Label::RServicesMore, "r-services-more", 24),
    (Label::BOtherService, "b-other-service", 20),
    (Label::LTimes, "l-times", 20),
    (Label::RMore, "r-more", 24),
    (Label::RDay, "r-day", 24),
    (Label::RDoctors, "r-doctors", 24),
    (Label::LDays, "l-days", 20),
    (Label::RDaysMore, "r-days-more", 24),
    (Label::LDoctors, "l-doctors", 20),
    (Label::RAnyDoctor, "r-any-doctor", 24),
    (Label::RDoctorsMore, "r-doctors-more", 24),
    (Label::BConfirm, "b-confirm", 20),
    (Label::BOtherTime, "b-other-time", 20),
    (Label::BMove, "b-move", 20),
    (Label::BCancel, "b-cancel", 20),
    (Label::BRetry, "b-retry", 20),
    (Label::LAppts, "l-appts", 20),
    (Label::BKeep, "b-keep", 20),
    (Label::BMoveYes, "b-move-yes", 20),
    (Label::BCancelYes, "b-cancel-yes", 20),
    (Label::LReasons, "l-reasons", 20),
    (Label::RWhyTime, "r-why-time", 24),
    (Label::RWhyNeedless, "r-why-needless", 24),
    (Label::RWhyElsewhere, "r-why-elsewhere", 24),
    (Label::RWhyTravel, "r-why-travel", 24),
    (Label::RWhyCost, "r-why-cost", 24),
    (Label::RWhySkip, "r-why-skip", 24),
    (Label::BStopAll, "b-stop-all", 20),
    (Label::BNotEmergency, "b-not-emergency", 20),
    (Label::BStart, "b-start", 20),
    (Label::BRebook, "b-rebook", 20),
    (Label::SecOptions, "sec-options", 24),
    (Label::SecReasons, "sec-reasons", 24),
    (Label::SecNext, "sec-next", 24),
    (Label::FPerson, "f-person", 60),
    (Label::FTemplate, "f-template", 60),
    (Label::RowVisit, "row-visit", 24),
    (Label::RowDoctor, "row-doctor", 24),
    (Label::RowSlot, "row-slot", 24),
    (Label::RowSlotDoctor, "row-slot-doctor", 24),
    (Label::RowAppt, "row-appt", 24),
    (Label::RowApptDoctor, "row-appt-doctor", 24),
    (Label::RowDay, "row-day", 24),
    (Label::RowService, "row-service", 24),
    (Label::SecDay, "sec-day", 24),
];

/// One entry per slot: its name in Fluent and its longest value (`conversation.md` §1.3).
pub(super) const SLOTS: &[(Slot, &str, usize)] = &[
    (Slot::Appointments, "appointments", 24),
    (Slot::Clinic, "clinic", 40),
    (Slot::Day, "day", 24),
    (Slot::Doctor, "doctor", 40),
    (Slot::Emergency, "emergency", 20),
    (Slot::Helpline, "helpline", 20),
    (Slot::Horizon, "horizon", 24),
    (Slot::Hours, "hours", 60),
    (Slot::N, "n", 8),
    (Slot::OldDay, "old-day", 24),
    (Slot::OldTime, "old-time", 24),
    (Slot::OldWhen, "old-when", 90),
    (Slot::Person, "person", 24),
    (Slot::Phone, "phone", 20),
    (Slot::Place, "place", 48),
    (Slot::Service, "service", 20),
    (Slot::Time, "time", 24),
    (Slot::Times, "times", 24),
    (Slot::When, "when", 90),
];

/// One entry per template.
pub(super) const TEMPLATES: &[TemplateEntry] = &[
    TemplateEntry {
        template: TemplateId::LateBooked,
        id: "late-booked",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::When, Slot::Doctor, Slot::Place],
        time: &[Slot::Clinic, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BMove, Label::BCancel, Label::BPerson],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::LateMoved,
        id: "late-moved",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::When, Slot::Doctor, Slot::Place],
        time: &[Slot::Clinic, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BMove, Label::BCancel, Label::BPerson],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::LateCancelled,
        id: "late-cancelled",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::When],
        time: &[Slot::Clinic, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BRebook, Label::BMine, Label::BPerson],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::BookingNotDone,
        id: "booking-not-done",
        version: 1,
        levels: false,
        details: &[Slot::Clinic],
        time: &[Slot::Clinic],
        neutral: &[Slot::Clinic],
        replies: &[Label::BRetry, Label::BMine, Label::BPerson],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::ChangedTime,
        id: "changed-time",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::OldWhen, Slot::When, Slot::Doctor, Slot::Place],
        time: &[Slot::Clinic, Slot::OldWhen, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BMove, Label::BCancel],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::CancelledByClinic,
        id: "cancelled-by-clinic",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::When, Slot::Doctor],
        time: &[Slot::Clinic, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BRebook, Label::BPerson],
        ttl_s: 43200,
    },
];
