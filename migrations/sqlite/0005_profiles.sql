-- What profiles need of their pool: ids that are never given twice, and how far the index of all fields has come.

-- the id that the next new profile gets
alter table pools add column next_profile integer not null default 1;
-- profiles up to this id are in the index of all fields; a bulk load leaves them for later
alter table pools add column indexed_to integer not null default 0;
