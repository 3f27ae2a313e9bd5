//! Every content there is: its number, its id and what can be tapped under it. Numbers and ids are written into rows
//! and audit entries for ever: add, never reuse.

use super::labels::Label::{self, *};
use super::templates::TemplateId;
use super::{Entry, Kind, LinkTo, Unanswered, Variants};

/// The version of every text; raised when a text changes, for the audit log.
const VERSION: u16 = 1;
/// Who approved the texts (`conversation.md`).
const APPROVER: &str = "product";

/// All of an entry but its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    kind: Kind,
    variants: Variants,
    twin: Option<TemplateId>,
    unanswered: Unanswered,
    footer: Option<Label>,
}

const fn spec(kind: Kind) -> Spec {
    let footer = match kind {
        Kind::List { .. } | Kind::Link { .. } => Some(FPerson),
        Kind::Buttons(labels) if !offers_person(labels) => Some(FPerson),
        Kind::Text | Kind::Buttons(_) | Kind::Location | Kind::ContactRequest => None,
    };
    Spec { kind, variants: Variants::One, twin: None, unanswered: Unanswered::RepeatAfter60s, footer }
}

const fn offers_person(labels: &[Label]) -> bool {
    let mut n = 0;
    while n < labels.len() {
        if matches!(labels[n], BPerson) {
            return true;
        }
        n += 1;
    }
    false
}

const fn text() -> Spec {
    spec(Kind::Text)
}

const fn buttons(labels: &'static [Label]) -> Spec {
    spec(Kind::Buttons(labels))
}

const fn list(button: Label, rows: &'static [Label]) -> Spec {
    spec(Kind::List { button, rows })
}

const fn link(label: Label, to: LinkTo, instead: &'static [Label]) -> Spec {
    spec(Kind::Link { label, to, instead })
}

const fn location() -> Spec {
    spec(Kind::Location)
}

const fn contact_request() -> Spec {
    spec(Kind::ContactRequest)
}

impl Spec {
    /// One text for each level of disclosure.
    const fn levels(self) -> Self {
        Self { variants: Variants::Levels, ..self }
    }

    /// What goes out in its place when the window is closed.
    const fn twin(self, twin: TemplateId) -> Self {
        Self { twin: Some(twin), ..self }
    }

    /// Better not at all than twice.
    const fn never_twice(self) -> Self {
        Self { unanswered: Unanswered::NeverTwice, ..self }
    }

    /// Better twice than late.
    const fn at_once(self) -> Self {
        Self { unanswered: Unanswered::RepeatAtOnce, ..self }
    }

    /// A footer of its own.
    const fn footer(self, label: Label) -> Self {
        Self { footer: Some(label), ..self }
    }
}

