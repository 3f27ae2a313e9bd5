DROP INDEX outbox_kept;

ALTER TABLE thread DROP COLUMN heeded_s;
ALTER TABLE thread DROP COLUMN flood_until;
ALTER TABLE thread DROP COLUMN burst_at;
ALTER TABLE thread DROP COLUMN burst;

ALTER TABLE contact DROP COLUMN identity_at;
ALTER TABLE contact DROP COLUMN identity_s;
ALTER TABLE contact DROP COLUMN identity_k;
ALTER TABLE contact DROP COLUMN identity_e;
ALTER TABLE contact DROP COLUMN doubted_at;
