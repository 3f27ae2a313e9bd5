-- A salt in the open let anyone open the commitment beside it. Entries written so far keep their chain and their
-- sealed part; their commitments cannot be opened by anybody any more.
ALTER TABLE audit_event DROP COLUMN salt;

-- Where a writer's chain begins once its oldest entries were purged: the last number that is gone, and its hash.
CREATE TABLE audit_base (
    writer BLOB PRIMARY KEY,
    seq    BIGINT NOT NULL,
    hash   BLOB NOT NULL
);

-- What a row was for is in its sealed part only, and what is over tells neither its urgency nor its minute.
ALTER TABLE outbox DROP COLUMN policy;
UPDATE outbox SET kind = 1 WHERE kind IN (3, 4);
-- Work items for people come between what is urgent (0) and what answers (2).
UPDATE outbox SET priority = priority + 1 WHERE open AND priority > 0;
UPDATE outbox SET priority = 2, seq = NULL, closed = closed / 3600000 * 3600000, due = closed / 3600000 * 3600000,
    sent_at = sent_at / 3600000 * 3600000 WHERE NOT open;
UPDATE inbox SET heard = heard / 3600000 * 3600000, due = heard / 3600000 * 3600000, attempts = 1 WHERE NOT open;
UPDATE contact SET created = created / 3600000 * 3600000, wipe_at = wipe_at / 3600000 * 3600000 + 3600000;
