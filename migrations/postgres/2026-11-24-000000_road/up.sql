CREATE TABLE contact (
    id          BYTEA PRIMARY KEY,
    merged_into BYTEA,
    locale      SMALLINT,
    trust       SMALLINT NOT NULL,
    address_s   BYTEA,
    created     BIGINT NOT NULL,
    wipe_at     BIGINT
);
CREATE INDEX contact_wipe ON contact (wipe_at) WHERE address_s IS NOT NULL;

CREATE TABLE address (
    kind    SMALLINT NOT NULL,
    key_e   SMALLINT NOT NULL,
    key_k   BYTEA NOT NULL,
    contact BYTEA NOT NULL,
    PRIMARY KEY (kind, key_e, key_k)
);
CREATE INDEX address_contact ON address (contact);

CREATE TABLE thread (
    contact         BYTEA NOT NULL,
    clinic_no       SMALLINT NOT NULL,
    window_end      BIGINT,
    owner           SMALLINT NOT NULL,
    owner_until     BIGINT,
    greeted_at      BIGINT,
    misses          SMALLINT NOT NULL,
    quiet_until     BIGINT,
    last_step_s     BYTEA,
    last_step_until BIGINT,
    PRIMARY KEY (contact, clinic_no)
);

CREATE TABLE subject (
    id      BYTEA PRIMARY KEY,
    ref_e   SMALLINT NOT NULL,
    ref_k   BYTEA NOT NULL,
    ref_s   BYTEA,
    created BIGINT NOT NULL,
    UNIQUE (ref_e, ref_k)
);

CREATE TABLE mandate (
    subject BYTEA NOT NULL,
    contact BYTEA NOT NULL,
    kind    SMALLINT NOT NULL,
    until   BIGINT,
    PRIMARY KEY (subject, contact)
);

CREATE TABLE consent (
    contact BYTEA NOT NULL,
    subject BYTEA NOT NULL,
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
    id    BYTEA PRIMARY KEY,
    role  SMALLINT NOT NULL,
    heard BIGINT NOT NULL
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE lane (
    id       BYTEA PRIMARY KEY,
    next_seq BIGINT NOT NULL,
    claim_at BIGINT,
    fence    BIGINT NOT NULL,
    owner    BYTEA
);
CREATE INDEX lane_claim ON lane (claim_at) WHERE claim_at IS NOT NULL;

CREATE TABLE inbox (
    id        BYTEA PRIMARY KEY,
    lane      BYTEA NOT NULL,
    seq       BIGINT NOT NULL,
    open      BOOLEAN NOT NULL,
    due       BIGINT NOT NULL,
    kind      SMALLINT NOT NULL,
    meaning_s BYTEA,
    dedupe_e  SMALLINT NOT NULL,
    dedupe_k  BYTEA NOT NULL,
    heard     BIGINT NOT NULL,
    attempts  SMALLINT NOT NULL,
    error     SMALLINT,
    UNIQUE (dedupe_e, dedupe_k)
);
CREATE INDEX inbox_open ON inbox (lane, seq) WHERE open;
CREATE INDEX inbox_heard ON inbox (heard);

CREATE TABLE outbox (
    id       BYTEA PRIMARY KEY,
    lane     BYTEA NOT NULL,
    seq      BIGINT,
    open     BOOLEAN NOT NULL,
    due      BIGINT NOT NULL,
    kind     SMALLINT NOT NULL,
    what_s   BYTEA,
    policy   SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    attempts SMALLINT NOT NULL,
    error    SMALLINT,
    intent_e SMALLINT,
    intent_k BYTEA,
    wamid_e  SMALLINT,
    wamid_k  BYTEA,
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
    ref_k     BYTEA NOT NULL,
    ref_s     BYTEA NOT NULL,
    contact   BYTEA NOT NULL,
    subject   BYTEA NOT NULL,
    told_k    BYTEA NOT NULL,
    wipe_week INTEGER NOT NULL,
    PRIMARY KEY (ref_e, ref_k)
);
CREATE INDEX appointment_watch_wipe ON appointment_watch (wipe_week);

CREATE TABLE audit_event (
    id         BYTEA PRIMARY KEY,
    writer     BYTEA NOT NULL,
    writer_seq BIGINT NOT NULL,
    prev       BYTEA NOT NULL,
    body       BYTEA NOT NULL,
    private_s  BYTEA NOT NULL,
    salt       BYTEA NOT NULL,
    leaf_index BIGINT,
    UNIQUE (writer, writer_seq)
);
