-- Backups are compared with their pool and brought back, and what people have withdrawn since survives that.

-- A comparison of a backup with its pool as it was at a moment, and what came of restoring by it.
create table restores (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    backup_id integer not null, -- the backup may go before this does
    title text not null, -- what the backup was called
    made_at integer not null, -- the moment that the backup shows
    user_id integer references users (id), -- who asked; none: a program
    created_at integer not null,
    check_job integer, -- the job that compares
    comparison text, -- JSON of domain::restore::Comparison; none: not compared yet
    samples text, -- JSON of the profiles that are shown; goes after 14 days
    choice text, -- JSON of domain::restore::Choice; none: nothing was restored yet
    started_at integer, -- when that was asked for
    run_job integer, -- the job that restores
    saved_backup integer, -- the backup of the affected profiles that was made before; 0: none was needed
    revision integer, -- the pool's when the restore began
    at_profile integer not null default 0, -- profiles up to this one have had their turn
    counts text, -- JSON of domain::restore::Counts: what the restore has changed so far
    batch_id integer, -- the batch to which its changes belong
    bin_batch integer, -- the batch in the bin with newer profiles
    undo_job integer, -- the job that takes it back
    undo_batch integer, -- the batch in the bin with what taking it back moved there
    undone text -- JSON: how far taking it back has come
) strict;
create index restores_backup on restores (pool_id, backup_id, id);

-- What profiles that are gone for good had consented to: a backup brings them back with no more than that.
-- Ids are never given twice; nothing here says who it was.
create table gone_profiles (
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    profile_id integer not null,
    permission integer not null, -- domain::permission::Permission
    unsubscribed integer not null,
    no_tracking integer not null,
    primary key (pool_id, profile_id)
) strict;
