-- Regular imports: where their files come from, when they are looked for, and what has come of them.

create table import_schedules (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    name text not null,
    source text not null, -- domain::schedule::Source
    login text not null, -- by which name Lagune signs in there; empty: by none
    secret text, -- password, token or private key, encrypted by a key that is not in the database
    server_key text, -- fingerprint of the SFTP server's key, as it was when first met
    mapping_id integer, -- the kept mapping, which may be gone; none: columns are recognised
    timing text not null, -- domain::schedule::Timing
    alarm_percent integer not null, -- more refused rows than so many per cent are told by mail
    alarm_user integer not null references users (id), -- to whom
    user_id integer not null references users (id), -- who said all this last: it runs with their rights
    paused integer not null,
    next_at integer not null, -- when files are looked for next, unless it is paused
    ran_at integer, -- when they were last
    problem text -- JSON of domain::job::JobError: why they could not be looked for then
) strict;

create unique index import_schedules_name on import_schedules (pool_id, name);
create index import_schedules_next on import_schedules (next_at);

-- The files that were found, and what became of them.
create table schedule_files (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    schedule_id integer not null references import_schedules (id),
    name text not null,
    size integer not null, -- bytes
    changed text not null, -- when the file was last changed, or its tag, as its place says it; empty: it doesn't
    hash blob not null, -- SHA-256 of the content
    import_id integer, -- what was made of it
    problem text, -- JSON of domain::job::JobError: why nothing was
    taken_at integer not null,
    settled_at integer -- when it was clear whether somebody has to hear of it
) strict;

create index schedule_files_name on schedule_files (schedule_id, name, id);
create index schedule_files_open on schedule_files (settled_at);

-- What an alarm is about: JSON of domain::mail::Alarm.
alter table mails add column alarm text;
