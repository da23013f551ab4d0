-- Backups of pools: what there is, and where its file lies. What a file holds: docs/backup.md.

create table backups (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null, -- no reference: its files are removed after the pool
    kind text not null, -- manual, import, delete, restore, convert, nightly
    name text not null default '',
    state text not null, -- making, done, failed
    made_at integer not null,
    made_by integer references users (id), -- none: the schedule
    job_id integer, -- the job that makes it, or before whose work it is made; no reference: jobs of a schedule go
    whole integer not null, -- else only the profiles that were concerned
    n_profiles integer not null default 0,
    n_bytes integer not null default 0,
    revision integer not null default 0, -- of the pool, as the file shows it
    file text not null default '', -- its name on the shelf of the client; empty until it is there
    sha256 text not null default '', -- of the file, in hexadecimal digits
    encrypted integer not null default 0,
    pinned integer not null default 0,
    expires_at integer not null,
    verified_at integer,
    error text, -- JSON of domain::job::JobError
    gone_at integer -- nobody sees it any more; the row goes after its file
) strict;

create index backups_pool on backups (pool_id, id);
create index backups_client on backups (client_id, id);
create index backups_job on backups (job_id) where job_id is not null;