macro_rules! contents {
    ($($number:literal $name:ident = $id:literal, $spec:expr;)*) => {
        /// Everything the product may say.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u16)]
        pub enum Content {
            $(#[doc = concat!("`", $id, "`")] $name = $number,)*
        }

        /// One entry per content, in the order of their numbers.
        pub(super) const CONTENTS: &[Entry] = &[$(entry(Content::$name, $id, $spec)),*];
    };
}

const fn entry(content: Content, id: &'static str, spec: Spec) -> Entry {
    Entry {
        content,
        id,
        version: VERSION,
        approver: APPROVER,
        kind: spec.kind,
        variants: spec.variants,
        twin: spec.twin,
        unanswered: spec.unanswered,
        footer: spec.footer,
    }
}

contents! {
    1 Welcome = "welcome", buttons(&[BBook, BMine, BPerson]);
    2 WelcomeBack = "welcome-back", buttons(&[BBook, BMine, BPerson]);
    3 WelcomeLanguage = "welcome-language", buttons(&[BLangAr, BLangEn, BPerson]);
    4 LanguageSet = "language-set", buttons(&[BBook, BMine, BPerson]);
    5 Menu = "menu", list(LMenu, &[RBook, RMine, RMove, RCancel, RPerson, RLanguage, RStopAll]);
    6 Help = "help", buttons(&[BBook, BMenu, BPerson]);
    7 Thanks = "thanks", text().never_twice();
    8 IdUnknownTeam = "id-unknown-team", buttons(&[BCallback, BMenu, BPerson]);
    9 IdReview = "id-review", buttons(&[BCallback, BMenu, BPerson]);
    10 BookService = "book-service", list(LServices, &[RServicesMore, RPerson]);
    11 BookByTeam = "book-by-team", buttons(&[BCallback, BOtherService, BPerson]);
    12 BookSlots = "book-slots", list(LTimes, &[RMore, RDay, RDoctors, RPerson]);
    13 BookSlotsDay = "book-slots-day", list(LTimes, &[RMore, RDay, RDoctors, RPerson]);
    14 BookSlotsDoctor = "book-slots-doctor", list(LTimes, &[RMore, RDay, RDoctors, RPerson]);
    15 BookDays = "book-days", list(LDays, &[RDaysMore, RPerson]);
    16 BookDoctors = "book-doctors", list(LDoctors, &[RAnyDoctor, RDoctorWoman, RDoctorMan, RDoctorsMore, RPerson]);
    17 BookConfirm = "book-confirm", buttons(&[BConfirm, BOtherTime, BPerson]).levels();
    18 Booked = "booked", buttons(&[BMove, BCancel, BPerson]).levels().twin(TemplateId::LateBooked).footer(FCalendar);
    19 Pending = "pending", buttons(&[BMine, BMenu, BPerson]);
    20 BookNotDone = "book-not-done", buttons(&[BRetry, BOtherTime, BPerson]).twin(TemplateId::BookingNotDone);
    21 BookTaken = "book-taken", list(LTimes, &[RMore, RDay, RDoctors, RPerson]).twin(TemplateId::BookingNotDone);
    22 BookNone = "book-none", buttons(&[BOtherService, BPerson]);
    23 BookLimit = "book-limit", buttons(&[BMine, BCallback, BPerson]);
    24 BookTooSoon = "book-too-soon", buttons(&[BOtherTime, BCallback, BPerson]);
    25 EhrSlow = "ehr-slow", buttons(&[BRetry, BCallback, BPerson]);
    26 EhrDown = "ehr-down", buttons(&[BRetry, BCallback, BPerson]);
    27 MineNone = "mine-none", buttons(&[BBook, BMenu, BPerson]);
    28 Mine = "mine", buttons(&[BMove, BCancel, BPerson]).levels();
    29 MineList = "mine-list", list(LAppts, &[RBook, RPast, RPerson]);
    30 Which = "which", list(LAppts, &[RPerson]);
    31 ApptPast = "appt-past", buttons(&[BBook, BMine, BPerson]);
    32 ApptTooLate = "appt-too-late", buttons(&[BKeep, BCallback, BPerson]);
    33 MoveSlots = "move-slots", list(LTimes, &[RMore, RDay, RDoctors, RPerson]);
    34 MoveConfirm = "move-confirm", buttons(&[BMoveYes, BOtherTime, BKeep]).levels();
    35 Moved = "moved", buttons(&[BMove, BCancel, BPerson]).levels().twin(TemplateId::LateMoved);
    36 MoveTaken = "move-taken", list(LTimes, &[RMore, RDay, RDoctors, RPerson]).twin(TemplateId::BookingNotDone);
    37 MoveNotDone = "move-not-done", buttons(&[BRetry, BMine, BPerson]).twin(TemplateId::BookingNotDone);
    38 MoveBoth = "move-both", buttons(&[BMine, BMenu, BPerson]);
    39 MoveNone = "move-none", buttons(&[BKeep, BPerson]);
    40 CancelConfirm = "cancel-confirm", buttons(&[BCancelYes, BMove, BKeep]).levels();
    41 Cancelled = "cancelled", list(LReasons, &[RWhyTime, RWhyNeedless, RWhyElsewhere, RWhyTravel, RWhyCost, RWhySkip, RBook, RPerson]).levels().twin(TemplateId::LateCancelled);
    42 CancelReason = "cancel-reason", buttons(&[BBook, BMenu, BPerson]);
    43 CancelKept = "cancel-kept", buttons(&[BMove, BMine, BPerson]);
    44 CancelNotDone = "cancel-not-done", buttons(&[BRetry, BMine, BPerson]).twin(TemplateId::BookingNotDone);
    45 CancelAlready = "cancel-already", buttons(&[BBook, BMine, BPerson]);
    46 TapChanged = "tap-changed", buttons(&[BMine, BBook, BPerson]);
    47 TapExpired = "tap-expired", buttons(&[BBook, BMine, BPerson]);
    48 TapForwarded = "tap-forwarded", buttons(&[BBook, BMine, BPerson]);
    49 TapDone = "tap-done", buttons(&[BMine, BMenu, BPerson]);
    50 UnknownFirst = "unknown-first", buttons(&[BBook, BMine, BPerson]);
    51 UnknownSecond = "unknown-second", buttons(&[BCallback, BMenu, BPerson]);
    52 UnsureCancel = "unsure-cancel", buttons(&[BCancel, BStopAll, BPerson]);
    53 MediaVoice = "media-voice", buttons(&[BBook, BMine, BPerson]);
    54 MediaFile = "media-file", link(CPortal, LinkTo::Portal, &[BBook, BMine, BPerson]);
    55 MediaLocation = "media-location", buttons(&[BAddress, BMenu, BPerson]);
    56 MediaOther = "media-other", buttons(&[BBook, BMine, BPerson]).never_twice();
    57 Emergency = "emergency", buttons(&[BNotEmergency, BPerson]).at_once();
    58 Distress = "distress", buttons(&[BCallback, BPerson]).at_once();
    59 DeathTold = "death-told", buttons(&[BCallback, BPerson]);
    60 NotEmergency = "not-emergency", buttons(&[BBook, BMenu, BPerson]);
    61 PersonNoted = "person-noted", buttons(&[BBook, BMenu]);
    62 PersonDown = "person-down", buttons(&[BRetry, BBook, BMenu]);
    63 StopDone = "stop-done", buttons(&[BStart]);
    64 StopAlready = "stop-already", buttons(&[BStart, BPerson]);
    65 StartDone = "start-done", buttons(&[BMine, BPerson]);
    66 StartAlready = "start-already", buttons(&[BMine, BPerson]);
    67 ChangedTime = "changed-time", buttons(&[BAttend, BMove, BCancel]).levels().twin(TemplateId::ChangedTime);
    68 CancelledByClinic = "cancelled-by-clinic", buttons(&[BRebook, BPerson]).levels().twin(TemplateId::CancelledByClinic);
    69 Who = "who", list(LPeople, &[RPerson]);
    70 IdUnknown = "id-unknown", link(CIdentify, LinkTo::Identify, &[BCallback, BMenu, BPerson]);
    71 IdDone = "id-done", buttons(&[BBook, BMine, BPerson]);
    72 IdNomatch = "id-nomatch", buttons(&[BCallback, BMenu, BPerson]);
    73 IdChanged = "id-changed", link(CIdentify, LinkTo::Identify, &[BCallback, BMenu, BPerson]);
    74 IdAgain = "id-again", link(CIdentify, LinkTo::Identify, &[BCallback, BMenu, BPerson]);
    75 IdNumber = "id-number", contact_request();
    76 NumberWrong = "number-wrong", buttons(&[BItsMe, BPerson]);
    77 BookServiceUnsure = "book-service-unsure", buttons(&[BPerson]);
    78 BookNoneDay = "book-none-day", buttons(&[BTake, BDay, BPerson]);
    79 BookClosedDay = "book-closed-day", buttons(&[BTake, BDay, BPerson]);
    80 BookHave = "book-have", buttons(&[BYes, BMine, BPerson]).levels();
    81 BookPlaces = "book-places", list(LPlaces, &[RAnyPlace, RPerson]);
    82 Attend = "attend", buttons(&[BMove, BCancel, BPerson]).levels();
    83 AttendAlready = "attend-already", buttons(&[BMove, BCancel, BPerson]);
    84 AttendNotDone = "attend-not-done", buttons(&[BRetry, BMine, BPerson]);
    85 LateMessage = "late-message", buttons(&[BYes, BNo, BPerson]);
    86 DateWhich = "date-which", buttons(&[BDay]);
    87 DateAmPm = "date-am-pm", buttons(&[BOtherTime]);
    88 DateNight = "date-night", buttons(&[BDay]);
    89 DateHijri = "date-hijri", buttons(&[BYes, BDay, BPerson]);
    90 DatePast = "date-past", buttons(&[BDay, BBook, BPerson]);
    91 DateFar = "date-far", buttons(&[BDay, BCallback, BPerson]);
    92 Flood = "flood", buttons(&[BBook, BMenu, BPerson]).never_twice();
    93 SecretId = "secret-id", link(CIdentify, LinkTo::Identify, &[BBook, BMine, BPerson]);
    94 SecretCard = "secret-card", link(CPortal, LinkTo::Portal, &[BBook, BMine, BPerson]);
    95 SecretLogin = "secret-login", link(CPortal, LinkTo::Portal, &[BBook, BMine, BPerson]);
    96 HealthAdvice = "health-advice", buttons(&[BBook, BCallback, BPerson]);
    97 HealthResults = "health-results", link(CPortal, LinkTo::Portal, &[BBook, BMine, BPerson]);
    98 HealthGoods = "health-goods", buttons(&[BCallback, BMenu, BPerson]);
    99 Complaint = "complaint", buttons(&[BCallback, BMenu, BPerson]);
    100 AbuseFirst = "abuse-first", buttons(&[BCallback, BMenu, BPerson]);
    101 AbuseAgain = "abuse-again", buttons(&[BCallback, BMenu, BPerson]).never_twice();
    102 CallUs = "call-us", buttons(&[BCallback, BMenu, BPerson]);
    103 CallbackWhen = "callback-when", list(LCall, &[RCallSoon, RCallMorning, RCallAfternoon, RCallEvening, RPerson]);
    104 CallbackNumber = "callback-number", contact_request();
    105 CallbackSaved = "callback-saved", buttons(&[BCallbackOff, BMenu, BPerson]);
    106 CallbackOff = "callback-off", buttons(&[BCallback, BMenu, BPerson]);
    107 InfoPlace = "info-place", location();
    108 CalendarLink = "calendar-link", link(CCalendar, LinkTo::Calendar, &[BMine, BMenu, BPerson]);
    109 RunningLate = "running-late", buttons(&[BMove, BMine, BPerson]);
    110 Past = "past", list(LAppts, &[RBook, RPerson]);
    111 PastNone = "past-none", buttons(&[BBook, BMenu, BPerson]);
    112 BookNotHere = "book-not-here", buttons(&[BCallback, BMenu, BPerson]);
    113 MoodWorried = "mood-worried", text();
    114 MoodHurt = "mood-hurt", text();
    115 MoodFrustrated = "mood-frustrated", text();
    116 MessageWithheld = "message-withheld", buttons(&[BBook, BMine, BPerson]);
    117 Unsettled = "unsettled", buttons(&[BMine, BMenu, BPerson]).twin(TemplateId::Unsettled).never_twice();
    118 ChangedDoctor = "changed-doctor", buttons(&[BAttend, BMove, BCancel]).twin(TemplateId::ChangedDoctor);
    119 ChangedPlace = "changed-place", buttons(&[BMove, BCancel, BPerson]).levels().twin(TemplateId::ChangedPlace);
}
