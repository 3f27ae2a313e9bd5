UPDATE outbox SET priority = priority - 1 WHERE priority > 0;
ALTER TABLE outbox ADD COLUMN policy SMALLINT NOT NULL DEFAULT 0;
DROP TABLE audit_base;
ALTER TABLE audit_event ADD COLUMN salt BLOB NOT NULL DEFAULT x'';
