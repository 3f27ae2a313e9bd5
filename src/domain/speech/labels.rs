//! The words on buttons, rows, list buttons, links, sections and footers: name, Fluent id, limit in UTF-16 units
//! (Cloud API: buttons and links 20, rows and sections 24, footers 60).

macro_rules! labels {
    ($($name:ident = $id:literal, $limit:literal;)*) => {
        /// Words on what can be tapped, and around it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Label {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        /// One entry per label, in their order.
        pub(super) const LABELS: &[(Label, &str, usize)] = &[$((Label::$name, $id, $limit)),*];
    };
}

labels! {
    BBook = "b-book", 20;
    BMine = "b-mine", 20;
    BPerson = "b-person", 20;
    BLangAr = "b-lang-ar", 20;
    BLangEn = "b-lang-en", 20;
    LMenu = "l-menu", 20;
    RBook = "r-book", 24;
    RMine = "r-mine", 24;
    RMove = "r-move", 24;
    RCancel = "r-cancel", 24;
    RPerson = "r-person", 24;
    RLanguage = "r-language", 24;
    RStopAll = "r-stop-all", 24;
    BMenu = "b-menu", 20;
    LServices = "l-services", 20;
    RServicesMore = "r-services-more", 24;
    BOtherService = "b-other-service", 20;
    LTimes = "l-times", 20;
    RMore = "r-more", 24;
    RDay = "r-day", 24;
    RDoctors = "r-doctors", 24;
    LDays = "l-days", 20;
    RDaysMore = "r-days-more", 24;
    LDoctors = "l-doctors", 20;
    RAnyDoctor = "r-any-doctor", 24;
    RDoctorsMore = "r-doctors-more", 24;
    BConfirm = "b-confirm", 20;
    BOtherTime = "b-other-time", 20;
    BMove = "b-move", 20;
    BCancel = "b-cancel", 20;
    BRetry = "b-retry", 20;
    LAppts = "l-appts", 20;
    BKeep = "b-keep", 20;
    BMoveYes = "b-move-yes", 20;
    BCancelYes = "b-cancel-yes", 20;
    LReasons = "l-reasons", 20;
    RWhyTime = "r-why-time", 24;
    RWhyNeedless = "r-why-needless", 24;
    RWhyElsewhere = "r-why-elsewhere", 24;
    RWhyTravel = "r-why-travel", 24;
    RWhyCost = "r-why-cost", 24;
    RWhySkip = "r-why-skip", 24;
    BStopAll = "b-stop-all", 20;
    BNotEmergency = "b-not-emergency", 20;
    BStart = "b-start", 20;
    BRebook = "b-rebook", 20;
    SecOptions = "sec-options", 24;
    SecReasons = "sec-reasons", 24;
    SecNext = "sec-next", 24;
    FPerson = "f-person", 60;
    FTemplate = "f-template", 60;
    RowVisit = "row-visit", 24;
    RowDoctor = "row-doctor", 24;
    RowSlot = "row-slot", 24;
    RowSlotDoctor = "row-slot-doctor", 24;
    RowAppt = "row-appt", 24;
    RowApptDoctor = "row-appt-doctor", 24;
    RowDay = "row-day", 24;
    RowService = "row-service", 24;
    SecDay = "sec-day", 24;
    BCallback = "b-callback", 20;
    BCallbackOff = "b-callback-off", 20;
    BTake = "b-take", 20;
    BDay = "b-day", 20;
    BYes = "b-yes", 20;
    BNo = "b-no", 20;
    BAttend = "b-attend", 20;
    BItsMe = "b-its-me", 20;
    BNotMe = "b-not-me", 20;
    BAddress = "b-address", 20;
    LPeople = "l-people", 20;
    LCall = "l-call", 20;
    LPlaces = "l-places", 20;
    RCallSoon = "r-call-soon", 24;
    RCallMorning = "r-call-morning", 24;
    RCallAfternoon = "r-call-afternoon", 24;
    RCallEvening = "r-call-evening", 24;
    RDoctorWoman = "r-doctor-woman", 24;
    RDoctorMan = "r-doctor-man", 24;
    RPast = "r-past", 24;
    RPlaces = "r-places", 24;
    RAnyPlace = "r-any-place", 24;
    RowPerson = "row-person", 24;
    RowPlace = "row-place", 24;
    RowPast = "row-past", 24;
    RowPastNeutral = "row-past-neutral", 24;
    BtnDay = "btn-day", 20;
    BtnTime = "btn-time", 20;
    BtnService = "btn-service", 20;
    CPortal = "c-portal", 20;
    CIdentify = "c-identify", 20;
    CCalendar = "c-calendar", 20;
    FCalendar = "f-calendar", 60;
}
