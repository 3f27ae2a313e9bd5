DROP TABLE proof_try;
DROP TABLE page_used;
