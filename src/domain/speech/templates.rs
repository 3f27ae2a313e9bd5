//! Message templates. Names and versions stand in Meta's account for ever: add, never reuse.

use super::TemplateEntry;
use super::labels::Label;
use super::slots::Slot;

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
    /// `changed-doctor`
    ChangedDoctor,
    /// `changed-place`
    ChangedPlace,
    /// `unsettled`
    Unsettled,
}

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
        replies: &[Label::BAttend, Label::BMove, Label::BCancel],
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
    TemplateEntry {
        template: TemplateId::ChangedDoctor,
        id: "changed-doctor",
        version: 1,
        levels: false,
        details: &[Slot::Clinic, Slot::When, Slot::Doctor],
        time: &[Slot::Clinic, Slot::When, Slot::Doctor],
        neutral: &[Slot::Clinic, Slot::When, Slot::Doctor],
        replies: &[Label::BAttend, Label::BMove, Label::BCancel],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::ChangedPlace,
        id: "changed-place",
        version: 1,
        levels: true,
        details: &[Slot::Clinic, Slot::When, Slot::Place],
        time: &[Slot::Clinic, Slot::When],
        neutral: &[Slot::Clinic],
        replies: &[Label::BMove, Label::BCancel, Label::BPerson],
        ttl_s: 43200,
    },
    TemplateEntry {
        template: TemplateId::Unsettled,
        id: "unsettled",
        version: 1,
        levels: false,
        details: &[Slot::Clinic],
        time: &[Slot::Clinic],
        neutral: &[Slot::Clinic],
        replies: &[Label::BMine, Label::BPerson],
        ttl_s: 43200,
    },
];
