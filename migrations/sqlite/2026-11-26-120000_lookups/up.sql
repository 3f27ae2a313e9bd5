-- Every tap asks what was merged into its contact, every message which records a contact proved to be theirs.
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX mandate_contact ON mandate (contact);
