CREATE TABLE contact (
    id          BLOB PRIMARY KEY,
    merged_into BLOB,
    locale      SMALLINT,
    trust       SMALLINT NOT NULL,
    address_s   BLOB,
    created     BIGINT NOT NULL,
    wipe_at     BIGINT
);
CREATE INDEX contact_wipe ON contact (wipe_at) WHERE address_s IS NOT NULL;

CREATE TABLE address (
    kind    SMALLINT NOT NULL,
    key_e   SMALLINT NOT NULL,
    key_k   BLOB NOT NULL,
    contact BLOB NOT NULL,
    PRIMARY KEY (kind, key_e, key_k)
);
CREATE INDEX address_contact ON address (contact);

CREATE TABLE thread (
    contact         BLOB NOT NULL,
    clinic_no       SMALLINT NOT NULL,
    window_end      BIGINT,
    owner           SMALLINT NOT NULL,
    owner_until     BIGINT,
    greeted_at      BIGINT,
    misses          SMALLINT NOT NULL,
    quiet_until     BIGINT,
    last_step_s     BLOB,
    last_step_until BIGINT,
    PRIMARY KEY (contact, clinic_no)
);

CREATE TABLE subject (
    id      BLOB PRIMARY KEY,
    ref_e   SMALLINT NOT NULL,
    ref_k   BLOB NOT NULL,
    ref_s   BLOB,
    created BIGINT NOT NULL,
    UNIQUE (ref_e, ref_k)
);

CREATE TABLE mandate (
    subject BLOB NOT NULL,
    contact BLOB NOT NULL,
    kind    SMALLINT NOT NULL,
    until   BIGINT,
    PRIMARY KEY (subject, contact)
);

CREATE TABLE consent (
    contact BLOB NOT NULL,
    subject BLOB NOT NULL,
    purpose SMALLINT NOT NULL,
    state   SMALLINT NOT NULL,
    wording SMALLINT NOT NULL,
    source  SMALLINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (contact, subject, purpose)
);

CREATE TABLE key_state (
    purpose TEXT NOT NULL,
    epoch   SMALLINT NOT NULL,
    state   SMALLINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (purpose, epoch)
);

CREATE TABLE pause (
    scope TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);

CREATE TABLE instance (
    id    BLOB PRIMARY KEY,
    role  SMALLINT NOT NULL,
    heard BIGINT NOT NULL
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE lane (
    id       BLOB PRIMARY KEY,
    next_seq BIGINT NOT NULL,
    claim_at BIGINT,
    fence    BIGINT NOT NULL,
    owner    BLOB
);
CREATE INDEX lane_claim ON lane (claim_at) WHERE claim_at IS NOT NULL;

CREATE TABLE inbox (
    id        BLOB PRIMARY KEY,
    lane      BLOB NOT NULL,
    seq       BIGINT NOT NULL,
    open      BOOLEAN NOT NULL,
    due       BIGINT NOT NULL,
    kind      SMALLINT NOT NULL,
    meaning_s BLOB,
    dedupe_e  SMALLINT NOT NULL,
    dedupe_k  BLOB NOT NULL,
    heard     BIGINT NOT NULL,
    attempts  SMALLINT NOT NULL,
    error     SMALLINT,
    UNIQUE (dedupe_e, dedupe_k)
);
CREATE INDEX inbox_open ON inbox (lane, seq) WHERE open;
CREATE INDEX inbox_heard ON inbox (heard);

CREATE TABLE outbox (
    id       BLOB PRIMARY KEY,
    lane     BLOB NOT NULL,
    seq      BIGINT,
    open     BOOLEAN NOT NULL,
    due      BIGINT NOT NULL,
    kind     SMALLINT NOT NULL,
    what_s   BLOB,
    policy   SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    attempts SMALLINT NOT NULL,
    error    SMALLINT,
    intent_e SMALLINT,
    intent_k BLOB,
    wamid_e  SMALLINT,
    wamid_k  BLOB,
    rank     SMALLINT NOT NULL,
    sent_at  BIGINT,
    closed   BIGINT,
    UNIQUE (intent_e, intent_k, kind)
);
CREATE INDEX outbox_open_lane ON outbox (lane, seq) WHERE open;
CREATE INDEX outbox_open_free ON outbox (due, priority) WHERE open AND seq IS NULL;
CREATE INDEX outbox_wamid ON outbox (wamid_k) WHERE wamid_k IS NOT NULL;
CREATE INDEX outbox_closed ON outbox (closed) WHERE closed IS NOT NULL;

CREATE TABLE appointment_watch (
    ref_e     SMALLINT NOT NULL,
    ref_k     BLOB NOT NULL,
    ref_s     BLOB NOT NULL,
    contact   BLOB NOT NULL,
    subject   BLOB NOT NULL,
    told_k    BLOB NOT NULL,
    wipe_week INTEGER NOT NULL,
    PRIMARY KEY (ref_e, ref_k)
);
CREATE INDEX appointment_watch_wipe ON appointment_watch (wipe_week);

CREATE TABLE audit_event (
    id         BLOB PRIMARY KEY,
    writer     BLOB NOT NULL,
    writer_seq BIGINT NOT NULL,
    prev       BLOB NOT NULL,
    body       BLOB NOT NULL,
    private_s  BLOB NOT NULL,
    salt       BLOB NOT NULL,
    leaf_index BIGINT,
    UNIQUE (writer, writer_seq)
);
