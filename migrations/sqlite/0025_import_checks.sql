-- What would come of an import, before anything changes.

-- The newest check of an import.
create table import_checks (
    import_id integer not null primary key references imports (id),
    client_id integer not null references clients (id),
    job_id integer not null, -- that counts here; another one has been overtaken
    is_old integer not null default 0, -- 1: columns, rules or cells have changed since
    n_rows integer not null default 0,
    n_created integer not null default 0,
    n_updated integer not null default 0,
    n_unchanged integer not null default 0,
    n_refused integer not null default 0,
    n_skipped integer not null default 0,
    noted text not null -- JSON of domain::import::Noted
) strict;

-- The first rows of each fate, to be looked at until the import has ended.
create table import_check_rows (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    import_id integer not null references imports (id),
    fate text not null, -- code of domain::import::Fate
    row_number integer not null, -- as a table program counts
    profile_id integer, -- whose profile it is; none: a new one
    told text not null -- JSON: what is wrong (RowProblem), or what changes (FieldChange)
) strict;

create index import_check_rows_fate on import_check_rows (import_id, fate, row_number, id);

-- Cells of a file that somebody has put right.
create table import_corrections (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    import_id integer not null references imports (id),
    row_number integer not null, -- 0: every row in which the column says the same
    column_name text not null,
    was text not null,
    value text not null
) strict;

create index import_corrections_import on import_corrections (import_id);
