-- Work that takes longer than a request, and imports with their refused rows.

-- A worker holds a job by a lease that it renews; one that dies loses it, and another goes on.
create table jobs (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    kind text not null,
    state text not null, -- waiting, running, done, failed, cancelled
    payload text not null, -- JSON, its form depends on the kind
    progress_done integer not null default 0,
    progress_total integer,
    result text, -- JSON
    error text,
    attempts integer not null default 0,
    worker text,
    lease_until integer,
    cancel_requested integer not null default 0,
    version integer not null default 0, -- rises with every change, so that other processes notice
    created_by integer references users (id), -- none: the schedule
    created_at integer not null,
    started_at integer,
    finished_at integer
) strict;

-- What a worker looks for: few rows, however many jobs have ended.
create index jobs_open on jobs (id) where finished_at is null;
create index jobs_client on jobs (client_id, id);

-- A file on its way into a pool. Counters and cursor move in the transaction that loads a batch,
-- so that an import which was killed goes on exactly after its last batch.
create table imports (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    user_id integer references users (id),
    job_id integer references jobs (id),
    file_name text not null, -- as the person knows it
    path text not null, -- where the upload lies
    reading text not null, -- JSON: encoding, delimiter, quoting, headings
    mapping text not null, -- JSON of domain::import::Mapping
    n_rows integer not null default 0,
    n_created integer not null default 0,
    n_updated integer not null default 0,
    n_unchanged integer not null default 0,
    n_refused integer not null default 0,
    next_row integer not null default 0, -- where to go on
    next_byte integer not null default 0,
    created_at integer not null,
    finished_at integer
) strict;

create index imports_client on imports (client_id, id);
create index imports_pool on imports (pool_id, id);

create table import_refusals (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    import_id integer not null references imports (id),
    row_number integer not null, -- line of the file's table, the headings are 1
    column_name text not null,
    value text not null,
    reason text not null -- JSON of domain::problem::Problem
) strict;

create index import_refusals_import on import_refusals (import_id, row_number, id);
