-- Backups may lie in an S3 store; those that were made before stay where they are.

-- the address of the store, as the settings name it; empty: the data folder
alter table backups add column place text not null default '';
