CREATE TABLE page_used (
    token   BLOB PRIMARY KEY,
    wipe_at BIGINT NOT NULL
);
CREATE INDEX page_used_wipe ON page_used (wipe_at);

CREATE TABLE proof_try (
    who_e  SMALLINT NOT NULL,
    who_k  BLOB NOT NULL,
    failed SMALLINT NOT NULL,
    PRIMARY KEY (who_e, who_k)
);
