DROP INDEX mandate_contact;
DROP INDEX contact_merged;
